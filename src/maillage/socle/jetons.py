"""One-use form tokens: a second click, or a page sent again, leads to the first result."""

import uuid
from collections.abc import Callable
from datetime import timedelta

from django.db import IntegrityError, transaction

from maillage.droit.api import Force, Motif, Verdict, entier
from maillage.socle.contexte import acteur_requis
from maillage.socle.models import JetonFormulaire
from maillage.socle.refus import Refus
from maillage.socle.temps import maintenant

DEJA_ENVOYE = Motif(
    code="deja_envoye",
    texte="Ce formulaire vient d’être envoyé : rien n’a été enregistré une seconde fois.",
    base_legale="Règle d’usage : un envoi, un enregistrement",
    force=Force.USAGE,
)


def nouveau_jeton() -> uuid.UUID:
    """The value of a form's hidden field."""
    return uuid.uuid4()


def lire(texte: str) -> uuid.UUID:
    """The token a form sent back; a missing or damaged one protects nothing and fails nothing."""
    try:
        return uuid.UUID(texte)
    except ValueError:
        return nouveau_jeton()


def deja_recu(jeton: uuid.UUID) -> str | None:
    """The address of the first result of this token for the current actor, or None."""
    return (
        JetonFormulaire.objects.filter(compte=acteur_requis(), jeton=jeton)
        .values_list("resultat", flat=True)
        .first()
    )


def consommer(jeton: uuid.UUID, resultat: str) -> None:
    """Spend the token. Must run in the savepoint of the write it protects: a refusal undoes both."""
    try:
        with transaction.atomic():
            JetonFormulaire.objects.create(
                compte=acteur_requis(), jeton=jeton, resultat=resultat, le=maintenant()
            )
    except IntegrityError as deja:
        raise Refus(Verdict.refus([DEJA_ENVOYE]), statut=409) from deja


def purger_jetons() -> int:
    """Erase the tokens of pages nobody can still have open; for the daily purge. Returns how many.

    Kept longer than any session: a page of last week no longer sends anything.
    """
    instant = maintenant()
    memoire = timedelta(days=entier("conservation.jeton_jours", instant.date()))
    return JetonFormulaire.objects.filter(le__lt=instant - memoire).delete()[0]


def une_seule_fois(jeton: uuid.UUID, faire: Callable[[], str]) -> str:
    """The address of the result of ``faire``, run at most once for this token and this account.

    ``faire`` writes and returns the address to lead to. Two simultaneous submissions meet on the
    unique key: the second is undone whole.
    """
    adresse = deja_recu(jeton)
    if adresse is not None:
        return adresse
    with transaction.atomic():
        adresse = faire()
        consommer(jeton, adresse)
    return adresse
