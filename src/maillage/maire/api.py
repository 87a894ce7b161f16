"""The room's door: the only module other rooms import.

The acts of a settlement are given whole (`transactions.proposer`…): their short names would meet others.
"""

from maillage.maire.departs import Depart
from maillage.maire.departs import enregistrer as enregistrer_depart
from maillage.maire.echeances import EcheanceDActe, echeances
from maillage.maire.models import Dossier, MesureSport, Registre
from maillage.maire.rules.sport import Projet as ProjetDeDecision
from maillage.maire.rules.transaction import Autorite as AutoriteDHomologation
from maillage.maire.rules.transaction import Nature as NatureDeTransaction
from maillage.maire.selectors.personne import dossiers_de_la_personne
from maillage.maire.selectors.rappel import version_de
from maillage.maire.services import transactions, transactions_suite
from maillage.maire.services.avis import demander_avis, recevoir_avis, relancer_avis
from maillage.maire.services.conduite_rappel import (
    consigner,
    consulter_le_parquet,
    convoquer,
    noter_l_audition,
    noter_la_reponse,
    prononcer,
)
from maillage.maire.services.conservation import purger_actes
from maillage.maire.services.delegations import donner_delegation, finir_delegation
from maillage.maire.services.fin_rappel import clore_sans_acte, donner_suite, transmettre_au_parquet
from maillage.maire.services.personne import effacer_les_actes
from maillage.maire.services.rappel import Connu, Saisine, corriger, enoncer, saisir
from maillage.maire.services.reparation_sport import convenir as convenir_reparation
from maillage.maire.services.reparation_sport import finir as finir_reparation
from maillage.maire.services.silences import conclure_les_silences
from maillage.maire.services.sport import Faits as FaitsDeSport
from maillage.maire.services.sport import decider as decider_mesure
from maillage.maire.services.sport import inviter as inviter_a_s_expliquer
from maillage.maire.services.sport import noter_observations, ouvrir_mesure
from maillage.maire.services.sport import notifier as notifier_mesure
from maillage.maire.services.transactions import Constat, Offre

__all__ = [
    "AutoriteDHomologation",
    "Connu",
    "Constat",
    "Depart",
    "Dossier",
    "EcheanceDActe",
    "FaitsDeSport",
    "MesureSport",
    "NatureDeTransaction",
    "Offre",
    "ProjetDeDecision",
    "Registre",
    "Saisine",
    "clore_sans_acte",
    "conclure_les_silences",
    "consigner",
    "consulter_le_parquet",
    "convenir_reparation",
    "convoquer",
    "corriger",
    "decider_mesure",
    "demander_avis",
    "donner_delegation",
    "donner_suite",
    "dossiers_de_la_personne",
    "echeances",
    "effacer_les_actes",
    "enoncer",
    "enregistrer_depart",
    "finir_delegation",
    "finir_reparation",
    "inviter_a_s_expliquer",
    "noter_l_audition",
    "noter_la_reponse",
    "noter_observations",
    "notifier_mesure",
    "ouvrir_mesure",
    "prononcer",
    "purger_actes",
    "recevoir_avis",
    "relancer_avis",
    "saisir",
    "transactions",
    "transactions_suite",
    "transmettre_au_parquet",
    "version_de",
]
