"""Reference tables: no named person, read by everyone, written by loads only.

Validity is a half-open period [debut, fin): an empty start means "as far back as we know", an empty end
"in force". An act is judged with what was true on its day.
"""

from maillage.territoires.models.communes import AncienneCommune, Commune, Population
from maillage.territoires.models.decoupage import Departement, Region
from maillage.territoires.models.epci import AppartenanceEpci, Epci
from maillage.territoires.models.importations import Importation
from maillage.territoires.models.qpv import Qpv, QpvCommune

__all__ = [
    "AncienneCommune",
    "AppartenanceEpci",
    "Commune",
    "Departement",
    "Epci",
    "Importation",
    "Population",
    "Qpv",
    "QpvCommune",
    "Region",
]
