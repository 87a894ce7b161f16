"""Pages of séances: the list, the preparation, the séance itself, its record."""

from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from maillage.instances import calendrier
from maillage.instances.etats_seance import EtatSeance
from maillage.instances.forms import Confirmation, OuvrirAvantSaDate
from maillage.instances.forms_seance import PreparerSeance
from maillage.instances.modeles_seance import modeles
from maillage.instances.models.seance import EtatPresence, Seance
from maillage.instances.perms_seance import SEANCES_CONDUIRE, SEANCES_VOIR
from maillage.instances.selectors import seances as selectors
from maillage.instances.selectors.acces import fuseau_du_conseil, lecteurs
from maillage.instances.selectors.conseils import formation_visible
from maillage.instances.services import seances as services
from maillage.instances.territoire import aujourd_hui_du_conseil
from maillage.instances.views.outils import envoyer, montrer
from maillage.interface.navigation import Lien
from maillage.interface.retours import version_recue
from maillage.interface.typographie import date_longue, heure
from maillage.socle.permissions import exige
from maillage.socle.refus import Introuvable

#: Past séances on one page.
PASSEES = 20

#: What the coordinator may do next, by state: (address, words of the button).
SUITES = {
    EtatSeance.PREPAREE: ("convoquer", "Convoquer les membres"),
    EtatSeance.CONVOQUEE: ("ouvrir", "Ouvrir la séance"),
    EtatSeance.OUVERTE: ("clore", "Clore la séance"),
}


#: Acts that nothing undoes: each has a page that says what follows, before its button.
SANS_RETOUR = {
    "annuler": (
        frozenset({EtatSeance.PREPAREE, EtatSeance.CONVOQUEE}),
        "Annuler la séance",
        "Elle ne se rouvre pas. Ses points sans décision pourront être inscrits à une autre séance.",
    ),
    "clore": (
        frozenset({EtatSeance.OUVERTE}),
        "Clore la séance",
        "Les décisions, les conclusions et les présences ne changeront plus. Le relevé sera prêt.",
    ),
}


@exige(SEANCES_VOIR)
@require_GET
def liste(request: HttpRequest) -> HttpResponse:
    """To come and the latest past; then, a page at a time, the older ones."""
    avant = _instant_lu(request.GET.get("avant", ""))
    a_venir = selectors.seances_a_venir() if avant is None else []
    lues = selectors.seances_passees(avant, limite=PASSEES + 1)
    passees = lues[:PASSEES]
    decompte = selectors.decompte([*a_venir, *passees])
    contexte = {
        "a_venir": [_ligne(seance, decompte[seance.pk]) for seance in a_venir],
        "passees": [_ligne(seance, decompte[seance.pk]) for seance in passees],
        "anciennes": avant is not None,
        "suivante": f"?{urlencode({'avant': passees[-1].commence_le.isoformat()})}"
        if len(lues) > PASSEES
        else "",
        "plusieurs_conseils": len({s.formation.conseil_id for s in (*a_venir, *passees)}) > 1,
    }
    return render(request, "instances/seances.html", contexte)


def _instant_lu(texte: str) -> datetime | None:
    """The cursor of a page of past séances; None at the start, or when it was damaged."""
    try:
        instant = datetime.fromisoformat(texte)
    except ValueError:
        return None
    return instant if instant.tzinfo is not None else None


def _ligne(seance: Seance, decompte: tuple[int, int]) -> dict[str, object]:
    themes, points = decompte
    return {
        "seance": seance,
        "modele": modeles()[seance.modele].libelle,
        "debut": _heure_locale(seance),
        "points": themes + points,
    }


@exige(SEANCES_CONDUIRE)
@require_http_methods(["GET", "POST"])
def preparer(request: HttpRequest, formation: UUID) -> HttpResponse:
    lue = formation_visible(formation)
    formulaire = PreparerSeance(request.POST or None, genre=lue.genre, fuseau=fuseau_du_conseil(lue.conseil))
    return envoyer(request, formulaire, lambda: _preparer(formation, formulaire)) or montrer(
        request, formulaire, gabarit="instances/seance_preparer.html", formation=lue
    )


def _preparer(formation: UUID, formulaire: PreparerSeance) -> str:
    seance = services.preparer_seance(
        formation=formation,
        modele=formulaire.cleaned_data["modele"],
        commence_le=formulaire.instant(),
        duree_minutes=formulaire.cleaned_data["duree_minutes"],
        lieu=formulaire.cleaned_data["lieu"],
    )
    return reverse("seances:detail", args=[seance.public_id])


@exige(SEANCES_VOIR)
@require_GET
def detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    seance = selectors.seance_visible(public_id)
    conduit = selectors.conduit(seance.formation)
    ouverte = seance.etat in {EtatSeance.PREPAREE, EtatSeance.CONVOQUEE, EtatSeance.OUVERTE}
    cercle = seance.formation.cercle_id
    contexte = {
        **_entete(seance),
        "points": selectors.points_de(seance),
        "themes": selectors.themes_de(seance),
        "presences": selectors.presences_de(seance),
        "presents": selectors.nombre_de_presents(seance),
        "propositions": selectors.propositions(seance) if conduit and ouverte else [],
        "conduit": conduit,
        "suite": SUITES.get(EtatSeance(seance.etat)) if conduit else None,
        "avant_sa_date": _avant_sa_date(seance),
        "annulable": conduit and seance.etat in {EtatSeance.PREPAREE, EtatSeance.CONVOQUEE},
        "lecteurs": lecteurs(cercle) if cercle is not None else None,
    }
    return render(request, "instances/seance.html", contexte)


def _heure_locale(seance: Seance) -> datetime:
    """The start as the council's clocks show it: naive, so that no template converts it again."""
    return seance.commence_le.astimezone(fuseau_du_conseil(seance.formation.conseil)).replace(tzinfo=None)


