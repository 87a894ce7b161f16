"""Rules of an orientation, from the proposal to what follows its end (fiches 4 and 6 to 14). Pure.

Usages may be set aside by the person in charge (``rules.levee``), the law never: without the person's
agreement nothing of them is handed over.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final, TypeVar

from maillage.droit.api import Force, Motif, Verdict, echeance_mois, entier, jour_en_lettres
from maillage.parcours.states import (
    OUVERTES,
    TRANSITIONS_ORIENTATION,
    TRANSITIONS_PARTICIPATION,
    EtatOrientation,
    EtatParticipation,
    EtatPresence,
)

FICHE_4: Final = "Stratégie nationale 2020-2024, fiche 4"
ACCORD: Final = "CSI, art. L. 132-5 ; RGPD, art. 5 ; Stratégie nationale 2020-2024, fiche 4"
USAGE: Final = "Règle d’usage : ce qui est daté est arrivé, et dans l’ordre"
#: The one result that a sheet of hours must bear out.
HEURES_EXECUTEES: Final = "heures_executees"
FICHE_8: Final = "Stratégie nationale 2020-2024, fiche 8 : payé le jour même"


def _usage(code: str, texte: str, base: str = USAGE) -> Motif:
    return Motif(code, texte, base, Force.USAGE)


E = TypeVar("E", bound=StrEnum)


def _passage(table: Mapping[E, frozenset[E]], de: str, vers: str) -> list[Motif]:
    if any(suite == vers for etat, suites in table.items() if etat == de for suite in suites):
        return []
    return [_usage("passage_impossible", "Ce passage n’est pas possible dans l’état où en est ce parcours.")]


def _entre(le: date, *, pas_avant: date | None, aujourd_hui: date, quoi: str) -> list[Motif]:
    if le > aujourd_hui:
        return [_usage("date_future", "Cette date est à venir : notez-la quand elle sera passée.")]
    if pas_avant is not None and le < pas_avant:
        return [_usage("date_avant", f"Cette date précède {quoi} ({jour_en_lettres(pas_avant)}).")]
    return []


# --- The groupe's half -----------------------------------------------------------------------------


def juger_proposition(
    *,
    situation_ouverte: bool,
    role: str,
    est_referent: bool,
    decidee: bool,
    dispositif_ouvert: bool,
    deja_ouverte: bool,
) -> Verdict:
    """The référent proposes, with the person; what the groupe decided in séance, its coordination may write.

    ``deja_ouverte``: the person is already led to this very scheme.
    """
    motifs = [] if situation_ouverte else [_usage("situation_close", "Cette situation est close.")]
    if not est_referent and not (decidee and role == "coordonnateur"):
        texte = (
            "Une orientation est proposée par le référent de parcours, ou décidée par le groupe en séance ; "
            "la coordination complète alors la décision."
        )
        motifs.append(Motif("proposition_du_referent", texte, FICHE_4, Force.DOCTRINE))
    if not dispositif_ouvert:
        motifs.append(_usage("dispositif_ferme", "Ce dispositif n’existe pas, ou n’existe plus, ici."))
    if deja_ouverte:
        texte = "Cette personne est déjà orientée vers ce dispositif : terminez d’abord ce qui est en cours."
        motifs.append(_usage("deja_oriente", texte))
    return Verdict.selon(motifs)


#: What the law asks and what may still be gathered once the scheme is proposed, before it begins.
A_REUNIR: Final = frozenset(
    {
        "naissance_inconnue",
        "tuteur_absent",
        "accueil_non_habilite",
        "faits_non_reconnus",
        "consentement_manquant",
        "animateur_non_forme",
        "tiers_non_independant",
        "controle_manquant",
        "preparation_manquante",
    }
)


def juger_d_emblee(entree: Verdict, *, le: date, ouvre_le: date | None) -> Verdict:
    """A scheme that the law closes to this person is not proposed to them: every reason is said at once.

    Where only usages, doctrines or conditions still to be gathered oppose it, it may be proposed: they are
    said beside it, and judged again before anything is handed over. Where waiting is enough (a birthday),
    it is prepared ahead: ``ouvre_le``, the first day on which nothing opposes it, is near and said.
    """
    if all(not _ferme(motif) for motif in entree.motifs):
        return Verdict.accord()
    if ouvre_le is not None and ouvre_le <= echeance_mois(le, entier("parcours.proposition_avance_mois", le)):
        return Verdict.accord({"ouvre_le": ouvre_le})
    return Verdict.refus(entree.motifs, entree.echeances)


def _ferme(motif: Motif) -> bool:
    return motif.force is Force.LOI and motif.code not in A_REUNIR


def juger_accord(*, etat: str, accepte: bool, le: date, proposee_le: date, aujourd_hui: date) -> Verdict:
    """The person says yes or no, on a day; a yes may be taken back until the transmission."""
    vers = EtatOrientation.ACCEPTEE if accepte else EtatOrientation.REFUSEE
    motifs = _passage(TRANSITIONS_ORIENTATION, etat, vers)
    motifs += _entre(le, pas_avant=proposee_le, aujourd_hui=aujourd_hui, quoi="la proposition")
    return Verdict.selon(motifs)


def juger_transmission(
    *,
    etat: str,
    accord_le: date | None,
    le: date,
    en_cours: bool,
    aujourd_hui: date,
    debut: date | None = None,
    fin: date | None = None,
) -> Verdict:
    """Nothing of a person leaves the groupe before their dated agreement. ``en_cours``: a body has it now."""
    motifs = []
    if accord_le is None or le < accord_le:
        texte = "L’accord de la personne se note avant toute transmission : rien n’est remis sans lui."
        motifs.append(Motif("accord_manquant", texte, ACCORD, Force.LOI))
    if etat not in {EtatOrientation.ACCEPTEE, EtatOrientation.TRANSMISE}:
        motifs += _passage(TRANSITIONS_ORIENTATION, etat, EtatOrientation.TRANSMISE)
    if en_cours:
        texte = "Cette orientation est déjà chez un lieu d’accueil : une seule participation à la fois."
        motifs.append(_usage("participation_en_cours", texte))
    motifs += _entre(le, pas_avant=None, aujourd_hui=aujourd_hui, quoi="")
    if debut is not None and fin is not None and fin < debut:
        motifs.append(_usage("dates_incoherentes", "La fin prévue précède le début."))
    return Verdict.selon(motifs)


def juger_retour(*, etat: str, participation: str | None, suite: str, suites: Collection[str]) -> Verdict:
    """What follows is decided once the participation is over, declined or stopped."""
    motifs = _passage(TRANSITIONS_ORIENTATION, etat, EtatOrientation.RETOUR)
    if participation in {e.value for e in OUVERTES}:
        texte = "La participation est encore en cours : la suite se décide à sa fin."
        motifs.append(_usage("participation_en_cours", texte))
    if suite not in suites:
        motifs.append(_usage("suite_inconnue", "Choisissez une suite de la liste."))
    return Verdict.selon(motifs)


def motifs_de_cloture(*, en_cours: int) -> list[Motif]:
    """A body that still receives someone would go on alone, and the end would never be counted."""
    if not en_cours:
        return []
    combien = (
        "Une participation est encore ouverte"
        if en_cours == 1
        else f"{en_cours} participations sont encore ouvertes"
    )
    texte = (
        f"{combien} dans un lieu d’accueil. Notez d’abord sa fin, ou son arrêt avant le terme, "
        "depuis le parcours de la personne ; la situation se clôt ensuite."
    )
    return [_usage("participation_ouverte", texte, FICHE_4)]


# --- The participation -----------------------------------------------------------------------------


def accuse_avant(transmise_le: date) -> date:
    """Last day on which the reception is acknowledged without being late."""
    return transmise_le + timedelta(days=entier("parcours.accuse_jours", transmise_le))


def rappel_le(accuse_avant_le: date) -> date:
    """From this day on the référent is reminded."""
    return accuse_avant_le - timedelta(days=entier("parcours.rappel_jours", accuse_avant_le))


#: Neither the person's answer nor what was stated elsewhere is told to the body.
NE_PAS_COMMENCER: Final = Motif(
    "ne_pas_commencer",
    "Le groupe qui a confié cette personne demande de ne pas commencer. Il dira s’il faut reprendre.",
    "Règle de l’application : le groupe dit quand une participation peut commencer",
    Force.LOI,
)


def juger_passage(
    *,
    etat: str,
    vers: str,
    le: date,
    pas_avant: date,
    aujourd_hui: date,
    quoi: str = "la transmission",
    suspendue: bool = False,
) -> Verdict:
    """Acknowledge, decline or start: in the order of the table, on a day that has come.

    ``suspendue``: the groupe asks that it does not begin.
    """
    motifs = _passage(TRANSITIONS_PARTICIPATION, etat, vers)
    if suspendue and vers == EtatParticipation.COMMENCEE:
        motifs.append(NE_PAS_COMMENCER)
    return Verdict.selon([*motifs, *_entre(le, pas_avant=pas_avant, aujourd_hui=aujourd_hui, quoi=quoi)])


#: A participation that has not begun: the person may still take back their agreement, without a word.
PAS_COMMENCEES: Final = frozenset({EtatParticipation.TRANSMISE, EtatParticipation.ACCUSEE})


def juger_retrait(*, etat: str, suspendue: bool, le: date, accord_le: date, aujourd_hui: date) -> Verdict:
    """The person takes back, after the transmission, the agreement noted before it: nothing begins.

    Begun, a participation is stopped instead, with its cause: what was done is counted.
    """
    motifs = []
    if etat not in PAS_COMMENCEES:
        texte = "Cette participation a commencé, ou elle est finie : notez son arrêt avant le terme."
        motifs.append(_usage("deja_commencee", texte))
    if suspendue:
        motifs.append(_usage("deja_suspendue", "C’est déjà noté : le lieu d’accueil ne commence pas."))
    motifs += _entre(le, pas_avant=accord_le, aujourd_hui=aujourd_hui, quoi="l’accord de la personne")
    return Verdict.selon(motifs)


def juger_nouvel_accord(
    *, etat: str, suspendue_le: date | None, le: date, aujourd_hui: date, entree: Verdict
) -> Verdict:
    """The person agrees again. ``entree``: what the law of the scheme answers now, which nobody lifts."""
    motifs = []
    if suspendue_le is None or etat not in PAS_COMMENCEES:
        texte = "Rien n’est suspendu : il n’y a pas de nouvel accord à noter."
        motifs.append(_usage("rien_a_reprendre", texte))
    motifs += _entre(le, pas_avant=suspendue_le, aujourd_hui=aujourd_hui, quoi="le retrait de l’accord")
    motifs += [motif for motif in entree.motifs if motif.force is Force.LOI]
    return Verdict.selon(motifs)


def juger_fin(
    *,
    etat: str,
    vers: str,
    code: str,
    codes: Collection[str],
    le: date,
    pas_avant: date,
    aujourd_hui: date,
    heures_restantes: Decimal = Decimal(0),
) -> Verdict:
    """An end says which: a result where it went to its term, a cause where it stopped; never a narrative.

    ``heures_restantes``: of the total to be done; none where the scheme has no total.
    """
    motifs = _passage(TRANSITIONS_PARTICIPATION, etat, vers)
    if code == HEURES_EXECUTEES and heures_restantes > 0:
        texte = f"La feuille d’heures en laisse {heures_restantes:f} à faire : notez-les, ou dites pourquoi."
        motifs.append(_usage("heures_restantes", texte))
    if code not in codes:
        if vers == EtatParticipation.TERMINEE:
            motifs.append(_usage("resultat_manquant", "Dites ce qu’elle a permis, ou « sans suite »."))
        else:
            motifs.append(_usage("cause_manquante", "Dites pourquoi, par une cause de la liste."))
    return Verdict.selon(
        [*motifs, *_entre(le, pas_avant=pas_avant, aujourd_hui=aujourd_hui, quoi="le début")]
    )


@dataclass(frozen=True, slots=True)
class Cadre:
    """What bounds an attendance: the days of the participation, and the hours of a day of its phase."""

    commencee_le: date | None
    finie_le: date | None
    heures_jour_max: int | None = None
    heures_prevues: int | None = None


def juger_presence(
    *,
    etat: str,
    presence: str,
    le: date,
    heures: Decimal,
    deja_faites: Decimal,
    deja_notee: bool,
    cadre: Cadre,
    aujourd_hui: date,
) -> Verdict:
    """An attendance is a day, hours and one of three words, inside the participation.

    ``deja_faites``: hours of the other days, against the total of a community work.
    """
    motifs = []
    if etat not in {EtatParticipation.COMMENCEE, EtatParticipation.TERMINEE, EtatParticipation.ABANDONNEE}:
        motifs.append(_usage("pas_commencee", "La participation n’a pas commencé."))
    motifs += _entre(le, pas_avant=cadre.commencee_le, aujourd_hui=aujourd_hui, quoi="le début")
    if cadre.finie_le is not None and le > cadre.finie_le:
        motifs.append(_usage("apres_la_fin", "Cette date suit la fin de la participation."))
    if deja_notee:
        motifs.append(_usage("presence_deja_notee", "Ce jour est déjà noté."))
    if presence == EtatPresence.PRESENT and heures <= 0:
        motifs.append(_usage("heures_manquantes", "Indiquez les heures faites ce jour-là."))
    if presence != EtatPresence.PRESENT and heures > 0:
        motifs.append(_usage("heures_sans_presence", "Une absence ne compte pas d’heures."))
    if cadre.heures_jour_max is not None and heures > cadre.heures_jour_max:
        motifs += juger_heures_du_jour(limite=cadre.heures_jour_max).motifs
    if cadre.heures_prevues is not None and deja_faites + heures > cadre.heures_prevues:
        reste = max(Decimal(0), cadre.heures_prevues - deja_faites)
        texte = f"Il ne reste que {reste:f} heures à faire : pas plus que le total prononcé."
        motifs.append(Motif("heures_au_dela", texte, "Code pénal, art. 131-8", Force.LOI))
    return Verdict.selon(motifs)


def juger_heures_du_jour(*, limite: int | None) -> Verdict:
    """Whether a day longer than its phase allows would be refused: a usage, that the groupe may set aside."""
    if limite is None:
        return Verdict.accord()
    texte = f"{limite} heures par jour au plus dans cette phase."
    return Verdict.refus([_usage("heures_du_jour", texte, "Stratégie nationale 2020-2024, fiche 8")])


def juger_paie(*, presence: str, le: date, paye_le: date, deja: bool, aujourd_hui: date) -> Verdict:
    """Work by the day is paid the same day (fiche 8): later is noted, and said."""
    motifs = []
    if presence != EtatPresence.PRESENT:
        motifs.append(_usage("rien_a_payer", "Ce jour-là n’a pas été travaillé."))
    if deja:
        motifs.append(_usage("deja_paye", "Ce jour est déjà payé."))
    if paye_le > aujourd_hui or paye_le < le:
        motifs.append(_usage("date_de_paie", "Le jour de paie est celui du travail, ou un jour qui a suivi."))
    elif paye_le != le:
        motifs.append(_usage("paie_pas_le_jour_meme", "Ce travail se paie le jour même.", FICHE_8))
    return Verdict.selon(motifs)


def juger_phase(
    *, etat: str, rang: int, rang_en_cours: int, le: date, depuis: date, aujourd_hui: date
) -> Verdict:
    """Phases follow one another; a longer one than planned is no fault."""
    motifs = []
    if etat != EtatParticipation.COMMENCEE:
        motifs.append(_usage("pas_en_cours", "Une phase commence pendant la participation."))
    if rang <= rang_en_cours:
        motifs.append(_usage("phase_passee", "Cette phase est passée, ou en cours."))
    return Verdict.selon(
        [*motifs, *_entre(le, pas_avant=depuis, aujourd_hui=aujourd_hui, quoi="la phase en cours")]
    )


FAITS_MANQUANTS: Final = _usage(
    "faits_manquants", "Complétez les dates, le lieu et ce que la règle du dispositif demande."
)
