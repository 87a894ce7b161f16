"""PDF documents from typst templates: tagged for screen readers (PDF/UA-1), no system library, no network.

A template reads its data with ``json(bytes(sys.inputs.donnees))``. It sees its own folder only, and the
fonts that come with the typst package: the same bytes on every machine. Nothing is written on disk.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import typst

#: A font the typst package carries; templates name it.
POLICE: Final = "Libertinus Serif"
NORME: Final = "ua-1"


class DocumentImpossible(RuntimeError):
    """The template does not compile with these data: a programming error, without their content."""


def pdf(modele: Path, donnees: Mapping[str, Any]) -> bytes:
    """Compile the template with these data (JSON values, dates in ISO form) into a PDF/UA-1."""
    try:
        compile_: bytes = typst.compile(
            modele,
            root=modele.parent,
            font_paths=[],
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=[NORME],
            sys_inputs={"donnees": json.dumps(donnees, ensure_ascii=False, default=_texte)},
        )
    except typst.TypstError as erreur:
        # The message quotes the template, never the data; the cause would carry both.
        raise DocumentImpossible(f"{modele.name} : {erreur.message}") from None
    return compile_


def _texte(valeur: object) -> str:
    if isinstance(valeur, (date, datetime)):
        return valeur.isoformat()
    if isinstance(valeur, UUID):
        return str(valeur)
    raise TypeError(f"valeur impossible dans un document : {type(valeur).__name__}")
