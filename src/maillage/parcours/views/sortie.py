"""The exit plan of a situation: its page, and one form for each act (fiche 10)."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from maillage.acteurs.api import Organisme
from maillage.instances.api import lecteurs
from maillage.interface.navigation import Lien
from maillage.interface.typographie import date_longue
from maillage.parcours.etats_sortie import EtatEtape
from maillage.parcours.forms import sortie as forms
from maillage.parcours.models import EtapeDeSortie, PlanDeSortie
from maillage.parcours.selectors.sortie import (
    composer,
    domaine_cache,
    domaines,
    etape_cachee,
    fin_de,
    libelle_du_domaine,
    plans_de,
    qui_porte,
    un_plan,
    une_etape,
)
from maillage.parcours.services import sortie as services
from maillage.parcours.views.frise_sortie import dessiner, en_toutes_lettres
from maillage.situations.api import LIRE, SUIVRE, EtatSituation, Situation, ici, lire_identite, une
from maillage.situations.api import role_qui_ecrit as lecture_seule
from maillage.situations.views.commun import Lue, PageDeFormulaire, lire_pour_ecrire, traiter
from maillage.situations.views.presentation import lus_par
from maillage.socle.journal import journaliser
from maillage.socle.permissions import exige
from maillage.socle.refus import Introuvable
from maillage.strategie.api import liste

formulaire_de = require_http_methods(["GET", "POST"])


@exige(LIRE)
@require_GET
def plan(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The plan in preparation, else the last one; none yet is said, with the way to prepare one."""
    situation = une(Situation, public_id)
    adresse = reverse("situations:situation", args=[public_id])
    if situation.etat != EtatSituation.OUVERTE:
        return redirect(adresse)
    journaliser("lecture_situation", objet=public_id, cercle=situation.cercle_id, details={"page": "sortie"})
    acteur = ici(situation.cercle_id)
    identite = lire_identite(situation.identite_id)
    plans = list(plans_de(situation))
    vu = composer(plans[0], acteur) if plans else None
    ecrit = not lecture_seule(acteur.membre.role)
    contexte: dict[str, Any] = {
        "situation": situation,
        "identite": identite,
        "vu": vu,
        "ecrit": ecrit and vu is not None and not vu.clos,
        "peut_ouvrir": ecrit and (vu is None or vu.clos),
        "frise": dessiner(vu, acteur.jour) if vu else None,
        "domaines": [(domaine, map(en_toutes_lettres, domaine.trous)) for domaine in vu.domaines]
        if vu
        else [],
        "motifs": {item.code: item.libelle for item in liste("motifs_fin_deplacee")},
        "jour": acteur.jour,
        "finie": vu is not None and vu.fin < acteur.jour,
        **lus_par(lecteurs(situation.cercle_id)),
        "fil": (
            Lien("Situations", reverse("situations:liste")),
            Lien(identite.nom_complet, adresse),
            Lien("Plan de sortie"),
        ),
    }
    return render(request, "parcours/sortie.html", contexte)


def _page(lue: Lue, titre: str, bouton: str, **champs: Any) -> PageDeFormulaire:
    """A form page of the plan: it leads back to the plan."""
    page = lue.page(titre, bouton, **champs)
    retour = reverse("sortie:plan", args=[lue.situation.public_id])
    return replace(page, retour=retour, fil=(*page.fil[:2], Lien("Plan de sortie", retour), Lien(titre)))


def _sans_adresse(fait: object) -> None:
    """The command's result is not an address: the page leads back to the plan."""


@exige(SUIVRE)
@formulaire_de
def ouvrir(request: HttpRequest, public_id: UUID) -> HttpResponse:
    lue = lire_pour_ecrire(public_id)
    formulaire = forms.OuvrirPlan(request.POST or None, jour=lue.ici.jour)
    page = _page(
        lue,
        "Préparer la sortie",
        "Ouvrir le plan",
        icone="sortir",
        contexte={
            "note": "Le parquet, le SPIP ou la PJJ énonce la fin de la mesure ; "
            "rien de la peine ni des faits ne s’écrit ici."
        },
    )
    return traiter(
        request,
        page,
        formulaire,
        lambda lues: _sans_adresse(services.ouvrir_plan(situation=public_id, **lues)),
    )


