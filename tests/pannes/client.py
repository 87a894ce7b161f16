"""A browser without a screen: cookies, the forms of a page, and an honest word when the line is cut."""

from __future__ import annotations

import http.client
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from urllib.parse import urlencode

Champs = list[tuple[str, str]]
#: What is typed in a field; several boxes of one name may be ticked.
Valeur = str | tuple[str, ...]


class Coupure(Exception):
    """No answer came: nobody knows whether the request was carried out."""


@dataclass(frozen=True)
class Reponse:
    statut: int
    entetes: Mapping[str, str]
    texte: str

    @property
    def lieu(self) -> str:
        return self.entetes.get("location", "")


@dataclass
class Client:
    """One session of one person."""

    port: int
    temoins: dict[str, str] = field(default_factory=dict)

    def demander(
        self, methode: str, chemin: str, champs: Champs | None = None, *, patience: float = 30.0
    ) -> Reponse:
        entetes = {"Cookie": "; ".join(f"{nom}={valeur}" for nom, valeur in self.temoins.items())}
        corps = None
        if champs is not None:
            corps = urlencode(champs).encode()
            entetes["Content-Type"] = "application/x-www-form-urlencoded"
        ligne = http.client.HTTPConnection("127.0.0.1", self.port, timeout=patience)
        try:
            ligne.request(methode, chemin, corps, entetes)
            recue = ligne.getresponse()
            texte = recue.read().decode("utf-8", "replace")
        except (OSError, http.client.HTTPException) as erreur:
            raise Coupure from erreur
        finally:
            ligne.close()
        for nom, valeur in recue.getheaders():
            if nom.lower() == "set-cookie":
                self.temoins.update({cle: m.value for cle, m in SimpleCookie(valeur).items()})
        return Reponse(recue.status, {nom.lower(): v for nom, v in recue.getheaders()}, texte)

    def lire(self, chemin: str) -> Reponse:
        reponse = self.demander("GET", chemin)
        assert reponse.statut == 200, (chemin, reponse.statut, reponse.texte[-2000:])
        return reponse

    def se_connecter(self, compte: str) -> None:
        """One click on the sign-in page of a demonstration."""
        page = self.lire("/connexion/")
        formulaire = next(f for f in formulaires(page.texte) if f.action.endswith("/demonstration/"))
        reponse = self.demander("POST", formulaire.action, [*formulaire.champs, ("compte", compte)])
        assert reponse.statut == 302, reponse.statut


@dataclass
class FormulaireLu:
    """A form as a browser would send it untouched, and every name it could send."""

    action: str
    champs: Champs = field(default_factory=list)
    noms: set[str] = field(default_factory=set)

    def rempli(self, valeurs: Mapping[str, Valeur]) -> Champs:
        inconnus = set(valeurs) - self.noms
        assert not inconnus, f"champs absents de la page : {inconnus}, offerts : {sorted(self.noms)}"
        dits = [(n, v) for n, lus in valeurs.items() for v in ((lus,) if isinstance(lus, str) else lus)]
        return [(n, v) for n, v in self.champs if n not in valeurs] + dits


class _Lecteur(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.lus: list[FormulaireLu] = []
        self._liste = self._zone = ""
        self._texte: list[str] = []
        self._premier = self._choisi = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        a = {cle: valeur or "" for cle, valeur in attrs}
        if tag == "form":
            methode = a.get("method", "get").lower()
            self.lus.append(FormulaireLu(a.get("action", "") if methode == "post" else "-"))
        if not self.lus:
            return
        if tag == "input":
            self._champ(a, dict(attrs))
        elif tag == "select":
            self._liste, self._premier, self._choisi = a.get("name", ""), "", ""
        elif tag == "option" and self._liste:
            self._premier = self._premier or a.get("value", "")
            if "selected" in a:
                self._choisi = a.get("value", "")
        elif tag == "textarea":
            self._zone, self._texte = a.get("name", ""), []

    def _champ(self, a: dict[str, str], bruts: dict[str, str | None]) -> None:
        nom, genre = a.get("name", ""), a.get("type", "text")
        if not nom:
            return
        self.lus[-1].noms.add(nom)
        if genre not in {"radio", "checkbox"} or "checked" in bruts:
            self.lus[-1].champs.append((nom, a.get("value", "on" if genre == "checkbox" else "")))

    def handle_data(self, data: str) -> None:
        if self._zone:
            self._texte.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "select" and self._liste:
            self.lus[-1].noms.add(self._liste)
            self.lus[-1].champs.append((self._liste, self._choisi))
            self._liste = ""
        elif tag == "textarea" and self._zone:
            self.lus[-1].noms.add(self._zone)
            self.lus[-1].champs.append((self._zone, "".join(self._texte).lstrip("\n")))
            self._zone = ""


def formulaires(texte: str) -> list[FormulaireLu]:
    """The POST forms of a page, in order."""
    lecteur = _Lecteur()
    lecteur.feed(texte)
    return [lu for lu in lecteur.lus if lu.action != "-"]
