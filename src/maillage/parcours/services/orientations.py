"""The groupe's half of an orientation: propose, note the answer, transmit, decide what follows."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from maillage.acteurs.api import Organisme
from maillage.droit.api import Motif, Verdict
from maillage.instances.api import cercle_du_prestataire, formation_du_cercle
from maillage.parcours.catalogue import Dispositif, DispositifInconnuError
from maillage.parcours.levees import juger
from maillage.parcours.models import Offre, Orientation, Participation
from maillage.parcours.rules import orientation as regles
from maillage.parcours.rules.eligibilite import juger as juger_l_eligibilite
from maillage.parcours.rules.enonces import HORS_VOLET, dans_le_volet
from maillage.parcours.rules.entree import Profil, ce_que_lit_la_regle, juger_dispositif
from maillage.parcours.rules.levee import empreinte
from maillage.parcours.rules.offre import OffreConnue
from maillage.parcours.rules.pmsmp import Objet, Partie, Periode, Prescripteur, pmsmp
from maillage.parcours.rules.tig import tig
from maillage.parcours.selectors.dispositifs import dispositif_de_code
from maillage.parcours.selectors.enonces import enonces_de
from maillage.parcours.selectors.offres import offre_visible
from maillage.parcours.selectors.personne import offre_connue
from maillage.parcours.selectors.profil import pmsmp_passees, profil_de
from maillage.parcours.services.places import reserver_place
from maillage.parcours.services.porte import remettre
from maillage.parcours.services.suites import compter
from maillage.parcours.states import OUVERTES, VIVANTES, EtatOrientation, EtatParticipation
from maillage.situations.api import (
    Designation,
    EtatSituation,
    Ici,
    Ouverte,
    Situation,
    exiger,
    lire_identite,
    orientations_decidees,
    situation_a_modifier,
    une,
    visibles,
)
from maillage.situations.rules.suivi import juger_bilan
from maillage.socle.faits import Colonnes
from maillage.socle.journal import journaliser
from maillage.socle.refus import Introuvable, Refus
from maillage.socle.services import commande, modifier
from maillage.strategie.api import acteur as partenaire
from maillage.strategie.api import liste

REGLE = "orientation"
RESTAURATIVE = "justice_restaurative"
#: Schemes judged on the convention or the sentence that the transmission states, never before it.
ENTREE_PROPRE = frozenset({"pmsmp", "tig"})


@dataclass(frozen=True, slots=True)
class FaitsPmsmp:
    """What the convention of a work experience says, judged and not kept."""

    prescripteur: str
    tuteur: bool
    salarie: bool
    parties: Collection[str]


@dataclass(frozen=True, slots=True)
class Transmission:
    """Where an orientation goes, and on which days. Either an offer, or a body of the directory."""

    offre: UUID | None = None
    organisme: UUID | None = None
    debut: date | None = None
    fin: date | None = None
    objet: str = ""
    renouvellement: bool = False
    pmsmp: FaitsPmsmp | None = None


@dataclass(frozen=True, slots=True)
class OrientationOuverte:
    """An orientation locked for a change, with its situation and the actor there."""

    orientation: Orientation
    ou: Ouverte

    @property
    def ici(self) -> Ici:
        return self.ou.ici


def orientation_a_modifier(public_id: UUID) -> OrientationOuverte:
    """Lock situation then orientation, through the wall. The mayor reads, and changes nothing."""
    lue = une(Orientation, public_id)
    ou = situation_a_modifier(_situation_publique(lue))
    exiger(juger_bilan(etat=EtatSituation.OUVERTE, role=ou.ici.membre.role), lue)
    return OrientationOuverte(une(Orientation, public_id, verrou=True), ou)


def _situation_publique(lue: Orientation | Participation) -> UUID:
    return lue.situation.public_id


def dispositif_pour(code: str, conseil: int, objet: UUID) -> Dispositif:
    """The scheme, national or of that council. Raises ``Introuvable``."""
    try:
        return dispositif_de_code(code, conseil=conseil)
    except DispositifInconnuError as inconnu:
        raise Introuvable(objet) from inconnu


def est_referent(ou: Ouverte) -> bool:
    """Whether the actor is the référent de parcours of this file now."""
    return (
        visibles(Designation)
        .filter(situation=ou.situation, referent=ou.ici.compte, jusqua__isnull=True)
        .exists()
    )


def vivantes(situation: int, code: str) -> bool:
    """Whether the person is already led to that scheme, its participation not over."""
    lignes = visibles(Orientation).filter(situation=situation, dispositif_code=code, etat__in=VIVANTES)
    for ligne in lignes.prefetch_related("participations"):
        etats = [participation.etat for participation in ligne.participations.all()]
        if not etats or any(etat in OUVERTES or etat == EtatParticipation.DECLINEE for etat in etats):
            return True
    return False


@commande
def proposer_orientation(
    *,
    situation: UUID,
    dispositif: str,
    statut: str = "",
    qpv: str = "",
    destination: str = "",
    decidee_le: date | None = None,
) -> Orientation:
    """Propose a scheme. With ``decidee_le`` and ``destination``, complete a decision of a séance."""
    ou = situation_a_modifier(situation)
    lue, acteur = ou.situation, ou.ici
    exiger(juger_bilan(etat=lue.etat, role=acteur.membre.role), lue)
    scheme = dispositif_pour(dispositif, acteur.vu.conseil_pk, situation)
    decidee = decidee_le is not None and (decidee_le, destination) in orientations_decidees(
        lue.cercle_id, situation
    )
    verdict = regles.juger_proposition(
        situation_ouverte=lue.etat == EtatSituation.OUVERTE,
        role=acteur.membre.role,
        est_referent=est_referent(ou),
        decidee=decidee,
        dispositif_ouvert=scheme.ouvert(acteur.jour),
        deja_ouverte=vivantes(lue.pk, dispositif),
    )
    exiger(verdict, lue)
    exiger(Verdict.selon(hors_volet(scheme, lue.volet)), lue)
    profil = profil_de(lue, lire_identite(lue.identite_id), formation_du_cercle(lue.cercle_id).conseil)
    reponse = juger_l_eligibilite(scheme, None, profil, acteur.jour)
    exiger(regles.juger_d_emblee(reponse.verdict, le=acteur.jour, ouvre_le=reponse.possible_le), lue)
    orientation = Orientation.objects.create(
        cercle_id=lue.cercle_id,
        situation=lue,
        dispositif_code=dispositif,
        statut=statut if statut in dict(scheme.statuts) else "",
        destination=destination if decidee else "",
        decidee_le=decidee_le if decidee else None,
        qpv=qpv,
        proposee_le=acteur.jour,
        par_id=acteur.compte,
    )
    compter("proposition", situation=lue, orientation=orientation, le=acteur.jour, colonnes=Colonnes())
    journaliser("orientation_proposee", objet=orientation.public_id, cercle=lue.cercle_id)
    return orientation


@commande
def noter_reponse(*, orientation: UUID, version: int, accepte: bool, le: date) -> None:
    """Record what the person answered, and when (nothing is handed over before a yes)."""
    ouverte = orientation_a_modifier(orientation)
    lue = ouverte.orientation
    verdict = regles.juger_accord(
        etat=lue.etat,
        accepte=accepte,
        le=le,
        proposee_le=lue.reponse_le or lue.proposee_le,
        aujourd_hui=ouverte.ici.jour,
    )
    exiger(verdict, lue)
    etat = EtatOrientation.ACCEPTEE if accepte else EtatOrientation.REFUSEE
    modifier(Orientation.objects.filter(pk=lue.pk), version=version, etat=etat.value, reponse_le=le)
    journaliser("orientation_repondue", objet=orientation, cercle=lue.cercle_id, details={"etat": etat.value})


@commande
def transmettre(*, orientation: UUID, version: int, vers: Transmission) -> Participation:
    """Hand the orientation over to a body: take a place, judge the scheme's own rule, open the gate."""
    ouverte = orientation_a_modifier(orientation)
    lue, acteur, situation = ouverte.orientation, ouverte.ici, ouverte.ou.situation
    jour = acteur.jour
    verdict = regles.juger_transmission(
        etat=lue.etat,
        accord_le=lue.reponse_le if lue.etat != EtatOrientation.REFUSEE else None,
        le=jour,
        en_cours=visibles(Participation).filter(orientation=lue, etat__in=OUVERTES).exists(),
        aujourd_hui=jour,
        debut=vers.debut,
        fin=vers.fin,
    )
    exiger(verdict, lue)
    offre = offre_visible(vers.offre) if vers.offre is not None else None
    if offre is not None and offre.dispositif_code != lue.dispositif_code:
        raise Introuvable(vers.offre)
    organisme = offre.organisme if offre is not None else _organisme(vers.organisme)
    heures = _juger_le_dispositif(lue, ouverte, vers, offre, organisme)
    place = (
        reserver_place(offre=offre.public_id, du=vers.debut or jour, au=vers.fin)
        if offre is not None
        else None
    )
    dispositif = dispositif_pour(lue.dispositif_code, acteur.vu.conseil_pk, orientation)
    cercle = cercle_du_prestataire(acteur.vu.conseil_pk, organisme.pk, situation.volet) if organisme else None
    participation = Participation.objects.create(
        cercle_id=lue.cercle_id,
        situation=situation,
        orientation=lue,
        cercle_prestataire_id=cercle,
        organisme=organisme,
        offre=offre.public_id if offre is not None else None,
        place=place,
        objet=vers.objet,
        renouvellement=vers.renouvellement,
        debut_prevu=vers.debut,
        fin_prevue=vers.fin,
        heures_prevues=heures,
        paie_du_jour=lue.dispositif_code == "tapaj",
        transmise_le=jour,
        accuse_avant=regles.accuse_avant(jour),
    )
    if lue.etat != EtatOrientation.TRANSMISE:
        modifier(Orientation.objects.filter(pk=lue.pk), version=version, etat=EtatOrientation.TRANSMISE.value)
    if cercle is not None and organisme is not None:
        cache = dispositif.sensible and organisme.genre not in dispositif.genres
        intitule = dispositif.libelle_neutre if cache else dispositif.libelle
        remettre(participation, intitule=intitule, le=jour)
    journaliser("orientation_transmise", objet=orientation, cercle=lue.cercle_id)
    return participation


