"""Pages of councils: the list, the record of a new one, its page, its end, its strands."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from maillage.acteurs.api import avec_elevation
from maillage.instances import forms
from maillage.instances.models import Conseil, GenreFormation
from maillage.instances.perms import (
    COMPOSITION_TENIR,
    CONSEIL_CREER,
    COORDINATION,
    DROITS_OUVRIR,
    INSTANCES_VOIR,
    PRESIDENTS,
    REGISTRES_OUVRIR,
    VOLET_CONFIRMER,
)
from maillage.instances.selectors import pages
from maillage.instances.selectors.conseils import (
    conseil_visible,
    conseils_tenus_par,
    formations_visibles_par,
    portees,
)
from maillage.instances.selectors.creation import LONGUEUR_DE_RECHERCHE, lieux
from maillage.instances.selectors.propres import communes_ouvrables
from maillage.instances.services import conseils as services
from maillage.instances.services.droits import QUI_OUVRE
from maillage.instances.territoire import (
    aujourd_hui_du_conseil,
    codes_membres,
    communes_connues,
    departement_de,
    epci_du_registre,
    nommer,
    obligations_des_communes,
)
from maillage.instances.views.outils import compte_de, envoyer, montrer, ouvre
from maillage.interface.navigation import Lien
from maillage.interface.retours import version_recue
from maillage.socle.permissions import exige
from maillage.socle.refus import Introuvable
from maillage.socle.temps import aujourd_hui


@exige(INSTANCES_VOIR)
@require_GET
def liste(request: HttpRequest) -> HttpResponse:
    contexte = {
        "conseils": pages.conseils_listes(compte_de(request)),
        "nouveau": _adresse_de_creation(request) if ouvre(request, CONSEIL_CREER) else "",
    }
    return render(request, "instances/liste.html", contexte)


def _adresse_de_creation(request: HttpRequest) -> str:
    """The form for the one territory of the account, when it has one and only one."""
    ou = [
        (genre, code)
        for genre, code in portees(compte_de(request), PRESIDENTS | COORDINATION)
        if genre in ("commune", "epci")
    ]
    if len(ou) != 1:
        return reverse("instances:conseil_nouveau")
    [(genre, code)] = ou
    return f"{reverse('instances:conseil_nouveau')}?{genre}={code}"


@exige(CONSEIL_CREER)
@require_http_methods(["GET", "POST"])
def nouveau(request: HttpRequest) -> HttpResponse:
    """From the page of a commune (``?commune=31149``) or of an EPCI (``?epci=243100518``)."""
    commune, epci = request.GET.get("commune", ""), request.GET.get("epci", "")
    le = aujourd_hui()
    if not commune and not epci:
        return _ou(request, le)
    territoire = _territoire(commune, epci, le)
    membres = nommer(codes_membres(epci, le) if epci else [commune], le)
    departement = departement_de(
        commune_code=commune, epci_code=epci, communes=[m.code for m in membres], le=le
    )
    services.exiger_ressort(compte_de(request), commune, epci, departement)
    initial = {
        "genre": "cispd" if epci else "clspd",
        "schema": "intercommunal" if epci else "communal",
        "communes": [m.code for m in membres],
    }
    formulaire = forms.NouveauConseil(request.POST or None, communes=membres, initial=initial)

    def faire() -> str:
        donnees = formulaire.cleaned_data
        conseil = services.creer_conseil(
            genre=donnees["genre"],
            commune_code=commune,
            epci_code=epci,
            communes=donnees.get("communes") or donnees.get("associees") or (),
            opposees=donnees.get("opposees") or (),
            delibere_le=donnees["delibere_le"],
            schema=donnees["schema"],
            nom=donnees["nom"],
        )
        messages.success(request, "Le conseil est enregistré. Créez maintenant ses formations.")
        return reverse("instances:conseil", args=[conseil.public_id])

    reponse = envoyer(request, formulaire, faire)
    if reponse is not None:
        return reponse
    return montrer(
        request,
        formulaire,
        titre="Enregistrer un conseil",
        phrase=f"{territoire}. Ce que la loi demande à cette date sera gardé avec lui.",
        bouton="Enregistrer le conseil",
        obligations=obligations_des_communes([commune], le, cispd=False)[commune] if commune else (),
        annuler=reverse("instances:liste"),
        fil=[Lien("Instances et groupes", reverse("instances:liste")), Lien("Enregistrer un conseil")],
    )


def _ou(request: HttpRequest, le: date) -> HttpResponse:
    """Find the commune or the intercommunalité by its name: no code to know, no script needed."""
    q = request.GET.get("q", "").strip()[:LONGUEUR_DE_RECHERCHE]
    contexte = {
        "q": q,
        "longueur": LONGUEUR_DE_RECHERCHE,
        "lieux": lieux(compte_de(request), q, le) if q else None,
        "fil": [Lien("Instances et groupes", reverse("instances:liste")), Lien("Enregistrer un conseil")],
    }
    return render(request, "instances/conseil_ou.html", contexte)


def _territoire(commune: str, epci: str, le: date) -> str:
    if epci:
        trouve = epci_du_registre(epci)
        if trouve is None:
            raise Introuvable(epci)
        return str(trouve.nom)
    if commune not in communes_connues([commune]):
        raise Introuvable(commune)
    return nommer([commune], le)[0].nom


@exige(INSTANCES_VOIR)
@require_GET
def detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    conseil, compte = conseil_visible(public_id), compte_de(request)
    le = aujourd_hui_du_conseil(conseil)
    tenus = conseils_tenus_par(compte, COORDINATION).filter(pk=conseil.pk).exists()
    preside = conseils_tenus_par(compte, PRESIDENTS | COORDINATION).filter(pk=conseil.pk).exists()
    formations = pages.formations_listees(formations_visibles_par(compte).filter(conseil=conseil), compte)
    presentes = {formation.genre for formation in formations}
    contexte = {
        "conseil": conseil,
        "absentes": [
            (genre.value, genre.label)
            for genre in (GenreFormation.PLENIERE, GenreFormation.RESTREINTE)
            if genre.label not in presentes
        ],
        "le": le,
        "juge_le": _jour_du_verdict(conseil),
        "actif": conseil.dissous_le is None,
        "communes": pages.communes_membres(conseil, le),
        "formations": formations,
        "volets": pages.volets(conseil),
        "tient": tenus and ouvre(request, COMPOSITION_TENIR),
        "preside": preside and ouvre(request, CONSEIL_CREER),
        "familles": preside and ouvre(request, REGISTRES_OUVRIR),
        "actes": ouvre(request, REGISTRES_OUVRIR) and bool(communes_ouvrables(conseil, compte, le)),
        "dpo": ouvre(request, VOLET_CONFIRMER),
        "droits": ouvre(request, DROITS_OUVRIR)
        and conseils_tenus_par(compte, QUI_OUVRE).filter(pk=conseil.pk).exists()
        and not conseil.formations.filter(genre=GenreFormation.DROITS, dissoute_le__isnull=True).exists(),
        "fil": [Lien("Instances et groupes", reverse("instances:liste")), Lien(conseil.nom)],
    }
    return render(request, "instances/conseil.html", contexte)


def _jour_du_verdict(conseil: Conseil) -> date | None:
    """The day the kept verdict was given; None for a council recorded without one."""
    le = conseil.obligatoire.get("le")
    return date.fromisoformat(le) if le else None


@exige(CONSEIL_CREER)
@require_http_methods(["GET", "POST"])
@avec_elevation
def dissoudre(request: HttpRequest, public_id: UUID) -> HttpResponse:
    conseil = conseil_visible(public_id)
    formulaire = forms.Confirmation(request.POST or None)

    def faire() -> str:
        services.dissoudre_conseil(public_id=public_id, version=version_recue(request, conseil.version))
        messages.success(request, "Le conseil est dissous ; plus personne ne lit ses groupes.")
        return reverse("instances:conseil", args=[public_id])

    reponse = envoyer(request, formulaire, faire)
    if reponse is not None:
        return reponse
    return montrer(
        request,
        formulaire,
        titre=f"Dissoudre : {conseil.nom}",
        phrase="Ses formations sont dissoutes et l’accès à ses groupes est fermé à la seconde. "
        "Cet acte ne se reprend pas : un nouveau conseil s’enregistre alors.",
        bouton="Dissoudre le conseil",
        annuler=reverse("instances:conseil", args=[public_id]),
        version=conseil.version,
    )


@exige(VOLET_CONFIRMER)
@require_http_methods(["GET", "POST"])
@avec_elevation
def volet(request: HttpRequest, public_id: UUID, code: str) -> HttpResponse:
    """The DPO confirms a strand, or withdraws the confirmation."""
    conseil = conseil_visible(public_id)
    affiche = next((v for v in pages.volets(conseil) if v.code == code), None)
    if affiche is None:
        raise Introuvable(public_id)
    ouvert = affiche.confirme_le is not None
    formulaire = (forms.Confirmation if ouvert else forms.ConfirmationDeVolet)(request.POST or None)

    def faire() -> str:
        if ouvert:
            services.retirer_volet(public_id=public_id, volet=code)
            messages.success(request, "La confirmation est retirée ; les groupes de ce volet sont fermés.")
        else:
            services.confirmer_volet(
                public_id=public_id, volet=code, analyse_du=formulaire.cleaned_data["analyse_du"]
            )
            messages.success(request, "Le volet est confirmé. Un groupe peut maintenant être créé.")
        return reverse("instances:conseil", args=[public_id])

    reponse = envoyer(request, formulaire, faire)
    if reponse is not None:
        return reponse
    return montrer(
        request,
        formulaire,
        titre=f"{'Retirer' if ouvert else 'Confirmer'} le volet : {affiche.libelle}",
        phrase=f"{conseil.nom}. "
        + (
            "Les groupes ouverts de ce volet sont fermés à la seconde."
            if ouvert
            else "Sans cette confirmation, aucun groupe ne peut suivre ces personnes."
        ),
        bouton="Retirer la confirmation" if ouvert else "Confirmer le volet",
        annuler=reverse("instances:conseil", args=[public_id]),
    )
