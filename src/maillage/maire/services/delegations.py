"""Record a mayor's delegation, and end it. Never deleted: past acts rest on it."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from maillage.acteurs.api import Compte
from maillage.maire.lieux import lieu, lieux_des_actes
from maillage.maire.models import Delegation, Pouvoir
from maillage.maire.rules.delegations import juger_delegation, juger_fin
from maillage.maire.selectors.delegations import deja_donnee, est_delegable, peut_tenir, une_delegation
from maillage.situations.api import exiger
from maillage.socle.journal import journaliser
from maillage.socle.refus import Introuvable
from maillage.socle.services import commande, modifier


@commande
def donner_delegation(
    *,
    registre: UUID,
    compte: UUID,
    qualite: str,
    pouvoirs: Sequence[str],
    arrete_numero: str,
    arrete_le: date,
    depuis: date,
    jusqua: date | None = None,
) -> Delegation:
    """Record that the mayor of this register's commune delegated these powers by that decision."""
    ou = lieu(registre)
    elu = Compte.objects.filter(public_id=compte, actif=True).first()
    if elu is None:
        raise Introuvable(compte)
    voulus = [Pouvoir(pouvoir).value for pouvoir in dict.fromkeys(pouvoirs)]
    verdict = juger_delegation(
        competent=peut_tenir(ou),
        elu_de_la_commune=est_delegable(elu, ou),
        deja=deja_donnee(elu, ou, voulus, depuis, jusqua),
        arrete_le=arrete_le,
        depuis=depuis,
        jusqua=jusqua,
        le=ou.jour,
    )
    exiger(verdict, registre)
    delegation = Delegation.objects.create(
        compte=elu,
        commune_code=ou.commune,
        qualite=qualite,
        pouvoirs=voulus,
        arrete_numero=arrete_numero.strip(),
        arrete_le=arrete_le,
        depuis=depuis,
        jusqua=jusqua,
        enregistree_par_id=ou.compte.pk,
    )
    journaliser("delegation_donnee", objet=delegation.public_id, cercle=ou.cercle)
    return delegation


@commande
def finir_delegation(*, delegation: UUID, version: int, jusqua: date) -> None:
    """Say its last day. What was done under it stands."""
    lue, ou = une_delegation(delegation, lieux_des_actes(), verrou=True)
    verdict = juger_fin(
        competent=peut_tenir(ou), depuis=lue.depuis, deja=lue.jusqua, jusqua=jusqua, le=ou.jour
    )
    exiger(verdict, delegation)
    modifier(Delegation.objects.filter(pk=lue.pk), version=version, jusqua=jusqua)
    journaliser("delegation_finie", objet=delegation, cercle=ou.cercle)
