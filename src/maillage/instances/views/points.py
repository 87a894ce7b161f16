"""Pages used during a séance: who is there, what is decided, what is concluded."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from maillage.instances.forms_seance import ConclureTheme, DeciderPoint, NoterPresences
from maillage.instances.models.seance import Seance
from maillage.instances.perms_seance import SEANCES_CONDUIRE
from maillage.instances.selectors import seances as selectors
from maillage.instances.selectors.acces import lecteurs
from maillage.instances.services import seances as services
from maillage.interface.retours import refus_au_formulaire, statut_de
from maillage.socle.permissions import exige
from maillage.socle.refus import Introuvable, Refus


@exige(SEANCES_CONDUIRE)
@require_http_methods(["GET", "POST"])
def presences(request: HttpRequest, public_id: UUID) -> HttpResponse:
    seance = selectors.seance_visible(public_id)
    formulaire = NoterPresences(request.POST or None, attendus=selectors.presences_de(seance))
    if request.method == "POST" and formulaire.is_valid():
        try:
            services.noter_presences(seance=public_id, etats=formulaire.etats())
        except Refus as refus:
            refus_au_formulaire(formulaire, refus)
        else:
            messages.success(request, "Présences notées.")
            return redirect("seances:detail", public_id)
    contexte = {"seance": seance, "formulaire": formulaire}
    statut = statut_de(formulaire)
    return render(request, "instances/seance_presences.html", contexte, status=statut)


@exige(SEANCES_CONDUIRE)
@require_http_methods(["GET", "POST"])
def point(request: HttpRequest, public_id: UUID, point: UUID) -> HttpResponse:
    seance = selectors.seance_visible(public_id)
    lignes = selectors.points_de(seance)
    rang = next((i for i, ligne in enumerate(lignes) if ligne.point.public_id == point), None)
    if rang is None:
        raise Introuvable(point)
    ligne = lignes[rang]
    formulaire = DeciderPoint(
        request.POST or None,
        decisions=list(ligne.source.decisions(ligne.point.cercle_id, ligne.point.objet)),
        initial={"version": ligne.point.version},
    )
    # A point decided meanwhile goes to the service too: it refuses, and the attempt is journalled.
    if request.method == "POST" and (formulaire.is_valid() or ligne.decide):
        try:
            services.decider_point(seance=public_id, point=point, **formulaire.decision_prise())
        except Refus as refus:
            refus_au_formulaire(formulaire, refus)
            # What another person decided meanwhile stands beside the choice just made, which stays on screen.
            lignes = selectors.points_de(seance)
        else:
            return _au_suivant(request, seance, lignes, rang)
    contexte = {
        "seance": seance,
        "lignes": lignes,
        "ligne": lignes[rang],
        "numero": rang + 1,
        "formulaire": formulaire,
        "choix": ligne.en_clair(request.POST.get("decision", "")),
        "lecteurs": lecteurs(ligne.point.cercle_id),
    }
    statut = 409 if formulaire.is_bound and lignes[rang].decide else statut_de(formulaire)
    return render(request, "instances/seance_point.html", contexte, status=statut)


def _au_suivant(
    request: HttpRequest, seance: Seance, lignes: list[selectors.LigneDePoint], rang: int
) -> HttpResponse:
    messages.success(request, f"Décision enregistrée pour le point {rang + 1}.")
    for suivante in [*lignes[rang + 1 :], *lignes[:rang]]:
        if not suivante.point.decision:
            return redirect("seances:point", seance.public_id, suivante.point.public_id)
    return redirect("seances:detail", seance.public_id)


@exige(SEANCES_CONDUIRE)
@require_http_methods(["GET", "POST"])
def theme(request: HttpRequest, public_id: UUID, theme: UUID) -> HttpResponse:
    seance = selectors.seance_visible(public_id)
    lu = next((t for t in selectors.themes_de(seance) if t.public_id == theme), None)
    if lu is None:
        raise Introuvable(theme)
    formulaire = ConclureTheme(request.POST or None, initial={"releve": lu.releve, "version": lu.version})
    if request.method == "POST" and formulaire.is_valid():
        try:
            services.conclure_theme(seance=public_id, theme=theme, **formulaire.cleaned_data)
        except Refus as refus:
            refus_au_formulaire(formulaire, refus)
        else:
            messages.success(request, "Point conclu.")
            return redirect("seances:detail", public_id)
    contexte = {"seance": seance, "theme": lu, "formulaire": formulaire}
    statut = statut_de(formulaire)
    return render(request, "instances/seance_theme.html", contexte, status=statut)
