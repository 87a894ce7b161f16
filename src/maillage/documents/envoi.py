"""A document sent as a file, in one of the formats."""

from __future__ import annotations

from django.http import HttpResponse

from maillage.documents.blocs import Document
from maillage.documents.sorties import FORMATS
from maillage.socle.refus import Introuvable


def fichier(document: Document, format_: str, nom: str) -> HttpResponse:
    """The document in that format. Raises ``Introuvable`` for a format of no one."""
    if format_ not in FORMATS:
        raise Introuvable()
    choisi = FORMATS[format_]
    reponse = HttpResponse(choisi.ecrire(document), content_type=choisi.mime)
    suffixe = "-grands-caracteres" if format_.endswith("-grand") else ""
    reponse["Content-Disposition"] = f'attachment; filename="{nom}{suffixe}.{choisi.extension}"'
    return reponse
