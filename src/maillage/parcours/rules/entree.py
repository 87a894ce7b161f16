"""Whether a scheme opens to a person that day: its rule, its ages, its conditions. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from maillage.droit.api import (
    Force,
    Motif,
    Verdict,
    anniversaire,
    fin_de_periode,
    jour_en_lettres,
    valeur_ou_rien,
)
from maillage.parcours.catalogue import Dispositif
from maillage.parcours.rules import dispositifs, pmsmp
from maillage.parcours.rules.dispositifs import Territoire
from maillage.parcours.rules.justice_restaurative import Mesure, justice_restaurative
from maillage.parcours.rules.offre import OffreConnue
from maillage.parcours.rules.tig import Nature, tig

PREMIER_JOUR: Final = "premier_jour_possible"
PEINE_TIG: Final = "peine_tig"
_SEMAINE: Final = timedelta(days=6)
_REGLE: Final = "Règle de l’application : ce qui n’a pas été énoncé n’est pas supposé"


@dataclass(frozen=True, slots=True)
class Peine:
    """A sentence as a judicial member stated it."""

    heures: int
    decision: date
    faits: date
    nature: Nature = Nature.DELIT


@dataclass(frozen=True, slots=True)
class Profil:
    """What the groupe has recorded that a rule may ask; never what could be guessed.

    ``naissance`` None: unknown. ``outre_mer`` and ``qpv`` None: not known. ``faits``: words of the conditions
    that a competent member stated. ``periodes``: past work experiences (PMSMP).
    """

    naissance: date | None = None
    outre_mer: bool | None = None
    qpv: bool | None = None
    faits: frozenset[str] = frozenset()
    peine: Peine | None = None
    multireiterant: bool = False
    consentement_auteur: date | None = None
    consentement_victime: date | None = None
    periodes: tuple[pmsmp.Periode, ...] = ()

    @property
    def territoire(self) -> Territoire | None:
        if self.outre_mer is None:
            return None
        return Territoire.OUTRE_MER if self.outre_mer else Territoire.METROPOLE

    def sait(self, fait: str, le: date) -> bool:
        """Whether a condition has been stated by that day."""
        if fait == PEINE_TIG and self.peine is not None:
            return self.peine.decision <= le
        return fait in self.faits


Regle = Callable[[Dispositif, OffreConnue | None, Profil, date, date], Verdict]


def juger_dispositif(dispositif: Dispositif, offre: OffreConnue | None, profil: Profil, le: date) -> Verdict:
    """The verdict of the scheme; the offer only tells its rule whether a tutor and a habilitation exist."""
    motifs = [*_existence(dispositif, le), *_conditions(dispositif, profil, le)]
    echeances: dict[str, date | None] = {}
    if profil.naissance is None and demande_un_age(dispositif):
        motifs.append(NAISSANCE_INCONNUE)
    elif dispositif.regle is not None:
        rendu = _REGLES[dispositif.regle](dispositif, offre, profil, profil.naissance or le, le)
        motifs += rendu.motifs
        echeances |= rendu.echeances
    if profil.naissance is not None:
        motifs += _ages(dispositif, profil.naissance, le, echeances)
    if dispositif.debut is not None and le < dispositif.debut:
        echeances[PREMIER_JOUR] = max(echeances.get(PREMIER_JOUR) or dispositif.debut, dispositif.debut)
    return Verdict.selon(motifs, echeances)


NAISSANCE_INCONNUE = Motif(
    "naissance_inconnue",
    "La date de naissance n’est pas connue : l’âge ne peut pas être jugé.",
    _REGLE,
    Force.USAGE,
)


def ce_que_lit_la_regle(
    dispositif: Dispositif, offre: OffreConnue | None, profil: Profil, le: date
) -> tuple[object, ...]:
    """All that the rule of a scheme reads of an offer: two offers alike in this are judged alike."""
    if dispositif.regle == "pmsmp":
        accueil = offre.accueil if offre is not None and profil.periodes else ""
        return accueil, offre is None or offre.tuteur
    if dispositif.regle == "tig":
        return (offre is None or offre.habilitee(le),)
    if dispositif.regle == "justice_restaurative":
        return (offre is not None and offre.tuteur_forme,)
    return ()


def demande_un_age(dispositif: Dispositif) -> bool:
    """Whether the age counts; restorative justice asks for none."""
    return dispositif.regle not in {None, "justice_restaurative"} or (
        dispositif.age_min is not None or dispositif.age_max is not None
    )


def _force(dispositif: Dispositif) -> Force:
    """A local scheme binds as a usage, a scheme of the strategy as doctrine, a text as law."""
    if dispositif.local:
        return Force.USAGE
    return Force.LOI if dispositif.statut == "C" else Force.DOCTRINE


def _existence(dispositif: Dispositif, le: date) -> Iterable[Motif]:
    if not dispositif.ouvert(le):
        yield Motif(
            "dispositif_ferme",
            "Le dispositif n’existe pas ce jour-là.",
            dispositif.base_legale,
            _force(dispositif),
        )


def _conditions(dispositif: Dispositif, profil: Profil, le: date) -> Iterable[Motif]:
    for condition in dispositif.conditions:
        if not profil.sait(condition.fait, le):
            yield Motif(condition.fait, condition.texte, condition.base_legale, condition.force)


def _ages(
    dispositif: Dispositif, naissance: date, le: date, echeances: dict[str, date | None]
) -> Iterable[Motif]:
    """The ages that are data only; « de N à M ans » includes the whole year of age M."""

    def motif(code: str, texte: str) -> Motif:
        return Motif(code, texte, dispositif.base_legale, _force(dispositif), dispositif.a_verifier)

    if dispositif.age_min is not None:
        premier = anniversaire(naissance, dispositif.age_min)
        connu = echeances.get(PREMIER_JOUR)
        echeances[PREMIER_JOUR] = max(premier, connu) if connu else premier
        if le < premier:
            quand = jour_en_lettres(premier)
            yield motif("age_min", f"Il faut avoir {dispositif.age_min} ans : pas avant le {quand}.")
    if dispositif.age_max is not None:
        dernier = anniversaire(naissance, dispositif.age_max + 1) - timedelta(days=1)
        echeances["dernier_jour_possible"] = dernier
        if le > dernier:
            quand = jour_en_lettres(dernier)
            yield motif("age_max", f"Il faut avoir {dispositif.age_max} ans au plus : jusqu’au {quand}.")


# --- The rule of each scheme, asked for the shortest entry it allows -------------------------------


def _tapaj(
    dispositif: Dispositif, offre: OffreConnue | None, profil: Profil, naissance: date, le: date
) -> Verdict:
    return dispositifs.tapaj(le=le, naissance=naissance, debut=le)


def _parrainage(
    dispositif: Dispositif, offre: OffreConnue | None, profil: Profil, naissance: date, le: date
) -> Verdict:
    semaines = valeur_ou_rien("parrainage.duree_minimum_semaines", le)
    fin = le + timedelta(weeks=semaines.entier if semaines else 1) - timedelta(days=1)
    return dispositifs.parrainage(le=le, naissance=naissance, debut=le, fin=fin)


def _epide(
    dispositif: Dispositif, offre: OffreConnue | None, profil: Profil, naissance: date, le: date
) -> Verdict:
    mois = valeur_ou_rien("epide.duree_minimum_mois", le)
    fin = fin_de_periode(le, mois.entier if mois else 1)
    return dispositifs.epide(le=le, naissance=naissance, debut=le, fin=fin)


def _smv(
    dispositif: Dispositif, offre: OffreConnue | None, profil: Profil, naissance: date, le: date
) -> Verdict:
    return dispositifs.smv(le=le, naissance=naissance, debut=le, territoire=profil.territoire)


def _sma(
    dispositif: Dispositif, offre: OffreConnue | None, profil: Profil, naissance: date, le: date
) -> Verdict:
    return dispositifs.sma(
        le=le,
        naissance=naissance,
        debut=le,
        territoire=profil.territoire,
        declaration_multireiterant=profil.multireiterant,
    )


def _pmsmp(
    dispositif: Dispositif, offre: OffreConnue | None, profil: Profil, naissance: date, le: date
) -> Verdict:
    """One week in that host; its convention, still to be written, is supposed complete."""
    nouvelle = pmsmp.Periode(offre.accueil if offre else "", le, le + _SEMAINE, pmsmp.Objet.DECOUVERTE)
    passees = profil.periodes if offre is not None else ()
    # The purpose is still free: one that was not used in this host is chosen.
    utilises = {
        periode.objet for periode in passees if periode.structure_accueil == nouvelle.structure_accueil
    }
    libre = next((objet for objet in pmsmp.Objet if objet not in utilises), nouvelle.objet)
    return pmsmp.pmsmp(
        le=le,
        nouvelle=replace(nouvelle, objet=libre),
        prescripteur=pmsmp.Prescripteur.MISSION_LOCALE,
        tuteur=offre is None or offre.tuteur,
        salarie=False,
        parties=tuple(pmsmp.Partie),
        historique=passees,
    )


def _tig(
    dispositif: Dispositif, offre: OffreConnue | None, profil: Profil, naissance: date, le: date
) -> Verdict:
    """With the sentence stated; without one, only what its law says of the age that day."""
    habilite = offre is None or offre.habilitee(le)
    peine = profil.peine
    if peine is not None and peine.decision <= le:
        return tig(
            naissance=naissance,
            heures=peine.heures,
            decision=peine.decision,
            faits=peine.faits,
            habilitation_accueil=habilite,
            nature=peine.nature,
        )
    minimum = valeur_ou_rien("tig.heures_minimum", le)
    return tig(
        naissance=naissance,
        heures=minimum.entier if minimum else 0,
        decision=le,
        faits=le,
        habilitation_accueil=habilite,
    )


def _justice_restaurative(
    dispositif: Dispositif, offre: OffreConnue | None, profil: Profil, naissance: date, le: date
) -> Verdict:
    return justice_restaurative(
        le=le,
        mesure=Mesure(dispositif.mesure),
        faits_reconnus="faits_reconnus" in profil.faits,
        consentement_auteur=profil.consentement_auteur,
        consentement_victime=profil.consentement_victime,
        animateur_forme="animateur_forme" in profil.faits or (offre is not None and offre.tuteur_forme),
        tiers_independant="tiers_independant" in profil.faits,
        controle_judiciaire="controle_judiciaire" in profil.faits,
        preparation_faite="preparation_faite" in profil.faits,
    )


_REGLES: Final[Mapping[str, Regle]] = {
    "tapaj": _tapaj,
    "parrainage": _parrainage,
    "epide": _epide,
    "smv": _smv,
    "sma": _sma,
    "pmsmp": _pmsmp,
    "tig": _tig,
    "justice_restaurative": _justice_restaurative,
}
