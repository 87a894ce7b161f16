"""Delegations of the communes whose register the actor reads, and who may receive one."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from maillage.acteurs.api import Compte
from maillage.instances.api import elu_de, habilites
from maillage.maire.lieux import MAIRE, Lieu
from maillage.maire.models import Delegation
from maillage.socle.refus import Introuvable
from maillage.socle.temps import maintenant


def delegations(lieux: Iterable[Lieu]) -> list[Delegation]:
    """Those in force first, then the others, the last to begin first."""
    communes = {ou.commune for ou in lieux if ou.commune}
    lues = Delegation.objects.filter(commune_code__in=communes).select_related("compte")
    return list(lues.order_by("-depuis", "-pk"))


def une_delegation(cle: UUID, lieux: Iterable[Lieu], *, verrou: bool = False) -> tuple[Delegation, Lieu]:
    """One of a commune the actor reads. Raises ``Introuvable``."""
    par_commune = {ou.commune: ou for ou in lieux if ou.commune}
    lignes = Delegation.objects.filter(public_id=cle, commune_code__in=list(par_commune))
    lue = (lignes.select_for_update(of=("self",)) if verrou else lignes).select_related("compte").first()
    if lue is None:
        raise Introuvable(cle)
    return lue, par_commune[lue.commune_code]


def delegataires(ou: Lieu) -> list[Compte]:
    """Elected members of the commune who sit in this register, but the mayor."""
    lus = habilites(maintenant()).filter(cercle=ou.cercle, role="maire").select_related("compte")
    comptes = {mandat.compte_id: mandat.compte for mandat in lus.order_by("pk")}
    return [compte for compte in comptes.values() if est_delegable(compte, ou)]


def est_delegable(compte: Compte, ou: Lieu) -> bool:
    return elu_de(compte, ou.commune) and not elu_de(compte, ou.commune, MAIRE)


def peut_tenir(ou: Lieu) -> bool:
    """The mayor of the commune, or who coordinates the register."""
    return bool(ou.commune) and (ou.vu.role == "coordonnateur" or elu_de(ou.compte, ou.commune, MAIRE))


def deja_donnee(compte: Compte, ou: Lieu, pouvoirs: list[str], depuis: object, jusqua: object) -> bool:
    """Whether one of these powers is held on one of these days."""
    lues = Delegation.objects.filter(
        Q(jusqua__isnull=True) | Q(jusqua__gte=depuis),
        compte=compte,
        commune_code=ou.commune,
        pouvoirs__overlap=pouvoirs,
    )
    return (lues.filter(depuis__lte=jusqua) if jusqua is not None else lues).exists()
