"""The papers of a settlement: the proposal in two copies, what goes to justice, the report."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final

from maillage.documents.api import Document, Signature
from maillage.interface.typographie import accord, date_longue
from maillage.maire.documents import composer_document
from maillage.maire.etats_transaction import LIBELLES
from maillage.maire.models import GenreActe, LigneDeRegistre, QualiteDelegue, Registre
from maillage.maire.rules.transaction import Autorite, Nature
from maillage.maire.selectors.transactions import Lue
from maillage.strategie.api import liste

AUTORITES: Final[Mapping[str, str]] = {
    Autorite.PROCUREUR.value: "le procureur de la République",
    Autorite.JUGE_TRIBUNAL_POLICE.value: "le juge du tribunal de police",
}
HOMOLOGUE: Final = {
    Nature.REPARATION.value: AUTORITES[Autorite.PROCUREUR.value],
    Nature.TRAVAIL.value: AUTORITES[Autorite.JUGE_TRIBUNAL_POLICE.value],
}
QUALITES: Final = {
    "maire": "Le maire",
    **{code: f"{libelle}, par délégation" for code, libelle in QualiteDelegue.choices},
}
RETOUR: Final = "Exemplaire à retourner signé"
GARDE: Final = "Exemplaire à conserver"


def euros(montant: Decimal) -> str:
    """As one writes it: « 1 240,50 euros »."""
    return f"{montant:,.2f}".replace(",", "\u202f").replace(".", ",") + "\u00a0euros"


def mesure(lue: Lue) -> str:
    """What is offered, in one sentence."""
    offre = lue.proposition
    if offre is None:
        return ""
    if offre.montant is not None:
        return f"Verser {euros(offre.montant)} à la commune, en réparation de son préjudice"
    travaux = liste("travaux_transaction").item(offre.travaux).libelle
    return f"{accord(offre.heures or 0, 'heure,heures')} de travail non rémunéré : {travaux.lower()}"


def lieu_des_faits(lue: Lue) -> str:
    """The kind of place, and the street where it was given."""
    genre = liste("lieux_faits").item(lue.ligne.lieu).libelle
    return f"{genre}, {lue.ligne.lieu_precis}" if lue.ligne.lieu_precis else genre


def auteur(lue: Lue) -> str:
    """Who proposed, in what quality: never in the place of their signature."""
    offre = lue.proposition
    if offre is None:
        return ""
    qualite = QUALITES.get(offre.qualite, offre.qualite)
    return f"{qualite} (arrêté {offre.arrete})" if offre.arrete else qualite


def _commun(lue: Lue) -> dict[str, Any]:
    ligne = lue.ligne
    return {
        "reference": ligne.reference,
        "commune": lue.ou.vu.formation,
        "personne": lue.identite.nom_complet,
        "naissance": lue.identite.donnees.naissance,
        "qualification": lue.contravention.libelle,
        "pv_numero": ligne.pv_numero,
        "pv_le": ligne.pv_le,
    }


def proposition(lue: Lue, exemplaire: str = GARDE) -> Document | None:
    """The proposal, None before it is made. Two copies: one is kept, the other comes back signed."""
    offre = lue.proposition
    if offre is None:
        return None
    ligne, contravention = lue.ligne, lue.contravention
    donnees = {
        **_commun(lue),
        "exemplaire": exemplaire,
        "adresse": lue.identite.donnees.adresse,
        "faits_le": ligne.faits_le,
        "lieu": lieu_des_faits(lue),
        "bien": liste("biens_communaux").item(ligne.bien).libelle,
        "article": contravention.attributs["article"],
        "classe": contravention.attributs["classe"],
        "amende": contravention.attributs["amende"],
        "service": liste("services_verbalisateurs").item(ligne.origine).libelle,
        "prejudice": euros(ligne.estimation),
        "mesure": mesure(lue),
        "propose_le": offre.le,
        "reponse_avant": offre.reponse_avant,
        "executer_avant": offre.executer_avant,
        "homologation": HOMOLOGUE[offre.nature],
        "remise": liste("remises_transaction").item(offre.remise).libelle,
        "auteur": auteur(lue),
    }
    signatures = [Signature("Pour la commune"), Signature("La personne", lue.identite.nom_complet)]
    return composer_document(lue.ou, "transaction_proposition", donnees, signatures=signatures)


def demande_d_homologation(lue: Lue) -> Document | None:
    """What goes with the signed copy to the procureur; None before the person has accepted."""
    offre, accordee = lue.proposition, lue.acte(GenreActe.ACCEPTATION)
    if offre is None or accordee is None:
        return None
    donnees = {
        **_commun(lue),
        "article": lue.contravention.attributs["article"],
        "mesure": mesure(lue),
        "propose_le": offre.le,
        "acceptee_le": accordee.fait_le,
        "executer_avant": offre.executer_avant,
        "homologation": HOMOLOGUE[offre.nature],
    }
    signatures = [Signature("Pour la commune")]
    return composer_document(lue.ou, "transaction_homologation", donnees, signatures=signatures)


def compte_rendu(lue: Lue) -> Document | None:
    """What became of it, told to the procureur; None while nothing has."""
    issue = issue_de(lue)
    if not issue:
        return None
    donnees = {
        **_commun(lue),
        "issue": issue,
        "prescription": lue.prescription,
        "etapes": [[date_longue(le), texte] for le, texte in etapes(lue)],
        "executions": [
            [date_longue(faite.fait_le), quantite(faite.montant, faite.heures), encadrant(faite.encadrant)]
            for faite in lue.executions
        ],
    }
    signatures = [Signature("Pour la commune")]
    return composer_document(lue.ou, "transaction_compte_rendu", donnees, signatures=signatures)


def issue_de(lue: Lue) -> str:
    """What became of it, in words: as the register has it, or as silence and delays already say."""
    if lue.silencieuse or lue.hors_delai:
        return lue.libelle_etat
    ligne = LigneDeRegistre.objects.filter(
        cercle=lue.ou.cercle, registre=Registre.TRANSACTIONS, objet=lue.ligne.public_id
    ).first()
    if ligne is None or not ligne.issue:
        return ""
    issues = liste("issues_transaction")
    return issues.item(ligne.issue).libelle if ligne.issue in issues else LIBELLES[lue.ligne.etat]


def etapes(lue: Lue) -> list[tuple[Any, str]]:
    """Every dated step, the first first."""
    suite = [(lue.ligne.faits_le, "Faits"), (lue.ligne.pv_le, f"Procès-verbal n° {lue.ligne.pv_numero}")]
    if lue.proposition is not None:
        suite.append((lue.proposition.le, f"Proposition : {mesure(lue)}"))
    for acte in lue.actes:
        texte = GenreActe(acte.genre).label
        suite.append((acte.fait_le, f"{texte}, {AUTORITES[acte.autorite]}" if acte.autorite else texte))
    return sorted(suite, key=lambda pas: pas[0])


def quantite(montant: Decimal | None, heures: int | None) -> str:
    return euros(montant) if montant is not None else accord(heures or 0, "heure,heures")


def encadrant(code: str) -> str:
    return liste("encadrants_transaction").item(code).libelle


#: Code of the address -> (words, document). The proposal exists in two copies.
PAPIERS: Final[Mapping[str, tuple[str, Callable[[Lue], Document | None]]]] = {
    "proposition": ("Proposition, exemplaire à conserver", proposition),
    "proposition-retour": (
        "Proposition, exemplaire à retourner",
        lambda lue: proposition(lue, RETOUR),
    ),
    "homologation": ("Transmission pour homologation", demande_d_homologation),
    "compte-rendu": ("Compte rendu au procureur", compte_rendu),
}
