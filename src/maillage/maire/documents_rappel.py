"""The papers of a rappel à l'ordre: what each one says, from the file. Signed by hand, or not at all."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from maillage.documents.api import Document, Signature
from maillage.instances.api import fuseau_du_cercle
from maillage.interface.typographie import date_longue
from maillage.interface.typographie import heure as en_heures
from maillage.maire.documents import composer_document
from maillage.maire.etats_rappel import FAITS
from maillage.maire.models import Audition, ConsultationDuParquet
from maillage.maire.rules.rappel import Qualite
from maillage.maire.selectors.rappel import RappelVu
from maillage.situations.api import DonneesRepresentant
from maillage.socle.refus import Introuvable
from maillage.strategie.api import liste
from maillage.territoires.api import communes_par_code

QUALITES: Final[Mapping[str, str]] = {
    Qualite.MAIRE: "maire",
    Qualite.ADJOINT_DELEGUE: "adjoint ou adjointe, par délégation",
    Qualite.CONSEILLER_DELEGUE: "conseiller ou conseillère, par délégation",
}


def mot(code_de_liste: str, code: str) -> str:
    """The words of a code, as they were the day it was recorded."""
    return liste(code_de_liste).item(code).libelle


def lieu_des_faits(vu: RappelVu) -> str:
    commune = communes_par_code([vu.rappel.lieu_commune]).get(vu.rappel.lieu_commune)
    nom = commune.nom if commune is not None else vu.rappel.lieu_commune
    return f"{mot('lieux_faits', vu.rappel.lieu)}, {nom}"


def _qui(representant: DonneesRepresentant) -> str:
    lien = mot("liens_representant", representant.lien).lower()
    nom = f"{representant.prenom} {representant.nom}".strip()
    return f"{nom} ({lien})" + (f", {representant.adresse}" if representant.adresse else "")


def presents(audition: Audition) -> str:
    """Who was there with the person, or why nobody could."""
    avec = []
    if audition.representants:
        avec.append("un parent ou un représentant légal")
    if audition.responsable_educatif:
        avec.append("un responsable éducatif")
    if audition.impossibilite:
        raison = mot("impossibilites_representants", audition.impossibilite).lower()
        avec.append(f"aucun représentant ({raison})")
    return "La personne, " + " et ".join(avec) if avec else "La personne"


def dire_le_parquet(consultation: ConsultationDuParquet | None) -> str:
    """What was asked of the parquet and what it said."""
    if consultation is None:
        return "Non consulté."
    debut = f"Consulté le {date_longue(consultation.le)}"
    if consultation.reponse and consultation.reponse_le:
        dit = mot("reponses_parquet", consultation.reponse).lower()
        return f"{debut} ; réponse du {date_longue(consultation.reponse_le)} : {dit}."
    return f"{debut} ; pas de réponse."


def _convocation(vu: RappelVu) -> tuple[dict[str, Any], list[Signature]]:
    derniere = vu.convocation
    if derniere is None:
        raise Introuvable(vu.rappel.public_id)
    pour = derniere.pour.astimezone(fuseau_du_cercle(vu.ou.cercle))
    avec = "Vous pouvez venir accompagné d’une personne de votre choix."
    if vu.mineur:
        avec = "Un parent, un représentant légal ou un responsable éducatif accompagne la personne mineure."
    return {
        "reference": vu.rappel.reference,
        "personne": vu.identite.nom_complet,
        "copie": " ; ".join(map(_qui, vu.identite.representants)) or "Personne d’autre",
        "faits": mot("faits_rappel", vu.rappel.faits),
        "faits_le": vu.rappel.faits_le,
        "lieu_des_faits": lieu_des_faits(vu),
        "jour": pour.date(),
        "heure": en_heures(pour),
        "lieu": mot("lieux_audition", derniere.lieu),
        "presence": avec,
    }, []


def _consultation(vu: RappelVu) -> tuple[dict[str, Any], list[Signature]]:
    derniere = vu.consultation
    if derniere is None:
        raise Introuvable(vu.rappel.public_id)
    attendue = "Dès que possible."
    if derniere.echeance is not None:
        apres = {
            "accord": "sans réponse, votre silence vaut accord.",
            "attente": "le maire attend votre réponse.",
        }
        attendue = f"Le {date_longue(derniere.echeance)} au plus tard ; {apres[derniere.silence]}"
    return {
        "reference": vu.rappel.reference,
        "personne": vu.identite.nom_complet,
        "naissance": vu.identite.donnees.naissance,
        "faits": mot("faits_rappel", vu.rappel.faits),
        "qualification": mot("qualifications_rappel", vu.rappel.qualification),
        "faits_le": vu.rappel.faits_le,
        "lieu_des_faits": lieu_des_faits(vu),
        "envoyee_le": derniere.le,
        "reponse": attendue,
        "cases": [["", "", ""]],
    }, []


def _compte_rendu(vu: RappelVu) -> tuple[dict[str, Any], list[Signature]]:
    acte, ecrit = vu.acte, vu.compte_rendu
    tenue = next((audition for audition in reversed(vu.auditions) if audition.issue == "tenue"), None)
    if acte is None or ecrit is None or tenue is None:
        raise Introuvable(vu.rappel.public_id)
    par = f"{acte.par.nom_complet}, {QUALITES[acte.qualite]}"
    if acte.arrete:
        par += f" (arrêté n° {acte.arrete})"
    correction = "Aucune"
    if ecrit.motif:
        correction = (
            f"Corrigé le {date_longue(ecrit.le)} : {mot('motifs_rectification', ecrit.motif).lower()}"
        )
    places = [Signature("Le maire ou l’élu délégué"), Signature("La personne")]
    if tenue.representants:
        places.append(Signature("Le parent ou représentant légal"))
    return {
        "reference": vu.rappel.reference,
        "personne": vu.identite.nom_complet,
        "prononce_le": acte.prononce_le,
        "autorite": par,
        "presents": presents(tenue),
        "faits": mot("faits_rappel", vu.rappel.faits),
        "faits_le": vu.rappel.faits_le,
        "lieu_des_faits": lieu_des_faits(vu),
        "parquet": dire_le_parquet(vu.consultation),
        "regles": [mot("regles_rappelees", code) for code in ecrit.regles],
        "position": mot("positions_rappel", ecrit.position),
        "engagements": " ; ".join(mot("engagements_rappel", code) for code in ecrit.engagements) or "Aucun",
        "correction": correction,
    }, places


def _transmission(vu: RappelVu) -> tuple[dict[str, Any], list[Signature]]:
    fait = vu.rappel.etat in FAITS and vu.acte is not None
    if vu.rappel.etat not in ("arrete", "transmis") and not fait:
        raise Introuvable(vu.rappel.public_id)
    etat = "Aucun rappel à l’ordre n’a été fait."
    if fait and vu.acte is not None:
        etat = f"Un rappel à l’ordre a été fait le {date_longue(vu.acte.prononce_le)}."
    return {
        "reference": vu.rappel.reference,
        "personne": vu.identite.nom_complet,
        "naissance": vu.identite.donnees.naissance,
        "faits": mot("faits_rappel", vu.rappel.faits),
        "faits_le": vu.rappel.faits_le,
        "lieu_des_faits": lieu_des_faits(vu),
        "etat": etat,
        "transmise_le": vu.ou.jour,
    }, []


PIECES: Final[Mapping[str, Callable[[RappelVu], tuple[dict[str, Any], list[Signature]]]]] = {
    "convocation": _convocation,
    "consultation": _consultation,
    "compte-rendu": _compte_rendu,
    "transmission": _transmission,
}


def document(vu: RappelVu, piece: str) -> Document:
    """The paper of that name. Raises ``Introuvable`` where the file has not come to it."""
    if piece not in PIECES:
        raise Introuvable(vu.rappel.public_id)
    donnees, signatures = PIECES[piece](vu)
    return composer_document(
        vu.ou, f"rappel_{piece.replace('-', '_')}", donnees, signatures=signatures or None
    )
