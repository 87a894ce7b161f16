"""Pages that write a convention: prepare, correct, send, sign, amend, renew, end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from maillage.documents.familles import Lue
from maillage.documents.forms.conventions import (
    Amender,
    Confirmer,
    EcrireConvention,
    Renouveler,
    Resilier,
    Signer,
    initiales,
)
from maillage.documents.modeles import modele
from maillage.documents.models import Moyen
from maillage.documents.motifs import HORS_CHARGE, PAS_LA_VOTRE
from maillage.documents.perms import CONVENTIONS_SIGNER, CONVENTIONS_TENIR
from maillage.documents.rules.genres import Genre, GenreInconnu
from maillage.documents.rules.genres import genre as genre_de
from maillage.documents.selectors.conventions import convention_visible, nom_de_partie, peut_tenir
from maillage.documents.selectors.lieux import lieu_d_accueil, lieux, organismes_du_lieu
from maillage.documents.services import preparation, vie
from maillage.documents.services.copie import contenu_de, lieu_de
from maillage.documents.services.vie import peut_signer_ici
from maillage.documents.sources import source
from maillage.documents.views.conventions import fil
from maillage.documents.views.outils import envoyer, montrer
from maillage.droit.api import Verdict
from maillage.instances.api import acteur
from maillage.interface.formulaires import Option
from maillage.interface.navigation import Lien
from maillage.interface.typographie import date_longue
from maillage.socle.permissions import exige
from maillage.socle.refus import Introuvable, Refus

DEUX = ["GET", "POST"]


@exige(CONVENTIONS_TENIR)
@require_GET
def choisir(request: HttpRequest) -> HttpResponse:
    """Which kind, and where: a council's own, or a groupe's for one of those it follows."""
    contexte = {
        "lieux": lieux(),
        "fil": (Lien("Conventions", reverse("documents:registre")), Lien("Préparer")),
    }
    return render(request, "documents/choisir.html", contexte)


@exige(CONVENTIONS_TENIR)
@require_http_methods(DEUX)
def nouvelle(request: HttpRequest, sorte: str, ou: UUID) -> HttpResponse:
    try:
        voulu = genre_de(sorte)
    except GenreInconnu:
        raise Introuvable(sorte) from None
    lieu = lieu_d_accueil(voulu, ou)
    objets = None
    if lieu.cercle is not None:
        objets = [(str(public), nom) for public, nom in source(sorte).objets(lieu.cercle)]
    formulaire = EcrireConvention(
        request.POST or None,
        genre=voulu,
        modele=modele(voulu.modele, lieu.jour),
        organismes=organismes_du_lieu(lieu),
        objets=objets,
        initial={"debut": lieu.jour, "objet": request.GET.get("objet", "")},
    )

    def faire() -> str:
        public = preparation.preparer(
            genre=sorte,
            ou=ou,
            contenu=formulaire.contenu(),
            objet=formulaire.cleaned_data.get("objet"),
        )
        messages.success(request, "Convention préparée. Relisez-la, puis envoyez-la à la signature.")
        return reverse("documents:convention", args=[public])

    return envoyer(request, formulaire, faire) or montrer(
        request,
        formulaire,
        titre=f"Préparer : {voulu.libelle}",
        phrase=f"{lieu.nom}. Rien n’est envoyé : vous relirez la convention avant qu’on la signe.",
        bouton="Préparer la convention",
        annuler=reverse("documents:choisir"),
        cercle=lieu.cercle,
        fil=(
            Lien("Conventions", reverse("documents:registre")),
            Lien("Préparer", reverse("documents:choisir")),
            Lien(voulu.libelle),
        ),
    )


def _tenue(public_id: UUID) -> Lue:
    """The convention, for who keeps it; 403 for who only sees it."""
    lue = convention_visible(public_id)
    if not peut_tenir(lue):
        raise Refus(Verdict.refus([HORS_CHARGE]), statut=403, objet=public_id)
    return lue


def _retour(lue: Lue) -> str:
    return reverse("documents:convention", args=[lue.ligne.public_id])


def _page(
    request: HttpRequest,
    lue: Lue,
    formulaire: Any,
    faire: Callable[[], str | None],
    *,
    titre: str,
    phrase: str,
    bouton: str,
    message: str,
) -> HttpResponse:
    """A form page of one convention: do it once, say it, come back to the convention."""

    def une_fois() -> str:
        adresse = faire()
        messages.success(request, message)
        return adresse or _retour(lue)

    return envoyer(request, formulaire, une_fois) or montrer(
        request,
        formulaire,
        titre=titre,
        phrase=phrase,
        bouton=bouton,
        annuler=_retour(lue),
        cercle=lue.cercle,
        fil=fil(lue, titre),
    )


@exige(CONVENTIONS_TENIR)
@require_http_methods(DEUX)
def corriger(request: HttpRequest, public_id: UUID) -> HttpResponse:
    lue = _tenue(public_id)
    genre: Genre = lue.genre
    du_jour = modele(genre.modele, lue.jour)
    formulaire = EcrireConvention(
        request.POST or None,
        genre=genre,
        modele=du_jour,
        organismes=organismes_du_lieu(lieu_d_accueil_de(lue)),
        initial=initiales(contenu_de(lue), lue.ligne.version, du_jour),
    )
    return _page(
        request,
        lue,
        formulaire,
        lambda: preparation.corriger(
            convention=public_id, version=formulaire.cleaned_data["version"], contenu=formulaire.contenu()
        ),
        titre="Corriger la convention",
        phrase=f"{genre.libelle}, n°\u00a0{lue.ligne.numero}. Personne n’a encore signé.",
        bouton="Enregistrer",
        message="Convention corrigée.",
    )


def lieu_d_accueil_de(lue: Lue) -> Any:
    """The place a convention already belongs to."""
    return lieu_d_accueil(lue.genre, lieu_de(lue)[0])


@exige(CONVENTIONS_TENIR)
@require_http_methods(DEUX)
def envoyer_a_la_signature(request: HttpRequest, public_id: UUID) -> HttpResponse:
    lue = _tenue(public_id)
    formulaire = Confirmer(request.POST or None, initial={"version": lue.ligne.version})
    return _page(
        request,
        lue,
        formulaire,
        lambda: preparation.envoyer_a_la_signature(
            convention=public_id, version=formulaire.cleaned_data["version"]
        ),
        titre="Envoyer à la signature",
        phrase="Le texte ne changera plus que par avenant. Chaque partie nommée signe, sur papier ou ici.",
        bouton="Envoyer à la signature",
        message="La convention attend ses signatures.",
    )


@exige(CONVENTIONS_SIGNER)
@require_http_methods(DEUX)
def signer(request: HttpRequest, public_id: UUID, role: str, avenant: UUID | None = None) -> HttpResponse:
    lue = convention_visible(public_id)
    partie = next((p for p in lue.parties if p.role == role), None)
    prevue = lue.genre.partie(role)
    amende = next((a for a in lue.avenants if a.public_id == avenant), None)
    if partie is None or prevue is None or (avenant is not None and amende is None):
        raise Introuvable(public_id)
    moyens: dict[str, Option] = {}
    if peut_tenir(lue):
        moyens[Moyen.PAPIER.value] = Option("Sur papier", "Vous avez vu la signature ; gardez le papier.")
    if peut_signer_ici(lue, partie, acteur()):
        moyens[Moyen.ICI.value] = Option("Dans Maillage", "Vous signez aujourd’hui pour votre organisme.")
    if not moyens:
        raise Refus(Verdict.refus([PAS_LA_VOTRE]), statut=403, objet=public_id)
    formulaire = Signer(
        request.POST or None,
        moyens=moyens,
        jour=lue.jour,
        des_le=(amende.prepare_le if amende else lue.ligne.proposee_le) or lue.jour,
    )
    nom = nom_de_partie(partie, lue, acteur())
    return _page(
        request,
        lue,
        formulaire,
        lambda: _signer(lue, role, formulaire.cleaned_data, avenant),
        titre=f"Signer : {prevue.libelle[0].lower()}{prevue.libelle[1:]}",
        phrase=f"{lue.genre.libelle}, n°\u00a0{lue.ligne.numero}."
        + (f" Avenant n°\u00a0{amende.numero}." if amende else "")
        + (f" {nom}." if nom else ""),
        bouton="Enregistrer la signature",
        message="Signature enregistrée.",
    )


def _signer(lue: Lue, role: str, lu: dict[str, Any], avenant: UUID | None) -> None:
    vie.signer(convention=lue.ligne.public_id, role=role, moyen=lu["moyen"], le=lu.get("le"), avenant=avenant)


@exige(CONVENTIONS_TENIR)
@require_http_methods(DEUX)
def amender(request: HttpRequest, public_id: UUID) -> HttpResponse:
    lue = _tenue(public_id)
    formulaire = Amender(request.POST or None, jour=max(lue.jour, lue.ligne.debut))

    def faire() -> None:
        lu = formulaire.cleaned_data
        vie.preparer_avenant(
            convention=public_id,
            objet=lu["objet"],
            prend_effet_le=lu["prend_effet_le"],
            nouvelle_fin=lu["nouvelle_fin"],
        )

    return _page(
        request,
        lue,
        formulaire,
        faire,
        titre="Préparer un avenant",
        phrase="Il comptera quand toutes les parties l’auront signé.",
        bouton="Préparer l’avenant",
        message="Avenant préparé. Il attend ses signatures.",
    )


@exige(CONVENTIONS_TENIR)
@require_http_methods(DEUX)
def denoncer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    lue = _tenue(public_id)
    formulaire = Confirmer(request.POST or None, initial={"version": lue.ligne.version})

    def faire() -> None:
        vie.denoncer(convention=public_id, version=formulaire.cleaned_data["version"])

    return _page(
        request,
        lue,
        formulaire,
        faire,
        titre="Refuser le renouvellement tacite",
        phrase=f"La convention s’arrêtera à son terme, le {date_longue(vie.dernier_jour(lue))}.",
        bouton="Refuser le renouvellement",
        message="Le renouvellement tacite est refusé.",
    )


@exige(CONVENTIONS_TENIR)
@require_http_methods(DEUX)
def resilier(request: HttpRequest, public_id: UUID) -> HttpResponse:
    lue = _tenue(public_id)
    formulaire = Resilier(request.POST or None, jour=lue.jour, initial={"version": lue.ligne.version})

    def faire() -> None:
        lu = formulaire.cleaned_data
        vie.resilier(convention=public_id, version=lu["version"], effet=lu["effet"], motif=lu["motif"])

    return _page(
        request,
        lue,
        formulaire,
        faire,
        titre="Mettre fin à la convention",
        phrase=f"{lue.genre.libelle}, n°\u00a0{lue.ligne.numero}. Elle reste lisible dans le registre.",
        bouton="Mettre fin à la convention",
        message="La fin de la convention est enregistrée.",
    )


@exige(CONVENTIONS_TENIR)
@require_http_methods(DEUX)
def renouveler(request: HttpRequest, public_id: UUID) -> HttpResponse:
    lue = _tenue(public_id)
    suite = vie.dernier_jour(lue) + timedelta(days=1)
    formulaire = Renouveler(
        request.POST or None, initial={"version": lue.ligne.version, "debut": max(suite, lue.jour)}
    )

    def faire() -> str:
        lu = formulaire.cleaned_data
        public = preparation.renouveler(
            convention=public_id, version=lu["version"], debut=lu["debut"], fin=lu["fin"]
        )
        return reverse("documents:convention", args=[public])

    return _page(
        request,
        lue,
        formulaire,
        faire,
        titre="Renouveler la convention",
        phrase="Une nouvelle convention est préparée avec les mêmes parties. Toutes la signent.",
        bouton="Préparer le renouvellement",
        message="Renouvellement préparé. Relisez-le, puis envoyez-le à la signature.",
    )
