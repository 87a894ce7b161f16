"""What each step of a settlement asks beyond ``rules.transaction``: order, dates, amounts, protocol. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from maillage.droit.api import (
    Force,
    Motif,
    Obstacle,
    Releve,
    Verdict,
    echeance_mois,
    entier,
    jour_en_lettres,
)
from maillage.maire.etats_transaction import LIBELLES, TRANSITIONS_TRANSACTION, EtatTransaction
from maillage.maire.rules.transaction import Nature

USAGE = "Règle d’usage : un acte se date, se suit et ne s’écrit qu’une fois"
CPP = "Code de procédure pénale, art. 44-1"

OBSTACLES = (
    Obstacle("passage_impossible", "Cet acte ne se fait pas à cette étape.", "", USAGE, Force.USAGE),
    Obstacle("pv_deja_enregistre", "Ce procès-verbal est déjà au registre.", "", USAGE, Force.USAGE),
    Obstacle(
        "hors_commune",
        "Les faits ont eu lieu dans une autre commune : la transaction est à son maire.",
        "transaction.autorites",
    ),
    Obstacle(
        "prescription_acquise",
        "L’action publique est prescrite pour ces faits.",
        "contravention.prescription_mois",
    ),
    Obstacle("dates_incoherentes", "Ces dates ne se suivent pas.", "", USAGE, Force.USAGE),
    Obstacle(
        "contravention_hors_protocole",
        "Le protocole avec le parquet ne comprend pas cette contravention.",
        "transaction.champ_du_protocole",
    ),
    Obstacle(
        "parquet_non_consulte",
        "Le protocole demande l’avis du parquet avant la proposition.",
        "transaction.consultation_prealable",
    ),
    Obstacle(
        "proposition_incomplete", "La proposition dit une somme, ou des heures.", "", USAGE, Force.USAGE
    ),
    Obstacle(
        "montant_superieur", "La réparation dépasse le préjudice de la commune.", "transaction.prejudice"
    ),
    Obstacle(
        "execution_trop_forte",
        "C’est plus que ce que la transaction demande.",
        "",
        CPP,
        Force.LOI,
    ),
    Obstacle(
        "execution_hors_delai",
        "L’exécution vient après le délai de la transaction.",
        "",
        CPP,
        Force.LOI,
    ),
)

NAISSANCE_REQUISE = Motif(
    "naissance_requise", "La date de naissance dit si la personne est majeure.", CPP, Force.LOI
)
PV_ILLISIBLE = Motif(
    "pv_illisible",
    "Le numéro du procès-verbal contient au moins une lettre ou un chiffre.",
    USAGE,
    Force.USAGE,
)
DEJA_NOTE = Motif("deja_note", "C’est déjà noté sur ce dossier.", USAGE, Force.USAGE)
A_ENVOYER = Motif(
    "a_envoyer",
    "Notez d’abord le jour où la proposition acceptée a été envoyée au procureur.",
    "Code de procédure pénale, art. R. 15-33-63",
    Force.USAGE,
)
DELAI_EN_COURS = Motif("delai_en_cours", "Le délai d’exécution court encore.", CPP, Force.LOI)
TRAVAIL_A_DIRE = Motif(
    "travail_a_dire", "Un travail dit sa nature ; une réparation n’en dit pas.", USAGE, Force.USAGE
)


def prescription(faits: date, interruptions: Iterable[date]) -> date:
    """Last day of the public action: counted from the facts, and again from each act of the settlement."""
    depart = max([faits, *interruptions])
    return echeance_mois(depart, entier("contravention.prescription_mois", depart))


def juger_passage(de: str, vers: EtatTransaction, le: date) -> Verdict:
    """Whether the table leads there."""
    releve = Releve(OBSTACLES, le)
    if vers not in TRANSITIONS_TRANSACTION[EtatTransaction(de)]:
        releve.noter(
            "passage_impossible", f"Transaction « {LIBELLES[de].lower()} » : cet acte ne s’y fait pas."
        )
    return releve.verdict()


def exiger_etat(etat: str, attendu: EtatTransaction, le: date) -> Verdict:
    """An act that changes no state is done in one state only."""
    releve = Releve(OBSTACLES, le)
    if etat != attendu:
        releve.noter(
            "passage_impossible", f"Transaction « {LIBELLES[etat].lower()} » : cet acte ne s’y fait pas."
        )
    return releve.verdict()


def pv_deja_enregistre(reference: str, le: date) -> Motif:
    """The reason, with the number that holds the PV."""
    releve = Releve(OBSTACLES, le)
    releve.noter("pv_deja_enregistre", f"Ce procès-verbal est déjà au registre, sous le n° {reference}.")
    return releve.verdict().motifs[0]


def juger_constat(
    *, le: date, faits: date, pv: date, deja: str, limite: date, commune: str, commune_des_faits: str
) -> Verdict:
    """Record a PV. ``deja``: reference of the file that holds it, empty where none does.

    ``commune``: that of the register. The facts of another commune belong to its own mayor.
    """
    releve = Releve(OBSTACLES, le)
    if commune_des_faits != commune:
        releve.noter("hors_commune")
    if not faits <= pv <= le:
        releve.noter("dates_incoherentes", "Les faits précèdent le procès-verbal, qui ne peut être à venir.")
    if deja:
        releve.noter("pv_deja_enregistre", pv_deja_enregistre(deja, le).texte)
    if pv > limite or le > limite:
        releve.noter("prescription_acquise", f"L’action publique est prescrite depuis le {_jour(limite)}.")
    return releve.verdict()


@dataclass(frozen=True, slots=True)
class Avis:
    """The parquet's advice before the proposal, as recorded. ``favorable`` is None while none came."""

    demande_le: date | None = None
    favorable: bool | None = None

    def suffit(self, le: date, *, delai_jours: int, silence: str) -> bool:
        """Whether it lets the mayor propose, silence read as the protocol says."""
        if self.favorable is not None:
            return self.favorable
        if self.demande_le is None or silence != "accord":
            return False
        return le > self.demande_le + timedelta(days=delai_jours)


