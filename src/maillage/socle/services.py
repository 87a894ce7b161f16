"""What a write looks like: one function, keyword-only, in a savepoint, with an actor."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import ProgrammingError, models, transaction

from maillage.droit.api import Force, Motif, Verdict
from maillage.socle.contexte import acteur_requis
from maillage.socle.memoire import oublier
from maillage.socle.refus import Introuvable, Refus

P = ParamSpec("P")
R = TypeVar("R")


def commande(fonction: Callable[P, R]) -> Callable[P, R]:
    """Run a service in a savepoint: a refusal undoes all of it, the journal entry survives."""

    @wraps(fonction)
    def executer(*args: P.args, **kwargs: P.kwargs) -> R:
        acteur_requis()
        oublier()
        try:
            with transaction.atomic():
                return fonction(*args, **kwargs)
        except ProgrammingError as erreur:
            refus = _en_refus(erreur)
            if refus is None:
                raise
            raise refus from erreur
        finally:
            oublier()

    return executer


#: By the first line of the message: what a trigger refuses, and the reason a page gives for it.
_refus_de_la_base: dict[str, Motif] = {}


def expliquer(message: str, motif: Motif) -> None:
    """Say, at start, what a refusal of the database means; two reasons for one message is an error."""
    if _refus_de_la_base.setdefault(message, motif) != motif:
        raise ValueError(f"refus déjà expliqué : {message}")


def _en_refus(erreur: ProgrammingError) -> Refus | None:
    premiere = str(erreur).partition("\n")[0]
    motif = _refus_de_la_base.get(premiere)
    return Refus(Verdict.refus([motif])) if motif is not None else None


MODIFIE_ENTRE_TEMPS = Motif(
    code="modifie_entre_temps",
    texte="Cette page a été modifiée par une autre personne depuis que vous l’avez ouverte.",
    base_legale="Règle d’usage : deux saisies simultanées ne s’écrasent jamais",
    force=Force.USAGE,
)


def modifier(lignes: "models.QuerySet[models.Model]", *, version: int, **valeurs: object) -> None:
    """Update exactly one row at its expected version, else refuse with 409.

    ``save()`` is never used on a nominative row: on a hidden one it would become an INSERT.
    ``lignes`` must select one row by its key.
    """
    touchees = lignes.filter(version=version).update(version=version + 1, **valeurs)
    if touchees == 1:
        return
    if not lignes.exists():
        raise Introuvable()
    raise Refus(Verdict.refus([MODIFIE_ENTRE_TEMPS]), statut=409)
