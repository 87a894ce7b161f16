"""Compose a report from publications: figures, delays, tables and their words. Pure.

``publications`` are what disclosure control lets through; raw counts are never read here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from maillage.pilotage.actes import AU_BESOIN as ACTES_AU_BESOIN
from maillage.pilotage.actes import DELAIS_DES_ACTES
from maillage.pilotage.bilan import Chiffre, Ligne, Tableau
from maillage.pilotage.comptes import CROISE, SANS_OBJET
from maillage.pilotage.familles import DELAI_DES_AUDITIONS, REGISTRES
from maillage.pilotage.protection import Publication
from maillage.pilotage.tables import SIMPLES
from maillage.socle.diffusion import Cellule, Mention
from maillage.strategie.api import liste

__all__ = ["AU_BESOIN", "DELAIS", "REGISTRES", "chiffres", "delai", "simple", "tableaux"]

VOLETS: Final = {
    "jeune": "Jeunes (moins de 25 ans)",
    "majeur": "Majeurs",
    "victime": "Victimes et personnes vulnérables",
}
#: code of the figure, words, path of the count, what is counted.
CHIFFRES: Final = (
    (
        "suivies",
        "Situations suivies dans l’année",
        "suivies.total",
        "Situations ouvertes au 1er janvier, et celles ouvertes dans l’année. Un suivi compte une fois par "
        "groupe : la même personne suivie dans deux groupes compte deux fois.",
    ),
    (
        "ouvertes",
        "Situations ouvertes",
        "ouvertures.total",
        "Situations ouvertes dans l’année par une décision collective, en séance.",
    ),
    (
        "closes",
        "Suivis clos",
        "clotures.total",
        "Situations closes dans l’année, quelle qu’en soit l’issue. Celles que la limite d’âge a closes "
        "d’elle-même comptent une fois l’année finie.",
    ),
    (
        "en_cours",
        "Suivis en cours en fin d’année",
        "en_cours.total",
        "Situations ouvertes et non closes au 31 décembre, ou au jour du calcul si l’année n’est pas finie.",
    ),
    (
        "signalements",
        "Signalements reçus",
        "signalements.total",
        "Signalements faits par un membre d’un groupe dans l’année, retenus ou non.",
    ),
    (
        "contacts",
        "Contacts notés",
        "contacts.total",
        "Contacts notés par les référents, tentatives comprises, sans leur contenu.",
    ),
    (
        "lettres",
        "Lettres d’information remises",
        "lettres.total",
        "Remises notées, à la personne ou à un représentant légal (RGPD, art. 13 et 14).",
    ),
)

DELAIS: Final = (
    (
        "decision",
        "Du signalement à la décision du groupe",
        "Jours entre le signalement et la décision qui le clôt ; un report ne compte pas.",
    ),
    (
        "contact",
        "De l’ouverture au premier contact",
        "Jours entre l’ouverture et le premier contact abouti avec la personne ou ses parents.",
    ),
    (
        "lettre",
        "De l’ouverture à la première lettre d’information",
        "Jours entre l’ouverture et la première remise, à la personne ou à un représentant légal.",
    ),
    (
        "designation",
        "De l’ouverture à la désignation d’un référent",
        "Jours entre l’ouverture et la première désignation (fiche 4).",
    ),
    (
        "participation",
        "De l’orientation proposée au premier jour",
        "Jours entre la proposition à la personne et le premier jour au lieu d’accueil, une fois par suivi : "
        "la plus courte attente s’il y en a eu plusieurs.",
    ),
    *DELAIS_DES_ACTES,
    DELAI_DES_AUDITIONS,
)

#: Delays told only where an act carries them.
AU_BESOIN: Final = ACTES_AU_BESOIN | {DELAI_DES_AUDITIONS[0]}


def chiffres(an: Publication, avant: Publication) -> list[Chiffre]:
    """The figures made of protected counts."""
    return [
        Chiffre(code, libelle, an.cellule(chemin), avant.cellule(chemin), definition)
        for code, libelle, chemin, definition in CHIFFRES
    ]


def simple(code: str, libelle: str, valeur: int, precedent: int, definition: str) -> Chiffre:
    """A figure about institutions and agents, which needs no protection."""
    return Chiffre(code, libelle, Cellule(valeur), Cellule(precedent), definition)


def delai(code: str, valeur: int | None, precedent: int | None) -> Chiffre:
    """A median, or the mark that too few follow-ups carry it."""
    _, libelle, definition = next(ligne for ligne in DELAIS if ligne[0] == code)
    return Chiffre(code, libelle, _mediane(valeur), _mediane(precedent), definition, "jours, médiane")


def _mediane(valeur: int | None) -> Cellule:
    return Cellule(None, Mention.SECRET) if valeur is None else Cellule(valeur)


def _libelles(code: str) -> Callable[[str], str]:
    """Words of the items of a closed list; an item no longer there keeps its code."""
    connus = {item.code: item.libelle for item in liste(code)}
    return lambda cle: connus.get(cle, "Sans objet" if cle == SANS_OBJET else cle)


def _ordre(code: str) -> dict[str, int]:
    return {item.code: rang for rang, item in enumerate(liste(code))}


def _mots(table: Mapping[str, str]) -> Callable[[str], str]:
    return lambda cle: table.get(cle, "Sans objet" if cle == SANS_OBJET else cle)


def tableaux(an: Publication, avant: Publication, annee: int) -> list[Tableau]:
    """Every table: the two years side by side, then the strands and the crossed table of the year."""
    colonnes = (str(annee - 1), str(annee))
    simples = []
    for code, titre, entete, prefixe, mots, note in SIMPLES:
        lignes = _lignes(prefixe, (avant, an), mots)
        if lignes:
            total = _total(f"{prefixe.split('.')[0]}.total", (avant, an))
            simples.append(Tableau(code, titre, entete, colonnes, lignes, total, note))
    par_volet = _par_volet(an)
    croise = _croise(an)
    return [*simples, *([par_volet] if par_volet else []), *([croise] if croise else [])]


def _codes(prefixe: str, publications: Iterable[Publication]) -> set[str]:
    profondeur = prefixe.count(".") + 1
    return {
        chemin.rsplit(".", 1)[1]
        for publication in publications
        for chemin, cellule in publication.cellules.items()
        if cellule.valeur != 0 and chemin.startswith(f"{prefixe}.") and chemin.count(".") == profondeur
    }


def _lignes(
    prefixe: str, publications: Sequence[Publication], mots: Mapping[str, str] | str
) -> tuple[Ligne, ...]:
    """Lines counted in one of the years at least, in the order of the closed list."""
    if isinstance(mots, str):
        libelle, ordre = _libelles(mots), _ordre(mots)
    else:
        libelle, ordre = _mots(mots), {cle: rang for rang, cle in enumerate(mots)}
    codes = sorted(_codes(prefixe, publications), key=lambda cle: (ordre.get(cle, len(ordre)), cle))
    return tuple(
        Ligne(cle, libelle(cle), tuple(p.cellule(f"{prefixe}.{cle}") for p in publications)) for cle in codes
    )


def _total(chemin: str, publications: Sequence[Publication]) -> Ligne:
    return Ligne("total", "Ensemble", tuple(p.cellule(chemin) for p in publications))


def _par_volet(an: Publication) -> Tableau | None:
    codes = [
        code
        for code in VOLETS
        if any(an.cellule(f"{stock}.{code}").valeur != 0 for stock in ("suivies", "en_cours"))
    ]
    if not codes:
        return None
    return Tableau(
        "suivis_volet",
        "Suivis ouverts, clos et en cours",
        "Volet",
        ("Suivis dans l’année", "Ouverts", "Clos", "En cours à la fin"),
        tuple(Ligne(code, VOLETS[code], _flux(an, code)) for code in codes),
        Ligne("total", "Ensemble", _flux(an, "total")),
        "Un suivi compte une fois par groupe.",
    )


def _flux(an: Publication, volet: str) -> tuple[Cellule, ...]:
    sous = "total" if volet == "total" else f"volet.{volet}"
    return (
        an.cellule(f"suivies.{volet}"),
        an.cellule(f"ouvertures.{sous}"),
        an.cellule(f"clotures.{sous}"),
        an.cellule(f"en_cours.{volet}"),
    )


def _croise(an: Publication) -> Tableau | None:
    """Openings of the year by age band and exposure, with both margins."""
    tranches = _lignes("ouvertures.tranche", (an,), "tranches_age")
    expositions = _lignes("ouvertures.exposition", (an,), "expositions")
    if not tranches:
        return None
    return Tableau(
        "ouvertures_age_exposition",
        "Situations ouvertes, par âge et par exposition",
        "Tranche d’âge",
        (*(exposition.libelle for exposition in expositions), "Ensemble"),
        tuple(
            Ligne(
                tranche.code,
                tranche.libelle,
                (
                    *(an.cellule(f"{CROISE}.{tranche.code}.{e.code}") for e in expositions),
                    *tranche.cellules,
                ),
            )
            for tranche in tranches
        ),
        Ligne(
            "total",
            "Ensemble",
            (*(e.cellules[0] for e in expositions), an.cellule("ouvertures.total")),
        ),
    )
