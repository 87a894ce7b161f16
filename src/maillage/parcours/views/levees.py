"""The block of an orientation's page where a rule refuses its next step, with the form of who may lift it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from maillage.parcours.levees import LeveeVue, composer, juger
from maillage.parcours.selectors.levees import levees_perimees
from maillage.parcours.selectors.orientations import OrientationVue
from maillage.parcours.services.levees import est_designe
from maillage.parcours.services.orientations import ouvre_le
from maillage.parcours.services.participations import REGLE_PRESENCE
from maillage.parcours.services.pas import HEURES, PasRefuse, pas_refuse
from maillage.situations.views.commun import Lue

AVANT_D_ENTRER = "Ce qui s’oppose à la transmission"
PLUS_LONGUE = "Ce qui s’oppose à une journée plus longue"
PAIE_TARDIVE = "Ce qui s’oppose à une paie plus tardive"


@dataclass(frozen=True, slots=True)
class LeveeDuPas:
    """The reasons of the refusal and where the form posts."""

    titre: str
    vue: LeveeVue
    adresse: str
    debut: date | None = None


def levee_du_pas(
    lue: Lue,
    vue: OrientationVue,
    donnees: Mapping[str, Any] | None = None,
    debut: date | None = None,
    offre: UUID | None = None,
) -> LeveeDuPas | None:
    """The refusal of the next step for this reader; None where nothing opposes it.

    The legal basis of a reason tells the scheme: who reads only its neutral words reads no reason.
    """
    if vue.masque:
        return None
    derniere = vue.derniere.participation if vue.derniere is not None else None
    pas = pas_refuse(vue.orientation, derniere, lue.situation, lue.ici, debut, offre)
    if pas is None:
        return None
    adresse = reverse("orientations:ecarter", args=[vue.orientation.public_id])
    return LeveeDuPas(
        titre=_titre(pas),
        vue=composer(
            juger(pas.verdict, objet=pas.objet, regle=pas.regle, empreinte=pas.empreinte),
            role=lue.ici.vu.role,
            jour=lue.ici.jour,
            donnees=donnees,
            designe=est_designe(lue.situation.pk, lue.ici.compte),
            lecteur=lue.ici.compte,
            perimees=levees_perimees(pas.objet, pas.regle, pas.empreinte),
        ),
        adresse=f"{adresse}{question(pas.debut, pas.offre)}",
        debut=pas.debut,
    )


def ouverture(lue: Lue, vue: OrientationVue) -> date | None:
    """From when the scheme opens, for who may read its name, before it is handed over."""
    if vue.masque or vue.dispositif is None or vue.etat not in {"proposee", "acceptee"}:
        return None
    return ouvre_le(vue.orientation, lue.situation, lue.ici)


def question(debut: date | None, offre: UUID | None) -> str:
    """The end of an address that says for which day, and for which offer, an entry is judged."""
    dits = {"debut": debut.isoformat() if debut else "", "offre": str(offre) if offre else ""}
    posee = urlencode({nom: dit for nom, dit in dits.items() if dit})
    return f"?{posee}" if posee else ""


def _titre(pas: PasRefuse) -> str:
    if pas.regle != REGLE_PRESENCE:
        return AVANT_D_ENTRER
    if pas.verdict.codes == (HEURES,):
        return PLUS_LONGUE
    return PAIE_TARDIVE if HEURES not in pas.verdict.codes else f"{PLUS_LONGUE}, à une paie plus tardive"
