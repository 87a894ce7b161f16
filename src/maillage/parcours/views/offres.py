"""Pages of offers: the register, one offer with its places, its forms."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from maillage.acteurs.api import nom_affiche
from maillage.instances.api import conseils_tenus_par
from maillage.instances.perms import COORDINATION
from maillage.interface.navigation import Lien
from maillage.interface.retours import version_recue
from maillage.parcours.forms.offres import (
    ChangementDOffre,
    FiltreDOffres,
    PriseDePlace,
    SaisieDOffre,
    initial_de_l_offre,
)
from maillage.parcours.models import Offre
from maillage.parcours.perms import OFFRES_TENIR, OFFRES_VOIR
from maillage.parcours.rules.places import occupees
from maillage.parcours.selectors.dispositifs import catalogue_visible, dispositifs_par_code, libelle_affiche
from maillage.parcours.selectors.offres import FiltresDOffres, offre_visible, offres, places_en_cours
from maillage.parcours.services import offres as services
from maillage.parcours.services import places as services_places
from maillage.parcours.views.outils import compte_de, ouvre, traiter
from maillage.socle.permissions import exige
from maillage.socle.temps import aujourd_hui
from maillage.strategie.api import liste
from maillage.territoires.api import communes_par_code

REGISTRE = "Offres d’accueil"


@exige(OFFRES_VOIR)
@require_GET
def registre(request: HttpRequest) -> HttpResponse:
    le, fonctions = aujourd_hui(), compte_de(request).fonctions
    connus = catalogue_visible()
    noms = {lu.code: libelle_affiche(lu, fonctions) for lu in connus}
    formulaire = FiltreDOffres(request.GET, dispositifs=sorted(noms.items(), key=lambda couple: couple[1]))
    formulaire.is_valid()
    lus = formulaire.cleaned_data
    filtres = FiltresDOffres(
        dispositif=lus.get("dispositif", ""),
        commune=lus.get("commune", ""),
        contact=lus.get("contact", ""),
        libres=bool(lus.get("libres")),
        fermees=bool(lus.get("fermees")),
    )
    page = offres(filtres, le=le, curseur=request.GET.get("apres", ""))
    contacts = dict(liste("contacts_accueil").choix())
    contexte = {
        "formulaire": formulaire,
        "lignes": [
            (ligne, noms.get(ligne.offre.dispositif_code, ""), contacts[ligne.offre.contact])
            for ligne in page.lignes
        ],
        "suivante": _adresse(request, page.suivante) if page.suivante else "",
        "filtre": any(lus.get(nom) for nom in formulaire.fields),
        "ajoute": ouvre(request, OFFRES_TENIR),
    }
    return render(request, "parcours/offres.html", contexte)


def _adresse(request: HttpRequest, apres: str) -> str:
    return f"?{urlencode({**{c: v for c, v in request.GET.dict().items() if v}, 'apres': apres})}"


@exige(OFFRES_VOIR)
@require_GET
def offre(request: HttpRequest, public_id: UUID) -> HttpResponse:
    return _page(request, offre_visible(public_id), PriseDePlace(initial={"du": aujourd_hui()}))


def _page(request: HttpRequest, lue: Offre, formulaire: PriseDePlace) -> HttpResponse:
    compte, le = compte_de(request), aujourd_hui()
    places = places_en_cours(lue, le=le)
    dispositif = dispositifs_par_code([lue.dispositif_code]).get(lue.dispositif_code)
    commune = communes_par_code([lue.commune_code]).get(lue.commune_code)
    contexte = {
        "offre": lue,
        "organisme": nom_affiche(lue.organisme, compte),
        "dispositif": dispositif,
        "nom_du_dispositif": libelle_affiche(dispositif, compte.fonctions) if dispositif else "",
        "commune": commune.nom if commune else "",
        "contact": liste("contacts_accueil").item(lue.contact),
        "source": liste("sources_offre").item(lue.source).libelle,
        "secteur": liste("secteurs_activite").item(lue.secteur).libelle if lue.secteur else "",
        "places": places,
        "libres": max(0, lue.capacite - occupees([(p.du, p.au) for p in places], le)),
        "tient": _tient(request, lue),
        "formulaire": formulaire,
        "fil": (Lien(REGISTRE, reverse("parcours:offres")), Lien(lue.intitule)),
    }
    return render(request, "parcours/offre.html", contexte, status=422 if formulaire.errors else 200)


def _tient(request: HttpRequest, lue: Offre) -> bool:
    """Whether this account keeps the offer: buttons are not shown for nothing."""
    if lue.conseil is None or lue.fermee_le is not None or not ouvre(request, OFFRES_TENIR):
        return False
    return conseils_tenus_par(compte_de(request), COORDINATION).filter(pk=lue.conseil.pk).exists()


@exige(OFFRES_TENIR)
@require_http_methods(["GET", "POST"])
def nouvelle(request: HttpRequest) -> HttpResponse:
    formulaire = SaisieDOffre(
        request.POST or None,
        conseils=conseils_tenus_par(compte_de(request), COORDINATION).order_by("nom"),
        dispositifs=catalogue_visible(aujourd_hui()),
        initial={
            "depuis": aujourd_hui(),
            "capacite": 1,
            "mineurs": True,
            "contact": "convention",
            "dispositif": request.GET.get("dispositif", ""),
        },
    )

    def faire() -> str:
        lus = formulaire.cleaned_data
        creee = services.enregistrer_offre(
            conseil=lus["conseil"].public_id,
            dispositif=lus["dispositif"],
            organisme=lus["organisme"].public_id,
            donnees=formulaire.donnees(),
        )
        messages.success(request, "L’offre est enregistrée.")
        return reverse("parcours:offre", args=[creee.public_id])

    return traiter(
        request,
        formulaire,
        faire,
        titre="Enregistrer une offre",
        phrase="Un lieu d’accueil, un poste, un parrain : ce qu’un groupe pourra proposer.",
        bouton="Enregistrer l’offre",
        annuler=reverse("parcours:offres"),
        fil=(Lien(REGISTRE, reverse("parcours:offres")), Lien("Enregistrer une offre")),
    )


@exige(OFFRES_TENIR)
@require_http_methods(["GET", "POST"])
def modifier(request: HttpRequest, public_id: UUID) -> HttpResponse:
    lue = offre_visible(public_id)
    formulaire = ChangementDOffre(
        request.POST or None,
        conseils=conseils_tenus_par(compte_de(request), COORDINATION),
        dispositifs=(),
        initial=initial_de_l_offre(lue),
    )

    def faire() -> str:
        services.modifier_offre(
            public_id=public_id,
            version=formulaire.cleaned_data.get("version") or 0,
            donnees=formulaire.donnees(),
        )
        messages.success(request, "L’offre est modifiée.")
        return reverse("parcours:offre", args=[public_id])

    return traiter(request, formulaire, faire, **_suite(lue, "Modifier", "Modifier l’offre", "Enregistrer"))


def _suite(lue: Offre, mot: str, titre: str, bouton: str) -> dict[str, Any]:
    """What a form page about an offer says."""
    adresse = reverse("parcours:offre", args=[lue.public_id])
    return {
        "titre": titre,
        "phrase": f"{lue.intitule}.",
        "bouton": bouton,
        "annuler": adresse,
        "fil": (Lien(REGISTRE, reverse("parcours:offres")), Lien(lue.intitule, adresse), Lien(mot)),
    }


@exige(OFFRES_TENIR)
@require_POST
def fermer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    services.fermer_offre(public_id=public_id, version=version_recue(request, 0))
    messages.success(request, "L’offre est fermée : plus personne n’y sera orienté.")
    return redirect("parcours:offre", public_id=public_id)


@exige(OFFRES_TENIR)
@require_http_methods(["GET", "POST"])
def place(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a place by hand, for someone this product does not follow."""
    lue = offre_visible(public_id)
    formulaire = PriseDePlace(request.POST or None, initial={"du": aujourd_hui()})

    def faire() -> str:
        du, au = formulaire.jours()
        services_places.prendre_place(offre=public_id, du=du, au=au)
        messages.success(request, "La place est prise ces jours-là.")
        return reverse("parcours:offre", args=[public_id])

    return traiter(
        request,
        formulaire,
        faire,
        **_suite(lue, "Prendre une place", "Prendre une place", "Prendre la place"),
    )


@exige(OFFRES_TENIR)
@require_POST
def liberer(request: HttpRequest, public_id: UUID, jeton: UUID) -> HttpResponse:
    services_places.rendre_place(offre=public_id, jeton=jeton, des=aujourd_hui())
    messages.success(request, "La place est libre à partir d’aujourd’hui.")
    return redirect("parcours:offre", public_id=public_id)
