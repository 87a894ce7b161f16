"""The protocol with the parquet an act rests on: what the commune signed, as it stands on the day of the act.

A kind of convention like the others (``documents``): same signatures, amendments, term and reminders. The
text an EPCI or a parquet proposes is adapted and signed by each commune: the mayor keeps these powers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal
from uuid import UUID

from maillage.documents.api import ConventionDeCommune, conventions_de_la_commune
from maillage.maire.lieux import Lieu
from maillage.maire.models import Pouvoir

GENRE: Final = "protocole_parquet"
#: The field of the template that says whether a power is covered.
CHAMP_DU_POUVOIR: Final[Mapping[Pouvoir, str]] = {
    Pouvoir.RAPPEL: "rappel",
    Pouvoir.TRANSACTION: "transaction",
    Pouvoir.SPORT: "sport",
}
#: The fields that say which families of contraventions a settlement may be about.
FAMILLES_DE_CONTRAVENTIONS: Final = ("degradations", "depots", "voirie", "arretes")
OUI: Final = "oui"


@dataclass(frozen=True, slots=True)
class Protocole:
    """A protocol signed by the parquet and the commune. ``fin`` is its last day of force.

    ``silence``: what no answer of the parquet means once ``delai_jours`` are over. ``contraventions``: the
    families a settlement may be about (codes of the attribute « famille » of the list ``contraventions_pm``).
    """

    reference: UUID
    numero: int
    debut: date
    fin: date
    consultation_prealable: bool
    delai_jours: int
    silence: Literal["accord", "attente"]
    pouvoirs: frozenset[Pouvoir]
    contraventions: frozenset[str]

    def couvre(self, pouvoir: Pouvoir) -> bool:
        return pouvoir in self.pouvoirs


@dataclass(frozen=True, slots=True)
class ProtocoleDeCommune:
    """A protocol and where it stands, whatever its state: what the page of protocols lists."""

    convention: ConventionDeCommune
    protocole: Protocole


def protocole_en_vigueur(ou: Lieu, pouvoir: Pouvoir, le: date) -> Protocole | None:
    """The protocol in force that day, in that commune, that covers the power; None where there is none."""
    for lu in protocoles(ou, le):
        if lu.convention.en_vigueur and lu.protocole.couvre(pouvoir):
            return lu.protocole
    return None


def protocoles(ou: Lieu, le: date) -> list[ProtocoleDeCommune]:
    """Every protocol of the commune as it stands on ``le``, the last to begin first."""
    lues = conventions_de_la_commune(GENRE, ou.commune, le)
    return [ProtocoleDeCommune(convention, _protocole(convention)) for convention in lues]


def _protocole(convention: ConventionDeCommune) -> Protocole:
    champs = convention.champs
    return Protocole(
        reference=convention.reference,
        numero=convention.numero,
        debut=convention.debut,
        fin=convention.fin,
        consultation_prealable=_oui(champs, "consultation"),
        delai_jours=int(str(champs.get("delai") or 0).split(",")[0].split(".")[0]),
        silence="accord" if champs.get("silence") == "accord" else "attente",
        pouvoirs=frozenset(pouvoir for pouvoir, champ in CHAMP_DU_POUVOIR.items() if _oui(champs, champ)),
        contraventions=frozenset(code for code in FAMILLES_DE_CONTRAVENTIONS if _oui(champs, code)),
    )


def _oui(champs: Mapping[str, Any], code: str) -> bool:
    return champs.get(code) == OUI
