"""What every command about a rappel does: lock it, check who writes, take a step, count its term again."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from maillage.droit.api import Force, Motif, Verdict
from maillage.maire.etats_rappel import FINIS, EtatRappel
from maillage.maire.lieux import Lieu
from maillage.maire.models import Rappel, Registre
from maillage.maire.rules.conduite_rappel import passage
from maillage.maire.rules.conservation import expire_le
from maillage.maire.rules.levee import restant
from maillage.maire.selectors.rappel import un_rappel
from maillage.maire.services.registres import conclure
from maillage.situations.api import IdentiteVue, exiger, lire_identite
from maillage.socle.journal import journaliser
from maillage.socle.services import modifier

SANS_ECRITURE = Motif(
    "parquet_lit_seulement",
    "Le parquet ne prépare pas les actes du maire : il est consulté, et il répond.",
    "Code de la sécurité intérieure, art. L. 132-7",
    Force.LOI,
)


@dataclass(frozen=True, slots=True)
class Ouvert:
    """A rappel locked for a change, its register, the person."""

    rappel: Rappel
    ou: Lieu
    identite: IdentiteVue

    @property
    def piece(self) -> dict[str, Any]:
        """What every step carries."""
        return {
            "cercle_id": self.ou.cercle,
            "dossier": self.rappel,
            "le": self.ou.jour,
            "par_id": self.ou.compte.pk,
        }


def exiger_d_ecrire(ou: Lieu, objet: UUID) -> None:
    """Every member of the register prepares, but the judiciary."""
    if not ou.prepare:
        exiger(Verdict.refus([SANS_ECRITURE]), objet, statut=403)


def ouvrir(cle: UUID) -> Ouvert:
    """Lock the file through the wall, for somebody who may write in its register."""
    rappel, ou = un_rappel(cle, verrou=True)
    exiger_d_ecrire(ou, cle)
    return Ouvert(rappel, ou, lire_identite(rappel.identite_id))


def exiger_motifs(ici: Ouvert, motifs: Iterable[Motif], leves: frozenset[str] = frozenset()) -> None:
    exiger(restant(Verdict.selon(list(motifs)), leves), ici.rappel)


def exiger_le_passage(ici: Ouvert, vers: EtatRappel) -> None:
    """A step that cannot be taken from here is a late one: told apart from what the law refuses."""
    exiger(Verdict.selon(passage(ici.rappel.etat, vers)), ici.rappel, statut=422)


def passer(ici: Ouvert, vers: EtatRappel, *, version: int, evenement: str, **details: str) -> None:
    """Take the step: state, term, journal. The term follows the last act on the file."""
    modifier(
        Rappel.objects.filter(pk=ici.rappel.pk, cercle=ici.ou.cercle),
        version=version,
        etat=vers,
        expire_le=expire_le(dernier_acte=ici.ou.jour, clos=vers in FINIS),
    )
    journaliser(evenement, objet=ici.rappel.public_id, cercle=ici.ou.cercle, details=details)


def conclure_la_ligne(ici: Ouvert, issue: str) -> None:
    """What became of it, in the yearly register."""
    conclure(ici.ou, Registre.RAPPELS, objet=ici.rappel.public_id, issue=issue, le=ici.ou.jour)
