"""Offers of a council: recorded, changed, closed by its coordination."""

from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from maillage.droit.api import Force, Motif, Verdict
from maillage.instances.api import Conseil
from maillage.parcours.catalogue import DispositifInconnuError
from maillage.parcours.models import ACCORD, Offre, Place
from maillage.parcours.rules.places import occupees_au_plus
from maillage.parcours.selectors.dispositifs import dispositif_de_code
from maillage.parcours.services.gestion import (
    AGES_A_L_ENVERS,
    CAPACITE_TROP_PETITE,
    DATES_A_L_ENVERS,
    DISPOSITIF_ABSENT,
    HEURES_A_L_ENVERS,
    REGLE,
    conseil_coordonne,
    envers,
    offre_tenue,
    organisme_connu,
    refuser_si,
)
from maillage.socle.journal import journaliser
from maillage.socle.refus import Refus
from maillage.socle.services import commande, modifier
from maillage.socle.temps import aujourd_hui
from maillage.strategie.api import liste
from maillage.territoires.api import communes_par_code

COMMUNE_INCONNUE = Motif("commune_inconnue", "Aucune commune ne porte ce code Insee.", REGLE, Force.USAGE)


@dataclass(frozen=True, slots=True, kw_only=True)
class DonneesOffre:
    """What a form says of an offer."""

    intitule: str
    capacite: int = 1
    commune_code: str = ""
    secteur: str = ""
    tuteur_nom: str = ""
    tuteur_forme: bool = False
    depuis: date
    jusqua: date | None = None
    age_min: int | None = None
    age_max: int | None = None
    mineurs: bool = True
    heures_min: int | None = None
    heures_max: int | None = None
    habilitee_jusqua: date | None = None
    contact: str = ACCORD
    source: str = "partenaire"


@commande
def enregistrer_offre(*, conseil: UUID, dispositif: str, organisme: UUID, donnees: DonneesOffre) -> Offre:
    """Record an offer of that council, for a scheme that exists there."""
    du_conseil = conseil_coordonne(conseil)
    _exiger_dispositif(dispositif, du_conseil)
    valeurs = _valeurs(donnees, objet=conseil)
    offre = Offre.objects.create(
        dispositif_code=dispositif, conseil=du_conseil, organisme=organisme_connu(organisme), **valeurs
    )
    journaliser("offre_enregistree", objet=offre.public_id, details={"dispositif": dispositif})
    return offre


@commande
def modifier_offre(*, public_id: UUID, version: int, donnees: DonneesOffre) -> None:
    """Change an offer. Its capacity never goes below the places already taken."""
    offre = offre_tenue(public_id)
    valeurs = _valeurs(donnees, objet=public_id)
    prises = occupees_au_plus(Place.objects.filter(offre=offre).values_list("du", "au"), aujourd_hui())
    refuser_si(objet=public_id, capacite=(donnees.capacite < prises, CAPACITE_TROP_PETITE))
    modifier(Offre.objects.filter(pk=offre.pk), version=version, **valeurs)
    journaliser("offre_modifiee", objet=public_id)


@commande
def fermer_offre(*, public_id: UUID, version: int) -> None:
    """Close an offer today: nobody is led to it any more; what is under way goes on."""
    offre = offre_tenue(public_id)
    modifier(Offre.objects.filter(pk=offre.pk), version=version, fermee_le=aujourd_hui())
    journaliser("offre_fermee", objet=public_id)


def _exiger_dispositif(code: str, conseil: Conseil) -> None:
    try:
        ouvert = dispositif_de_code(code, conseil=conseil).ouvert(aujourd_hui())
    except DispositifInconnuError:
        ouvert = False
    refuser_si(objet=conseil.public_id, dispositif=(not ouvert, DISPOSITIF_ABSENT))


def _valeurs(donnees: DonneesOffre, *, objet: UUID) -> dict[str, object]:
    """The columns of an offer, once its ends are in order and its words are in the closed lists."""
    refuser_si(
        objet=objet,
        dates=(envers(donnees.depuis, donnees.jusqua), DATES_A_L_ENVERS),
        ages=(envers(donnees.age_min, donnees.age_max), AGES_A_L_ENVERS),
        heures=(envers(donnees.heures_min, donnees.heures_max), HEURES_A_L_ENVERS),
    )
    liste("contacts_accueil").item(donnees.contact)
    liste("sources_offre").item(donnees.source)
    if donnees.secteur:
        liste("secteurs_activite").item(donnees.secteur)
    departement = ""
    if donnees.commune_code:
        commune = communes_par_code([donnees.commune_code]).get(donnees.commune_code)
        if commune is None:
            raise Refus(Verdict.refus([COMMUNE_INCONNUE]), objet=objet)
        departement = commune.departement_id
    return {**asdict(donnees), "departement_code": departement}
