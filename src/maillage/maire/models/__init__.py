"""One aggregate a file."""

from maillage.maire.models.delegation import Delegation, Pouvoir, QualiteDelegue
from maillage.maire.models.dossier import Dossier
from maillage.maire.models.registre import LigneDeRegistre, Rectification, Registre

__all__ = [
    "Delegation",
    "Dossier",
    "LigneDeRegistre",
    "Pouvoir",
    "QualiteDelegue",
    "Rectification",
    "Registre",
]
