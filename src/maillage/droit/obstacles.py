"""What may oppose an act: declared once by each rule, in a fixed order, with what it rests on.

A rule says what it finds in any order; the answer lists every reason in the order declared. The computed
documentation reads the same declarations.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from maillage.droit.parametres import parametre, valeur_ou_rien
from maillage.droit.verdict import Echeances, Force, Motif, Verdict


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One way a rule refuses: its stable code, its general sentence, and what it rests on.

    Either ``parametre``, whose value of the day gives basis and force, or a fixed ``base_legale`` and
    ``force``. A parameter without a value that day, or whose value is « non », opposes nothing.
    """

    code: str
    sens: str
    parametre: str = ""
    base_legale: str = ""
    force: Force = Force.LOI

    def motif(self, le: date, texte: str = "", appui: str = "") -> Motif | None:
        """The reason as the law of that day gives it, ``appui`` being a parameter more precise than ours."""
        code = appui or self.parametre
        if not code:
            return Motif(self.code, texte or self.sens, self.base_legale, self.force)
        valeur = valeur_ou_rien(code, le)
        if valeur is None or valeur.valeur is False:
            return None
        return valeur.motif(self.code, texte or self.sens)

    def fondement(self) -> tuple[str, Force, bool]:
        """Basis, force and whether it is still to be checked, as the latest value has them."""
        if not self.parametre:
            return self.base_legale, self.force, False
        derniere = parametre(self.parametre).valeurs[-1]
        return derniere.base_legale, derniere.force, derniere.a_verifier


class Releve:
    """What a rule found against an act. Local to one judgement."""

    def __init__(self, obstacles: Iterable[Obstacle], le: date) -> None:
        self._obstacles = {obstacle.code: obstacle for obstacle in obstacles}
        self._le = le
        self._motifs: dict[str, Motif] = {}

    def noter(self, code: str, texte: str = "", *, appui: str = "") -> None:
        """Note an obstacle of the declared table; one the law of the day does not know is left out."""
        motif = self._obstacles[code].motif(self._le, texte, appui)
        if motif is not None:
            self._motifs[code] = motif

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(self._motifs)

    def verdict(self, echeances: Echeances | None = None) -> Verdict:
        """Every reason noted, in the order of the table."""
        return Verdict.selon((self._motifs[c] for c in self._obstacles if c in self._motifs), echeances)
