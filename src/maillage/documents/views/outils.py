"""What the pages of the room share: one submission, one record; a refusal told in its form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, cast

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from maillage.instances.api import lecteurs
from maillage.interface.navigation import Lien
from maillage.interface.retours import refus_au_formulaire, statut_de
from maillage.socle import jetons
from maillage.socle.permissions import Permission, Porteur, juger
from maillage.socle.refus import Refus
from maillage.socle.services import MODIFIE_ENTRE_TEMPS

FORMULAIRE = "documents/formulaire.html"


def ouvre(request: HttpRequest, permission: Permission) -> bool:
    """Whether a link to that page would be of use to this account."""
    return juger(cast(Porteur, request.user), permission).ok


def envoyer(request: HttpRequest, formulaire: forms.Form, faire: Callable[[], str]) -> HttpResponse | None:
    """Run ``faire`` at most once and lead to its address; None when the form is to be shown.

    A refusal of a rule, or a stale edit, goes to the form; that of a right has its own page.
    """
    if request.method != "POST":
        return None
    jeton = jetons.lire(request.POST.get("jeton", ""))
    deja = jetons.deja_recu(jeton)
    if deja is not None:
        return redirect(deja)
    if not formulaire.is_valid():
        return None
    try:
        return redirect(jetons.une_seule_fois(jeton, faire))
    except Refus as refus:
        perime = refus.statut == 409 and MODIFIE_ENTRE_TEMPS in refus.verdict.motifs
        if refus.statut != 422 and not perime:
            raise
        refus_au_formulaire(formulaire, refus)
        if not perime:
            formulaire.__dict__["verdict"] = refus.verdict
        return None


def montrer(
    request: HttpRequest,
    formulaire: forms.Form,
    *,
    fil: Sequence[Lien],
    cercle: int | None = None,
    gabarit: str = FORMULAIRE,
    **contexte: Any,
) -> HttpResponse:
    """The page of a form: 422 when something is to be corrected; who reads stands beside a named person."""
    return render(
        request,
        gabarit,
        {
            "formulaire": formulaire,
            "jeton": jetons.nouveau_jeton(),
            "verdict": formulaire.__dict__.get("verdict"),
            "lecteurs": lecteurs(cercle) if cercle is not None else None,
            "nominative": cercle is not None,
            "fil": tuple(fil),
            **contexte,
        },
        status=statut_de(formulaire),
    )
