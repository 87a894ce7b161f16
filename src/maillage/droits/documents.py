"""The letters of a request, through the one engine of documents: PDF, ODT, large print."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from maillage.documents.api import (
    Bloc,
    Document,
    adaptation_composee,
    adaptation_en_vigueur,
    composer,
    modele,
)
from maillage.droits.lieux import Lieu
from maillage.droits.selectors import DemandeVue
from maillage.instances.api import Conseil, conseil_visible
from maillage.interface.typographie import accord
from maillage.socle.refus import Introuvable

SANS_OBJET = "Sans objet"
A_VERIFIER = "À vérifier"
#: The letters, in the order of the life of a request: code of the address, template, words.
LETTRES = (
    ("accuse", "droits_accuse", "Accusé de réception"),
    ("prolongation", "droits_prolongation", "Délai prolongé"),
    ("reponse", "droits_reponse", "Réponse"),
)


def composer_document(
    ou: Lieu, code: str, donnees: dict[str, Any], *, suite: Sequence[Bloc] = ()
) -> Document:
    """The template of that code in force today, filled, with the council's letterhead where it has one."""
    choisi = modele(code, ou.jour)
    conseil = conseil_visible(ou.vu.conseil_id)
    adaptation = adaptation_en_vigueur(conseil, choisi.code, ou.jour)
    return composer(
        choisi,
        donnees,
        adaptation=adaptation_composee(adaptation),
        entete=(ou.vu.conseil,),
        suite=suite,
    )


#: The documents of the DPO's page: code of the address, template.
DU_DELEGUE = {"registre": "droits_registre", "analyse": "droits_aipd"}


def registre_compose(
    conseil: Conseil, delegue: str, jour: date, suite: Sequence[Bloc], *, quoi: str = "registre"
) -> Document:
    """The register of processing of a council, or what its impact assessment starts from."""
    choisi = modele(DU_DELEGUE[quoi], jour)
    adaptation = adaptation_en_vigueur(conseil, choisi.code, jour)
    donnees = {"responsable": conseil.nom, "delegue": delegue, "etabli_le": jour}
    return composer(
        choisi, donnees, adaptation=adaptation_composee(adaptation), entete=(conseil.nom,), suite=suite
    )


def lettres_de(vue: DemandeVue) -> list[tuple[str, str]]:
    """The letters this request may have now: (code, words)."""
    possibles = {
        "accuse": True,
        "prolongation": bool(vue.demande.prolongation),
        "reponse": vue.demande.repondue_le is not None,
    }
    return [(code, mots) for code, _, mots in LETTRES if possibles[code]]


def lettre(vue: DemandeVue, code: str, *, suite: Sequence[Bloc] = ()) -> Document:
    """The letter of that code. Raises ``Introuvable`` where its step was not taken."""
    if code not in dict(lettres_de(vue)):
        raise Introuvable(vue.demande.public_id)
    modele_ = next(modele_ for connu, modele_, _ in LETTRES if connu == code)
    return composer_document(vue.ou, modele_, {**_commun(vue), **_propres(vue, code)}, suite=suite)


def _commun(vue: DemandeVue) -> dict[str, Any]:
    return {
        "reference": vue.demande.reference,
        "personne": vue.identite.nom_complet,
        "responsable": vue.ou.vu.conseil,
        "droit": f"{vue.droit} ({vue.article})",
        "recue_le": vue.demande.recue_le,
    }


def _propres(vue: DemandeVue, code: str) -> dict[str, Any]:
    lue = vue.demande
    if code == "accuse":
        par = vue.mot("verifications_identite", "verification")
        return {"echeance": lue.echeance, "identite": f"Vérifiée : {par.lower()}" if par else A_VERIFIER}
    if code == "prolongation":
        return {"motif": vue.mot("motifs_prolongation_droits", "prolongation"), "echeance": lue.echeance}
    return {
        "decision": vue.mot("decisions_droits", "decision"),
        "motif": vue.mot("refus_droits", "motif") or SANS_OBJET,
        "repondue_le": lue.repondue_le,
        "fait": _fait(vue),
    }


def _fait(vue: DemandeVue) -> str:
    """What the groupes did, by number; which one said what is told by the extracts, to the person alone."""
    constats = [envoi.reponse.constat for envoi in vue.envois if envoi.reponse is not None]
    mots = {
        "extrait": "extrait joint,extraits joints",
        "fait": "groupe a exécuté la demande,groupes ont exécuté la demande",
        "par_le_groupe": "lieu d’accueil suit le groupe,lieux d’accueil suivent le groupe",
        "refus": "groupe ne l’a pas exécutée,groupes ne l’ont pas exécutée",
        "non_trouve": "groupe ne tient rien à votre nom,groupes ne tiennent rien à votre nom",
    }
    dits = [accord(constats.count(code), formes) for code, formes in mots.items() if code in constats]
    return " ; ".join(dits) or SANS_OBJET
