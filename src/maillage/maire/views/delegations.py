"""The delegations of a mayor: the list, a new one, the end of one."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from maillage.interface.navigation import Lien
from maillage.maire.forms.delegations import DonnerDelegation, FinirDelegation
from maillage.maire.lieux import lieu, lieux_des_actes
from maillage.maire.models import Pouvoir
from maillage.maire.perms import ACTES_LIRE, DELEGATIONS_TENIR
from maillage.maire.selectors.delegations import delegataires, delegations, peut_tenir, une_delegation
from maillage.maire.services.delegations import donner_delegation, finir_delegation
from maillage.situations.views.commun import PageDeFormulaire, traiter
from maillage.socle.permissions import exige
from maillage.socle.refus import Introuvable
from maillage.territoires.api import communes_par_code

formulaire_de = require_http_methods(["GET", "POST"])
MESSAGE = "Enregistré."


def _fil(*liens: Lien) -> tuple[Lien, ...]:
    return (
        Lien("Actes du maire", reverse("maire:accueil")),
        Lien("Délégations", reverse("maire:delegations")),
        *liens,
    )


@exige(ACTES_LIRE)
@require_GET
def liste(request: HttpRequest) -> HttpResponse:
    """Who may act in the mayor's name, on which decision."""
    lieux = lieux_des_actes()
    lues = delegations(lieux)
    jours = {ou.commune: ou.jour for ou in lieux}
    communes = communes_par_code(jours)
    tenables = {ou.commune for ou in lieux if peut_tenir(ou)}
    contexte: dict[str, Any] = {
        "lignes": [
            {
                "delegation": lue,
                "commune": communes[lue.commune_code].nom if lue.commune_code in communes else "",
                "pouvoirs": ", ".join(Pouvoir(code).label.lower() for code in lue.pouvoirs),
                "en_vigueur": lue.depuis <= jours[lue.commune_code]
                and (lue.jusqua is None or lue.jusqua >= jours[lue.commune_code]),
                "a_venir": lue.depuis > jours[lue.commune_code],
                "modifiable": lue.commune_code in tenables
                and (lue.jusqua is None or lue.jusqua >= jours[lue.commune_code]),
            }
            for lue in lues
        ],
        "lieux": [ou for ou in lieux if peut_tenir(ou)],
        "colonnes": ("Élu", "Pouvoirs", "Arrêté", "Dates", "État"),
        "fil": _fil()[:2],
    }
    return render(request, "maire/delegations.html", contexte)


@exige(DELEGATIONS_TENIR)
@formulaire_de
def donner(request: HttpRequest, registre: UUID) -> HttpResponse:
    ou = lieu(registre)
    if not ou.commune:
        raise Introuvable(registre)
    formulaire = DonnerDelegation(request.POST or None, jour=ou.jour, elus=delegataires(ou))
    page = PageDeFormulaire(
        titre="Enregistrer une délégation",
        phrase=f"{ou.vu.formation}. L’arrêté du maire fait la délégation ; il est seulement noté ici.",
        bouton="Enregistrer",
        retour=reverse("maire:delegations"),
        cercle=ou.cercle,
        fil=_fil(Lien("Enregistrer une délégation")),
        modele="maire/formulaire.html",
        message=MESSAGE,
        contexte={
            "note": "Sont proposés les élus de la commune habilités dans ce registre. "
            "Le président d’une intercommunalité n’en reçoit jamais."
        },
    )

    def faire(lues: dict[str, Any]) -> None:
        donner_delegation(registre=registre, **{**lues, "compte": UUID(lues["compte"])})

    return traiter(request, page, formulaire, faire)


@exige(DELEGATIONS_TENIR)
@formulaire_de
def finir(request: HttpRequest, cle: UUID) -> HttpResponse:
    lue, ou = une_delegation(cle, lieux_des_actes())
    formulaire = FinirDelegation(request.POST or None, jour=ou.jour, initial={"version": lue.version})
    page = PageDeFormulaire(
        titre="Mettre fin à une délégation",
        phrase=f"{lue.compte.nom_complet}, arrêté n° {lue.arrete_numero}.",
        bouton="Mettre fin",
        retour=reverse("maire:delegations"),
        cercle=ou.cercle,
        fil=_fil(Lien("Mettre fin")),
        modele="maire/formulaire.html",
        message=MESSAGE,
        contexte={"note": "Les actes déjà faits gardent la délégation sur laquelle ils reposent."},
    )
    return traiter(request, page, formulaire, lambda lues: finir_delegation(delegation=cle, **lues))
