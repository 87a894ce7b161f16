"""Public reference pages: territories hold no personal data, so a search may travel in the address."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from maillage.interface.navigation import Lien
from maillage.socle.permissions import PUBLIQUE, exige
from maillage.socle.temps import aujourd_hui
from maillage.territoires import annuaire, conseils, obligations, pages, registre, selectors
from maillage.territoires.forms import JugerAuForm
from maillage.territoires.models import Departement, Epci
from maillage.territoires.obligations import CLSPD, COORDONNATEUR
from maillage.territoires.referentiel import fuseau, fuseau_de_commune

LONGUEUR_DE_RECHERCHE = 80
RESULTATS_AU_PLUS = 30


@exige(PUBLIQUE)
@require_safe
def recherche(request: HttpRequest) -> HttpResponse:
    """Search a commune by name, postal code or INSEE code."""
    q = request.GET.get("q", "").strip()[:LONGUEUR_DE_RECHERCHE]
    resultats = annuaire.rechercher(q, RESULTATS_AU_PLUS) if q else []
    contexte = {
        "q": q,
        "resultats": [(resultat, pages.nom_du_departement(resultat)) for resultat in resultats],
        "epci": annuaire.rechercher_epci(q),
        "resultats_au_plus": RESULTATS_AU_PLUS,
        "colonnes": [
            pages.Colonne("Commune"),
            pages.Colonne("Département"),
            pages.Colonne("Habitants", num=True),
        ],
    }
    return render(request, "territoires/recherche.html", contexte)


@exige(PUBLIQUE)
@require_safe
def commune(request: HttpRequest, code: str) -> HttpResponse:
    """A commune: identity, what the law asks of it on a day, councils, neighbourhoods, map."""
    le, formulaire = _jour(request, aujourd_hui(fuseau_de_commune(code)))
    fiche = selectors.commune(code, le)
    if fiche is None:
        return _introuvable(request, code)
    couvrants = conseils.couvrant(code, le)
    faits = pages.faits_de(fiche, couvrants)
    carte = pages.carte_de_la_commune(fiche)
    contexte = {
        "fiche": fiche,
        "le": le,
        "formulaire": formulaire,
        "phrase": pages.phrase_de(fiche),
        "obligations": obligations.juger(faits, le),
        "jalons": obligations.jalons(faits, le),
        "reserves": pages.reserves_de(fiche, le, couvrants),
        "conseils": couvrants,
        "creation": conseils.adresse_de_creation(request.user, code),
        "repartition": conseils.adresse_de_repartition(request.user, code),
        "carte": carte,
        "svg": pages.svg(carte),
        "source": f"{pages.SOURCE_CARTE} {pages.SOURCE_REGISTRE}",
        "fil": [*_fil(fiche.departement, fiche.epci), Lien(fiche.nom)],
    }
    return render(request, "territoires/commune.html", contexte, status=_statut(formulaire))


@exige(PUBLIQUE)
@require_safe
def epci(request: HttpRequest, code: str) -> HttpResponse:
    """An intercommunalité, its members and what the law asks of each."""
    trouve = selectors.epci(code)
    if trouve is None:
        return _introuvable(request, code)
    le, formulaire = _jour(request, aujourd_hui())
    jugees = pages.juger_la_liste(selectors.membres(code, le), le)
    contexte = {
        "epci": trouve,
        "fil": [Lien("Communes", reverse("territoires:recherche")), Lien(trouve.nom)],
        **_liste(request, jugees, trouve.nom, le),
        "formulaire": formulaire,
    }
    return render(request, "territoires/epci.html", contexte, status=_statut(formulaire))


@exige(PUBLIQUE)
@require_safe
def departements(request: HttpRequest) -> HttpResponse:
    """Every département and overseas collectivity."""
    contexte = {
        "departements": selectors.departements(aujourd_hui()),
        "fil": [Lien("Communes", reverse("territoires:recherche")), Lien("Départements")],
        "colonnes": [
            pages.Colonne("Département"),
            pages.Colonne("Région"),
            pages.Colonne("Communes", num=True),
            pages.Colonne("Habitants", num=True),
        ],
        "source": pages.SOURCE_REGISTRE,
    }
    return render(request, "territoires/departements.html", contexte)


@exige(PUBLIQUE)
@require_safe
def departement(request: HttpRequest, code: str) -> HttpResponse:
    """A département: map and table of its communes by what the law asks."""
    trouve = selectors.departement(code)
    if trouve is None:
        return _introuvable(request, code)
    le, formulaire = _jour(request, aujourd_hui(fuseau(trouve.code)))
    jugees = pages.juger_la_liste(selectors.communes_du_departement(trouve.code, le), le)
    contexte = {
        "departement": trouve,
        "fil": [
            Lien("Communes", reverse("territoires:recherche")),
            Lien("Départements", reverse("territoires:departements")),
            Lien(trouve.nom),
        ],
        **_liste(request, jugees, trouve.nom, le),
        "formulaire": formulaire,
    }
    return render(request, "territoires/departement.html", contexte, status=_statut(formulaire))


def _liste(request: HttpRequest, jugees: list[pages.CommuneJugee], nom: str, le: date) -> dict[str, Any]:
    """Map, counts and sorted table shared by départements and intercommunalités."""
    tri = request.GET.get("tri", "")
    tri = tri if tri in pages.TRIS else "population"
    demandees = [jugee for jugee in jugees if jugee.demandee]
    toutes = request.GET.get("voir") == "toutes" or not demandees
    parametres = {"le": le.isoformat()} if "le" in request.GET else {}
    carte = pages.carte_des_obligations(jugees, nom)
    comptes = pages.compter(jugees)
    return {
        "le": le,
        "lignes": sorted(jugees if toutes else demandees, key=pages.TRIS[tri]),
        "toutes": toutes,
        "nombre_de_communes": len(jugees),
        "nombre_demandees": len(demandees),
        "conseils_obligatoires": comptes[CLSPD],
        "coordonnateurs_obligatoires": comptes[COORDONNATEUR],
        "population": sum(jugee.commune.population or 0 for jugee in jugees),
        "colonnes": pages.colonnes(
            request.path, tri, {**parametres, **({"voir": "toutes"} if toutes and demandees else {})}
        ),
        "parametres": parametres,
        "donnees_recentes": le.year < registre.MILLESIME,
        "carte": carte,
        "svg": pages.svg(carte),
        "source": f"{pages.SOURCE_CARTE} {pages.SOURCE_REGISTRE}",
    }


def _jour(request: HttpRequest, aujourd_hui_: date) -> tuple[date, JugerAuForm]:
    """The day asked for; today where none is asked, or where the one asked is impossible."""
    if "le" not in request.GET:
        return aujourd_hui_, JugerAuForm(initial={"le": aujourd_hui_})
    formulaire = JugerAuForm(request.GET)
    demande = formulaire.cleaned_data["le"] if formulaire.is_valid() else None
    return demande or aujourd_hui_, formulaire


def _statut(formulaire: JugerAuForm) -> int:
    return 422 if formulaire.is_bound and formulaire.errors else 200


def _fil(departement_: Departement, epci_: Epci | None) -> list[Lien]:
    liens = [
        Lien("Communes", reverse("territoires:recherche")),
        Lien(departement_.nom, reverse("territoires:departement", args=[departement_.code])),
    ]
    if epci_:
        liens.append(Lien(epci_.nom, reverse("territoires:epci", args=[epci_.code])))
    return liens


def _introuvable(request: HttpRequest, code: str) -> HttpResponse:
    """A page that says what became of the code, when it is known, and offers a search."""
    contexte = {"code": code[:20], "ancienne": selectors.ancienne(code), "q": ""}
    return render(request, "territoires/introuvable.html", contexte, status=404)
