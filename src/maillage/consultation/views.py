"""« Puis-je ? »: choose a rule, answer its questions, read why. Nothing is kept but that it was asked."""

from typing import Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from maillage.consultation.formulaire import FormulaireDeRegle, avec_une_ligne, sans_la_ligne
from maillage.consultation.perms import REGLES_CONSULTER
from maillage.consultation.questions import JOUR, Question, QuestionInconnueError, question, themes
from maillage.consultation.reponse import composer
from maillage.droit.api import Verdict
from maillage.instances.api import fuseau_de_l_acteur
from maillage.interface.formulaires import Formulaire
from maillage.interface.navigation import Lien
from maillage.interface.retours import statut_de
from maillage.socle.journal import journaliser
from maillage.socle.permissions import exige
from maillage.socle.refus import Introuvable
from maillage.socle.temps import aujourd_hui

AJOUTER, RETIRER, MODIFIER = "ajouter", "retirer", "modifier"
_BOUTONS: Final = (AJOUTER, RETIRER, MODIFIER, "csrfmiddlewaretoken")


class Recherche(Formulaire):
    """By words of the question. Posted: what is typed never enters an address."""

    mots = forms.CharField(
        label="Ce que vous voulez faire",
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
        help_text="Par exemple : stage, rappel à l’ordre, caméra. Sans nom de personne.",
    )


@exige(REGLES_CONSULTER)
@require_http_methods(["GET", "POST"])
def choisir(request: HttpRequest) -> HttpResponse:
    """The rules by theme, with the question each answers; a search narrows them."""
    formulaire = Recherche(request.POST or None)
    mots = formulaire.cleaned_data["mots"] if formulaire.is_bound and formulaire.is_valid() else ""
    contexte = {"formulaire": formulaire, "themes": themes(mots), "mots": mots}
    refuse = formulaire.is_bound and not formulaire.is_valid()
    return render(request, "consultation/choisir.html", contexte, status=422 if refuse else 200)


@exige(REGLES_CONSULTER)
@require_http_methods(["GET", "POST"])
def demander(request: HttpRequest, nom: str) -> HttpResponse:
    """The form of a rule, then its answer. A refusal of the rule is an answer: 200."""
    try:
        posee = question(nom)
    except QuestionInconnueError as inconnue:
        raise Introuvable() from inconnue
    donnees, nouvelle = _donnees(request)
    formulaire = FormulaireDeRegle(
        donnees,
        question=posee,
        aujourd_hui=aujourd_hui(fuseau_de_l_acteur()),
        en_cours=any(bouton in request.POST for bouton in (AJOUTER, RETIRER, MODIFIER)),
    )
    if donnees is None or formulaire.en_cours:
        return _a_remplir(request, posee, formulaire, nouvelle)
    if not formulaire.is_valid() or formulaire.verdict is None:
        return _a_remplir(request, posee, formulaire, status=statut_de(formulaire))
    return _repondre(request, posee, formulaire, formulaire.verdict)


def _donnees(request: HttpRequest) -> tuple[QueryDict | None, str]:
    """What was posted, lines added or removed; and the list that has a new line, empty otherwise."""
    if request.method != "POST":
        return None, ""
    if liste := request.POST.get(AJOUTER, ""):
        return avec_une_ligne(request.POST, liste), liste
    if ligne := request.POST.get(RETIRER, ""):
        return sans_la_ligne(request.POST, ligne), ""
    return request.POST, ""


def _a_remplir(
    request: HttpRequest,
    posee: Question,
    formulaire: FormulaireDeRegle,
    nouvelle: str = "",
    status: int = 200,
) -> HttpResponse:
    parties = formulaire.parties
    for partie in parties:
        if nouvelle and partie.liste == nouvelle and partie.lignes:
            partie.lignes[-1].champs[0].field.widget.attrs["autofocus"] = True
    contexte = {"question": posee, "formulaire": formulaire, "parties": parties, "fil": _fil(posee)}
    return render(request, "consultation/demander.html", contexte, status=status)


def _repondre(
    request: HttpRequest, posee: Question, formulaire: FormulaireDeRegle, verdict: Verdict
) -> HttpResponse:
    """The journal keeps which rule was asked and its answer, never what was typed."""
    journaliser(
        "regle_consultee", details={"regle": posee.nom, "ok": verdict.ok, "motifs": list(verdict.codes)}
    )
    contexte: dict[str, Any] = {
        "question": posee,
        "reponse": composer(posee, verdict, formulaire.lectures, formulaire.cleaned_data.get(JOUR)),
        "reponses": formulaire.reponses,
        "saisies": [
            (nom, valeur)
            for nom, valeurs in request.POST.lists()
            if nom not in _BOUTONS
            for valeur in valeurs
        ],
        "fil": _fil(posee),
    }
    return render(request, "consultation/reponse.html", contexte)


def _fil(posee: Question) -> list[Lien]:
    return [Lien("Puis-je ?", reverse("consultation:choisir")), Lien(posee.titre)]
