"""The retention run killed by SIGKILL, then run again to its end.

Killed just after each of its commits, one after the other, on the same database: the keys of what has just
gone are still there. Killed just before a statement, of either database, drawn among all of them: then a copy
of the database for each. Whoever it erases is whole or gone; what the last run leaves is what one run leaves;
each file has one certificate, each fact is counted once, no key is left without a row, nor a row without its
key. ``MAILLAGE_PANNES_PURGE`` is how many statements are drawn (« toutes » for all), ``MAILLAGE_GRAINE`` the
seed.
"""

from __future__ import annotations

import os
import random
import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.attaques.decor import une_proie
from tests.pannes.conftest import Monde as Grappe
from tests.pannes.purge import (
    APRES_UNE_ECRITURE,
    Monde,
    depart,
    fermer_tout,
    passer_a_part,
    pointer_ailleurs,
)

from maillage.droits.services import conservation as des_demandes
from maillage.maire.services import conservation as du_maire
from maillage.parcours.services import conservation as des_accueils
from maillage.projet import purge
from maillage.projet.scellement import cle_du_journal
from maillage.situations.models import Identite, Representant
from maillage.situations.services import conservation as des_groupes
from maillage.socle.cles.acces import coffre
from maillage.socle.cles.coffre import PROPRIETAIRE
from maillage.socle.contexte import en_maintenance
from maillage.socle.fins import fins
from maillage.socle.models import EntreeJournal, FaitStatistique
from maillage.socle.scelle.sequenceur import signer_la_tete, verifier_en_base
from maillage.socle.statistiques import murees

pytestmark = [pytest.mark.serveur, pytest.mark.xdist_group("pannes")]

#: When everything ever recorded about them is over.
PLUS_TARD = datetime(2061, 6, 1, 9, tzinfo=UTC)
NOMBRE = os.environ.get("MAILLAGE_PANNES_PURGE", "8")
#: No run writes in more transactions than that.
ASSEZ = 200
GRAINE = int(os.environ.get("MAILLAGE_GRAINE", "0")) or random.SystemRandom().randrange(1, 10**6)


@dataclass(frozen=True)
class Fin:
    """What one whole run leaves: all of it must be the same, however many times it was killed."""

    restes: dict[str, int]
    certifies: Counter[str]
    faits: list[tuple[Any, ...]]
    cles: set[Any]
    detruites: set[Any]


def constater() -> Fin:
    with en_maintenance():
        restes = {m._meta.label: m._default_manager.count() for m in murees()}
        certifies: Counter[str] = Counter()
        for entree in EntreeJournal.objects.filter(evenement="destruction"):
            for valeur in entree.details.values():
                certifies.update(valeur if isinstance(valeur, list) else ())
        faits = sorted(
            FaitStatistique.objects.exclude(evenement="").values_list(
                "evenement", "mois", "genre", "issue", "fil", "nombre"
            )
        )
    return Fin(restes, certifies, faits, _objets("cle"), _objets("detruite"))


def _objets(table: str) -> set[Any]:
    return {objet for (objet,) in coffre().lignes(f"SELECT objet FROM {table}", role=PROPRIETAIRE)}


def exiger_que_nul_ne_soit_a_demi_efface() -> None:
    """A file that is still there has its person, and a person still there can be read."""
    with en_maintenance():
        publics = set(Identite.objects.values_list("public_id", flat=True))
        for lien in Identite._meta.related_objects:
            modele: Any = lien.related_model
            colonne = f"{lien.field.name}_id"
            perdues = modele._default_manager.exclude(
                **{f"{colonne}__in": Identite.objects.values("pk")}
            ).exclude(**{f"{colonne}__isnull": True})
            assert not perdues.exists(), modele
        assert not Representant.objects.exclude(identite__in=Identite.objects.all()).exists()
    assert publics <= _objets("cle")
    assert not publics & _objets("detruite")
    verifier_en_base()


@pytest.fixture
def base_pleine(monde: Grappe, django_db_blocker: Any, tmp_path: Path) -> Iterator[Monde]:
    """Every nominative table has rows, keys old enough for the sweep, the journal sealed."""
    suffixe = uuid.uuid4().hex[:8]
    with django_db_blocker.unblock(), pointer_ailleurs():
        mienne = depart(monde.serveur, tmp_path / "effacements.txt", f"pleine_{suffixe}", f"cles_{suffixe}")
        try:
            une_proie()
            with en_maintenance():
                signer_la_tete(cle_du_journal())
            coffre().modifier("UPDATE cle SET tiree_le = tiree_le - interval '3 days'", role=PROPRIETAIRE)
            yield mienne
        finally:
            fermer_tout()
            mienne.detruire()


def _sans_reecrire() -> None:
    """The files alone, one by one: pages written again are a matter of each table, whole or not."""
    purge._reecrire_les_pages = lambda: 0
    for salle in (des_groupes, du_maire, des_demandes, des_accueils):
        salle.LOT = 1
    purge.passer()


def _copie(mienne: Monde, numero: int) -> tuple[str, str]:
    base, cles = mienne.noms[:2]
    fermer_tout()
    copies = f"{base}_{numero}", f"{cles}_{numero}"
    mienne.creer(copies[0], base, copies[1], cles)
    mienne.liste.unlink(missing_ok=True)
    mienne.pointer(*copies, instant=PLUS_TARD)
    return copies


@pytest.fixture
def attendue(base_pleine: Monde) -> tuple[Fin, int]:
    """What one run leaves, nobody killing it, and how many statements it took."""
    copies = _copie(base_pleine, 0)
    code, pas = passer_a_part(_sans_reecrire)
    assert code == 0
    fin = constater()
    base_pleine.detruire(*copies)
    sans_personne = {table for table, fin in fins().items() if fin.personne}
    assert {table for table, nombre in fin.restes.items() if nombre} <= sans_personne
    assert fin.cles == set()
    assert set(fin.certifies.values()) == {1}
    return fin, pas


def test_une_purge_tuee_a_chaque_pas_se_reprend_et_finit_pareil(
    base_pleine: Monde, attendue: tuple[Fin, int]
) -> None:
    fin, pas = attendue
    copies = _copie(base_pleine, 1)
    morts = 0
    while (code := passer_a_part(_sans_reecrire, arret=APRES_UNE_ECRITURE)[0]) != 0:
        assert code == -9
        morts += 1
        assert morts < ASSEZ
        exiger_que_nul_ne_soit_a_demi_efface()
    assert morts > 10
    assert constater() == fin
    base_pleine.detruire(*copies)

    toutes = range(1, pas + 1)
    hasard = random.Random(GRAINE)
    arrets = toutes if NOMBRE == "toutes" else sorted(hasard.sample(toutes, int(NOMBRE)))
    for arret in arrets:
        copies = _copie(base_pleine, arret + 1)
        dit = f"graine {GRAINE}, tuée avant la requête {arret} sur {pas}"
        assert passer_a_part(_sans_reecrire, arret=arret)[0] == -9, dit
        exiger_que_nul_ne_soit_a_demi_efface()
        with en_maintenance():
            assert not EntreeJournal.objects.filter(evenement="purge").exists(), dit
        assert passer_a_part(_sans_reecrire)[0] == 0, dit
        assert constater() == fin, dit
        base_pleine.detruire(*copies)
    print(f"{morts} arrêts après une écriture, {len(arrets)} avant une requête sur {pas}")
