"""The pay of a day of work, as the groupe notes it: the same day, or another once the rule is set aside."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from maillage.parcours.forms.orientations import Dater
from maillage.parcours.models import Participation, Presence
from maillage.parcours.perms_orientations import PARCOURS_ECRIRE
from maillage.parcours.services import participations as services
from maillage.parcours.views.orientations import adresse_de_l_orientation, lire_orientation, page_de
from maillage.situations.api import une
from maillage.situations.views.commun import traiter
from maillage.socle.permissions import exige
from maillage.socle.refus import Introuvable

PAIE = "Ce travail se paie le jour même. Plus tard, la raison s’écarte d’abord, sur la page de l’orientation."


@exige(PARCOURS_ECRIRE)
@require_http_methods(["GET", "POST"])
def paie(request: HttpRequest, public_id: UUID, cle: UUID) -> HttpResponse:
    """Note that a day of work was paid, on the day it was: later than the day itself, the rule may refuse."""
    notee, participation = une(Presence, cle), une(Participation, public_id)
    if notee.participation_id != participation.pk:
        raise Introuvable(cle)
    lue, vue = lire_orientation(participation.orientation.public_id)
    retour = adresse_de_l_orientation(vue.orientation.public_id)
    formulaire = Dater(
        request.POST or None,
        jour=lue.ici.jour,
        des_le=notee.le,
        libelle="Payé le",
        initial={"version": notee.version},
    )
    page = page_de(lue, "Noter la paie d’un jour", "Noter la paie", retour, contexte={"note": PAIE})

    def faire(lues: dict[str, Any]) -> None:
        services.payer(presence=cle, **lues)

    return traiter(request, page, formulaire, faire)


@exige(PARCOURS_ECRIRE)
@require_POST
def payer(request: HttpRequest, public_id: UUID, cle: UUID) -> HttpResponse:
    """Note that a day of work was paid today."""
    notee = une(Presence, cle)
    participation = une(Participation, public_id)
    if notee.participation_id != participation.pk:
        raise Introuvable(cle)
    services.payer(presence=cle, version=notee.version, le=notee.le)
    messages.success(request, "Paie du jour notée.")
    return redirect(adresse_de_l_orientation(participation.orientation.public_id))
