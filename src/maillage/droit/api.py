"""The door of `droit`: dated parameters, verdicts, dates and inputs of rules. No Django, no database.

`entrees` and `competences` are given whole (`entrees.jour()`…): their short names would meet others.
"""

from maillage.droit import competences, entrees
from maillage.droit.dates import (
    DERNIER_JOUR,
    PREMIER_JOUR,
    age,
    age_au_moins,
    age_entre,
    anniversaire,
    contient,
    echeance_mois,
    fin_de_periode,
    jours_inclus,
)
from maillage.droit.obstacles import Obstacle, Releve
from maillage.droit.parametres import (
    AucuneValeur,
    EnVigueur,
    Lecture,
    Parametre,
    ParametreInconnu,
    Source,
    Statut,
    Valeur,
    ValeurDatee,
    en_vigueur,
    entier,
    parametre,
    parametres,
    suivre_lectures,
    valeur,
    valeur_datee,
    valeur_ou_rien,
)
from maillage.droit.textes import jour_en_lettres, nombre
from maillage.droit.verdict import Echeances, Force, Motif, Verdict

__all__ = [
    "DERNIER_JOUR",
    "PREMIER_JOUR",
    "AucuneValeur",
    "Echeances",
    "EnVigueur",
    "Force",
    "Lecture",
    "Motif",
    "Obstacle",
    "Parametre",
    "ParametreInconnu",
    "Releve",
    "Source",
    "Statut",
    "Valeur",
    "ValeurDatee",
    "Verdict",
    "age",
    "age_au_moins",
    "age_entre",
    "anniversaire",
    "competences",
    "contient",
    "echeance_mois",
    "en_vigueur",
    "entier",
    "entrees",
    "fin_de_periode",
    "jour_en_lettres",
    "jours_inclus",
    "nombre",
    "parametre",
    "parametres",
    "suivre_lectures",
    "valeur",
    "valeur_datee",
    "valeur_ou_rien",
]
