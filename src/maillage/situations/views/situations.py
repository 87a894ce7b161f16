"""Pages of situations: the list, the search, one file, its archive, its letters."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from maillage.instances.api import cercles_visibles
from maillage.interface.navigation import Lien
from maillage.interface.retours import refus_au_formulaire
from maillage.situations import dossier as dossiers
from maillage.situations.cercles import ici, ici_dans
from maillage.situations.courriers import destinataires, lettre_information
from maillage.situations.forms.listes import Chercher, Filtrer
from maillage.situations.forms.suivi import OuvrirArchive
from maillage.situations.perms import ARCHIVE, LIRE, SUIVRE
from maillage.situations.pieces import entete
from maillage.situations.selectors import (
    Filtres,
    charge_des_referents,
    chercher,
    cles_identites,
    referents_de,
    situations,
)
from maillage.situations.services.cloture import ouvrir_archive
from maillage.situations.states import LIBELLES, EtatSituation
from maillage.situations.views.dessin import rangees
from maillage.situations.views.presentation import (
    contexte_du_dossier,
    groupes_d_un_volet,
    lecteurs_des_groupes,
    ligne,
)
from maillage.socle.journal import journaliser
from maillage.socle.permissions import exige
from maillage.socle.refus import Introuvable, Refus

TRIS = (("echeance", "Prochaine date"), ("nom", "Personne"), ("conservation", "Fin de conservation"))
RECHERCHES = "recherches"
RECHERCHES_GARDEES = 5


@exige(LIRE)
@require_GET
def liste(request: HttpRequest) -> HttpResponse:
    cercles = cercles_visibles()
    groupes = groupes_d_un_volet(cercles, request.GET.get("groupe", ""))
    formulaire = Filtrer(
        request.GET,
        groupes=[(str(c.public_id), c.nom) for c in cercles] if len(cercles) > 1 else [("", "Mon groupe")],
        referents=referents_de(c.id for c in groupes),
    )
    formulaire.is_valid()
    lues = formulaire.cleaned_data
    recherche = request.GET.get("recherche", "")
    filtres = Filtres(
        cercles=tuple(c.id for c in groupes),
        etat=lues.get("etat") or EtatSituation.OUVERTE.value,
        exposition=lues.get("exposition", ""),
        tranche=lues.get("tranche", ""),
        referent=lues.get("referent", ""),
        cles=_cles_de_recherche(request, recherche),
        tri=request.GET.get("tri", "") if request.GET.get("tri", "") in dict(TRIS) else "echeance",
    )
    page = situations(filtres, curseur=request.GET.get("apres", ""))
    acteurs = ici_dans(groupes)
    contexte = {
        "page": page,
        "rangees": rangees(ligne(une_ligne, acteurs[une_ligne.cercle]) for une_ligne in page.lignes),
        "filtres": formulaire,
        "actifs": _actifs(request, formulaire, recherche),
        "recherche": Chercher(),
        "tri": filtres.tri,
        "colonnes": _colonnes(request, filtres.tri),
        "groupes": groupes,
        "aucun_groupe": not cercles,
        "closes": filtres.etat == EtatSituation.CLOSE,
        **lecteurs_des_groupes(groupes),
        "suivante": _adresse(request, apres=page.suivante) if page.suivante else "",
    }
    return render(request, "situations/situations.html", contexte)


def _cles_de_recherche(request: HttpRequest, recherche: str) -> tuple[int, ...] | None:
    if not recherche:
        return None
    publics = request.session.get(RECHERCHES, {}).get(recherche, [])
    return cles_identites(UUID(public) for public in publics)


def _adresse(request: HttpRequest, **change: str) -> str:
    valeurs = {cle: valeur for cle, valeur in {**request.GET.dict(), **change}.items() if valeur}
    if "apres" not in change:
        valeurs.pop("apres", None)
    return f"?{urlencode(valeurs)}" if valeurs else reverse("situations:liste")


def _actifs(request: HttpRequest, formulaire: Filtrer, recherche: str) -> list[Lien]:
    """Each active filter, with the address without it."""
    liens = [
        Lien(
            f"{champ.label} : {_libelle(formulaire, champ.name, valeur)}",
            _adresse(request, **{champ.name: ""}),
        )
        for champ in formulaire
        if (valeur := formulaire.cleaned_data.get(champ.name)) and request.GET.get(champ.name)
    ]
    return [*liens, *([Lien("Recherche", _adresse(request, recherche=""))] if recherche else [])]


def _libelle(formulaire: Filtrer, nom: str, valeur: str) -> str:
    options = (option.data for option in formulaire[nom].subwidgets)
    return next((str(option["label"]) for option in options if str(option["value"]) == valeur), valeur)


def _colonnes(request: HttpRequest, tri: str) -> list[dict[str, Any]]:
    urls = {code: _adresse(request, tri=code) for code, _ in TRIS}
    sens = {tri: "ascending"}
    return [
        {"libelle": "Personne", "url": urls["nom"], "sens": sens.get("nom", "")},
        {"libelle": "Exposition"},
        {"libelle": "Référent de parcours"},
        {"libelle": "Prochaine date", "url": urls["echeance"], "sens": sens.get("echeance", "")},
        {"libelle": "Fin de conservation", "url": urls["conservation"], "sens": sens.get("conservation", "")},
    ]


@exige(LIRE)
@require_POST
def recherche(request: HttpRequest) -> HttpResponse:
    """Search by name: the outcome is kept on the server under an id, the words typed are not kept."""
    formulaire = Chercher(request.POST)
    if not formulaire.is_valid():
        return redirect("situations:liste")
    cercles = [c.id for c in cercles_visibles()]
    publics = chercher(cercles, formulaire.cleaned_data["q"])
    cle = uuid4().hex
    gardees = dict(list(request.session.get(RECHERCHES, {}).items())[-(RECHERCHES_GARDEES - 1) :])
    request.session[RECHERCHES] = {**gardees, cle: [str(public) for public in publics]}
    return redirect(f"{reverse('situations:liste')}?{urlencode({'recherche': cle})}")


@exige(LIRE)
@require_GET
def detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    situation = entete(public_id)
    if situation.etat == EtatSituation.CLOSE:
        return _archive_fermee(request, public_id)
    lu = dossiers.ouvrir(situation)
    return render(request, "situations/situation.html", contexte_du_dossier(lu))


def _archive_fermee(
    request: HttpRequest, public_id: UUID, formulaire: OuvrirArchive | None = None, statut: int = 200
) -> HttpResponse:
    situation = entete(public_id)
    acteur = ici(situation.cercle_id)
    journaliser("archive_fermee", objet=public_id, cercle=situation.cercle_id)
    contexte = {
        "situation": situation,
        "etat": LIBELLES[situation.etat],
        "peut_ouvrir": acteur.membre.role == "coordonnateur",
        "formulaire": formulaire or OuvrirArchive(jour=acteur.jour),
        "fil": (Lien("Situations", reverse("situations:liste")), Lien(f"N° {situation.numero}")),
    }
    return render(request, "situations/archive.html", contexte, status=statut)


@exige(ARCHIVE)
@require_POST
def archive(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One reading of a closed file, for a motive: the answer to this very request, never an open door."""
    situation = entete(public_id)
    formulaire = OuvrirArchive(request.POST, jour=ici(situation.cercle_id).jour)
    if not formulaire.is_valid():
        return _archive_fermee(request, public_id, formulaire, 422)
    try:
        ouvrir_archive(situation=public_id, motif=formulaire.cleaned_data["motif"])
    except Refus as refus:
        if refus.statut == 403:
            raise
        refus_au_formulaire(formulaire, refus)
        return _archive_fermee(request, public_id, formulaire, 422)
    lu = dossiers.lire(public_id, evenement="lecture_archive")
    return render(request, "situations/situation.html", contexte_du_dossier(lu))


@exige(SUIVRE)
@require_GET
def lettre(request: HttpRequest, public_id: UUID, destinataire: str) -> HttpResponse:
    """The individual letter, as an accessible PDF."""
    lu = dossiers.lire(public_id, evenement="lettre_editee")
    if lu.close or destinataire not in dict(destinataires(lu)):
        raise Introuvable(public_id)
    reponse = HttpResponse(lettre_information(lu, destinataire), content_type="application/pdf")
    nom = f"lettre-{lu.situation.numero}-{destinataire}.pdf"
    reponse["Content-Disposition"] = f'inline; filename="{nom}"'
    return reponse


@exige(LIRE)
@require_http_methods(["GET"])
def referents(request: HttpRequest) -> HttpResponse:
    """Workload by référent, in the groupes of one strand."""
    groupes = groupes_d_un_volet(cercles_visibles(), request.GET.get("groupe", ""))
    contexte = {
        "charges": charge_des_referents([c.id for c in groupes]),
        "groupes": groupes,
        "fil": (Lien("Situations", reverse("situations:liste")), Lien("Charge des référents")),
    }
    return render(request, "situations/referents.html", contexte)
