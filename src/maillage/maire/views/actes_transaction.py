"""One form for each act of a settlement. A refusal comes back in its form, with everything typed."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from maillage.interface.navigation import Lien
from maillage.interface.typographie import date_longue
from maillage.maire import documents_transaction as papiers
from maillage.maire.etats_transaction import EtatTransaction
from maillage.maire.forms import transaction as forms
from maillage.maire.lieux import Lieu, lieu
from maillage.maire.perms import ACTES_PREPARER, ACTES_PRONONCER
from maillage.maire.rules.transaction import Autorite, Nature
from maillage.maire.selectors.transactions import (
    Lue,
    execution_par_defaut,
    reponse_par_defaut,
    une,
)
from maillage.maire.services import transactions as debut
from maillage.maire.services import transactions_suite as suite
from maillage.maire.services.transactions_suite import obstacles
from maillage.maire.views.transactions import fil
from maillage.situations.views.commun import PageDeFormulaire, traiter
from maillage.socle.journal import journaliser
from maillage.socle.permissions import exige
from maillage.socle.refus import Introuvable
from maillage.territoires.api import communes_par_code

GABARIT = "maire/acte.html"
MESSAGE = "Enregistré au registre."
formulaire_de = require_http_methods(["GET", "POST"])


def _lire(public_id: UUID, *etats: EtatTransaction) -> Lue:
    """The file a form is about, in one of those states; another is answered as an absent one."""
    lue = une(public_id)
    if etats and lue.ligne.etat not in etats:
        raise Introuvable(public_id)
    journaliser("lecture_acte", objet=public_id, cercle=lue.ou.cercle, details={"page": "formulaire"})
    return lue


def _page(lue: Lue, titre: str, bouton: str, *, note: str = "", **champs: Any) -> PageDeFormulaire:
    return PageDeFormulaire(
        titre=titre,
        phrase=f"{lue.identite.nom_complet}, transaction n° {lue.ligne.reference}.",
        bouton=bouton,
        retour=reverse("transactions:transaction", args=[lue.ligne.public_id]),
        cercle=lue.ou.cercle,
        fil=fil(lue, titre),
        modele=GABARIT,
        message=MESSAGE,
        contexte={"note": note},
        **champs,
    )


def _sans_adresse(fait: object) -> None:
    """The command's result is not an address: the page leads back to the file."""


def _communes(ou: Lieu) -> list[tuple[str, str]]:
    noms = communes_par_code([ou.commune])
    return [(ou.commune, noms[ou.commune].nom if ou.commune in noms else ou.commune)]


@exige(ACTES_PREPARER)
@formulaire_de
def constater(request: HttpRequest, ou: UUID) -> HttpResponse:
    """Record a PV."""
    ici = lieu(ou)
    if not ici.prepare or not ici.commune:
        raise Introuvable(ou)
    formulaire = forms.Constater(
        request.POST or None, jour=ici.jour, communes=_communes(ici), initial={"lieu_commune": ici.commune}
    )
    page = PageDeFormulaire(
        titre="Enregistrer un procès-verbal",
        phrase=f"{ici.vu.formation}. Une contravention, un bien de la commune, une personne majeure.",
        bouton="Enregistrer",
        retour=reverse("transactions:liste"),
        cercle=ici.cercle,
        fil=(Lien("Transactions", reverse("transactions:liste")), Lien("Enregistrer un procès-verbal")),
        icone="ajouter",
        modele=GABARIT,
        message=MESSAGE,
        contexte={"note": "Rien d’une enquête ne s’écrit ici : le procès-verbal, le préjudice, la personne."},
    )

    def faire(lues: dict[str, Any]) -> str:
        dossier = debut.constater(
            ou=ou,
            identite=formulaire.identite(),
            constat=formulaire.constat(),
            action_publique=formulaire.engagee,
        )
        return reverse("transactions:transaction", args=[dossier.public_id])

    return traiter(request, page, formulaire, faire)


