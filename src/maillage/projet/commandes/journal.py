"""`maillage journal`: sign the journal, give it to its guardians, check it without the application."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from maillage.projet.commandes._sortie import ErreurCommande, ecrire_json

AIDE = "signe, exporte et vérifie le journal scellé"
EXEMPLE = """
maillage journal cle
maillage journal exporter journal.jsonl
maillage journal verifier journal.jsonl --cle cle-publique.txt
maillage journal verifier journal.jsonl --cle cle-publique.txt --tete-gardee ancien-journal.jsonl
"""
ACTIONS = ("cle", "signer", "exporter", "verifier")


def configurer(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "action",
        choices=ACTIONS,
        help="cle : la clé publique à remettre aux gardiens ; signer : numéroter et signer maintenant ; "
        "exporter, verifier : écrire ou contrôler un fichier",
    )
    parser.add_argument("fichier", nargs="?", type=Path, help="le fichier à écrire ou à vérifier")
    parser.add_argument("--cle", type=Path, metavar="FICHIER", help="verifier : la clé publique attendue")
    parser.add_argument(
        "--tete-gardee",
        type=Path,
        metavar="FICHIER",
        help="verifier : un export gardé, dont celui-ci doit être la suite",
    )
    parser.add_argument("--json", action="store_true", help="réponse pour une machine")
    parser.set_defaults(mal_dit=parser.error)


def executer(args: argparse.Namespace) -> int:
    if (args.fichier is None) == (args.action in {"exporter", "verifier"}):
        attendu = "attend un fichier" if args.fichier is None else "n’attend pas de fichier"
        args.mal_dit(f"« {args.action} » {attendu}.")
    if args.action == "verifier":
        return _verifier(args)
    return {"cle": _cle, "signer": _signer, "exporter": _exporter}[args.action](args)


def _verifier(args: argparse.Namespace) -> int:
    """No Django and no database: a guardian checks what they were given with this command alone."""
    from maillage.socle.scelle.signature import CleIllisible, lire_publique
    from maillage.socle.scelle.verification import Faute, lire_tete, verifier

    try:
        cle = args.cle.read_text("ascii").strip() if args.cle else ""
        if cle:
            lire_publique(cle)
        connue = None
        if args.tete_gardee:
            with args.tete_gardee.open("rb") as gardee:
                connue = lire_tete(gardee.readline().rstrip(b"\n"))
        with args.fichier.open("rb") as fichier:
            constat = verifier(fichier, cle=cle, connue=connue)
    except (OSError, UnicodeDecodeError) as erreur:
        raise ErreurCommande(f"le fichier ne se lit pas ({type(erreur).__name__}).") from erreur
    except (CleIllisible, Faute) as erreur:
        raise ErreurCommande(str(erreur)) from erreur
    if args.json:
        ecrire_json(
            {
                "ok": True,
                "taille": constat.taille,
                "racine": constat.racine,
                "effacees": constat.effacees,
                "cle_epinglee": constat.cle_epinglee,
                "tete_gardee": constat.tete_connue,
            }
        )
        return 0
    print(f"Journal intact : {constat.taille} entrées, dont {constat.effacees} réduites à leur empreinte.")
    if constat.tete_connue is not None:
        print(f"Il continue bien celui que vous avez gardé ({constat.tete_connue} entrées).")
    if not constat.cle_epinglee:
        print(
            "Seule la cohérence du fichier avec lui-même est prouvée : donnez la clé publique avec --cle, "
            "reçue par une autre voie."
        )
    return 0


def _cle(args: argparse.Namespace) -> int:
    from maillage.projet.commandes._base import django_pret

    with django_pret():
        from maillage.projet.scellement import cle_du_journal
        from maillage.socle.scelle.signature import CleIllisible, publique

        try:
            ligne = publique(cle_du_journal())
        except CleIllisible as erreur:
            raise ErreurCommande(str(erreur)) from erreur
    if args.json:
        ecrire_json({"cle": ligne})
    else:
        print(ligne)
    return 0


def _signer(args: argparse.Namespace) -> int:
    from maillage.projet.commandes._base import en_operateur

    with en_operateur():
        from maillage.projet.scellement import cle_du_journal
        from maillage.socle.scelle.sequenceur import signer_la_tete
        from maillage.socle.scelle.signature import CleIllisible

        try:
            tete = signer_la_tete(cle_du_journal())
        except CleIllisible as erreur:
            raise ErreurCommande(str(erreur)) from erreur
    taille = tete.tete.taille if tete is not None else None
    if args.json:
        ecrire_json({"signee": tete is not None, "taille": taille})
    elif tete is None:
        print("Rien de nouveau à signer.")
    else:
        print(f"Tête signée : {taille} entrées.")
    return 0


def _exporter(args: argparse.Namespace) -> int:
    """Written beside its place, then moved: a file that bears that name is whole."""
    from maillage.projet.commandes._base import en_operateur

    en_cours = args.fichier.with_name(f".{args.fichier.name}.en-cours")
    with en_operateur():
        from maillage.projet.scellement import cle_du_journal
        from maillage.socle.scelle.sequenceur import JournalRompu, exporter
        from maillage.socle.scelle.signature import CleIllisible

        try:
            with en_cours.open("wb") as sortie:
                tete = exporter(cle_du_journal(), sortie)
                sortie.flush()
                os.fsync(sortie.fileno())
            en_cours.replace(args.fichier)
        except (JournalRompu, CleIllisible) as erreur:
            raise ErreurCommande(str(erreur)) from erreur
        except OSError as erreur:
            raise ErreurCommande(f"le fichier ne s’écrit pas ({type(erreur).__name__}).") from erreur
        finally:
            en_cours.unlink(missing_ok=True)
    if args.json:
        ecrire_json({"taille": tete.tete.taille, "racine": tete.tete.racine.hex(), "cle": tete.cle})
    else:
        print(f"Journal exporté : {tete.tete.taille} entrées. Clé publique : {tete.cle}")
    return 0
