"""kill -9 of a worker, of the master or of PostgreSQL while each command of the first journey is sent.

The moment is drawn over the length of the request, before it to after it; or it is the commit itself, when
everything is written and nothing confirmed; or the instant after, when it is durable and not yet said.
After each kill, what was answered is there, nothing is half done, and the same form sent again does it once.
``MAILLAGE_PANNES`` is the number of kills (100 for a full run), ``MAILLAGE_GRAINE`` the seed, always said.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable

import pytest
from tests.pannes.client import Coupure
from tests.pannes.conftest import COMMUNES, Monde
from tests.pannes.essai import Arret, Essai, paires
from tests.pannes.parcours import parcours
from tests.pannes.service import Service

pytestmark = [pytest.mark.serveur, pytest.mark.xdist_group("pannes")]

KILLS = int(os.environ.get("MAILLAGE_PANNES", "15"))
GRAINE = int(os.environ.get("MAILLAGE_GRAINE", "0")) or random.SystemRandom().randrange(1, 10**6)
#: Commands of one journey.
GESTES = 42


def _arrets(hasard: random.Random, nombre: int) -> dict[int, Arret]:
    """Which commands of a journey are struck, each target and each moment having its share."""
    return dict(zip(hasard.sample(range(GESTES), nombre), paires(hasard), strict=False))


def test_un_processus_tue_n_importe_quand_ne_perd_ni_ne_double_rien(
    monde: Monde, servir: Callable[[], Service]
) -> None:
    hasard = random.Random(GRAINE)
    essai = Essai(servir(), monde, hasard)
    restants = KILLS
    for rang, commune in enumerate(COMMUNES):
        arrets = _arrets(hasard, min(restants, GESTES))
        dits = [f"graine {GRAINE}"]
        for numero, geste in enumerate(parcours(essai.service, monde, commune, rang)):
            arret = arrets.get(numero)
            dits.append(f"{geste.nom} : {arret}")
            try:
                essai.jouer(geste, arret)
            except (AssertionError, Coupure) as faute:
                faute.add_note(" ; ".join((dits[0], *dits[-3:])))
                raise
        assert len(dits) == GESTES + 1
        restants -= len(arrets)
        if not restants:
            break
    assert sum(essai.bilan.values()) == KILLS
    print(f"graine {GRAINE}, {KILLS} arrêts : {dict(sorted(essai.bilan.items()))}")
