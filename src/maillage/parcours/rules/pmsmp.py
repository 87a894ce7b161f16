"""Periods of work experience in a company, PMSMP (C. trav., art. L. 5135-1 s. and D. 5135-3). Fiche 11. Pure.

The 60 days and the two conventions hold in every window of twelve months, past and new periods together, for
one host. Only the windows that contain a day of the new period are judged: an old excess blocks nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from maillage.droit.api import (
    Obstacle,
    Releve,
    Verdict,
    fin_de_periode,
    jour_en_lettres,
    jours_inclus,
    valeur_datee,
)
from maillage.parcours.rules.fenetres import jours_au_plus, periodes_au_plus


class Objet(StrEnum):
    """What the period is for; two conventions with one host have different ones."""

    DECOUVERTE = "decouverte"
    CONFIRMATION = "confirmation"
    RECRUTEMENT = "recrutement"


class Prescripteur(StrEnum):
    """Who prescribes."""

    MISSION_LOCALE = "mission_locale"
    FRANCE_TRAVAIL = "france_travail"
    CAP_EMPLOI = "cap_emploi"
    SIAE = "siae"
    AUTRE_HABILITE = "autre_habilite"
    NON_HABILITE = "non_habilite"


class Partie(StrEnum):
    """Who signs the convention."""

    BENEFICIAIRE = "beneficiaire"
    PRESCRIPTEUR = "prescripteur"
    STRUCTURE_ACCUEIL = "structure_accueil"
    EMPLOYEUR = "employeur"
    STRUCTURE_ACCOMPAGNEMENT = "structure_accompagnement"


_PARTIES = {
    Partie.BENEFICIAIRE: "le bénéficiaire",
    Partie.PRESCRIPTEUR: "le prescripteur",
    Partie.STRUCTURE_ACCUEIL: "la structure d’accueil",
    Partie.EMPLOYEUR: "l’employeur du salarié",
    Partie.STRUCTURE_ACCOMPAGNEMENT: "la structure d’accompagnement",
}

OBSTACLES = (
    Obstacle("duree_max", "La période est trop longue.", "pmsmp.duree_mois"),
    Obstacle(
        "cumul_structure_12_mois",
        "Le total des jours chez cet accueil dépasse le maximum sur douze mois.",
        "pmsmp.jours_12_mois",
    ),
    Obstacle(
        "nombre_conventions_12_mois",
        "Il y a trop de conventions chez cet accueil sur douze mois, ou deux pour le même objet.",
        "pmsmp.conventions_12_mois",
    ),
    Obstacle(
        "renouvellement_max",
        "La convention a déjà été renouvelée pour cet objet.",
        "pmsmp.renouvellements",
    ),
    Obstacle("tuteur_absent", "Aucun tuteur n’est désigné.", "pmsmp.tuteur"),
    Obstacle("partie_manquante", "Il manque une partie à la convention.", "pmsmp.parties"),
    Obstacle(
        "prescripteur_non_habilite", "Cet organisme n’est pas habilité à prescrire.", "pmsmp.prescripteurs"
    ),
    Obstacle("dates_incoherentes", "Une période finit avant de commencer.", "pmsmp.duree_mois"),
)


@dataclass(frozen=True, slots=True)
class Periode:
    """One period in one host, both days included; a renewal adds days, not a convention."""

    structure_accueil: str
    debut: date
    fin: date
    objet: Objet
    renouvellement: bool = False

    @property
    def jours(self) -> tuple[date, date]:
        return self.debut, self.fin

    def decalee(self, jours: int) -> Periode:
        ecart = timedelta(days=jours)
        return replace(self, debut=self.debut + ecart, fin=self.fin + ecart)


@dataclass(frozen=True, slots=True)
class _Plafonds:
    """What the law of the day allows in one host."""

    mois: int
    jours: int
    conventions: int
    renouvellements: int

    @classmethod
    def au(cls, le: date) -> _Plafonds:
        return cls(
            valeur_datee("pmsmp.periode_mois", le).entier,
            valeur_datee("pmsmp.jours_12_mois", le).entier,
            valeur_datee("pmsmp.conventions_12_mois", le).entier,
            valeur_datee("pmsmp.renouvellements", le).entier,
        )


def pmsmp(
    *,
    le: date,
    nouvelle: Periode,
    prescripteur: Prescripteur,
    tuteur: bool,
    salarie: bool,
    parties: Iterable[Partie],
    historique: Iterable[Periode] = (),
) -> Verdict:
    """Whether this convention may be signed on ``le``; ``historique`` holds the past periods, any host.

    ``premier_jour_possible`` is given when only the count of twelve months opposes the period and every past
    period is over: the first day from which the same number of days would be accepted.
    """
    releve = Releve(OBSTACLES, le)
    historique = tuple(historique)
    echeances: dict[str, date | None] = {}
    duree = valeur_datee("pmsmp.duree_mois", le).entier
    limite = fin_de_periode(nouvelle.debut, duree)
    echeances["fin_au_plus_tard"] = limite
    if nouvelle.fin > limite:
        releve.noter("duree_max", f"{duree} mois au plus, de date à date : fin le {jour_en_lettres(limite)}.")
    passees = [
        p for p in historique if p.structure_accueil == nouvelle.structure_accueil and p.debut <= p.fin
    ]
    if nouvelle.debut <= nouvelle.fin:
        plafonds = _Plafonds.au(le)
        exces = _exces(nouvelle, passees, plafonds)
        for code, texte in exces.items():
            releve.noter(code, texte)
        if exces:
            echeances["premier_jour_possible"] = _premier_jour(nouvelle, passees, plafonds)
    if not tuteur:
        releve.noter("tuteur_absent")
    _juger_parties(releve, le, frozenset(parties), salarie)
    habilites = valeur_datee("pmsmp.prescripteurs", le).mots
    if prescripteur.value not in habilites:
        releve.noter("prescripteur_non_habilite")
    if any(p.fin < p.debut for p in (nouvelle, *historique)):
        releve.noter("dates_incoherentes")
    return releve.verdict(echeances)


def _juger_parties(releve: Releve, le: date, presentes: frozenset[Partie], salarie: bool) -> None:
    requises = valeur_datee("pmsmp.parties", le).mots
    if salarie:
        requises += valeur_datee("pmsmp.parties_salarie", le).mots
    absentes = [_PARTIES[Partie(mot)] for mot in requises if Partie(mot) not in presentes]
    if absentes:
        releve.noter("partie_manquante", f"Il manque à la convention : {', '.join(absentes)}.")


def _exces(nouvelle: Periode, passees: list[Periode], plafonds: _Plafonds) -> dict[str, str]:
    """What exceeds a ceiling of the twelve months in one host, with its sentence."""
    toutes = [nouvelle, *passees]
    exces: dict[str, str] = {}

    def touchees(periodes: Iterable[Periode]) -> int:
        return periodes_au_plus((p.jours for p in periodes), nouvelle.jours, plafonds.mois)

    jours = jours_inclus(nouvelle.debut, nouvelle.fin)
    if jours <= plafonds.jours:
        jours = jours_au_plus((p.jours for p in toutes), nouvelle.jours, plafonds.mois)
    if jours > plafonds.jours:
        exces["cumul_structure_12_mois"] = (
            f"{jours} jours chez cet accueil sur douze mois : pas plus de {plafonds.jours}."
        )
    conventions = [p for p in toutes if not p.renouvellement]
    nombre = touchees(conventions)
    if nombre > plafonds.conventions:
        exces["nombre_conventions_12_mois"] = (
            f"{nombre} conventions chez cet accueil sur douze mois : pas plus de {plafonds.conventions}."
        )
    elif any(touchees(p for p in conventions if p.objet is objet) > 1 for objet in Objet):
        exces["nombre_conventions_12_mois"] = (
            "Deux conventions chez cet accueil sur douze mois doivent avoir des objets différents."
        )
    renouvelees = [p for p in toutes if p.renouvellement]
    if any(
        touchees(p for p in renouvelees if p.objet is objet) > plafonds.renouvellements for objet in Objet
    ):
        exces["renouvellement_max"] = (
            f"{plafonds.renouvellements} renouvellement au plus pour le même objet chez cet accueil."
        )
    return exces


def _premier_jour(nouvelle: Periode, passees: list[Periode], plafonds: _Plafonds) -> date | None:
    """First day from which a period of as many days exceeds nothing; None when no day is known to suit.

    With every past period over, waiting only empties the windows: the day is found by halving.
    """
    if jours_inclus(nouvelle.debut, nouvelle.fin) > plafonds.jours:
        return None
    derniere = max((p.fin for p in passees), default=nouvelle.debut)
    if derniere >= nouvelle.debut:
        return None
    trop_tot, assez_tard = 0, (fin_de_periode(derniere, plafonds.mois) - nouvelle.debut).days + 1
    while assez_tard - trop_tot > 1:
        milieu = (trop_tot + assez_tard) // 2
        if _exces(nouvelle.decalee(milieu), passees, plafonds):
            trop_tot = milieu
        else:
            assez_tard = milieu
    return nouvelle.debut + timedelta(days=assez_tard)
