"""The forms of a page, as a browser would send them."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class FormulaireLu:
    """One form: where it goes, what it already holds, what each of its choices offers."""

    action: str
    methode: str
    valeurs: dict[str, list[str]] = field(default_factory=dict)
    offres: dict[str, list[str]] = field(default_factory=dict)
    vides: list[str] = field(default_factory=list)

    def remplir(self, connus: dict[str, object]) -> dict[str, object]:
        """What the page shows, the first offer of each choice, and known words where nothing is written."""
        envoi: dict[str, object] = dict(self.valeurs)
        for nom, offertes in self.offres.items():
            if not any(envoi.get(nom) or []):
                envoi[nom] = [next((offre for offre in offertes if offre), "")]
        for nom in self.vides:
            envoi.setdefault(nom, connus.get(nom, ""))
        return envoi


class _Lecteur(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.formulaires: list[FormulaireLu] = []
        self._ouvert: FormulaireLu | None = None
        self._liste = ""
        self._texte = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        lus = {nom: valeur or "" for nom, valeur in attrs}
        if tag == "form":
            self._ouvert = FormulaireLu(lus.get("action", ""), lus.get("method", "get").lower())
            self.formulaires.append(self._ouvert)
        if self._ouvert is None:
            return
        nom, valeur = lus.get("name", ""), lus.get("value", "")
        if tag == "option" and self._liste:
            self._ouvert.offres.setdefault(self._liste, []).append(valeur)
            if "selected" in lus:
                self._ouvert.valeurs[self._liste] = [valeur]
        elif tag == "select":
            self._liste = nom
        elif tag == "textarea" and nom:
            self._ouvert.vides.append(nom)
        elif tag in {"input", "button"} and nom:
            self._champ(self._ouvert, nom, valeur, lus)

    def _champ(self, ouvert: FormulaireLu, nom: str, valeur: str, lus: dict[str, str]) -> None:
        genre = lus.get("type", "text")
        if genre in {"radio", "checkbox"}:
            ouvert.offres.setdefault(nom, []).append(valeur or "on")
            if "checked" in lus:
                ouvert.valeurs.setdefault(nom, []).append(valeur or "on")
        elif genre in {"submit", "button"}:
            ouvert.offres.setdefault(nom, []).append(valeur)
        elif genre == "file":
            return
        elif valeur:
            ouvert.valeurs.setdefault(nom, []).append(valeur)
        else:
            ouvert.vides.append(nom)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._ouvert = None
        elif tag == "select":
            self._liste = ""


def formulaires(page: str) -> list[FormulaireLu]:
    """Every form of the page."""
    lecteur = _Lecteur()
    lecteur.feed(page)
    return lecteur.formulaires
