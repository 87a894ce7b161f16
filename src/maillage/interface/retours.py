"""What a form says when a service refuses: every reason, what was typed, and what changed meanwhile."""

from django import forms
from django.http import HttpRequest

from maillage.interface.formulaires import Formulaire
from maillage.socle.journal import journaliser
from maillage.socle.refus import Refus

PERIME = (
    "Une autre personne a modifié cette page pendant votre saisie. "
    "Ce qu’elle a enregistré est rappelé sous chaque champ qui diffère. "
    "Envoyez de nouveau pour garder votre saisie."
)


def refus_au_formulaire(formulaire: forms.BaseForm, refus: Refus) -> None:
    """Say every reason in the form's summary; the journal keeps the attempt.

    A stale edit (409) is shown beside what was recorded meanwhile, and may then be sent again on purpose.
    """
    if refus.statut == 409 and isinstance(formulaire, Formulaire) and formulaire.confronter():
        formulaire.add_error(None, PERIME)
    else:
        for motif in refus.verdict.motifs:
            formulaire.add_error(None, motif.texte)
    journaliser(
        "refus",
        objet=refus.objet,
        details={"motifs": [motif.code for motif in refus.verdict.motifs], "statut": refus.statut},
    )


def statut_de(formulaire: forms.BaseForm) -> int:
    """HTTP status of the page that shows this form: 200 to fill in, 409 outdated, 422 to correct."""
    if not formulaire.is_bound:
        return 200
    return 409 if getattr(formulaire, "perime", False) else 422


def version_recue(request: HttpRequest, defaut: int) -> int:
    """The version the page was opened on; ``defaut`` where none was sent, 0 (always stale) for nonsense."""
    valeur = request.POST.get("version")
    if valeur is None:
        return defaut
    return int(valeur) if valeur.isdecimal() and len(valeur) < 10 else 0
