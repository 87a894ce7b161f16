"""A text put in a spreadsheet stays a text: no cell of ours begins a formula."""

from typing import Final

#: What office suites read as the start of a formula, even behind a separator they cut themselves.
FORMULES: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


def sans_formule(cellule: str) -> str:
    """The text, behind an apostrophe when a suite would compute it."""
    return f"'{cellule}" if cellule.startswith(FORMULES) else cellule
