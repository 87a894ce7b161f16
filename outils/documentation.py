"""Regenerate the pages of documentation computed from the code, and check the ones written by hand.

Run: python outils/documentation.py             writes what has changed and names it
     python outils/documentation.py --verifier  writes nothing; exits 1 and names each fault

A computed page, or a computed part of a page (between two comments), is one line of ``PAGES``.
"""

from __future__ import annotations

import argparse
import os
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

import catalogue_a_verifier
import dessins
import exigences_asvs
import mesurer_garde
import regles_calculees
import verifications

RACINE = Path(__file__).resolve().parent.parent
AVERTISSEMENT = "<!-- Page calculée : ne la modifiez pas, lancez `make documentation`. -->"

Rendu = Callable[[str], str]
"""From the text of a page as it stands (empty when absent) to the text it should have."""


def tableau(entetes: Iterable[str], lignes: Iterable[Iterable[object]]) -> str:
    """A Markdown table; a bar or a line break inside a cell cannot break it."""
    titres = list(entetes)
    rangs = [" | ".join(_cellule(c) for c in ligne) for ligne in lignes]
    return "\n".join(
        [f"| {' | '.join(titres)} |", f"|{' --- |' * len(titres)}", *(f"| {rang} |" for rang in rangs)]
    )


def _cellule(contenu: object) -> str:
    return " ".join(str(contenu).split()).replace("|", "\\|")


def page(titre: str, *blocs: str) -> str:
    """A whole computed page."""
    return "\n\n".join([f"# {titre}", AVERTISSEMENT, *blocs]) + "\n"


def partie(nom: str, contenu: Callable[[], str]) -> Rendu:
    """Fill the part of a hand-written page between ``<!-- calculé : nom -->`` and ``<!-- fin : nom -->``."""
    debut, fin = f"<!-- calculé : {nom} -->", f"<!-- fin : {nom} -->"

    def rendre(actuel: str) -> str:
        avant, trouve, reste = actuel.partition(debut)
        _, clos, apres = reste.partition(fin)
        if not (trouve and clos):
            raise PageMalFormee(f"il manque « {debut} » ou « {fin} »")
        return f"{avant}{debut}\n{contenu()}\n{fin}{apres}"

    return rendre


class PageMalFormee(ValueError):
    """A hand-written page has lost the marks around its computed part."""


def glossaire(_actuel: str) -> str:
    from maillage.strategie.api import Terme, termes
    from maillage.strategie.listes import liste

    def sens(terme: Terme) -> str:
        suite = [terme.definition]
        if terme.usage:
            suite.append("(la stratégie ne le développe pas)")
        if terme.remarque:
            suite.append(terme.remarque)
        return " ".join(suite)

    def lignes(origine: str) -> list[tuple[str, str]]:
        return [(t.terme, sens(t)) for t in termes() if t.origine == origine]

    produit = [(f"**{t.terme}**", t.definition, t.source or "—") for t in termes() if t.origine == "produit"]
    return page(
        "Glossaire",
        "Les mots de Maillage, puis les sigles de la stratégie nationale de prévention de la délinquance "
        "2020-2024. Un mot de métier se retrouve tel quel, sans accent, dans le code : "
        "`situation`, `signalement`, `habilitation`.",
        "## Les mots de Maillage",
        tableau(("Mot", "Ce qu’il veut dire ici", "Texte"), produit),
        "## Le glossaire de la stratégie",
        "Les 54 entrées du glossaire imprimé, dans son ordre.",
        tableau(("Sigle", "Développement"), lignes("glossaire")),
        "## Les sigles que la stratégie emploie sans les expliquer",
        tableau(("Sigle", "Développement"), lignes("texte")),
        "## Les natures d’information",
        "Une information **publique** peut se dire partout. Une information **confidentielle** ne se "
        "partage que dans un groupe nominatif ou un CDDF. Une information **secrète** ne s’enregistre pas. "
        f"La liste fermée des {len(liste('elements_partageables').items)} éléments partageables est dans "
        "[listes.md](listes.md).",
    )


