"""The home page of the mayor's acts: registers, countdowns, what is due; then the registers themselves."""

import csv
from io import StringIO
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from maillage.acteurs.api import avec_elevation
from maillage.interface.navigation import Lien
from maillage.maire.echeances import echeances
from maillage.maire.etats_rappel import FINIS
from maillage.maire.lieux import Lieu, lieux_des_actes, lieux_des_familles
from maillage.maire.models import Rappel, Registre
from maillage.maire.perms import ACTES_LIRE
from maillage.maire.selectors.delegations import delegations
from maillage.maire.selectors.registres import annees, registres, tenus
from maillage.situations.views.presentation import lecteurs_des_groupes
from maillage.socle.journal import journaliser
from maillage.socle.permissions import exige
from maillage.socle.refus import Introuvable
from maillage.socle.tableur import sans_formule

#: How far the page looks ahead, in days.
HORIZON = 30


@exige(ACTES_LIRE)
@require_GET
def accueil(request: HttpRequest) -> HttpResponse:
    """What I read, how many files are under way, what is due."""
    actes, familles = lieux_des_actes(), lieux_des_familles()
    for ou in actes:
        journaliser("lecture_liste", cercle=ou.cercle, details={"page": "actes"})
    en_cours = {
        ou.cercle: Rappel.objects.filter(cercle=ou.cercle).exclude(etat__in=list(FINIS)).count()
        for ou in actes
    }
    contexte: dict[str, Any] = {
        "lieux": [(ou, en_cours[ou.cercle], _delegues(ou)) for ou in actes],
        "familles": familles,
        "dues": echeances(HORIZON),
        "jour": max((ou.jour for ou in (*actes, *familles)), default=None),
        "registres": [(registre, quand) for registre, quand in tenus()],
        "peut_saisir": any(ou.prepare for ou in actes),
        **lecteurs_des_groupes([ou.vu for ou in actes]),
    }
    return render(request, "maire/accueil.html", contexte)


def _delegues(ou: Lieu) -> int:
    return sum(
        lue.depuis <= ou.jour and (lue.jusqua is None or lue.jusqua >= ou.jour) for lue in delegations([ou])
    )


def _registre(code: str) -> Registre:
    if code not in Registre.values:
        raise Introuvable()
    return Registre(code)


@exige(ACTES_LIRE)
@require_GET
def registre(request: HttpRequest, code: str, annee: int) -> HttpResponse:
    """A year of one register, in each place the actor reads, with the check of its numbers."""
    lu = _registre(code)
    vus = registres(lu, annee)
    if not vus:
        raise Introuvable()
    for vu in vus:
        journaliser("lecture_registre", cercle=vu.ou.cercle, details={"registre": code, "annee": annee})
    contexte = {
        "registre": lu,
        "annee": annee,
        "vus": vus,
        "annees": annees(lu),
        "colonnes": ("Numéro", "Inscrit le", "Objet", "Issue", "Rectification"),
        "fil": (
            Lien("Actes du maire", reverse("maire:accueil")),
            Lien(f"Registre : {lu.label.lower()}, {annee}"),
        ),
    }
    return render(request, "maire/registre.html", contexte)


@exige(ACTES_LIRE)
@require_GET
@avec_elevation
def registre_csv(request: HttpRequest, code: str, annee: int, lieu: UUID) -> HttpResponse:
    """The same lines for an office suite. A cell never begins a formula."""
    lu = _registre(code)
    vu = next((vu for vu in registres(lu, annee) if vu.ou.vu.public_id == lieu), None)
    if vu is None:
        raise Introuvable(lieu)
    sortie = StringIO()
    ecrire = csv.writer(sortie, delimiter=";")
    ecrire.writerow(("Registre", "Numéro", "Inscrit le", "Objet", "Issue", "Issue le", "Rectification"))
    for ligne in vu.lignes:
        ecrire.writerow(
            sans_formule(cellule)
            for cellule in (
                vu.ou.vu.formation,
                ligne.reference,
                ligne.inscrit_le.isoformat(),
                ligne.nature,
                ligne.issue,
                ligne.issue_le.isoformat() if ligne.issue_le else "",
                ligne.rectification,
            )
        )
    journaliser("export_registre", cercle=vu.ou.cercle, details={"registre": code, "annee": annee})
    reponse = HttpResponse("\ufeff" + sortie.getvalue(), content_type="text/csv; charset=utf-8")
    reponse["Content-Disposition"] = f'attachment; filename="registre-{code}-{annee}.csv"'
    return reponse
