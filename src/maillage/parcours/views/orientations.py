"""A person's path: the list beside the situation, one orientation, and the form pages of the groupe."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from maillage.acteurs.api import Organisme, lire_avec_noms
from maillage.documents.api import CONVENTIONS_TENIR, conventions_de_l_objet
from maillage.instances.api import lecteurs
from maillage.interface.navigation import Lien
from maillage.interface.retours import refus_au_formulaire, statut_de
from maillage.parcours.destinations import d_abord
from maillage.parcours.forms import orientations as formulaires
from maillage.parcours.models import Orientation, Participation
from maillage.parcours.perms_orientations import PARCOURS_ECARTER, PARCOURS_ECRIRE, PARCOURS_LIRE
from maillage.parcours.rules.enonces import VICTIME, dans_le_volet
from maillage.parcours.selectors.dispositifs import dispositifs_de
from maillage.parcours.selectors.enonces import RESTAURATIVE, TIG, sait
from maillage.parcours.selectors.offres import offres_visibles
from maillage.parcours.selectors.orientations import (
    OrientationVue,
    decisions_a_completer,
    orientation_vue,
    parcours_de,
)
from maillage.parcours.services import orientations as services
from maillage.parcours.services import pas
from maillage.parcours.views.actes import ACTES, actes_ouverts
from maillage.parcours.views.levees import LeveeDuPas, levee_du_pas, ouverture, question
from maillage.parcours.views.outils import ouvre
from maillage.parcours.views.presentation import etapes, fin_de, historique, pastille
from maillage.situations.api import EtatSituation, organisme_cache, une
from maillage.situations.dossier import destinations
from maillage.situations.rules.suivi import role_qui_ecrit
from maillage.situations.views.commun import Lue, PageDeFormulaire, jeton_recu, lire_pour_ecrire, traiter
from maillage.socle.jetons import deja_recu, nouveau_jeton, une_seule_fois
from maillage.socle.permissions import exige
from maillage.socle.refus import Introuvable, Refus
from maillage.strategie.api import liste

DANS_DEUX_ANS = timedelta(days=730)

formulaire_de = require_http_methods(["GET", "POST"])


def adresse_du_parcours(situation: UUID) -> str:
    return reverse("orientations:parcours", args=[situation])


def page_de(lue: Lue, titre: str, bouton: str, retour: str, **champs: Any) -> PageDeFormulaire:
    """A form page of the path: back to ``retour``, under the situation."""
    page = lue.page(titre, bouton, **champs)
    fil = (*page.fil[:2], Lien("Parcours", adresse_du_parcours(lue.situation.public_id)), Lien(titre))
    return PageDeFormulaire(**{**page.__dict__, "retour": retour, "fil": fil})


@exige(PARCOURS_LIRE)
@require_GET
def parcours(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Everything proposed to this person, the newest first, and what the séance left to complete."""
    lue = lire_pour_ecrire(public_id)
    ecrit = not role_qui_ecrit(lue.ici.membre.role)
    mots = destinations(lue.ici)
    contexte = {
        "situation": lue.situation,
        "identite": lue.identite,
        "vues": [
            {"vue": vue, "pastille": pastille(vue, lue.ici.jour), "fin": fin_de(vue)}
            for vue in parcours_de(lue.situation, lue.ici)
        ],
        "a_completer": [
            {"decidee": decidee, "vers": mots.get(decidee.destination, decidee.destination)}
            for decidee in decisions_a_completer(lue.situation)
        ],
        "ecrit": ecrit,
        "enonces": lue.situation.volet != VICTIME
        and any(sait(code, lue.situation, lue.ici) for code in (TIG, RESTAURATIVE)),
        "conventions": conventions_de_l_objet(public_id),
        "a_preparer": [
            Lien(
                libelle,
                f"{reverse('documents:nouvelle', args=[sorte, lue.ici.vu.public_id])}?objet={public_id}",
            )
            for sorte, libelle in CONVENTIONS_DE_PERSONNE
            if ecrit and lue.situation.etat == EtatSituation.OUVERTE and ouvre(request, CONVENTIONS_TENIR)
        ],
        "lecteurs": lecteurs(lue.situation.cercle_id),
        "fil": (*lue.page("", "").fil[:2], Lien("Parcours")),
    }
    return render(request, "parcours/parcours.html", contexte)


