"""Rules of the exit plan (fiche 10): who says the end of a measure, what a step needs, when a plan closes.

The words of the closed lists are not known here: the caller says whether a choice belongs to its list.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from maillage.droit.api import Force, Motif, Verdict, jour_en_lettres
from maillage.parcours.etats_sortie import TRANSITIONS_ETAPE, EtatEtape, EtatPlan
from maillage.parcours.rules.continuite import Continuite, Soutien, continuite

FICHE_10: Final = "Stratégie nationale 2020-2024, fiche 10"
L132_5: Final = "CSI, art. L. 132-5"
USAGE: Final = "Règle d’usage : ce qui est daté est arrivé"


@dataclass(frozen=True, slots=True)
class EtapeLue:
    """A step as the rules see it. ``raison``: why there is no support; ``decouvert``: the need remains."""

    domaine: str
    etat: str
    prevue_le: date | None = None
    effective_le: date | None = None
    fin_le: date | None = None
    raison: str = ""
    decouvert: bool = False

    @property
    def debut(self) -> date | None:
        """The first day as it was, else as planned."""
        return self.effective_le or self.prevue_le

    def a_confirmer(self, le: date) -> bool:
        """The planned day has come and nobody said that the support began."""
        return self.etat == EtatEtape.PREVUE and self.prevue_le is not None and self.prevue_le <= le


def _usage(code: str, texte: str, base: str = USAGE) -> Motif:
    return Motif(code, texte, base, Force.USAGE)


def plan_ouvert(etat: str) -> list[Motif]:
    """A closed plan is not written any more."""
    if etat == EtatPlan.OUVERT:
        return []
    return [_usage("plan_clos", "Ce plan est clos : un autre se prépare pour une autre mesure.", FICHE_10)]


def juger_ouverture(
    *,
    membre_judiciaire: bool,
    judiciaire_siege: bool,
    deja_enonce: bool,
    plan_en_cours: bool,
    origine_connue: bool,
    fin_prevue_le: date,
    le: date,
) -> Verdict:
    """Whether this member may prepare an exit: the end of a measure is the judicial members' to say.

    Once one of them shared that a follow-up exists in this file, any professional of the groupe prepares.
    """
    motifs = []
    if not judiciaire_siege:
        texte = "Aucun membre judiciaire ne siège dans ce groupe : une fin de mesure ne s’y prépare pas."
        motifs.append(Motif("judiciaire_absent", texte, L132_5, Force.LOI))
    elif not membre_judiciaire and not deja_enonce:
        texte = (
            "Le parquet, le SPIP ou la PJJ énonce d’abord dans le dossier qu’un suivi judiciaire existe ; "
            "le plan se prépare ensuite avec lui."
        )
        motifs.append(Motif("judiciaire_reserve", texte, L132_5, Force.LOI))
    if plan_en_cours:
        motifs.append(_usage("plan_en_cours", "Un plan de sortie est déjà ouvert pour cette personne."))
    if not origine_connue:
        motifs.append(_usage("origine_hors_liste", "Choisissez d’où la personne sort.", FICHE_10))
    if fin_prevue_le < le:
        texte = "Cette date est passée : le plan se prépare avant la fin de la mesure."
        motifs.append(Motif("fin_passee", texte, FICHE_10, Force.DOCTRINE))
    return Verdict.selon(motifs)


def juger_etape(
    *,
    etat_plan: str,
    acteur_du_domaine: bool,
    organisme_convient: bool,
    prevue_le: date | None,
    fin_le: date | None,
) -> Verdict:
    """Whether a step may be noted: an actor of the domain's list, dates in order."""
    motifs = plan_ouvert(etat_plan)
    if not acteur_du_domaine:
        motifs.append(_usage("acteur_hors_liste", "Choisissez un acteur de ce domaine.", FICHE_10))
    if not organisme_convient:
        texte = "Cet organisme n’est pas de ce genre, ou n’est plus dans l’annuaire."
        motifs.append(_usage("organisme_hors_annuaire", texte, FICHE_10))
    return Verdict.selon([*motifs, *_dates(prevue_le, fin_le)])


def _dates(debut: date | None, fin: date | None) -> list[Motif]:
    if fin is None:
        return []
    if debut is None:
        return [_usage("fin_sans_debut", "Une fin demande un premier jour.")]
    if fin < debut:
        return [_usage("dates_inversees", "Le dernier jour précède le premier.")]
    return []


