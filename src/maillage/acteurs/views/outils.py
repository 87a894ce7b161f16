"""What several views of the room share."""

from django import forms
from django.http import HttpRequest

from maillage.acteurs.models import Compte
from maillage.socle.journal import journaliser
from maillage.socle.refus import Refus


def refus_au_formulaire(formulaire: forms.Form, refus: Refus) -> None:
    """Say a refusal in the form it concerns, which keeps what was typed; the journal keeps the attempt."""
    for motif in refus.verdict.motifs:
        formulaire.add_error(None, motif.texte)
    journaliser(
        "refus", objet=refus.objet, details={"motifs": [m.code for m in refus.verdict.motifs], "statut": 422}
    )


def moi(request: HttpRequest) -> Compte:
    """The signed-in account; the permission of the view has already said that there is one."""
    assert isinstance(request.user, Compte)
    return request.user