@exige(SUIVRE)
@formulaire_de
def prevoir(request: HttpRequest, public_id: UUID, domaine: str) -> HttpResponse:
    lue, _ = _plan(public_id)
    _exiger_le_domaine(lue, domaine)
    formulaire = forms.Etape(request.POST or None, acteurs=_acteurs(lue, domaine))
    libelle = libelle_du_domaine(domaine, lue.ici)
    page = _page(lue, f"Prévoir un relais : {libelle.lower()}", "Prévoir le relais", icone="ajouter")
    return traiter(
        request,
        page,
        formulaire,
        lambda _: _sans_adresse(
            services.prevoir_etape(situation=public_id, domaine=domaine, **formulaire.valeurs())
        ),
    )


@exige(SUIVRE)
@formulaire_de
def modifier(request: HttpRequest, public_id: UUID, cle: UUID) -> HttpResponse:
    lue, lu = _plan(public_id)
    etape = _etape(lue, lu, cle)
    if etape.etat != EtatEtape.PREVUE:
        raise Introuvable(cle)
    initial: dict[str, Any] = {
        "acteur": etape.acteur
        + (f"{forms.SEPARATEUR}{etape.organisme.public_id}" if etape.organisme else ""),
        "prevue_le": etape.prevue_le,
        "fin_le": etape.fin_le,
        "version": etape.version,
    }
    formulaire = forms.Etape(request.POST or None, acteurs=_acteurs(lue, etape.domaine), initial=initial)
    libelle = libelle_du_domaine(etape.domaine, lue.ici)
    page = _page(lue, f"Modifier le relais : {libelle.lower()}", "Enregistrer", icone="modifier")
    return traiter(
        request,
        page,
        formulaire,
        lambda lues: services.modifier_etape(
            situation=public_id, etape=cle, version=lues["version"], **formulaire.valeurs()
        ),
    )


@exige(SUIVRE)
@formulaire_de
def sans_relais(request: HttpRequest, public_id: UUID, domaine: str) -> HttpResponse:
    lue, _ = _plan(public_id)
    _exiger_le_domaine(lue, domaine)
    formulaire = forms.SansRelais(request.POST or None, jour=lue.ici.jour)
    libelle = libelle_du_domaine(domaine, lue.ici)
    page = _page(lue, f"Dire pourquoi il n’y a pas de relais : {libelle.lower()}", "Enregistrer le motif")
    return traiter(
        request,
        page,
        formulaire,
        lambda lues: _sans_adresse(services.noter_sans_relais(situation=public_id, domaine=domaine, **lues)),
    )


@exige(SUIVRE)
@formulaire_de
def confirmer(request: HttpRequest, public_id: UUID, cle: UUID) -> HttpResponse:
    lue, lu = _plan(public_id)
    etape = _etape(lue, lu, cle)
    jour = lue.ici.jour
    formulaire = forms.ConfirmerEtape(
        request.POST or None,
        jour=jour,
        initial={"version": etape.version, "effective_le": min(etape.prevue_le or jour, jour)},
    )
    page = _page(
        lue, "Confirmer le relais", "Confirmer", icone="fait", contexte={"note": qui_porte(etape, lue.ici)}
    )
    return traiter(
        request,
        page,
        formulaire,
        lambda lues: services.confirmer_etape(situation=public_id, etape=cle, **lues),
    )


@exige(SUIVRE)
@formulaire_de
def reprendre(request: HttpRequest, public_id: UUID, cle: UUID) -> HttpResponse:
    return _sans_saisie(
        request,
        public_id,
        cle,
        ("Reprendre la confirmation", "Reprendre", "Le relais redevient prévu."),
        services.reprendre_etape,
    )


@exige(SUIVRE)
@formulaire_de
def abandonner(request: HttpRequest, public_id: UUID, cle: UUID) -> HttpResponse:
    return _sans_saisie(
        request,
        public_id,
        cle,
        ("Abandonner le relais", "Abandonner", "Les jours sans relais seront comptés à nouveau."),
        services.abandonner_etape,
    )


