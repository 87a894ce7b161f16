"""The room's door: the only module other rooms import."""

from maillage.maire.models import Registre
from maillage.maire.services.conservation import purger_actes

__all__ = ["Registre", "purger_actes"]
