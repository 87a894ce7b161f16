"""What this room shows on the page of a situation."""

from collections.abc import Mapping
from typing import Any, Final

from django.urls import reverse

from maillage.parcours.selectors.sortie import composer, plans_de
from maillage.parcours.views.frise_sortie import constat
from maillage.situations.api import Dossier, Encart


def _dispositifs(dossier: Dossier, _ecrit: bool) -> dict[str, str] | None:
    """The way to the schemes, for an open file."""
    if dossier.close:
        return None
    return {"url": reverse("parcours:personne", args=[dossier.situation.public_id])}


def _plan_de_sortie(dossier: Dossier, ecrit: bool) -> Mapping[str, Any] | None:
    """The plan and its finding; the way to prepare one, where a judicial member sits."""
    if dossier.close:
        return None
    plan = plans_de(dossier.situation).first()
    if plan is not None:
        vu = composer(plan, dossier.ici)
        return {"situation": dossier.situation, "vu": vu, "constat": constat(vu)}
    if not ecrit or not dossier.ici.judiciaire_siege or dossier.situation.exposition != "recidive":
        return None
    return {"situation": dossier.situation, "vu": None, "constat": ""}


def _parcours(dossier: Dossier, _ecrit: bool) -> dict[str, str] | None:
    """The way to what was proposed, for an open file."""
    if dossier.close:
        return None
    return {"url": reverse("orientations:parcours", args=[dossier.situation.public_id])}


ENCARTS: Final = (
    Encart("parcours", 10, "parcours/_encart_parcours.html", _parcours),
    Encart("dispositifs", 20, "parcours/_encart.html", _dispositifs),
    Encart("plan_de_sortie", 60, "parcours/_sortie.html", _plan_de_sortie),
)
