"""A damaged venue as the start of a rappel or of a settlement, in the very register that holds its file."""

from uuid import UUID

from maillage.maire.departs import Depart, Lecture
from maillage.maire.lieux import Lieu
from maillage.maire.selectors.sport import mesure_vue
from maillage.socle.journal import journaliser
from maillage.socle.refus import Introuvable

GENRE = "equipement"
_CODE = "equipement_sportif"


def lire(ou: Lieu, cle: UUID) -> Lecture:
    """What the file of a venue already says. Raises ``Introuvable`` for one of another register."""
    vue = mesure_vue(cle)
    if vue.ou.cercle != ou.cercle:
        raise Introuvable(cle)
    journaliser("lecture_mesure_sport", objet=cle, cercle=ou.cercle, details={"page": "depart"})
    mesure = vue.mesure
    depart = Depart(
        faits_le=mesure.faits_le,
        faits=_CODE,
        lieu=_CODE,
        lieu_precis=mesure.equipement,
        lieu_commune=ou.commune,
        contravention="degradation_legere" if vue.degat else "",
        bien=_CODE if vue.degat else "",
    )
    return depart, vue.identite
