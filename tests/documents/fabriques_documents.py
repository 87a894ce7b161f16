"""Conventions made by the services, as an agent would."""

from datetime import date, timedelta
from uuid import UUID

from tests.acteurs.fabriques import creer_organisme
from tests.instances.fabriques import COMMUNE, coordonnateur
from tests.instances.fabriques import conseil as un_conseil
from tests.situations.fabriques import Groupe

from maillage.acteurs.models import Compte, Organisme
from maillage.documents.familles import Lue
from maillage.documents.rules.conventions import SANS, Renouvellement
from maillage.documents.selectors.conventions import convention_visible
from maillage.documents.services import preparation, vie
from maillage.documents.services.commun import Contenu, PartieSaisie
from maillage.instances.models import Conseil
from maillage.situations.models import Situation
from maillage.socle.contexte import contexte
from maillage.socle.temps import aujourd_hui

PMSMP = {
    "genre_prescripteur": "mission_locale",
    "adresse_accueil": "3 rue de l’Atelier",
    "siret_accueil": "",
    "activite": "Menuiserie",
    "tuteur": "Alex Rabot",
    "fonction_tuteur": "cheffe d’atelier",
    "heures_semaine": "30",
    "horaires": "Du lundi au vendredi",
    "lieu": "Atelier",
    "objet": "decouverte",
    "salarie": "non",
    "objectifs": "Découvrir le métier.",
    "taches": "Aider au montage.",
    "evaluation": "Entretien le dernier jour.",
}
PRESTATAIRE = {
    "action": "Chantiers éducatifs",
    "objectifs": "Une première expérience de travail.",
    "moyens": "Deux éducateurs.",
    "indicateurs": "Jeunes accueillis.",
    "montant": "24000",
}
ADULTE = date(2004, 5, 2)


def contenu_pmsmp(
    accueil: Organisme | str,
    *,
    jours: int = 10,
    apres: int = 7,
    prescripteur: Organisme | None = None,
    parties: dict[str, PartieSaisie] | None = None,
    **champs: str,
) -> Contenu:
    """A period of ``jours`` days that begins in ``apres`` days."""
    debut = aujourd_hui() + timedelta(days=apres)
    hote = (
        PartieSaisie(denomination=accueil)
        if isinstance(accueil, str)
        else PartieSaisie(organisme=accueil.public_id, signataire="Sam Hôte", qualite="gérant")
    )
    qui = (
        PartieSaisie(organisme=prescripteur.public_id)
        if prescripteur
        else PartieSaisie(denomination="Mission locale d’essai")
    )
    return Contenu(
        debut=debut,
        fin=debut + timedelta(days=jours - 1),
        champs={**PMSMP, **champs},
        parties={"prescripteur": qui, "structure_accueil": hote, **(parties or {})},
        renouvellement=Renouvellement(),
    )


def une_pmsmp(ici: Groupe, situation: Situation, contenu: Contenu, par: Compte | None = None) -> UUID:
    with contexte((par or ici.coordonnatrice).pk):
        return preparation.preparer(genre="pmsmp", ou=ici.cercle, objet=situation.public_id, contenu=contenu)


def envoyer(convention: UUID, par: Compte) -> None:
    with contexte(par.pk):
        version = convention_visible(convention).ligne.version
        preparation.envoyer_a_la_signature(convention=convention, version=version)


def lire(convention: UUID, par: Compte) -> Lue:
    with contexte(par.pk):
        lue = convention_visible(convention)
        assert lue.parties is not None
        assert lue.faits is not None
        assert lue.jour is not None
        return lue


def signer_tout(convention: UUID, par: Compte, avenant: UUID | None = None) -> None:
    """Every required party, on paper."""
    with contexte(par.pk):
        roles = sorted(convention_visible(convention).requises)
    for role in roles:
        with contexte(par.pk):
            vie.signer(convention=convention, role=role, moyen="papier", avenant=avenant)


def en_vigueur(ici: Groupe, situation: Situation, contenu: Contenu) -> UUID:
    """A PMSMP sent and signed by all."""
    convention = une_pmsmp(ici, situation, contenu)
    envoyer(convention, ici.coordonnatrice)
    signer_tout(convention, ici.coordonnatrice)
    return convention


def qui_tient(commune: str = COMMUNE) -> tuple[Conseil, Compte]:
    """A council and who keeps it."""
    return un_conseil(commune), coordonnateur(commune)


def contenu_prestataire(
    prestataire: Organisme | None = None, *, renouvellement: Renouvellement = SANS, duree: int = 300
) -> Contenu:
    jour = aujourd_hui()
    qui = prestataire or creer_organisme("Association d’essai", "association")
    return Contenu(
        debut=jour,
        fin=jour + timedelta(days=duree),
        champs=PRESTATAIRE,
        parties={
            "conseil": PartieSaisie(denomination="Ville d’essai", signataire="Dominique Exemple"),
            "prestataire": PartieSaisie(organisme=qui.public_id),
        },
        renouvellement=renouvellement,
    )
