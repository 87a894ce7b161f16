"""Co-funding: the State's share, who may carry an action, whom each credit serves. Fiches 23 and 33. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from maillage.droit.api import Obstacle, Releve, Verdict, echeance_mois, nombre, valeur_datee


class Financeur(StrEnum):
    """Who pays."""

    ETAT = "etat"
    REGION = "region"
    DEPARTEMENT = "departement"
    EPCI = "epci"
    COMMUNE = "commune"
    CAF = "caf"
    PRIVE = "prive"
    EUROPE = "europe"
    PROPRE = "propre"


class Porteur(StrEnum):
    """Who carries the action."""

    ASSOCIATION = "association"
    COMMUNE = "commune"
    EPCI = "epci"
    DEPARTEMENT = "departement"
    BAILLEUR = "bailleur"
    ETABLISSEMENT_PUBLIC = "etablissement_public"
    ETAT = "etat"
    PERSONNE_PHYSIQUE = "personne_physique"


class Dispositif(StrEnum):
    """What is funded; a post of ISCG starts with a convention of three years."""

    FIPD = "fipd"
    ISCG_CONVENTION = "iscg_convention"
    ISCG_PERENNE = "iscg_perenne"


class Credit(StrEnum):
    """The credit whose public is judged."""

    FIPD = "fipd"
    MILDECA = "mildeca"
    POLITIQUE_VILLE = "politique_ville"
    CAF = "caf"


_CENT = 100

OBSTACLES = (
    Obstacle("part_etat_max", "L’État finance une part trop grande.", "fipd.part_etat_maximum"),
    Obstacle("part_etat_min", "L’État finance une part trop petite.", "iscg.part_etat_minimum"),
    Obstacle(
        "porteur_ineligible",
        "Ce porteur n’est pas une personne morale autre que l’État.",
        "fipd.porteurs_exclus",
    ),
    Obstacle(
        "total_incoherent", "Le total n’est pas la somme des financements.", "subvention.budget_equilibre"
    ),
    Obstacle("public_ineligible", "Ce crédit ne sert pas ce public.", "mildeca.publics"),
)


@dataclass(frozen=True, slots=True)
class Apport:
    """What one funder brings, in euros."""

    financeur: Financeur
    montant: Decimal


@dataclass(frozen=True, slots=True)
class Public:
    """Whom the action serves and what it does, as the credits ask (fiche 33)."""

    age_maximum: int | None = None
    expose_trafic: bool = False
    amorcage_tapaj: bool = False
    quartier_prioritaire: bool = False
    sensibilisation_formation: bool = False
    soutien_parentalite: bool = False

    def repond(self, critere: str) -> bool:
        return getattr(self, critere) is True


def cofinancement(
    *,
    le: date,
    apports: Iterable[Apport],
    total: Decimal,
    porteur: Porteur,
    dispositif: Dispositif,
    credit: Credit | None = None,
    public: Public | None = None,
) -> Verdict:
    """Whether this plan may be funded. Shares are of the declared ``total``, which must be the sum of all.

    The public is judged for the named credit only. ``total`` is above zero: nothing is a share of nothing.
    """
    if total <= 0:
        raise ValueError("Un plan de financement a un total supérieur à zéro.")
    releve = Releve(OBSTACLES, le)
    apports = tuple(apports)
    etat = sum((a.montant for a in apports if a.financeur is Financeur.ETAT), Decimal(0))
    if dispositif is Dispositif.FIPD:
        maximum = valeur_datee("fipd.part_etat_maximum", le).entier
        if etat * _CENT > maximum * total:
            texte = f"L’État finance {_part(etat, total)} du total : pas plus de {maximum}\u00a0%."
            releve.noter("part_etat_max", texte)
    if dispositif is Dispositif.ISCG_PERENNE:
        minimum = valeur_datee("iscg.part_etat_minimum", le).entier
        if etat * _CENT < minimum * total:
            texte = f"L’État finance {_part(etat, total)} du total : au moins {minimum}\u00a0%."
            releve.noter("part_etat_min", texte)
    if porteur.value in valeur_datee("fipd.porteurs_exclus", le).mots:
        releve.noter("porteur_ineligible")
    somme = sum((a.montant for a in apports), Decimal(0))
    if somme != total:
        releve.noter(
            "total_incoherent", f"Les financements font {_euros(somme)} et le total annonce {_euros(total)}."
        )
    if credit is not None and public is not None:
        _juger_public(releve, le, credit, public)
    compte_rendu = echeance_mois(
        date(le.year, 12, 31), valeur_datee("subvention.compte_rendu_mois", le).entier
    )
    return releve.verdict({"compte_rendu_financier": compte_rendu})


def _juger_public(releve: Releve, le: date, credit: Credit, public: Public) -> None:
    if credit is Credit.MILDECA:
        age = valeur_datee("mildeca.age_maximum", le).entier
        jeunes = public.age_maximum is not None and public.age_maximum <= age
        criteres = valeur_datee("mildeca.publics", le).mots
        remplis = [c for c in criteres if public.repond(c) and (jeunes or c != "expose_trafic")]
        if not remplis:
            texte = (
                f"La MILDECA sert des jeunes de {age} ans au plus exposés au trafic, ou l’amorçage de TAPAJ."
            )
            releve.noter("public_ineligible", texte)
    elif credit is Credit.POLITIQUE_VILLE:
        if not all(public.repond(c) for c in valeur_datee("politique_ville.publics", le).mots):
            texte = "La politique de la ville sensibilise et forme des jeunes d’un quartier prioritaire."
            releve.noter("public_ineligible", texte, appui="politique_ville.publics")
    elif credit is Credit.CAF and not any(public.repond(c) for c in valeur_datee("caf.publics", le).mots):
        texte = "La CAF sert le soutien à la parentalité."
        releve.noter("public_ineligible", texte, appui="caf.publics")


def _part(montant: Decimal, total: Decimal) -> str:
    part = (montant * _CENT / total).quantize(Decimal("0.01"))
    return f"{part:f}".replace(".", ",") + "\u00a0%"


def _euros(montant: Decimal) -> str:
    euros, _, centimes = f"{montant:.2f}".partition(".")
    return f"{nombre(int(euros))},{centimes}\u00a0€"