@exige(ACTES_PREPARER)
@formulaire_de
def corriger(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Replace a wrong file by another, filled with what the first said."""
    lue = _lire(public_id, EtatTransaction.CONSTATEE, EtatTransaction.PROPOSEE, EtatTransaction.ACCEPTEE)
    ligne, personne = lue.ligne, lue.identite.donnees
    formulaire = forms.Constater(
        request.POST or None,
        jour=lue.ou.jour,
        communes=_communes(lue.ou),
        correction=True,
        initial={
            "nom": personne.nom,
            "prenom": personne.prenom,
            "naissance": personne.naissance,
            "adresse": personne.adresse,
            "service": ligne.origine,
            "version": ligne.version,
            **{
                nom: getattr(ligne, nom)
                for nom in (
                    "pv_numero",
                    "pv_le",
                    "faits_le",
                    "contravention",
                    "bien",
                    "lieu",
                    "lieu_precis",
                    "lieu_commune",
                    "estimation",
                )
            },
        },
    )
    note = "Ce dossier reste au registre, rectifié. Un autre le remplace, sous un nouveau numéro."

    def faire(lues: dict[str, Any]) -> str:
        remplace = suite.corriger(
            dossier=public_id,
            version=lues["version"],
            motif=lues["motif"],
            identite=formulaire.identite(),
            constat=formulaire.constat(),
            action_publique=formulaire.engagee,
        )
        return reverse("transactions:transaction", args=[remplace.public_id])

    return traiter(request, _page(lue, "Rectifier", "Rectifier", note=note), formulaire, faire)


@exige(ACTES_PREPARER)
@formulaire_de
def consulter(request: HttpRequest, public_id: UUID) -> HttpResponse:
    lue = _lire(public_id, EtatTransaction.CONSTATEE)
    return _dater(request, lue, "Noter la consultation du parquet", "Consulté le", debut.consulter)


@exige(ACTES_PREPARER)
@formulaire_de
def avis(request: HttpRequest, public_id: UUID) -> HttpResponse:
    lue = _lire(public_id, EtatTransaction.CONSTATEE)

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
    lue = _lire(public_id, EtatTransaction.CONSTATEE)
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
    page = _page(lue, "Proposer la transaction", "Proposer", note=note, icone="courrier")
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
    lue = _lire(public_id, EtatTransaction.PROPOSEE)

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
    lue = _lire(public_id, EtatTransaction.ACCEPTEE)
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
    lue = _lire(public_id, EtatTransaction.ACCEPTEE)
    formulaire = forms.Homologuer(
        request.POST or None, jour=lue.ou.jour, initial={"version": lue.ligne.version}
    )
    offre = lue.proposition
    note = f"Cette transaction s’homologue par {papiers.HOMOLOGUE[offre.nature]}." if offre else ""
    return traiter(
        request,
        _page(lue, "Noter la décision de justice", "Noter la décision", note=note),
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
    lue = _lire(public_id, EtatTransaction.HOMOLOGUEE)
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
        _page(lue, "Noter une exécution", "Noter", note=note, icone="fait"),
        formulaire,
        lambda lues: _sans_adresse(
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
    lue = _lire(public_id, EtatTransaction.HOMOLOGUEE)
    note = "Le délai est passé et tout n’est pas exécuté. Le dossier ira au procureur, qui décide."
    return _confirmer(request, lue, "Constater l’inexécution", "Constater", note, suite.constater_inexecution)


@exige(ACTES_PREPARER)
@formulaire_de
def rendre_compte(request: HttpRequest, public_id: UUID) -> HttpResponse:
    lue = _lire(public_id, EtatTransaction.EXECUTEE)
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
    lue = _lire(
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
    lue = _lire(public_id, EtatTransaction.CONSTATEE, EtatTransaction.PROPOSEE, EtatTransaction.ACCEPTEE)
    note = "Le maire renonce à la transaction. Le procès-verbal ira au procureur de la République."
    return _confirmer(request, lue, "Abandonner la transaction", "Abandonner", note, suite.abandonner)


@exige(ACTES_PRONONCER)
@formulaire_de
def lever(request: HttpRequest, public_id: UUID, code: str) -> HttpResponse:
    """Set aside a reason that is not the law."""
    lue = _lire(public_id)
    motif = next((m for m in obstacles(lue).motifs if m.code == code and m.levee_possible), None)
    if motif is None:
        raise Introuvable(public_id)
    formulaire = forms.Lever(request.POST or None, jour=lue.ou.jour)
    return traiter(
        request,
        _page(lue, "Écarter une raison", "Écarter cette raison", note=f"{motif.texte} {motif.base_legale}."),
        formulaire,
        lambda lues: _sans_adresse(suite.lever(dossier=public_id, code=code, **lues)),
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

    return traiter(request, _page(lue, titre, "Enregistrer", note=note), formulaire, faire)


def _confirmer(
    request: HttpRequest, lue: Lue, titre: str, bouton: str, note: str, commande: Callable[..., None]
) -> HttpResponse:
    formulaire: django_forms.Form = forms.Confirmer(
        request.POST or None, initial={"version": lue.ligne.version}
    )
    return traiter(
        request,
        _page(lue, titre, bouton, note=note),
        formulaire,
        lambda lues: commande(dossier=lue.ligne.public_id, version=lues["version"]),
    )
