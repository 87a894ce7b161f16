"""The files a cercle holds about one person, of whatever kind: what a restriction freezes, or holds back."""

from dataclasses import dataclass
from uuid import UUID

from maillage.droits.lieux import Lieu
from maillage.droits.models.gel import REFERENCE
from maillage.droits.selectors import Candidat
from maillage.instances.api import GenreFormation
from maillage.interface.typographie import date_longue
from maillage.maire.api import dossiers_de_la_personne
from maillage.situations.api import Situation, dossiers_de


@dataclass(frozen=True, slots=True)
class DossierTenu:
    """``objet``: its pseudonym. ``reference``: how people name it, without a name."""

    objet: UUID
    reference: str
    situation: Situation | None = None


def dossiers_tenus(ou: Lieu, trouve: Candidat) -> list[DossierTenu]:
    """Every file of this cercle about that person, open or not. A signalement lives with its follow-up."""
    if ou.vu.genre == GenreFormation.PRESTATAIRE:
        return []  # what a body reads belongs to the file of the groupe, and follows it
    cle = trouve.identite.cle
    if ou.vu.genre == GenreFormation.GROUPE:
        situations, signalements = dossiers_de(cle)
        origines = {situation.signalement_id for situation in situations}
        return [
            *(DossierTenu(s.public_id, f"Situation n° {s.numero}", s) for s in situations),
            *(
                DossierTenu(s.public_id, f"Signalement du {date_longue(s.recu_le)}")
                for s in signalements
                if s.pk not in origines
            ),
        ]
    return [
        DossierTenu(
            dossier.public_id,
            f"{str(dossier._meta.verbose_name).capitalize()} n° {dossier.reference}"[:REFERENCE],
        )
        for dossier, _ in dossiers_de_la_personne(ou.cercle, cle)
    ]
