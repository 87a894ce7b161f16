"""The rappels à l'ordre: the list, one file, its papers."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from maillage.documents.api import FORMATS, envoyer_fichier
from maillage.instances.api import lecteurs
from maillage.interface.navigation import Lien
from maillage.maire.documents_rappel import document, mot
from maillage.maire.etats_rappel import FINIS, LIBELLES, EtatRappel
from maillage.maire.forms.rappel import FiltrerRappels
from maillage.maire.lieux import Lieu, autorite, lieu, lieux_des_actes
from maillage.maire.models import Pouvoir, Registre
from maillage.maire.perms import ACTES_LIRE
from maillage.maire.rules.rappel import Qualite
from maillage.maire.selectors.rappel import composer, lignes, rappels, un_rappel
from maillage.maire.selectors.registres import annees
from maillage.maire.views.presentation_rappel import contexte as contexte_du_rappel
from maillage.maire.views.presentation_rappel import genre_etat
from maillage.situations.views.presentation import lecteurs_des_groupes, lus_par
from maillage.socle.journal import journaliser
from maillage.socle.permissions import exige

PAR_PAGE = 50


def fil(*liens: Lien) -> tuple[Lien, ...]:
    """From the home page of the acts."""
    return (
        Lien("Actes du maire", reverse("maire:accueil")),
        Lien("Rappels à l’ordre", reverse("rappels:liste")),
        *liens,
    )


@exige(ACTES_LIRE)
@require_GET
def liste(request: HttpRequest) -> HttpResponse:
    """Files under way by default; filters by step, year, commune."""
    lieux = lieux_des_actes()
    filtre = FiltrerRappels(
        request.GET,
        etats=list(LIBELLES.items()),
        annees=annees(Registre.RAPPELS),
        registres=[(str(ou.vu.public_id), ou.vu.formation) for ou in lieux],
    )
    filtre.is_valid()
    choisis = filtre.cleaned_data
    retenus = [ou for ou in lieux if str(ou.vu.public_id) == choisis.get("registre")] or lieux
    lues = rappels(retenus).select_related()
    etat = choisis.get("etat", "")
    if etat in LIBELLES:
        lues = lues.filter(etat=etat)
    elif etat != "tous":
        lues = lues.exclude(etat__in=list(FINIS))
    if choisis.get("annee"):
        lues = lues.filter(annee=int(choisis["annee"]))
    page = lignes(lues[: PAR_PAGE + 1])
    _journaliser_la_liste(retenus, [str(ligne.rappel.public_id) for ligne in page[:PAR_PAGE]])
    contexte: dict[str, Any] = {
        "lignes": [
            {
                "ligne": ligne,
                "url": reverse("rappels:rappel", args=[ligne.rappel.public_id]),
                "faits": mot("faits_rappel", ligne.rappel.faits),
                "genre": genre_etat(ligne.rappel.etat),
            }
            for ligne in page[:PAR_PAGE]
        ],
        "plus": len(page) > PAR_PAGE,
        "filtre": filtre,
        "filtree": bool(etat or choisis.get("annee") or choisis.get("registre")),
        "lieux": [ou for ou in lieux if ou.prepare],
        "aucun_registre": not lieux,
        "colonnes": ("Personne", "Faits", "Reçu le", "Étape", "Effacé le"),
        **lecteurs_des_groupes([ou.vu for ou in lieux]),
        "fil": fil()[:2],
    }
    return render(request, "maire/rappels.html", contexte)


def _journaliser_la_liste(lieux: list[Lieu], lus: list[str]) -> None:
    for ou in lieux:
        journaliser("lecture_liste", cercle=ou.cercle, details={"page": "rappels", "vus": lus})


@exige(ACTES_LIRE)
@require_GET
def rappel(request: HttpRequest, cle: UUID) -> HttpResponse:
    """One file: where it stands, what comes next, what was done."""
    lu, _ = un_rappel(cle)
    ou = lieu(lu.cercle_id)
    journaliser("lecture_rappel", objet=cle, cercle=ou.cercle)
    vu = composer(lu, ou)
    qui = autorite(ou, Pouvoir.RAPPEL)
    contexte = {
        **contexte_du_rappel(vu, maire=qui.qualite is Qualite.MAIRE),
        **lus_par(lecteurs(ou.cercle)),
        "peut_prononcer": qui.qualite is not Qualite.AUTRE,
        "formats": [FORMATS[code] for code in ("pdf", "odt", "pdf-grand")],
        "arrete": lu.etat == EtatRappel.ARRETE,
        "fil": fil(Lien(f"n° {lu.reference}")),
    }
    return render(request, "maire/rappel.html", contexte)


@exige(ACTES_LIRE)
@require_GET
def papier(request: HttpRequest, cle: UUID, piece: str, format_: str) -> HttpResponse:
    """A letter or the record, as a file whose name says a number and nobody."""
    lu, _ = un_rappel(cle)
    ou = lieu(lu.cercle_id)
    fait = document(composer(lu, ou), piece)
    reponse = envoyer_fichier(fait, format_, f"rappel-{lu.reference}-{piece}")
    journaliser("document_rappel", objet=cle, cercle=ou.cercle, details={"piece": piece})
    return reponse
