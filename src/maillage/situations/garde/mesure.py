"""What the guard of this installation was worth when it was measured, and whether it is still that one."""

import json
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

_ICI: Final = Path(__file__).parent
_DONNEES: Final = _ICI.parent / "donnees"
#: Written with the computed pages, from the sentences of the test suite, which is not installed.
MESURE: Final = _DONNEES / "garde" / "mesure.json"


@dataclass(frozen=True, slots=True)
class MesureGardee:
    """On sentences never used to tune it: how many, precision and recall; ``lexique``: of which guard."""

    lexique: str
    phrases: int
    precision: float
    rappel: float


@cache
def version() -> str:
    """What names the guard as it is: its rules and its lists, to the byte."""
    lus = sha256()
    for fichier in (*sorted(_ICI.glob("*.py")), *sorted(_DONNEES.rglob("*.txt"))):
        lus.update(fichier.name.encode() + b"\0" + fichier.read_bytes() + b"\0")
    return lus.hexdigest()[:12]


def mesure() -> MesureGardee:
    """The figures published with this guard."""
    return MesureGardee(**json.loads(MESURE.read_text(encoding="utf-8")))