def _sans_saisie(
    request: HttpRequest,
    public_id: UUID,
    cle: UUID,
    mots: tuple[str, str, str],
    commande: Callable[..., None],
) -> HttpResponse:
    lue, lu = _plan(public_id)
    etape = _etape(lue, lu, cle)
    formulaire = forms.Confirmer(request.POST or None, initial={"version": etape.version})
    titre, bouton, effet = mots
    page = _page(lue, titre, bouton, contexte={"note": f"{qui_porte(etape, lue.ici)}. {effet}"})
    return traiter(request, page, formulaire, lambda lues: commande(situation=public_id, etape=cle, **lues))


@exige(SUIVRE)
@formulaire_de
def fin(request: HttpRequest, public_id: UUID) -> HttpResponse:
    lue, lu = _plan(public_id)
    formulaire = forms.DeplacerFin(
        request.POST or None, jour=lue.ici.jour, initial={"version": lu.version, "vers": lu.fin_prevue_le}
    )
    page = _page(
        lue,
        "Changer la fin de la mesure",
        "Enregistrer la date",
        icone="calendrier",
        contexte={"note": f"Aujourd’hui notée au {date_longue(fin_de(lu))}. L’ancienne date est gardée."},
    )
    return traiter(
        request,
        page,
        formulaire,
        lambda lues: _sans_adresse(services.deplacer_fin(situation=public_id, **lues)),
    )


@exige(SUIVRE)
@formulaire_de
def constater(request: HttpRequest, public_id: UUID) -> HttpResponse:
    lue, lu = _plan(public_id)
    jour = lue.ici.jour
    formulaire = forms.ConstaterFin(
        request.POST or None, jour=jour, initial={"version": lu.version, "le": min(fin_de(lu), jour)}
    )
    page = _page(lue, "Noter la fin de la mesure", "Noter la fin", icone="fait")
    return traiter(
        request, page, formulaire, lambda lues: services.constater_fin(situation=public_id, **lues)
    )


@exige(SUIVRE)
@formulaire_de
def clore(request: HttpRequest, public_id: UUID) -> HttpResponse:
    lue, lu = _plan(public_id)
    formulaire = forms.Confirmer(request.POST or None, initial={"version": lu.version})
    page = _page(
        lue,
        "Clore le plan de sortie",
        "Clore le plan",
        icone="fait",
        message="Plan clos. La situation, elle, continue.",
        contexte={"note": "Chaque domaine a un relais daté, ou un motif. Le suivi de la personne continue."},
    )
    return traiter(request, page, formulaire, lambda lues: services.clore_plan(situation=public_id, **lues))


def _plan(public_id: UUID) -> tuple[Lue, PlanDeSortie]:
    """The open file and its open plan. Raises ``Introuvable`` where there is none."""
    lue = lire_pour_ecrire(public_id)
    return lue, un_plan(lue.situation)


def _exiger_le_domaine(lue: Lue, domaine: str) -> None:
    """A domain of the plan whose name this member may read; another is answered as an absent one."""
    if domaine not in {item.code for item in domaines()} or domaine_cache(domaine, lue.ici):
        raise Introuvable(lue.situation.public_id)


def _etape(lue: Lue, lu: PlanDeSortie, cle: UUID) -> EtapeDeSortie:
    """A step this member may read: one hidden from them is answered as an absent one."""
    etape = une_etape(lu, cle)
    if etape_cachee(etape, lue.ici):
        raise Introuvable(cle)
    return etape


def _acteurs(lue: Lue, domaine: str) -> list[forms.Groupe]:
    """Kinds of actors of the domain, each with the bodies of the département's directory."""
    items = [item for item in liste("acteurs_sortie", lue.ici.jour) if domaine in item.attributs["domaines"]]
    corps = list(
        Organisme.objects.filter(
            actif=True,
            departement_code=lue.ici.vu.departement_code,
            genre__in={item.attributs["acteur"] for item in items},
        ).prefetch_related("noms")
    )
    groupes: list[forms.Groupe] = []
    for item in items:
        siens = [organisme for organisme in corps if organisme.genre == item.attributs["acteur"]]
        choix = [(item.code, f"{item.libelle}, service à préciser" if siens else item.libelle)]
        choix += sorted(
            (
                (f"{item.code}{forms.SEPARATEUR}{organisme.public_id}", organisme.nom_le(lue.ici.jour))
                for organisme in siens
            ),
            key=lambda paire: paire[1],
        )
        groupes.append((item.libelle, choix))
    return groupes
