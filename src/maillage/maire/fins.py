"""How the rows of this room end: each file on its day, with what hangs on it; its register line stays."""

from collections.abc import Mapping
from typing import Final

from maillage.maire.conservation import FAMILLES
from maillage.socle.fins import Fin, au, avec, de_personne

DUREES: Final = ("conservation.acte_maire_ouvert_mois", "conservation.acte_maire_clos_mois")
AVIS: Final = "maire.AvisDu"
DOSSIERS: Final = tuple(famille.dossier._meta.label for famille in FAMILLES)
DE_TOUS: Final = (*DOSSIERS, AVIS)

FINS: Final[Mapping[str, Fin]] = {
    **{
        dossier: au("expire_le", *DUREES, "conservation.jeune_age_plafond")
        if dossier == "maire.DossierFamille"
        else au("expire_le", *DUREES)
        for dossier in DOSSIERS
    },
    **{
        piece._meta.label: avec(famille.dossier._meta.label, par="dossier")
        for famille in FAMILLES
        for piece in famille.pieces
    },
    AVIS: au("expire_le", *DUREES),
    "maire.RelanceAvis": avec(AVIS, par="avis"),
    "maire.Rectification": avec(*DE_TOUS, par="objet"),
    "maire.LeveeDuMaire": avec(*DE_TOUS, par="objet"),
    "maire.LigneDeRegistre": de_personne("la ligne d’un registre : un numéro, des codes, des dates"),
}
