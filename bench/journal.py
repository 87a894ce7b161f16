"""What the journal costs: the same page with its entry and without, and how fast entries are sealed.

Without: the one statement that writes an entry is left unsent, so that the page has nothing to confirm on
the disk either. No way of serving does that; it is what the figure is compared with.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle
from statistics import median
from time import perf_counter, perf_counter_ns
from typing import Any

from bench.appel import Application, Navigateur
from bench.decor import Decor
from bench.mesure import resume

PASSAGES = 3
ECRIRE = "SELECT socle.journaliser"
#: Entries numbered, hashed and signed at once: two minutes of a very busy service.
A_SCELLER = 20_000


def mesurer(application: Application, decor: Decor, repetitions: int) -> dict[str, Any]:
    """For the list and a file: both times, their ratio; then entries sealed in a second."""
    coordination = Navigateur(application)
    coordination.entrer(decor.coordination)
    adresses = {
        "liste": ["/situations/"],
        "situation": [f"/situations/{cle}/" for cle in decor.situations],
    }
    return {
        "pages": {nom: _comparer(coordination, cycle(suite), repetitions) for nom, suite in adresses.items()},
        "scellement": sceller(A_SCELLER if repetitions > 10 else 200),
    }


def _taire(executer: Callable[..., Any], sql: str, *reste: Any) -> Any:
    return None if sql.startswith(ECRIRE) else executer(sql, *reste)


def _comparer(lecteur: Navigateur, adresses: Any, repetitions: int) -> dict[str, Any]:
    from django.db import connection

    passages: dict[bool, list[list[float]]] = {True: [], False: []}
    for passage in range(PASSAGES + 1):
        temps: dict[bool, list[float]] = {True: [], False: []}
        # The first pass warms up and is not kept.
        for tour in range(repetitions if passage else 5):
            adresse = next(adresses)
            for journal in (True, False) if tour % 2 == 0 else (False, True):
                debut = perf_counter_ns()
                if journal:
                    lecteur.lire(adresse)
                else:
                    with connection.execute_wrapper(_taire):
                        lecteur.lire(adresse)
                temps[journal].append((perf_counter_ns() - debut) / 1e6)
        if passage:
            for journal, serie in temps.items():
                passages[journal].append(serie)
    avec, sans = resume(passages[True]), resume(passages[False])
    rapports = [
        round(median(un) / median(autre), 4)
        for un, autre in zip(passages[True], passages[False], strict=True)
    ]
    return {"avec": avec, "sans": sans, "rapport": round(median(rapports), 4)}


def sceller(combien: int) -> dict[str, Any]:
    """Write that many entries, then number them, hash them and sign the head, as the service does."""
    from django.db import connection

    from maillage.projet.bases import sous_le_proprietaire
    from maillage.projet.scellement import cle_du_journal
    from maillage.socle.contexte import en_maintenance
    from maillage.socle.scelle.sequenceur import signer_la_tete

    cle = cle_du_journal()
    with sous_le_proprietaire():
        signer_la_tete(cle)
        debut = perf_counter()
        with en_maintenance(), connection.cursor() as curseur:
            curseur.execute(
                "SELECT count(socle.journaliser('mesure', NULL, NULL, '{}'::jsonb)) "
                "FROM generate_series(1, %s)",
                [combien],
            )
        ecrites = perf_counter() - debut
        debut = perf_counter()
        signer_la_tete(cle)
        scellees = perf_counter() - debut
    return {
        "entrees": combien,
        "ecrites_par_seconde": round(combien / ecrites),
        "scellees_par_seconde": round(combien / scellees),
    }
