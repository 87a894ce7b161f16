"""The glossary: the strategy's acronyms and the words of the product, each with where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from maillage.strategie.acteurs import normaliser
from maillage.strategie.chargement import lire

ORIGINES = ("glossaire", "texte", "produit")


@dataclass(frozen=True, slots=True)
class Terme:
    """A word and its meaning.

    ``origine``: ``glossaire`` (printed in the strategy), ``texte`` (used there without explanation) or
    ``produit``. ``usage``: the expansion is the common one, which the strategy does not give. ``source``:
    the legal text, if any.
    """

    terme: str
    definition: str
    origine: str
    usage: bool
    source: str | None
    remarque: str | None


@cache
def termes() -> tuple[Terme, ...]:
    """Every entry: the strategy's printed ones, the acronyms it forgets, then the words of the product."""
    sigles = (
        Terme(
            terme=brut["terme"],
            definition=brut["developpe"],
            origine=brut["origine"],
            usage=brut["developpement"] == "usage",
            source=None,
            remarque=brut["remarque"],
        )
        for brut in lire("donnees/glossaire-sigles.yaml")
    )
    produit = (
        Terme(brut["terme"], brut["definition"], "produit", False, brut["source"], None)
        for brut in lire("donnees/glossaire-produit.yaml")
    )
    return (*sigles, *produit)


def definir(mot: str) -> tuple[Terme, ...]:
    """The entries of this word, whatever its case and accents: the product's first, then the strategy's."""
    cherche = normaliser(mot)
    trouves = [t for t in termes() if normaliser(t.terme) == cherche]
    return tuple(sorted(trouves, key=lambda t: t.origine != "produit"))
