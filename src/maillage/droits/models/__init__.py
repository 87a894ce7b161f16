"""One aggregate a file. Every table here names someone, or leads to someone: each carries its own wall."""

from maillage.droits.models.demande import DemandeDeDroit, Envoi, FichierDeReponse
from maillage.droits.models.gel import AncienneValeur, Limitation
from maillage.droits.models.porte import Question, Reponse

#: Of the register of requests, in the order in which rows may be erased.
DU_REGISTRE = (Reponse, FichierDeReponse, Envoi, DemandeDeDroit)

__all__ = [
    "DU_REGISTRE",
    "AncienneValeur",
    "DemandeDeDroit",
    "Envoi",
    "FichierDeReponse",
    "Limitation",
    "Question",
    "Reponse",
]
