"""The mayor's room of the attacked council: a register of acts and a family council, full of canaries."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from django.apps import apps
from tests.acteurs.fabriques import creer_compte
from tests.instances import fabriques as f
from tests.maire import fabriques_transactions as transactions
from tests.maire.fabriques_familles import saisie
from tests.maire.fabriques_protocoles import protocole
from tests.maire.fabriques_rappel import Mairie, deleguer, saisi
from tests.maire.fabriques_sport import COMMISSION, attendu, ouvrir
from tests.situations.fabriques import Groupe

from maillage.acteurs.models import Compte
from maillage.instances.api import LigneNominative
from maillage.maire.services import conduite_rappel, sport
from maillage.maire.services.rappel import Connu
from maillage.situations.identites import DonneesIdentite, DonneesRepresentant
from maillage.socle.contexte import contexte
from maillage.socle.temps import aujourd_hui

#: Every table of the room that stands in a cercle.
NOMINATIVES: tuple[Any, ...] = tuple(
    modele for modele in apps.get_app_config("maire").get_models() if issubclass(modele, LigneNominative)
)

ENFANT = DonneesIdentite(
    nom="Zucanari",
    prenom="Ocanari",
    sexe="M",
    naissance=date(2013, 5, 4),
    adresse="17 impasse Canari",
    telephone="0612340099",
    courriel="canari@exemple.invalid",
)
ADULTE = DonneesIdentite(
    nom="Zucanari", prenom="Ucanari", sexe="M", naissance=date(1990, 5, 4), adresse="17 impasse Canari"
)
MERE = DonneesRepresentant("Merecanari", "Anne", "mere", "17 impasse Canari", "0612340099")


@dataclass(frozen=True)
class ActesDuMaire:
    """What the two registers hold: public ids by what they name, and the cercles."""

    cercles: tuple[int, int]
    ids: dict[str, list[UUID]]


def des_actes(groupe: Groupe) -> ActesDuMaire:
    """One living object of each kind; who coordinates the attacked groupe reads them too."""
    conseil = groupe.formation.conseil
    registre, cddf = f.registre(conseil), f.registre(conseil, genre="cddf")
    maire = f.exercer(creer_compte(), "maire", f.COMMUNE)
    for formation in (registre, cddf):
        f.membre(formation, maire, role="maire")
        f.membre(formation, groupe.coordonnatrice, role="maire")
    mairie = Mairie(registre, maire, f.membre(registre))
    jour = aujourd_hui()
    protocole(conseil, f.coordonnateur(), consultation="non")
    with contexte(mairie.agent.pk):
        rappel = saisi(
            mairie,
            personne=ENFANT,
            representants=(MERE,),
            connu=Connu("aucune", "police_municipale", jour),
            faits_le=jour - timedelta(days=10),
        )
        mesure = ouvrir(
            mairie,
            personne=ENFANT,
            representants=(MERE,),
            faits_le=jour - timedelta(days=5),
            equipement="Piscine du Canari",
        )
        conduite_rappel.convoquer(
            rappel=rappel.public_id,
            version=rappel.version,
            le=jour + timedelta(days=20),
            heure=time(14, 30),
            lieu="hotel_de_ville",
        )
        sport.inviter(mesure=mesure.public_id, version=mesure.version, composition=COMMISSION)
        avis = attendu(mairie, cause_le=jour - timedelta(days=40))
    ici = transactions.Mairie(conseil, registre, maire, mairie.agent, groupe.coordonnatrice)
    transaction = transactions.proposee(ici, transactions.constatee(ici, personne=ADULTE))
    with contexte(maire.pk):
        dossier = saisie(cddf, personne=ENFANT, representants=(MERE,))
    return ActesDuMaire(
        (registre.cercle_id, cddf.cercle_id),
        {
            "registre": [registre.cercle.public_id],
            "cddf": [cddf.cercle.public_id],
            "rappel": [rappel.public_id],
            "transaction": [transaction.public_id],
            "mesure": [mesure.public_id],
            "avis": [avis.public_id],
            "dossier": [dossier.public_id],
            "delegation": [deleguer(f.exercer(creer_compte(), "elu_delegue", f.COMMUNE)).public_id],
        },
    )


def maire_d_a_cote() -> Compte:
    """A mayor who presides over the register and the family council of the next commune."""
    conseil = f.conseil(f.VOISINE)
    maire = f.exercer(creer_compte(), "maire", f.VOISINE)
    for genre in ("actes_maire", "cddf"):
        f.membre(f.registre(conseil, genre=genre, commune=f.VOISINE), maire, role="maire")
    return maire