@dataclass(frozen=True, slots=True)
class Champ:
    """What the protocol in force asks of a proposal."""

    comprise: bool
    consultation: bool = False
    delai_jours: int = 0
    silence: str = "attente"


@dataclass(frozen=True, slots=True)
class Offre:
    """What a proposal says beyond its nature: how much, until when."""

    nature: Nature
    montant: Decimal | None
    heures: int | None
    reponse_avant: date
    executer_avant: date


def juger_offre(
    *, le: date, offre: Offre, estimation: Decimal, champ: Champ | None, avis: Avis, limite: date
) -> Verdict:
    """Whether what is offered stands. ``champ`` is None without a protocol: the other rule says so."""
    releve = Releve(OBSTACLES, le)
    if le > limite:
        releve.noter("prescription_acquise", f"L’action publique est prescrite depuis le {_jour(limite)}.")
    if offre.reponse_avant <= le or offre.executer_avant <= offre.reponse_avant:
        releve.noter(
            "dates_incoherentes", "La réponse se donne après ce jour, et l’exécution après la réponse."
        )
    _juger_champ(releve, le, champ, avis)
    if offre.nature is Nature.REPARATION:
        if offre.montant is None or offre.montant <= 0 or offre.heures is not None:
            releve.noter("proposition_incomplete", "Une réparation dit une somme en euros, sans heures.")
        elif offre.montant > estimation:
            releve.noter("montant_superieur", f"Le préjudice est estimé à {estimation:.2f} euros, pas plus.")
    elif offre.heures is None or offre.heures < 1 or offre.montant is not None:
        releve.noter("proposition_incomplete", "Un travail dit un nombre d’heures, sans somme.")
    return releve.verdict()


def juger_champ(*, le: date, champ: Champ | None, avis: Avis) -> Verdict:
    """What the protocol asks before any proposal."""
    releve = Releve(OBSTACLES, le)
    _juger_champ(releve, le, champ, avis)
    return releve.verdict()


def _juger_champ(releve: Releve, le: date, champ: Champ | None, avis: Avis) -> None:
    if champ is not None and not champ.comprise:
        releve.noter("contravention_hors_protocole")
    if champ is not None and champ.consultation:
        _juger_avis(releve, le, champ, avis)


def _juger_avis(releve: Releve, le: date, champ: Champ, avis: Avis) -> None:
    if avis.favorable is False:
        releve.noter("parquet_non_consulte", "Le parquet a donné un avis défavorable.")
    elif not avis.suffit(le, delai_jours=champ.delai_jours, silence=champ.silence):
        attend = avis.demande_le is not None
        texte = "Le parquet n’a pas encore répondu." if attend else ""
        releve.noter("parquet_non_consulte", texte)


def juger_date(*, le: date, fait_le: date, depuis: date) -> Verdict:
    """An event is dated between the one before it and today."""
    releve = Releve(OBSTACLES, le)
    if not depuis <= fait_le <= le:
        releve.noter("dates_incoherentes", f"La date est comprise entre le {_jour(depuis)} et ce jour.")
    return releve.verdict()


@dataclass(frozen=True, slots=True)
class Execution:
    """What has been done so far, against what was agreed: cents are counted, never rounded."""

    nature: Nature
    demande: Decimal
    fait: Decimal
    avant_le: date

    @property
    def reste(self) -> Decimal:
        return self.demande - self.fait

    @property
    def entiere(self) -> bool:
        return self.fait >= self.demande

    def hors_delai(self, le: date) -> bool:
        return le > self.avant_le and not self.entiere


def juger_execution(
    *, le: date, execution: Execution, quantite: Decimal, fait_le: date, homologuee_le: date
) -> Verdict:
    """Record a payment or hours: dated after the approval, within the delay, never more than agreed."""
    releve = Releve(OBSTACLES, le)
    if not homologuee_le <= fait_le <= le:
        releve.noter("dates_incoherentes", "L’exécution vient après l’homologation, et n’est pas à venir.")
    if fait_le > execution.avant_le:
        texte = f"Le délai d’exécution a pris fin le {_jour(execution.avant_le)} : la suite est au procureur."
        releve.noter("execution_hors_delai", texte)
    if quantite <= 0:
        releve.noter("proposition_incomplete", "Indiquez ce qui a été versé ou fait.")
    elif quantite > execution.reste:
        quoi = "euros" if execution.nature is Nature.REPARATION else "heures"
        releve.noter("execution_trop_forte", f"Il ne reste que {execution.reste:f} {quoi} à exécuter.")
    return releve.verdict()


def _jour(jour: date) -> str:
    return jour_en_lettres(jour)
