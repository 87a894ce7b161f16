"""What the law asks of a commune on a day, told with its reasons, its articles and how sure we are of them.

Pure: the rules judge, this module words the answer for the pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from maillage.droit.api import Motif, Statut, ValeurDatee, Verdict, parametre, valeur_ou_rien
from maillage.territoires import rules

CLSPD, COORDONNATEUR = "clspd", "coordonnateur"
TITRES = {CLSPD: "Conseil local (CLSPD)", COORDONNATEUR: "Coordonnateur"}

OBLIGATOIRE, COUVERT, FACULTATIF, INCONNU = "obligatoire", "couvert", "facultatif", "inconnu"
REPONSES = {
    OBLIGATOIRE: "Obligatoire",
    COUVERT: "Couvert par le CISPD",
    FACULTATIF: "Facultatif",
    INCONNU: "Ne peut être jugé",
}

STATUTS = {
    Statut.LU: "lu dans le texte",
    Statut.STRATEGIE: "dit par la stratégie",
    Statut.SECONDAIRE: "lu dans une source secondaire",
    Statut.A_VERIFIER: "à vérifier",
}

_PARAMETRES = {
    (CLSPD, "seuil_population"): "clspd.seuil_population",
    (CLSPD, "sous_les_seuils"): "clspd.seuil_population",
    (CLSPD, "quartier_prioritaire"): "clspd.quartier_prioritaire",
    (CLSPD, "cispd_existant"): "clspd.facultatif_si_cispd",
    (COORDONNATEUR, "seuil_population"): "coordonnateur.seuil_population",
    (COORDONNATEUR, "sous_les_seuils"): "coordonnateur.seuil_population",
}

POPULATION_ABSENTE = "La population de cette commune n’est pas publiée : les seuils ne peuvent être comparés."


@dataclass(frozen=True, slots=True)
class Faits:
    """What the rules need to know of a commune on the day. `population` is None where none is published."""

    population: int | None
    qpv: bool
    cispd: bool = False


@dataclass(frozen=True, slots=True)
class Raison:
    """A reason as the page shows it: its sentence, its article, since when, and the status of its check."""

    code: str
    texte: str
    base_legale: str
    force: str
    depuis: date | None
    verification: str


@dataclass(frozen=True, slots=True)
class Obligation:
    """One line of « ce que la loi demande »."""

    code: str
    etat: str
    raisons: tuple[Raison, ...]

    @property
    def titre(self) -> str:
        return TITRES[self.code]

    @property
    def reponse(self) -> str:
        return REPONSES[self.etat]


@dataclass(frozen=True, slots=True)
class Jalon:
    """A day when the law changed, and what it has asked of this commune since."""

    le: date
    obligations: tuple[Obligation, ...]


def juger(faits: Faits, le: date) -> tuple[Obligation, Obligation]:
    """The council and the coordinator of a commune on that day."""
    if faits.population is None and not faits.qpv:
        return _inconnue(CLSPD), _inconnue(COORDONNATEUR)
    population = faits.population or 0
    conseil = rules.clspd_obligatoire(le=le, population=population, qpv=faits.qpv, cispd=faits.cispd)
    if faits.population is None:
        return _obligation(CLSPD, conseil, le), _inconnue(COORDONNATEUR)
    coordonnateur = rules.coordonnateur_obligatoire(le=le, population=population)
    return _obligation(CLSPD, conseil, le), _obligation(COORDONNATEUR, coordonnateur, le)


def jalons(faits: Faits, au: date) -> tuple[Jalon, ...]:
    """The days when the law of councils and coordinators changed up to `au`, the latest first."""
    jours = {
        valeur.depuis
        for code in set(_PARAMETRES.values())
        for valeur in parametre(code).valeurs
        if valeur.depuis is not None and valeur.depuis <= au
    }
    return tuple(Jalon(jour, juger(faits, jour)) for jour in sorted(jours, reverse=True))


def _obligation(code: str, verdict: Verdict, le: date) -> Obligation:
    sinon = COUVERT if "cispd_existant" in verdict.codes else FACULTATIF
    etat = OBLIGATOIRE if verdict.ok else sinon
    return Obligation(code, etat, tuple(_raison(code, motif, le) for motif in verdict.motifs))


def _raison(code: str, motif: Motif, le: date) -> Raison:
    cle = _PARAMETRES.get((code, motif.code))
    valeur = valeur_ou_rien(cle, le) if cle else None
    return Raison(
        motif.code,
        motif.texte,
        motif.base_legale,
        motif.force.value,
        valeur.depuis if valeur else None,
        _verification(motif, valeur),
    )


def _verification(motif: Motif, valeur: ValeurDatee | None) -> str:
    if valeur is None:
        return STATUTS[Statut.A_VERIFIER] if motif.a_verifier else ""
    statut = STATUTS[valeur.statut]
    if motif.a_verifier and valeur.statut is not Statut.A_VERIFIER:
        return f"{statut}, jour d’effet à vérifier"
    return statut


def _inconnue(code: str) -> Obligation:
    raison = Raison("population_absente", POPULATION_ABSENTE, "", "usage", None, "")
    return Obligation(code, INCONNU, (raison,))


def est_demandee(obligations: Sequence[Obligation]) -> bool:
    """Whether the law asks something of the commune."""
    return any(obligation.etat in {OBLIGATOIRE, COUVERT} for obligation in obligations)
