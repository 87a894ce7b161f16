"""The room's door: the command line and the demonstration enter here."""

from maillage.pilotage.bilan import Bilan, Niveau, en_json
from maillage.pilotage.calcul import (
    AnneeImpossibleError,
    SommeImpossibleError,
    bilan_de_conseil,
    bilan_de_departement,
    bilan_national,
)
from maillage.pilotage.perms import BILAN_VOIR
from maillage.pilotage.sorties import FORMATS, nom_de_fichier

__all__ = [
    "BILAN_VOIR",
    "FORMATS",
    "AnneeImpossibleError",
    "Bilan",
    "Niveau",
    "SommeImpossibleError",
    "bilan_de_conseil",
    "bilan_de_departement",
    "bilan_national",
    "en_json",
    "nom_de_fichier",
]
