"""Formats a report leaves in, for the pages and the command line."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from maillage.pilotage.bilan import Bilan, Niveau, en_json
from maillage.pilotage.exports import document, ods


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: its code is its extension."""

    code: str
    libelle: str
    mime: str
    ecrire: Callable[[Bilan], bytes]


def _json(bilan: Bilan) -> bytes:
    return (json.dumps(en_json(bilan), ensure_ascii=False, indent=2) + "\n").encode()


FORMATS: Final[Mapping[str, Format]] = {
    format_.code: format_
    for format_ in (
        Format("pdf", "Bilan (PDF)", document.MIME, document.document),
        Format("ods", "Tableur (ODS)", ods.MIME, ods.ods),
        Format("json", "Données (JSON)", "application/json", _json),
    )
}


def nom_de_fichier(bilan: Bilan, format_: str) -> str:
    """« bilan-2026-instance-3f2a….pdf »: codes only."""
    code = bilan.code.split("-", maxsplit=1)[0] if bilan.niveau is Niveau.INSTANCE else bilan.code.lower()
    return f"bilan-{bilan.annee}-{bilan.niveau.value}-{code}.{format_}"
