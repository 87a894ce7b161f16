"""Addresses written dozens of times in a page: resolved once, since the map of addresses never changes."""

from functools import cache
from uuid import UUID

from django.urls import reverse


def adresse(route: str, *cles: UUID) -> str:
    """What ``reverse`` gives for that route and those public ids."""
    morceaux = _patron(route, len(cles))
    return morceaux[0] + "".join(f"{cle}{suite}" for cle, suite in zip(cles, morceaux[1:], strict=True))


@cache
def _patron(route: str, combien: int) -> tuple[str, ...]:
    """The fixed parts of the address, around its public ids."""
    reperes = [UUID(int=rang + 1) for rang in range(combien)]
    texte = reverse(route, args=reperes)
    morceaux = []
    for repere in reperes:
        avant, _, texte = texte.partition(str(repere))
        morceaux.append(avant)
    return (*morceaux, texte)
