"""The only door of whom a body receives: what the gate handed over, sealed under a key of its own.

The key is that of the row (``public_id``), not that of the person in the groupe: either can be destroyed
without blinding the other. The groupe seals and never reads; the body reads and never writes.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from maillage.parcours.models import Accueil
from maillage.socle.cles import fiche
from maillage.socle.cles.acces import coffre
from maillage.socle.cles.coffre import CoffreFerme
from maillage.socle.cles.operateur import detruire
from maillage.socle.cles.page import cles_de
from maillage.socle.cles.scelle import Lieu, ScelleRompu
from maillage.socle.contexte import en_maintenance

_journal: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DonneesAccueil:
    """The minimum a body needs. ``intitule``: the words it may read of the scheme."""

    intitule: str
    nom: str
    prenom: str
    naissance: date | None = None
    telephone: str = ""


#: In a backup brought back, the key destroyed since; and what was changed or moved in the database.
EFFACE: Final = DonneesAccueil(intitule="Accueil effacé", nom="Identité effacée", prenom="")
ROMPU: Final = DonneesAccueil(
    intitule="Cette fiche ne s’ouvre pas : prévenez la personne qui administre Maillage",
    nom="Identité illisible",
    prenom="",
)


def _lieu(public: UUID) -> Lieu:
    return Lieu(Accueil._meta.db_table, public, "scelle", 1)


def fermer(public: UUID, donnees: DonneesAccueil) -> bytes:
    """What that row seals; its key is in the store first: a page undone leaves an orphan, swept later."""
    return fiche.fermer(coffre().creer([public])[public], donnees, _lieu(public))


def ouvrir(lignes: Iterable[Accueil]) -> dict[UUID, DonneesAccueil]:
    """What these rows hold, by public id: their keys are asked all at once.

    Raises ``CoffreFerme`` for a key that should be there.
    """
    lues = list(lignes)
    publics = [ligne.public_id for ligne in lues]
    cles = cles_de(publics)
    absentes = [public for public in publics if not cles.get(public)]
    if absentes and set(absentes) - coffre().detruites(absentes):
        raise CoffreFerme("des clés d’accueils ne sont pas dans le coffre : remettez sa copie.")
    ouvertes = {}
    for ligne in lues:
        public = ligne.public_id
        try:
            ouvertes[public] = (
                fiche.ouvrir(cles[public], DonneesAccueil, ligne.scelle, _lieu(public))
                if cles.get(public)
                else EFFACE
            )
        except ScelleRompu as refus:
            _journal.error("accueil scellé illisible : %s (%s)", public, refus)
            ouvertes[public] = ROMPU
    return ouvertes


def supprimer(lignes: QuerySet[Any]) -> int:
    """Erase these rows, then their keys once the rows are gone for good. Run as ``m_maintenance``."""
    publics = list(lignes.values_list("public_id", flat=True))
    effacees, _ = lignes.delete()
    transaction.on_commit(partial(detruire, coffre(), publics))
    return effacees


# --- For the operator (``socle.cles.detenteurs``) --------------------------------------------------


def vivants(publics: Collection[UUID]) -> set[UUID]:
    """Those of these rows that are still there."""
    with en_maintenance():
        return set(Accueil.objects.filter(public_id__in=publics).values_list("public_id", flat=True))


def resceller(publics: Collection[UUID]) -> int:
    """Seal these rows again, each under its last key."""
    cles = coffre().lire(publics)
    with en_maintenance():
        lignes = list(Accueil.objects.select_for_update().filter(public_id__in=publics).order_by("pk"))
        for ligne in lignes:
            connues, lieu = cles[ligne.public_id], _lieu(ligne.public_id)
            donnees = fiche.ouvrir(connues, DonneesAccueil, ligne.scelle, lieu)
            ferme = fiche.fermer(connues[max(connues)], donnees, lieu)
            Accueil.objects.filter(pk=ligne.pk).update(scelle=ferme)
    return len(lignes)


def effacer_de_nouveau(publics: Collection[UUID]) -> int:
    """After a restore: erase what came back of the rows whose keys were destroyed."""
    with en_maintenance():
        return supprimer(Accueil.objects.filter(public_id__in=publics))
