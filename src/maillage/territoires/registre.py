"""Read the compressed register shipped with the package: one small file per département, read when asked."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from zipfile import ZipFile

from maillage.territoires.valeurs import AncienneCommune, Commune, Departement, Epci, Qpv, Region

MILLESIME = 2026  # year of the populations and of the communes shipped
LISTE_DES_QPV = 2024  # year of the list of priority neighbourhoods shipped
DONNEES = Path(__file__).resolve().parent / "donnees"


def departement_du_code(code: str) -> str:
    """Département of an INSEE code: three characters overseas, two elsewhere."""
    return code[:3] if code[:2] in {"97", "98"} else code[:2]


@cache
def _archive() -> ZipFile:
    return ZipFile(DONNEES / "registre.zip")


@cache
def _membres() -> frozenset[str]:
    return frozenset(_archive().namelist())


def _lignes(membre: str) -> list[list[str]]:
    if membre not in _membres():
        return []
    return [ligne.split("\t") for ligne in _archive().read(membre).decode().splitlines()]


def _commune(departement: str, champs: list[str]) -> Commune:
    code, nom, population, region, arrondissement, siren, epci, ept, postaux, *grilles, qpv = champs
    densite, ruralite, centralite = grilles
    return Commune(
        code,
        nom,
        int(population) if population else None,
        departement,
        region,
        arrondissement or None,
        siren or None,
        epci or None,
        ept or None,
        tuple(postaux.split()),
        densite or None,
        ruralite or None,
        centralite or None,
        tuple(qpv.split()),
    )


@cache
def communes(departement: str) -> dict[str, Commune]:
    """Present communes of a département by code, empty for an unknown one."""
    lignes = _lignes(f"communes/{departement}.tsv")
    return {champs[0]: _commune(departement, champs) for champs in lignes}


@cache
def anciennes(departement: str) -> tuple[AncienneCommune, ...]:
    """Old codes and names that began with this département's number."""
    lignes = _lignes(f"anciens/{departement}.tsv")
    return tuple(
        AncienneCommune(code, nom or None, nature, actuelle) for code, nom, nature, actuelle in lignes
    )


@cache
def epci() -> dict[str, Epci]:
    """Intercommunalités and territorial bodies of Greater Paris by SIREN."""
    return {
        code: Epci(code, nom, nature, int(municipale), int(totale), tuple(membres.split()))
        for fichier in ("epci.tsv", "ept.tsv")
        for code, nom, nature, municipale, totale, membres in _lignes(fichier)
    }


@cache
def departements() -> dict[str, Departement]:
    return {champs[0]: Departement(*champs) for champs in sorted(_lignes("departements.tsv"))}


@cache
def regions() -> dict[str, Region]:
    return {champs[0]: Region(*champs) for champs in sorted(_lignes("regions.tsv"))}


@cache
def arrondissements() -> dict[str, str]:
    """Names of the arrondissements of départements by code."""
    return {champs[0]: champs[1] for champs in _lignes("arrondissements.tsv")}


@cache
def qpv() -> dict[str, Qpv]:
    return {code: Qpv(code, nom, tuple(communes_.split())) for code, nom, communes_ in _lignes("qpv.tsv")}
