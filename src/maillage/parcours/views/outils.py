"""What the pages of the room share: one submission, one record; a refusal told in its form."""

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from maillage.acteurs.api import Compte
from maillage.interface.retours import refus_au_formulaire, statut_de
from maillage.socle import jetons
from maillage.socle.permissions import Permission, Porteur, juger
from maillage.socle.refus import Refus
from maillage.socle.services import MODIFIE_ENTRE_TEMPS

FORMULAIRE = "parcours/formulaire.html"


def compte_de(request: HttpRequest) -> Compte:
    """The signed-in account; the view's permission has asked for one."""
    return cast(Compte, request.user)


def ouvre(request: HttpRequest, permission: Permission) -> bool:
    """Whether a link to that page would be of use to this account."""
    return juger(cast(Porteur, request.user), permission).ok


def traiter(
    request: HttpRequest, formulaire: forms.BaseForm, faire: Callable[[], str], **contexte: Any
) -> HttpResponse:
    """Show the form, or run ``faire`` at most once and lead to its address.

    A rule's refusal (422) and a stale edit (409) come back in the form with everything typed; a right's (403)
    has its own page.
    """
    if request.method == "POST":
        jeton = jetons.lire(request.POST.get("jeton", ""))
        deja = jetons.deja_recu(jeton)
        if deja is not None:
            return redirect(deja)
        if formulaire.is_valid():
            try:
                return redirect(jetons.une_seule_fois(jeton, faire))
            except Refus as refus:
                if refus.statut == 403 or (
                    refus.statut == 409 and MODIFIE_ENTRE_TEMPS not in refus.verdict.motifs
                ):
                    raise
                refus_au_formulaire(formulaire, refus)
    return render(
        request,
        FORMULAIRE,
        {"formulaire": formulaire, "jeton": jetons.nouveau_jeton(), **contexte},
        status=statut_de(formulaire),
    )
