"""How the rows of this room end: the file handed over first, then the request and all that hangs on it."""

from collections.abc import Mapping
from typing import Final

from maillage.socle.fins import Fin, au, avec

DEMANDE: Final = "droits.DemandeDeDroit"
SITUATION: Final = "situations.Situation"
#: Every kind of file a restriction may be about, named by its pseudonym.
DOSSIERS: Final = (
    SITUATION,
    "situations.Signalement",
    *("maire.Rappel", "maire.Transaction", "maire.DossierFamille", "maire.MesureSport"),
)

FINS: Final[Mapping[str, Fin]] = {
    DEMANDE: au("expire_le", "droits.conservation_mois"),
    "droits.Envoi": avec(DEMANDE, par="demande"),
    "droits.FichierDeReponse": au("expire_le", "droits.fichier_jours"),
    "droits.Question": au("expire_le", "droits.conservation_mois"),
    "droits.Reponse": avec("droits.Envoi", par="piste"),
    "droits.Limitation": avec(*DOSSIERS, par="objet"),
    "droits.AncienneValeur": avec(SITUATION, par="situation"),
}
