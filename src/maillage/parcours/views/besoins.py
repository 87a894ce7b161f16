"""Count a need of care without an answer, and undo it: two pages, nothing kept in the file (fiche 6)."""

from datetime import date
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from maillage.interface.formulaires import Formulaire
from maillage.parcours.services.besoins import annuler_besoin, noter_besoin
from maillage.situations.api import SUIVRE, Situation, ici, une
from maillage.situations.views.commun import lire_pour_ecrire, traiter
from maillage.socle.permissions import exige
from maillage.socle.refus import Introuvable
from maillage.strategie.api import liste

#: Key of the session: what its holder counted last, and may undo.
DERNIER = "besoin_sans_reponse"


class Besoin(Formulaire):
    """Quelle structure manquait, et pourquoi."""

    structure = forms.ChoiceField(label="Structure cherchée", widget=forms.RadioSelect)
    raison = forms.ChoiceField(label="Ce qui a manqué", widget=forms.RadioSelect)


def _formulaire(request: HttpRequest, jour: date) -> Besoin:
    formulaire = Besoin(request.POST or None)
    for nom, code in (("structure", "structures_soin"), ("raison", "besoins_sans_reponse")):
        champ = formulaire.fields[nom]
        assert isinstance(champ, forms.ChoiceField)
        champ.choices = [(item.code, item.libelle) for item in liste(code, jour)]
    return formulaire


@exige(SUIVRE)
@require_http_methods(["GET", "POST"])
def compter(request: HttpRequest, public_id: UUID) -> HttpResponse:
    lue = lire_pour_ecrire(public_id)
    jour = lue.ici.jour
    page = lue.page(
        "Compter un besoin de soin sans réponse",
        "Compter",
        message="Compté, sans nom. Rien n’est inscrit au dossier.",
        contexte={
            "note": "Un nombre pour le conseil local de santé mentale et l’ARS. Rien n’est inscrit au "
            "dossier, rien ne relie ce besoin à la personne.",
            "a_reprendre": _a_reprendre(request, public_id),
            "situation_id": public_id,
        },
        modele="parcours/besoin.html",
    )

    def faire(lues: dict[str, str]) -> str:
        fil = noter_besoin(situation=public_id, **lues)
        request.session[DERNIER] = [str(public_id), str(fil), lues["structure"], jour.isoformat()]
        return reverse("sortie:besoin", args=[public_id])

    return traiter(request, page, _formulaire(request, jour), faire)


def _a_reprendre(request: HttpRequest, public_id: UUID) -> bool:
    dernier = request.session.get(DERNIER)
    return dernier is not None and bool(dernier[0] == str(public_id))


@exige(SUIVRE)
@require_POST
def reprendre(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Undo the last count of this session, made from this very file."""
    situation = une(Situation, public_id)
    if not _a_reprendre(request, public_id):
        raise Introuvable(public_id)
    _, fil, structure, le = request.session.pop(DERNIER)
    annule = annuler_besoin(
        fil=UUID(fil),
        structure=structure,
        le=date.fromisoformat(le),
        aujourd_hui=ici(situation.cercle_id).jour,
    )
    mots = "Ce besoin n’est plus compté." if annule else "L’année est close : il reste compté."
    messages.success(request, mots)
    return redirect("sortie:besoin", public_id=public_id)
