"""What the page of rules shows, read from the rules that `maillage verdict` declares."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from maillage.consultation.regles import MODULES, regle
from maillage.droit.entrees import Champ, RegleDeclaree, jour

ENTREES = ("Entrée", "Valeur", "Requise")
REFUS = ("Code", "Motif", "Fondement", "Force", "Peut être levé")
SANS_REFUS = "Cette règle ne refuse pas : elle répond, avec ses raisons et ses dates."
PREAMBULE = (
    "Les règles que `maillage verdict` applique, avec leurs motifs de refus dans l’ordre où ils sont donnés. "
    "Tous les motifs trouvés sont dits. Les écrans, les lettres et le journal montrent les mêmes.",
    "Chaque règle accepte aussi `le`, le jour de l’acte (aujourd’hui par défaut), et `personne.naissance`. "
    "Une entrée inconnue, manquante ou impossible donne "
    "`entree_inconnue`, `entree_manquante` ou `entree_invalide`. Les seuils et les durées sont dans "
    "[parametres.md](parametres.md).",
)

Ligne = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Regle:
    """One rule, in the rows of its two tables."""

    nom: str
    question: str
    entrees: list[Ligne]
    refus: list[Ligne]


def toutes() -> Iterator[Regle]:
    """Every rule, in the order of the command line."""
    for nom in MODULES:
        declaree = regle(nom)
        yield Regle(nom, declaree.question, _entrees(declaree), list(_refus(declaree)))


def _refus(declaree: RegleDeclaree) -> Iterator[Ligne]:
    for obstacle in declaree.obstacles:
        base, force, a_verifier = obstacle.fondement()
        levee = "non" if force == "loi" else "oui, avec un motif écrit"
        verification = " (à vérifier)" if a_verifier else ""
        yield f"`{obstacle.code}`", obstacle.sens, base + verification, force.value, levee


def _entrees(declaree: RegleDeclaree) -> list[Ligne]:
    naissance = [("`personne.naissance`", jour().attendu, "oui")] if declaree.age_requis else []
    return [*naissance, *_champs(declaree.champs)]


def _champs(champs: Mapping[str, Champ], chemin: str = "") -> Iterator[Ligne]:
    """One line a key, those of nested objects and lists under their path."""
    for cle, champ in champs.items():
        ou = f"{chemin}{cle}"
        yield f"`{ou}`", champ.attendu + (" ou null" if champ.nul else ""), "oui" if champ.requis else "non"
        if champ.champs is not None:
            yield from _champs(champ.champs, f"{ou}.")
        if champ.element is not None and champ.element.champs is not None:
            yield from _champs(champ.element.champs, f"{ou}[].")
        elif champ.element is not None:
            yield f"`{ou}[]`", champ.element.attendu, "oui"
