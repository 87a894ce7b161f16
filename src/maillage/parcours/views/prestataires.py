"""The coordinator opens a body's own access; its agents are then habilitated like any member."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from maillage.acteurs.api import Organisme
from maillage.instances.api import (
    Volet,
    conseils_tenus_par,
    ouvrir_prestataire,
    prestataires_tenus,
)
from maillage.instances.perms import COORDINATION
from maillage.interface.navigation import Lien
from maillage.interface.retours import refus_au_formulaire, statut_de
from maillage.parcours.forms.orientations import OuvrirPrestataire
from maillage.parcours.perms_orientations import PRESTATAIRES
from maillage.parcours.selectors.offres import lecteur
from maillage.socle.jetons import lire as lire_jeton
from maillage.socle.jetons import nouveau_jeton, une_seule_fois
from maillage.socle.permissions import exige
from maillage.socle.refus import Refus
from maillage.socle.temps import aujourd_hui

TITRE = "Lieux d’accueil"


@exige(PRESTATAIRES)
@require_GET
def prestataires(request: HttpRequest) -> HttpResponse:
    """The bodies of my councils that have their own access, each leading to its mandates."""
    contexte = {"tenus": prestataires_tenus(lecteur()), "fil": [Lien(TITRE)]}
    return render(request, "parcours/prestataires.html", contexte)


@exige(PRESTATAIRES)
@require_http_methods(["GET", "POST"])
def nouveau(request: HttpRequest) -> HttpResponse:
    formulaire = _formulaire(request)
    jeton = lire_jeton(request.POST.get("jeton", "")) if request.method == "POST" else nouveau_jeton()
    if request.method == "POST" and formulaire.is_valid():
        lues = formulaire.cleaned_data

        def faire() -> str:
            ouverte = ouvrir_prestataire(
                conseil=UUID(lues["conseil"]),
                organisme=UUID(lues["organisme"]),
                volet=lues["volet"],
                convenu_le=lues["convenu_le"],
            )
            return reverse("instances:formation", args=[ouverte.public_id])

        try:
            adresse = une_seule_fois(jeton, faire)
        except Refus as refus:
            refus_au_formulaire(formulaire, refus)
        else:
            messages.success(request, "Accès ouvert. Habilitez maintenant ses agents, un par un.")
            return redirect(adresse)
    contexte = {
        "formulaire": formulaire,
        "jeton": jeton,
        "fil": [Lien(TITRE, reverse("orientations:prestataires")), Lien("Ouvrir un accès")],
    }
    return render(request, "parcours/prestataire_nouveau.html", contexte, status=statut_de(formulaire))


def _formulaire(request: HttpRequest) -> OuvrirPrestataire:
    conseils = list(conseils_tenus_par(lecteur(), COORDINATION).filter(dissous_le__isnull=True))
    departements = {conseil.departement_code for conseil in conseils}
    corps = Organisme.objects.filter(actif=True, departement_code__in=departements).prefetch_related("noms")
    return OuvrirPrestataire(
        request.POST or None,
        jour=aujourd_hui(),
        conseils=[(str(conseil.public_id), conseil.nom) for conseil in conseils],
        organismes=sorted(((str(o.public_id), o.nom_actuel) for o in corps), key=lambda paire: paire[1]),
        volets=[(volet.value, volet.label) for volet in Volet if volet not in (Volet.ACTES, Volet.DROITS)],
    )
