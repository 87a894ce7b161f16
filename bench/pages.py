"""Server time, queries and memory of each page, as ``m_web``, through the real middleware."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Iterator
from itertools import cycle
from statistics import median
from typing import Any

from bench.appel import Application, Navigateur
from bench.decor import Decor
from bench.mesure import chronometrer, processeur, resume

PASSAGES = 3
Geste = Callable[[], object]


def gestes(application: Application, decor: Decor) -> dict[str, Geste]:
    """One gesture for each page, signed in as who opens it."""
    coordination, parquet = Navigateur(application), Navigateur(application)
    prefecture, national = Navigateur(application), Navigateur(application)
    for navigateur, compte in (
        (coordination, decor.coordination),
        (parquet, decor.parquet),
        (prefecture, decor.prefecture),
        (national, decor.national),
    ):
        navigateur.entrer(compte)
    situations, seances = cycle(decor.situations), cycle(decor.seances)
    trouvees: Iterator[str] = iter(())

    def recherche() -> None:
        nonlocal trouvees
        reponse = coordination.envoyer("/situations/recherche/", {"q": decor.nom})
        trouvees = cycle([reponse.entetes["Location"]])

    def resultats() -> None:
        coordination.lire(next(trouvees))

    return {
        "liste": lambda: coordination.lire("/situations/"),
        "recherche": recherche,
        "recherche_resultats": resultats,
        "situation": lambda: coordination.lire(f"/situations/{next(situations)}/"),
        "journee": lambda: coordination.lire("/journee/"),
        "seance": lambda: coordination.lire(f"/seances/{next(seances)}/"),
        "bilan_annuel": lambda: coordination.lire(f"/bilans/{decor.conseil}/{decor.annee}/"),
        "liste_parquet": lambda: parquet.lire("/situations/"),
        "bilan_departement": lambda: prefecture.lire(
            f"/bilans/departement/{decor.departement}/{decor.annee}/"
        ),
        "tableau_de_bord_national": lambda: national.lire("/tableau-de-bord/"),
    }


#: Reports of many councils are not asked as often as pages of the day.
RARES = {"bilan_departement": 8, "tableau_de_bord_national": 8}
LENTE_MS = 3_000.0
#: Calls whose processor time is taken.
PROCESSEUR = 9


def mesurer(application: Application, decor: Decor, repetitions: int) -> dict[str, Any]:
    """Each page: times over several passes, then queries and memory apart: neither weighs on times."""
    tous = gestes(application, decor)
    # A page that takes seconds is asked once a pass: its time is known, and the run must end.
    lentes = {nom for nom, geste in tous.items() if chronometrer(geste) > LENTE_MS}
    temps: dict[str, list[list[float]]] = {nom: [] for nom in tous}
    for passage in range(PASSAGES + 1):
        for nom, geste in tous.items():
            nombre = 1 if nom in lentes else max(1, repetitions // RARES.get(nom, 1))
            if passage:
                temps[nom].append([chronometrer(geste) for _ in range(nombre)])
            elif nom not in lentes:
                for _ in range(min(3, nombre)):
                    geste()
    return {
        nom: {
            **resume(temps[nom]),
            "processeur_ms": round(
                median(processeur(geste) for _ in range(1 if nom in lentes else PROCESSEUR)), 2
            ),
            "requetes": compter_les_requetes(geste),
            "memoire_kio": mesurer_la_memoire(geste),
        }
        for nom, geste in tous.items()
    }


def compter_les_requetes(geste: Geste) -> int:
    """Statements sent, savepoints and settings included; the most of two calls."""
    from django.db import connection

    def compter(executer: Any, *arguments: Any) -> Any:
        nonlocal vues
        vues += 1
        return executer(*arguments)

    maximum = 0
    for _ in range(2):
        vues = 0
        with connection.execute_wrapper(compter):
            geste()
        maximum = max(maximum, vues)
    return maximum


def mesurer_la_memoire(geste: Geste) -> int:
    """Peak of what Python allocates for one call, in KiB."""
    tracemalloc.start()
    try:
        geste()
        return tracemalloc.get_traced_memory()[1] // 1024
    finally:
        tracemalloc.stop()