#: What may be agreed in writing about a person, from their path.
CONVENTIONS_DE_PERSONNE = (
    ("pmsmp", "Préparer une convention de PMSMP"),
    ("parrainage", "Préparer une convention de parrainage"),
)


@exige(PARCOURS_ECRIRE)
@formulaire_de
def proposer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Propose; with ``destination`` and ``le`` in the address, complete what the séance decided."""
    lue = lire_pour_ecrire(public_id)
    destination, decidee_le = request.GET.get("destination", ""), _jour(request.GET.get("le", ""))
    ouverts = [
        scheme
        for scheme in dispositifs_de(lue.ici.vu.conseil_pk, lue.ici.jour)
        if dans_le_volet(scheme, lue.situation.volet)
    ]
    d_emblee = request.GET.get("dispositif", "") or next(iter(d_abord(destination)), "")
    formulaire = formulaires.Proposer(
        request.POST or None, dispositifs=ouverts, initial={"dispositif": d_emblee, "qpv": ""}
    )
    page = page_de(
        lue,
        "Proposer une orientation",
        "Proposer",
        adresse_du_parcours(public_id),
        icone="ajouter",
        message="Proposition notée. Il reste à demander l’accord de la personne.",
        contexte={
            "note": "Décidé par le groupe en séance : il reste à dire vers quel dispositif."
            if decidee_le
            else "Rien n’est transmis avant l’accord de la personne."
        },
    )

    def faire(lues: dict[str, Any]) -> str:
        creee = services.proposer_orientation(
            situation=public_id, destination=destination, decidee_le=decidee_le, **lues
        )
        return reverse("orientations:orientation", args=[creee.public_id])

    return traiter(request, page, formulaire, faire)


def _jour(brut: str) -> date | None:
    try:
        return date.fromisoformat(brut)
    except ValueError:
        return None


@exige(PARCOURS_LIRE)
@require_GET
def orientation(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Where an orientation stands, what comes next, what happened."""
    lue, vue = lire_orientation(public_id)
    return _montrer(request, lue, vue, levee_du_pas(lue, vue, None, *_prevu(request, lue)))


def _prevu(request: HttpRequest, lue: Lue) -> tuple[date | None, UUID | None]:
    """The first day planned and the offer, from the address; None where there is none that can be."""
    debut = _jour(request.GET.get("debut", ""))
    if debut is None or not lue.ici.jour <= debut <= lue.ici.jour + DANS_DEUX_ANS:
        return None, None
    try:
        return debut, UUID(request.GET.get("offre", ""))
    except ValueError:
        return debut, None