def juger_sans_relais(*, etat_plan: str, raison_connue: bool, etapes: Sequence[EtapeLue]) -> Verdict:
    """Whether a domain may be left without support: only while none is planned there."""
    motifs = plan_ouvert(etat_plan)
    if not raison_connue:
        motifs.append(_usage("raison_hors_liste", "Choisissez un motif de la liste.", FICHE_10))
    if any(etape.etat != EtatEtape.ABANDONNEE for etape in etapes):
        texte = "Ce domaine a déjà une étape ou un motif : abandonnez-le d’abord."
        motifs.append(_usage("domaine_deja_tenu", texte, FICHE_10))
    return Verdict.selon(motifs)


def juger_passage(*, etat_plan: str, de: str, vers: EtatEtape) -> list[Motif]:
    """Whether the table of states leads there, in an open plan."""
    if vers in TRANSITIONS_ETAPE[EtatEtape(de)]:
        return plan_ouvert(etat_plan)
    return [*plan_ouvert(etat_plan), _usage("passage_impossible", "Cette étape n’en est pas là.", FICHE_10)]


def juger_confirmation(
    *, etat_plan: str, de: str, effective_le: date, fin_le: date | None, le: date
) -> Verdict:
    """Whether a support may be said begun: on a day that has come, before its own end."""
    motifs = juger_passage(etat_plan=etat_plan, de=de, vers=EtatEtape.EFFECTIVE)
    if effective_le > le:
        motifs.append(_usage("date_future", "Cette date est à venir : confirmez-la quand elle sera passée."))
    return Verdict.selon([*motifs, *_dates(effective_le, fin_le)])


def juger_fin(
    *, etat_plan: str, actuelle: date, vers: date, motif_connu: bool, effective: bool, le: date
) -> Verdict:
    """Whether the end of the measure may be moved, or said as it was (``effective``)."""
    motifs = plan_ouvert(etat_plan)
    if effective and vers > le:
        motifs.append(_usage("date_future", "Cette date est à venir : notez-la quand elle sera passée."))
    if not effective and vers == actuelle:
        motifs.append(_usage("meme_date", "La fin de la mesure est déjà notée à cette date."))
    if not effective and not motif_connu:
        motifs.append(_usage("motif_hors_liste", "Choisissez pourquoi la date change.", FICHE_10))
    return Verdict.selon(motifs)


def juger_cloture(
    *, etat_plan: str, domaines: Sequence[tuple[str, str]], etapes: Collection[EtapeLue], fin: date, le: date
) -> Verdict:
    """Whether the plan may close: measure over; in each domain an actor with a date, or a reason why not.

    ``domaines``: (code, label). A support still to confirm is confirmed or abandoned first.
    """
    motifs = plan_ouvert(etat_plan)
    if fin >= le:
        texte = f"La mesure prend fin le {jour_en_lettres(fin)} : le plan se clôt après."
        motifs.append(_usage("mesure_en_cours", texte, FICHE_10))
    for code, libelle in domaines:
        etat = etat_du_domaine([etape for etape in etapes if etape.domaine == code], le)
        if etat in INCOMPLETS:
            motifs.append(_usage(f"domaine_{etat}", f"{libelle} : {INCOMPLETS[etat]}", FICHE_10))
    return Verdict.selon(motifs)


#: What is missing in a domain, by its state.
INCOMPLETS: Final = {
    "vide": "ni relais, ni motif de son absence.",
    "sans_date": "un relais est nommé, sans premier jour.",
    "a_confirmer": "un relais attend d’être confirmé ou abandonné.",
}


def etat_du_domaine(etapes: Iterable[EtapeLue], le: date) -> str:
    """Where a domain stands: vide, sans_date, a_confirmer, prevu, effectif or sans_relais."""
    tenues = [etape for etape in etapes if etape.etat != EtatEtape.ABANDONNEE]
    if not tenues:
        return "vide"
    if any(etape.raison for etape in tenues):
        return "sans_relais"
    if any(etape.a_confirmer(le) for etape in tenues):
        return "a_confirmer"
    if any(etape.debut is None for etape in tenues):
        return "sans_date"
    return "effectif" if any(etape.etat == EtatEtape.EFFECTIVE for etape in tenues) else "prevu"


def calculer(fin: date, etapes: Iterable[EtapeLue], domaines: Sequence[str]) -> Continuite:
    """The days without support after the end of the measure.

    A domain without support for a reason that covers it (already assured, refused) is not counted; one
    whose need remains (no offer, waiting) is.
    """
    tenues = [etape for etape in etapes if etape.etat != EtatEtape.ABANDONNEE]
    couverts = {etape.domaine for etape in tenues if etape.raison and not etape.decouvert}
    soutiens = [
        Soutien(etape.domaine, etape.debut, etape.fin_le, etape.etat == EtatEtape.EFFECTIVE)
        for etape in tenues
        if etape.debut is not None
    ]
    return continuite(fin, soutiens, [domaine for domaine in domaines if domaine not in couverts])
