"""kill -9 while the mayor's acts are done: a call to order, a settlement, a family, a venue, a notice.

Three kills in each act, of a process and at a moment drawn by lot. After each, in SQL: the state of the file,
its line in the register, its entry in the journal, its fact and its version are all there, or none is.
``MAILLAGE_GRAINE`` is the seed, always said.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from typing import Any

import pytest
from tests.pannes import invariants_actes
from tests.pannes.client import Coupure
from tests.pannes.conftest import Monde
from tests.pannes.essai import Essai, paires
from tests.pannes.parcours_actes import PARCOURS
from tests.pannes.registres import MairieServie, ouvrir_les_registres
from tests.pannes.service import Service

pytestmark = [pytest.mark.serveur, pytest.mark.xdist_group("pannes")]

GRAINE = int(os.environ.get("MAILLAGE_GRAINE", "0")) or random.SystemRandom().randrange(1, 10**6)
KILLS_PAR_ACTE = 3


@pytest.fixture(scope="module")
def mairie(monde: Monde, django_db_blocker: Any) -> MairieServie:
    return ouvrir_les_registres(monde, django_db_blocker)


def _un_acte_a_moitie_se_voit(service: Service) -> None:
    """Each half of an act alone, as no transaction leaves it, is named by the rule that forbids it."""
    for table, moitie, regle in (
        ("rappel", "version = version + 1", "chaque pas est au journal et dans la version"),
        ("lignederegistre", "numero = numero + 1", "les numéros d’un registre se suivent"),
        ("transaction", "etat = 'acceptee'", "une transaction exécutée l’est en entier"),
        ("mesuresport", "etat = 'invitee'", "une mesure décidée a sa décision"),
    ):
        service.avancer_le_jour(
            f"UPDATE maire_{table} SET {moitie} WHERE id = (SELECT max(id) FROM maire_{table})"
        )
        with pytest.raises(AssertionError, match=regle):
            invariants_actes.exiger(service)


def test_un_processus_tue_au_milieu_d_un_acte_du_maire_n_en_laisse_aucun_a_moitie(
    monde: Monde, mairie: MairieServie, servir: Callable[..., Service]
) -> None:
    hasard = random.Random(GRAINE)
    essai = Essai(servir(modele=mairie.base), monde, hasard, invariants_actes.exiger)
    arrets = iter(paires(hasard))
    for acte, (parcours, gestes) in PARCOURS.items():
        frappes = set(hasard.sample(range(gestes), KILLS_PAR_ACTE))
        faits = 0
        for numero, geste in enumerate(parcours(essai.service, mairie)):
            arret = next(arrets) if numero in frappes else None
            try:
                essai.jouer(geste, arret)
            except (AssertionError, Coupure) as faute:
                faute.add_note(f"graine {GRAINE}, {acte} ; {geste.nom} : {arret}")
                raise
            faits += 1
        assert faits == gestes, (acte, faits)
    assert sum(essai.bilan.values()) == KILLS_PAR_ACTE * len(PARCOURS)
    _un_acte_a_moitie_se_voit(essai.service)
    print(f"graine {GRAINE} : {dict(sorted(essai.bilan.items()))}")
