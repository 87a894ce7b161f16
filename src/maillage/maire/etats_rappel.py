"""The states of a rappel à l'ordre, once, as data (fiche 37)."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class EtatRappel(StrEnum):
    RECU = "recu"
    CONSULTE = "consulte"
    CONVOQUE = "convoque"
    REPORTE = "reporte"
    CARENCE = "carence"
    ENTENDU = "entendu"
    PRONONCE = "prononce"
    CONSIGNE = "consigne"
    ARRETE = "arrete"
    CLOS = "clos"
    SANS_ACTE = "sans_acte"
    TRANSMIS = "transmis"
    RECTIFIE = "rectifie"


LIBELLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        EtatRappel.RECU: "Reçu",
        EtatRappel.CONSULTE: "Parquet consulté",
        EtatRappel.CONVOQUE: "Convoqué",
        EtatRappel.REPORTE: "Audition reportée",
        EtatRappel.CARENCE: "Absent à l’audition",
        EtatRappel.ENTENDU: "Entendu",
        EtatRappel.PRONONCE: "Rappel fait",
        EtatRappel.CONSIGNE: "Compte rendu fait",
        EtatRappel.ARRETE: "Arrêté : plainte ou procédure",
        EtatRappel.CLOS: "Clos",
        EtatRappel.SANS_ACTE: "Clos sans rappel",
        EtatRappel.TRANSMIS: "Transmis au parquet",
        EtatRappel.RECTIFIE: "Rectifié",
    }
)


#: What stops a file, at any step before the act.
_AVANT_L_ACTE: Final = frozenset(
    {EtatRappel.ARRETE, EtatRappel.SANS_ACTE, EtatRappel.TRANSMIS, EtatRappel.RECTIFIE}
)

#: A complaint stops the file whatever was done before the act. Done, an act is only corrected by another.
TRANSITIONS_RAPPEL: Final[Mapping[EtatRappel, frozenset[EtatRappel]]] = MappingProxyType(
    {
        EtatRappel.RECU: _AVANT_L_ACTE | {EtatRappel.CONSULTE, EtatRappel.CONVOQUE},
        EtatRappel.CONSULTE: _AVANT_L_ACTE | {EtatRappel.CONVOQUE},
        EtatRappel.CONVOQUE: _AVANT_L_ACTE | {EtatRappel.REPORTE, EtatRappel.CARENCE, EtatRappel.ENTENDU},
        EtatRappel.REPORTE: _AVANT_L_ACTE | {EtatRappel.CONSULTE, EtatRappel.CONVOQUE},
        EtatRappel.CARENCE: _AVANT_L_ACTE | {EtatRappel.CONVOQUE},
        EtatRappel.ENTENDU: _AVANT_L_ACTE | {EtatRappel.PRONONCE, EtatRappel.REPORTE},
        EtatRappel.PRONONCE: frozenset({EtatRappel.CONSIGNE, EtatRappel.RECTIFIE}),
        EtatRappel.CONSIGNE: frozenset({EtatRappel.CLOS, EtatRappel.RECTIFIE}),
        EtatRappel.ARRETE: frozenset(
            {EtatRappel.RECU, EtatRappel.SANS_ACTE, EtatRappel.TRANSMIS, EtatRappel.RECTIFIE}
        ),
        EtatRappel.CLOS: frozenset({EtatRappel.RECTIFIE}),
        EtatRappel.SANS_ACTE: frozenset({EtatRappel.RECTIFIE}),
        EtatRappel.TRANSMIS: frozenset({EtatRappel.RECTIFIE}),
        EtatRappel.RECTIFIE: frozenset(),
    }
)
#: Nothing more is awaited.
FINIS: Final = frozenset({EtatRappel.CLOS, EtatRappel.SANS_ACTE, EtatRappel.TRANSMIS, EtatRappel.RECTIFIE})
#: The act has been done.
FAITS: Final = frozenset({EtatRappel.PRONONCE, EtatRappel.CONSIGNE, EtatRappel.CLOS})
AVANT_L_ACTE: Final = frozenset(
    etat for etat, vers in TRANSITIONS_RAPPEL.items() if EtatRappel.TRANSMIS in vers
)


def possible(de: str, vers: EtatRappel) -> bool:
    """Whether a file in that state may go there."""
    return vers in TRANSITIONS_RAPPEL[EtatRappel(de)]
