"""Where a council stands with what the law and the charter ask of it. Pure: facts and dates are given."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from maillage.droit.api import entier, jour_en_lettres, nombre, valeur_datee
from maillage.pilotage.bilan import EtatObligation, Obligation

L132_5 = "Code de la sécurité intérieure, art. L. 132-5"


@dataclass(frozen=True, slots=True)
class Etat:
    """What is known of a council at the end of a year, or today when the year is not over.

    ``coordonnateur_du``: communes where the law asks for a coordinator. ``coordonnateurs``: agents who
    exercise the function today, None where the year is over and it can no longer be told.
    """

    le: date
    provisoire: bool
    delibere_le: date
    conseil_du: Collection[str]
    coordonnateur_du: Collection[str]
    base_conseil: str
    base_coordonnateur: str
    coordonnateurs: int | None
    plenieres: Sequence[date]
    groupes_nominatifs: int
    chartes: int
    reglements: int
    mandats: int
    signatures: int


def obligations(etat: Etat) -> tuple[Obligation, ...]:
    """Every line, in the order of the law."""
    return (_conseil(etat), _pleniere(etat), _coordonnateur(etat), _charte(etat), _reglement(etat))


def _manque(etat: Etat) -> EtatObligation:
    return EtatObligation.A_FAIRE if etat.provisoire else EtatObligation.MANQUE


def _conseil(etat: Etat) -> Obligation:
    pour = f"Obligatoire pour {', '.join(etat.conseil_du)}." if etat.conseil_du else "Facultatif."
    detail = f"Créé par la délibération du {jour_en_lettres(etat.delibere_le)}. {pour}"
    return Obligation("conseil", "Conseil", EtatObligation.FAIT, detail, etat.base_conseil)


def _pleniere(etat: Etat) -> Obligation:
    regle = valeur_datee("clspd.plenieres_par_an", etat.le)
    voulues = entier("clspd.plenieres_par_an", etat.le)
    if len(etat.plenieres) >= voulues:
        jours = ", ".join(f"le {jour_en_lettres(jour)}" for jour in etat.plenieres)
        return Obligation(
            "pleniere", "Réunion plénière", EtatObligation.FAIT, f"Tenue {jours}.", regle.base_legale
        )
    detail = "Aucune réunion plénière tenue : au moins une par an."
    return Obligation("pleniere", "Réunion plénière", _manque(etat), detail, regle.base_legale)


def _coordonnateur(etat: Etat) -> Obligation:
    libelle, base = "Coordonnateur", etat.base_coordonnateur
    if etat.coordonnateurs:
        detail = "Une personne exerce cette fonction au jour du calcul."
        return Obligation("coordonnateur", libelle, EtatObligation.FAIT, detail, base)
    if not etat.coordonnateur_du:
        detail = "Aucune commune du conseil n’y est tenue."
        return Obligation("coordonnateur", libelle, EtatObligation.SANS_OBJET, detail, base)
    communes = ", ".join(etat.coordonnateur_du)
    if etat.coordonnateurs is None:
        detail = f"Obligatoire pour {communes}. Non établi pour une année passée."
        return Obligation("coordonnateur", libelle, EtatObligation.SANS_OBJET, detail, base)
    detail = f"Obligatoire pour {communes}, et personne n’exerce cette fonction."
    return Obligation("coordonnateur", libelle, EtatObligation.MANQUE, detail, base)


def _par_groupe(etat: Etat, code: str, libelle: str, trouves: int, detail: str) -> Obligation:
    if not etat.groupes_nominatifs:
        vide = "Aucun groupe où des personnes sont nommées."
        return Obligation(code, libelle, EtatObligation.SANS_OBJET, vide, L132_5)
    atteint = EtatObligation.FAIT if trouves >= etat.groupes_nominatifs else _manque(etat)
    groupes = f"{nombre(trouves)} pour {nombre(etat.groupes_nominatifs)} groupes nominatifs"
    if etat.groupes_nominatifs == 1:
        groupes = f"{nombre(trouves)} pour un groupe nominatif"
    return Obligation(code, libelle, atteint, f"En vigueur : {groupes}. {detail}".strip(), L132_5)


def _charte(etat: Etat) -> Obligation:
    trouvee = _par_groupe(
        etat,
        "charte",
        "Charte de confidentialité",
        etat.chartes,
        f"Signatures : {nombre(etat.signatures)} pour {nombre(etat.mandats)} mandats.",
    )
    if trouvee.etat is EtatObligation.FAIT and etat.signatures < etat.mandats:
        return Obligation(trouvee.code, trouvee.libelle, _manque(etat), trouvee.detail, trouvee.base_legale)
    return trouvee


def _reglement(etat: Etat) -> Obligation:
    return _par_groupe(etat, "reglement", "Règlement intérieur des échanges", etat.reglements, "")
