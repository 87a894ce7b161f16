"""Measures about a sports venue: open, invite, decide, notify, end; what became of it (fiche 29).

The software prepares and checks; it signs for nobody. Each command locks the file through the wall.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from maillage.droit.api import Motif
from maillage.maire.etats_sport import EtatMesure
from maillage.maire.lieux import autorite, lieu
from maillage.maire.models import (
    DecisionSport,
    InvitationSport,
    MesurePreventive,
    MesureSport,
    NotificationSport,
    ObservationsSport,
    Pouvoir,
    RecoursSport,
    Registre,
)
from maillage.maire.rules import sport as regles
from maillage.maire.rules.conservation import expire_le
from maillage.maire.selectors.sport import (
    contradictoire_de,
    decision_de,
    invitation_de,
    meme_fait,
    notification_de,
    reparation_de,
)
from maillage.maire.services.commun_rappel import exiger_d_ecrire
from maillage.maire.services.commun_sport import (
    compter,
    exiger_motifs,
    exiger_restant,
    exiger_vivante,
    ouvrir,
    passer,
)
from maillage.maire.services.registres import conclure, inscrire, rectifier
from maillage.situations.api import (
    DonneesIdentite,
    DonneesRepresentant,
    creer_identite,
    enregistrer_representant,
    exiger,
    refuser_le_secret,
    tranche_d_age,
)
from maillage.socle.faits import reprendre
from maillage.socle.journal import journaliser
from maillage.socle.refus import Introuvable
from maillage.socle.services import commande, modifier
from maillage.strategie.api import liste


@dataclass(frozen=True, slots=True)
class Faits:
    """What the town hall is told: codes, a day, the name of a place."""

    origine: str
    faits: str
    faits_le: date
    equipement_genre: str
    equipement: str
    proprietaire: str = "commune"


@commande
def ouvrir_mesure(
    *,
    registre: UUID,
    personne: DonneesIdentite,
    faits: Faits,
    representants: Sequence[DonneesRepresentant] = (),
) -> MesureSport:
    """Open the file of one person about one venue of the commune, at the next number of the register."""
    ou = lieu(registre)
    exiger_d_ecrire(ou, registre)
    refuser_le_secret(faits.equipement, registre)
    exiger(
        regles.juger_ouverture(
            listes_connues=faits.faits in liste("faits_sport", ou.jour)
            and faits.origine in liste("origines_sport", ou.jour)
            and faits.equipement_genre in liste("equipements_sport", ou.jour)
            and faits.proprietaire in ("commune", "epci"),
            proprietaire=faits.proprietaire,
            naissance=personne.naissance,
            faits_le=faits.faits_le,
            deja=meme_fait(
                ou,
                nom=personne.nom,
                prenom=personne.prenom,
                naissance=personne.naissance,
                faits_le=faits.faits_le,
            ),
            le=ou.jour,
        ),
        registre,
    )
    assert personne.naissance is not None  # judged above
    cle = uuid4()
    ligne = inscrire(ou, Registre.SPORT, objet=cle, nature=faits.faits, le=ou.jour)
    mesure = MesureSport.objects.create(
        public_id=cle,
        cercle_id=ou.cercle,
        identite_id=creer_identite(cercle=ou.cercle, donnees=personne, representants=representants),
        annee=ligne.annee,
        numero=ligne.numero,
        tranche_age=tranche_d_age(personne.naissance, ou.jour),
        origine=faits.origine,
        recu_le=ou.jour,
        recu_par_id=ou.compte.pk,
        expire_le=expire_le(dernier_acte=ou.jour, clos=False),
        faits=faits.faits,
        faits_le=faits.faits_le,
        equipement_genre=faits.equipement_genre,
        equipement=faits.equipement.strip(),
        proprietaire=faits.proprietaire,
    )
    compter("sport", mesure, ou, genre=faits.faits, delai=(ou.jour - faits.faits_le).days)
    journaliser("mesure_sport_ouverte", objet=cle, cercle=ou.cercle, details={"faits": faits.faits})
    return mesure


@commande
def ajouter_parent(*, mesure: UUID, version: int, representant: DonneesRepresentant) -> None:
    """A parent or a legal representative, who gets a copy of what a minor receives."""
    ici = ouvrir(mesure)
    exiger_vivante(ici)
    enregistrer_representant(cercle=ici.ou.cercle, identite=ici.mesure.identite_id, donnees=representant)
    passer(ici, EtatMesure(ici.mesure.etat), version=version, evenement="mesure_sport_parent")


@commande
def essayer(*, mesure: UUID, version: int, preventive: str, prevue_le: date) -> MesurePreventive:
    """Note something tried without justice nor exclusion."""
    ici = ouvrir(mesure)
    exiger_vivante(ici)
    if preventive not in liste("mesures_sport", ici.ou.jour):
        exiger_motifs(ici, [regles.VALEUR_INCONNUE])
    faite = MesurePreventive.objects.create(mesure=preventive, prevue_le=prevue_le, **ici.piece)
    passer(ici, EtatMesure(ici.mesure.etat), version=version, evenement="mesure_sport_preventive")
    return faite


@commande
def inviter(
    *, mesure: UUID, version: int, composition: Sequence[str], audition_le: datetime | None = None
) -> InvitationSport:
    """Invite the person to explain themselves before the commission, in writing or in person."""
    ici = ouvrir(mesure)
    verdict = regles.juger_invitation(
        etat=ici.mesure.etat,
        composition=composition,
        connues=all(code in liste("composition_exclusion", ici.ou.jour) for code in composition),
        mineur=ici.mineur,
        representants=len(ici.identite.representants),
    )
    exiger_restant(ici, verdict)
    faite = InvitationSport.objects.create(
        composition=list(dict.fromkeys(composition)),
        avant_le=regles.observations_avant(ici.ou.jour),
        audition_le=audition_le,
        **ici.piece,
    )
    passer(ici, EtatMesure.INVITEE, version=version, evenement="mesure_sport_invitee")
    return faite


@commande
def noter_observations(*, mesure: UUID, version: int, mode: str, recues_le: date) -> ObservationsSport:
    """Note that the person explained themselves, and how; never what they said."""
    ici = ouvrir(mesure)
    invitation = invitation_de(ici.mesure)
    motifs = [] if mode in liste("observations_sport", ici.ou.jour) else [regles.VALEUR_INCONNUE]
    if invitation is None or ici.mesure.etat != EtatMesure.INVITEE:
        motifs += regles.passage(ici.mesure.etat, EtatMesure.DECIDEE) or [regles.VALEUR_INCONNUE]
    elif not invitation.le <= recues_le <= ici.ou.jour or (
        mode == "aucune" and ici.ou.jour <= invitation.avant_le
    ):
        motifs.append(regles.OBSERVATIONS_DATEES)
    if ObservationsSport.objects.filter(dossier=ici.mesure).exists():
        motifs.append(regles.OBSERVATIONS_DEJA)
    exiger_motifs(ici, motifs)
    faite = ObservationsSport.objects.create(mode=mode, recues_le=recues_le, **ici.piece)
    passer(ici, EtatMesure.INVITEE, version=version, evenement="mesure_sport_observations")
    return faite


@commande
def decider(*, mesure: UUID, version: int, projet: regles.Projet) -> DecisionSport:
    """Decide, in the quality of the mayor or on a delegation in force; the law is asked again here."""
    ici = ouvrir(mesure)
    qui = autorite(ici.ou, Pouvoir.SPORT)
    refuser_le_secret(projet.base, mesure)
    jour = ici.ou.jour
    verdict = regles.juger_decision(
        etat=ici.mesure.etat,
        projet=projet,
        connus=projet.decision in liste("decisions_sport", jour)
        and all(code in liste("motifs_exclusion", jour) for code in projet.motifs),
        contradictoire=contradictoire_de(ici.mesure),
        autorite=regles.competence(ici.mesure.proprietaire, qui.qualite, jour),
        le=jour,
    )
    exiger(verdict, ici.mesure)
    exclut = projet.decision == regles.EXCLUSION
    faite = DecisionSport.objects.create(
        decision=projet.decision,
        motifs=list(dict.fromkeys(projet.motifs)),
        base=projet.base.strip(),
        maximum_jours=projet.maximum_jours if exclut else None,
        debut=projet.debut if exclut else None,
        fin=projet.fin if exclut else None,
        qualite=qui.qualite.value,
        arrete=qui.arrete,
        **ici.piece,
    )
    passer(ici, EtatMesure.DECIDEE, version=version, evenement="mesure_sport_decidee")
    conclure(ici.ou, Registre.SPORT, objet=mesure, issue=projet.decision, le=jour)
    duree = (faite.fin - faite.debut).days + 1 if faite.fin and faite.debut else None
    compter("sport_decision", ici.mesure, ici.ou, genre=projet.decision, delai=duree)
    return faite


@commande
def notifier(*, mesure: UUID, version: int, notifiee_le: date) -> NotificationSport:
    """Date the day the decision reached the person: the delay of appeal runs from it."""
    ici = ouvrir(mesure)
    decision = decision_de(ici.mesure)
    verdict = regles.juger_notification(
        etat=ici.mesure.etat,
        notifiee_le=notifiee_le,
        decidee_le=decision.le if decision is not None else None,
        le=ici.ou.jour,
    )
    exiger(verdict, ici.mesure)
    faite = NotificationSport.objects.create(
        notifiee_le=notifiee_le, recours_avant=regles.recours_avant(notifiee_le), **ici.piece
    )
    passer(ici, EtatMesure.NOTIFIEE, version=version, evenement="mesure_sport_notifiee")
    return faite


@commande
def enregistrer_recours(*, mesure: UUID, version: int, genre: str, recu_le: date) -> RecoursSport:
    """Record an appeal, out of time or not: the judge says whether it may be heard."""
    ici = ouvrir(mesure)
    notification = notification_de(ici.mesure)
    verdict = regles.juger_recours(
        etat=ici.mesure.etat,
        connu=genre in liste("recours_sport", ici.ou.jour),
        recu_le=recu_le,
        notifiee_le=notification.notifiee_le if notification is not None else None,
        le=ici.ou.jour,
    )
    exiger(verdict, ici.mesure)
    fait = RecoursSport.objects.create(genre=genre, recu_le=recu_le, **ici.piece)
    passer(ici, EtatMesure(ici.mesure.etat), version=version, evenement="mesure_sport_recours")
    return fait


@commande
def conclure_recours(
    *, mesure: UUID, version: int, recours: UUID, issue: str, fin: date | None = None
) -> None:
    """What became of an appeal; the last day of the exclusion moves with it, never later."""
    ici = ouvrir(mesure)
    lu = RecoursSport.objects.filter(dossier=ici.mesure, cercle=ici.ou.cercle, public_id=recours).first()
    if lu is None:
        raise Introuvable(recours)
    decision = decision_de(ici.mesure)
    motifs: list[Motif] = []
    if issue not in liste("issues_recours", ici.ou.jour) or lu.issue:
        motifs.append(regles.VALEUR_INCONNUE)
    elif issue == "reduite" and (
        decision is None or decision.fin is None or fin is None or fin >= decision.fin
    ):
        motifs.append(regles.REDUCTION)
    exiger_motifs(ici, motifs)
    dernier = ici.ou.jour if issue == "annulee" else fin if issue == "reduite" else None
    modifier(
        RecoursSport.objects.filter(pk=lu.pk, cercle=ici.ou.cercle),
        version=lu.version,
        issue=issue,
        issue_le=ici.ou.jour,
        fin=dernier,
    )
    passer(ici, EtatMesure(ici.mesure.etat), version=version, evenement="mesure_sport_recours_conclu")
    if issue == "annulee":
        conclure(ici.ou, Registre.SPORT, objet=mesure, issue="annulee", le=ici.ou.jour)


@commande
def clore(*, mesure: UUID, version: int) -> None:
    """Nothing more is awaited: the file then lives as long as a challenge is possible."""
    ici = ouvrir(mesure)
    exiger_motifs(ici, regles.passage(ici.mesure.etat, EtatMesure.CLOSE))
    if decision_de(ici.mesure) is None:
        fin = "reparation" if reparation_de(ici.mesure) is not None else "sans_decision"
        conclure(ici.ou, Registre.SPORT, objet=mesure, issue=fin, le=ici.ou.jour)
    passer(ici, EtatMesure.CLOSE, version=version, evenement="mesure_sport_close")


@commande
def retirer(*, mesure: UUID, version: int, motif: str) -> None:
    """Say that a file should not be there. Its number and its line stay; it no longer counts this year."""
    ici = ouvrir(mesure)
    motifs = regles.passage(ici.mesure.etat, EtatMesure.RETIREE)
    if motif not in liste("motifs_rectification", ici.ou.jour):
        motifs.append(regles.VALEUR_INCONNUE)
    exiger_motifs(ici, motifs)
    reprendre(fil=ici.mesure.fil, instance=ici.ou.vu.conseil_pk, aujourd_hui=ici.ou.jour)
    passer(ici, EtatMesure.RETIREE, version=version, evenement="mesure_sport_retiree")
    conclure(ici.ou, Registre.SPORT, objet=mesure, issue="retiree", le=ici.ou.jour)
    rectifier(ici.ou, Registre.SPORT, objet=mesure, par_objet=None, motif=motif)
