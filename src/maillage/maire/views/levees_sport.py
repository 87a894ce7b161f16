"""What opposes a step of a venue's file, and how the mayor sets aside what is not the law."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from maillage.droit.api import Motif
from maillage.maire.forms.transaction import Lever
from maillage.maire.perms import ACTES_PRONONCER
from maillage.maire.rules.sport import REGLE
from maillage.maire.selectors.levees import codes_leves, levees_de
from maillage.maire.selectors.sport import MesureVue, mesure_vue
from maillage.maire.services import reparation_sport
from maillage.maire.views.page_sport import page_de
from maillage.maire.views.transactions import ouvre
from maillage.situations.views.commun import traiter
from maillage.socle.journal import journaliser
from maillage.socle.permissions import exige
from maillage.socle.refus import Introuvable
from maillage.strategie.api import liste


def levees(request: HttpRequest, vue: MesureVue) -> dict[str, Any]:
    """For the page of a file: what still opposes, each with the way to set it aside; what was set aside."""
    deja = codes_leves(vue.mesure.public_id, REGLE)
    raisons = liste("motifs_levee_maire")
    return {
        "opposes": [
            (motif, _adresse(request, vue, motif))
            for motif in reparation_sport.obstacles(vue).motifs
            if motif.code not in deja
        ],
        "levees": [
            (levee, raisons.item(levee.raison).libelle)
            for levee in levees_de(vue.mesure.public_id, vue.identite.public_id)
        ],
    }


def _adresse(request: HttpRequest, vue: MesureVue, motif: Motif) -> str:
    if not motif.levee_possible or not ouvre(request, ACTES_PRONONCER):
        return ""
    return reverse("sport:lever", args=[vue.mesure.public_id, motif.code])


@exige(ACTES_PRONONCER)
@require_http_methods(["GET", "POST"])
def lever(request: HttpRequest, cle: UUID, code: str) -> HttpResponse:
    """Set aside a doctrine that opposes a step, by the mayor of the commune."""
    vue = mesure_vue(cle)
    motif = next(
        (m for m in reparation_sport.obstacles(vue).motifs if m.code == code and m.levee_possible), None
    )
    if motif is None:
        raise Introuvable(cle)
    journaliser("lecture_mesure_sport", objet=cle, cercle=vue.ou.cercle, details={"page": "formulaire"})
    formulaire = Lever(request.POST or None, jour=vue.ou.jour)

    def faire(lues: dict[str, Any]) -> None:
        reparation_sport.lever(mesure=cle, code=code, **lues)

    note = f"{motif.texte} {motif.base_legale}."
    return traiter(
        request, page_de(vue, "Écarter une raison", "Écarter cette raison", note), formulaire, faire
    )
