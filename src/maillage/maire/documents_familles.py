"""The papers of a family's file: prepared and dated here, signed by no one but the mayor."""

from dataclasses import dataclass
from typing import Any, Final

from maillage.documents.api import Document
from maillage.droit.api import jour_en_lettres
from maillage.maire.documents import composer_document
from maillage.maire.lieux import Lieu
from maillage.maire.models import ConvocationFamille
from maillage.maire.selectors.familles_pages import FamilleVue, noms_des_membres
from maillage.situations.api import DonneesRepresentant
from maillage.socle.refus import Introuvable
from maillage.strategie.api import liste
from maillage.territoires.api import departements

CONVOCATION: Final = "famille_convocation"
FEUILLE: Final = "famille_feuille"
RECOMMANDATION: Final = "famille_recommandation"
ATTESTATION: Final = "famille_attestation"
DEPARTEMENT: Final = "famille_departement"


@dataclass(frozen=True, slots=True)
class Papier:
    """A paper the page offers. ``rang``: which parent it is for, from 1; 0 for the file."""

    code: str
    rang: int
    libelle: str


def papiers(vue: FamilleVue) -> list[Papier]:
    """What can be printed of the file as it stands: one letter for each parent."""
    prets: list[Papier] = []
    if vue.attendue is not None:
        prets += [
            Papier(CONVOCATION, rang, f"Convocation de {_nom(parent)}")
            for rang, parent in enumerate(vue.identite.representants, start=1)
        ]
        prets.append(Papier(FEUILLE, 0, "Feuille d’audition"))
    if vue.recommandation is not None:
        prets.append(Papier(RECOMMANDATION, 0, "Recommandation"))
    fini = vue.accompagnement
    if fini is not None and fini.issue and _atteste(fini.issue):
        prets.append(Papier(ATTESTATION, 0, "Attestation d’accompagnement parental"))
    if vue.saisine is not None:
        prets.append(Papier(DEPARTEMENT, 0, "Saisine du président du département"))
    return prets


def papier(vue: FamilleVue, ou: Lieu, code: str, rang: int) -> Document:
    """That paper, where the file has it. Raises ``Introuvable``."""
    if not any((pret.code, pret.rang) == (code, rang) for pret in papiers(vue)):
        raise Introuvable(vue.dossier.public_id)
    return composer_document(ou, code, _DONNEES[code](vue, ou, rang))


def _nom(parent: DonneesRepresentant) -> str:
    return f"{parent.prenom} {parent.nom}".strip()


def _atteste(issue: str) -> bool:
    return bool(liste("fins_accompagnement").item(issue).attributs["attestation"])


def _commun(vue: FamilleVue, ou: Lieu) -> dict[str, Any]:
    return {
        "conseil": ou.vu.nom,
        "reference": vue.dossier.reference,
        "enfant": vue.identite.nom_complet,
        "parents": " et ".join(_nom(parent) for parent in vue.identite.representants) or "à compléter",
        "le": ou.jour,
    }


def _audition(attendue: ConvocationFamille, vue: FamilleVue, ou: Lieu) -> dict[str, Any]:
    assert vue.audition_prevue is not None
    quand = vue.audition_prevue
    return {
        "jour": f"{jour_en_lettres(quand.date())} à {quand:%H h %M}",
        "lieu": attendue.lieu,
        "membres": noms_des_membres(ou, list(attendue.membres)),
    }


def _convocation(vue: FamilleVue, ou: Lieu, rang: int) -> dict[str, Any]:
    parent, attendue = vue.identite.representants[rang - 1], vue.attendue
    assert attendue is not None
    commun = _commun(vue, ou)
    del commun["parents"]
    return {
        **commun,
        **_audition(attendue, vue, ou),
        "destinataire": _nom(parent),
        "adresse": parent.adresse or vue.identite.donnees.adresse or "à compléter",
        "motif": liste("motifs_famille").item(vue.dossier.motif).libelle,
        "rang": "première convocation" if attendue.rang == 1 else f"convocation n° {attendue.rang}",
        "conservation": jour_en_lettres(vue.dossier.expire_le),
    }


def _feuille(vue: FamilleVue, ou: Lieu, _: int) -> dict[str, Any]:
    assert vue.attendue is not None
    lignes = [[item.libelle, ""] for item in liste("presences_famille")]
    return {**_commun(vue, ou), **_audition(vue.attendue, vue, ou), "presences": lignes}


def _recommandation(vue: FamilleVue, ou: Lieu, _: int) -> dict[str, Any]:
    suite = vue.recommandation
    assert suite is not None
    mots = liste("recommandations_famille")
    return {
        **_commun(vue, ou),
        "recommandations": [mots.item(code).libelle for code in suite.types],
        "precision": suite.precision or "Sans précision.",
    }


def _attestation(vue: FamilleVue, ou: Lieu, _: int) -> dict[str, Any]:
    fini = vue.accompagnement
    assert fini is not None
    return {**_commun(vue, ou), "organisme": vue.organisme, "debut": fini.debut, "fin": fini.fini_le}


def _departement(vue: FamilleVue, ou: Lieu, _: int) -> dict[str, Any]:
    saisine = vue.saisine
    assert saisine is not None
    noms = {lu.code: lu.nom for lu in departements()}
    return {
        **_commun(vue, ou),
        "departement": noms.get(saisine.departement, saisine.departement),
        "adresse": vue.identite.donnees.adresse or "à compléter",
        "motif": liste("motifs_famille").item(vue.dossier.motif).libelle,
        "entendue": "La famille a été entendue." if vue.audition else "La famille ne s’est pas présentée.",
    }


_DONNEES: Final = {
    CONVOCATION: _convocation,
    FEUILLE: _feuille,
    RECOMMANDATION: _recommandation,
    ATTESTATION: _attestation,
    DEPARTEMENT: _departement,
}
