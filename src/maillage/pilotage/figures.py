"""Charts of a report, from its tables: what is hidden in the one is hidden in the other."""

from __future__ import annotations

from maillage.interface.graphiques import SECRET, Figure, Serie, Valeur, figure
from maillage.interface.typographie import accord
from maillage.pilotage.bilan import Bilan, Chiffre, Tableau
from maillage.socle.diffusion import Cellule, Mention

SUR_DEUX_ANS, SUR_L_ANNEE = (
    {"signalements_trimestre": "verticales"},
    {
        "clotures_issue": "horizontales",
        "decisions": "horizontales",
        "transactions_etapes": "horizontales",
    },
)


def valeur(cellule: Cellule) -> Valeur:
    """A count as a chart takes it."""
    if cellule.valeur is not None:
        return cellule.valeur
    return None if cellule.mention is Mention.SEUIL else SECRET


def figures(bilan: Bilan) -> dict[str, Figure]:
    """Chart and table of each of these, by code of table; absent where the table is."""
    genres = {**SUR_DEUX_ANS, **SUR_L_ANNEE}
    return {
        tableau.code: _figure(bilan, tableau, genres[tableau.code])
        for tableau in bilan.tableaux
        if tableau.code in genres
    }


def _figure(bilan: Bilan, tableau: Tableau, genre: str) -> Figure:
    deux_ans = tableau.code in SUR_DEUX_ANS
    rangs = range(len(tableau.colonnes)) if deux_ans else [len(tableau.colonnes) - 1]
    series = [
        Serie(tableau.colonnes[rang], tuple(valeur(ligne.cellules[rang]) for ligne in tableau.lignes))
        for rang in rangs
    ]
    total = tableau.total
    return figure(
        _constat(bilan, tableau),
        legende=f"{tableau.titre}, {bilan.annee}" if not deux_ans else tableau.titre,
        categories=[ligne.libelle for ligne in tableau.lignes],
        series=series,
        genre=genre,
        premiere_colonne=tableau.entete,
        total=(total.libelle, *(total.cellules[rang].texte for rang in rangs)) if total else (),
        source=tableau.note,
    )


def ecart(chiffre: Chiffre, annee_precedente: int) -> str:
    """« 7 de plus qu’en 2024 », or nothing where one of the two is not shown."""
    difference = chiffre.difference
    if difference is None:
        return ""
    if difference == 0:
        return f"comme en {annee_precedente}"
    jours = f"{accord(abs(difference), 'jour,jours')} " if "jours" in chiffre.unite else f"{abs(difference)} "
    return f"{jours}de {'plus' if difference > 0 else 'moins'} qu’en {annee_precedente}"


def _constat(bilan: Bilan, tableau: Tableau) -> str:
    """The finding, in words: what the chart shows and no judgement on it."""
    if tableau.code == "signalements_trimestre":
        recus = bilan.chiffre("signalements")
        if recus.valeur.valeur is None:
            return tableau.titre
        suite = ecart(recus, bilan.annee - 1)
        texte = accord(recus.valeur.valeur, "signalement reçu,signalements reçus")
        return f"{texte}, {suite}" if suite else texte
    dernieres = [(ligne.cellules[-1].valeur, ligne.libelle) for ligne in tableau.lignes]
    connues = [(nombre, libelle) for nombre, libelle in dernieres if nombre]
    ensemble = tableau.total.cellules[-1].valeur if tableau.total else None
    if not connues or ensemble is None:
        return f"{tableau.titre} en {bilan.annee}"
    nombre, libelle = max(connues, key=lambda paire: paire[0])
    return f"{libelle} : {nombre} sur {ensemble} en {bilan.annee}"