_STATUTS_LISTE = {"C": "confirmé", "S": "stratégie", "M": "à vérifier"}


def listes(_actuel: str) -> str:
    from maillage.strategie.api import codes_listes, liste

    blocs = []
    for code in codes_listes():
        lue = liste(code)
        blocs.append(f"## {lue.libelle}")
        blocs.append(f"Code : `{code}`. Source : {lue.source}.")
        blocs.append(
            tableau(
                ("Code", "Libellé", "Aide", "Statut"),
                ((f"`{i.code}`", i.libelle, i.aide, _STATUTS_LISTE[i.statut]) for i in lue),
            )
        )
    return page(
        "Listes fermées",
        "Ce que l’on peut choisir dans les formulaires. Chaque choix dit d’où il vient : confirmé dans une "
        "source publique, énoncé par la stratégie, ou à vérifier (écrit de mémoire, jamais présenté comme "
        "officiel).",
        *blocs,
    )


_STATUTS_VALEUR = {
    "lu": "lu dans le texte",
    "strategie": "énoncé par la stratégie",
    "secondaire": "source secondaire",
    "a_verifier": "à vérifier",
}


def parametres(_actuel: str) -> str:
    from maillage.droit import api

    def periode(depuis: date | None, jusqua: date | None) -> str:
        debut = f"depuis le {depuis.isoformat()}" if depuis else "sans date de début connue"
        return f"{debut}, jusqu’au {jusqua.isoformat()}" if jusqua else debut

    def lisible(valeur: object) -> str:
        if isinstance(valeur, bool):
            return "oui" if valeur else "non"
        if isinstance(valeur, tuple):
            return ", ".join(str(v) for v in valeur)
        return str(valeur)

    def lignes(groupe: Iterable[api.Parametre]) -> Iterator[tuple[object, ...]]:
        for parametre in groupe:
            unite = {"oui_non": "", "texte": "", "liste": ""}.get(parametre.unite, parametre.unite)
            for v in parametre.valeurs:
                statut = _STATUTS_VALEUR[v.statut]
                if v.a_verifier and v.statut != api.Statut.A_VERIFIER:
                    statut += ", à vérifier"
                valeur = f"{lisible(v.valeur)} {unite}".strip() + (
                    f" ({v.territoire})" if v.territoire else ""
                )
                nom = f"{parametre.libelle} (`{parametre.code}`)"
                yield nom, valeur, periode(v.depuis, v.jusqua), v.base_legale, v.force.value, statut

    tous = sorted(api.parametres(), key=lambda p: (p.theme, p.code))
    blocs = []
    for theme, groupe in groupby(tous, key=lambda p: p.theme):
        blocs.append(f"## {theme}")
        blocs.append(
            tableau(("Paramètre", "Valeur", "Période", "Fondement", "Force", "Vérification"), lignes(groupe))
        )
    return page(
        "Paramètres légaux",
        "Chaque règle de Maillage lit ses seuils et ses durées ici, à la date de l’acte : un dossier de 2020 "
        "est jugé selon le droit de 2020. `maillage droit parametres --le 2020-01-01` donne les valeurs en "
        "vigueur ce jour-là.",
        "Une valeur « à vérifier » n’a pas été lue dans son texte : les écrans qui s’en servent le disent.",
        *blocs,
    )


def reglages() -> str:
    from maillage.projet.configuration import VARIABLES

    return tableau(("Variable", "Rôle"), ((f"`{nom}`", role) for nom, role in VARIABLES.items()))


def commandes() -> str:
    from importlib import import_module

    from maillage.projet.commandes import COMMANDES

    modules = [(nom, import_module(f"maillage.projet.commandes.{nom}")) for nom in COMMANDES]
    exemples = ((f"`maillage {nom}`", m.AIDE, f"`{m.EXEMPLE.strip().splitlines()[0]}`") for nom, m in modules)
    return tableau(("Commande", "Rôle", "Exemple"), exemples)


