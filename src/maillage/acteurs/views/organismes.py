"""The directory of bodies."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from maillage.acteurs import selectors
from maillage.acteurs.forms import Nom, NouvelOrganisme, RechercheDOrganismes
from maillage.acteurs.models import Organisme
from maillage.acteurs.perms import ORGANISMES_GERER, ORGANISMES_VOIR
from maillage.acteurs.services import organismes as service
from maillage.acteurs.views.outils import refus_au_formulaire
from maillage.interface.navigation import Lien
from maillage.socle.permissions import Porteur, exige, juger
from maillage.socle.refus import Introuvable, Refus
from maillage.socle.temps import aujourd_hui
from maillage.strategie.api import acteur
from maillage.territoires.api import Departement, communes_par_code

PAR_PAGE = 50


def _organisme(public_id: UUID) -> Organisme:
    trouve = selectors.organismes(inactifs=True).filter(public_id=public_id).first()
    if trouve is None:
        raise Introuvable(public_id)
    return trouve


def _tient_l_annuaire(request: HttpRequest) -> bool:
    return juger(cast(Porteur, request.user), ORGANISMES_GERER).ok


@exige(ORGANISMES_VOIR)
@require_GET
def liste(request: HttpRequest) -> HttpResponse:
    formulaire = RechercheDOrganismes(request.GET or None)
    criteres = formulaire.cleaned_data if formulaire.is_valid() else {}
    page = Paginator(selectors.organismes(**criteres), PAR_PAGE).get_page(request.GET.get("page"))
    contexte = {
        "formulaire": formulaire,
        "page": page,
        "lignes": _lignes(list(page)),
        "filtre": any(criteres.values()),
        "tient_l_annuaire": _tient_l_annuaire(request),
    }
    return render(request, "acteurs/organismes.html", contexte)


def _lignes(lus: list[Organisme]) -> list[dict[str, object]]:
    lieux = _territoires(lus)
    return [
        {"organisme": ligne, "genre": acteur(ligne.genre).libelle, "territoire": lieux[ligne.pk]}
        for ligne in lus
    ]


def _territoires(lus: list[Organisme]) -> dict[int, str]:
    """Where each body works, by name; the code alone when the register does not know it."""
    communes = communes_par_code(o.commune_code for o in lus if o.commune_code)
    departements = dict(Departement.objects.values_list("code", "nom"))
    return {
        o.pk: (communes[o.commune_code].nom if o.commune_code in communes else o.commune_code)
        or departements.get(o.departement_code, o.departement_code)
        for o in lus
    }


@exige(ORGANISMES_GERER)
@require_http_methods(["GET", "POST"])
def nouveau(request: HttpRequest) -> HttpResponse:
    formulaire = NouvelOrganisme(request.POST or None, initial={"depuis": aujourd_hui()})
    if request.method == "POST" and formulaire.is_valid():
        try:
            cree = service.creer_organisme(**formulaire.cleaned_data)
        except Refus as refus:
            refus_au_formulaire(formulaire, refus)
        else:
            messages.success(request, "L’organisme est inscrit à l’annuaire.")
            return redirect("acteurs:organisme", public_id=cree.public_id)
    statut = 422 if formulaire.errors else 200
    return render(request, "acteurs/organisme_nouveau.html", {"formulaire": formulaire}, status=statut)


@exige(ORGANISMES_VOIR)
@require_GET
def detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    return _page(request, _organisme(public_id), Nom(initial={"depuis": aujourd_hui()}))


def _page(request: HttpRequest, organisme: Organisme, formulaire: Nom) -> HttpResponse:
    contexte = {
        "organisme": organisme,
        "territoire": _territoires([organisme])[organisme.pk],
        "nom": organisme.nom_le(aujourd_hui()),
        "fil": (
            Lien("Annuaire des organismes", reverse("acteurs:organismes")),
            Lien(organisme.nom_le(aujourd_hui())),
        ),
        "genre": acteur(organisme.genre).libelle,
        "noms": organisme.noms.all(),
        "formulaire": formulaire,
        "tient_l_annuaire": _tient_l_annuaire(request),
    }
    return render(request, "acteurs/organisme.html", contexte, status=422 if formulaire.errors else 200)


@exige(ORGANISMES_GERER)
@require_POST
def renommer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    formulaire = Nom(request.POST)
    if formulaire.is_valid():
        try:
            service.renommer_organisme(public_id=public_id, **formulaire.cleaned_data)
        except Refus as refus:
            refus_au_formulaire(formulaire, refus)
        else:
            messages.success(request, "Le nouveau nom est enregistré ; l’ancien reste connu de la recherche.")
            return redirect("acteurs:organisme", public_id=public_id)
    return _page(request, _organisme(public_id), formulaire)


@exige(ORGANISMES_GERER)
@require_POST
def changer_etat(request: HttpRequest, public_id: UUID) -> HttpResponse:
    actif = request.POST.get("actif") == "oui"
    service.changer_etat_organisme(public_id=public_id, actif=actif)
    messages.success(
        request, "L’organisme est rouvert." if actif else "L’organisme est retiré de l’annuaire."
    )
    return redirect("acteurs:organisme", public_id=public_id)
