"""The only door of narratives: the free words about someone, sealed under the key of that person.

A narrative is written once and never changed, so it is bound to its first version; to its table and its row
too: one moved elsewhere does not open. Rooms tell at start which of their rows hold one (``enregistrer``). An
opened text is laid on the row it was read with: a row nobody opened has no text, and asking for it fails.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar, cast
from uuid import UUID, uuid4

from django.db.models import F, Model, Q, QuerySet

from maillage.situations import identites
from maillage.situations.models import Bilan, Element, Objectif, Signalement
from maillage.socle.cles.acces import coffre
from maillage.socle.cles.coffre import Cles
from maillage.socle.cles.scelle import CleDeDossier, Lieu, ScelleRompu, sceller
from maillage.socle.cles.scelle import ouvrir as ouvrir_scelle

M = TypeVar("M", bound=Model)
#: The row, and the pseudonym of the person whose key opens it.
DeQui = tuple[Any, UUID]

_journal: Final = logging.getLogger(__name__)
#: In a backup brought back: the key was destroyed, nobody reads it any more.
EFFACE: Final = "Texte effacé."
ROMPU: Final = (
    "Ce texte ne s’ouvre pas : il a été changé ou déplacé dans la base. "
    "Prévenez la personne qui administre Maillage."
)


@dataclass(frozen=True, slots=True)
class Recit:
    """A table with a narrative. ``attribut``: where its opened text is laid.

    ``personne``: the lookup that leads to the identity; empty where no key of the table does, and ``lignes``
    then finds the rows of these persons, to be locked by the caller's transaction.
    """

    attribut: str
    personne: str = ""
    lignes: Callable[[Collection[UUID]], Iterable[DeQui]] | None = None


_recits: dict[type[Model], Recit] = {
    Signalement: Recit("texte", "identite"),
    Element: Recit("precision", "situation__identite"),
    Objectif: Recit("libelle", "situation__identite"),
    Bilan: Recit("texte", "situation__identite"),
}


def enregistrer(modele: type[Model], recit: Recit) -> None:
    """Tell of a table that holds a narrative, at start."""
    if _recits.setdefault(modele, recit) != recit:
        raise ValueError(f"récit déjà enregistré : {modele.__name__}")


def recits() -> Mapping[type[Model], Recit]:
    """Every table with a narrative."""
    return dict(_recits)


def _lieu(modele: type[Model], ligne: UUID) -> Lieu:
    return Lieu(modele._meta.db_table, ligne, "scelle", 1)


def _sceller(cle: CleDeDossier, modele: type[Model], ligne: UUID, texte: str) -> bytes:
    return sceller(cle, texte.encode(), _lieu(modele, ligne))


# --- Writing ---------------------------------------------------------------------------------------


def creer(modele: type[M], *, identite: int, texte: str, **champs: Any) -> M:
    """A row of that table, its text sealed for that identity; the text is on the row, as when it is read.

    Run by a service, in its transaction: the identity is locked until its end, so that a key being renewed
    waits for this row, or this row takes the new key.
    """
    cle = identites.cle_de(identite)
    ligne, rogne = uuid4(), texte.strip()
    cree = modele._default_manager.create(
        public_id=ligne, scelle=_sceller(cle, modele, ligne, rogne), **champs
    )
    setattr(cree, _recits[modele].attribut, rogne)
    return cree


def fermer_en_lot(lot: Sequence[tuple[type[Model], UUID, UUID, str]]) -> list[bytes]:
    """For a bulk load: what each row seals, from its table, its person, its pseudonym, its text."""
    cles = coffre().creer([personne for _, personne, _, _ in lot])
    return [_sceller(cles[personne], modele, ligne, texte) for modele, personne, ligne, texte in lot]


# --- Reading ---------------------------------------------------------------------------------------


def poser(lignes: Iterable[M], personne: UUID) -> tuple[M, ...]:
    """The same rows with their texts open; all of one person. One key, already asked for the page."""
    return poser_plusieurs((ligne, personne) for ligne in lignes)


def poser_plusieurs(lignes: Iterable[tuple[M, UUID]]) -> tuple[M, ...]:
    """The same for rows of several persons: the keys are asked all at once."""
    lues = list(lignes)
    if not lues:
        return ()
    cles = identites.cles_des({personne for _, personne in lues})
    for ligne, personne in lues:
        setattr(ligne, _recits[type(ligne)].attribut, _lire(cles, ligne, personne))
    return tuple(ligne for ligne, _ in lues)


def lire(lignes: QuerySet[M]) -> tuple[M, ...]:
    """These rows with their texts open: the same query says whose they are."""
    lues = lignes.annotate(personne_=F(f"{_recits[lignes.model].personne}__public_id"))
    return poser_plusieurs((ligne, cast(Any, ligne).personne_) for ligne in lues)


def poser_parmi(lignes: Iterable[M], personne: UUID) -> tuple[M, ...]:
    """Rows of several tables, all of one person: the texts of those that hold one are open."""
    lues = tuple(lignes)
    poser((ligne for ligne in lues if type(ligne) in _recits), personne)
    return lues


def texte_de(ligne: Any) -> str:
    """The text of a row whose table may hold one and that was opened; empty for the others."""
    recit = _recits.get(type(ligne))
    return str(getattr(ligne, recit.attribut)) if recit else ""


def _lire(cles: Cles, ligne: Any, personne: UUID) -> str:
    if not cles.get(personne):
        return EFFACE
    try:
        return _ouvrir(cles, ligne, personne)
    except ScelleRompu as refus:
        _journal.error("texte scellé illisible : %s %s (%s)", ligne._meta.db_table, ligne.public_id, refus)
        return ROMPU


def _ouvrir(cles: Cles, ligne: Any, personne: UUID) -> str:
    return ouvrir_scelle(cles[personne], bytes(ligne.scelle), _lieu(type(ligne), ligne.public_id)).decode()


# --- Keys renewed ----------------------------------------------------------------------------------


def resceller(personnes: Collection[UUID]) -> int:
    """Seal what names these persons and what was written of them again, each under its last key.

    In one transaction, the identities locked first. A text that does not open stops it all: the former key
    is then kept. Run as an operator.
    """
    return identites.resceller(personnes, ensuite=_resceller_les_textes)


def _resceller_les_textes(cles: Cles) -> None:
    for modele, recit in _recits.items():
        for ligne, personne in _lignes_de(modele, recit, cles.keys()):
            texte = _ouvrir(cles, ligne, personne)
            derniere = cles[personne][max(cles[personne])]
            modele._default_manager.filter(pk=ligne.pk).update(
                scelle=_sceller(derniere, modele, ligne.public_id, texte)
            )


def _lignes_de(modele: type[Model], recit: Recit, personnes: Collection[UUID]) -> Iterable[DeQui]:
    if recit.lignes is not None:
        yield from recit.lignes(personnes)
        return
    chemin = f"{recit.personne}__public_id"
    lignes = modele._default_manager.select_for_update(of=("self",)).filter(Q((f"{chemin}__in", personnes)))
    for ligne in lignes.annotate(personne_=F(chemin)).order_by("pk"):
        yield ligne, ligne.personne_
