"""Where acts are kept that are not a groupe's: the mayor's own, the family council's. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from maillage.droit.api import Force, Motif, Verdict, jour_en_lettres, valeur_ou_rien
from maillage.droit.competences import Acte, Condition, Qualite, juger_competence

L132_7: Final = "Code de la sécurité intérieure, art. L. 132-7"
L141_1: Final = "Code de l’action sociale et des familles, art. L. 141-1"
_CONSEIL: Final = "Code de la sécurité intérieure, art. L. 132-4 et L. 132-13"
_USAGE: Final = "Règle de l’application"

#: Elected members of the commune itself; the president of an EPCI is never one of them.
ELUS_DE_LA_COMMUNE: Final = frozenset({"maire", "elu_delegue"})

POUVOIR_DU_MAIRE: Final = Motif(
    "autorite_incompetente",
    "Le rappel à l’ordre et la transaction sont des pouvoirs propres du maire. Ils ne se transfèrent pas : "
    "ni au président de l’intercommunalité, ni au maire d’une autre commune.",
    f"{L132_7} ; Code général des collectivités territoriales, art. L. 2122-18 et L. 5211-9-2",
    Force.LOI,
)


@dataclass(frozen=True, slots=True)
class ProjetDeRegistre:
    """A register about to be opened. ``mairie``: the commune's own administration stands in the directory.

    ``fixe_le``: the day of the deliberation, or of the mayor's decision. ``commune`` is empty for an EPCI.
    """

    commune: str
    communes_du_conseil: Collection[str]
    conseil_actif: bool
    deja: bool
    mairie: bool
    fixe_le: date


def _communs(projet: ProjetDeRegistre, le: date) -> list[Motif]:
    motifs = []
    if not projet.conseil_actif:
        motifs.append(Motif("conseil_dissous", "Ce conseil est dissous.", _CONSEIL, Force.USAGE))
    if projet.commune and projet.commune not in projet.communes_du_conseil:
        texte = "Cette commune n’est pas, ou plus, membre de ce conseil."
        motifs.append(Motif("commune_non_membre", texte, _CONSEIL, Force.DOCTRINE))
    if projet.fixe_le > le:
        texte = f"Cette décision est datée du {jour_en_lettres(projet.fixe_le)}, qui n’est pas encore passé."
        motifs.append(Motif("decision_a_venir", texte, _CONSEIL, Force.LOI))
    return motifs


def competence_pour(
    genre: str, commune: str, qualite: Qualite | None, le: date, *, epci: bool = False
) -> Verdict:
    """Whether whoever asks holds that act (fiche 38). ``epci``: the council is that of an EPCI."""
    if genre == "actes_maire":
        return juger_competence(Acte.REGISTRE_ACTES, qualite, le)
    conditions = {Condition.COMPETENCE_EPCI} if epci else set()
    acte = Acte.CDDF_COMMUNE if commune else Acte.CDDF_INTERCOMMUNAL
    return juger_competence(acte, qualite, le, conditions=conditions)


def juger_actes_du_maire(projet: ProjetDeRegistre, *, competence: Verdict, le: date) -> Verdict:
    """Whether the register of a mayor's acts may be opened. ``competence``: see ``competence_pour``."""
    motifs = [*competence.motifs, *_communs(projet, le)]
    if not projet.mairie:
        texte = "La mairie de cette commune n’est pas dans l’annuaire : inscrivez-la d’abord."
        motifs.append(Motif("mairie_absente", texte, _USAGE, Force.USAGE))
    if projet.deja:
        texte = "Les actes du maire de cette commune ont déjà leur registre."
        motifs.append(Motif("registre_existant", texte, _USAGE, Force.USAGE))
    return Verdict.selon(motifs)


