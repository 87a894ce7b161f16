"""Static files named after their content: a browser fetches each one once, until it changes.

Nothing is collected on disk before starting: fonts, sheet, script and images are read once by each process,
compressed, and kept in memory (some 200 kB). The plain names keep answering, for an hour, through WhiteNoise.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from whitenoise.middleware import WhiteNoiseMiddleware

UN_AN = 31_536_000
COMPRESSIBLES = frozenset({".css", ".js", ".svg"})
REFERENCE = re.compile(r'url\("?(?!data:)([^")#]+)"?\)')


@dataclass(frozen=True, slots=True)
class Fichier:
    """What is sent for one name, ready in both encodings."""

    nom: str
    genre: str
    corps: bytes
    comprime: bytes | None

    def reponse(self, request: HttpRequest) -> HttpResponse:
        accepte = "gzip" in request.headers.get("Accept-Encoding", "")
        comprime = self.comprime if accepte else None
        corps = comprime or self.corps
        entetes = {"Cache-Control": f"max-age={UN_AN}, public, immutable", "Content-Length": str(len(corps))}
        if self.comprime:
            entetes["Vary"] = "Accept-Encoding"
        if comprime:
            entetes["Content-Encoding"] = "gzip"
        vide = request.method == "HEAD"
        return HttpResponse(b"" if vide else corps, content_type=self.genre, headers=entetes)


def _preparer(nom: str, corps: bytes) -> Fichier:
    chemin = PurePosixPath(nom)
    empreinte = hashlib.sha256(corps).hexdigest()[:12]
    genre = mimetypes.guess_type(nom)[0] or "application/octet-stream"
    comprime = None
    if chemin.suffix in COMPRESSIBLES:
        genre += "; charset=utf-8"
        comprime = gzip.compress(corps, 9, mtime=0)
        if len(comprime) >= len(corps):
            comprime = None  # a tick of a hundred bytes gains nothing
    return Fichier(str(chemin.with_suffix(f".{empreinte}{chemin.suffix}")), genre, corps, comprime)


@lru_cache(maxsize=1)
def fichiers() -> dict[str, Fichier]:
    """Every static file by its plain name; a sheet names what it draws with by content too."""
    lus: dict[str, bytes] = {}
    for chercheur in finders.get_finders():
        for nom, stockage in chercheur.list(None):
            lus.setdefault(nom.replace("\\", "/"), Path(stockage.path(nom)).read_bytes())
    prets = {nom: _preparer(nom, corps) for nom, corps in lus.items() if not nom.endswith(".css")}

    def nommer(feuille: PurePosixPath) -> Callable[[re.Match[str]], str]:
        def remplacer(trouve: re.Match[str]) -> str:
            vise = prets[str(feuille.parent / trouve[1])]
            return f'url("{PurePosixPath(vise.nom).relative_to(feuille.parent)}")'

        return remplacer

    for nom in sorted(lus.keys() - prets.keys()):
        texte = REFERENCE.sub(nommer(PurePosixPath(nom)), lus[nom].decode())
        prets[nom] = _preparer(nom, texte.encode())
    return prets


class Stockage(StaticFilesStorage):
    """Addresses of the static files, by content."""

    def url(self, name: str | None) -> str:
        pret = fichiers().get(name or "")
        return super().url(pret.nom if pret else name)


class FichiersStatiques(WhiteNoiseMiddleware):
    """WhiteNoise for the plain names; for the names by content, a year, compressed, never asked again."""

    def add_files_from_finders(self) -> None:
        super().add_files_from_finders()
        self.empreints = {f"{self.static_prefix}{fichier.nom}": fichier for fichier in fichiers().values()}

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        fichier = self.empreints.get(request.path_info)
        if fichier is not None and request.method in {"GET", "HEAD"}:
            return fichier.reponse(request)
        reponse: HttpResponseBase = super().__call__(request)
        return reponse
