"""The room's door: the only module other rooms import."""

from datetime import date

from maillage.acteurs import divulgues
from maillage.acteurs.elevation import avec_elevation, elevation_requise, suite_sure
from maillage.acteurs.fonctions import FONCTIONS, PORTEES, Fonction, fonction
from maillage.acteurs.models import Compte, FonctionExercee, NomOrganisme, Organisme
from maillage.acteurs.models.compte import Civilite
from maillage.acteurs.models.organisme import NomDate
from maillage.acteurs.portees import declarer_noms_des_instances
from maillage.acteurs.rattachements import Attaches, declarer_attaches
from maillage.acteurs.rules import GENRES_JUDICIAIRES, NOM_MASQUE, Place, organisme_masque
from maillage.acteurs.saisies import a_garder, poser_le_temoin
from maillage.acteurs.saisies import garder as garder_la_saisie
from maillage.acteurs.selectors import (
    compte_du_lecteur,
    comptes_exercant,
    lire_avec_noms,
    portees_de,
    portees_exercees,
)
from maillage.acteurs.services.connexion import purger_connexions
from maillage.acteurs.services.organismes import creer_organisme, renommer_organisme
from maillage.acteurs.sessions import SessionStore
from maillage.acteurs.surveillance import (
    AccesAuxComptes,
    EtatDesApplications,
    EtatDesComptes,
    acces_aux_comptes,
    etat_des_applications,
    etat_des_comptes,
)
from maillage.socle.permissions import Porteur
from maillage.socle.temps import aujourd_hui

__all__ = [
    "FONCTIONS",
    "GENRES_JUDICIAIRES",
    "NOM_MASQUE",
    "PORTEES",
    "AccesAuxComptes",
    "Attaches",
    "Civilite",
    "Compte",
    "EtatDesApplications",
    "EtatDesComptes",
    "Fonction",
    "FonctionExercee",
    "NomDate",
    "NomOrganisme",
    "Organisme",
    "Place",
    "SessionStore",
    "a_garder",
    "acces_aux_comptes",
    "avec_elevation",
    "compte_du_lecteur",
    "comptes_exercant",
    "creer_organisme",
    "declarer_attaches",
    "declarer_noms_des_instances",
    "elevation_requise",
    "etat_des_applications",
    "etat_des_comptes",
    "fonction",
    "garder_la_saisie",
    "lire_avec_noms",
    "liste_divulguee",
    "nom_affiche",
    "nom_organisme",
    "organisme_masque",
    "portees_de",
    "portees_exercees",
    "poser_le_temoin",
    "purger_connexions",
    "renommer_organisme",
    "suite_sure",
]


def liste_divulguee() -> tuple[divulgues.FicheDeLaListe, bool]:
    """The card of the list of known passwords, and whether the list is the one it describes."""
    return divulgues.fiche(), divulgues.intacte()


def nom_organisme(organisme: Organisme | None, jour: date | None = None) -> str:
    """The name a body bore on ``jour`` (today by default); empty without a body."""
    return organisme.nom_le(jour or aujourd_hui()) if organisme else ""


def nom_affiche(
    organisme: Organisme | None, lecteur: Porteur, jour: date | None = None, *, place: Place | None = None
) -> str:
    """The name beside a named person: masked where it would reveal a follow-up to this reader.

    ``place`` is the reader's in the cercle concerned; None where no cercle is.
    """
    if organisme is None:
        return ""
    if organisme_masque(
        sensible=organisme.sensible, fonctions=lecteur.fonctions, place=place, organisme=organisme.pk
    ):
        return NOM_MASQUE
    return nom_organisme(organisme, jour)
