"""One form for each act of a settlement. A refusal comes back in its form, with everything typed."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse

from maillage.interface.typographie import date_longue
from maillage.maire import documents_transaction as papiers
from maillage.maire.etats_transaction import EtatTransaction
from maillage.maire.forms import transaction as forms
from maillage.maire.perms import ACTES_PREPARER, ACTES_PRONONCER
from maillage.maire.rules.transaction import Autorite, Nature
from maillage.maire.selectors.transactions import (
    Lue,
    execution_par_defaut,
    reponse_par_defaut,
)
from maillage.maire.services import transactions as debut
from maillage.maire.services import transactions_suite as suite
from maillage.maire.services.transactions_suite import obstacles
from maillage.maire.views.formulaires_transaction import formulaire_de, lire, page_de, sans_adresse
from maillage.situations.views.commun import traiter
from maillage.socle.permissions import exige
from maillage.socle.refus import Introuvable


@exige(ACTES_PREPARER)
@formulaire_de
def consulter(request: HttpRequest, public_id: UUID) -> HttpResponse:
    lue = lire(public_id, EtatTransaction.CONSTATEE)
    return _dater(request, lue, "Noter la consultation du parquet", "Consulté le", debut.consulter)


@exige(ACTES_PREPARER)
@formulaire_de
def avis(request: HttpRequest, public_id: UUID) -> HttpResponse:
    lue = lire(public_id, EtatTransaction.CONSTATEE)

    def noter(**lues: Any) -> None:
        debut.noter_avis(favorable=lues.pop("reponse") == "oui", **lues)

    return _dater(
        request,
        lue,
        "Noter l’avis du parquet",
        "Reçu le",
        noter,
        question="Avis",
        reponses=[("oui", "Favorable"), ("non", "Défavorable")],
    )


@exige(ACTES_PRONONCER)
@formulaire_de
def proposer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    lue = lire(public_id, EtatTransaction.CONSTATEE)
    formulaire = forms.Proposer(
        request.POST or None,
        jour=lue.ou.jour,
        reponse=reponse_par_defaut(lue.ou),
        execution=execution_par_defaut(lue.ou),
        initial={"version": lue.ligne.version},
    )
    note = (
        f"Préjudice estimé : {papiers.euros(lue.ligne.estimation)}. Vous proposez en votre nom : la lettre "
        "se signe à la main, en deux exemplaires."
    )
    page = page_de(lue, "Proposer la transaction", "Proposer", note=note, icone="courrier")
    return traiter(
        request,
        page,
        formulaire,
        lambda lues: debut.proposer(
            dossier=public_id,
            version=lues["version"],
            offre=formulaire.offre(),
            action_publique=lues["action_publique"] == "oui",
        ),
    )


@exige(ACTES_PREPARER)
@formulaire_de
def repondre(request: HttpRequest, public_id: UUID) -> HttpResponse:
    lue = lire(public_id, EtatTransaction.PROPOSEE)

    def noter(**lues: Any) -> None:
        debut.noter_reponse(accepte=lues.pop("reponse") == "oui", **lues)

    offre = lue.proposition
    note = f"Dernier jour pour répondre : {date_longue(offre.reponse_avant)}." if offre else ""
    return _dater(
        request,
        lue,
        "Noter la réponse",
        "Réponse du",
        noter,
        question="La personne",
        reponses=[("oui", "Accepte, et a signé"), ("non", "Refuse")],
        demande_action=True,
        note=note,
    )


@exige(ACTES_PREPARER)
@formulaire_de
def envoyer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    lue = lire(public_id, EtatTransaction.ACCEPTEE)
    return _dater(
        request,
        lue,
        "Noter l’envoi pour homologation",
        "Envoyé au procureur le",
        suite.envoyer_a_l_homologation,
        demande_action=True,
        note="L’exemplaire signé et le procès-verbal sont joints au courrier.",
    )


@exige(ACTES_PREPARER)
@formulaire_de
def homologuer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    lue = lire(public_id, EtatTransaction.ACCEPTEE)
    formulaire = forms.Homologuer(
        request.POST or None, jour=lue.ou.jour, initial={"version": lue.ligne.version}
    )
    offre = lue.proposition
    note = f"Cette transaction s’homologue par {papiers.HOMOLOGUE[offre.nature]}." if offre else ""
    return traiter(
        request,
        page_de(lue, "Noter la décision de justice", "Noter la décision", note=note),
        formulaire,
        lambda lues: suite.noter_homologation(
            dossier=public_id,
            version=lues["version"],
            accordee=lues["reponse"] == "oui",
            autorite=Autorite(lues["autorite"]),
            fait_le=lues["fait_le"],
            action_publique=lues["action_publique"] == "oui",
        ),
    )


@exige(ACTES_PREPARER)
@formulaire_de
def executer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    lue = lire(public_id, EtatTransaction.HOMOLOGUEE)
    offre = lue.proposition
    if offre is None:
        raise Introuvable(public_id)
    formulaire = forms.Executer(
        request.POST or None,
        jour=lue.ou.jour,
        nature=Nature(offre.nature),
        initial={"version": lue.ligne.version},
    )
    dernier = lue.executer_avant
    note = f"{papiers.mesure(lue)}. Dernier jour : {date_longue(dernier)}." if dernier else ""
    return traiter(
        request,
        page_de(lue, "Noter une exécution", "Noter", note=note, icone="fait"),
        formulaire,
        lambda lues: sans_adresse(
            suite.noter_execution(
                dossier=public_id,
                version=lues["version"],
                quantite=Decimal(lues["quantite"]),
                fait_le=lues["fait_le"],
                encadrant=lues["encadrant"],
            )
        ),
    )


@exige(ACTES_PREPARER)
@formulaire_de
def inexecution(request: HttpRequest, public_id: UUID) -> HttpResponse:
    lue = lire(public_id, EtatTransaction.HOMOLOGUEE)
    note = "Le délai est passé et tout n’est pas exécuté. Le dossier ira au procureur, qui décide."
    return _confirmer(request, lue, "Constater l’inexécution", "Constater", note, suite.constater_inexecution)


@exige(ACTES_PREPARER)
@formulaire_de
def rendre_compte(request: HttpRequest, public_id: UUID) -> HttpResponse:
    lue = lire(public_id, EtatTransaction.EXECUTEE)
    return _dater(
        request,
        lue,
        "Rendre compte au procureur",
        "Compte rendu envoyé le",
        suite.rendre_compte,
        note="Tout est exécuté : l’action publique est éteinte. Le dossier sera clos.",
    )


@exige(ACTES_PREPARER)
@formulaire_de
def transmettre(request: HttpRequest, public_id: UUID) -> HttpResponse:
    lue = lire(
        public_id,
        EtatTransaction.PROPOSEE,
        EtatTransaction.REFUSEE,
        EtatTransaction.NON_HOMOLOGUEE,
        EtatTransaction.NON_EXECUTEE,
        EtatTransaction.ABANDONNEE,
    )
    if lue.ligne.etat == EtatTransaction.PROPOSEE and not lue.silencieuse:
        raise Introuvable(public_id)
    return _dater(
        request,
        lue,
        "Transmettre au procureur",
        "Transmis le",
        suite.transmettre,
        note="Le procès-verbal est joint. Le procureur décide de la suite ; le dossier sera clos ici.",
    )


@exige(ACTES_PRONONCER)
@formulaire_de
def abandonner(request: HttpRequest, public_id: UUID) -> HttpResponse:
    lue = lire(public_id, EtatTransaction.CONSTATEE, EtatTransaction.PROPOSEE, EtatTransaction.ACCEPTEE)
    note = "Le maire renonce à la transaction. Le procès-verbal ira au procureur de la République."
    return _confirmer(request, lue, "Abandonner la transaction", "Abandonner", note, suite.abandonner)


@exige(ACTES_PRONONCER)
@formulaire_de
def lever(request: HttpRequest, public_id: UUID, code: str) -> HttpResponse:
    """Set aside a reason that is not the law."""
    lue = lire(public_id)
    motif = next((m for m in obstacles(lue).motifs if m.code == code and m.levee_possible), None)
    if motif is None:
        raise Introuvable(public_id)
    formulaire = forms.Lever(request.POST or None, jour=lue.ou.jour)
    return traiter(
        request,
        page_de(
            lue, "Écarter une raison", "Écarter cette raison", note=f"{motif.texte} {motif.base_legale}."
        ),
        formulaire,
        lambda lues: sans_adresse(suite.lever(dossier=public_id, code=code, **lues)),
    )


def _dater(
    request: HttpRequest,
    lue: Lue,
    titre: str,
    libelle: str,
    commande: Callable[..., None],
    *,
    note: str = "",
    demande_action: bool = False,
    **options: Any,
) -> HttpResponse:
    """A form that asks for a day, with an answer and the state of the public action where they count."""
    formulaire = forms.Dater(
        request.POST or None,
        jour=lue.ou.jour,
        libelle=libelle,
        demande_action=demande_action,
        initial={"version": lue.ligne.version},
        **options,
    )

    def faire(lues: dict[str, Any]) -> None:
        valeurs: dict[str, Any] = {nom: lues[nom] for nom in ("version", "fait_le", "reponse") if nom in lues}
        if demande_action:
            valeurs["action_publique"] = lues["action_publique"] == "oui"
        commande(dossier=lue.ligne.public_id, **valeurs)

    return traiter(request, page_de(lue, titre, "Enregistrer", note=note), formulaire, faire)


def _confirmer(
    request: HttpRequest, lue: Lue, titre: str, bouton: str, note: str, commande: Callable[..., None]
) -> HttpResponse:
    formulaire: django_forms.Form = forms.Confirmer(
        request.POST or None, initial={"version": lue.ligne.version}
    )
    return traiter(
        request,
        page_de(lue, titre, bouton, note=note),
        formulaire,
        lambda lues: commande(dossier=lue.ligne.public_id, version=lues["version"]),
    )
