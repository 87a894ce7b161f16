"""What a convention becomes with time: state, term, renewals, amendments, reminders. Pure.

A state is never stored. It follows from who signed and from the day it is asked for, so no nightly task can
be late, and a page of last year says what was true last year. Days are inclusive: a convention is in force
on its last day.
"""

from __future__ import annotations

import calendar
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from maillage.documents.states import (
    LIBELLES,
    SIGNEES,
    TRANSITIONS_CONVENTION,
    VIVANTS,
    EtatAvenant,
    EtatConvention,
)
from maillage.droit.api import Force, Motif, Verdict

#: Guard of the loop of tacit renewals: no convention of the product is renewed more often.
RENOUVELLEMENTS_MAX = 20
USAGE = "Règle d’usage de Maillage : une convention dit à tout moment si elle s’applique"
CODE_CIVIL = "Code civil, art. 1103, 1193 et 1210 à 1215"


class Mode(StrEnum):
    """How it goes on after its term."""

    AUCUN = "aucun"
    EXPRES = "expres"
    TACITE = "tacite"


LIBELLES_MODE = {
    Mode.AUCUN: "Aucun : elle s’arrête à son terme",
    Mode.EXPRES: "Exprès : une nouvelle convention est signée",
    Mode.TACITE: "Tacite : elle se prolonge si personne ne la dénonce à temps",
}


@dataclass(frozen=True, slots=True)
class Renouvellement:
    """``duree_mois`` and ``fois`` bound a tacit renewal; ``preavis_jours`` is the notice to refuse it."""

    mode: Mode = Mode.AUCUN
    duree_mois: int = 0
    fois: int = 0
    preavis_jours: int = 0


SANS = Renouvellement()


@dataclass(frozen=True, slots=True)
class FaitsAvenant:
    """A numbered amendment: it counts from its day, once every required party has signed it."""

    numero: int
    prend_effet_le: date
    signe_le: date | None = None
    nouvelle_fin: date | None = None


@dataclass(frozen=True, slots=True)
class Faits:
    """What was recorded of a convention. ``signee_le``: the day the last required party signed."""

    debut: date
    fin: date
    proposee_le: date | None = None
    signee_le: date | None = None
    renouvellement: Renouvellement = SANS
    denoncee_le: date | None = None
    resiliee_le: date | None = None
    renouvelee_le: date | None = None
    avenants: tuple[FaitsAvenant, ...] = ()


def ajouter_mois(jour: date, mois: int) -> date:
    """The same day ``mois`` later, or the last day of a shorter month."""
    annee, rang = divmod(jour.month - 1 + mois, 12)
    annee += jour.year
    return date(annee, rang + 1, min(jour.day, calendar.monthrange(annee, rang + 1)[1]))


def jour_de_signature(requises: Collection[str], signatures: Iterable[tuple[str, date]]) -> date | None:
    """The day the last required party signed; None while one is missing, or when no party is required."""
    faites = {role: le for role, le in signatures if role in requises}
    return max(faites.values()) if requises and set(requises) == set(faites) else None


def etat_avenant(avenant: FaitsAvenant, le: date) -> EtatAvenant:
    """Where an amendment stands on ``le``."""
    if avenant.signe_le is None or avenant.signe_le > le:
        return EtatAvenant.A_SIGNER
    return EtatAvenant.EN_VIGUEUR if avenant.prend_effet_le <= le else EtatAvenant.SIGNE


def fin_ecrite(faits: Faits, le: date) -> date:
    """The term as signed: that of the last amendment in force that moves it, else the first one.

    An amendment signed after the term that applied moves nothing: what is over is not prolonged.
    """
    fin = faits.fin
    for avenant in sorted(faits.avenants, key=lambda a: a.numero):
        if (
            avenant.nouvelle_fin is not None
            and etat_avenant(avenant, le) is EtatAvenant.EN_VIGUEUR
            and max(avenant.prend_effet_le, avenant.signe_le or le) <= fin
        ):
            fin = avenant.nouvelle_fin
    return fin


def limite_de_denonciation(faits: Faits, terme_: date) -> date:
    """The last day on which a refusal of the tacit renewal is in time."""
    return terme_ - timedelta(days=faits.renouvellement.preavis_jours)


def terme(faits: Faits, le: date) -> date:
    """The last day of the convention as known on ``le``, tacit renewals passed included.

    A tacit renewal is gained once the notice is over without a refusal: from then on the next term is known.
    """
    fin, depart = fin_ecrite(faits, le), fin_ecrite(faits, le)
    regle = faits.renouvellement
    if regle.mode is not Mode.TACITE or regle.duree_mois < 1:
        return fin
    for fois in range(1, min(regle.fois, RENOUVELLEMENTS_MAX) + 1):
        limite = limite_de_denonciation(faits, fin)
        if le <= limite or (faits.denoncee_le is not None and faits.denoncee_le <= limite):
            break
        fin = ajouter_mois(depart, regle.duree_mois * fois)
    return fin


