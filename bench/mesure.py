"""Times, as the tables show them: median and 95th percentile, in milliseconds."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from statistics import median


def chronometrer(geste: Callable[[], object]) -> float:
    """Milliseconds the gesture took."""
    debut = time.perf_counter_ns()
    geste()
    return (time.perf_counter_ns() - debut) / 1e6


def processeur(geste: Callable[[], object]) -> float:
    """Milliseconds of processor taken in this process: what a busy machine does not inflate much."""
    debut = time.process_time_ns()
    geste()
    return (time.process_time_ns() - debut) / 1e6


def centile(valeurs: Sequence[float], rang: float) -> float:
    """The value below which ``rang`` (0 to 1) of the values lie, interpolated."""
    triees = sorted(valeurs)
    position = rang * (len(triees) - 1)
    bas = int(position)
    haut = min(bas + 1, len(triees) - 1)
    return triees[bas] + (triees[haut] - triees[bas]) * (position - bas)


def resume(series: Sequence[Sequence[float]]) -> dict[str, object]:
    """Of several runs, the median of their medians and of their 95th percentiles: a noisy run is outvoted."""
    medianes = [round(median(serie), 2) for serie in series]
    hauts = [round(centile(serie, 0.95), 2) for serie in series]
    return {
        "mediane_ms": round(median(medianes), 2),
        "p95_ms": round(median(hauts), 2),
        "repetitions": sum(map(len, series)),
        "medianes_par_passage": medianes,
        "p95_par_passage": hauts,
    }


def alterner(
    gestes: Sequence[Callable[[], object]], repetitions: int, *, chauffe: int = 5
) -> list[list[float]]:
    """Times of each gesture, taken in turn and in both orders so that no one profits from the other."""
    for _ in range(chauffe):
        for geste in gestes:
            geste()
    temps: list[list[float]] = [[] for _ in gestes]
    for tour in range(repetitions):
        rangs = range(len(gestes))
        for rang in rangs if tour % 2 == 0 else reversed(rangs):
            temps[rang].append(chronometrer(gestes[rang]))
    return temps