def etats(_actuel: str) -> str:
    """Every ``TRANSITIONS…`` table of a ``states.py`` or ``etats_….py`` module, as a drawing and a table."""
    blocs = []
    for machine, transitions, libelle in _machines():
        ordre = list(transitions)
        lignes = ((libelle(a), *("oui" if b in transitions[a] else "" for b in ordre)) for a in ordre)
        grille = tableau(("De \\ vers", *(libelle(b) for b in ordre)), lignes)
        image = f"![{machine} : la table qui suit dit la même chose.](etats/{_nom_de_fichier(machine)}.svg)"
        blocs += [f"## {machine}", image, grille]
    return page(
        "États",
        "Ce qui peut suivre quoi. Un passage absent de ces tables est refusé par la règle. Dans les "
        "dessins, on avance vers le bas et par la droite, on revient par la gauche ; rien ne suit un état au "
        "double cadre.",
        *blocs,
    )


def dessin_d_etats(nom: str, _actuel: str) -> str:
    """The drawing of one machine, from the same data as its table."""
    [(transitions, libelle)] = [(table, mots) for machine, table, mots in _machines() if machine == nom]
    return dessins.etats(nom, transitions, libelle)


def _nom_de_fichier(machine: str) -> str:
    sans_accent = unicodedata.normalize("NFD", machine.lower()).encode("ascii", "ignore").decode()
    return sans_accent.replace(" ", "-")


Machine = tuple[str, dict, Callable]


def _machines() -> Iterator[Machine]:
    """Name, table and labels of each state machine; the enumeration gives its order, sets have none."""
    from importlib import import_module

    from maillage.strategie.api import definir

    sources = RACINE / "src" / "maillage"
    for fichier in sorted([*sources.glob("*/states.py"), *sources.glob("*/etats_*.py")]):
        module = import_module(f"maillage.{fichier.parent.name}.{fichier.stem}")
        for nom, table in vars(module).items():
            if not nom.startswith("TRANSITIONS"):
                continue
            enumeration = type(next(iter(table)))
            mot = enumeration.__name__.removeprefix("Etat")
            connus = definir(mot)
            yield (
                connus[0].terme if connus else mot,
                {a: [b for b in enumeration if b in table[a]] for a in enumeration if a in table},
                partial(_libelle, getattr(module, "LIBELLES", {})),
            )


def _libelle(libelles: dict[str, str], etat: Any) -> str:
    return libelles.get(etat) or etat.label


def permissions(_actuel: str) -> str:
    """The registry of permissions: what each opens, and the functions that hold it."""
    _charger_l_application()
    from maillage.acteurs.api import FONCTIONS
    from maillage.socle.permissions import toutes

    def qui(permission) -> str:
        if permission.tout_compte:
            return "toute personne connectée"
        noms = [FONCTIONS[c].masculin for c in FONCTIONS if c in permission.fonctions]
        return ", ".join(noms) or "personne"

    lignes = ((p.libelle, f"`{p.code}`", qui(p)) for p in toutes())
    return page(
        "Permissions",
        "Ce que chaque fonction ouvre. Une permission ouvre des pages, jamais un dossier : il y "
        "faut une habilitation dans le cercle. Une adresse sans permission déclarée est fermée à tous.",
        tableau(("Permission", "Code", "Fonctions"), lignes),
    )


def _charger_l_application() -> None:
    """Load every room, without any database: nothing here connects to the address given."""
    os.environ.setdefault("MAILLAGE_MODE", "essais")
    os.environ.setdefault("DATABASE_URL", "postgresql://m_web@127.0.0.1/maillage")
    os.environ.setdefault("DATABASE_URL_PROPRIETAIRE", "postgresql://m_proprietaire@127.0.0.1/maillage")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maillage.projet.settings")
    import django
    from django.urls import get_resolver

    django.setup()
    # Permissions are declared by the modules that the addresses import.
    len(get_resolver().url_patterns)


def regles(_actuel: str) -> str:
    """Every rule of `maillage verdict`: its question, its inputs, its refusals with their basis and force."""
    blocs = []
    for regle in regles_calculees.toutes():
        blocs += [f"## `{regle.nom}`", regle.question]
        blocs.append(tableau(regles_calculees.ENTREES, regle.entrees))
        refus = tableau(regles_calculees.REFUS, regle.refus)
        blocs.append(refus if regle.refus else regles_calculees.SANS_REFUS)
    return page("Règles", *regles_calculees.PREAMBULE, *blocs)


