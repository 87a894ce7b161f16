"""A measure of a sports venue and a notice, brought to each stage."""

from datetime import date, timedelta

from tests.maire.fabriques_rappel import JOUR, MERE, MINEUR, Mairie

from maillage.maire.models import AvisDu, MesureSport
from maillage.maire.rules.sport import Projet
from maillage.maire.services import avis, sport
from maillage.maire.services.sport import Faits
from maillage.socle.contexte import en_maintenance

COMMISSION = ["maire", "service_sports", "club"]
CAUSE = JOUR - timedelta(days=40)


def faits(**champs: object) -> Faits:
    valeurs = {
        "origine": "gestionnaire",
        "faits": "degradation",
        "faits_le": JOUR - timedelta(days=5),
        "equipement_genre": "piscine",
        "equipement": "Piscine Jean-Bouin",
        **champs,
    }
    return Faits(**valeurs)


def ouvrir(mairie: Mairie, personne=MINEUR, representants=(MERE,), **champs: object) -> MesureSport:
    return sport.ouvrir_mesure(
        registre=mairie.cle, personne=personne, faits=faits(**champs), representants=representants
    )


def projet(**champs: object) -> Projet:
    valeurs = {
        "decision": "exclusion",
        "motifs": ["faits_etablis"],
        "base": "Règlement du 12 mars 2024, art. 7",
        "maximum_jours": 90,
        "debut": JOUR,
        "fin": JOUR + timedelta(days=29),
        **champs,
    }
    return Projet(**valeurs)


def invitee(mairie: Mairie) -> MesureSport:
    mesure = ouvrir(mairie)
    sport.inviter(mesure=mesure.public_id, version=mesure.version, composition=COMMISSION)
    return relire(mesure)


def entendue(mairie: Mairie) -> MesureSport:
    mesure = invitee(mairie)
    sport.noter_observations(
        mesure=mesure.public_id, version=mesure.version, mode="ecrites", recues_le=mesure.recu_le
    )
    return relire(mesure)


def relire(ligne):
    with en_maintenance():
        ligne.refresh_from_db()
    return ligne


def attendu(mairie: Mairie, genre: str = "suites_signalement", cause_le: date = CAUSE, **champs) -> AvisDu:
    return avis.demander_avis(
        registre=mairie.cle, genre=genre, cause_le=cause_le, demande_le=cause_le, **champs
    )
