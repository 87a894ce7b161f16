"""Record a PV, or replace a wrong file by another."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from maillage.interface.navigation import Lien
from maillage.maire.departs import valeurs
from maillage.maire.etats_transaction import EtatTransaction
from maillage.maire.forms import transaction as forms
from maillage.maire.lieux import Lieu, lieu
from maillage.maire.perms import ACTES_PREPARER
from maillage.maire.services import transactions as debut
from maillage.maire.services import transactions_suite as suite
from maillage.maire.views.formulaires_transaction import GABARIT, MESSAGE, formulaire_de, lire, page_de
from maillage.situations.views.commun import PageDeFormulaire, traiter
from maillage.socle.permissions import exige
from maillage.socle.refus import Introuvable
from maillage.territoires.api import communes_par_code


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
        request.POST or None,
        jour=ici.jour,
        communes=_communes(ici),
        initial={
            "lieu_commune": ici.commune,
            **(valeurs(ici, request.GET) if request.method == "GET" else {}),
        },
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
    lue = lire(public_id, EtatTransaction.CONSTATEE, EtatTransaction.PROPOSEE, EtatTransaction.ACCEPTEE)
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

    return traiter(request, page_de(lue, "Rectifier", "Rectifier", note=note), formulaire, faire)
