"""Form pages of a follow-up: each writes one thing, after saying who will read it."""

from typing import TypeVar
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from maillage.instances.api import habilites, lecteurs
from maillage.situations import recits
from maillage.situations.courriers import PERSONNE, REPRESENTANT
from maillage.situations.dossier import nom_pour
from maillage.situations.forms import personnes, suivi
from maillage.situations.models import Bilan, Designation, Objectif
from maillage.situations.models.suivi import LigneDeSuivi
from maillage.situations.perms import CLORE, SUIVRE
from maillage.situations.rules.suivi import Membre, juger_designation, juger_element
from maillage.situations.selectors import une, visibles
from maillage.situations.services import cloture, referents
from maillage.situations.services import suivi as services
from maillage.situations.states import TRANSITIONS_OBJECTIF, EtatObjectif
from maillage.situations.views.commun import Lue, lire_pour_ecrire, traiter
from maillage.situations.views.presentation import lus_par
from maillage.socle.permissions import exige
from maillage.socle.refus import Introuvable
from maillage.socle.temps import maintenant
from maillage.strategie.api import Item, liste

E = TypeVar("E", bound=LigneDeSuivi)

formulaire_de = require_http_methods(["GET", "POST"])


@exige(SUIVRE)
@formulaire_de
def contact(request: HttpRequest, public_id: UUID) -> HttpResponse:
    lue = lire_pour_ecrire(public_id)
    formulaire = suivi.NoterContact(
        request.POST or None, jour=lue.ici.jour, ouverte_le=lue.situation.ouverte_le
    )
    page = lue.page(
        "Noter un contact",
        "Noter le contact",
        icone="ajouter",
        message="Contact noté. Visible par les {nombre} lecteurs de ce groupe.",
        contexte={"note": "Aucun récit : ce qui a été confié reste entre la personne et vous."},
    )
    return traiter(
        request, page, formulaire, lambda lues: _fait(services.noter_contact(situation=public_id, **lues))
    )


def _fait(_: object) -> None:
    """The command's result is not an address: the page leads back to the situation."""


