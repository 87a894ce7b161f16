"""Reads the cases given to `maillage verdict`: one JSON object, a list, or JSON Lines."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from maillage.projet.commandes._sortie import ErreurCommande


@dataclass(frozen=True, slots=True)
class Illisible:
    """A case that is not JSON: the sentence that says so stands for it, in its place."""

    raison: str


@dataclass(frozen=True, slots=True)
class Cas:
    """The cases in their order; ``seul`` when the input was one case and not a list."""

    liste: tuple[Any, ...]
    seul: bool


def lire_texte(chemin: str) -> str:
    """The text of a file, or of the standard input for « - »."""
    try:
        octets = sys.stdin.buffer.read() if chemin == "-" else Path(chemin).read_bytes()
    except FileNotFoundError:
        raise ErreurCommande(f"le fichier « {chemin} » n’existe pas.") from None
    except (OSError, ValueError):
        raise ErreurCommande(f"le fichier « {chemin} » ne peut pas être lu.") from None
    try:
        return octets.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ErreurCommande(f"« {chemin} » n’est pas un texte en UTF-8.") from None


def _constante(nom: str) -> NoReturn:
    raise ValueError(f"« {nom} » n’est pas une valeur JSON.")


def _sans_doublon(paires: list[tuple[str, Any]]) -> dict[str, Any]:
    objet = dict(paires)
    if len(objet) != len(paires):
        raise ValueError("Une clé est donnée deux fois.")
    return objet


def _lire_json(texte: str) -> Any:
    """Strict JSON: no NaN, no repeated key; Illisible says what is wrong."""
    try:
        return json.loads(texte, parse_constant=_constante, object_pairs_hook=_sans_doublon)
    except json.JSONDecodeError as erreur:
        lieu = f"ligne {erreur.lineno}, colonne {erreur.colno}"
        return Illisible(f"Ce n’est pas du JSON valide ({lieu}).")
    except RecursionError:
        return Illisible("Ce JSON est trop imbriqué.")
    except ValueError as erreur:
        # Raised by our own hooks in French, or by Python for a number of thousands of digits.
        texte_erreur = str(erreur)
        return Illisible(texte_erreur if texte_erreur.endswith(".") else "Un nombre est trop grand.")


def _lire_lignes(texte: str) -> tuple[Any, ...] | None:
    """JSON Lines: several lines, at least one of which is an object by itself."""
    lignes = [(rang, ligne) for rang, ligne in enumerate(texte.split("\n"), start=1) if ligne.strip()]
    if len(lignes) < 2:
        return None
    lues = []
    for rang, ligne in lignes:
        lue = _lire_json(ligne)
        lues.append(Illisible(f"Ligne {rang} : {lue.raison}") if isinstance(lue, Illisible) else lue)
    return tuple(lues) if any(isinstance(lue, dict) for lue in lues) else None


def lire_cas(chemin: str) -> Cas:
    """The cases of a file; what cannot be read as JSON becomes an Illisible in its place."""
    texte = lire_texte(chemin)
    if not texte.strip():
        return Cas((Illisible("L’entrée est vide : donnez un cas en JSON."),), seul=True)
    entier = _lire_json(texte)
    if isinstance(entier, list):
        return Cas(tuple(entier), seul=False)
    if isinstance(entier, Illisible) and (lignes := _lire_lignes(texte)) is not None:
        return Cas(lignes, seul=False)
    return Cas((entier,), seul=True)