def etat(faits: Faits, le: date) -> EtatConvention:
    """Where the convention stands on ``le``. What was already over on its day is not ended again."""
    resiliee = faits.resiliee_le
    if resiliee is not None and resiliee <= le and _sans_resiliation(faits, resiliee) in VIVANTS:
        return EtatConvention.RESILIEE
    return _sans_resiliation(faits, le)


def _sans_resiliation(faits: Faits, le: date) -> EtatConvention:
    if faits.proposee_le is None or faits.proposee_le > le:
        return EtatConvention.A_PREPARER
    fin = terme(faits, le)
    signee = faits.signee_le is not None and faits.signee_le <= le and faits.signee_le <= fin
    if signee and faits.renouvelee_le is not None and faits.renouvelee_le <= min(le, fin + timedelta(days=1)):
        return EtatConvention.RENOUVELEE
    if le > fin:
        return EtatConvention.ECHUE
    if not signee:
        return EtatConvention.A_SIGNER
    return EtatConvention.EN_VIGUEUR if faits.debut <= le else EtatConvention.SIGNEE


def prend_effet_le(faits: Faits) -> date | None:
    """First day of force: the written one, or the day of the last signature where it came later."""
    return max(faits.debut, faits.signee_le) if faits.signee_le else None


@dataclass(frozen=True, slots=True)
class Rappel:
    """Something a coordinator must be told: ``avant_le`` is the day it must be done by."""

    genre: str
    avant_le: date


def rappels(faits: Faits, le: date, jours: Sequence[int]) -> tuple[Rappel, ...]:
    """What is to be recalled on ``le``; ``jours`` are the delays before the term, in days.

    Signatures missing as the first day comes; the notice of a tacit renewal; the term.
    """
    ou = etat(faits, le)
    avance = timedelta(days=max(jours, default=0))
    if ou in {EtatConvention.A_PREPARER, EtatConvention.A_SIGNER} and faits.signee_le is None:
        proche = faits.debut - le <= avance
        return (Rappel("signatures", faits.debut),) if proche else ()
    if ou is not EtatConvention.EN_VIGUEUR:
        return ()
    fin, regle = terme(faits, le), faits.renouvellement
    if regle.mode is Mode.TACITE and regle.fois and faits.denoncee_le is None:
        limite = limite_de_denonciation(faits, fin)
        if le <= limite <= le + avance:
            return (Rappel("preavis", limite),)
    if fin - le <= avance:
        return (Rappel("renouveler" if regle.mode is Mode.EXPRES else "terme", fin),)
    return ()


# --- What may be done ------------------------------------------------------------------------------


def _refus(code: str, texte: str, base: str = USAGE, force: Force = Force.USAGE) -> Motif:
    return Motif(code=code, texte=texte, base_legale=base, force=force)


def _dans(etats: Collection[EtatConvention], ou: EtatConvention, acte: str) -> list[Motif]:
    if ou in etats:
        return []
    return [_refus("etat_de_la_convention", f"Convention « {LIBELLES[ou].lower()} » : {acte}.")]


def juger_dates(debut: date, fin: date) -> Verdict:
    """The two days of a convention."""
    if fin < debut:
        return Verdict.refus([_refus("dates_incoherentes", "La convention finit avant de commencer.")])
    return Verdict.accord()


def juger_envoi(faits: Faits, le: date, *, sans_signataire: Collection[str]) -> Verdict:
    """Give it to sign: every required party is named, and its term is not past."""
    motifs = _dans({EtatConvention.A_PREPARER}, etat(faits, le), "elle n’est plus à envoyer à la signature")
    if sans_signataire:
        motifs.append(
            _refus("partie_sans_nom", f"Il manque une partie à nommer : {', '.join(sans_signataire)}.")
        )
    if faits.fin < le:
        motifs.append(_refus("terme_passe", "Son dernier jour est passé : corrigez les dates d’abord."))
    return Verdict.selon(motifs)


def juger_modification(faits: Faits, le: date, *, signatures: int) -> Verdict:
    """Change the text itself: only before the first signature; afterwards, by an amendment."""
    motifs = _dans({EtatConvention.A_PREPARER}, etat(faits, le), "son texte ne change plus que par avenant")
    if signatures:
        motifs.append(
            _refus("deja_signee", "Une partie a signé : le texte ne change plus que par avenant.", CODE_CIVIL)
        )
    return Verdict.selon(motifs)


