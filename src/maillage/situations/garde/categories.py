"""What a category of the guard is made of, and how its patterns are written.

Patterns are fragments of regular expressions over lower-case text without accents; they must stand as
whole words. A doubled letter is always optional in the text: « canabis » is found as « cannabis » is.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Categorie:
    """One thing that may not be recorded: what it touches, and what to write instead.

    ``sauf`` are longer expressions in which a pattern is harmless; ``collectif`` says that a pattern is
    harmless too in the title of a public action (« prévention des addictions »), which speaks of nobody.
    """

    code: str
    libelle: str
    conseil: str
    motifs: tuple[str, ...] = ()
    sauf: tuple[str, ...] = ()
    collectif: bool = False
