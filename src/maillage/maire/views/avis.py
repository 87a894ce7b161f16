"""Pages of the notices due to the mayor: the list, one notice, what was typed. Nobody is named."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from maillage.documents.api import envoyer_fichier
from maillage.instances.api import lecteurs
from maillage.interface.navigation import Lien
from maillage.interface.typographie import date_longue
from maillage.maire.documents import composer_document
from maillage.maire.forms import avis as forms
from maillage.maire.lieux import lieu, lieux_des_actes
from maillage.maire.perms import ACTES_LIRE, ACTES_PREPARER
from maillage.maire.selectors.avis import AvisVu, avis_vu, avis_vus
from maillage.maire.services import avis as services
from maillage.situations.views.commun import PageDeFormulaire, traiter
from maillage.situations.views.presentation import lecteurs_des_groupes, lus_par
from maillage.socle.journal import journaliser
from maillage.socle.permissions import exige
from maillage.socle.refus import Introuvable

MODELE = "maire/acte_simple.html"
COLONNES = ("N°", "Avis", "Dû par", "Attendu au plus tard", "État")


def _fil(*liens: Lien) -> tuple[Lien, ...]:
    return (Lien("Avis dus au maire", reverse("avis:liste")), *liens)


@exige(ACTES_LIRE)
@require_GET
def liste(request: HttpRequest) -> HttpResponse:
    """Awaited first, the overdue ones said so."""
    lieux, vus = lieux_des_actes(), avis_vus()
    for ou in lieux:
        lus = [str(vu.avis.public_id) for vu in vus if vu.ou.cercle == ou.cercle]
        journaliser("lecture_liste", cercle=ou.cercle, details={"page": "avis", "vus": lus})
    contexte = {
        "vus": vus,
        "retards": sum(vu.retard for vu in vus),
        "attendus": sum(vu.attendu for vu in vus),
        "lieux": [ou for ou in lieux if ou.prepare],
        "aucun_registre": not lieux,
        "colonnes": COLONNES,
        **lecteurs_des_groupes([ou.vu for ou in lieux]),
        "fil": _fil()[:1],
    }
    return render(request, "maire/avis.html", contexte)


@exige(ACTES_LIRE)
@require_GET
def avis(request: HttpRequest, cle: UUID) -> HttpResponse:
    vu = avis_vu(cle)
    journaliser("lecture_avis", objet=cle, cercle=vu.ou.cercle)
    contexte = {
        "vu": vu,
        "ecrit": vu.ou.prepare,
        **lus_par(lecteurs(vu.ou.cercle)),
        "fil": _fil(Lien(f"n° {vu.avis.nom}")),
    }
    return render(request, "maire/un_avis.html", contexte)


@exige(ACTES_PREPARER)
@require_http_methods(["GET", "POST"])
def demander(request: HttpRequest, registre: UUID) -> HttpResponse:
    ou = lieu(registre)
    page = PageDeFormulaire(
        titre="Noter un avis attendu",
        phrase=f"{ou.vu.formation}. Un numéro, des dates : aucun nom.",
        bouton="Noter",
        retour=reverse("avis:liste"),
        cercle=ou.cercle,
        fil=_fil(Lien("Noter un avis attendu")),
        modele=MODELE,
        message="Noté.",
    )
    formulaire = forms.DemanderAvis(request.POST or None, jour=ou.jour)

    def faire(lues: dict[str, Any]) -> str:
        fait = services.demander_avis(registre=registre, **lues)
        return reverse("avis:avis", args=[fait.public_id])

    return traiter(request, page, formulaire, faire)


def _page(vu: AvisVu, titre: str, bouton: str, note: str = "") -> PageDeFormulaire:
    adresse = reverse("avis:avis", args=[vu.avis.public_id])
    return PageDeFormulaire(
        titre=titre,
        phrase=f"Avis n° {vu.avis.nom} : {vu.genre.lower()}.",
        bouton=bouton,
        retour=adresse,
        cercle=vu.ou.cercle,
        fil=_fil(Lien(f"n° {vu.avis.nom}", adresse), Lien(titre)),
        modele=MODELE,
        message="Enregistré.",
        contexte={"note": note},
    )


def _etape(
    request: HttpRequest,
    vu: AvisVu,
    page: PageDeFormulaire,
    formulaire: Any,
    service: Callable[..., object],
) -> HttpResponse:
    def faire(lues: dict[str, Any]) -> None:
        service(avis=vu.avis.public_id, **lues)

    return traiter(request, page, formulaire, faire)


@exige(ACTES_PREPARER)
@require_http_methods(["GET", "POST"])
def recevoir(request: HttpRequest, cle: UUID) -> HttpResponse:
    vu = avis_vu(cle)
    formulaire = forms.RecevoirAvis(
        request.POST or None,
        jour=vu.ou.jour,
        debiteur=vu.avis.debiteur,
        initial={"version": vu.avis.version},
    )
    page = _page(vu, "Noter l’avis reçu", "Noter", "Un code seul : rien du contenu de la procédure.")
    return _etape(request, vu, page, formulaire, services.recevoir_avis)


@exige(ACTES_PREPARER)
@require_http_methods(["GET", "POST"])
def relancer(request: HttpRequest, cle: UUID) -> HttpResponse:
    vu = avis_vu(cle)
    note = "La relance est datée d’aujourd’hui ; la lettre se télécharge ensuite, à signer par le maire."
    page = _page(vu, "Relancer", "Dater la relance", note)
    formulaire = forms.RelancerAvis(request.POST if request.method == "POST" else None)
    return _etape(request, vu, page, formulaire, services.relancer_avis)


@exige(ACTES_PREPARER)
@require_http_methods(["GET", "POST"])
def retirer(request: HttpRequest, cle: UUID) -> HttpResponse:
    vu = avis_vu(cle)
    formulaire = forms.RetirerAvis(
        request.POST or None, jour=vu.ou.jour, initial={"version": vu.avis.version}
    )
    page = _page(vu, "Retirer cet avis", "Retirer", "Son numéro et sa ligne restent au registre.")
    return _etape(request, vu, page, formulaire, services.retirer_avis)


@exige(ACTES_PREPARER)
@require_GET
def lettre(request: HttpRequest, cle: UUID, format_: str) -> HttpResponse:
    """The letter of the last reminder."""
    vu = avis_vu(cle)
    if not vu.relances:
        raise Introuvable(cle)
    document = composer_document(
        vu.ou,
        "avis_relance",
        {
            "reference": vu.avis.nom,
            "destinataire": vu.debiteur.capitalize(),
            "avis": vu.genre,
            "cause_le": vu.avis.cause_le,
            "demande_le": vu.avis.demande_le,
            "echeance": date_longue(vu.avis.echeance) if vu.avis.echeance else "Aucun délai fixé",
            "numero": vu.avis.reference or "Non connu",
            "relance_le": vu.relances[-1].le,
        },
    )
    journaliser("document_compose", objet=cle, cercle=vu.ou.cercle, details={"modele": "avis_relance"})
    return envoyer_fichier(document, format_, f"relance-{vu.avis.nom}")
