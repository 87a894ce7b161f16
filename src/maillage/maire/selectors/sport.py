"""The measures about sports venues that the actor may see, each with its steps."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from maillage.maire.etats_sport import LIBELLES, EtatMesure
from maillage.maire.lieux import Lieu, lieux_des_actes
from maillage.maire.models import (
    DecisionSport,
    InvitationSport,
    MesurePreventive,
    MesureSport,
    NotificationSport,
    ObservationsSport,
    RecoursSport,
    ReparationSport,
)
from maillage.maire.rules.sport import Contradictoire
from maillage.situations.api import IdentiteVue, est_mineur, identites_proches, lire_identite, lire_identites
from maillage.socle.refus import Introuvable
from maillage.strategie.api import liste


def mesures(lieux: Iterable[Lieu] | None = None) -> QuerySet[MesureSport]:
    """Every measure of the registers the actor reads, the last received first."""
    lus = lieux_des_actes() if lieux is None else lieux
    return MesureSport.objects.filter(cercle__in=[ou.cercle for ou in lus]).order_by("-recu_le", "-pk")


def une_mesure(cle: UUID, *, verrou: bool = False) -> tuple[MesureSport, Lieu]:
    """The measure and its register. Raises ``Introuvable``, hidden and absent alike."""
    lieux = {ou.cercle: ou for ou in lieux_des_actes()}
    lignes = MesureSport.objects.filter(public_id=cle, cercle__in=list(lieux))
    lue = (lignes.select_for_update(no_key=True) if verrou else lignes).first()
    if lue is None:
        raise Introuvable(cle)
    return lue, lieux[lue.cercle_id]


def meme_fait(ou: Lieu, *, nom: str, prenom: str, naissance: date | None, faits_le: date) -> str:
    """The number of the file about the same person and the same day, withdrawn ones left out."""
    lignes = MesureSport.objects.filter(cercle=ou.cercle, faits_le=faits_le)
    autres = {
        ligne.identite_id: ligne.reference for ligne in lignes.exclude(etat=EtatMesure.RETIREE).order_by("pk")
    }
    if not autres:
        return ""
    proches = identites_proches(cercle=ou.cercle, nom=nom, prenom=prenom, naissance=None)
    connues = lire_identites(cle for cle, _ in proches if cle in autres)
    return next((autres[cle] for cle, vue in connues.items() if vue.donnees.naissance == naissance), "")


def invitation_de(lue: MesureSport) -> InvitationSport | None:
    return InvitationSport.objects.filter(dossier=lue).first()


def decision_de(lue: MesureSport) -> DecisionSport | None:
    return DecisionSport.objects.filter(dossier=lue).select_related("par").first()


def notification_de(lue: MesureSport) -> NotificationSport | None:
    return NotificationSport.objects.filter(dossier=lue).first()


def reparation_de(lue: MesureSport) -> ReparationSport | None:
    return ReparationSport.objects.filter(dossier=lue).first()


def contradictoire_de(lue: MesureSport) -> Contradictoire:
    """The adversarial step as the rules read it."""
    invitation = invitation_de(lue)
    repondu = ObservationsSport.objects.filter(dossier=lue).exclude(mode="aucune").exists()
    if invitation is None:
        return Contradictoire(None, None, repondu)
    return Contradictoire(invitation.le, invitation.avant_le, repondu)


@dataclass(frozen=True, slots=True)
class MesureVue:
    """Everything the page of a measure shows."""

    mesure: MesureSport
    ou: Lieu
    identite: IdentiteVue
    preventives: tuple[MesurePreventive, ...] = ()
    invitation: InvitationSport | None = None
    observations: ObservationsSport | None = None
    decision: DecisionSport | None = None
    notification: NotificationSport | None = None
    recours: tuple[RecoursSport, ...] = ()
    reparation: ReparationSport | None = None

    @property
    def mineur(self) -> bool:
        return est_mineur(self.identite.donnees.naissance, self.mesure.tranche_age, self.ou.jour)

    @property
    def faits(self) -> str:
        return liste("faits_sport").item(self.mesure.faits).libelle

    @property
    def degat(self) -> bool:
        """Whether the venue was damaged: a call to order or a settlement may follow."""
        return bool(liste("faits_sport").item(self.mesure.faits).attributs["degat"])

    @property
    def etat(self) -> str:
        return LIBELLES[self.mesure.etat]

    @property
    def forme(self) -> str:
        return {"close": "fait", "retiree": "vide", "notifiee": "fait"}.get(self.mesure.etat, "encours")

    @property
    def fin(self) -> date | None:
        """The last day of an exclusion, as the last decision or the issue of an appeal has it."""
        if self.decision is None or self.decision.fin is None:
            return None
        leves = [recours for recours in self.recours if recours.fin is not None]
        return leves[-1].fin if leves else self.decision.fin

    @property
    def exclue(self) -> bool:
        """Whether the exclusion holds today."""
        decision = self.decision
        if decision is None or decision.debut is None or self.notification is None or self.fin is None:
            return False
        return decision.debut <= self.ou.jour <= self.fin


def mesures_vues() -> list[MesureVue]:
    """The list, a few queries whatever its length."""
    lieux = {ou.cercle: ou for ou in lieux_des_actes()}
    lues = list(mesures(lieux.values()))
    noms = lire_identites(lue.identite_id for lue in lues)
    return [MesureVue(lue, lieux[lue.cercle_id], noms[lue.identite_id]) for lue in lues]


def mesure_vue(cle: UUID) -> MesureVue:
    lue, ou = une_mesure(cle)
    return MesureVue(
        lue,
        ou,
        lire_identite(lue.identite_id),
        preventives=tuple(MesurePreventive.objects.filter(dossier=lue).order_by("prevue_le", "pk")),
        invitation=invitation_de(lue),
        observations=ObservationsSport.objects.filter(dossier=lue).first(),
        decision=decision_de(lue),
        notification=notification_de(lue),
        recours=tuple(RecoursSport.objects.filter(dossier=lue).order_by("pk")),
        reparation=reparation_de(lue),
    )
