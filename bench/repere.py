"""How fast the machine is at this very moment: what lets two runs be compared.

A shared machine gives from one hour to the next half or the whole of a core. Neither figure knows anything
of the product: one is a loop of Python, the other a word sent to another process and its answer, as a
query of the database is.
"""

from __future__ import annotations

import multiprocessing
import time
from multiprocessing.connection import Connection
from statistics import median

TOURS, BOUCLE, MOTS = 9, 200_000, 400


def mesurer() -> dict[str, float]:
    """``calcul_ms``: the loop. ``aller_retour_us``: one word and its answer. Medians."""
    return {"calcul_ms": round(_calcul(), 2), "aller_retour_us": round(_aller_retour(), 1)}


def _calcul() -> float:
    temps = []
    for _ in range(TOURS):
        debut = time.perf_counter_ns()
        total = 0
        for nombre in range(BOUCLE):
            total += nombre & 7
        temps.append((time.perf_counter_ns() - debut) / 1e6)
    return median(temps)


def _aller_retour() -> float:
    ici, la = multiprocessing.Pipe()
    autre = multiprocessing.Process(target=_repondre, args=(la,), daemon=True)
    autre.start()
    temps = []
    for _ in range(MOTS):
        debut = time.perf_counter_ns()
        ici.send_bytes(b"mot")
        ici.recv_bytes()
        temps.append((time.perf_counter_ns() - debut) / 1e3)
    ici.close()
    autre.join(timeout=5)
    return median(temps)


def _repondre(la: Connection) -> None:
    for _ in range(MOTS):
        la.send_bytes(la.recv_bytes())
