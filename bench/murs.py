"""What the walls cost: the same page under the policies and without them, in turn in the same run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle
from statistics import median
from time import perf_counter_ns
from typing import Any

from bench.appel import Application, Navigateur
from bench.decor import Decor
from bench.mesure import resume

PASSAGES = 3


@contextmanager
def deux_connexions() -> Iterator[tuple[Callable[[], None], Callable[[], None]]]:
    """(lead to ``m_web``, lead to ``m_maintenance``): both connections stay open, one is ``default``."""
    from django.db import connections
    from django.db.utils import load_backend

    web = connections["default"]
    reglages = {**web.settings_dict, **connections["proprietaire"].settings_dict}
    reglages["OPTIONS"] = {**reglages["OPTIONS"], "assume_role": "m_maintenance"}
    sans_mur = load_backend(reglages["ENGINE"]).DatabaseWrapper(reglages, "default")

    def mener(connexion: Any) -> Callable[[], None]:
        def prendre() -> None:
            connections["default"] = connexion

        return prendre

    try:
        yield mener(web), mener(sans_mur)
    finally:
        connections["default"] = web
        sans_mur.close()


def mesurer(application: Application, decor: Decor, repetitions: int) -> dict[str, Any]:
    """For the list, a file and a séance: both times, and the ratio of their medians."""
    coordination = Navigateur(application)
    coordination.entrer(decor.coordination)
    rendus = {}
    with deux_connexions() as (avec, sans):
        for nom, adresses in (
            ("liste", ["/situations/"]),
            ("situation", [f"/situations/{cle}/" for cle in decor.situations]),
            ("seance", [f"/seances/{cle}/" for cle in decor.seances]),
        ):
            rendus[nom] = _comparer(coordination, adresses, avec, sans, repetitions)
        avec()
    return rendus


def _comparer(
    lecteur: Navigateur,
    adresses: list[str],
    avec: Callable[[], None],
    sans: Callable[[], None],
    repetitions: int,
) -> dict[str, Any]:
    suite = cycle(adresses)
    passages: dict[Callable[[], None], list[list[float]]] = {avec: [], sans: []}
    octets: list[tuple[int, int]] = []
    for passage in range(PASSAGES + 1):
        temps: dict[Callable[[], None], list[float]] = {avec: [], sans: []}
        # The first pass warms both connections up and is not kept.
        for tour in range(repetitions if passage else 5):
            adresse, lus = next(suite), {}
            for mener in (avec, sans) if tour % 2 == 0 else (sans, avec):
                mener()
                debut = perf_counter_ns()
                lus[mener] = lecteur.lire(adresse).octets
                temps[mener].append((perf_counter_ns() - debut) / 1e6)
            octets.append((lus[avec], lus[sans]))
        if passage:
            passages[avec].append(temps[avec])
            passages[sans].append(temps[sans])
    rapports = [
        round(median(mur) / median(nu), 4) for mur, nu in zip(passages[avec], passages[sans], strict=True)
    ]
    return {
        "avec_murs": resume(passages[avec]),
        "sans_murs": resume(passages[sans]),
        "rapport": round(median(rapports), 4),
        "rapports_par_passage": rapports,
        "memes_pages": all(mur == nu for mur, nu in octets),
    }
