"""One aggregate a file."""

from maillage.instances.models.cercle import Cercle, GenreCercle, Volet
from maillage.instances.models.conseil import Conseil, ConseilCommune, GenreConseil, Schema, VoletConfirme
from maillage.instances.models.formation import Formation, GenreFormation, Regime, Siege
from maillage.instances.models.habilitation import Habilitation, Role
from maillage.instances.models.seance import EtatPresence, Point, PointTheme, Presence, Seance
from maillage.instances.models.texte import EtatTexte, GenreTexte, Signature, Texte

__all__ = [
    "Cercle",
    "Conseil",
    "ConseilCommune",
    "EtatPresence",
    "EtatTexte",
    "Formation",
    "GenreCercle",
    "GenreConseil",
    "GenreFormation",
    "GenreTexte",
    "Habilitation",
    "Point",
    "PointTheme",
    "Presence",
    "Regime",
    "Role",
    "Schema",
    "Seance",
    "Siege",
    "Signature",
    "Texte",
    "Volet",
    "VoletConfirme",
]
