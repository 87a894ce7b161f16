"""A family council, its members, and a file of a family, through the services."""

from datetime import UTC, date, datetime

from tests.acteurs.fabriques import creer_compte
from tests.instances import fabriques as f

from maillage.maire.models import DossierFamille
from maillage.maire.services.familles import saisir
from maillage.situations.api import DonneesIdentite, DonneesRepresentant

INSTANT = datetime(2026, 3, 2, 9, tzinfo=UTC)
JOUR = INSTANT.date()
ENFANT = DonneesIdentite("Lormier", "Noé", "M", naissance=date(2013, 5, 4))
PARENTS = (
    DonneesRepresentant("Lormier", "Ada", "mere", adresse="1 rue des Exemples"),
    DonneesRepresentant("Vasseur", "Karl", "pere", adresse="2 rue des Exemples"),
)


def conseil(commune: str = f.COMMUNE):
    """A family council and its mayor, who presides."""
    cddf = f.registre(genre="cddf", commune=commune)
    maire = f.membre(cddf, f.exercer(creer_compte(), "maire", commune), role="maire")
    return cddf, maire


def saisie(cddf, **champs) -> DossierFamille:
    """A file, as the current actor opens it."""
    valeurs = {
        "conseil": cddf.cercle.public_id,
        "personne": ENFANT,
        "representants": PARENTS,
        "motif": "absenteisme",
        "origine": "etablissement_scolaire",
        **champs,
    }
    return saisir(**valeurs)