def juger_signature(
    faits: Faits, le: date, *, signee_le: date, deja: bool, avenant: FaitsAvenant | None = None
) -> Verdict:
    """One party signs, the convention or one of its amendments."""
    possibles = SIGNEES if avenant else frozenset({EtatConvention.A_SIGNER})
    motifs = _dans(possibles, etat(faits, le), "elle ne se signe pas")
    if deja:
        motifs.append(_refus("deja_signee", "Cette partie a déjà signé."))
    if signee_le > le:
        motifs.append(_refus("date_a_venir", "La signature est datée dans le futur."))
    depart = faits.proposee_le
    if depart is not None and signee_le < depart:
        motifs.append(_refus("avant_envoi", "La signature est antérieure à l’envoi à la signature."))
    return Verdict.selon(motifs)


def juger_avenant(
    faits: Faits, le: date, *, prend_effet: date, nouvelle_fin: date | None, duree_max_mois: int | None
) -> Verdict:
    """A new numbered amendment: one at a time, from the last signature to the last day."""
    motifs = _dans(
        SIGNEES, etat(faits, le), "un avenant modifie une convention signée par toutes ses parties"
    )
    if any(a.signe_le is None for a in faits.avenants):
        motifs.append(_refus("avenant_en_attente", "Un avenant attend encore des signatures."))
    fin = terme(faits, le)
    if not faits.debut <= prend_effet <= fin:
        motifs.append(
            _refus(
                "hors_de_la_duree",
                "L’avenant prend effet entre le premier et le dernier jour de la convention.",
            )
        )
    if nouvelle_fin is not None:
        if nouvelle_fin < prend_effet:
            motifs.append(_refus("dates_incoherentes", "La nouvelle fin précède l’effet de l’avenant."))
        motifs += _trop_longue(faits.debut, nouvelle_fin, duree_max_mois)
    return Verdict.selon(motifs)


def _trop_longue(debut: date, fin: date, duree_max_mois: int | None) -> list[Motif]:
    if duree_max_mois is None or fin < ajouter_mois(debut, duree_max_mois):
        return []
    return [_refus("duree_max", f"Cette sorte de convention dure {duree_max_mois} mois au plus.")]


def juger_duree(debut: date, fin: date, duree_max_mois: int | None) -> Verdict:
    """The two days, and the longest life of the kind."""
    return Verdict.selon([*juger_dates(debut, fin).motifs, *_trop_longue(debut, fin, duree_max_mois)])


def juger_resiliation(faits: Faits, le: date, *, effet: date) -> Verdict:
    """End it before its term. A draft may be dropped the same way."""
    ou = etat(faits, le)
    motifs = _dans(VIVANTS, ou, "elle a déjà pris fin")
    if effet < le:
        motifs.append(_refus("effet_passe", "La résiliation ne remonte pas le temps."))
    if ou is not EtatConvention.A_PREPARER and effet > terme(faits, le):
        motifs.append(_refus("apres_le_terme", "À cette date, la convention aura déjà pris fin."))
    return Verdict.selon(motifs)


def juger_denonciation(faits: Faits, le: date) -> Verdict:
    """Refuse the next tacit renewal, within the notice."""
    motifs = _dans({EtatConvention.EN_VIGUEUR}, etat(faits, le), "elle ne se dénonce pas")
    if faits.renouvellement.mode is not Mode.TACITE:
        motifs.append(_refus("sans_tacite", "Elle ne se renouvelle pas d’elle-même."))
    elif faits.denoncee_le is not None:
        motifs.append(_refus("deja_denoncee", "Elle est déjà dénoncée : elle s’arrêtera à son terme."))
    return Verdict.selon(motifs)


def juger_renouvellement(faits: Faits, le: date, *, deja: bool, renouvelable: bool) -> Verdict:
    """Prepare the next convention: the terms are agreed again, and signed again."""
    possibles = {EtatConvention.EN_VIGUEUR, EtatConvention.ECHUE}
    motifs = _dans(possibles, etat(faits, le), "elle ne se renouvelle pas")
    if not renouvelable:
        motifs.append(_refus("non_renouvelable", "Cette convention ne prévoit pas de renouvellement exprès."))
    if deja:
        motifs.append(_refus("deja_renouvelee", "Son renouvellement est déjà préparé."))
    return Verdict.selon(motifs)


def atteignable(depuis: EtatConvention, vers: EtatConvention) -> bool:
    """Whether the table leads from one state to the other, in any number of steps."""
    vus: set[EtatConvention] = set()
    file = [depuis]
    while file:
        ici = file.pop()
        if ici not in vus:
            vus.add(ici)
            file += TRANSITIONS_CONVENTION[ici]
    return vers in vus