def _organisme(public_id: UUID | None) -> Organisme | None:
    if public_id is None:
        return None
    trouve = Organisme.objects.filter(public_id=public_id, actif=True).first()
    if trouve is None:
        raise Introuvable(public_id)
    return trouve


def _juger_le_dispositif(
    lue: Orientation,
    ouverte: OrientationOuverte,
    vers: Transmission,
    offre: Offre | None,
    organisme: Organisme | None,
) -> int | None:
    """The rule of the scheme, on what is transmitted or was stated; the hours of a sentence."""
    if lue.dispositif_code == "pmsmp":
        exiger(juger_pmsmp(ouverte, vers, organisme), lue)
    elif lue.dispositif_code == "tig":
        return _heures_du_tig(lue, ouverte, vers, offre, organisme)
    else:
        debut = vers.debut or ouverte.ici.jour
        verdict = juger_l_entree(lue, ouverte.ou.situation, ouverte.ici, debut, offre)
        jugee = empreinte_de_l_entree(lue, ouverte.ou.situation, ouverte.ici, debut, offre)
        exiger(juger(verdict, objet=lue.public_id, regle=REGLE, empreinte=jugee).en_verdict(), lue)
    return None


def empreinte_de_l_entree(
    lue: Orientation, situation: Situation, acteur: Ici, debut: date, offre: Offre | None = None
) -> str:
    """What the entry is judged on: scheme, first day, birth date, and what the rule reads of the offer.

    A birth date corrected, or another offer where the rule reads it, and what was set aside opposes again.
    """
    dispositif = dispositif_pour(lue.dispositif_code, acteur.vu.conseil_pk, lue.public_id)
    naissance = lire_identite(situation.identite_id).donnees.naissance
    connue = _connue(dispositif, offre)
    lu = ce_que_lit_la_regle(dispositif, connue, Profil(naissance=naissance), debut)
    return empreinte(REGLE, lue.dispositif_code, debut, naissance, *lu)