def juger_conseil_des_familles(
    projet: ProjetDeRegistre, *, genre: str, competence: Verdict, le: date
) -> Verdict:
    """Whether a family council, or a cell, may be recorded: a deliberation creates it (CASF L. 141-1).

    Whether the law of the day made it compulsory is told by ``cddf_obligatoire``.
    """
    motifs = [*competence.motifs, *_communs(projet, le)]
    if projet.deja:
        base = L141_1 if genre == "cddf" else _USAGE
        motifs.append(Motif("conseil_existant", "Il en existe déjà un sur ce territoire.", base, Force.USAGE))
    return Verdict.selon(motifs)


def juger_registre_des_droits(
    *, charge: bool, organisme: bool, conseil_actif: bool, deja: bool, fixe_le: date, le: date
) -> Verdict:
    """Whether the register of requests about personal data may be opened (RGPD, art. 12, 24 and 39).

    ``charge``: whoever asks answers for the council, or is its DPO. ``organisme``: they belong to a body of
    the directory, which will hold the seat.
    """
    motifs = []
    if not charge:
        texte = (
            "Ce registre est ouvert par le maire, le président de l’intercommunalité, leur élu délégué "
            "ou le délégué à la protection des données de ce conseil."
        )
        motifs.append(Motif("registre_du_responsable", texte, "RGPD, art. 24 et 38", Force.LOI))
    if not conseil_actif:
        motifs.append(Motif("conseil_dissous", "Ce conseil est dissous.", _CONSEIL, Force.USAGE))
    if not organisme:
        texte = "Votre compte n’est rattaché à aucun organisme : le siège ne pourrait être donné à personne."
        motifs.append(Motif("organisme_absent", texte, _USAGE, Force.USAGE))
    if deja:
        texte = "Les demandes des personnes ont déjà leur registre dans ce conseil."
        motifs.append(Motif("registre_existant", texte, _USAGE, Force.USAGE))
    if fixe_le > le:
        texte = f"La décision est datée du {jour_en_lettres(fixe_le)}, qui n’est pas encore passé."
        motifs.append(Motif("date_future", texte, _USAGE, Force.USAGE))
    return Verdict.selon(motifs)


def cddf_obligatoire(population: int | None, le: date) -> Verdict:
    """Whether the law of that day made a family council compulsory; ``motifs`` says why, yes or no."""
    seuil = valeur_ou_rien("cddf.seuil_population", le)
    if seuil is None:
        facultatif = valeur_ou_rien("cddf.facultatif", le)
        texte = "Un conseil pour les droits et devoirs des familles est facultatif."
        motifs = [facultatif.motif("cddf_facultatif", texte)] if facultatif is not None else []
        return Verdict(False, tuple(motifs))
    if population is None:
        motif = seuil.motif("population_inconnue", "La population de la commune n’est pas connue.")
        return Verdict(False, (motif,))
    au_dela = population > seuil.entier
    texte = f"Obligatoire dans les communes de plus de {seuil.entier} habitants."
    return Verdict(au_dela, (seuil.motif("cddf_seuil", texte),))


#: Code of ``cddf.membres`` -> the words of the page that records a family council.
MEMBRES_DU_CDDF: Final = {
    "representants_etat": "des représentants de l’État dont le décret donne la liste",
    "collectivites": "des représentants des collectivités",
    "action_sociale": "des personnes de l’action sociale",
    "action_sanitaire": "de l’action sanitaire",
    "action_educative": "de l’action éducative",
    "insertion": "de l’insertion",
    "prevention_delinquance": "de la prévention de la délinquance",
}


def composition_du_cddf(le: date) -> tuple[Motif, ...]:
    """Who presides over a family council and who may sit there, as the texts of that day say it."""
    motifs = []
    if (preside := valeur_ou_rien("cddf.president", le)) is not None:
        texte = "Le maire le préside, ou l’élu qu’il délègue par arrêté."
        motifs.append(preside.motif("cddf_president", texte))
    if (membres := valeur_ou_rien("cddf.membres", le)) is not None:
        siegent = [MEMBRES_DU_CDDF[code] for code in membres.mots]
        texte = f"Peuvent y siéger {', '.join(siegent[:-1])} et {siegent[-1]}."
        motifs.append(membres.motif("cddf_membres", texte))
    return tuple(motifs)
