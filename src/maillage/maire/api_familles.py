"""The commands of the family council, for the demonstration."""

from uuid import UUID

from maillage.maire.selectors.familles import un_dossier
from maillage.maire.services.aides import (
    clore_famille,
    faire_le_point,
    noter_reponse,
    noter_reponse_du_departement,
    proposer_accompagnement,
    s_abstenir,
    saisir_departement,
    terminer_accompagnement,
)
from maillage.maire.services.auditions import convoquer, entendre, noter_absence, proposer_suite
from maillage.maire.services.familles import saisir

__all__ = [
    "clore_famille",
    "convoquer",
    "entendre",
    "faire_le_point",
    "noter_absence",
    "noter_reponse",
    "noter_reponse_du_departement",
    "proposer_accompagnement",
    "proposer_suite",
    "s_abstenir",
    "saisir",
    "saisir_departement",
    "terminer_accompagnement",
    "version_de",
]


def version_de(dossier: UUID) -> int:
    """The version of a file as it is now, for the next act."""
    return un_dossier(dossier).version
