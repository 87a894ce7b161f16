"""The mayor's own acts and the family council (fiches 5, 29, 37, 38)."""

from django.apps import AppConfig


class MaireConfig(AppConfig):
    name = "maillage.maire"
    label = "maire"
    verbose_name = "Actes du maire et familles"

    def ready(self) -> None:
        """Say what each kind of file makes due, and where « who does what » is told of a commune."""
        from maillage.maire import (
            depart_sport,
            departs,
            echeances_familles,
            echeances_rappel,
            echeances_sport,
            echeances_transactions,
        )
        from maillage.maire.echeances import enregistrer
        from maillage.maire.fins import FINS
        from maillage.maire.models import LeveeDuMaire, Registre, SuiteFamille
        from maillage.maire.points import enregistrer_les_auditions
        from maillage.maire.portes import vers_les_familles
        from maillage.maire.recits import levees_des_personnes
        from maillage.maire.selectors.registres import enregistrer_mots
        from maillage.maire.services.familles import PROPOSE_AU_CONSEIL
        from maillage.maire.views.repartition import adresse_pour
        from maillage.situations.api import Recit, enregistrer_porte, enregistrer_recit
        from maillage.socle.fins import enregistrer as enregistrer_les_fins
        from maillage.territoires.api import declarer_repartition

        enregistrer_les_fins(FINS)
        enregistrer("rappels", echeances_rappel.echeances)
        enregistrer("transactions", echeances_transactions.echeances)
        enregistrer_mots(Registre.FAMILLES, ("motifs_famille",), ("suites_famille", "issues_famille"))
        enregistrer_mots(Registre.TRANSACTIONS, ("contraventions_pm",), ("issues_transaction",))
        enregistrer_mots(Registre.FAMILLES, ("motifs_famille",), ("issues_famille",))
        enregistrer_les_auditions()
        enregistrer_recit(SuiteFamille, Recit("precision", "dossier__identite"))
        enregistrer_recit(LeveeDuMaire, Recit("precision", lignes=levees_des_personnes))
        enregistrer_porte(PROPOSE_AU_CONSEIL, vers_les_familles)
        enregistrer("familles", echeances_familles.echeances)
        enregistrer("avis_et_sport", echeances_sport.avis_et_sport)
        enregistrer_mots(Registre.AVIS, ("avis_dus",), ("reponses_avis",))
        enregistrer_mots(Registre.SPORT, ("faits_sport",), ("decisions_sport", "issues_recours"))
        departs.enregistrer(depart_sport.GENRE, depart_sport.lire)
        declarer_repartition(adresse_pour)