def garde(_actuel: str) -> str:
    """What the guard of free text finds and misses, measured on the labelled corpus."""
    return page("La garde du texte libre", *mesurer_garde.blocs(tableau))


def asvs(_actuel: str) -> str:
    """Each requirement of OWASP ASVS 5.0.0, level 2, and where it is met."""
    return page("OWASP ASVS 5.0, niveau 2", *exigences_asvs.blocs(tableau))


#: Each computed page: its path from the root, and what gives its text.
def a_verifier(_actuel: str) -> str:
    return page(
        "Ce qui reste à vérifier dans le catalogue",
        catalogue_a_verifier.INTRODUCTION,
        tableau(catalogue_a_verifier.ENTETES, catalogue_a_verifier.lignes()),
    )


PAGES: list[tuple[str, Rendu]] = [
    ("docs/glossaire.md", glossaire),
    ("docs/listes.md", listes),
    ("docs/parametres.md", parametres),
    ("docs/a-verifier.md", a_verifier),
    ("docs/regles.md", regles),
    ("docs/etats.md", etats),
    *((f"docs/etats/{_nom_de_fichier(nom)}.svg", partial(dessin_d_etats, nom)) for nom, *_ in _machines()),
    ("docs/permissions.md", permissions),
    ("docs/garde.md", garde),
    ("src/maillage/situations/donnees/garde/mesure.json", lambda _actuel: mesurer_garde.gardee()),
    ("docs/asvs.md", asvs),
    ("docs/exploitation.md", partie("reglages", reglages)),
    ("docs/exploitation.md", partie("commandes", commandes)),
]


#: Each check of the pages written by hand: from the root to one sentence a fault.
EXAMENS: list[Callable[[Path], Iterable[str]]] = [
    verifications.fautes_de_texte,
    verifications.captures_sans_page,
    verifications.commandes_inexactes,
    lambda racine: verifications.roles_sans_guide(racine, _vitrine()),
]


def _vitrine() -> Iterable[tuple[str, str]]:
    _charger_l_application()
    from maillage.demo.api import vitrine

    return vitrine()


def perimees(racine: Path, pages: Iterable[tuple[str, Rendu]]) -> dict[str, str]:
    """The right text of each page that differs from what it should be; a page may have several parts."""
    actuels: dict[str, str] = {}
    attendus: dict[str, str] = {}
    for chemin, rendre in pages:
        fichier = racine / chemin
        if chemin not in actuels:
            actuels[chemin] = fichier.read_text(encoding="utf-8") if fichier.exists() else ""
        try:
            attendus[chemin] = rendre(attendus.get(chemin, actuels[chemin]))
        except PageMalFormee as faute:
            raise PageMalFormee(f"{chemin} : {faute}") from None
    return {chemin: texte for chemin, texte in attendus.items() if texte != actuels[chemin]}


def main(arguments: list[str] | None = None, racine: Path = RACINE) -> int:
    """Write or check; returns the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--verifier", action="store_true", help="ne rien écrire, nommer les pages à refaire")
    verifier = parser.parse_args(arguments).verifier
    try:
        a_refaire = perimees(racine, PAGES)
    except PageMalFormee as faute:
        print(faute, file=sys.stderr)
        return 1
    if verifier and a_refaire:
        print(f"Pages à refaire par « make documentation » : {', '.join(a_refaire)}.", file=sys.stderr)
    if not verifier:
        for chemin, texte in a_refaire.items():
            (racine / chemin).parent.mkdir(parents=True, exist_ok=True)
            (racine / chemin).write_text(texte, encoding="utf-8")
            print(f"écrit : {chemin}")
    fautes = [faute for examen in EXAMENS for faute in examen(racine)]
    for faute in fautes:
        print(faute, file=sys.stderr)
    return 1 if fautes or (verifier and a_refaire) else 0


if __name__ == "__main__":
    sys.exit(main())
