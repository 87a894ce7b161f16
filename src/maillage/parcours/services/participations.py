"""What happens in a participation: written by the body that receives, or by the référent for it.

Either side writes the same facts under the same rules; neither writes a narrative. The body knows neither the
scheme nor the file: the base counts for it (``suites``).
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q, Sum

from maillage.droit.api import Force, Motif, Verdict
from maillage.instances.api import fuseau_du_cercle, mes_cercles
from maillage.parcours.models import Participation, PhaseSuivie, Presence
from maillage.parcours.rules import orientation as regles
from maillage.parcours.rules.levee import LeveeFaite, avec_levees, empreinte
from maillage.parcours.rules.orientation import Cadre
from maillage.parcours.selectors.levees import levees_de
from maillage.parcours.services.orientations import dispositif_pour
from maillage.parcours.services.suites import regulariser
from maillage.parcours.states import EtatParticipation, EtatPresence
from maillage.situations.api import exiger, ici, situation_a_modifier
from maillage.situations.rules.suivi import role_qui_ecrit
from maillage.socle.contexte import acteur_requis
from maillage.socle.journal import journaliser
from maillage.socle.refus import Introuvable, Refus
from maillage.socle.services import commande, modifier
from maillage.socle.temps import aujourd_hui
from maillage.strategie.api import liste

REGLE_PRESENCE = "presence"
#: A reason the groupe may set aside -> the column where the body reads that it did.
LEVEES_DITES = {"heures_du_jour": "jours_longs_le", "paie_pas_le_jour_meme": "paie_tardive_le"}
RESERVE_AU_GROUPE = Motif(
    "reserve_au_groupe",
    "Ceci se note dans le groupe qui a transmis, pas au lieu d’accueil.",
    "Code de la sécurité intérieure, art. L. 132-5",
    Force.LOI,
)


@dataclass(frozen=True, slots=True)
class Suivie:
    """A participation locked for a change, and from which side: the groupe's, or the body's."""

    participation: Participation
    groupe: bool
    jour: date

    @property
    def reference(self) -> date:
        """The last thing known before the act."""
        lue = self.participation
        return lue.accusee_le or lue.transmise_le


def participation_a_modifier(public_id: UUID) -> Suivie:
    """Lock it through the wall, on the side where the actor reads it. Raises ``Introuvable``."""
    cercles = mes_cercles()
    lignes = Participation.objects.filter(Q(cercle__in=cercles) | Q(cercle_prestataire__in=cercles))
    lue = lignes.filter(public_id=public_id).first()
    if lue is None:
        raise Introuvable(public_id)
    groupe = lue.cercle_id in cercles
    if groupe:
        ou = situation_a_modifier(lue.situation.public_id)
        exiger(Verdict.selon(role_qui_ecrit(ou.ici.membre.role)), lue)
        jour = ou.ici.jour
    else:
        jour = aujourd_hui(fuseau_du_cercle(lue.cercle_prestataire_id or 0))
    return Suivie(lignes.select_for_update(of=("self",)).get(pk=lue.pk), groupe, jour)


def _changer(suivie: Suivie, evenement: str, *, version: int, **valeurs: Any) -> None:
    """Write, count in the same transaction whichever side writes, journal the codes only."""
    lue = suivie.participation
    modifier(Participation.objects.filter(pk=lue.pk), version=version, **valeurs)
    regulariser(lue.pk)
    cercle = lue.cercle_id if suivie.groupe else lue.cercle_prestataire_id
    journaliser(evenement, objet=lue.public_id, cercle=cercle)


@commande
def accuser_reception(*, participation: UUID, version: int, le: date) -> None:
    """The body says that it received the orientation."""
    suivie = participation_a_modifier(participation)
    lue = suivie.participation
    vers = EtatParticipation.ACCUSEE.value
    verdict = regles.juger_passage(
        etat=lue.etat, vers=vers, le=le, pas_avant=lue.transmise_le, aujourd_hui=suivie.jour
    )
    exiger(verdict, lue)
    _changer(suivie, "reception_accusee", version=version, etat=vers, accusee_le=le)


@commande
def decliner(*, participation: UUID, version: int, cause: str, le: date) -> None:
    """The body cannot receive: the orientation may go elsewhere."""
    _finir(
        participation,
        version=version,
        vers=EtatParticipation.DECLINEE,
        champ="cause",
        code=cause,
        codes="causes_refus_accueil",
        le=le,
    )


@commande
def commencer(*, participation: UUID, version: int, le: date) -> None:
    """The first day; the first phase of the scheme begins with it."""
    suivie = participation_a_modifier(participation)
    lue = suivie.participation
    vers = EtatParticipation.COMMENCEE.value
    verdict = regles.juger_passage(
        etat=lue.etat,
        vers=vers,
        le=le,
        pas_avant=suivie.reference,
        aujourd_hui=suivie.jour,
        quoi="la réception",
        suspendue=lue.suspendue_le is not None,
    )
    exiger(verdict, lue)
    _changer(suivie, "participation_commencee", version=version, etat=vers, commencee_le=le)


@commande
def passer_phase(*, participation: UUID, version: int, code: str, le: date) -> PhaseSuivie:
    """Enter a phase of the scheme: its hours of a day bound the attendances that follow."""
    suivie = participation_a_modifier(participation)
    lue = suivie.participation
    exiger_du_groupe(suivie)
    conseil = ici(lue.cercle_id).vu.conseil_pk
    dispositif = dispositif_pour(lue.orientation.dispositif_code, conseil, participation)
    prevue = next((phase for phase in dispositif.phases if phase.code == code), None)
    if prevue is None:
        raise Introuvable(participation)
    en_cours = PhaseSuivie.objects.filter(participation=lue, jusqua__isnull=True).first()
    verdict = regles.juger_phase(
        etat=lue.etat,
        rang=prevue.rang,
        rang_en_cours=en_cours.rang if en_cours else 0,
        le=le,
        depuis=en_cours.depuis if en_cours else lue.commencee_le or lue.transmise_le,
        aujourd_hui=suivie.jour,
    )
    exiger(verdict, lue)
    if en_cours is not None:
        modifier(PhaseSuivie.objects.filter(pk=en_cours.pk), version=en_cours.version, jusqua=le)
    phase = PhaseSuivie.objects.create(
        cercle_id=lue.cercle_id, participation=lue, code=code, rang=prevue.rang, depuis=le
    )
    _changer(suivie, "phase_commencee", version=version, heures_jour_max=prevue.heures_jour_max)
    dire_les_levees(lue.pk)
    return phase


def heures_faites(participation: Participation) -> Decimal:
    """Hours done, over all its days."""
    return Presence.objects.filter(participation=participation).aggregate(n=Sum("heures"))["n"] or Decimal(0)


def juger_presence(suivie: Suivie, *, le: date, etat: str, heures: Decimal) -> Verdict:
    """What the rule answers to this attendance now, liftings not counted."""
    lue = suivie.participation
    return regles.juger_presence(
        etat=lue.etat,
        presence=etat,
        le=le,
        heures=heures,
        deja_faites=heures_faites(lue),
        deja_notee=Presence.objects.filter(participation=lue, le=le).exists(),
        cadre=Cadre(lue.commencee_le, lue.finie_le, lue.heures_jour_max, lue.heures_prevues),
        aujourd_hui=suivie.jour,
    )


def empreinte_des_jours(lue: Participation) -> str:
    """What the days of a participation are judged on: the hours of its phase, its first and last days."""
    return empreinte(REGLE_PRESENCE, lue.heures_jour_max, lue.commencee_le, lue.fin_prevue)


def _leve(verdict: Verdict, suivie: Suivie) -> Verdict:
    """Once what was set aside counts: as written for the groupe, as it was told for the body."""
    lue = suivie.participation
    faites = _levees(lue) if suivie.groupe else _levees_dites(lue)
    return avec_levees(verdict, faites).en_verdict()


def _levees(lue: Participation) -> tuple[LeveeFaite, ...]:
    return levees_de(lue.public_id, REGLE_PRESENCE, empreinte_des_jours(lue))


def _levees_dites(lue: Participation) -> tuple[LeveeFaite, ...]:
    """The body reads that it is allowed and since when; neither by whom nor why."""
    dites = ((code, getattr(lue, champ)) for code, champ in LEVEES_DITES.items())
    return tuple(LeveeFaite(code, "", "", "", le) for code, le in dites if le is not None)


def dire_les_levees(cle: int) -> None:
    """Tell the body what is allowed now: called by the groupe whenever its liftings may have changed."""
    lue = Participation.objects.get(pk=cle)
    if lue.cercle_prestataire_id is None:
        return
    faites = {faite.code: faite.le for faite in _levees(lue)}
    dites = {champ: faites.get(code) for code, champ in LEVEES_DITES.items()}
    if any(getattr(lue, champ) != le for champ, le in dites.items()):
        modifier(Participation.objects.filter(pk=lue.pk), version=lue.version, **dites)


@commande
def noter_presence(*, participation: UUID, le: date, etat: str, heures: Decimal) -> Presence:
    """One day: present, excused or absent, and the hours done. Never why."""
    suivie = participation_a_modifier(participation)
    lue = suivie.participation
    presence = EtatPresence(etat).value
    heures = heures if presence == EtatPresence.PRESENT else Decimal(0)
    verdict = juger_presence(suivie, le=le, etat=presence, heures=heures)
    exiger(_leve(verdict, suivie), lue)
    notee = Presence.objects.create(
        cercle_id=lue.cercle_id,
        cercle_prestataire_id=lue.cercle_prestataire_id,
        participation=lue,
        le=le,
        etat=presence,
        heures=heures,
        par_id=acteur_requis(),
    )
    cercle = lue.cercle_id if suivie.groupe else lue.cercle_prestataire_id
    journaliser("presence_notee", objet=lue.public_id, cercle=cercle, details={"etat": presence})
    return notee


@commande
def payer(*, presence: UUID, version: int, le: date) -> None:
    """Note the pay of a day of work: the same day, unless the rule was set aside."""
    cercles = mes_cercles()
    notee = Presence.objects.filter(
        Q(cercle__in=cercles) | Q(cercle_prestataire__in=cercles), public_id=presence
    ).first()
    if notee is None:
        raise Introuvable(presence)
    suivie = participation_a_modifier(notee.participation.public_id)
    verdict = regles.juger_paie(
        presence=notee.etat,
        le=notee.le,
        paye_le=le,
        deja=notee.paye_le is not None,
        aujourd_hui=suivie.jour,
    )
    exiger(_leve(verdict, suivie), notee)
    modifier(Presence.objects.filter(pk=notee.pk), version=version, paye_le=le)
    cercle = notee.cercle_id if suivie.groupe else notee.cercle_prestataire_id
    journaliser("presence_payee", objet=presence, cercle=cercle)


@commande
def terminer(*, participation: UUID, version: int, resultat: str, le: date) -> None:
    """Its term, with what it made possible: a typed result."""
    _finir(
        participation,
        version=version,
        vers=EtatParticipation.TERMINEE,
        champ="resultat",
        code=resultat,
        codes="resultats_participation",
        le=le,
    )


@commande
def abandonner(*, participation: UUID, version: int, cause: str, le: date) -> None:
    """An early end, with its practical cause."""
    _finir(
        participation,
        version=version,
        vers=EtatParticipation.ABANDONNEE,
        champ="cause",
        code=cause,
        codes="causes_abandon",
        le=le,
    )


def _finir(
    public_id: UUID, *, version: int, vers: EtatParticipation, champ: str, code: str, codes: str, le: date
) -> None:
    suivie = participation_a_modifier(public_id)
    lue = suivie.participation
    verdict = regles.juger_fin(
        etat=lue.etat,
        vers=vers.value,
        code=code,
        codes=[item.code for item in liste(codes, suivie.jour)],
        le=le,
        pas_avant=lue.commencee_le or lue.transmise_le,
        aujourd_hui=suivie.jour,
        heures_restantes=max(Decimal(0), (lue.heures_prevues or 0) - heures_faites(lue)),
    )
    exiger(verdict, lue)
    _clore_la_phase(suivie, le)
    _changer(
        suivie,
        f"participation_{vers.value}",
        version=version,
        **{"etat": vers.value, "finie_le": le, champ: code},
    )


def _clore_la_phase(suivie: Suivie, le: date) -> None:
    """The phase under way ends with the participation; the body does not see phases, they end by its date."""
    if not suivie.groupe:
        return
    for phase in PhaseSuivie.objects.filter(participation=suivie.participation, jusqua__isnull=True):
        modifier(PhaseSuivie.objects.filter(pk=phase.pk), version=phase.version, jusqua=max(le, phase.depuis))


@commande
def noter_bilan(
    *,
    participation: UUID,
    version: int,
    evaluation_le: date | None,
    reunion_le: date | None,
    apres: str,
) -> None:
    """The tutor's sheet, the end-of-measure meeting and what comes after it (fiche 13): dates, a code."""
    suivie = participation_a_modifier(participation)
    exiger_du_groupe(suivie)
    suites = {item.code for item in liste("suites_participation", suivie.jour)}
    if apres and apres not in suites:
        raise Introuvable(participation)
    _changer(
        suivie,
        "bilan_de_mesure",
        version=version,
        evaluation_le=evaluation_le,
        reunion_le=reunion_le,
        apres=apres,
    )


def exiger_du_groupe(suivie: Suivie) -> None:
    """Refuse what the body may not note."""
    if not suivie.groupe:
        raise Refus(Verdict.refus([RESERVE_AU_GROUPE]), statut=403, objet=suivie.participation.public_id)
