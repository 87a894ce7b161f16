"""What the catalogue of schemes says from memory: which value, in which scheme, and where to read it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from maillage.parcours.catalogue import Dispositif

INTRODUCTION = (
    "Les dispositifs du catalogue dont une valeur vient de mémoire : à confirmer dans la source indiquée "
    "avant de s’y fier. Une valeur confirmée change de `statut` dans "
    "`src/maillage/parcours/donnees/dispositifs.yaml` (C : lue dans un texte ; S : énoncée par la "
    "stratégie), et sa ligne quitte cette page. Ceux qui n’y sont pas ont été lus dans un texte ou sont "
    "énoncés par la stratégie ; les seuils et les dates de la loi sont dans [parametres.md](parametres.md)."
)
ENTETES = ("Dispositif", "Ce qui est à vérifier", "Fiche", "Où le lire", "Fondement cité")


def lignes() -> Iterator[tuple[str, ...]]:
    """One line a scheme whose status says « à vérifier », in the order of the catalogue."""
    from maillage.parcours.catalogue import dispositifs

    for lu in dispositifs():
        if lu.a_verifier:
            fiche = str(lu.fiche) if lu.fiche else "aucune"
            yield f"{lu.libelle} (`{lu.code}`)", _valeurs(lu), fiche, lu.source, lu.base_legale


def _valeurs(lu: Dispositif) -> str:
    """The figures it holds; where it holds none, its conditions are what is said from memory."""
    dites = []
    if lu.age_min is not None:
        dites.append(f"âge d’entrée : {lu.age_min} ans")
    if lu.age_max is not None:
        dites.append(f"dernier âge : {lu.age_max} ans compris")
    for phase in lu.phases:
        bornes = [
            f"{mot} {valeur} {unite}"
            for mot, valeur, unite in (
                ("au plus", phase.heures_jour_max, "heures par jour"),
                ("au moins", phase.duree_min_mois, "mois"),
                ("au plus", phase.duree_max_mois, "mois"),
            )
            if valeur is not None
        ]
        if bornes:
            dites.append(f"{phase.libelle} : {', '.join(bornes)}")
    return " ; ".join(dites) or "ses conditions d’entrée : aucun âge n’y est écrit"
