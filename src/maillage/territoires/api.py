"""The door of the territories: what the other rooms may call.

`referentiel` (from `maillage.territoires.referentiel`) serves the rules and the command line without a
database; everything below reads the tables.
"""

from __future__ import annotations

from maillage.territoires.annuaire import EpciTrouve, rechercher, rechercher_epci
from maillage.territoires.cartes import (
    ICI,
    MEMBRE,
    ORDINAIRE,
    Carte,
    Lieu,
    carte_de_commune,
    carte_de_communes,
    carte_des_departements,
)
from maillage.territoires.conseils import (
    ConseilCouvrant,
    declarer_creation,
    declarer_repartition,
    declarer_source,
)
from maillage.territoires.importation.rapport import FichierIllisible, Rapport, Refusee
from maillage.territoires.models import AppartenanceEpci, Commune, Departement, Epci, Population, Qpv, Region
from maillage.territoires.obligations import Faits, Obligation, juger
from maillage.territoires.proximite import communes_proches
from maillage.territoires.referentiel import departements, fuseau, fuseau_de_commune, heures_d_ailleurs
from maillage.territoires.selectors import (
    codes_avec_qpv,
    communes_du_departement,
    communes_par_code,
    departements_des_epci,
    epci_des_communes,
    membres,
    populations,
)
from maillage.territoires.services import charger_referentiel, importer_communes, importer_qpv
from maillage.territoires.valeurs import Resultat

__all__ = [
    "ICI",
    "MEMBRE",
    "ORDINAIRE",
    "AppartenanceEpci",
    "Carte",
    "Commune",
    "ConseilCouvrant",
    "Departement",
    "Epci",
    "EpciTrouve",
    "Faits",
    "FichierIllisible",
    "Lieu",
    "Obligation",
    "Population",
    "Qpv",
    "Rapport",
    "Refusee",
    "Region",
    "Resultat",
    "carte_de_commune",
    "carte_de_communes",
    "carte_des_departements",
    "charger_referentiel",
    "codes_avec_qpv",
    "communes_du_departement",
    "communes_par_code",
    "communes_proches",
    "declarer_creation",
    "declarer_repartition",
    "declarer_source",
    "departements",
    "departements_des_epci",
    "epci_des_communes",
    "fuseau",
    "fuseau_de_commune",
    "heures_d_ailleurs",
    "importer_communes",
    "importer_qpv",
    "juger",
    "membres",
    "populations",
    "rechercher",
    "rechercher_epci",
]
