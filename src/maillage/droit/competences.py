"""Who may do what: for each act of the field, which body, on which text, and whether it moves to the EPCI.

Fiche 38: the intercommunality coordinates, the mayor keeps their own powers. The table is data
(``donnees/competences.yaml``), dated like every parameter; this module judges. Pure.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache

from maillage.droit.parametres import Lecture, Parametre, ValeurDatee, noter_lecture
from maillage.droit.textes import jour_en_lettres
from maillage.droit.verdict import Force, Motif, Verdict


class Acte(StrEnum):
    """The acts of the table, by their code."""

    REGISTRE_ACTES = "registre_actes"
    RAPPEL = "rappel"
    CONVOCATION = "convocation"
    TRANSACTION = "transaction"
    HOMOLOGATION_REPARATION = "homologation_reparation"
    HOMOLOGATION_TRAVAIL = "homologation_travail"
    PROTOCOLE = "protocole"
    CDDF_COMMUNE = "cddf_commune"
    CDDF_INTERCOMMUNAL = "cddf_intercommunal"
    MAESF = "maesf"
    CLSPD_CREATION = "clspd_creation"
    CLSPD_PRESIDENCE = "clspd_presidence"
    CISPD_CREATION = "cispd_creation"
    CISPD_PRESIDENCE = "cispd_presidence"
    GROUPES = "groupes"
    COORDONNATEUR = "coordonnateur"
    ANIMATION = "animation"
    STRATEGIE_LOCALE = "strategie_locale"
    CONVENTIONS_TYPES = "conventions_types"
    PLENIERE_DE_DROIT = "pleniere_de_droit"
    POLICE_GENERALE = "police_generale"
    POLICE_MANIFESTATIONS = "police_manifestations"
    SLTP = "sltp"
    VIDEO_INSTALLER = "video_installer"
    VIDEO_AUTORISER = "video_autoriser"
    EXCLUSION_COMMUNAL = "exclusion_communal"
    EXCLUSION_EPCI = "exclusion_epci"
    SIGNALEMENT = "signalement"
    AVIS_SUITES = "avis_suites"
    AVIS_INFRACTIONS = "avis_infractions"
    ESPACE_REPARATION = "espace_reparation"


class Qualite(StrEnum):
    """In what quality one would act. ``COMMUNE`` and ``EPCI``: their deliberating assembly."""

    MAIRE = "maire"
    ELU_DELEGUE = "elu_delegue"
    COMMUNE = "commune"
    EPCI = "epci"
    PRESIDENT_EPCI = "president_epci"
    PREFET = "prefet"
    PROCUREUR = "procureur"
    JUGE = "juge"
    PRESIDENT_DEPARTEMENT = "president_departement"
    FORCES = "forces"
    COORDONNATEUR = "coordonnateur"


class Condition(StrEnum):
    """What makes a body competent that would not be otherwise."""

    DELEGATION = "delegation"
    COMPETENCE_EPCI = "competence_epci"
    TRANSFERT_ACCORDE = "transfert_accorde"
    ACCORD_COMMUNE = "accord_commune"
    CARENCE = "carence"


class Transfert(StrEnum):
    """Whether the act may move to the intercommunality, and how."""

    JAMAIS = "jamais"
    COMPETENCE = "competence"
    SUR_ACCORD = "sur_accord"
    EQUIPEMENT = "equipement"
    APPUI = "appui"
    SANS_OBJET = "sans_objet"


QUALITES: dict[Qualite, str] = {
    Qualite.MAIRE: "le maire",
    Qualite.ELU_DELEGUE: "l’élu délégué par le maire",
    Qualite.COMMUNE: "le conseil municipal",
    Qualite.EPCI: "le conseil de l’intercommunalité",
    Qualite.PRESIDENT_EPCI: "le président de l’intercommunalité",
    Qualite.PREFET: "le préfet",
    Qualite.PROCUREUR: "le procureur de la République",
    Qualite.JUGE: "le juge du tribunal de police",
    Qualite.PRESIDENT_DEPARTEMENT: "le président du département",
    Qualite.FORCES: "la police ou la gendarmerie",
    Qualite.COORDONNATEUR: "le coordonnateur",
}
CONDITIONS: dict[Condition, str] = {
    Condition.DELEGATION: "sur un arrêté de délégation en vigueur",
    Condition.COMPETENCE_EPCI: "si l’intercommunalité exerce la compétence",
    Condition.TRANSFERT_ACCORDE: "si les maires lui ont transféré cette police",
    Condition.ACCORD_COMMUNE: "avec l’accord de la commune d’implantation",
    Condition.CARENCE: "si le maire n’a désigné personne",
}
TRANSFERTS: dict[Transfert, str] = {
    Transfert.JAMAIS: "Ne se transfère pas",
    Transfert.COMPETENCE: "Passe avec la compétence",
    Transfert.SUR_ACCORD: "Sur accord des maires",
    Transfert.EQUIPEMENT: "Suit le propriétaire",
    Transfert.APPUI: "L’intercommunalité appuie",
    Transfert.SANS_OBJET: "Relève d’une autre autorité",
}
#: Bodies of the intercommunality: told why a power of the mayor does not move.
INTERCOMMUNAUX = frozenset({Qualite.EPCI, Qualite.PRESIDENT_EPCI})


@dataclass(frozen=True, slots=True)
class Competent:
    """A body that may act, and under what condition, if any."""

    qualite: Qualite
    condition: Condition | None = None

    @property
    def en_mots(self) -> str:
        suite = f" {CONDITIONS[self.condition]}" if self.condition else ""
        return QUALITES[self.qualite] + suite


@dataclass(frozen=True, slots=True)
class Competence:
    """An act of the table. ``comment``: what of it may move to the intercommunality, in one sentence."""

    acte: Acte
    libelle: str
    theme: str
    transfert: Transfert
    comment: str
    valeurs: tuple[ValeurDatee, ...]

    def au(self, le: date) -> ValeurDatee | None:
        """Who is competent on that day, None where the law of the day did not know the act."""
        return next((valeur for valeur in self.valeurs if valeur.couvre(le)), None)

    def competents(self, le: date) -> tuple[Competent, ...]:
        """The competent bodies of that day, in the order of the data."""
        valeur = self.au(le)
        return tuple(map(_competent, valeur.mots)) if valeur is not None else ()


def _competent(mot: str) -> Competent:
    qualite, _, condition = mot.partition(":")
    return Competent(Qualite(qualite), Condition(condition) if condition else None)


@cache
def competences() -> dict[Acte, Competence]:
    """The whole table, in the order of the data, read once."""
    from maillage.droit.lecture import lire_competences  # the data is opened only when it is asked for

    return {
        Acte(brut["code"]): Competence(
            Acte(brut["code"]),
            brut["libelle"],
            brut["theme"],
            Transfert(brut["transfert"]),
            brut["comment"],
            brut["valeurs"],
        )
        for brut in lire_competences()
    }


def _ou(mots: Collection[str]) -> str:
    *premiers, dernier = mots
    return f"{', '.join(premiers)} ou {dernier}" if premiers else dernier


def juger_competence(
    acte: Acte, qualite: Qualite | None, le: date, *, conditions: Collection[Condition] = ()
) -> Verdict:
    """Whether this body may do this act on that day. ``qualite`` None: none of those of the table.

    ``conditions``: those that are met. Codes: ``acte_sans_texte`` (no text provided for the act that day),
    ``autorite_incompetente`` (another body does it), ``condition_absente`` (this body, but not so).
    """
    fiche = competences()[acte]
    valeur = fiche.au(le)
    if valeur is None:
        premiere = fiche.valeurs[0]
        texte = f"Aucun texte ne prévoit cet acte au {jour_en_lettres(le)}."
        return Verdict.refus([_motif(premiere, "acte_sans_texte", texte)])
    dits = tuple(competent.en_mots for competent in fiche.competents(le))
    lu = Parametre(f"competence.{acte.value}", fiche.libelle, "liste", fiche.theme, fiche.valeurs)
    noter_lecture(Lecture(lu, le, replace(valeur, valeur=dits)))
    siens = [competent for competent in fiche.competents(le) if competent.qualite is qualite]
    if not siens:
        texte = f"{fiche.libelle} : {_ou(dits)}."
        if qualite in INTERCOMMUNAUX and fiche.transfert is Transfert.JAMAIS:
            texte += " Cet acte ne se transfère pas à l’intercommunalité."
        return Verdict.refus([_motif(valeur, "autorite_incompetente", texte)])
    manquantes = {competent.condition for competent in siens} - {None, *conditions}
    if len(manquantes) == len(siens):
        texte = f"{fiche.libelle} : {_ou([competent.en_mots for competent in siens])}."
        return Verdict.refus([_motif(valeur, "condition_absente", texte)])
    return Verdict.accord()


def _motif(valeur: ValeurDatee, code: str, texte: str) -> Motif:
    """Who is competent is no matter of usage: nobody in charge may lend their power by lifting a reason."""
    return Motif(code, texte, valeur.base_legale, Force.LOI, valeur.a_verifier)


class SchemaLocal(StrEnum):
    """The three patterns of governance of fiche 38, read from the recorded councils."""

    CISPD_SEUL = "cispd_seul"
    CISPD_ET_CLSPD = "cispd_et_clspd"
    CLSPD_SEULS = "clspd_seuls"
    NON_RENSEIGNE = "non_renseigne"


SCHEMAS: dict[SchemaLocal, tuple[str, str]] = {
    SchemaLocal.CISPD_SEUL: (
        "Un conseil intercommunal, sans conseil de commune",
        "L’intercommunalité anime et coordonne ; les maires gardent leurs pouvoirs propres.",
    ),
    SchemaLocal.CISPD_ET_CLSPD: (
        "Un conseil intercommunal et des conseils de commune",
        "L’intercommunalité coordonne ; les conseils de commune suivent les situations des personnes.",
    ),
    SchemaLocal.CLSPD_SEULS: (
        "Des conseils de commune, sans conseil intercommunal",
        "Chaque commune anime et coordonne sur son territoire.",
    ),
    SchemaLocal.NON_RENSEIGNE: (
        "Non renseigné",
        "Aucun conseil n’est enregistré sur ce territoire.",
    ),
}


def schema_local(*, intercommunal: bool, communal: bool) -> SchemaLocal:
    """The pattern of a territory, from whether a council of each level is recorded there."""
    if intercommunal:
        return SchemaLocal.CISPD_ET_CLSPD if communal else SchemaLocal.CISPD_SEUL
    return SchemaLocal.CLSPD_SEULS if communal else SchemaLocal.NON_RENSEIGNE
