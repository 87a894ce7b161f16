"""What this room shows on the page of a situation."""

from django.urls import reverse

from maillage.situations.api import Dossier, Encart


def _dispositifs(dossier: Dossier, _ecrit: bool) -> dict[str, str] | None:
    """The way to the schemes, for an open file."""
    if dossier.close:
        return None
    return {"url": reverse("parcours:personne", args=[dossier.situation.public_id])}


DISPOSITIFS = Encart("dispositifs", 20, "parcours/_encart.html", _dispositifs)
