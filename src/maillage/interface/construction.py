"""Build the single stylesheet served to browsers from Bootstrap's compiled sheet and our theme files.

One file, applied in the same instant: alone, Bootstrap would ask for its embedded images before our sheet
replaces them. Only the part of Bootstrap that the visual language allows is kept (grid, spacing, buttons,
form controls, table, breadcrumb), which divides its weight by six without recompiling anything.
Pure Python, no Django: the command in `outils/construire_theme.py` and the tests both call it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

DOSSIER = Path(__file__).resolve().parent
SOURCES = DOSSIER / "theme"
BOOTSTRAP = SOURCES / "vendor" / "bootstrap.min.css"
SORTIE = DOSSIER / "static" / "maillage" / "maillage.css"
FICHIER_SOMBRE = "11-sombre.css"

# Licences ask that the notice travels with the copy.
ENTETE = (
    "/*! Maillage (EUPL-1.2). Contient un extrait de Bootstrap 5.3.9, MIT, (c) The Bootstrap Authors ; "
    "Source Sans 3, OFL 1.1 : voir SOURCES.yaml */\n"
)

# What the templates use and no more: a class added here is one that a page needs (a test compares them).
CLASSE_GARDEE = re.compile(
    r"""(?:
      mb-[0-2] | mt-[23] | pb-3 | pt-1 | px-3 | py-2 | gap-[23] | w-100 | h-100
    | d-(?:block|flex) | flex-wrap | align-items-(?:center|end)
    | text-break | small | mark
    | btn | btn-sm | btn-primary | btn-outline-primary | disabled | active | show
    | form-control | form-control-sm | form-select | form-check | form-check-input | form-check-label
    | form-label | form-text | is-invalid
    | table | breadcrumb | breadcrumb-item | visually-hidden | visually-hidden-focusable
    | list-unstyled | border-top | border-bottom | border-0 | h[1-3]
    )""",
    re.X,
)
# A rule keyed on a class of ours (validation wrappers, groups of controls…) is never kept.
SELECTEUR_ECARTE = re.compile(r"data-bs-|:-webkit-color|was-validated|::file-selector|btn-check")


@dataclass(frozen=True, slots=True)
class Regle:
    """One CSS rule: `corps` is None for a statement such as `@import`."""

    prelude: str
    corps: str | None


def regles(texte: str) -> Iterator[Regle]:
    """Split CSS text into its top-level rules; comments are dropped."""
    texte = re.sub(r"/\*.*?\*/", "", texte, flags=re.S)
    i = 0
    while i < len(texte):
        debut = re.compile(r"[{;]").search(texte, i)
        if debut is None:
            return
        prelude = " ".join(texte[i : debut.start()].split())
        if debut.group() == ";":
            yield Regle(prelude, None)
            i = debut.end()
            continue
        fin = _accolade_fermante(texte, debut.end())
        yield Regle(prelude, texte[debut.end() : fin].strip())
        i = fin + 1


def _accolade_fermante(texte: str, i: int) -> int:
    profondeur = 1
    while True:
        trouve = re.compile(r"[{}]").search(texte, i)
        if trouve is None:
            raise ValueError("Accolade ouverte et jamais fermée dans une feuille de style.")
        profondeur += 1 if trouve.group() == "{" else -1
        if not profondeur:
            return trouve.start()
        i = trouve.end()


def classes(selecteur: str) -> list[str]:
    """Class names a selector mentions."""
    return re.findall(r"\.(-?[A-Za-z_][\w-]*)", re.sub(r"\[[^\]]*\]", "", selecteur))


def _selecteurs(prelude: str) -> list[str]:
    return [s.strip() for s in re.split(r",(?![^()]*\))", prelude)]


def extraire_bootstrap(texte: str) -> str:
    """Keep element rules, and the class rules the visual language allows.

    Bootstrap's embedded images are dropped: our sheet has its own, as files, which any policy accepts.
    """
    gardees: list[str] = []
    for regle in regles(texte):
        if regle.corps is None:
            continue
        if regle.prelude.startswith("@media") or regle.prelude.startswith("@supports"):
            interieur = extraire_bootstrap(regle.corps)
            if interieur:
                gardees.append(f"{regle.prelude}{{{interieur}}}")
            continue
        if regle.prelude.startswith("@"):
            continue
        retenus = [
            s
            for s in _selecteurs(regle.prelude)
            if not SELECTEUR_ECARTE.search(s) and all(CLASSE_GARDEE.fullmatch(c) for c in classes(s))
        ]
        corps = ";".join(d for d in regle.corps.split(";") if d.strip() and "url(" not in d)
        if retenus and corps:
            gardees.append(f"{','.join(retenus)}{{{corps}}}")
    return "".join(gardees)


def sans_variables_mortes(css: str) -> str:
    """Drop from `:root` the custom properties nothing reads any more (repeated until stable)."""
    while True:
        lues = set(re.findall(r"var\((--[\w-]+)", css))

        def nettoyer(bloc: re.Match[str], lues: set[str] = lues) -> str:
            gardees = [
                d
                for d in bloc.group(1).split(";")
                if d.strip() and (not d.strip().startswith("--") or d.split(":", 1)[0].strip() in lues)
            ]
            return f":root{{{';'.join(gardees)}}}" if gardees else ""

        propre = re.sub(r":root\{([^{}]*)\}", nettoyer, css)
        if propre == css:
            return css
        css = propre


def compacter(css: str) -> str:
    """Remove comments and layout whitespace; nothing else changes."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r"\s*([{};])\s*", r"\1", css)
    css = re.sub(r",\s+(?=[^()]*\{)", ",", css)
    return css.replace(";}", "}").strip()


def lire_theme() -> str:
    """Our theme files in the order of their names; the dark tokens are written once and laid twice."""
    morceaux: list[str] = []
    for fichier in sorted(SOURCES.glob("*.css")):
        texte = fichier.read_text(encoding="utf-8")
        if fichier.name == FICHIER_SOMBRE:
            declarations = re.sub(r"/\*.*?\*/", "", texte, flags=re.S)
            texte = (
                "@media (prefers-color-scheme: dark) { :root:not([data-theme='clair']) {"
                f"{declarations}}} }}\n:root[data-theme='sombre'] {{{declarations}}}\n"
            )
        morceaux.append(texte)
    return "\n".join(morceaux)


def construire() -> str:
    """The stylesheet as served."""
    bootstrap = extraire_bootstrap(BOOTSTRAP.read_text(encoding="utf-8"))
    theme = compacter(lire_theme())
    ensemble = sans_variables_mortes(bootstrap + theme)
    return ENTETE + ensemble + "\n"


def ecrire() -> Path:
    """Write the stylesheet in the static folder and return its path."""
    SORTIE.write_text(construire(), encoding="utf-8")
    return SORTIE


def est_a_jour() -> bool:
    """Whether the committed stylesheet is the one its sources give."""
    return SORTIE.is_file() and SORTIE.read_text(encoding="utf-8") == construire()
