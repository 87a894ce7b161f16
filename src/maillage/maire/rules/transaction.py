"""The settlement offered by the mayor, transaction (CPP, art. 44-1 and R. 15-33-61 s.). Fiche 37. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from maillage.droit.api import (
    Obstacle,
    Releve,
    Verdict,
    anniversaire,
    echeance_mois,
    jour_en_lettres,
    valeur_datee,
    valeur_ou_rien,
)


class Nature(StrEnum):
    """What is offered: making good the damage, or unpaid work for the commune."""

    REPARATION = "reparation"
    TRAVAIL = "travail"


class Autorite(StrEnum):
    """Who approves."""

    PROCUREUR = "procureur"
    JUGE_TRIBUNAL_POLICE = "juge_tribunal_police"


_AUTORITES = {
    Autorite.PROCUREUR: "le procureur de la République",
    Autorite.JUGE_TRIBUNAL_POLICE: "le juge du tribunal de police",
}
_HOMOLOGATION = {
    Nature.REPARATION: "transaction.homologation_reparation",
    Nature.TRAVAIL: "transaction.homologation_travail",
}

OBSTACLES = (
    Obstacle(
        "majeur_requis", "Le contrevenant était mineur au jour du procès-verbal.", "transaction.age_minimum"
    ),
    Obstacle(
        "delai_proposition",
        "La proposition vient trop tard après le procès-verbal.",
        "transaction.proposition_mois",
    ),
    Obstacle("heures_max", "Le travail proposé dépasse le maximum.", "transaction.heures_maximum"),
    Obstacle(
        "hors_competence_pm",
        "La police municipale n’est pas habilitée à constater cette contravention.",
        "transaction.contravention_pm",
    ),
    Obstacle(
        "prejudice_non_communal",
        "Le préjudice n’atteint pas un bien de la commune.",
        "transaction.bien_communal",
    ),
    Obstacle(
        "action_publique_engagee",
        "L’action publique est déjà mise en mouvement.",
        "transaction.avant_action_publique",
    ),
    Obstacle(
        "refus_ou_silence",
        "Le contrevenant a refusé, ou n’a pas répondu à temps, ce qui vaut refus.",
        "transaction.acceptation",
    ),
    Obstacle(
        "homologation_manquante",
        "La justice n’a pas homologué la transaction.",
        "transaction.homologation_travail",
    ),
    Obstacle(
        "homologation_autorite",
        "Ce n’est pas cette autorité qui homologue.",
        "transaction.homologation_travail",
    ),
    Obstacle(
        "protocole_manquant",
        "Aucun protocole n’est conclu avec le procureur de la République.",
        "transaction.protocole_obligatoire",
    ),
)


@dataclass(frozen=True, slots=True)
class Proposition:
    """What the mayor offers and when; ``heures`` counts only for unpaid work.

    ``reponse_avant``: last day to answer, as the proposal states it.
    """

    pv: date
    le: date
    nature: Nature
    heures: int | None = None
    reponse_avant: date | None = None

    def derniere_reponse(self, le: date) -> date:
        """Last day to answer: the one the proposal states, else our default counted from it."""
        if self.reponse_avant is not None:
            return self.reponse_avant
        return echeance_mois(self.le, valeur_datee("transaction.delai_reponse_mois", le).entier)


@dataclass(frozen=True, slots=True)
class Infraction:
    """What the law asks of the facts and of their prosecution."""

    contravention_pm: bool
    bien_communal: bool
    action_publique: bool


@dataclass(frozen=True, slots=True)
class Homologation:
    """Which judicial authority approved, and when."""

    autorite: Autorite
    date: date


def transaction(
    *,
    le: date,
    naissance: date,
    proposition: Proposition,
    infraction: Infraction,
    acceptation: bool | None,
    homologation: Homologation | None,
    protocole: bool,
) -> Verdict:
    """Whether this settlement stands on ``le``.

    ``acceptation`` is None while no answer came: a refusal once the delay to answer is over. Approval is
    awaited only from the answer on. The age is that of the day of the PV.
    """
    releve = Releve(OBSTACLES, le)
    if not infraction.contravention_pm:
        releve.noter("hors_competence_pm")
    if not infraction.bien_communal:
        releve.noter("prejudice_non_communal")
    if infraction.action_publique:
        releve.noter("action_publique_engagee")
    if not protocole:
        releve.noter("protocole_manquant")
    _juger_age(releve, le, naissance, proposition.pv)
    echeances = _juger_proposition(releve, le, proposition)
    _juger_reponse(releve, le, proposition, acceptation)
    _juger_homologation(releve, le, proposition.nature, acceptation, homologation)
    execution = valeur_ou_rien("transaction.execution_mois", le)
    if execution is not None and homologation is not None:
        echeances["execution_avant"] = echeance_mois(homologation.date, execution.entier)
    return releve.verdict(echeances)


def _juger_age(releve: Releve, le: date, naissance: date, pv: date) -> None:
    age = valeur_datee("transaction.age_minimum", le).entier
    majorite = anniversaire(naissance, age)
    if pv < majorite:
        quand = jour_en_lettres(majorite)
        releve.noter(
            "majeur_requis", f"Au jour du procès-verbal, le contrevenant est mineur ({age} ans le {quand})."
        )


def _juger_proposition(releve: Releve, le: date, proposition: Proposition) -> dict[str, date | None]:
    dernier = echeance_mois(proposition.pv, valeur_datee("transaction.proposition_mois", le).entier)
    if proposition.le > dernier:
        texte = f"La proposition devait être faite au plus tard le {jour_en_lettres(dernier)}."
        releve.noter("delai_proposition", texte)
    maximum = valeur_datee("transaction.heures_maximum", le).entier
    heures = proposition.heures
    if proposition.nature is Nature.TRAVAIL and heures is not None and heures > maximum:
        releve.noter("heures_max", f"{heures} heures de travail : pas plus de {maximum}.")
    return {
        "proposition_au_plus_tard": dernier,
        "reponse_au_plus_tard": proposition.derniere_reponse(le),
    }


def _juger_reponse(releve: Releve, le: date, proposition: Proposition, acceptation: bool | None) -> None:
    if acceptation is False:
        releve.noter("refus_ou_silence", "Le contrevenant a refusé la proposition.")
    elif acceptation is None and le > (dernier := proposition.derniere_reponse(le)):
        texte = f"Sans réponse au {jour_en_lettres(dernier)}, le silence du contrevenant vaut refus."
        releve.noter("refus_ou_silence", texte, appui="transaction.silence")


def _juger_homologation(
    releve: Releve,
    le: date,
    nature: Nature,
    acceptation: bool | None,
    homologation: Homologation | None,
) -> None:
    attendue = valeur_datee(_HOMOLOGATION[nature], le)
    qui = _AUTORITES[Autorite(str(attendue.valeur))]
    if homologation is None:
        if acceptation is not None:
            texte = f"La transaction n’est pas homologuée par {qui}."
            releve.noter("homologation_manquante", texte, appui=_HOMOLOGATION[nature])
    elif homologation.autorite.value != attendue.valeur:
        texte = f"Cette transaction s’homologue par {qui}."
        releve.noter("homologation_autorite", texte, appui=_HOMOLOGATION[nature])
