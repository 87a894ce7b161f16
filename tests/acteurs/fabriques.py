"""The smallest valid objects of the room, written as the maintenance role."""

from datetime import UTC, date, datetime
from itertools import count

from maillage.acteurs.models import Compte, FonctionExercee, NomOrganisme, Organisme
from maillage.socle.contexte import en_maintenance
from maillage.socle.models import Installation

MOT_DE_PASSE = "Bruyere-Calme-47"
TOUJOURS = datetime(2020, 1, 1, tzinfo=UTC)

_rang = count(1)


def creer_compte(*fonctions: str, mot_de_passe: str | None = None, **champs: object) -> Compte:
    """An open account that exercises these functions, each on a territory that suits it."""
    rang = next(_rang)
    valeurs = {
        "courriel": f"agent{rang}@exemple.invalid",
        "prenom": "Camille",
        "nom": f"Essai{rang}",
        "double_facteur_exige": False,
        **champs,
    }
    with en_maintenance():
        compte = Compte.objects.creer(mot_de_passe=mot_de_passe, **valeurs)
        for code in fonctions:
            donner(compte, code)
    return compte


def donner(
    compte: Compte, code: str, depuis: datetime = TOUJOURS, jusqua: datetime | None = None
) -> FonctionExercee:
    """One function, without territory."""
    with en_maintenance():
        return FonctionExercee.objects.create(compte=compte, code=code, depuis=depuis, jusqua=jusqua)


def creer_organisme(
    nom: str = "Mission locale des Trois-Rives", genre: str = "mission_locale", **champs: object
) -> Organisme:
    """A body with one name."""
    with en_maintenance():
        organisme = Organisme.objects.create(genre=genre, **champs)
        NomOrganisme.objects.create(organisme=organisme, nom=nom, depuis=date(2010, 1, 1))
    return organisme


def faire_une_demonstration() -> None:
    """Mark this database as a demonstration."""
    with en_maintenance():
        Installation.objects.create(pk=1, demo=True, cree_le=TOUJOURS)
