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
    parser.add_argument("--json", action="store_true", help="réponse pour une machine")


def executer(args: argparse.Namespace) -> int:
    from maillage.projet.commandes._base import en_operateur

    with en_operateur():
        return purger(args.le, essai=args.essai, json=args.json)


def purger(le: date | None, *, essai: bool, json: bool) -> int:
    """Run it on the connection in place, which may act as ``m_maintenance``; print the certificate."""
    from maillage.situations.api import purger as effacer
    from maillage.socle.refus import Refus

    try:
        certificat = effacer(le, essai=essai)
    except Refus as refus:
        raise ErreurCommande(A_VENIR) from refus
    if not essai:
        _faire_le_menage()
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


def _balayer_les_cles() -> None:
    """The keys of what was just erased, were their destruction cut short, leave the store and its pages."""
    from maillage.socle.cles.acces import coffre
    from maillage.socle.cles.detenteurs import detenteurs
    from maillage.socle.cles.operateur import BalayageRefuse, balayer, tasser

    try:
        balayer(coffre(), detenteurs())
    except BalayageRefuse as refus:
        raise ErreurCommande(str(refus)) from refus
    tasser(coffre())


def _faire_le_menage() -> None:
    """Count what bodies did, erase the identities handed to them whose delay is over, and what only served
    the day: ended sessions, forms kept aside, old counters and one-use tokens. Old entries of the journal
    leave their hash.
    """
    from maillage.acteurs.api import purger_connexions
    from maillage.droits.api import purger_demandes
    from maillage.maire.api import conclure_les_silences, purger_actes
    from maillage.parcours.api import purger_accueils, tout_regulariser
    from maillage.socle.contexte import en_maintenance
    from maillage.socle.jetons import purger_jetons
    from maillage.socle.scelle.sequenceur import oublier

    tout_regulariser()
    purger_accueils()
    conclure_les_silences()
    purger_actes()
    purger_demandes()
    oublier()
    with en_maintenance():
        purger_connexions()
        purger_jetons()
    _balayer_les_cles()
