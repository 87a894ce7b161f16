"""What the pages of the room share: one submission, one record; a refusal told in its form."""

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from maillage.acteurs.api import Compte
from maillage.interface.retours import refus_au_formulaire, statut_de
from maillage.socle import jetons
from maillage.socle.jetons import deja_recu, nouveau_jeton, une_seule_fois
from maillage.socle.permissions import Permission, Porteur, juger
from maillage.socle.refus import Refus

FORMULAIRE = "instances/formulaire.html"


def compte_de(request: HttpRequest) -> Compte:
    """The signed-in account; the view's permission has asked for one."""
    return cast(Compte, request.user)


def ouvre(request: HttpRequest, permission: Permission) -> bool:
    """Whether a link to that page would be of use to this account."""
    return juger(cast(Porteur, request.user), permission).ok


def envoyer(request: HttpRequest, formulaire: forms.Form, faire: Callable[[], str]) -> HttpResponse | None:
    """Run ``faire`` at most once and lead to its address; None when the form is to be shown.

    A refusal of a rule (422) goes to the form's summary; that of a right (403) has its own page.
    """
    if request.method != "POST":
        return None
    jeton = jetons.lire(request.POST.get("jeton", ""))
    deja = deja_recu(jeton)
    if deja is not None:
        return redirect(deja)
    if not formulaire.is_valid():
        return None
    try:
        return redirect(une_seule_fois(jeton, faire))
    except Refus as refus:
        if refus.statut != 422:
            raise
        refus_au_formulaire(formulaire, refus)
        formulaire.__dict__["verdict"] = refus.verdict
        return None


def montrer(
    request: HttpRequest,
    formulaire: forms.Form,
    *,
    gabarit: str = "instances/formulaire.html",
    **contexte: Any,
) -> HttpResponse:
    """The page of a form: 422 when what was typed is to be corrected, with each reason and its text."""
    return render(
        request,
        gabarit,
        {
            "formulaire": formulaire,
            "jeton": nouveau_jeton(),
            "verdict": formulaire.__dict__.get("verdict"),
            **contexte,
        },
        status=statut_de(formulaire),
    )
