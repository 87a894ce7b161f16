"""Which schemes and offers open to a person that day, why not, and from when. Fiches 6 to 14. Pure.

Each scheme is judged by its own rule (``entree``), each offer by what it says of itself (``offre``). This
module joins them and finds the first day on which nothing opposes it any more. Nothing is inferred about the
person: a fact not stated is not known, and no scheme is ranked above another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from heapq import heapify, heappop, heappush
from typing import Final

from maillage.droit.api import Verdict, jour_en_lettres
from maillage.parcours.catalogue import Dispositif
from maillage.parcours.rules import offre as offres
from maillage.parcours.rules.entree import (
    PREMIER_JOUR,
    Peine,
    Profil,
    ce_que_lit_la_regle,
    juger_dispositif,
)
from maillage.parcours.rules.offre import OffreConnue

__all__ = ["Eligibilite", "Memoire", "OffreConnue", "Peine", "Profil", "juger"]

#: What would lift a reason. A reason that is not here can be lifted by nothing that depends on anybody.
REMEDES: Final[Mapping[str, str]] = {
    "naissance_inconnue": "Sa date de naissance.",
    "tuteur_absent": "Une personne désignée pour l’accompagner.",
    "tuteur_non_forme": "La formation de qui accompagne.",
    "habilitation_finie": "Le renouvellement de l’habilitation du lieu.",
    "accueil_non_habilite": "Un lieu public, ou une habilitation en cours.",
    "sans_accord": "L’accord écrit du lieu d’accueil.",
    "offre_fermee": "Un autre lieu : celui-ci est fermé.",
    "offre_finie": "Un autre lieu, ou une offre renouvelée.",
    "heures_offre": "Un autre lieu, pour ce nombre d’heures.",
    "age_offre_max": "Un lieu qui reçoit cet âge.",
    "territoire_exclu": "Un dispositif voisin, qui existe sur ce territoire.",
    "cumul_structure_12_mois": "Un autre lieu, ou attendre.",
    "nombre_conventions_12_mois": "Un autre lieu, ou attendre.",
    "faits_non_reconnus": "Que l’auteur reconnaisse les faits principaux.",
    "consentement_manquant": "Le consentement exprès de chacun, donné librement.",
    "animateur_non_forme": "Un animateur formé.",
    "tiers_non_independant": "Un animateur indépendant.",
    "controle_manquant": "Le contrôle de l’autorité judiciaire.",
    "preparation_manquante": "La préparation de chacun.",
}


@dataclass(frozen=True, slots=True)
class Eligibilite:
    """The answer. ``possible_le`` is the first day that suits, from the day asked; None when none is known.

    ``il_faudrait``: what would make it possible, or what is still to be gathered when it already is.
    """

    verdict: Verdict
    possible_le: date | None = None
    il_faudrait: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        return self.verdict.ok


#: What has already been judged for one person: many offers of a scheme ask its rule the same question.
Memoire = dict[tuple[object, ...], Verdict]


def juger(
    dispositif: Dispositif,
    offre: OffreConnue | None,
    profil: Profil,
    le: date,
    memoire: Memoire | None = None,
) -> Eligibilite:
    """Whether this scheme, through this offer if one is given, opens to this person on ``le``.

    ``memoire`` serves one profile only: give the same to every judgement of one person.
    """
    deja: Memoire = {} if memoire is None else memoire
    verdict = _verdict(dispositif, offre, profil, le, deja)
    if verdict.ok:
        return Eligibilite(verdict, le, dispositif.prealables)
    possible = _premier_jour(dispositif, offre, profil, le, verdict, deja)
    return Eligibilite(verdict, possible, _il_faudrait(dispositif, verdict, possible))


def _entree(
    dispositif: Dispositif, offre: OffreConnue | None, profil: Profil, le: date, memoire: Memoire
) -> Verdict:
    """The verdict of the scheme, asked once for all the offers that its rule cannot tell apart."""
    cle = (dispositif.code, le, *ce_que_lit_la_regle(dispositif, offre, profil, le))
    if cle not in memoire:
        memoire[cle] = juger_dispositif(dispositif, offre, profil, le)
    return memoire[cle]


def _verdict(
    dispositif: Dispositif, offre: OffreConnue | None, profil: Profil, le: date, memoire: Memoire
) -> Verdict:
    rendu = _entree(dispositif, offre, profil, le, memoire)
    if offre is None:
        return rendu
    heures = profil.peine.heures if profil.peine is not None and dispositif.regle == "tig" else None
    deja = set(rendu.codes)
    de_l_offre = offres.motifs(dispositif, offre, profil.naissance, heures, le)
    return Verdict.selon(
        (*rendu.motifs, *(motif for motif in de_l_offre if motif.code not in deja)), rendu.echeances
    )


def _premier_jour(
    dispositif: Dispositif,
    offre: OffreConnue | None,
    profil: Profil,
    le: date,
    refus: Verdict,
    memoire: Memoire,
) -> date | None:
    """The earliest day after ``le`` on which nothing opposes it.

    A reason stops holding only on a day known in advance (an age, the opening of an offer, a place freed, a
    consent): those days are judged in order, and each may bring a later one of its own.
    """
    attente = [jour for jour in _bornes(dispositif, offre, profil, le, refus) if jour > le]
    heapify(attente)
    vu = le
    while attente:
        jour = heappop(attente)
        if jour <= vu:
            continue
        vu = jour
        rendu = _verdict(dispositif, offre, profil, jour, memoire)
        if rendu.ok:
            return jour
        suivant = rendu.echeances.get(PREMIER_JOUR)
        if suivant is not None and suivant > jour:
            heappush(attente, suivant)
    return None


def _bornes(
    dispositif: Dispositif, offre: OffreConnue | None, profil: Profil, le: date, refus: Verdict
) -> list[date]:
    jours = [refus.echeances.get(PREMIER_JOUR), dispositif.debut]
    jours += [profil.consentement_auteur, profil.consentement_victime]
    jours += [profil.peine.decision] if profil.peine is not None else []
    if offre is not None:
        jours += offres.bornes(offre, profil.naissance, le)
    return [jour for jour in jours if jour is not None]


def _il_faudrait(dispositif: Dispositif, verdict: Verdict, possible: date | None) -> tuple[str, ...]:
    """In the order of the reasons; the day first, where waiting is enough."""
    if possible is not None:
        return (f"Attendre le {jour_en_lettres(possible)}.",)
    conditions = {condition.fait: condition.il_faudrait for condition in dispositif.conditions}
    trouves = (conditions.get(code) or REMEDES.get(code, "") for code in verdict.codes)
    premier = verdict.echeances.get(PREMIER_JOUR)
    trop_jeune = premier is not None and not {"age_min", "age_decision"}.isdisjoint(verdict.codes)
    attente = f"Attendre le {jour_en_lettres(premier)}." if premier is not None and trop_jeune else ""
    return tuple(dict.fromkeys(texte for texte in (*trouves, attente) if texte))
