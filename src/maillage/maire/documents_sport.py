"""The letters of a measure about a sports venue: the invitation, the decision with its means of appeal."""

from typing import Any

from maillage.documents.api import Document
from maillage.instances.api import fuseau_du_cercle
from maillage.interface.typographie import date_longue, heure
from maillage.maire.documents import composer_document
from maillage.maire.rules.sport import recours_avant
from maillage.maire.selectors.sport import MesureVue
from maillage.socle.refus import Introuvable
from maillage.strategie.api import liste

SANS_DATE = "Sans objet"


def document(vue: MesureVue, code: str) -> Document:
    """The letter of that name. Raises ``Introuvable`` where its step was not taken."""
    if code == "invitation":
        return composer_document(vue.ou, "sport_invitation", _invitation(vue))
    if code == "decision":
        return composer_document(vue.ou, "sport_decision", _decision(vue))
    raise Introuvable(vue.mesure.public_id)


def _commun(vue: MesureVue) -> dict[str, Any]:
    parents = " ; ".join(
        f"{parent.prenom} {parent.nom}".strip() for parent in vue.identite.representants if vue.mineur
    )
    return {
        "reference": vue.mesure.reference,
        "personne": vue.identite.nom_complet,
        "copie": parents or "Personne d’autre",
        "equipement": vue.mesure.equipement,
        "faits": vue.faits,
        "faits_le": vue.mesure.faits_le,
    }


def _invitation(vue: MesureVue) -> dict[str, Any]:
    invitation = vue.invitation
    if invitation is None:
        raise Introuvable(vue.mesure.public_id)
    audition = "Sur demande"
    if invitation.audition_le is not None:
        ici = invitation.audition_le.astimezone(fuseau_du_cercle(vue.ou.cercle))
        audition = f"{date_longue(ici.date())}, {heure(ici)}"
    fonctions = liste("composition_exclusion")
    return {
        **_commun(vue),
        "composition": ", ".join(fonctions.item(code).libelle for code in invitation.composition),
        "invitee_le": invitation.le,
        "avant_le": invitation.avant_le,
        "audition": audition,
    }


def _decision(vue: MesureVue) -> dict[str, Any]:
    decision = vue.decision
    if decision is None:
        raise Introuvable(vue.mesure.public_id)
    motifs = liste("motifs_exclusion")
    return {
        **_commun(vue),
        "decision": liste("decisions_sport").item(decision.decision).libelle,
        "motifs": ", ".join(motifs.item(code).libelle for code in decision.motifs),
        "base": decision.base,
        "debut": date_longue(decision.debut) if decision.debut else SANS_DATE,
        "fin": date_longue(decision.fin) if decision.fin else SANS_DATE,
        "decidee_le": decision.le,
        "auteur": "Le maire" if decision.qualite == "maire" else f"Par délégation, arrêté {decision.arrete}",
        "recours": f"Jusqu’au {date_longue(recours_avant(decision.le))} si la lettre est remise ce jour-là",
    }
