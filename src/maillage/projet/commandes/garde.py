"""`maillage garde`: the free-text guard on texts given in JSON. No Django, no database."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from typing import Any

from maillage.droit.entrees import INCONNUE, INVALIDE, MANQUANTE
from maillage.projet.commandes._cas import Illisible, lire_cas
from maillage.projet.commandes._sortie import ErreurCommande, ecrire_json

AIDE = "cherche dans des textes ce qui ne s’enregistre pas, et dit quoi écrire"
EXEMPLE = """
echo '{"texte": "Il a été hospitalisé en mars."}' | maillage garde --entree - --json
maillage garde --entree textes.jsonl
"""
_TEXTE = "texte"
_CONSEILS = {
    INCONNUE: "Retirez cette clé : seule « texte » est lue.",
    MANQUANTE: 'Donnez le texte à juger : {"texte": "…"}.',
}


@dataclass(frozen=True, slots=True)
class Motif:
    """One reason to rewrite: the code, the words found, what to write instead."""

    code: str
    extrait: str
    conseil: str

    def en_dict(self) -> dict[str, str]:
        return {"code": self.code, "extrait": self.extrait, "conseil": self.conseil}


def configurer(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--entree",
        metavar="FICHIER",
        required=True,
        help='un texte {"texte": …}, une liste, ou un par ligne (JSON Lines) ; « - » lit l’entrée standard',
    )
    parser.add_argument("--json", action="store_true", help="sortie pour les machines")


def executer(args: argparse.Namespace) -> int:
    cas = lire_cas(args.entree)
    reponses = [_juger(un) for un in cas.liste]
    if args.json:
        rendus = [{"ok": not motifs, "motifs": [m.en_dict() for m in motifs]} for motifs in reponses]
        ecrire_json(rendus[0] if cas.seul else rendus)
    else:
        for rang, motifs in enumerate(reponses, start=1):
            print(_en_clair(motifs, "" if cas.seul else f"Texte {rang} : "))
    refuses = [motifs for motifs in reponses if motifs]
    if refuses:
        raise ErreurCommande(_resume(refuses, len(reponses)))
    return 0


def _juger(cas: Any) -> list[Motif]:
    from maillage.situations.garde import examiner

    if isinstance(cas, Illisible):
        return [Motif(INVALIDE, "", cas.raison)]
    if not isinstance(cas, dict):
        return [Motif(INVALIDE, "", 'Un texte se donne dans un objet : {"texte": "…"}.')]
    motifs = [Motif(INCONNUE, cle, _CONSEILS[INCONNUE]) for cle in cas if cle != _TEXTE]
    if _TEXTE not in cas:
        return [*motifs, Motif(MANQUANTE, _TEXTE, _CONSEILS[MANQUANTE])]
    if not isinstance(cas[_TEXTE], str):
        return [*motifs, Motif(INVALIDE, _TEXTE, "Le texte doit être une chaîne de caractères.")]
    if motifs:
        return motifs
    return [Motif(signal.code, signal.extrait, signal.conseil) for signal in examiner(cas[_TEXTE])]


def _en_clair(motifs: list[Motif], prefixe: str) -> str:
    if not motifs:
        return f"{prefixe}Rien à réécrire."
    lignes = [f"{prefixe}À réécrire."]
    for motif in motifs:
        cite = f"« {motif.extrait} » : " if motif.extrait else ""
        lignes.append(f"  – {cite}{motif.conseil} [{motif.code}]")
    return "\n".join(lignes)


def _resume(refuses: list[list[Motif]], total: int) -> str:
    codes = ", ".join(dict.fromkeys(motif.code for motifs in refuses for motif in motifs))
    combien = "un texte est à réécrire" if total == 1 else f"{len(refuses)} textes sur {total} à réécrire"
    return f"{combien} ({codes})."
