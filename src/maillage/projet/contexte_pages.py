"""What every page receives: the navigation open to the account, and whether this is a demo."""

from importlib.metadata import version
from typing import Any, cast

from django.http import HttpRequest
from django.urls import reverse

from maillage.interface.navigation import Cadre, CompteAffiche, Entree, Groupe, Lien, contexte, marquer_actif
from maillage.projet.menu import MENU
from maillage.situations.perms import LIRE
from maillage.socle.installation import est_demonstration
from maillage.socle.permissions import Porteur, juger

VERSION = version("maillage")


def page(request: HttpRequest) -> dict[str, Any]:
    """Context of the layout. An entry the account may not open does not exist."""
    compte = getattr(request, "user", None)
    affiche = None
    if compte is not None and compte.is_authenticated:
        affiche = CompteAffiche(compte.nom_complet, compte.titre, reverse("acteurs:compte"))
    cadre = Cadre(
        demo=est_demonstration(),
        accueil_url=reverse("accueil"),
        compte=affiche,
        recherche_url=reverse("situations:recherche")
        if affiche and juger(cast(Porteur, compte), LIRE).ok
        else "",
        liens_pied=(Lien("Composants", reverse("interface:galerie")),),
        version=VERSION,
    )
    return contexte(cadre, navigation(request) if compte is not None else ())


def navigation(request: HttpRequest) -> tuple[Groupe, ...]:
    """The menu of this account: groups without entry are left out."""
    porteur = cast(Porteur, request.user)
    groupes = (
        Groupe(
            titre,
            tuple(
                Entree(entree.libelle, reverse(entree.route), entree.icone)
                for entree in entrees
                if juger(porteur, entree.permission).ok
            ),
        )
        for titre, entrees in MENU
    )
    return marquer_actif(groupes, request.path)
