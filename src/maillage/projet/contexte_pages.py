"""What every page receives: the navigation open to the account, and whether this is a demo."""

from typing import Any, cast

from django.http import HttpRequest
from django.urls import reverse

from maillage.interface.navigation import Entree, Groupe
from maillage.projet.menu import MENU, EntreeDeMenu
from maillage.socle.installation import est_demonstration
from maillage.socle.permissions import Porteur, juger


def page(request: HttpRequest) -> dict[str, Any]:
    """Context of the layout. An entry the account may not open does not exist."""
    return {"navigation": navigation(request), "demo": est_demonstration()}


def navigation(request: HttpRequest) -> list[Groupe]:
    """The menu of this account, groups without entry left out."""
    groupes = []
    for titre, entrees in MENU:
        ouvertes = [_entree(request, entree) for entree in entrees if _ouverte(request, entree)]
        if ouvertes:
            groupes.append(Groupe(titre=titre, entrees=ouvertes))
    return groupes


def _ouverte(request: HttpRequest, entree: EntreeDeMenu) -> bool:
    porteur = getattr(request, "user", None)
    return porteur is not None and juger(cast(Porteur, porteur), entree.permission).ok


def _entree(request: HttpRequest, entree: EntreeDeMenu) -> Entree:
    url = reverse(entree.route)
    return Entree(libelle=entree.libelle, url=url, icone=entree.icone, actif=request.path.startswith(url))
