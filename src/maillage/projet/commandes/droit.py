"""`maillage droit parametres`: what the law says on a day, with its source. No Django, no database."""

from __future__ import annotations

import argparse
from datetime import UTC, date, datetime
from itertools import groupby
from typing import Any

from maillage.projet.analyseur import date_iso
from maillage.projet.commandes._sortie import ecrire_json, tableau

AIDE = "montre les paramètres légaux en vigueur à une date, avec leur source"
EXEMPLE = """
maillage droit parametres
maillage droit parametres --le 2019-06-01 --json
"""

_STATUTS = {
    "lu": "lu dans le texte",
    "strategie": "dit par la stratégie",
    "secondaire": "source secondaire",
    "a_verifier": "à vérifier",
}
_UNITES = {"pourcent": "%", "par_an": "par an", "texte": "", "liste": "", "oui_non": "", "effectif": ""}
_ENTETES = ("Paramètre", "Valeur", "Depuis", "Base légale", "Source", "État")
_MAXIMA = (44, 24, 10, 34, 34, 14)


def configurer(parser: argparse.ArgumentParser) -> None:
    sujets = parser.add_subparsers(dest="sujet", metavar="SUJET", required=True, title="Sujets")
    parametres = sujets.add_parser(
        "parametres",
        help="la liste des paramètres",
        description=AIDE,
        epilog="Exemple :\n  maillage droit parametres --le 2019-06-01 --json",
    )
    parametres.add_argument("--le", type=date_iso, metavar="DATE", help="jour AAAA-MM-JJ, aujourd’hui sinon")
    parametres.add_argument("--json", action="store_true", help="sortie pour les machines")


def executer(args: argparse.Namespace) -> int:
    from maillage.droit.api import en_vigueur

    le = args.le or datetime.now(UTC).astimezone().date()
    trouves = en_vigueur(le)
    if args.json:
        ecrire_json({"le": le.isoformat(), "parametres": [_en_dict(un) for un in trouves]})
        return 0
    print(_en_clair(le, trouves))
    return 0


def _en_dict(un: Any) -> dict[str, Any]:
    parametre, valeur = un.parametre, un.valeur
    return {
        "code": parametre.code,
        "libelle": parametre.libelle,
        "theme": parametre.theme,
        "valeur": list(valeur.valeur) if isinstance(valeur.valeur, tuple) else valeur.valeur,
        "unite": parametre.unite,
        "depuis": _iso(valeur.depuis),
        "debut_inconnu": valeur.depuis is None,
        "jusqua": _iso(valeur.jusqua),
        "territoire": valeur.territoire or None,
        "base_legale": valeur.base_legale,
        "force": valeur.force.value,
        "source": valeur.source.titre,
        "lien": valeur.lien or None,
        "statut": valeur.statut.value,
        "a_verifier": valeur.a_verifier,
        "verifie_le": _iso(valeur.verifie_le),
        "note": valeur.note or None,
    }


def _iso(jour: date | None) -> str | None:
    return jour.isoformat() if jour is not None else None


def _en_clair(le: date, trouves: tuple[Any, ...]) -> str:
    """A table with themes as headings; columns keep their width from one theme to the next."""
    lignes = [_ligne(un) for un in trouves]
    rendu = tableau(_ENTETES, lignes, _MAXIMA)
    sortie = [f"Paramètres en vigueur le {le.isoformat()} : {len(trouves)}", "", rendu[0]]
    rang = 1
    for theme, groupe in groupby(trouves, key=lambda un: un.parametre.theme):
        nombre = len(list(groupe))
        sortie += ["", theme.upper(), "\n\n".join(rendu[rang : rang + nombre])]
        rang += nombre
    return "\n".join(sortie)


def _ligne(un: Any) -> tuple[str, ...]:
    valeur = un.valeur
    etat = _STATUTS[valeur.statut.value]
    if valeur.a_verifier and valeur.statut.value != "a_verifier":
        etat += ", en partie à vérifier"
    return (
        f"{un.parametre.libelle}\n{un.parametre.code}",
        _valeur_en_clair(valeur.valeur, un.parametre.unite),
        _iso(valeur.depuis) or "inconnu",
        valeur.base_legale,
        valeur.source.titre,
        etat,
    )


def _valeur_en_clair(valeur: Any, unite: str) -> str:
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    if isinstance(valeur, tuple):
        return ", ".join(valeur)
    texte = f"{valeur:,}".replace(",", " ") if isinstance(valeur, int) else valeur
    return f"{texte} {_UNITES.get(unite, unite)}".rstrip()
