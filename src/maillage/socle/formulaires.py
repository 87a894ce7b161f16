"""How a refusal is told in the form it concerns, which keeps what was typed."""

from django import forms

from maillage.socle.journal import journaliser
from maillage.socle.refus import Refus


def refus_au_formulaire(formulaire: forms.BaseForm, refus: Refus) -> None:
    """Say every reason in the form's summary; the journal keeps the attempt."""
    for motif in refus.verdict.motifs:
        formulaire.add_error(None, motif.texte)
    journaliser(
        "refus",
        objet=refus.objet,
        details={"motifs": [motif.code for motif in refus.verdict.motifs], "statut": refus.statut},
    )
