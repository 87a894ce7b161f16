"""The holder's side: what the DPO asks, whom it may be, what is answered; lifting a restriction."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from maillage.droits import forms
from maillage.droits.lieux import tenus
from maillage.droits.perms import QUESTIONS_REPONDRE
from maillage.droits.rules.demandes import PRESTATAIRE, TENANTS
from maillage.droits.selectors import (
    candidats,
    limitations_vues,
    question_vue,
    questions_vues,
    une_limitation,
)
from maillage.droits.services import limitations, porte
from maillage.interface.navigation import Lien
from maillage.interface.typographie import date_longue
from maillage.situations.views.commun import PageDeFormulaire, traiter
from maillage.situations.views.presentation import lecteurs_des_groupes
from maillage.socle.journal import journaliser
from maillage.socle.permissions import exige

COLONNES_LIMITES = ("Dossier", "Groupe", "Depuis le", "Effet", "Pourquoi", "Suite")
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
    "limitation": "Le dossier se lira encore ; rien ne pourra y être écrit ni partagé avant la levée. "
    "Pour une action en justice, il ne s’effacera pas non plus.",
}
#: What a body reads follows the file of the groupe.
SUIT_LE_GROUPE = (
    "Ce que vous lisez vient du groupe qui vous a orienté la personne : il est interrogé aussi, et ce qu’il "
    "fait vaut ici. Dites seulement si vous la connaissez."
)


@dataclass(frozen=True, slots=True)
class Levee:
    """The words of a lifting."""

    titre: str
    note: str
    message: str


#: By whether the file is frozen, or only held back.
LEVEES = {
    True: Levee(
        "Lever la limitation",
        "La personne doit en avoir été informée avant (RGPD, art. 18, § 3). Un dossier dont le terme est "
        "passé s’effacera au prochain passage.",
        "La limitation est levée : on peut de nouveau écrire.",
    ),
    False: Levee(
        "Ne plus retenir ce dossier",
        "L’action en justice est finie, ou n’a plus besoin de ce dossier. S’il est arrivé à son terme, il "
        "s’effacera au prochain passage.",
        "Le dossier n’est plus retenu : il s’efface à son terme.",
    ),
}


def _fil(*liens: Lien) -> tuple[Lien, ...]:
    return (Lien("Questions du délégué", reverse("droits:questions")), *liens)


@exige(QUESTIONS_REPONDRE)
@require_GET
def liste(request: HttpRequest) -> HttpResponse:
    """What is asked of the cercles the actor holds. No name here: it is read on the page of the question."""
    lieux, vues = tenus(), questions_vues()
    limites = limitations_vues(lieux)
    lus = {vue.ou.cercle for vue in vues} | {vue.ou.cercle for vue in limites}
    contexte = {
        "vues": vues,
        "limites": limites,
        "colonnes_limites": COLONNES_LIMITES,
        "tient": any(ou.vu.role in TENANTS.get(ou.vu.genre, ()) for ou in lieux),
        "colonnes": COLONNES,
        **lecteurs_des_groupes([ou.vu for ou in lieux if ou.cercle in lus]),
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
            "effet": SUIT_LE_GROUPE
            if vue.ou.vu.genre == PRESTATAIRE and vue.question.droit != "acces"
            else EFFETS[vue.question.droit],
            "repond": vue.ou.vu.role in TENANTS.get(vue.ou.vu.genre, ()),
        },
    )
    return traiter(request, page, formulaire, faire)


@exige(QUESTIONS_REPONDRE)
@require_http_methods(["GET", "POST"])
def lever(request: HttpRequest, cle: UUID) -> HttpResponse:
    """Give a file back to its work, and to its term, once the person was told."""
    lue, ou = une_limitation(cle)
    journaliser("lecture_limitation", objet=lue.objet, cercle=ou.cercle, details={"page": "formulaire"})
    mots = LEVEES[lue.gele]
    page = PageDeFormulaire(
        titre=mots.titre,
        phrase=f"{lue.reference}, depuis le {date_longue(lue.le)}.",
        bouton=mots.titre,
        retour=reverse("droits:questions"),
        cercle=ou.cercle,
        fil=_fil(Lien(lue.reference)),
        modele="droits/formulaire.html",
        message=mots.message,
        contexte={"note": mots.note},
    )
    formulaire = forms.Lever(request.POST or None, jour=ou.jour, initial={"version": lue.version})

    def faire(lues: dict[str, Any]) -> None:
        limitations.lever_la_limitation(limitation=cle, version=lues["version"])

    return traiter(request, page, formulaire, faire)
