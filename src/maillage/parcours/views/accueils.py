"""« Mes accueils »: a body reads those it receives and notes days; nothing of the groupe stands here."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from maillage.instances.api import fuseau_du_cercle, lecteurs
from maillage.interface.navigation import Lien
from maillage.parcours.models import Presence
from maillage.parcours.perms_orientations import ACCUEILS
from maillage.parcours.selectors.orientations import AccueilVu, mes_accueils, mon_accueil
from maillage.parcours.services import participations
from maillage.parcours.services.conservation import efface_le
from maillage.parcours.states import LIBELLES
from maillage.parcours.views.actes import ACTES, actes_ouverts
from maillage.parcours.views.presentation import GENRES, en_retard, fin_en_mots, suspendue
from maillage.situations.views.commun import PageDeFormulaire, traiter
from maillage.socle.permissions import exige
from maillage.socle.refus import Introuvable
from maillage.socle.temps import aujourd_hui

TITRE = "Mes accueils"


def _ligne(vu: AccueilVu) -> dict[str, Any]:
    lue = vu.participation
    jour = aujourd_hui(fuseau_du_cercle(vu.lieu.id))
    retard = en_retard(lue, jour)
    mot = "Réception à accuser" if lue.etat == "transmise" else LIBELLES[lue.etat]
    if attend := suspendue(lue):
        mot, retard = "Ne pas commencer", False
    return {
        "vu": vu,
        "jour": jour,
        "attend": attend,
        "etat": f"{mot}, en retard" if retard else mot,
        "genre": "retard" if retard or attend else GENRES[lue.etat],
        "efface_le": efface_le(lue.finie_le) if lue.finie_le else None,
        "fin": fin_en_mots(lue) if lue.finie_le else "",
    }


@exige(ACCUEILS)
@require_GET
def accueils(request: HttpRequest) -> HttpResponse:
    contexte = {"lignes": [_ligne(vu) for vu in mes_accueils()], "fil": [Lien(TITRE)]}
    return render(request, "parcours/accueils.html", contexte)


@exige(ACCUEILS)
@require_GET
def accueil(request: HttpRequest, public_id: UUID) -> HttpResponse:
    vu = mon_accueil(public_id)
    contexte = {
        "ligne": _ligne(vu),
        "vu": vu,
        "participation": vu.participation,
        "actes": actes_ouverts(vu.participation, groupe=False),
        "lecteurs": lecteurs(vu.lieu.id),
        "fil": [Lien(TITRE, reverse("orientations:accueils")), Lien(vu.nom)],
    }
    return render(request, "parcours/accueil.html", contexte)


@exige(ACCUEILS)
@require_http_methods(["GET", "POST"])
def acte(request: HttpRequest, public_id: UUID, acte: str) -> HttpResponse:
    """One act of a participation, noted by the body."""
    vu = mon_accueil(public_id)
    voulu = ACTES.get(acte)
    if voulu is None or voulu.du_groupe:
        raise Introuvable(public_id)
    jour = aujourd_hui(fuseau_du_cercle(vu.lieu.id))
    formulaire = voulu.formulaire(request.POST or None, vu.participation, jour, None)
    retour = reverse("orientations:accueil", args=[public_id])
    page = PageDeFormulaire(
        titre=voulu.titre,
        phrase=f"{vu.nom}, {vu.accueil.intitule}.",
        bouton=voulu.bouton,
        retour=retour,
        cercle=vu.lieu.id,
        fil=(Lien(TITRE, reverse("orientations:accueils")), Lien(vu.nom, retour), Lien(voulu.titre)),
        modele="parcours/formulaire_accueil.html",
        message="Enregistré.",
        contexte={"note": voulu.note},
    )

    def faire(lues: dict[str, Any]) -> None:
        voulu.faire(public_id, lues)

    return traiter(request, page, formulaire, faire)


@exige(ACCUEILS)
@require_POST
def payer(request: HttpRequest, public_id: UUID, cle: UUID) -> HttpResponse:
    """Note that a day of work was paid the same day."""
    vu = mon_accueil(public_id)
    notee = Presence.objects.filter(public_id=cle, participation=vu.participation).first()
    if notee is None:
        raise Introuvable(cle)
    participations.payer(presence=cle, version=notee.version, le=notee.le)
    messages.success(request, "Paie du jour notée.")
    return redirect("orientations:accueil", public_id=public_id)
