"""A register of mayor's acts, those who keep it, and a rappel brought to each stage."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from tests.acteurs.fabriques import creer_compte
from tests.instances import fabriques as f

from maillage.acteurs.models import Compte
from maillage.instances.models import Formation
from maillage.maire.models import Delegation, Pouvoir, Rappel
from maillage.maire.services import conduite_rappel, rappel
from maillage.maire.services.rappel import Connu, Saisine
from maillage.situations.api import DonneesIdentite, DonneesRepresentant
from maillage.socle.contexte import en_maintenance

JOUR = date(2026, 3, 2)
INSTANT = datetime(2026, 3, 2, 9, tzinfo=UTC)
AUDITION = datetime(2026, 3, 9, 13, 30, tzinfo=UTC)
MINEUR = DonneesIdentite(nom="Maravalle", prenom="Théo", sexe="M", naissance=date(2011, 5, 4))
MAJEURE = DonneesIdentite(nom="Fontclair", prenom="Inès", sexe="F", naissance=date(1999, 5, 4))
MERE = DonneesRepresentant(
    nom="Maravalle", prenom="Lina", lien="mere", adresse="3 rue des Lices, 31770 Colomiers"
)
RIEN = Connu("aucune", "police_municipale", JOUR)
PLAINTE = Connu("plainte", "victime", JOUR)


def saisine(**champs: object) -> Saisine:
    valeurs = {
        "origine": "police_municipale",
        "faits": "incivilite_mineur",
        "qualification": "incivilite",
        "faits_le": JOUR - timedelta(days=10),
        "lieu": "voie_publique",
        "lieu_commune": f.COMMUNE,
        **champs,
    }
    return Saisine(**valeurs)  # every field is given above


@dataclass(frozen=True)
class Mairie:
    """A register, its mayor and an agent; every one of them reads it."""

    actes: Formation
    maire: Compte
    agent: Compte

    @property
    def cle(self):
        return self.actes.cercle.public_id


def mairie(commune: str = f.COMMUNE) -> Mairie:
    actes = f.registre(commune=commune)
    return Mairie(
        actes,
        f.membre(actes, f.exercer(creer_compte(), "maire", commune), role="maire"),
        f.membre(actes),
    )


def deleguer(compte: Compte, commune: str = f.COMMUNE, **champs: object) -> Delegation:
    valeurs = {
        "qualite": "adjoint_delegue",
        "pouvoirs": [Pouvoir.RAPPEL.value],
        "arrete_numero": "2026-14",
        "arrete_le": date(2026, 1, 5),
        "depuis": date(2026, 1, 5),
        **champs,
    }
    with en_maintenance():
        return Delegation.objects.create(
            compte=compte, commune_code=commune, enregistree_par=compte, **valeurs
        )


def relu(lu: Rappel) -> Rappel:
    return Rappel.objects.get(pk=lu.pk)


def saisi(ici: Mairie, personne=MINEUR, representants=(MERE,), connu=RIEN, **champs: object) -> Rappel:
    """Recorded, as the actor under way."""
    champs.setdefault("lieu_commune", ici.actes.commune_code)
    return rappel.saisir(
        registre=ici.cle,
        personne=personne,
        representants=representants,
        connu=connu,
        saisine=saisine(**champs),
    )


def convoque(lu: Rappel) -> Rappel:
    conduite_rappel.convoquer(
        rappel=lu.public_id,
        version=lu.version,
        le=AUDITION.date(),
        heure=time(14, 30),
        lieu="hotel_de_ville",
    )
    return relu(lu)


def entendu(lu: Rappel, **champs: object) -> Rappel:
    """The clock must stand after the hearing."""
    valeurs = {"issue": "tenue", "tenue_le": AUDITION.date(), "representants": True, **champs}
    conduite_rappel.noter_l_audition(rappel=lu.public_id, version=lu.version, **valeurs)
    return relu(lu)


def prononce(lu: Rappel) -> Rappel:
    conduite_rappel.prononcer(rappel=lu.public_id, version=lu.version)
    return relu(lu)


def consigne(lu: Rappel, **champs: object) -> Rappel:
    valeurs = {"regles_rappelees": ["bon_ordre"], "position": "reconnait", **champs}
    conduite_rappel.consigner(rappel=lu.public_id, version=lu.version, **valeurs)
    return relu(lu)
