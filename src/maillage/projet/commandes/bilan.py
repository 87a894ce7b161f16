"""`maillage bilan`: the annual report of a council, of a département, of the country, as files."""

from __future__ import annotations

import argparse
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from maillage.projet.commandes._sortie import ErreurCommande, ecrire_json, tableau

if TYPE_CHECKING:
    from maillage.instances.api import Conseil
    from maillage.pilotage.api import Bilan

AIDE = "calcule le bilan annuel d’un conseil, d’un département ou du pays"
EXEMPLE = """
maillage bilan --niveau instance --code "CLSPD de Colomiers" --annee 2026
maillage bilan --niveau departement --code 31 --annee 2026 --format json,pdf,ods --sortie bilans
maillage bilan --niveau national --annee 2026 --json
"""

NIVEAUX = ("instance", "departement", "national")
FORMATS = ("json", "pdf", "ods")


def _formats(texte: str) -> tuple[str, ...]:
    demandes = tuple(dict.fromkeys(morceau.strip() for morceau in texte.split(",") if morceau.strip()))
    inconnus = [demande for demande in demandes if demande not in FORMATS]
    if inconnus or not demandes:
        raise argparse.ArgumentTypeError(f"choisissez parmi {', '.join(FORMATS)}, séparés par une virgule")
    return demandes


def _annee(texte: str) -> int:
    if not (texte.isascii() and texte.isdecimal() and len(texte) == 4):
        raise argparse.ArgumentTypeError("écrivez l’année avec quatre chiffres")
    return int(texte)


def configurer(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--niveau", choices=NIVEAUX, required=True, help="de qui est le bilan")
    parser.add_argument(
        "--code",
        default="",
        help="identifiant, nom ou code Insee du conseil ; code du département",
    )
    parser.add_argument("--annee", type=_annee, required=True, metavar="AAAA")
    parser.add_argument(
        "--format",
        type=_formats,
        default=(),
        help="json, pdf, ods : un fichier chacun ; json seul et sans --sortie s’affiche",
    )
    parser.add_argument("--sortie", type=Path, metavar="DOSSIER", help="où les écrire (défaut : ici)")
    parser.add_argument("--json", action="store_true", help="écrit les données sur la sortie standard")


def executer(args: argparse.Namespace) -> int:
    if not args.code and args.niveau != "national":
        raise ErreurCommande(f"le niveau « {args.niveau} » demande --code.")
    if args.sortie is not None and not args.format:
        raise ErreurCommande("--sortie demande --format : json, pdf ou ods.")
    from maillage.projet.commandes._base import base_prete

    with base_prete():
        from maillage.pilotage.api import AnneeImpossibleError, SommeImpossibleError

        try:
            calcule = _calculer(args)
        except (AnneeImpossibleError, SommeImpossibleError) as erreur:
            raise ErreurCommande(str(erreur)) from erreur
        affiche = args.json or (args.format == ("json",) and args.sortie is None)
        chemins = _ecrire(calcule, () if affiche else args.format, args.sortie or Path())
    _dire(calcule, chemins, en_json_demande=affiche)
    return 0


def _calculer(args: argparse.Namespace) -> Bilan:
    from maillage.instances.api import Conseil
    from maillage.pilotage.api import bilan_de_conseil, bilan_de_departement, bilan_national
    from maillage.socle.contexte import contexte
    from maillage.territoires.api import Departement

    with contexte(None):
        if args.niveau == "national":
            return bilan_national(args.annee)
        if args.niveau == "departement":
            departement = Departement.objects.filter(code=args.code.upper()).first()
            if departement is None:
                raise ErreurCommande(f"aucun département n’a le code « {args.code} ».")
            if not Conseil.objects.filter(departement_code=departement.code).exists():
                raise ErreurCommande(
                    f"aucun conseil n’est enregistré dans le département {departement.code}."
                )
            return bilan_de_departement(departement, args.annee)
        return bilan_de_conseil(_conseil(args.code), args.annee)


def _conseil(code: str) -> Conseil:
    """The council of that public id, name, or code of commune or EPCI; it must be the only one."""
    from django.db.models import Q

    from maillage.instances.api import Conseil

    code = code.strip()
    condition = Q(nom__iexact=code) | Q(commune_code=code) | Q(epci_code=code)
    with suppress(ValueError):
        condition = Q(public_id=UUID(code))
    trouves = list(Conseil.objects.filter(condition).order_by("pk")[:2])
    if not trouves:
        raise ErreurCommande(
            f"aucun conseil ne répond à « {code} » : donnez son nom exact ou son identifiant."
        )
    if len(trouves) > 1:
        raise ErreurCommande(
            f"plusieurs conseils répondent à « {code} » : donnez l’identifiant de l’un d’eux."
        )
    return trouves[0]


def _ecrire(calcule: Bilan, formats: tuple[str, ...], dossier: Path) -> list[Path]:
    from maillage.pilotage.api import FORMATS as SORTIES
    from maillage.pilotage.api import nom_de_fichier

    chemins = []
    try:
        if formats:
            dossier.mkdir(parents=True, exist_ok=True)
        for format_ in formats:
            chemin = dossier / nom_de_fichier(calcule, format_)
            chemin.write_bytes(SORTIES[format_].ecrire(calcule))
            chemins.append(chemin)
    except OSError as erreur:
        raise ErreurCommande(f"impossible d’écrire dans « {dossier} » : {erreur.strerror}.") from erreur
    return chemins


def _dire(calcule: Bilan, chemins: list[Path], *, en_json_demande: bool) -> None:
    from maillage.pilotage.api import en_json

    if en_json_demande:
        ecrire_json(en_json(calcule))
    elif chemins:
        for chemin in chemins:
            print(chemin)
    else:
        print(f"{calcule.titre}, {calcule.nom}\n")
        lignes = [
            (chiffre.libelle, chiffre.precedent.texte, chiffre.valeur.texte, chiffre.unite)
            for chiffre in (*calcule.chiffres, *calcule.delais)
        ]
        for ligne in tableau(("Chiffre", str(calcule.annee - 1), str(calcule.annee), ""), lignes):
            print(ligne)
