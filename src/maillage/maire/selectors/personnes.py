"""Whom a register already knows: the same person in several files of one mayor, never of another."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from maillage.maire.lieux import Lieu
from maillage.situations.api import DonneesIdentite, IdentiteVue, identites_proches, lire_identites
from maillage.socle.refus import Introuvable


@dataclass(frozen=True, slots=True)
class Proche:
    """Somebody of this cercle who may be the one typed, and why, in words."""

    identite: IdentiteVue
    pourquoi: str

    @property
    def titre(self) -> str:
        naissance = self.identite.donnees.naissance
        suite = f", {self.identite.ne} le {naissance:%d/%m/%Y}" if naissance else ""
        return f"{self.identite.nom_complet}{suite}"


def proches(ou: Lieu, *, nom: str, prenom: str, naissance: date | None) -> list[Proche]:
    """Those of this very cercle only: a person named by no file any more is no longer in it."""
    trouves = identites_proches(cercle=ou.cercle, nom=nom, prenom=prenom, naissance=naissance)
    connues = lire_identites(cle for cle, _ in trouves)
    return [
        Proche(connues[cle], f"{', '.join(raisons).capitalize()}.")
        for cle, raisons in trouves
        if cle in connues
    ]


def deja_connue(ou: Lieu, personne: DonneesIdentite, cle: UUID) -> IdentiteVue:
    """The identity recognised among those proposed. Raises ``Introuvable`` for any other."""
    for proche in proches(ou, nom=personne.nom, prenom=personne.prenom, naissance=personne.naissance):
        if proche.identite.public_id == cle:
            return proche.identite
    raise Introuvable(cle)
