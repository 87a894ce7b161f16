"""One aggregate a file."""

from maillage.acteurs.models.appareil import AppareilDeCodes, Rythme
from maillage.acteurs.models.compte import Compte
from maillage.acteurs.models.connexion import EchecDeConnexion, Session
from maillage.acteurs.models.fonction import FonctionExercee
from maillage.acteurs.models.organisme import NomOrganisme, Organisme
from maillage.acteurs.models.preuves import CleDAcces, CodeDeSecours, IdentiteExterne
from maillage.acteurs.models.saisie import SaisieGardee

__all__ = [
    "AppareilDeCodes",
    "CleDAcces",
    "CodeDeSecours",
    "Compte",
    "EchecDeConnexion",
    "FonctionExercee",
    "IdentiteExterne",
    "NomOrganisme",
    "Organisme",
    "Rythme",
    "SaisieGardee",
    "Session",
]
