"""Which counts of a year may be shown, knowing what the years before and the councils below show. Pure.

A report is read beside the others: last year's, and those of the councils that a département adds up.
Years are therefore protected in order, and a sum after its parts; what was shown stays shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from maillage.pilotage.comptes import Comptes, Fait, comptes_de
from maillage.socle.diffusion import Cellule, proteger

#: Between the name of a council and the path of its count, so that the two never meet.
SEPARATEUR = "/"


@dataclass(frozen=True, slots=True)
class Publication:
    """Counts of one year with what may be shown of them. ``enfants``: those it adds up, by name."""

    comptes: Comptes
    cellules: Mapping[str, Cellule]
    enfants: Mapping[str, Publication] = field(default_factory=dict)

    def cellule(self, chemin: str) -> Cellule:
        """What may be shown of a count; zero where nothing was ever counted."""
        return self.cellules.get(chemin, Cellule(0))

    def stocks(self) -> dict[str, int]:
        """Follow-ups under way at the end of the year, by strand."""
        prefixe = "en_cours."
        return {
            cle.removeprefix(prefixe): valeur
            for cle, valeur in self.comptes.valeurs.items()
            if cle.startswith(prefixe) and not cle.endswith(".total")
        }


def publier(
    faits: Iterable[Fait],
    *,
    derniere: int,
    seuil: Callable[[int], int],
    enfants: Mapping[str, Mapping[int, Publication]] | None = None,
) -> dict[int, Publication]:
    """The publications of every year up to ``derniere``, and of the year before it at least."""
    par_annee: dict[int, list[Fait]] = {}
    for fait in faits:
        par_annee.setdefault(fait.annee, []).append(fait)
    premiere = min([derniere - 1, *par_annee])
    publiees: dict[int, Publication] = {}
    for annee in range(premiere, derniere + 1):
        sous = {nom: annees[annee] for nom, annees in (enfants or {}).items() if annee in annees}
        avant = publiees.get(annee - 1)
        comptes = comptes_de(par_annee.get(annee, ()), annee, avant.stocks() if avant else {})
        publiees[annee] = _publier(comptes, seuil=seuil(annee), avant=avant, enfants=sous)
    return publiees


def _publier(
    comptes: Comptes, *, seuil: int, avant: Publication | None, enfants: Mapping[str, Publication]
) -> Publication:
    valeurs, egalites = dict(comptes.valeurs), list(comptes.egalites)
    deja = _stock_d_avant(comptes, avant)
    for chemin, egalite in _sommes(comptes, enfants).items():
        if chemin in valeurs:
            egalites.append(egalite)
    for nom, enfant in enfants.items():
        dessous = _a_plat(enfant, nom)
        valeurs |= dessous[0]
        deja |= dessous[1]
        egalites += dessous[2]
    cellules = proteger(valeurs, egalites, seuil=seuil, totaux=comptes.totaux, deja=deja)
    return Publication(comptes, {chemin: cellules[chemin] for chemin in comptes.valeurs}, enfants)


def _stock_d_avant(comptes: Comptes, avant: Publication | None) -> dict[str, Cellule]:
    """Last year's stock opens this one, with the mark it was given then."""
    if avant is None:
        return {}
    return {
        chemin: avant.cellule(f"en_cours.{chemin.removeprefix('avant.')}")
        for chemin in comptes.valeurs
        if chemin.startswith("avant.")
    }


def _sommes(comptes: Comptes, enfants: Mapping[str, Publication]) -> dict[str, dict[str, int]]:
    """Each count is the sum of the same count of those it adds up."""
    if not enfants:
        return {}
    return {
        chemin: {
            chemin: -1,
            **{
                f"{nom}{SEPARATEUR}{chemin}": 1
                for nom, enfant in enfants.items()
                if chemin in enfant.comptes.valeurs
            },
        }
        for chemin in comptes.valeurs
    }


APlat = tuple[dict[str, int], dict[str, Cellule], list[dict[str, int]]]


def _a_plat(publication: Publication, nom: str) -> APlat:
    """Everything a reader holds of a publication and of those below, each path prefixed by its name."""

    def prefixe(chemin: str) -> str:
        return f"{nom}{SEPARATEUR}{chemin}"

    valeurs = {prefixe(chemin): valeur for chemin, valeur in publication.comptes.valeurs.items()}
    cellules = {prefixe(chemin): publication.cellules[chemin] for chemin in publication.comptes.valeurs}
    egalites = [
        {prefixe(chemin): poids for chemin, poids in egalite.items()}
        for egalite in (
            *publication.comptes.egalites,
            *_sommes(publication.comptes, publication.enfants).values(),
        )
    ]
    for sous_nom, enfant in publication.enfants.items():
        dessous = _a_plat(enfant, prefixe(sous_nom))
        valeurs |= dessous[0]
        cellules |= dessous[1]
        egalites += dessous[2]
    return valeurs, cellules, egalites
