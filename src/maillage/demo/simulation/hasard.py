"""Chance from a seed, with the few draws a simulation makes millions of times."""

from collections.abc import Sequence
from random import Random
from typing import TypeVar
from uuid import UUID

T = TypeVar("T")

_VERSION = ~(0xF000 << 64) & ~(0xC000 << 48)
_UUID4 = (0x4000 << 64) | (0x8000 << 48)


class Hasard(Random):
    """Not for secrecy: a seed must give the same country everywhere."""

    def uuid(self) -> UUID:
        """A version 4 public id."""
        return UUID(int=self.getrandbits(128) & _VERSION | _UUID4)

    def un(self, choix: Sequence[T]) -> T:
        """One of them; several times faster than ``choice``."""
        return choix[int(self.random() * len(choix))]

    def entre(self, bas: int, haut: int) -> int:
        """An integer from ``bas`` to ``haut``, both included."""
        return bas + int(self.random() * (haut - bas + 1))

    def arrive(self, chance: float) -> bool:
        """True that often, from 0 to 1."""
        return self.random() < chance
