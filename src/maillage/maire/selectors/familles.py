"""The families' files the actor reads, and what the rules need to know of one."""

from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from maillage.maire.etats_familles import EtatAccompagnement, EtatFamille
from maillage.maire.lieux import Lieu
from maillage.maire.models import (
    AccompagnementParental,
    ConvocationFamille,
    DossierFamille,
    SaisineDepartement,
)
from maillage.maire.rules import familles as regles
from maillage.situations.api import est_mineur, lire_identite
from maillage.situations.rules.ages import naissance_prudente
from maillage.socle.refus import Introuvable


def dossiers(ou: Lieu) -> QuerySet[DossierFamille]:
    """The files of one council, the last received first."""
    return DossierFamille.objects.filter(cercle=ou.cercle).order_by("-recu_le", "-pk")


def un_dossier(public_id: UUID, *, verrou: bool = False) -> DossierFamille:
    """One file through the wall. Raises ``Introuvable``, hidden and absent alike."""
    lignes = DossierFamille.objects.filter(public_id=public_id)
    lu = (lignes.select_for_update(of=("self",)) if verrou else lignes).first()
    if lu is None:
        raise Introuvable(public_id)
    return lu


def dossier_en_cours(ou: Lieu, identite: int) -> bool | None:
    """Whether a file is under way for that child; None where the council knows no such child."""
    siens = list(dossiers(ou).filter(identite=identite).values_list("etat", flat=True))
    return any(etat != EtatFamille.CLOS for etat in siens) if siens else None


def naissance_de(identite: int, tranche: str, le: date) -> date:
    """The child's birth date; the earliest one of the band where it is unknown, so erasure is never late."""
    return lire_identite(identite).donnees.naissance or naissance_prudente(tranche, le)


def etat_lu(dossier: DossierFamille, jour: date) -> regles.Etat:
    """The file as the rules see it."""
    naissance = lire_identite(dossier.identite_id).donnees.naissance
    return regles.Etat(
        etat=dossier.etat,
        mineur=est_mineur(naissance, dossier.tranche_age, jour),
        minorite=regles.fin_de_minorite(naissance, jour),
    )


def convocation_attendue(dossier: DossierFamille) -> ConvocationFamille | None:
    """The convocation whose issue is not known yet."""
    siennes = ConvocationFamille.objects.filter(cercle=dossier.cercle_id, dossier=dossier, issue="")
    return siennes.order_by("-rang").first()


def accompagnement_vivant(dossier: DossierFamille) -> AccompagnementParental | None:
    """The parental support proposed or under way."""
    vivants = (EtatAccompagnement.PROPOSE, EtatAccompagnement.EN_COURS)
    siens = AccompagnementParental.objects.filter(cercle=dossier.cercle_id, dossier=dossier, etat__in=vivants)
    return siens.select_related("organisme", "referent").first()


def saisine_attendue(dossier: DossierFamille) -> SaisineDepartement | None:
    """The département's answer that is still awaited."""
    return SaisineDepartement.objects.filter(cercle=dossier.cercle_id, dossier=dossier, reponse="").first()
