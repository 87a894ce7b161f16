"""What every page receives: the navigation open to the account, and whether this is a demo."""

from collections.abc import Sequence
from importlib.metadata import version
from typing import Any, cast

from django.db import connection
from django.http import HttpRequest

from maillage.acteurs.api import SessionStore
from maillage.droits.api import SURVEILLENT, TENANTS
from maillage.instances.api import GenreFormation, MonMandat, fuseau_du_conseil, lieu_courant, mes_mandats
from maillage.interface.adresses import adresse
from maillage.interface.navigation import Cadre, CompteAffiche, Entree, Groupe, Lien, contexte, marquer_actif
from maillage.projet.menu import MENU, EntreeDeMenu
from maillage.situations.api import attendus
from maillage.situations.perms import LIRE
from maillage.socle.contexte import acteur_courant
from maillage.socle.installation import est_demonstration
from maillage.socle.permissions import Porteur, juger
from maillage.socle.temps import aujourd_hui

VERSION = version("maillage")

#: Formations that hear families.
DES_FAMILLES = (GenreFormation.CDDF, GenreFormation.CCTP)


def page(request: HttpRequest) -> dict[str, Any]:
    """Context of the layout. An entry the account may not open does not exist."""
    compte = getattr(request, "user", None)
    affiche = None
    if compte is not None and compte.is_authenticated:
        affiche = CompteAffiche(compte.nom_complet, compte.titre, adresse("acteurs:compte"))
    lieu = lieu_courant()
    cadre = Cadre(
        demo=est_demonstration(),
        accueil_url=adresse("accueil"),
        instance_nom=lieu.nom if lieu else "",
        instance_detail=lieu.detail if lieu else "",
        compte=affiche,
        recherche_url=adresse("situations:recherche")
        if affiche and juger(cast(Porteur, compte), LIRE).ok
        else "",
        liens_pied=(Lien("Composants", adresse("interface:galerie")),),
        version=VERSION,
        session_reste=session_restante(request) if affiche else 0,
    )
    return contexte(cadre, navigation(request) if compte is not None else ())


def session_restante(request: HttpRequest) -> int:
    """How long the session of this page will last without any other action, in seconds."""
    session = getattr(request, "session", None)
    return session.secondes_restantes() if isinstance(session, SessionStore) else 0


def navigation(request: HttpRequest) -> tuple[Groupe, ...]:
    """The menu of this account: groups without entry are left out."""
    porteur = cast(Porteur, request.user)
    ouvertes = [
        (titre, [entree for entree in entrees if juger(porteur, entree.permission).ok])
        for titre, entrees in MENU
    ]
    # Read once for all that the menu asks of them: on a page that writes, nothing is remembered.
    attendue = any(entree.compteur or entree.condition for _, entrees in ouvertes for entree in entrees)
    mandats = _mandats() if attendue else ()
    tenues = attaches(mandats)
    comptes = compteurs(mandats)
    groupes = (
        Groupe(
            titre,
            tuple(
                _entree(entree, comptes.get(entree.compteur))
                for entree in entrees
                if not entree.condition or entree.condition in tenues
            ),
        )
        for titre, entrees in ouvertes
    )
    return marquer_actif(groupes, request.path)


def _entree(entree: EntreeDeMenu, compte: tuple[int, bool] | None) -> Entree:
    nombre, plafonne = compte or (0, False)
    return Entree(
        entree.libelle,
        adresse(entree.route),
        entree.icone,
        compteur=nombre or None,
        unite=entree.unite,
        plafonne=plafonne,
    )


def _mandats() -> tuple[MonMandat, ...]:
    """The actor's mandates; none where nobody acts, nor on the page of a failure: it answers no more."""
    return () if acteur_courant() is None or connection.needs_rollback else mes_mandats()


def attaches(mandats: Sequence[MonMandat]) -> frozenset[str]:
    """The conditions of entries that these mandates meet: nothing more is asked of the base."""
    accueille = any(m.lit and m.formation.genre == GenreFormation.PRESTATAIRE for m in mandats)
    actes = any(m.lit and m.formation.genre == GenreFormation.ACTES_MAIRE for m in mandats)
    familles = any(m.lit and m.formation.genre in DES_FAMILLES for m in mandats)
    droits = any(m.lit and m.formation.genre == GenreFormation.DROITS for m in mandats)
    tient = any(m.lit and m.role in TENANTS.get(m.formation.genre, ()) for m in mandats)
    archives = any(
        m.lit and m.role in SURVEILLENT and m.formation.genre == GenreFormation.GROUPE for m in mandats
    )
    tenues = (
        ("archives", archives),
        ("accueille", accueille),
        ("actes", actes),
        ("familles", familles),
        ("droits", droits),
        ("tient", tient),
    )
    return frozenset(code for code, tenue in tenues if tenue)


def compteurs(mandats: Sequence[MonMandat] | None = None) -> dict[str, tuple[int, bool]]:
    """What waits for the actor, by code: number and whether it is capped. One query more than mandates."""
    mandats = _mandats() if mandats is None else mandats
    if not mandats:
        return {}
    dus = attendus(
        lus={
            mandat.cercle: aujourd_hui(fuseau_du_conseil(mandat.formation.conseil))
            for mandat in mandats
            if mandat.lit
        },
        coordonnes=[mandat.cercle for mandat in mandats if mandat.coordonne],
    )
    return {
        "a_examiner": (dus.a_examiner.nombre, dus.a_examiner.plafonne),
        "a_revoir": (dus.a_revoir.nombre, dus.a_revoir.plafonne),
        "a_signer": (sum(mandat.a_signer for mandat in mandats), False),
    }
