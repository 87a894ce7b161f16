"""The names of the instances a function is exercised on: they are in a higher room, which tells them."""

from collections.abc import Callable, Collection, Mapping

#: From the codes of functions (public ids of councils) to their names; what is unknown is left out.
Nommer = Callable[[Collection[str]], Mapping[str, str]]

_declarees: list[Nommer] = []


def declarer_noms_des_instances(nommer: Nommer) -> None:
    """Declare who names instances; declaring twice changes nothing."""
    if nommer not in _declarees:
        _declarees.append(nommer)


def noms_des_instances(codes: Collection[str]) -> dict[str, str]:
    """The names known of these codes."""
    return {code: nom for nommer in _declarees for code, nom in nommer(codes).items()}
