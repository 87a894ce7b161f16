"""What several views of the room share."""

from django import forms

from maillage.socle.journal import journaliser
from maillage.socle.refus import Refus


def refus_au_formulaire(formulaire: forms.Form, refus: Refus) -> None:
    """Say a refusal in the form it concerns, which keeps what was typed; the journal keeps the attempt."""
    for motif in refus.verdict.motifs:
        formulaire.add_error(None, motif.texte)
    journaliser(
        "refus", objet=refus.objet, details={"motifs": [m.code for m in refus.verdict.motifs], "statut": 422}
    )