def _fil(seance: Seance, *suite: str) -> tuple[Lien, ...]:
    """From the list to the séance, then to the page itself when it is deeper."""
    nom = f"{seance.formation.nom}, séance n° {seance.numero}"
    ici = reverse("seances:detail", args=[seance.public_id]) if suite else ""
    return (Lien("Séances", reverse("seances:liste")), Lien(nom, ici), *map(Lien, suite))


def _entete(seance: Seance, *suite: str) -> dict[str, object]:
    return {
        "seance": seance,
        "fil": _fil(seance, *suite),
        "modele": modeles()[seance.modele],
        "debut": _heure_locale(seance),
    }


def _avant_sa_date(seance: Seance) -> bool:
    """Whether the day the members were convened for is still to come, where the council is."""
    return _heure_locale(seance).date() > aujourd_hui_du_conseil(seance.formation.conseil)


def _dans(seance: Seance) -> str:
    debut = _heure_locale(seance)
    jours = (debut.date() - aujourd_hui_du_conseil(seance.formation.conseil)).days
    dans = "demain" if jours == 1 else f"dans {jours} jours"
    return f"le {date_longue(debut.date())} à {heure(debut)}, {dans}"


def _confirmer(request: HttpRequest, public_id: UUID, pas: str) -> HttpResponse:
    """Say what follows an act without return; any other step is taken from the page of the séance."""
    seance = selectors.seance_visible(public_id)
    if not selectors.conduit(seance.formation):
        raise Introuvable(public_id)
    etats, titre, suite = SANS_RETOUR.get(pas, (frozenset(), "", ""))
    if pas == "ouvrir" and _avant_sa_date(seance):
        etats, titre = frozenset({EtatSeance.CONVOQUEE}), "Ouvrir la séance avant sa date"
        suite = f"Les membres sont attendus {_dans(seance)}. Les absents d’aujourd’hui n’auront pas décidé."
    if seance.etat not in etats:
        return redirect("seances:detail", public_id)
    return montrer(
        request,
        OuvrirAvantSaDate() if pas == "ouvrir" else Confirmation(),
        titre=titre,
        phrase=f"{seance.formation.nom}, séance n° {seance.numero}. {suite}",
        bouton=titre,
        annuler=reverse("seances:detail", args=[public_id]),
        version=seance.version,
        fil=_fil(seance, titre),
    )


@exige(SEANCES_CONDUIRE)
@require_http_methods(["GET", "POST"])
def avancer(request: HttpRequest, public_id: UUID, pas: str) -> HttpResponse:
    """Convene, open, close or cancel; the version on the page must be the one in force."""
    if request.method == "GET":
        return _confirmer(request, public_id, pas)
    version = version_recue(request, 0)
    if pas == "convoquer":
        attendus = services.convoquer(seance=public_id, version=version)
        messages.success(request, f"Séance convoquée : {attendus} personnes attendues.")
    elif pas == "ouvrir":
        services.ouvrir_seance(
            seance=public_id, version=version, avant_sa_date=request.POST.get("avant_sa_date") == "oui"
        )
        messages.success(request, "Séance ouverte. Notez d’abord les présences.")
    elif pas == "clore":
        services.clore_seance(seance=public_id, version=version)
        messages.success(request, "Séance close. Son relevé est prêt.")
    else:
        services.annuler_seance(seance=public_id, version=version)
        messages.success(request, "Séance annulée.")
    return redirect("seances:detail", public_id)


@exige(SEANCES_CONDUIRE)
@require_POST
def inscrire(request: HttpRequest, public_id: UUID) -> HttpResponse:
    try:
        objets = [UUID(valeur) for valeur in request.POST.getlist("objet")]
    except ValueError:
        raise Introuvable(public_id) from None
    ajoutes = services.inscrire_points(seance=public_id, objets=objets)
    messages.success(
        request, f"{ajoutes} points inscrits à l’ordre du jour." if ajoutes else "Rien à inscrire."
    )
    return redirect("seances:detail", public_id)


@exige(SEANCES_CONDUIRE)
@require_POST
def retirer(request: HttpRequest, public_id: UUID, point: UUID) -> HttpResponse:
    services.retirer_point(seance=public_id, point=point)
    messages.success(request, "Point retiré de l’ordre du jour ; il reste proposé.")
    return redirect("seances:detail", public_id)


@exige(SEANCES_VOIR)
@require_GET
def releve(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The record of decisions, for the readers of the formation; printed as it stands."""
    seance = selectors.seance_visible(public_id)
    presences = selectors.presences_de(seance)
    contexte = {
        **_entete(seance, "Relevé de décisions"),
        "points": selectors.points_de(seance),
        "themes": selectors.themes_de(seance),
        "presents": [presence for presence in presences if presence.etat == EtatPresence.PRESENT],
        "autres": [presence for presence in presences if presence.etat != EtatPresence.PRESENT],
    }
    return render(request, "instances/seance_releve.html", contexte)


@exige(SEANCES_VOIR)
@require_GET
def calendrier_de_la_seance(request: HttpRequest, public_id: UUID) -> HttpResponse:
    seance = selectors.seance_visible(public_id)
    contenu = calendrier.fichier(
        seance=seance.public_id,
        numero=seance.numero,
        debut=seance.commence_le,
        duree_minutes=seance.duree_minutes,
        lieu=seance.lieu,
        url=request.build_absolute_uri(reverse("seances:detail", args=[seance.public_id])),
    )
    reponse = HttpResponse(contenu, content_type="text/calendar; charset=utf-8")
    reponse["Content-Disposition"] = f'attachment; filename="reunion-{seance.numero}.ics"'
    return reponse
