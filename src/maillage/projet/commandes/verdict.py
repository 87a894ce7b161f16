"""`maillage verdict`: judges cases described in JSON with the application's rules. No Django, no database."""

from __future__ import annotations

import argparse
from datetime import UTC, date, datetime

from maillage.consultation.regles import MODULES, regle
from maillage.droit.api import Motif, Verdict
from maillage.droit.entrees import INVALIDE, RegleDeclaree, motif_entree
from maillage.projet.commandes._cas import Illisible, lire_cas
from maillage.projet.commandes._sortie import ErreurCommande, ecrire_json

AIDE = "juge un cas décrit en JSON et donne les motifs"
EXEMPLE = """
maillage verdict partage --entree cas.json
echo '{"population": 15001}' | maillage verdict coordonnateur_obligatoire --entree - --json
"""


def configurer(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "regle", metavar="REGLE", choices=tuple(MODULES), help="la règle : " + ", ".join(MODULES)
    )
    parser.add_argument(
        "--entree",
        metavar="FICHIER",
        required=True,
        help="un cas, une liste de cas ou un cas par ligne (JSON Lines) ; « - » lit l’entrée standard",
    )
    parser.add_argument("--json", action="store_true", help="sortie pour les machines")


def executer(args: argparse.Namespace) -> int:
    declaration = regle(args.regle)
    cas = lire_cas(args.entree)
    aujourdhui = datetime.now(UTC).astimezone().date()
    verdicts = [_juger(declaration, un, aujourdhui) for un in cas.liste]
    if args.json:
        rendus = [verdict.en_dict() for verdict in verdicts]
        ecrire_json(rendus[0] if cas.seul else rendus)
    else:
        for rang, verdict in enumerate(verdicts, start=1):
            print(_en_clair(declaration, verdict, "" if cas.seul else f"Cas {rang} : "))
    refuses = [verdict for verdict in verdicts if not verdict.ok]
    if refuses:
        raise ErreurCommande(_resume(declaration, refuses, len(verdicts)))
    return 0


def _juger(declaration: RegleDeclaree, cas: object, aujourdhui: date) -> Verdict:
    if isinstance(cas, Illisible):
        return Verdict.refus([motif_entree(INVALIDE, cas.raison)])
    return declaration.repondre(cas, aujourdhui)


def _en_clair(declaration: RegleDeclaree, verdict: Verdict, prefixe: str) -> str:
    lignes = [f"{prefixe}{declaration.oui if verdict.ok else declaration.non}."]
    lignes += [f"  – {_motif_en_clair(motif)}" for motif in verdict.motifs]
    lignes += [
        f"  {nom.replace('_', ' ').capitalize()} : {jour.isoformat() if jour else 'sans date'}"
        for nom, jour in verdict.echeances.items()
    ]
    return "\n".join(lignes)


def _motif_en_clair(motif: Motif) -> str:
    verifier = " – base à vérifier" if motif.a_verifier else ""
    return f"{motif.texte} [{motif.code} ; {motif.base_legale}{verifier}]"


def _resume(declaration: RegleDeclaree, refuses: list[Verdict], total: int) -> str:
    """The sentence of stderr: which answer, for how many cases, for which reasons."""
    codes = ", ".join(dict.fromkeys(code for verdict in refuses for code in verdict.codes))
    combien = "" if total == 1 else f", {len(refuses)} cas sur {total}"
    return f"{declaration.non}{combien} ({codes})."
