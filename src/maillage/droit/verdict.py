"""What a rule answers: a verdict and its reasons, the same on screens, letters, command line and journal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Self

Echeances = Mapping[str, date | None]


class Force(StrEnum):
    """How strong a reason is. Only the law leaves no room."""

    LOI = "loi"
    DOCTRINE = "doctrine"
    USAGE = "usage"


@dataclass(frozen=True, slots=True)
class Motif:
    """One reason: a stable code, a French sentence, its legal reference and its force."""

    code: str
    texte: str
    base_legale: str
    force: Force
    a_verifier: bool = False

    @property
    def levee_possible(self) -> bool:
        """A person in charge may set aside a doctrine or a usage, with a written reason; never the law."""
        return self.force is not Force.LOI

    def en_dict(self) -> dict[str, Any]:
        """The stable form of the command line; ``a_verifier`` is written only where it is true."""
        rendu: dict[str, Any] = {
            "code": self.code,
            "texte": self.texte,
            "base_legale": self.base_legale,
            "force": self.force.value,
            "levee_possible": self.levee_possible,
        }
        if self.a_verifier:
            rendu["a_verifier"] = True
        return rendu


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer of a rule.

    ``ok`` is stated, not deduced from the reasons: a rule that answers a question (« est-ce obligatoire ? »)
    gives its reasons for a yes as for a no. ``echeances`` holds the computed dates, None for « not yet ».
    """

    ok: bool
    motifs: tuple[Motif, ...] = ()
    # Left out of the hash: a mapping has none. Equality still compares it.
    echeances: Echeances = field(default_factory=lambda: MappingProxyType({}), hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "motifs", tuple(self.motifs))
        object.__setattr__(self, "echeances", MappingProxyType(dict(self.echeances)))

    @classmethod
    def accord(cls, echeances: Echeances | None = None, motifs: Iterable[Motif] = ()) -> Self:
        """Yes, possibly with the reasons why and the dates that follow."""
        return cls(True, tuple(motifs), echeances or {})

    @classmethod
    def refus(cls, motifs: Iterable[Motif], echeances: Echeances | None = None) -> Self:
        """No, and why: a refusal without a reason is a fault of the rule."""
        raisons = tuple(motifs)
        if not raisons:
            raise ValueError("Un refus sans motif ne s’explique à personne.")
        return cls(False, raisons, echeances or {})

    @classmethod
    def selon(cls, motifs: Iterable[Motif], echeances: Echeances | None = None) -> Self:
        """Yes when nothing opposes it, otherwise a refusal with every reason found."""
        raisons = tuple(motifs)
        return cls(not raisons, raisons, echeances or {})

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(motif.code for motif in self.motifs)

    def en_dict(self) -> dict[str, Any]:
        return {
            "ok": self.ok,
            "motifs": [motif.en_dict() for motif in self.motifs],
            "echeances": {
                nom: jour.isoformat() if jour is not None else None for nom, jour in self.echeances.items()
            },
        }
