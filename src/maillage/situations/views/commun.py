"""What the form pages of the room share: token, refusal told in the form, who will read, where to go next."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from maillage.droit.api import Verdict
from maillage.instances.api import lecteurs
from maillage.interface.navigation import Lien
from maillage.interface.retours import refus_au_formulaire, statut_de
from maillage.situations.cercles import Ici, ici
from maillage.situations.identites import IdentiteVue
from maillage.situations.identites import lire as lire_identite
from maillage.situations.models import Situation
from maillage.situations.rules.suivi import situation_ouverte
from maillage.situations.selectors import une
from maillage.situations.views.presentation import lus_par
from maillage.socle.jetons import deja_recu, nouveau_jeton, une_seule_fois
from maillage.socle.journal import journaliser
from maillage.socle.refus import Refus
from maillage.socle.services import MODIFIE_ENTRE_TEMPS

ENREGISTRE = "Enregistré. Visible par les {nombre} lecteurs de ce groupe."


@dataclass(frozen=True)
class PageDeFormulaire:
    """What differs from one form page to the next: words, where it leads, what stands beside the fields."""

    titre: str
    phrase: str
    bouton: str
    retour: str
    cercle: int
    fil: tuple[Lien, ...] = ()
    icone: str = ""
    modele: str = "situations/formulaire.html"
    message: str = ENREGISTRE
    contexte: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Lue:
    """The situation a form page is about, as its reader may name it."""

    situation: Situation
    identite: IdentiteVue
    ici: Ici

    @property
    def url(self) -> str:
        return reverse("situations:situation", args=[self.situation.public_id])

    def page(self, titre: str, bouton: str, **champs: Any) -> PageDeFormulaire:
        """A form page of this situation, with its breadcrumb."""
        return PageDeFormulaire(
            titre=titre,
            phrase=f"{self.identite.nom_complet}, situation n° {self.situation.numero}.",
            bouton=bouton,
            retour=self.url,
            cercle=self.situation.cercle_id,
            fil=(
                Lien("Situations", reverse("situations:liste")),
                Lien(self.identite.nom_complet, self.url),
                Lien(titre),
            ),
            **champs,
        )


def lire_pour_ecrire(public_id: UUID) -> Lue:
    """The open situation a form is about. Raises ``Introuvable``, hidden and absent alike.

    A closed one is refused before anything of it is shown: its names are in the archive.
    """
    situation = une(Situation, public_id)
    fautes = situation_ouverte(situation.etat)
    if fautes:
        raise Refus(Verdict.refus(fautes), objet=public_id)
    journaliser(
        "lecture_situation", objet=public_id, cercle=situation.cercle_id, details={"page": "formulaire"}
    )
    return Lue(situation, lire_identite(situation.identite_id), ici(situation.cercle_id))


def jeton_recu(request: HttpRequest) -> UUID:
    """The token of the form sent; a fresh one where it is missing or not one of ours."""
    try:
        return UUID(request.POST.get("jeton", ""))
    except ValueError:
        return nouveau_jeton()


def traiter(
    request: HttpRequest,
    page: PageDeFormulaire,
    formulaire: forms.BaseForm,
    faire: Callable[[dict[str, Any]], str | None],
) -> HttpResponse:
    """Show the form, or run ``faire`` once with its values and lead to its address (``retour`` by default).

    Refused, the page comes back with 422, the reasons first and everything typed; over an older version,
    with 409 and what was recorded meanwhile. Any other 409 is left to the middleware.
    """
    jeton = jeton_recu(request) if request.method == "POST" else nouveau_jeton()
    if request.method == "POST":
        deja = deja_recu(jeton)
        if deja is not None:
            return redirect(deja)
        reponse = _essayer(request, page, formulaire, faire, jeton)
        if reponse is not None:
            return reponse
    contexte = {
        "page": page,
        "fil": page.fil,
        "formulaire": formulaire,
        "jeton": jeton,
        **lus_par(lecteurs(page.cercle)),
        **page.contexte,
    }
    return render(request, page.modele, contexte, status=statut_de(formulaire))


def _essayer(
    request: HttpRequest,
    page: PageDeFormulaire,
    formulaire: forms.BaseForm,
    faire: Callable[[dict[str, Any]], str | None],
    jeton: UUID,
) -> HttpResponse | None:
    if not formulaire.is_valid():
        return None
    try:
        adresse = une_seule_fois(jeton, lambda: faire(formulaire.cleaned_data) or page.retour)
    except Refus as refus:
        if refus.statut == 409 and MODIFIE_ENTRE_TEMPS not in refus.verdict.motifs:
            raise
        refus_au_formulaire(formulaire, refus)
        return None
    messages.success(request, page.message.format(nombre=len(lecteurs(page.cercle))))
    return redirect(adresse)
