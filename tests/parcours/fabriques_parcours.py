"""Offers and local schemes, as small as they may be."""

from datetime import date
from itertools import count

from tests.acteurs.fabriques import creer_organisme
from tests.instances.fabriques import COMMUNE

from maillage.instances.models import Conseil
from maillage.parcours.models import DispositifLocal, Offre, Place
from maillage.socle.contexte import en_maintenance
from maillage.territoires.models import Commune, Departement, Region

DEBUT = date(2026, 1, 1)
_rang = count(1)


def une_offre(conseil: Conseil | None = None, dispositif: str = "pmsmp", **champs: object) -> Offre:
    """An open offer with one free place, national unless a council is given."""
    organisme = champs.pop("organisme", None) or creer_organisme(f"Accueil {next(_rang)}", "commune")
    valeurs = {
        "dispositif_code": dispositif,
        "conseil": conseil,
        "organisme": organisme,
        "commune_code": COMMUNE,
        "departement_code": "31",
        "intitule": f"Offre {next(_rang)}",
        "tuteur_nom": "Dominique Tuteur",
        "tuteur_forme": True,
        "depuis": DEBUT,
        "source": "partenaire",
        **champs,
    }
    with en_maintenance():
        return Offre.objects.create(**valeurs)


def une_place(offre: Offre, du: date, au: date | None = None, **champs: object) -> Place:
    """An occupation, without asking anything."""
    with en_maintenance():
        return Place.objects.create(offre=offre, du=du, au=au, **champs)


def un_local(conseil: Conseil, declare_par: object, **champs: object) -> DispositifLocal:
    """A local scheme of that council."""
    libelle = f"Chantier local {next(_rang)}"
    valeurs = {
        "conseil": conseil,
        "declare_par": declare_par,
        "libelle": libelle,
        "libelle_neutre": libelle,
        "source": "Délibération 2026-12",
        "depuis": DEBUT,
        **champs,
    }
    with en_maintenance():
        return DispositifLocal.objects.create(**valeurs)


def des_communes() -> None:
    """Toulouse, Colomiers and Saint-Gaudens, without the whole register."""
    with en_maintenance():
        region = Region.objects.create(code="76", nom="Occitanie")
        departement = Departement.objects.create(code="31", nom="Haute-Garonne", region=region)
        for code, nom in (("31555", "Toulouse"), ("31149", "Colomiers"), ("31483", "Saint-Gaudens")):
            Commune.objects.create(code=code, nom=nom, departement=departement, debut=date(2020, 1, 1))
