"""How the rows of this room end, and those of the rooms below that hang on a file (see ``socle.fins``)."""

from collections.abc import Mapping
from typing import Final

from maillage.socle.fins import AVEC_LA_DERNIERE, Fin, au, avec, de_personne

SITUATION: Final = "situations.Situation"
DE_SUIVI: Final = ("Lettre", "Element", "Designation", "Objectif", "Contact", "Bilan")
#: What a convention or a point of an agenda may be about; kept by the name of its pseudonym.
OBJETS: Final = ("situations.Signalement", SITUATION)

FINS: Final[Mapping[str, Fin]] = {
    "situations.Signalement": au("expire_le", "conservation.signalement_mois"),
    SITUATION: au(
        "expire_le",
        "conservation.archive_mois",
        "conservation.victime_archive_mois",
        "conservation.jeune_age_plafond",
    ),
    **{f"situations.{nom}": avec(SITUATION, par="situation") for nom in DE_SUIVI},
    "situations.Identite": AVEC_LA_DERNIERE,
    "situations.Representant": avec("situations.Identite", par="identite"),
    "situations.Numerotation": de_personne("le dernier numéro donné dans l’année"),
    "instances.Point": avec(*OBJETS, par="objet"),
    "documents.ConventionNominative": avec(*OBJETS, par="objet"),
    "documents.PartieNominative": avec("documents.ConventionNominative", par="convention"),
    "documents.AvenantNominatif": avec("documents.ConventionNominative", par="convention"),
    "documents.SignatureNominative": avec("documents.PartieNominative", par="partie"),
}
