"""The room's door: the only module other rooms import."""

from maillage.droits.alertes import AlerteDeLecture, alertes_de_lecture
from maillage.droits.archives import SURVEILLENT
from maillage.droits.echeances import EcheanceDeDroit, echeances
from maillage.droits.indicateurs import retenus
from maillage.droits.rules.demandes import TENANTS
from maillage.droits.selectors import candidats, demandes_vues, questions_vues, une_question
from maillage.droits.services.conservation import purger_demandes
from maillage.droits.services.demandes import (
    Recue,
    enregistrer,
    interroger,
    prolonger,
    repondre,
    retirer,
    verifier_identite,
)
from maillage.droits.services.limitations import lever_la_limitation
from maillage.droits.services.porte import repondre_a_la_question

__all__ = [
    "SURVEILLENT",
    "TENANTS",
    "AlerteDeLecture",
    "EcheanceDeDroit",
    "Recue",
    "alertes_de_lecture",
    "candidats",
    "demandes_vues",
    "echeances",
    "enregistrer",
    "interroger",
    "lever_la_limitation",
    "prolonger",
    "purger_demandes",
    "questions_vues",
    "repondre",
    "repondre_a_la_question",
    "retenus",
    "retirer",
    "une_question",
    "verifier_identite",
]
