"""One aggregate a file. Every table here names someone, or leads to someone: each carries its own wall."""

from maillage.droits.models.demande import DemandeDeDroit, Envoi, FichierDeReponse
from maillage.droits.models.gel import AncienneValeur, Limitation
from maillage.droits.models.porte import Question, Reponse

__all__ = [
    "AncienneValeur",
    "DemandeDeDroit",
    "Envoi",
    "FichierDeReponse",
    "Limitation",
    "Question",
    "Reponse",
]