def _connue(dispositif: Dispositif, offre: Offre | None) -> OffreConnue | None:
    """Of an offer the entry reads one thing: whether who leads a restorative measure is trained."""
    return offre_connue(offre) if offre and dispositif.regle == RESTAURATIVE else None


def juger_l_entree(
    lue: Orientation, situation: Situation, acteur: Ici, debut: date, offre: Offre | None = None
) -> Verdict:
    """What the scheme's own rule answers for the first day planned, liftings not counted."""
    dispositif = dispositif_pour(lue.dispositif_code, acteur.vu.conseil_pk, lue.public_id)
    conseil = formation_du_cercle(situation.cercle_id).conseil
    profil = profil_de(situation, lire_identite(situation.identite_id), conseil)
    return juger_dispositif(dispositif, _connue(dispositif, offre), profil, debut)


def ouvre_le(lue: Orientation, situation: Situation, acteur: Ici) -> date | None:
    """The first day on which nothing opposes the scheme any more, where it is still to come and known."""
    dispositif = dispositif_pour(lue.dispositif_code, acteur.vu.conseil_pk, lue.public_id)
    conseil = formation_du_cercle(situation.cercle_id).conseil
    profil = profil_de(situation, lire_identite(situation.identite_id), conseil)
    possible = juger_l_eligibilite(dispositif, None, profil, acteur.jour).possible_le
    return possible if possible is not None and possible > acteur.jour else None