@exige(SUIVRE)
@require_GET
def categories(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The elements this member may share: the others are not offered."""
    lue = lire_pour_ecrire(public_id)
    page = lue.page("Ajouter un élément", "")
    contexte = {
        "page": page,
        "fil": page.fil,
        "situation": lue.situation,
        "categories": [item for item in liste("elements_partageables", lue.ici.jour) if _permis(lue, item)],
        **lus_par(lecteurs(lue.situation.cercle_id)),
    }
    return render(request, "situations/categories.html", contexte)


def _permis(lue: Lue, item: Item) -> bool:
    valeurs = item.attributs["valeurs"]
    return juger_element(
        categorie=item.code,
        precision=valeurs[0] if valeurs else "",
        etat=lue.situation.etat,
        volet=lue.situation.volet,
        membre=lue.ici.membre,
        judiciaire_siege=lue.ici.judiciaire_siege,
        le=lue.ici.jour,
    ).ok


@exige(SUIVRE)
@formulaire_de
def element(request: HttpRequest, public_id: UUID, categorie: str) -> HttpResponse:
    lue = lire_pour_ecrire(public_id)
    categories_ = liste("elements_partageables", lue.ici.jour)
    if categorie not in categories_:
        raise Introuvable(public_id)
    item = categories_.item(categorie)
    formulaire = suivi.PartagerElement(request.POST or None, categorie=item)
    page = lue.page(
        "Ajouter un élément",
        "Partager avec le groupe",
        message="Élément partagé. Visible par les {nombre} lecteurs de ce groupe.",
        contexte={"nature": item.attributs["nature"]},
    )
    return traiter(
        request,
        page,
        formulaire,
        lambda lues: _fait(
            services.partager_element(situation=public_id, categorie=categorie, precision=lues["precision"])
        ),
    )


@exige(SUIVRE)
@formulaire_de
def objectif(request: HttpRequest, public_id: UUID) -> HttpResponse:
    lue = lire_pour_ecrire(public_id)
    formulaire = suivi.PoserObjectif(request.POST or None, jour=lue.ici.jour)
    page = lue.page("Poser un objectif", "Poser l’objectif", icone="objectif")
    return traiter(
        request, page, formulaire, lambda lues: _fait(services.poser_objectif(situation=public_id, **lues))
    )


@exige(SUIVRE)
@formulaire_de
def etat_objectif(request: HttpRequest, public_id: UUID, cle: UUID) -> HttpResponse:
    lue = lire_pour_ecrire(public_id)
    lu = _ouvert(une(Objectif, cle), lue)
    formulaire = suivi.ChangerEtat(
        request.POST or None,
        etats=sorted(TRANSITIONS_OBJECTIF[EtatObjectif(lu.etat)]),
        initial={"etat": lu.etat, "version": lu.version},
    )
    page = lue.page("Où en est l’objectif", "Enregistrer", contexte={"note": lu.libelle})
    return traiter(
        request, page, formulaire, lambda lues: services.changer_etat_objectif(objectif=cle, **lues)
    )


def _ouvert(ligne: E, lue: Lue) -> E:
    """That child, its text open."""
    recits.poser([_enfant(ligne, lue)], lue.identite.public_id)
    return ligne


def _enfant(ligne: E, lue: Lue) -> E:
    """A child of this very situation: another's address is answered as an absent one."""
    if ligne.situation_id != lue.situation.pk:
        raise Introuvable(lue.situation.public_id)
    return ligne


@exige(SUIVRE)
@formulaire_de
def referent(request: HttpRequest, public_id: UUID) -> HttpResponse:
    lue = lire_pour_ecrire(public_id)
    jour, ouverte_le = lue.ici.jour, lue.situation.ouverte_le
    formulaire = suivi.DesignerReferent(
        request.POST or None, jour=jour, ouverte_le=ouverte_le, membres=_membres_designables(lue)
    )
    en_cours = visibles(Designation).filter(situation=lue.situation, jusqua__isnull=True).first()
    page = lue.page(
        "Changer de référent" if en_cours else "Désigner un référent",
        "Désigner",
        icone="referent",
        message="Référent désigné. Visible par les {nombre} lecteurs de ce groupe.",
        contexte={
            "note": "Le référent actuel passera le relais à la date indiquée."
            if en_cours
            else "L’éducateur de la PJJ et le conseiller du SPIP gardent leur mission : les deux coexistent."
        },
    )
    return traiter(
        request,
        page,
        formulaire,
        lambda lues: _fait(referents.designer_referent(situation=public_id, **lues)),
    )


def _membres_designables(lue: Lue) -> list[tuple[str, str]]:
    """Members whom the rule would accept, by name."""
    lignes = (
        habilites(maintenant())
        .filter(Q(charte_signee=True), cercle=lue.situation.cercle_id)
        .select_related("compte", "siege__organisme")
        .prefetch_related("siege__organisme__noms")
        .order_by("compte__nom", "compte__prenom", "pk")
    )
    return [
        (
            str(ligne.compte.public_id),
            f"{ligne.compte.nom_complet} ({nom_pour(ligne.siege.organisme, lue.ici)})",
        )
        for ligne in lignes
        if juger_designation(
            profession="travailleur_social",
            etat=lue.situation.etat,
            referent=Membre(ligne.role, ligne.siege.organisme.genre),
            depuis=lue.ici.jour,
            ouverte_le=lue.situation.ouverte_le,
            aujourd_hui=lue.ici.jour,
        ).ok
    ]


@exige(SUIVRE)
@formulaire_de
def accord(request: HttpRequest, public_id: UUID, cle: UUID) -> HttpResponse:
    lue = lire_pour_ecrire(public_id)
    lu = _enfant(une(Designation, cle), lue)
    formulaire = suivi.NoterAccord(
        request.POST or None,
        jour=lue.ici.jour,
        ouverte_le=lue.situation.ouverte_le,
        initial={"version": lu.version, **({"le": lu.accord_personne_le} if lu.accord_personne_le else {})},
    )
    page = lue.page("Noter l’accord de la personne", "Noter l’accord")
    return traiter(request, page, formulaire, lambda lues: referents.noter_accord(designation=cle, **lues))


@exige(SUIVRE)
@formulaire_de
def lettre(request: HttpRequest, public_id: UUID) -> HttpResponse:
    lue = lire_pour_ecrire(public_id)
    representants = lue.identite.representants
    destinataires = [(PERSONNE, lue.identite.nom_complet)]
    if representants:
        destinataires.append((REPRESENTANT, f"{representants[0].prenom} {representants[0].nom}".strip()))
    formulaire = suivi.RemettreLettre(
        request.POST or None,
        jour=lue.ici.jour,
        ouverte_le=lue.situation.ouverte_le,
        destinataires=destinataires,
    )
    page = lue.page(
        "Noter la remise de la lettre",
        "Noter la remise",
        icone="courrier",
        contexte={"lettres": destinataires, "situation": lue.situation},
    )
    return traiter(
        request,
        page,
        formulaire,
        lambda lues: _fait(services.noter_remise_lettre(situation=public_id, **lues)),
    )


@exige(SUIVRE)
@formulaire_de
def bilan(request: HttpRequest, public_id: UUID) -> HttpResponse:
    lue = lire_pour_ecrire(public_id)
    formulaire = suivi.EcrireBilan(request.POST or None)
    page = lue.page(
        "Écrire le bilan d’intervention",
        "Enregistrer le bilan",
        icone="bilan",
        contexte={"note": "Un membre du travail social le contresignera."},
    )
    return traiter(
        request, page, formulaire, lambda lues: _fait(services.ecrire_bilan(situation=public_id, **lues))
    )


@exige(SUIVRE)
@formulaire_de
def contreseing(request: HttpRequest, public_id: UUID, cle: UUID) -> HttpResponse:
    lue = lire_pour_ecrire(public_id)
    lu = _ouvert(une(Bilan, cle), lue)
    formulaire = suivi.Confirmer(request.POST or None, initial={"version": lu.version})
    page = lue.page("Contresigner le bilan", "Contresigner", contexte={"note": lu.texte})
    return traiter(request, page, formulaire, lambda lues: services.contresigner_bilan(bilan=cle, **lues))


@exige(SUIVRE)
@formulaire_de
def identite(request: HttpRequest, public_id: UUID) -> HttpResponse:
    lue = lire_pour_ecrire(public_id)
    formulaire = personnes.CorrigerIdentite(request.POST or None, ici=lue.ici, vue=lue.identite)
    page = lue.page("Corriger l’identité", "Enregistrer la correction", icone="modifier")
    return traiter(
        request,
        page,
        formulaire,
        lambda lues: services.corriger_identite(
            situation=public_id, version=lues["version"], personne=formulaire.personne()
        ),
    )


@exige(SUIVRE)
@formulaire_de
def representant(request: HttpRequest, public_id: UUID) -> HttpResponse:
    lue = lire_pour_ecrire(public_id)
    formulaire = personnes.AjouterRepresentant(request.POST or None)
    page = lue.page("Ajouter un représentant légal", "Ajouter", icone="personne")
    return traiter(
        request,
        page,
        formulaire,
        lambda _: services.ajouter_representant(situation=public_id, representant=formulaire.representant()),
    )


@exige(CLORE)
@formulaire_de
def clore(request: HttpRequest, public_id: UUID) -> HttpResponse:
    lue = lire_pour_ecrire(public_id)
    situation = lue.situation
    formulaire = suivi.Clore(
        request.POST or None,
        jour=lue.ici.jour,
        ouverte_le=situation.ouverte_le,
        initial={"version": situation.version},
    )
    suivie = visibles(Designation).filter(situation=situation).exists()
    sans_bilan = suivie and not visibles(Bilan).filter(situation=situation).exists()
    page = lue.page(
        "Clore la situation",
        "Clore",
        icone="fait",
        message="Situation close. Son archive est fermée.",
        contexte={
            "note": "Cette situation a un référent et aucun bilan : la fiche 4 en attend un avant la clôture."
            if sans_bilan
            else "Après la clôture, l’archive est fermée, puis effacée sans intervention."
        },
    )
    return traiter(
        request,
        page,
        formulaire,
        lambda lues: cloture.clore(situation=public_id, **lues),
    )
