"""How the rows that belong to an account alone end (see ``socle.fins``)."""

from collections.abc import Mapping
from typing import Final

from maillage.socle.fins import Fin, au, de_personne

FINS: Final[Mapping[str, Fin]] = {
    "acteurs.SaisieGardee": au("expire_le", "conservation.saisie_minutes"),
    "acteurs.CodeDeSecours": de_personne("l’empreinte d’un code tiré au sort, remplacée ou dépensée"),
}

#: Columns of tables without a wall that say something of an agent: the planner keeps nothing of them.
MUETTES: Final[Mapping[str, tuple[str, ...]]] = {
    "acteurs.Compte": ("courriel", "prenom", "nom", "password", "fonction_libelle"),
    "acteurs.Session": ("session_data", "navigateur"),
    "acteurs.EchecDeConnexion": ("cle",),
    "acteurs.CleDAcces": ("nom", "identifiant", "cle_publique"),
    "acteurs.IdentiteExterne": ("sub",),
    "acteurs.AppareilDeCodes": ("scelle",),
}
