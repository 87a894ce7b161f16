"""What is proposed to a person over time: schemes, offers, orientations, participations (fiches 6 to 14)."""

from django.apps import AppConfig


class ParcoursConfig(AppConfig):
    name = "maillage.parcours"
    label = "parcours"
    verbose_name = "Parcours"

    def ready(self) -> None:
        """Show, make due and erase what the room holds about a situation, and keep it from being closed over
        somebody a body receives; speak for its conventions; answer for the keys of those received.
        """
        from maillage.parcours import accueils, echeances_orientations, echeances_sortie
        from maillage.parcours.cloture import empechements
        from maillage.parcours.conventions import enregistrer_les_conventions
        from maillage.parcours.effacement import effacer
        from maillage.parcours.encarts import ENCARTS
        from maillage.parcours.fins import FINS
        from maillage.parcours.models import Levee, Orientation, PlanDeSortie
        from maillage.situations.api import (
            Recit,
            enregistrer_effaceur,
            enregistrer_empechement,
            enregistrer_encart,
            enregistrer_recit,
            enregistrer_source,
            enregistrer_temoin,
        )
        from maillage.socle.cles.detenteurs import Detenteur, enregistrer
        from maillage.socle.fins import enregistrer as enregistrer_les_fins

        enregistrer_les_fins(FINS)
        enregistrer_effaceur("parcours", effacer)
        enregistrer_recit(Levee, Recit("precision", "situation__identite"))
        enregistrer("accueils", Detenteur(accueils.vivants, accueils.resceller, accueils.effacer_de_nouveau))
        enregistrer_empechement("parcours", empechements)
        enregistrer_source("plans_de_sortie", echeances_sortie.echeances)
        enregistrer_source("parcours", echeances_orientations.echeances)
        enregistrer_temoin("orientation", Orientation._meta.db_table)
        enregistrer_temoin("plan", PlanDeSortie._meta.db_table)
        for encart in ENCARTS:
            enregistrer_encart(encart)
        enregistrer_les_conventions()
