"""The call to order by the mayor, rappel à l'ordre (CSI, art. L. 132-7). Fiche 37. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from maillage.droit.api import Obstacle, Releve, Verdict, anniversaire, jour_en_lettres, valeur_datee


class Qualification(StrEnum):
    """What the facts are."""

    INCIVILITE = "incivilite"
    CONTRAVENTION = "contravention"
    ABSENTEISME = "absenteisme"
    TROUBLE_VOISINAGE = "trouble_voisinage"
    DELIT = "delit"
    CRIME = "crime"


class Qualite(StrEnum):
    """Who calls to order."""

    MAIRE = "maire"
    ADJOINT_DELEGUE = "adjoint_delegue"
    CONSEILLER_DELEGUE = "conseiller_delegue"
    PRESIDENT_EPCI = "president_epci"
    AUTRE = "autre"


_QUALIFICATIONS = {Qualification.DELIT: "un délit", Qualification.CRIME: "un crime"}

OBSTACLES = (
    Obstacle(
        "plainte_ou_procedure",
        "Une plainte est déposée ou une procédure pénale engagée : l’affaire est à la justice.",
        "rappel.exclu_si_procedure",
    ),
    Obstacle(
        "qualification_exclue",
        "Ces faits sont trop graves pour un rappel à l’ordre : ils se signalent au procureur.",
        "rappel.qualifications_exclues",
    ),
    Obstacle(
        "autorite_incompetente",
        "Seul le maire, ou l’adjoint ou le conseiller qu’il a délégué, rappelle à l’ordre.",
        "rappel.autorites",
    ),
    Obstacle("hors_commune", "Les faits n’ont pas eu lieu dans la commune de l’élu.", "rappel.autorites"),
    Obstacle(
        "mineur_sans_representant",
        "Un mineur est reçu avec ses parents, son représentant légal ou un responsable éducatif.",
        "rappel.mineur_avec_representants",
    ),
)


@dataclass(frozen=True, slots=True)
class Presence:
    """Who accompanies a minor, or why nobody can."""

    representants: bool
    impossibilite: bool
    responsable_educatif: bool = False

    @property
    def suffit(self) -> bool:
        return self.representants or self.impossibilite or self.responsable_educatif


def rappel_a_l_ordre(
    *,
    le: date,
    naissance: date,
    qualification: Qualification,
    lieu_commune: str,
    qualite: Qualite,
    commune: str,
    plainte_ou_procedure: bool,
    presence: Presence,
) -> Verdict:
    """Whether this person may be called to order on ``le``, by this elected member, for these facts.

    ``lieu_commune``: where the facts took place; ``commune``: that of the elected member (INSEE codes). The
    age is that of the day of the hearing.
    """
    releve = Releve(OBSTACLES, le)
    if plainte_ou_procedure:
        releve.noter("plainte_ou_procedure")
    if qualification.value in valeur_datee("rappel.qualifications_exclues", le).mots:
        faits = _QUALIFICATIONS.get(qualification, qualification.value)
        texte = f"Ces faits sont {faits} : ils se signalent au procureur, sans rappel à l’ordre."
        releve.noter("qualification_exclue", texte)
    if qualite.value not in valeur_datee("rappel.autorites", le).mots:
        releve.noter("autorite_incompetente")
    if lieu_commune != commune:
        releve.noter("hors_commune")
    majorite = anniversaire(naissance, valeur_datee("majorite.age", le).entier)
    if le < majorite and not presence.suffit:
        texte = f"La personne est mineure jusqu’au {jour_en_lettres(majorite)} : un parent, un représentant "
        releve.noter("mineur_sans_representant", texte + "légal ou un responsable éducatif l’accompagne.")
    return releve.verdict({"majorite": majorite})