def hors_volet(dispositif: Dispositif, volet: str) -> list[Motif]:
    """What concerns an author is never a step of a victim's path."""
    return [] if dans_le_volet(dispositif, volet) else [HORS_VOLET]


def juger_pmsmp(ouverte: OrientationOuverte, vers: Transmission, organisme: Organisme | None) -> Verdict:
    """The convention, with what this person already did in this cercle (C. trav., art. D. 5135-3)."""
    faits = vers.pmsmp
    if faits is None or vers.debut is None or vers.fin is None or organisme is None:
        return Verdict.refus([regles.FAITS_MANQUANTS])
    return pmsmp(
        le=ouverte.ici.jour,
        nouvelle=Periode(str(organisme.pk), vers.debut, vers.fin, Objet(vers.objet), vers.renouvellement),
        prescripteur=Prescripteur(faits.prescripteur),
        tuteur=faits.tuteur,
        salarie=faits.salarie,
        parties=[Partie(partie) for partie in faits.parties],
        historique=pmsmp_passees(ouverte.ou.situation),
    )


#: Families of bodies that host a community work without an habilitation (Code pénal, art. 131-8).
PUBLICS = frozenset({"collectivite", "etat"})


def _heures_du_tig(
    lue: Orientation,
    ouverte: OrientationOuverte,
    vers: Transmission,
    offre: Offre | None,
    organisme: Organisme | None,
) -> int:
    """The hours of the sentence a judicial member stated, once the law agrees to serve it there."""
    peine = enonces_de(ouverte.ou.situation).peine_jugee
    naissance = lire_identite(ouverte.ou.situation.identite_id).donnees.naissance
    if peine is None or naissance is None:
        raise Refus(Verdict.refus([regles.FAITS_MANQUANTS]), objet=lue.public_id)
    habilite = organisme is not None and partenaire(organisme.genre).famille in PUBLICS
    if offre is not None and offre.habilitee_jusqua is not None:
        habilite = habilite or offre.habilitee_jusqua >= (vers.fin or ouverte.ici.jour)
    verdict = tig(
        naissance=naissance,
        heures=peine.heures,
        decision=peine.decision,
        faits=peine.faits,
        habilitation_accueil=habilite,
        nature=peine.nature,
    )
    exiger(verdict, lue)
    return peine.heures


@commande
def decider_retour(*, orientation: UUID, version: int, suite: str, le: date) -> None:
    """Record what the groupe decides once the participation is over."""
    ouverte = orientation_a_modifier(orientation)
    lue, acteur = ouverte.orientation, ouverte.ici
    derniere = visibles(Participation).filter(orientation=lue).order_by("-pk").first()
    verdict = regles.juger_retour(
        etat=lue.etat,
        participation=derniere.etat if derniere is not None else None,
        suite=suite,
        suites=[item.code for item in liste("suites_participation", acteur.jour)],
    )
    exiger(verdict, lue)
    modifier(
        Orientation.objects.filter(pk=lue.pk),
        version=version,
        etat=EtatOrientation.RETOUR.value,
        retour_le=le,
        suite=suite,
    )
    journaliser("orientation_retour", objet=orientation, cercle=lue.cercle_id, details={"suite": suite})
