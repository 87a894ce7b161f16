"""Pages of the measures about sports venues: the list, one file, each step of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from maillage.documents.api import envoyer_fichier
from maillage.instances.api import fuseau_du_cercle, lecteurs
from maillage.interface.navigation import Lien
from maillage.maire.depart_sport import GENRE
from maillage.maire.documents_sport import document
from maillage.maire.etats_sport import FINIES
from maillage.maire.forms import sport as forms
from maillage.maire.lieux import lieu, lieux_des_actes
from maillage.maire.perms import ACTES_LIRE, ACTES_PREPARER
from maillage.maire.selectors.sport import MesureVue, mesure_vue, mesures_vues
from maillage.maire.services import reparation_sport
from maillage.maire.services import sport as services
from maillage.maire.views.levees_sport import levees
from maillage.maire.views.page_sport import MODELE, fil, page_de
from maillage.situations.views.commun import PageDeFormulaire, traiter
from maillage.situations.views.presentation import lecteurs_des_groupes, lus_par
from maillage.socle.journal import journaliser
from maillage.socle.permissions import exige
from maillage.socle.refus import Introuvable
from maillage.strategie.api import liste as liste_fermee

COLONNES = ("N°", "Personne", "Faits", "Équipement", "État")
#: Lists whose words the page of a file says.
LISTES = (
    "mesures_sport",
    "composition_exclusion",
    "observations_sport",
    "decisions_sport",
    "motifs_exclusion",
    "recours_sport",
    "issues_recours",
    "taches_reparation",
)
MINEUR = "La personne est mineure : ses parents reçoivent copie de chaque lettre."


@dataclass(frozen=True, slots=True)
class Acte:
    """A step as its page says it: words, form, and what it calls."""

    titre: str
    bouton: str
    formulaire: type[forms.Etape]
    faire: Callable[[MesureVue, Any], object]
    note: str = ""


def _inviter(vue: MesureVue, formulaire: forms.Inviter) -> object:
    return services.inviter(
        mesure=vue.mesure.public_id,
        version=formulaire.cleaned_data["version"],
        composition=formulaire.cleaned_data["composition"],
        audition_le=formulaire.audition(fuseau_du_cercle(vue.ou.cercle)),
    )


def _decider(vue: MesureVue, formulaire: forms.Decider) -> object:
    return services.decider(
        mesure=vue.mesure.public_id,
        version=formulaire.cleaned_data["version"],
        projet=formulaire.projet(),
    )


def _conclure(vue: MesureVue, formulaire: forms.ConclureRecours) -> object:
    ouverts = [recours for recours in vue.recours if not recours.issue]
    if not ouverts:
        raise Introuvable(vue.mesure.public_id)
    return services.conclure_recours(
        mesure=vue.mesure.public_id, recours=ouverts[0].public_id, **formulaire.cleaned_data
    )


def _simple(service: Callable[..., object]) -> Callable[[MesureVue, Any], object]:
    """A form whose fields are the arguments of the command."""
    return lambda vue, formulaire: service(mesure=vue.mesure.public_id, **formulaire.cleaned_data)


ACTES: dict[str, Acte] = {
    "essai": Acte("Essayer sans exclure", "Noter", forms.Essayer, _simple(services.essayer)),
    "invitation": Acte(
        "Inviter à s’expliquer",
        "Inviter",
        forms.Inviter,
        _inviter,
        "La personne a au moins quinze jours pour écrire ou venir. La commission se dit par fonctions.",
    ),
    "observations": Acte(
        "Noter les observations",
        "Noter",
        forms.Observer,
        _simple(services.noter_observations),
        "Comment la personne s’est expliquée, jamais ce qu’elle a dit.",
    ),
    "decision": Acte(
        "Décider",
        "Décider",
        forms.Decider,
        _decider,
        "Le maire, ou l’élu délégué pour cela. Une exclusion dit ses motifs, son article, ses deux dates.",
    ),
    "notification": Acte("Notifier", "Noter la remise", forms.Notifier, _simple(services.notifier)),
    "recours": Acte("Enregistrer un recours", "Noter", forms.Recourir, _simple(services.enregistrer_recours)),
    "issue": Acte("Conclure le recours", "Noter", forms.ConclureRecours, _conclure),
    "reparation": Acte(
        "Convenir d’une réparation",
        "Noter",
        forms.Convenir,
        _simple(reparation_sport.convenir),
        "Décidé par le parquet, sous un protocole en vigueur, avec l’accord de la personne.",
    ),
    "fin-reparation": Acte(
        "Noter la fin de la réparation", "Noter", forms.FinirReparation, _simple(reparation_sport.finir)
    ),
    "cloture": Acte("Clore le dossier", "Clore", forms.Etape, _simple(services.clore)),
    "retrait": Acte(
        "Retirer ce dossier",
        "Retirer",
        forms.Retirer,
        _simple(services.retirer),
        "Son numéro et sa ligne restent au registre.",
    ),
}


@exige(ACTES_LIRE)
@require_GET
def liste(request: HttpRequest) -> HttpResponse:
    """Every measure of the registers read, the last received first."""
    lieux, vues = lieux_des_actes(), mesures_vues()
    for ou in lieux:
        lues = [str(vue.mesure.public_id) for vue in vues if vue.ou.cercle == ou.cercle]
        journaliser("lecture_liste", cercle=ou.cercle, details={"page": "sport", "vus": lues})
    contexte = {
        "vues": vues,
        "lieux": [ou for ou in lieux if ou.prepare],
        "aucun_registre": not lieux,
        "colonnes": COLONNES,
        **lecteurs_des_groupes([ou.vu for ou in lieux]),
        "fil": fil()[:1],
    }
    return render(request, "maire/sport.html", contexte)


def _possibles(vue: MesureVue) -> list[tuple[str, str]]:
    """The steps this file may take now, the next one first: what is offered, never what is allowed."""
    etat, offerts = vue.mesure.etat, []
    if etat == "recue":
        offerts += ["invitation"]
    if etat == "invitee":
        offerts += ["decision"] if vue.observations else ["observations", "decision"]
    if etat == "decidee":
        offerts += ["notification"]
    if vue.reparation is not None and vue.reparation.faite_le is None:
        offerts += ["fin-reparation"]
    if vue.notification is not None:
        offerts += ["issue"] if any(not recours.issue for recours in vue.recours) else ["recours"]
    if vue.reparation is None and etat not in FINIES:
        offerts += ["reparation"]
    if etat not in FINIES:
        offerts += ["essai"]
    if etat in ("recue", "invitee", "notifiee"):
        offerts += ["cloture"]
    return [(code, ACTES[code].titre) for code in offerts]


def _suites(vue: MesureVue) -> list[Lien]:
    """Other acts of the mayor about the same facts: their form opens with what this file already says."""
    registre = vue.ou.vu.public_id
    depuis = f"?depuis={GENRE}&dossier={vue.mesure.public_id}"
    suites = [
        Lien("Saisir le maire pour un rappel à l’ordre", reverse("rappels:saisir", args=[registre]) + depuis)
    ]
    if vue.degat and not vue.mineur:
        suites.append(
            Lien(
                "Enregistrer le procès-verbal du dommage",
                reverse("transactions:constater", args=[registre]) + depuis,
            )
        )
    return suites


@exige(ACTES_LIRE)
@require_GET
def mesure(request: HttpRequest, cle: UUID) -> HttpResponse:
    """One file: where it stands, what may come next, what was done."""
    vue = mesure_vue(cle)
    journaliser("lecture_mesure_sport", objet=cle, cercle=vue.ou.cercle)
    possibles = _possibles(vue) if vue.ou.prepare else []
    contexte = {
        "vue": vue,
        "suivant": possibles[:1],
        "autres": possibles[1:],
        "suites": _suites(vue) if vue.ou.prepare else [],
        "ecrit": vue.ou.prepare,
        "origine": liste_fermee("origines_sport").item(vue.mesure.origine).libelle,
        "mots": {code: dict(liste_fermee(code).choix()) for code in LISTES},
        "note_mineur": MINEUR if vue.mineur else "",
        **levees(request, vue),
        **lus_par(lecteurs(vue.ou.cercle)),
        "fil": fil(Lien(f"n° {vue.mesure.reference}")),
    }
    return render(request, "maire/une_mesure.html", contexte)


@exige(ACTES_PREPARER)
@require_http_methods(["GET", "POST"])
def ouvrir(request: HttpRequest, registre: UUID) -> HttpResponse:
    ou = lieu(registre)
    page = PageDeFormulaire(
        titre="Ouvrir un dossier",
        phrase=f"{ou.vu.formation} : faits commis dans un équipement sportif de la commune.",
        bouton="Ouvrir",
        retour=reverse("sport:liste"),
        cercle=ou.cercle,
        fil=fil(Lien("Ouvrir un dossier")),
        modele=MODELE,
        message="Le dossier est ouvert.",
        contexte={"note": "Un crime ou un délit se signale sans délai au procureur, dossier ou pas."},
    )
    formulaire = forms.OuvrirMesure(request.POST or None, jour=ou.jour)

    def faire(_: dict[str, Any]) -> str:
        parent = formulaire.representant()
        ouverte = services.ouvrir_mesure(
            registre=registre,
            personne=formulaire.personne(),
            faits=formulaire.faits_dits(),
            representants=[parent] if parent is not None else [],
        )
        return reverse("sport:mesure", args=[ouverte.public_id])

    return traiter(request, page, formulaire, faire)


@exige(ACTES_PREPARER)
@require_http_methods(["GET", "POST"])
def etape(request: HttpRequest, cle: UUID, code: str) -> HttpResponse:
    """Any step: the same page, the words and the fields of that step."""
    if code not in ACTES:
        raise Introuvable(cle)
    acte, vue = ACTES[code], mesure_vue(cle)
    journaliser("lecture_mesure_sport", objet=cle, cercle=vue.ou.cercle, details={"page": "formulaire"})
    formulaire = acte.formulaire(
        request.POST or None, jour=vue.ou.jour, initial={"version": vue.mesure.version}
    )

    def faire(_: dict[str, Any]) -> None:
        acte.faire(vue, formulaire)

    return traiter(request, page_de(vue, acte.titre, acte.bouton, acte.note), formulaire, faire)


@exige(ACTES_PREPARER)
@require_http_methods(["GET", "POST"])
def parent(request: HttpRequest, cle: UUID) -> HttpResponse:
    vue = mesure_vue(cle)
    formulaire = forms.Representant(
        request.POST or None, jour=vue.ou.jour, initial={"version": vue.mesure.version}
    )

    def faire(lues: dict[str, Any]) -> None:
        representant = formulaire.representant()
        assert representant is not None  # required by this form
        services.ajouter_parent(mesure=cle, version=lues["version"], representant=representant)

    return traiter(request, page_de(vue, "Ajouter un parent", "Ajouter"), formulaire, faire)


@exige(ACTES_PREPARER)
@require_GET
def lettre(request: HttpRequest, cle: UUID, code: str, format_: str) -> HttpResponse:
    """The invitation, or the decision with its means of appeal: prepared, never signed for anyone."""
    vue = mesure_vue(cle)
    fait = document(vue, code)
    journaliser("document_compose", objet=cle, cercle=vue.ou.cercle, details={"modele": code})
    return envoyer_fichier(fait, format_, f"{code}-{vue.mesure.reference}")
