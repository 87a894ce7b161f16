"""One form for each act on a rappel à l'ordre."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from maillage.interface.formulaires import Option
from maillage.interface.navigation import Lien
from maillage.interface.typographie import date_longue
from maillage.maire.departs import valeurs
from maillage.maire.forms import rappel as forms
from maillage.maire.lieux import Lieu, autorite, lieu, lieux_des_actes
from maillage.maire.models import Pouvoir
from maillage.maire.perms import ACTES_PREPARER, ACTES_PRONONCER
from maillage.maire.rules.rappel import Qualite
from maillage.maire.selectors.personnes import proches
from maillage.maire.selectors.rappel import RappelVu, composer, un_rappel
from maillage.maire.services import conduite_rappel as conduite
from maillage.maire.services import fin_rappel as fins
from maillage.maire.services import rappel as services
from maillage.maire.views.rappels import fil
from maillage.maire.views.table_rappel import ACTES, Acte, communes, confirmer, simple
from maillage.maire.views.table_rappel import ecarter as a_ecarter
from maillage.situations.views.commun import PageDeFormulaire, traiter
from maillage.socle.journal import journaliser
from maillage.socle.permissions import exige
from maillage.socle.refus import Introuvable

formulaire_de = require_http_methods(["GET", "POST"])
ENREGISTRE = "Enregistré. Visible par les {nombre} lecteurs de ce registre."


@exige(ACTES_PREPARER)
@formulaire_de
def choisir(request: HttpRequest) -> HttpResponse:
    """Straight to the form where there is one register; else the list says in which."""
    lieux = [ou for ou in lieux_des_actes() if ou.prepare]
    if len(lieux) == 1:
        return redirect("rappels:saisir", lieux[0].vu.public_id)
    return redirect("rappels:liste")


@exige(ACTES_PREPARER)
@formulaire_de
def saisir(request: HttpRequest, registre: UUID) -> HttpResponse:
    ou = _actes(registre)
    choix: dict[str, Any] = {
        "jour": ou.jour,
        "communes": communes(ou),
        "maire": autorite(ou, Pouvoir.RAPPEL).qualite is Qualite.MAIRE,
        "initial": valeurs(ou, request.GET) if request.method == "GET" else {},
    }
    formulaire = forms.SaisirRappel(request.POST or None, **choix)
    if formulaire.is_bound and formulaire.is_valid() and (connus := _connus(ou, formulaire)):
        formulaire = forms.SaisirRappel(request.POST, proches=connus, **choix)

    def faire(_: dict[str, Any]) -> str:
        lu = services.saisir(
            registre=registre,
            personne=formulaire.personne(),
            representants=formulaire.representants(),
            saisine=formulaire.saisine(),
            connu=formulaire.connu(),
            ecart=formulaire.ecart(),
            rapprocher_de=formulaire.rapprocher_de(),
        )
        return reverse("rappels:rappel", args=[lu.public_id])

    page = PageDeFormulaire(
        titre="Saisir le maire de faits",
        phrase=f"{ou.vu.formation}. La saisine prend le numéro suivant du registre de l’année.",
        bouton="Enregistrer la saisine",
        retour=reverse("rappels:liste"),
        cercle=ou.cercle,
        fil=fil(Lien("Saisir le maire")),
        icone="ajouter",
        modele="maire/formulaire.html",
        message=ENREGISTRE,
        contexte={
            "note": "Un crime, un délit, des faits d’une autre commune : ce n’est pas un rappel à l’ordre, "
            "et rien n’est enregistré. Une plainte ou une procédure connue arrête le dossier."
        },
    )
    return traiter(request, page, formulaire, faire)


def _connus(ou: Lieu, formulaire: forms.SaisirRappel) -> list[tuple[str, Option]]:
    """Who of this register looks like the person typed: asked before the same person is written twice."""
    personne = formulaire.personne()
    connus = proches(ou, nom=personne.nom, prenom=personne.prenom, naissance=personne.naissance)
    return [
        (str(connu.identite.public_id), Option(f"Oui : {connu.titre}", connu.pourquoi)) for connu in connus
    ]


def _actes(registre: UUID) -> Lieu:
    if all(ou.vu.public_id != registre for ou in lieux_des_actes()):
        raise Introuvable(registre)
    return lieu(registre)


def _lire(cle: UUID) -> RappelVu:
    lu, _ = un_rappel(cle)
    ou = lieu(lu.cercle_id)
    journaliser("lecture_rappel", objet=cle, cercle=ou.cercle, details={"page": "formulaire"})
    return composer(lu, ou)


def _page(acte: Acte, vu: RappelVu) -> PageDeFormulaire:
    reference = vu.rappel.reference
    return PageDeFormulaire(
        titre=acte.titre,
        phrase=f"{vu.identite.nom_complet}, rappel à l’ordre n° {reference}.",
        bouton=acte.bouton,
        retour=reverse("rappels:rappel", args=[vu.rappel.public_id]),
        cercle=vu.ou.cercle,
        fil=fil(
            Lien(f"n° {reference}", reverse("rappels:rappel", args=[vu.rappel.public_id])), Lien(acte.titre)
        ),
        icone=acte.icone,
        modele="maire/formulaire.html",
        message=ENREGISTRE,
        contexte={"note": acte.note},
    )


def _adresse(rendu: object) -> str | None:
    return rendu if isinstance(rendu, str) else None


def _servir(request: HttpRequest, cle: UUID, acte: Acte) -> HttpResponse:
    vu = _lire(cle)
    formulaire = acte.formulaire(vu, request.POST or None)
    return traiter(request, _page(acte, vu), formulaire, lambda _: _adresse(acte.faire(cle, formulaire)))


def _vue(code: str) -> Callable[[HttpRequest, UUID], HttpResponse]:
    @exige(ACTES_PREPARER)
    @formulaire_de
    def vue(request: HttpRequest, cle: UUID) -> HttpResponse:
        return _servir(request, cle, ACTES[code])

    return vue


VUES: Mapping[str, Callable[[HttpRequest, UUID], HttpResponse]] = {code: _vue(code) for code in ACTES}


@exige(ACTES_PRONONCER)
@formulaire_de
def prononcer(request: HttpRequest, cle: UUID) -> HttpResponse:
    """The mayor, or who holds the delegation, records the act they have just done."""
    vu = _lire(cle)
    qui = autorite(vu.ou, Pouvoir.RAPPEL)
    tenue = next((audition for audition in reversed(vu.auditions) if audition.issue == "tenue"), None)
    jour = f" du {date_longue(tenue.tenue_le)}" if tenue else ""
    arrete = f", arrêté n° {qui.arrete}" if qui.arrete else ""
    qualite = {"maire": "maire"}.get(qui.qualite, f"élu délégué{arrete}")
    acte = Acte(
        "Noter le rappel à l’ordre",
        "J’ai fait ce rappel à l’ordre",
        "marque",
        confirmer,
        simple(conduite.prononcer),
        f"Vous notez, en qualité de {qualite}, le rappel à l’ordre fait de vive voix à l’audition{jour}. "
        "L’application ne signe rien à votre place."
        if qui.qualite in (Qualite.MAIRE, Qualite.ADJOINT_DELEGUE, Qualite.CONSEILLER_DELEGUE)
        else "Seul le maire, ou l’élu qu’il a délégué par arrêté, note ce rappel à l’ordre.",
    )
    return _servir(request, cle, acte)


@exige(ACTES_PRONONCER)
@formulaire_de
def ecarter(request: HttpRequest, cle: UUID) -> HttpResponse:
    """The mayor sets aside a reason that is not the law."""
    acte = Acte(
        "Écarter une raison",
        "Écarter cette raison",
        "verrou",
        a_ecarter,
        simple(fins.ecarter),
        "Seul le maire écarte une doctrine, avec une raison qui reste au dossier. Une loi ne s’écarte pas.",
    )
    return _servir(request, cle, acte)
