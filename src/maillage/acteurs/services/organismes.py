"""Keep the directory of bodies, whose names are dated."""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from maillage.acteurs.models import NomOrganisme, Organisme
from maillage.droit.api import Force, Motif, Verdict
from maillage.socle.journal import journaliser
from maillage.socle.refus import Introuvable, Refus
from maillage.socle.services import commande
from maillage.strategie.api import acteur

SIRET_PRIS = Motif(
    code="siret_deja_pris",
    texte="Un organisme de l’annuaire porte déjà ce numéro SIRET.",
    base_legale="Règle de l’application : un organisme, une fiche",
    force=Force.USAGE,
)
NOM_ANTERIEUR = Motif(
    code="nom_anterieur",
    texte="Le nouveau nom doit prendre effet après le nom actuel.",
    base_legale="Règle de l’application : un organisme porte un seul nom chaque jour",
    force=Force.USAGE,
)


def _sous_verrou(public_id: UUID) -> Organisme:
    try:
        return Organisme.objects.select_for_update().get(public_id=public_id)
    except Organisme.DoesNotExist:
        raise Introuvable(public_id) from None


@commande
def creer_organisme(
    *,
    nom: str,
    genre: str,
    depuis: date,
    siret: str = "",
    commune_code: str = "",
    departement_code: str = "",
    sensible: bool | None = None,
) -> Organisme:
    """Enter a body. ``sensible`` follows its kind unless the contrary is said."""
    du_genre = acteur(genre).sensible
    try:
        with transaction.atomic():
            organisme = Organisme.objects.create(
                genre=genre,
                sensible=du_genre if sensible is None else sensible,
                siret=siret,
                commune_code=commune_code,
                departement_code=departement_code,
            )
    except IntegrityError:
        raise Refus(Verdict.refus([SIRET_PRIS])) from None
    NomOrganisme.objects.create(organisme=organisme, nom=nom.strip(), depuis=depuis)
    journaliser("organisme_cree", objet=organisme.public_id, details={"genre": genre})
    return organisme


@commande
def renommer_organisme(*, public_id: UUID, nom: str, depuis: date) -> None:
    """Give a new name from a day on; the former one ends that day and still finds the body."""
    organisme = _sous_verrou(public_id)
    dernier = organisme.noms.order_by("-depuis").first()
    if dernier is not None:
        if depuis <= dernier.depuis:
            raise Refus(Verdict.refus([NOM_ANTERIEUR]), objet=public_id)
        NomOrganisme.objects.filter(pk=dernier.pk).update(jusqua=depuis)
    NomOrganisme.objects.create(organisme=organisme, nom=nom.strip(), depuis=depuis)
    journaliser("organisme_renomme", objet=public_id)


@commande
def changer_etat_organisme(*, public_id: UUID, actif: bool) -> None:
    """Take a body out of the directory, or back. Its members' habilitations end with it."""
    organisme = _sous_verrou(public_id)
    Organisme.objects.filter(pk=organisme.pk).update(actif=actif)
    journaliser("organisme_rouvert" if actif else "organisme_ferme", objet=public_id)
