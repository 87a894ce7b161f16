"""Checks of the pages written by hand: links, pictures, commands, guides. Each fault is one sentence."""

from __future__ import annotations

import contextlib
import io
import re
import shlex
from collections.abc import Iterable, Iterator
from pathlib import Path

GUIDE = "docs/guide"

_LIEN = re.compile(r"!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?[^)]*\)|(?:src|href)=[\"']([^\"']+)[\"']")
_IMAGE_EXTERNE = re.compile(
    r"!\[[^\]]*\]\(\s*<?(?:https?:)?//|<img[^>]+src=[\"'](?:https?:)?//", re.IGNORECASE
)
_CHEMIN_MACHINE = re.compile(r"(?<![\w.~-])/(?:work|root|farm|home|Users|tmp/bash)/")
_CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)


def ancre(titre: str) -> str:
    """The anchor a forge gives to a heading: lower case, hyphens for spaces, no punctuation."""
    return re.sub(r"[^\w\- ]", "", titre.strip().lower()).replace(" ", "-")


def _ancres(texte: str) -> set[str]:
    return {ancre(m.group(1)) for m in re.finditer(r"^#{1,6} +(.+)$", texte, re.MULTILINE)}


def _lien_rompu(fichier: Path, cible: str) -> bool:
    chemin, _, fragment = cible.partition("#")
    vise = (fichier.parent / chemin).resolve() if chemin else fichier
    if not vise.exists():
        return True
    return (
        bool(fragment) and vise.suffix == ".md" and fragment not in _ancres(vise.read_text(encoding="utf-8"))
    )


def fautes_de_texte(racine: Path) -> Iterator[str]:
    """Broken local links, images fetched from elsewhere, paths of a machine: one sentence each."""
    for fichier in sorted([*racine.glob("*.md"), *(racine / "docs").rglob("*.md")]):
        nom = fichier.relative_to(racine).as_posix()
        texte = fichier.read_text(encoding="utf-8")
        if _CHEMIN_MACHINE.search(texte):
            yield f"{nom} contient le chemin d’une machine."
        if _IMAGE_EXTERNE.search(texte):
            yield f"{nom} montre une image venue d’ailleurs."
        for trouve in _LIEN.finditer(_CODE.sub("", texte)):
            cible = trouve.group(1) or trouve.group(2)
            if not re.match(r"[a-z][a-z+.-]*:|//", cible) and _lien_rompu(fichier, cible):
                yield f"{nom} : le lien « {cible} » ne mène nulle part."


def pages_ecrites(racine: Path) -> list[Path]:
    """Every Markdown page of the project."""
    return sorted([*racine.glob("*.md"), *(racine / "docs").rglob("*.md"), *(racine / "bench").glob("*.md")])


def captures_sans_page(racine: Path) -> Iterator[str]:
    """A picture no page shows is a picture nobody renews."""
    montrees = {
        (fichier.parent / cible).resolve()
        for fichier in pages_ecrites(racine)
        for cible in re.findall(r"\]\(([^)\s]+\.png)\)", fichier.read_text(encoding="utf-8"))
    }
    for image in sorted((racine / GUIDE / "captures").glob("*.png")):
        if image.resolve() not in montrees:
            yield f"{image.relative_to(racine).as_posix()} n’est montrée par aucune page."


def roles_sans_guide(racine: Path, vitrine: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Whoever the demonstration invites in finds, in the index of the guide, a page for their role."""
    index = racine / GUIDE / "README.md"
    if not index.exists():
        return
    lignes = index.read_text(encoding="utf-8").splitlines()
    for role, nom in vitrine:
        if not any(nom in ligne and re.search(r"\]\([\w-]+\.md\)", ligne) for ligne in lignes):
            yield f"{GUIDE}/README.md ne mène {nom} ({role}) à aucune page."
    for fichier in sorted((racine / GUIDE).glob("*.md")):
        if fichier != index and f"]({fichier.name}" not in "\n".join(lignes):
            yield f"{GUIDE}/README.md ne mène pas à {fichier.name}."


#: A command is read where one is typed: at the start of a line or of a pipe, sudo or a unit's Exec….
_COMMANDE = re.compile(
    r"(?:^|\|\s*|&&\s*|Exec\w+=|sudo -u \w+ )\s*(?:[A-Z_]+=\S+\s+)*(?:[\w./-]*/)?maillage +([^|&;<>\n]+)",
    re.MULTILINE,
)
_BLOC = re.compile(r"^ *```[^\n]*\n(.*?)^ *```", re.DOTALL | re.MULTILINE)
_LIGNE_DE_CODE = re.compile(r"`([^`\n]+)`")


def commandes_montrees(texte: str) -> list[str]:
    """What follows the word ``maillage`` in each command a page shows."""
    blocs = [bloc.replace("\\\n", " ") for bloc in _BLOC.findall(texte)]
    en_ligne = [code for code in _LIGNE_DE_CODE.findall(_BLOC.sub("", texte)) if "maillage " in code]
    return [trouvee.strip() for code in [*blocs, *en_ligne] for trouvee in _COMMANDE.findall(code)]


def commandes_inexactes(racine: Path) -> Iterator[str]:
    """Each command shown is read by the parser that will read it: no page promises an option that is not."""
    for fichier in pages_ecrites(racine):
        for montree in commandes_montrees(fichier.read_text(encoding="utf-8")):
            if faute := _faute(montree):
                yield f"{fichier.relative_to(racine).as_posix()} : « maillage {montree} » : {faute}"


def _faute(montree: str) -> str:
    from maillage.projet.cli import analyseur
    from maillage.projet.commandes import COMMANDES

    nom, *arguments = shlex.split(montree, comments=True)
    if nom.startswith("-"):
        return _lire(analyseur(""), [nom, *arguments])
    if nom not in COMMANDES:
        return "cette commande n’existe pas."
    # Naming a command alone is speaking of it.
    if not arguments:
        return ""
    if nom == "gerer":
        return _faute_de_django(*arguments)
    return _lire(analyseur(nom), arguments)


def _faute_de_django(nom: str, *arguments: str) -> str:
    from django.core.management import get_commands, load_command_class

    salle = get_commands().get(nom)
    if salle is None:
        return "cette commande de Django n’existe pas."
    commande = load_command_class(salle, nom) if isinstance(salle, str) else salle
    analyseur = commande.create_parser("maillage gerer", nom)
    # Else its parser raises an error of its own kind instead of leaving.
    analyseur.called_from_command_line = True
    return _lire(analyseur, list(arguments))


def _lire(analyseur, arguments: list[str]) -> str:
    dit = io.StringIO()
    try:
        with contextlib.redirect_stderr(dit), contextlib.redirect_stdout(io.StringIO()):
            analyseur.parse_args(arguments)
    except SystemExit as sortie:
        return "" if not sortie.code else " ".join(dit.getvalue().split())
    return ""
