"""The block of an orientation's page where a rule refuses its next step, with the form of who may lift it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from maillage.parcours.levees import LeveeVue, composer, juger
from maillage.parcours.selectors.orientations import OrientationVue
from maillage.parcours.services.participations import REGLE_PRESENCE
from maillage.parcours.services.pas import pas_refuse
from maillage.situations.views.commun import Lue

AVANT_D_ENTRER = "Ce qui s’oppose à la transmission"
PLUS_LONGUE = "Ce qui s’oppose à une journée plus longue"


@dataclass(frozen=True, slots=True)
class LeveeDuPas:
    """The reasons of the refusal and where the form posts."""

    titre: str
    vue: LeveeVue
    adresse: str


def levee_du_pas(
    lue: Lue, vue: OrientationVue, donnees: Mapping[str, Any] | None = None
) -> LeveeDuPas | None:
    """The refusal of the next step for this reader; None where nothing opposes it.

    The legal basis of a reason tells the scheme: who reads only its neutral words reads no reason.
    """
    if vue.masque:
        return None
    derniere = vue.derniere.participation if vue.derniere is not None else None
    pas = pas_refuse(vue.orientation, derniere, lue.situation, lue.ici)
    if pas is None:
        return None
    return LeveeDuPas(
        titre=PLUS_LONGUE if pas.regle == REGLE_PRESENCE else AVANT_D_ENTRER,
        vue=composer(
            juger(pas.verdict, objet=pas.objet, regle=pas.regle),
            role=lue.ici.vu.role,
            jour=lue.ici.jour,
            donnees=donnees,
        ),
        adresse=reverse("orientations:ecarter", args=[vue.orientation.public_id]),
    )
