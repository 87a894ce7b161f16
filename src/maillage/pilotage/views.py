"""Pages of figures: the dashboard without names, the annual report and its files."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from maillage.instances.api import fuseau_de_l_acteur
from maillage.interface.navigation import Lien
from maillage.interface.typographie import accord, date_longue
from maillage.pilotage import bord, calcul
from maillage.pilotage.bilan import Bilan, Tableau
from maillage.pilotage.figures import ecart, figures
from maillage.pilotage.journee import Journee, composer
from maillage.pilotage.journee.taches import HORIZON
from maillage.pilotage.perms import BILAN_DEPARTEMENT_VOIR, BILAN_VOIR
from maillage.pilotage.selectors import acteur, conseil_lisible, conseils_lisibles, departement_lisible
from maillage.pilotage.sorties import FORMATS, nom_de_fichier
from maillage.socle.journal import journaliser
from maillage.socle.permissions import COMPTE, exige
from maillage.socle.refus import Introuvable
from maillage.socle.temps import aujourd_hui

#: Beyond, a table takes the whole width, and its lines become cards on a phone.
COLONNES_ETROITES = 2
#: Years offered beside the one shown.
ANNEES_PROPOSEES = 4


@exige(COMPTE)
@require_GET
def journee(request: HttpRequest) -> HttpResponse:
    """Late, today, to come, new: what waits for the signed-in person, by date."""
    jour = aujourd_hui(fuseau_de_l_acteur())
    composee = composer(acteur(), jour)
    titre = date_longue(jour, annee=False, jour_semaine=True)
    contexte = {"journee": composee, "titre": titre[0].upper() + titre[1:], "phrase": _resume(composee)}
    return render(request, "pilotage/journee.html", contexte)


def _resume(composee: Journee) -> str:
    """One sentence: what is late, what is today, what comes. Silence is an answer."""
    morceaux = [
        f"{accord(nombre, formes)}{suite}"
        for code, formes, suite in (
            ("retard", "point,points", " en retard"),
            ("jour", "chose,choses", " aujourd’hui"),
            ("venir", "échéance,échéances", f" dans les {HORIZON} jours"),
        )
        if (nombre := composee.nombre(code))
    ]
    return f"{', '.join(morceaux)}." if morceaux else ""


@exige(BILAN_VOIR)
@require_GET
def tableau_de_bord(request: HttpRequest) -> HttpResponse:
    """Each visible council in a few figures, and the way to its report."""
    return _conseils(request, "Tableau de bord", "Les conseils que vous voyez, en {annee}, sans aucun nom.")


def _conseils(request: HttpRequest, titre: str, phrase: str) -> HttpResponse:
    annee = aujourd_hui(fuseau_de_l_acteur()).year
    contexte = {
        "bord": bord.tableau(annee),
        "annee": annee,
        "titre": titre,
        "phrase": phrase.format(annee=annee),
    }
    return render(request, "pilotage/tableau_de_bord.html", contexte)


@exige(BILAN_VOIR)
@require_GET
def bilans(request: HttpRequest) -> HttpResponse:
    """To the report of the only council, or to the choice of one."""
    lisibles = list(conseils_lisibles()[:2])
    if len(lisibles) == 1:
        return redirect("pilotage:bilan", lisibles[0].public_id)
    return _conseils(request, "Bilan annuel", "Choisissez le conseil, ou le département, dont lire le bilan.")


@exige(BILAN_VOIR)
@require_GET
def bilan(request: HttpRequest, public_id: UUID, annee: int | None = None) -> HttpResponse:
    conseil = conseil_lisible(public_id)
    calcule = _du_conseil(public_id, annee or aujourd_hui(calcul.fuseau_de(conseil)).year)
    return _page(
        request,
        calcule,
        annees=[
            Lien(str(an), reverse("pilotage:bilan_annee", args=[public_id, an])) for an in _annees(calcule)
        ],
        fichiers={
            code: reverse("pilotage:fichier", args=[public_id, calcule.annee, code]) for code in FORMATS
        },
        clsm=reverse("pilotage:clsm_annee", args=[public_id, calcule.annee]),
        actes=reverse("pilotage:actes_annee", args=[public_id, calcule.annee]),
    )


@exige(BILAN_VOIR)
@require_GET
def fichier(request: HttpRequest, public_id: UUID, annee: int, format_: str) -> HttpResponse:
    return _fichier(_du_conseil(public_id, annee), format_)


@exige(BILAN_DEPARTEMENT_VOIR)
@require_GET
def bilan_departement(request: HttpRequest, code: str, annee: int) -> HttpResponse:
    calcule = _du_departement(code, annee)
    return _page(
        request,
        calcule,
        annees=[Lien(str(an), reverse("pilotage:departement", args=[code, an])) for an in _annees(calcule)],
        fichiers={
            format_: reverse("pilotage:fichier_departement", args=[code, annee, format_])
            for format_ in FORMATS
        },
    )


@exige(BILAN_DEPARTEMENT_VOIR)
@require_GET
def fichier_departement(request: HttpRequest, code: str, annee: int, format_: str) -> HttpResponse:
    return _fichier(_du_departement(code, annee), format_)


def _du_conseil(public_id: UUID, annee: int) -> Bilan:
    try:
        return calcul.bilan_de_conseil(conseil_lisible(public_id), annee)
    except calcul.AnneeImpossibleError as hors:
        raise Introuvable(public_id) from hors


def _du_departement(code: str, annee: int) -> Bilan:
    try:
        return calcul.bilan_de_departement(departement_lisible(code), annee)
    except calcul.AnneeImpossibleError as hors:
        raise Introuvable() from hors


def _annees(calcule: Bilan) -> range:
    """The years around the one shown, the latest first."""
    derniere = min(calcule.calcule_le.year, calcule.annee + ANNEES_PROPOSEES // 2)
    return range(derniere, max(derniere - ANNEES_PROPOSEES, calcul.PREMIERE_ANNEE - 1), -1)


def _page(
    request: HttpRequest,
    calcule: Bilan,
    *,
    annees: list[Lien],
    fichiers: dict[str, str],
    clsm: str = "",
    actes: str = "",
) -> HttpResponse:
    dessins = figures(calcule)
    simples = [t for t in calcule.tableaux if t.code not in dessins and len(t.colonnes) <= COLONNES_ETROITES]
    larges = [t for t in calcule.tableaux if t.code not in dessins and len(t.colonnes) > COLONNES_ETROITES]
    contexte = {
        "bilan": calcule,
        "fil": [
            Lien("Tableau de bord", reverse("pilotage:tableau_de_bord")),
            Lien(calcule.nom),
            Lien(str(calcule.annee)),
        ],
        "chiffres": [(chiffre, ecart(chiffre, calcule.annee - 1)) for chiffre in calcule.chiffres],
        "delais": [(delai, ecart(delai, calcule.annee - 1)) for delai in calcule.delais],
        "figures": [(t, dessins[t.code]) for t in calcule.tableaux if t.code in dessins],
        "larges": [_large(tableau) for tableau in larges],
        "cotes": (simples[::2], simples[1::2]),
        "annees": annees,
        "fichiers": fichiers,
        "clsm": clsm,
        "actes": actes,
    }
    return render(request, "pilotage/bilan.html", contexte)


def _large(tableau: Tableau) -> dict[str, Any]:
    """A wide table for the page: each count beside the head of its column, the total last."""
    lignes = [*tableau.lignes, *([tableau.total] if tableau.total else [])]
    toutes = [
        {"libelle": ligne.libelle, "paires": list(zip(tableau.colonnes, ligne.cellules, strict=True))}
        for ligne in lignes
    ]
    return {
        "titre": tableau.titre,
        "entete": tableau.entete,
        "colonnes": tableau.colonnes,
        "note": tableau.note,
        "toutes": toutes,
    }


def _fichier(calcule: Bilan, format_: str) -> HttpResponse:
    if format_ not in FORMATS:
        raise Introuvable()
    journaliser(
        "bilan_exporte",
        details={
            "niveau": calcule.niveau.value,
            "code": calcule.code,
            "annee": calcule.annee,
            "format": format_,
        },
    )
    reponse = HttpResponse(FORMATS[format_].ecrire(calcule), content_type=FORMATS[format_].mime)
    nom = nom_de_fichier(calcule, format_)
    reponse["Content-Disposition"] = f'attachment; filename="{nom}"'
    return reponse
