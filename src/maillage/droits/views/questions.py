"""The holder's side: what the DPO asks, whom it may be, what is answered; lifting a restriction."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from maillage.droits import forms
from maillage.droits.lieux import tenus
from maillage.droits.perms import QUESTIONS_REPONDRE
from maillage.droits.rules.demandes import TENANTS
from maillage.droits.selectors import candidats, question_vue, questions_vues
from maillage.droits.services import porte
from maillage.interface.navigation import Lien
from maillage.situations.api import entete, ici, lire_identite
from maillage.situations.perms import CLORE
from maillage.situations.views.commun import PageDeFormulaire, traiter
from maillage.situations.views.presentation import lecteurs_des_groupes
from maillage.socle.journal import journaliser
from maillage.socle.permissions import exige

COLONNES = ("Demande", "Groupe", "Droit", "Répondre avant le", "État")
#: What the holder's answer does, said before it is done.
EFFETS = {
    "acces": "L’extrait se compose seul, sans le nom des autres personnes ni celui des agents, et part "
    "chez le délégué. Il dit aussi qui a ouvert le dossier.",
    "rectification": "La donnée est corrigée aussitôt ; l’ancienne est gardée chiffrée avec le dossier.",
    "effacement": "Le dossier arrive à son terme aujourd’hui : il sera effacé au prochain passage, avec un "
    "certificat. Rien ne le rétablit.",
    "opposition": "Le suivi cesse et le dossier arrive à son terme aujourd’hui : il sera effacé au prochain "
    "passage, avec un certificat.",
    "limitation": "Le dossier se lira encore ; rien ne pourra y être écrit ni partagé avant la levée.",
}


def _fil(*liens: Lien) -> tuple[Lien, ...]:
    return (Lien("Questions du délégué", reverse("droits:questions")), *liens)


@exige(QUESTIONS_REPONDRE)
@require_GET
def liste(request: HttpRequest) -> HttpResponse:
    """What is asked of the cercles the actor holds. No name here: it is read on the page of the question."""
    lieux, vues = tenus(), questions_vues()
    contexte = {
        "vues": vues,
        "tient": any(ou.vu.role in TENANTS.get(ou.vu.genre, ()) for ou in lieux),
        "colonnes": COLONNES,
        **lecteurs_des_groupes([ou.vu for ou in lieux if any(vue.ou.cercle == ou.cercle for vue in vues)]),
        "fil": _fil()[:1],
    }
    return render(request, "droits/questions.html", contexte)


@exige(QUESTIONS_REPONDRE)
@require_http_methods(["GET", "POST"])
def question(request: HttpRequest, cle: UUID) -> HttpResponse:
    """Who is asked for, whom it may be here, and the answer; read only once answered."""
    vue = question_vue(cle)
    trouves = candidats(vue.question, vue.ou) if not vue.question.constat else []
    journaliser(
        "lecture_question_de_droit",
        objet=cle,
        cercle=vue.ou.cercle,
        details={"vus": [str(candidat.identite.public_id) for candidat in trouves]},
    )
    formulaire = forms.RepondreAuDelegue(
        request.POST or None,
        jour=vue.ou.jour,
        droit=vue.question.droit,
        ou=vue.ou,
        candidats=trouves,
        initial={"version": vue.question.version},
    )

    def faire(lues: dict[str, Any]) -> None:
        identite = lues["identite"]
        porte.repondre_a_la_question(
            question=cle,
            version=lues["version"],
            identite=None if identite == forms.AUCUNE else UUID(identite),
            constat=lues["constat"],
            motif=lues["motif"],
            limitation=lues.get("limitation", ""),
        )

    page = PageDeFormulaire(
        titre=f"Demande n° {vue.question.reference}",
        phrase=f"{vue.droit}, {vue.ou.vu.formation}.",
        bouton="Répondre au délégué",
        retour=reverse("droits:question", args=[cle]),
        cercle=vue.ou.cercle,
        fil=_fil(Lien(f"n° {vue.question.reference}")),
        modele="droits/question.html",
        message="Votre réponse est partie chez le délégué.",
        contexte={
            "vue": vue,
            "effet": EFFETS[vue.question.droit],
            "repond": vue.ou.vu.role in TENANTS.get(vue.ou.vu.genre, ()),
        },
    )
    return traiter(request, page, formulaire, faire)


@exige(CLORE)
@require_http_methods(["GET", "POST"])
def lever(request: HttpRequest, situation: UUID) -> HttpResponse:
    """Lift the restriction of a file, once the person was told."""
    lue = entete(situation)
    journaliser("lecture_situation", objet=situation, cercle=lue.cercle_id, details={"page": "formulaire"})
    acteur, retour = ici(lue.cercle_id), reverse("situations:situation", args=[situation])
    page = PageDeFormulaire(
        titre="Lever la limitation",
        phrase=f"{lire_identite(lue.identite_id).nom_complet}, situation n° {lue.numero}.",
        bouton="Lever la limitation",
        retour=retour,
        cercle=lue.cercle_id,
        fil=(Lien("Situations", reverse("situations:liste")), Lien(f"n° {lue.numero}", retour)),
        modele="droits/formulaire.html",
        message="La limitation est levée : le groupe peut de nouveau écrire.",
        contexte={"note": "La personne doit en avoir été informée avant (RGPD, art. 18, § 3)."},
    )
    formulaire = forms.Lever(request.POST or None, jour=acteur.jour)

    def faire(_: dict[str, Any]) -> None:
        porte.lever_la_limitation(situation=situation)

    return traiter(request, page, formulaire, faire)
