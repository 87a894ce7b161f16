"""`maillage conserver purger`: the retention run, once a day."""

from __future__ import annotations

import argparse
from datetime import date

from maillage.projet.analyseur import date_iso
from maillage.projet.commandes._sortie import ErreurCommande, ecrire_json

AIDE_LE = "jour du terme (aujourd’hui par défaut ; à venir, seulement avec --essai)"
AIDE = "efface ce qui est arrivé à son terme et en laisse le certificat au journal"
A_VENIR = "ce jour est à venir, et rien ne s’efface avant son terme ; « --essai » compte sans effacer."
EXEMPLE = """
maillage conserver purger
maillage conserver purger --essai
maillage conserver purger --le 2027-03-01 --essai --json
"""


def configurer(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=("purger",), help="purger : effacer ce qui est arrivé à son terme")
    parser.add_argument("--le", type=date_iso, metavar="DATE", help=AIDE_LE)
    parser.add_argument("--essai", action="store_true", help="compter sans rien effacer")
    parser.add_argument(
        "--du-jour", action="store_true", help="ne rien faire si la purge est déjà passée aujourd’hui"
    )
    parser.add_argument("--json", action="store_true", help="réponse pour une machine")


def executer(args: argparse.Namespace) -> int:
    from maillage.projet.commandes._base import en_operateur

    with en_operateur():
        from maillage.projet.purge import du_jour_faite, seul

        if args.essai:
            return purger(args.le, essai=True, json=args.json)
        with seul() as libre:
            if not libre:
                return _dire("Une purge est déjà en cours : celle-ci n’a rien fait.", json=args.json)
            if args.du_jour and du_jour_faite():
                return _dire("La purge est déjà passée aujourd’hui.", json=args.json)
            code = purger(args.le, essai=False, json=args.json)
        _laisser_les_journaux_d_ecriture()
        return code


def _dire(phrase: str, *, json: bool) -> int:
    if json:
        ecrire_json({"fait": False, "pourquoi": phrase})
    else:
        print(phrase)
    return 0


def purger(le: date | None, *, essai: bool, json: bool) -> int:
    """Run it on the connection in place, which may act as ``m_maintenance``; print the certificate."""
    from maillage.projet.purge import passer
    from maillage.situations.api import purger as compter
    from maillage.socle.cles.operateur import BalayageRefuse
    from maillage.socle.refus import Refus

    try:
        certificat = compter(le, essai=True) if essai else passer(le)
    except Refus as refus:
        raise ErreurCommande(A_VENIR) from refus
    except BalayageRefuse as refus:
        raise ErreurCommande(str(refus)) from refus
    if json:
        ecrire_json(
            {
                "le": certificat.le.isoformat(),
                "essai": certificat.essai,
                "situations": certificat.situations,
                "signalements": certificat.signalements,
                "lignes": dict(sorted(certificat.lignes.items())),
            }
        )
        return 0
    compte = f"situations {len(certificat.situations)}, signalements {len(certificat.signalements)}"
    if certificat.vide:
        print(f"Rien n’est arrivé à son terme au {certificat.le.isoformat()}.")
    elif essai:
        print(f"À effacer au {certificat.le.isoformat()} : {compte}.")
    else:
        print(f"Effacés au {certificat.le.isoformat()} : {compte}.")
        print("Le certificat de destruction est inscrit au journal.")
    return 0


def _laisser_les_journaux_d_ecriture() -> None:
    """On the embedded server, end what the write-ahead log still holds of the erased; see exploitation."""
    from django.conf import settings

    if settings.CONFIGURATION.database_url:
        return
    from maillage.socle.postgres import Serveur, dossier_donnees, oublier_les_ecritures

    oublier_les_ecritures(Serveur(dossier_donnees() / "postgres"))
