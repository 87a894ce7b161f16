"""A groupe where a judicial member sits, and a person whose measure ends."""

from dataclasses import dataclass
from datetime import date, timedelta

from tests.situations.fabriques import Groupe, un_groupe, une_situation

from maillage.acteurs.models import Compte
from maillage.parcours.models import EtapeDeSortie, PlanDeSortie
from maillage.parcours.services import sortie
from maillage.situations.models import Situation
from maillage.socle.contexte import contexte

DOMAINES = ("hebergement", "emploi", "soins", "droits", "famille")


@dataclass(frozen=True)
class Sortie:
    """A plan being prepared; ``fin`` is the last day of the measure."""

    groupe: Groupe
    situation: Situation
    conseiller: Compte
    plan: PlanDeSortie
    fin: date

    @property
    def cle(self) -> object:
        return self.situation.public_id

    def prevoir(self, domaine: str, acteur: str, dans: int | None, **champs: object) -> EtapeDeSortie:
        """A support planned ``dans`` days after the last day of the measure."""
        prevue = None if dans is None else self.fin + timedelta(days=dans)
        with contexte(self.groupe.coordonnatrice.pk):
            return sortie.prevoir_etape(
                situation=self.cle, domaine=domaine, acteur=acteur, prevue_le=prevue, **champs
            )

    def combler(self, *, sauf: str = "") -> None:
        """A support from the next day in every domain but one."""
        acteurs = {
            "hebergement": "siao",
            "emploi": "mission_locale",
            "soins": "csapa",
            "droits": "ccas",
            "famille": "caf",
        }
        for domaine in DOMAINES:
            if domaine != sauf:
                self.prevoir(domaine, acteurs[domaine], 1)


def un_groupe_judiciaire() -> tuple[Groupe, Compte]:
    """A groupe in which an agent of the SPIP sits."""
    groupe = un_groupe()
    return groupe, groupe.ajouter("spip", sensible=True)


def une_sortie(*, dans: int = 40, ou: tuple[Groupe, Compte] | None = None, **champs: object) -> Sortie:
    """A plan opened by the agent of the SPIP, the measure ending ``dans`` days from now."""
    groupe, conseiller = ou or un_groupe_judiciaire()
    situation = une_situation(groupe, **champs)
    fin = situation.ouverte_le + timedelta(days=dans)
    with contexte(conseiller.pk):
        plan = sortie.ouvrir_plan(situation=situation.public_id, origine="prison", fin_prevue_le=fin)
    return Sortie(groupe, situation, conseiller, plan, fin)