@exige(PARCOURS_ECARTER)
@require_POST
def ecarter(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Set aside a reason of the next step; refused, the same page says why and keeps what was typed."""
    lue, vue = lire_orientation(public_id)
    prevu = _prevu(request, lue)
    posee = levee_du_pas(lue, vue, request.POST, *prevu)
    if posee is None or posee.vue.formulaire is None:
        raise Introuvable(public_id)
    formulaire, jeton = posee.vue.formulaire, jeton_recu(request)
    if deja_recu(jeton) is None and formulaire.is_valid():
        try:
            une_seule_fois(jeton, lambda: _ecarter(public_id, formulaire.cleaned_data, *prevu))
        except Refus as refus:
            refus_au_formulaire(formulaire, refus)
        else:
            messages.success(request, "Raison écartée. Elle reste écrite ici, avec votre nom.")
    if deja_recu(jeton) is not None:
        return redirect(adresse_de_l_orientation(public_id))
    return _montrer(request, lue, vue, posee, statut=statut_de(formulaire))


def _ecarter(public_id: UUID, lues: dict[str, Any], debut: date | None, offre: UUID | None) -> str:
    pas.ecarter(orientation=public_id, debut=debut, offre=offre, **lues)
    return adresse_de_l_orientation(public_id)


@exige(PARCOURS_ECARTER)
@require_POST
def reprendre(request: HttpRequest, public_id: UUID, cle: UUID) -> HttpResponse:
    """Its author takes back a reason set aside, while nothing rests on it."""
    pas.reprendre(orientation=public_id, levee=cle)
    messages.success(request, "Décision reprise : la raison s’oppose de nouveau.")
    return redirect(adresse_de_l_orientation(public_id))


def _montrer(
    request: HttpRequest, lue: Lue, vue: OrientationVue, posee: LeveeDuPas | None, statut: int = 200
) -> HttpResponse:
    derniere = vue.derniere
    ecrit = not role_qui_ecrit(lue.ici.membre.role)
    ouverts = (
        actes_ouverts(derniere.participation, groupe=True, dispositif=vue.dispositif)
        if ecrit and derniere is not None
        else ()
    )
    contexte = {
        "situation": lue.situation,
        "identite": lue.identite,
        "vue": vue,
        "derniere": derniere,
        "pastille": pastille(vue, lue.ici.jour),
        "etapes": etapes(vue),
        "apres": _apres(derniere.participation) if derniere else "",
        "historique": historique(vue),
        "actes": ouverts,
        "ecrit": ecrit,
        "pas": posee,
        "ouvre_le": ouverture(lue, vue),
        "jeton": nouveau_jeton(),
        "peut_transmettre": ecrit and _transmissible(vue),
        "peut_conclure": ecrit and _concluable(vue),
        "lecteurs": lecteurs(lue.situation.cercle_id),
        "fil": (
            *lue.page("", "").fil[:2],
            Lien("Parcours", adresse_du_parcours(lue.situation.public_id)),
            Lien(vue.libelle),
        ),
    }
    return render(request, "parcours/orientation.html", contexte, status=statut)


def _apres(participation: Participation) -> str:
    """What is planned after a community work, in words."""
    code = participation.apres
    return liste("suites_participation").item(code).libelle if code else ""


def _transmissible(vue: OrientationVue) -> bool:
    return vue.etat in {"acceptee", "declinee"}


def _concluable(vue: OrientationVue) -> bool:
    return vue.orientation.etat == "transmise" and vue.etat in {"declinee", "terminee", "abandonnee"}


def lire_orientation(public_id: UUID) -> tuple[Lue, OrientationVue]:
    ligne = une(Orientation, public_id)
    lue = lire_pour_ecrire(ligne.situation.public_id)
    return lue, orientation_vue(public_id, lue.ici)


def adresse_de_l_orientation(orientation: UUID) -> str:
    return reverse("orientations:orientation", args=[orientation])


@exige(PARCOURS_ECRIRE)
@formulaire_de
def reponse(request: HttpRequest, public_id: UUID) -> HttpResponse:
    lue, vue = lire_orientation(public_id)
    ligne = vue.orientation
    formulaire = formulaires.Repondre(
        request.POST or None,
        jour=lue.ici.jour,
        des_le=ligne.proposee_le,
        initial={"version": ligne.version, "reponse": "oui"},
    )
    page = page_de(
        lue, "Noter la réponse de la personne", "Noter la réponse", adresse_de_l_orientation(public_id)
    )
    return traiter(
        request,
        page,
        formulaire,
        lambda lues: services.noter_reponse(
            orientation=public_id,
            version=lues["version"],
            accepte=lues["reponse"] == "oui",
            le=lues["le"],
        ),
    )


@exige(PARCOURS_ECRIRE)
@formulaire_de
def transmettre(request: HttpRequest, public_id: UUID) -> HttpResponse:
    lue, vue = lire_orientation(public_id)
    ligne = vue.orientation
    offres, organismes = _lieux(lue, vue)
    formulaire = formulaires.Transmettre(
        request.POST or None,
        dispositif=ligne.dispositif_code,
        offres=offres,
        organismes=organismes,
        initial={"version": ligne.version, "debut": ouverture(lue, vue) or lue.ici.jour},
    )
    page = page_de(
        lue,
        "Transmettre",
        "Transmettre",
        adresse_de_l_orientation(public_id),
        modele="parcours/transmettre.html",
        message="Orientation transmise. La réception est attendue.",
        contexte={
            "note": "Si le lieu a son propre accès, il recevra le nom, le prénom, la date de naissance et le "
            "téléphone, rien d’autre. Sinon, le référent note les faits à sa place."
        },
    )

    def faire(lues: dict[str, Any]) -> None:
        vers = formulaire.transmission()
        try:
            services.transmettre(orientation=public_id, version=lues["version"], vers=vers)
        except Refus as refus:
            # The reasons of that very day are on the page of the orientation, with who may set them aside.
            if vers.debut is not None and any(motif.levee_possible for motif in refus.verdict.motifs):
                page.contexte["ecarter"] = (
                    f"{adresse_de_l_orientation(public_id)}{question(vers.debut, vers.offre)}"
                )
            raise

    return traiter(request, page, formulaire, faire)


def _lieux(lue: Lue, vue: OrientationVue) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The open offers of the scheme, and for a scheme without offers the bodies that run it."""
    jour = lue.ici.jour
    lignes = lire_avec_noms(
        offres_visibles()
        .filter(dispositif_code=vue.orientation.dispositif_code, fermee_le__isnull=True, contact="convention")
        .select_related("organisme")
        .order_by("intitule", "pk")[:100],
        "organisme",
    )
    offres = [
        (
            str(offre.public_id),
            offre.intitule
            if organisme_cache(offre.organisme, lue.ici)
            else f"{offre.intitule}, {offre.organisme.nom_le(jour)}",
        )
        for offre in lignes
    ]
    genres = vue.dispositif.genres if vue.dispositif is not None else frozenset()
    corps = Organisme.objects.filter(
        genre__in=genres, actif=True, departement_code=lue.ici.vu.departement_code
    ).prefetch_related("noms")
    siens = sorted((o.nom_le(jour), str(o.public_id)) for o in corps if not organisme_cache(o, lue.ici))
    return offres, [(cle, nom) for nom, cle in siens]


@exige(PARCOURS_ECRIRE)
@formulaire_de
def suite(request: HttpRequest, public_id: UUID) -> HttpResponse:
    lue, vue = lire_orientation(public_id)
    formulaire = formulaires.DecideLaSuite(
        request.POST or None, jour=lue.ici.jour, initial={"version": vue.orientation.version}
    )
    page = page_de(
        lue, "Décider la suite", "Enregistrer la suite", adresse_de_l_orientation(public_id), icone="orienter"
    )
    return traiter(
        request, page, formulaire, lambda lues: services.decider_retour(orientation=public_id, **lues)
    )


@exige(PARCOURS_ECRIRE)
@formulaire_de
def acte(request: HttpRequest, public_id: UUID, acte: str) -> HttpResponse:
    """One act of a participation, noted by the groupe."""
    participation = une(Participation, public_id)
    lue, vue = lire_orientation(participation.orientation.public_id)
    voulu = ACTES.get(acte)
    if voulu is None:
        raise Introuvable(public_id)
    retour = adresse_de_l_orientation(vue.orientation.public_id)
    formulaire = voulu.formulaire(request.POST or None, participation, lue.ici.jour, vue.dispositif)
    page = page_de(lue, voulu.titre, voulu.bouton, retour, contexte={"note": voulu.note})

    def faire(lues: dict[str, Any]) -> None:
        voulu.faire(public_id, lues)

    return traiter(request, page, formulaire, faire)
