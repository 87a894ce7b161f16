"""Read a page the way a browser would, strictly: unbalanced tags, broken links between ids, repeated ids."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

SANS_FIN = {"meta", "link", "input", "br", "img", "hr", "wbr", "source"}
# Drawn elements may close themselves.
DESSIN = {"use", "rect", "path", "circle", "line"}
REFERENCES = ("for", "aria-describedby", "aria-labelledby", "popovertarget")


@dataclass
class Page(HTMLParser):
    """Faults found, and what tests look for."""

    fautes: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    references: set[str] = field(default_factory=set)
    ancres: set[str] = field(default_factory=set)
    titres: list[int] = field(default_factory=list)
    _pile: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        HTMLParser.__init__(self)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in DESSIN | SANS_FIN:
            self.fautes.append(f"<{tag}/> n'est pas fermé")
        self._lire(tag, attrs)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._lire(tag, attrs)
        if tag not in SANS_FIN:
            self._pile.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self._pile or self._pile.pop() != tag:
            self.fautes.append(f"</{tag}> en ligne {self.getpos()[0]} ne ferme rien")

    def _lire(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        noms = [nom for nom, _ in attrs]
        if len(noms) != len(set(noms)):
            self.fautes.append(f"<{tag}> répète un attribut")
        for nom, valeur in attrs:
            if nom == "id":
                self.ids.append(valeur or "")
            elif nom in REFERENCES:
                self.references.update((valeur or "").split())
            elif nom == "href" and tag == "a" and (valeur or "").startswith("#"):
                self.ancres.add((valeur or "")[1:])
            elif nom == "style" or nom.startswith("on"):
                self.fautes.append(f"<{tag} {nom}> est refusé par la politique de sécurité")
        if tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            self.titres.append(int(tag[1]))

    def conclure(self) -> list[str]:
        """Every fault of the document."""
        self.close()
        fautes = list(self.fautes)
        fautes += [f"<{tag}> reste ouvert" for tag in self._pile]
        fautes += sorted({f"l'identifiant {i} est répété" for i in self.ids if self.ids.count(i) > 1})
        fautes += sorted(f"aucun élément {r}" for r in (self.references | self.ancres) - set(self.ids) if r)
        return fautes


def lire(html: str) -> Page:
    """Parse a page or a fragment."""
    page = Page()
    page.feed(html)
    return page


def fautes(html: str) -> list[str]:
    """What is wrong with a page or a fragment."""
    return lire(html).conclure()
