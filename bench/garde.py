"""How many sentences a second the guard of free text judges, on its own corpus. No Django, no database."""

from __future__ import annotations

import time
from typing import Any

import yaml

from bench.machine import RACINE
from maillage.situations.garde import examiner

CORPUS = RACINE / "tests" / "situations" / "corpus_garde"
CIBLE = 2_000


def mesurer(passages: int = 5) -> dict[str, Any]:
    """Sentences a second, by the clock and by the processor: the second hardly depends on the load."""
    phrases = _phrases()
    horloge, processeur = time.perf_counter(), time.process_time()
    for _ in range(passages):
        for phrase in phrases:
            examiner(phrase)
    jugees = passages * len(phrases)
    return {
        "phrases": len(phrases),
        "par_seconde": round(jugees / (time.perf_counter() - horloge)),
        "par_seconde_de_processeur": round(jugees / (time.process_time() - processeur)),
        "cible_par_seconde": CIBLE,
    }


def _phrases() -> list[str]:
    return [
        phrase
        for fichier in sorted(CORPUS.glob("*.yaml"))
        for groupe in yaml.safe_load(fichier.read_text(encoding="utf-8"))["groupes"]
        for phrase in groupe["phrases"]
    ]
