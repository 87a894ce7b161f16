"""The states of a convention and of an amendment, once, as data; the documentation is drawn from here.

Nothing is stored: they follow from the signatures and the days (``rules.conventions``).
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class EtatConvention(StrEnum):
    A_PREPARER = "a_preparer"
    A_SIGNER = "a_signer"
    SIGNEE = "signee"
    EN_VIGUEUR = "en_vigueur"
    ECHUE = "echue"
    RESILIEE = "resiliee"
    RENOUVELEE = "renouvelee"


class EtatAvenant(StrEnum):
    A_SIGNER = "avenant_a_signer"
    SIGNE = "avenant_signe"
    EN_VIGUEUR = "avenant_en_vigueur"


LIBELLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        EtatConvention.A_PREPARER: "À préparer",
        EtatConvention.A_SIGNER: "À signer",
        EtatConvention.SIGNEE: "Signée, commence plus tard",
        EtatConvention.EN_VIGUEUR: "En vigueur",
        EtatConvention.ECHUE: "Échue",
        EtatConvention.RESILIEE: "Résiliée",
        EtatConvention.RENOUVELEE: "Renouvelée",
        EtatAvenant.A_SIGNER: "À signer",
        EtatAvenant.SIGNE: "Signé, prend effet plus tard",
        EtatAvenant.EN_VIGUEUR: "En vigueur",
    }
)

#: "À signer" lasts until every required party has signed; "Signée" until the first day.
TRANSITIONS_CONVENTION: Final[Mapping[EtatConvention, frozenset[EtatConvention]]] = MappingProxyType(
    {
        EtatConvention.A_PREPARER: frozenset({EtatConvention.A_SIGNER, EtatConvention.RESILIEE}),
        EtatConvention.A_SIGNER: frozenset(
            {
                EtatConvention.SIGNEE,
                EtatConvention.EN_VIGUEUR,
                EtatConvention.RESILIEE,
                EtatConvention.ECHUE,
            }
        ),
        EtatConvention.SIGNEE: frozenset({EtatConvention.EN_VIGUEUR, EtatConvention.RESILIEE}),
        EtatConvention.EN_VIGUEUR: frozenset(
            {EtatConvention.ECHUE, EtatConvention.RESILIEE, EtatConvention.RENOUVELEE}
        ),
        EtatConvention.ECHUE: frozenset(),
        EtatConvention.RESILIEE: frozenset(),
        EtatConvention.RENOUVELEE: frozenset(),
    }
)

TRANSITIONS_AVENANT: Final[Mapping[EtatAvenant, frozenset[EtatAvenant]]] = MappingProxyType(
    {
        EtatAvenant.A_SIGNER: frozenset({EtatAvenant.SIGNE, EtatAvenant.EN_VIGUEUR}),
        EtatAvenant.SIGNE: frozenset({EtatAvenant.EN_VIGUEUR}),
        EtatAvenant.EN_VIGUEUR: frozenset(),
    }
)

#: Still alive: something may be signed, amended or ended.
VIVANTS: Final = frozenset(
    {EtatConvention.A_PREPARER, EtatConvention.A_SIGNER, EtatConvention.SIGNEE, EtatConvention.EN_VIGUEUR}
)
#: Signed by every party and not over: its text changes by an amendment.
SIGNEES: Final = frozenset({EtatConvention.SIGNEE, EtatConvention.EN_VIGUEUR})
