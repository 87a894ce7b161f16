"""What was stated of a person for the schemes: the last word counts, for who may know the scheme."""

from collections.abc import Mapping
from dataclasses import dataclass

from maillage.parcours.catalogue import dispositif
from maillage.parcours.models import ConditionEnoncee, PeineEnoncee
from maillage.parcours.rules.entree import Peine
from maillage.parcours.rules.tig import Nature
from maillage.parcours.selectors.dispositifs import dispositif_masque
from maillage.situations.api import Designation, Ici, Situation, visibles

#: The condition a consent is stated under; the others are plain facts of the profile.
CONSENTEMENT_AUTEUR, CONSENTEMENT_VICTIME = "consentement_auteur", "consentement_victime"
#: One scheme of each kind: who may read its name may read what was stated for it.
TIG, RESTAURATIVE = "tig", "jr_mediation"


@dataclass(frozen=True, slots=True)
class Enonces:
    """The sentence last stated, and the last word on each condition, by code."""

    peine: PeineEnoncee | None
    conditions: Mapping[str, ConditionEnoncee]

    @property
    def peine_jugee(self) -> Peine | None:
        lue = self.peine
        return Peine(lue.heures, lue.decision_le, lue.faits_le, Nature(lue.nature)) if lue else None


def enonces_de(situation: Situation) -> Enonces:
    """The last of each, in two queries, through the wall."""
    siens = {"situation": situation.pk, "cercle": situation.cercle_id}
    peine = visibles(PeineEnoncee).filter(**siens).select_related("par").order_by("-pk").first()
    lignes = visibles(ConditionEnoncee).filter(**siens).select_related("par").order_by("pk")
    return Enonces(peine, {ligne.code: ligne for ligne in lignes})


def sait(code: str, situation: Situation, acteur: Ici) -> bool:
    """Whether this reader may know what was stated for that scheme: by place, by office, or as référent."""
    if not dispositif_masque(dispositif(code), acteur.fonctions, acteur.place):
        return True
    suivies = visibles(Designation).filter(
        situation=situation.pk, cercle=situation.cercle_id, referent=acteur.compte, jusqua__isnull=True
    )
    return suivies.exists()
