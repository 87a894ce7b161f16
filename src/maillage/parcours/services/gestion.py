"""What the services of the room share: the refusals, the council one keeps, the offer one may touch."""

from datetime import date
from typing import TypeVar
from uuid import UUID

from maillage.acteurs.api import Organisme
from maillage.droit.api import Force, Motif, Verdict
from maillage.instances.api import Conseil, conseil_visible, exiger_charge
from maillage.instances.perms import COORDINATION
from maillage.parcours.models import Offre
from maillage.parcours.selectors.offres import offres_visibles
from maillage.socle.refus import Introuvable, Refus

REGLE = "Règle de l’application : une offre dit vrai, ou elle n’est pas proposée"
OFFRE_NATIONALE = Motif(
    "offre_nationale",
    "Cette offre est nationale : elle vient d’un fichier et ne se change pas ici.",
    REGLE,
    Force.USAGE,
)
OFFRE_FERMEE = Motif("offre_fermee", "Cette offre est fermée.", REGLE, Force.USAGE)
COMPLET = Motif("complet", "Toutes les places sont prises ces jours-là.", REGLE, Force.USAGE)
HORS_PERIODE = Motif("hors_periode", "L’offre n’existe pas tous ces jours-là.", REGLE, Force.USAGE)
CAPACITE_TROP_PETITE = Motif(
    "capacite_trop_petite",
    "Plus de places sont déjà prises : la capacité ne peut pas descendre.",
    REGLE,
    Force.USAGE,
)
OFFRE_SANS_ACCORD = Motif(
    "sans_accord", "Le lieu d’accueil n’a pas encore donné son accord.", REGLE, Force.USAGE
)
DISPOSITIF_ABSENT = Motif(
    "dispositif_absent", "Ce dispositif n’existe pas, ou n’existe plus, pour ce conseil.", REGLE, Force.USAGE
)
DATES_A_L_ENVERS = Motif("dates", "La fin précède le début.", REGLE, Force.USAGE)
AGES_A_L_ENVERS = Motif("ages", "L’âge au plus est inférieur à l’âge au moins.", REGLE, Force.USAGE)
HEURES_A_L_ENVERS = Motif("heures", "Le maximum d’heures est inférieur au minimum.", REGLE, Force.USAGE)


def refuser_si(*, objet: UUID | None = None, **fautes: tuple[bool, Motif]) -> None:
    """Raise every reason that holds at once."""
    motifs = [motif for vrai, motif in fautes.values() if vrai]
    if motifs:
        raise Refus(Verdict.refus(motifs), objet=objet)


Borne = TypeVar("Borne", date, int)


def envers(bas: Borne | None, haut: Borne | None) -> bool:
    """Whether the two ends are known and crossed."""
    return bas is not None and haut is not None and haut < bas


def conseil_coordonne(public_id: UUID) -> Conseil:
    """The council, if the actor sees it and coordinates it; else 404, then 403."""
    conseil = conseil_visible(public_id)
    exiger_charge(conseil, COORDINATION)
    return conseil


def offre_sous_verrou(public_id: UUID) -> Offre:
    """A visible offer, locked: two commands on it follow one another. Raises ``Introuvable``."""
    offre = offres_visibles().select_for_update(of=("self",)).filter(public_id=public_id).first()
    if offre is None:
        raise Introuvable(public_id)
    return offre


def offre_tenue(public_id: UUID) -> Offre:
    """The same, open and of a council that the actor coordinates; else a refusal."""
    offre = offre_sous_verrou(public_id)
    if offre.conseil is None:
        raise Refus(Verdict.refus([OFFRE_NATIONALE]), statut=403, objet=public_id)
    exiger_charge(offre.conseil, COORDINATION)
    refuser_si(objet=public_id, fermee=(offre.fermee_le is not None, OFFRE_FERMEE))
    return offre


def organisme_connu(public_id: UUID) -> Organisme:
    """An active body of the directory. Raises ``Introuvable``."""
    trouve = Organisme.objects.filter(public_id=public_id, actif=True).first()
    if trouve is None:
        raise Introuvable(public_id)
    return trouve
