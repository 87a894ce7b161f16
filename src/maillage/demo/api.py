"""The room's door: build the demonstration, once; simulate volumes."""

from collections.abc import Callable
from datetime import timedelta

from maillage.demo.actes import raconter_les_actes
from maillage.demo.archives import ouvrir_des_archives
from maillage.demo.conventions import raconter_les_conventions
from maillage.demo.droits import raconter_les_droits
from maillage.demo.familles import raconter_les_familles
from maillage.demo.histoire import raconter
from maillage.demo.offres import garnir
from maillage.demo.parcours import accompagner
from maillage.demo.registres import batir_registres
from maillage.demo.sante import noter_les_besoins
from maillage.demo.simulation.construction import BaseReelleError, CompteRendu, refuser_le_reel, simuler
from maillage.demo.simulation.plan import Echelle, VolumeImpossibleError
from maillage.demo.simulation.suivis import HistoireImpossibleError
from maillage.demo.sport import raconter_le_sport
from maillage.demo.territoire import batir, description
from maillage.demo.toulouse import raconter_toulouse
from maillage.demo.transactions import raconter_les_transactions
from maillage.instances.api import Conseil
from maillage.situations.api import noter_le_passage, purger
from maillage.socle.contexte import en_maintenance
from maillage.socle.installation import marquer
from maillage.socle.temps import FUSEAU_METROPOLE, maintenant

GRAINE = 31
DUREE = timedelta(days=730)

__all__ = [
    "BaseReelleError",
    "CompteRendu",
    "Echelle",
    "HistoireImpossibleError",
    "VolumeImpossibleError",
    "construire",
    "refuser_le_reel",
    "simuler",
    "vitrine",
]


def construire(*, graine: int = GRAINE, duree: timedelta = DUREE, dire: Callable[[str], None]) -> bool:
    """Build the territory and its history (two years) in one transaction; False when it is already there.

    Killed half-way, nothing is left and the next run starts again. What reached its term since the last
    start is erased, as an operator's daily run would.
    """
    with en_maintenance():
        if Conseil.objects.exists():
            purger()
            return False
        # On the clocks of the territory: its days are those of every date the history tells.
        fin = maintenant().astimezone(FUSEAU_METROPOLE)
        marquer(demo=True, cree_le=fin, graine=graine)
        debut = fin - duree
        territoire = batir(debut - timedelta(days=14))
        batir_registres(territoire, debut - timedelta(days=2))
        dire("Conseils, groupes et comptes de démonstration créés.")
        raconter(territoire, debut=debut.date(), fin=fin, graine=graine, dire=dire)
        garnir(territoire, fin)
        dire("Dispositif local, offres et places de démonstration enregistrés.")
        raconter_les_conventions(territoire, debut, fin)
        accompagner(territoire, fin)
        noter_les_besoins(territoire, fin)
        ouvrir_des_archives(territoire, fin)
        dire("Orientations et accueils de démonstration enregistrés.")
        raconter_les_actes(territoire, fin)
        raconter_les_familles(territoire, debut, fin)
        raconter_les_transactions(territoire, fin)
        raconter_toulouse(territoire, fin)
        dire("Actes du maire de démonstration enregistrés.")
        raconter_le_sport(territoire, fin)
        dire("Équipements sportifs et avis dus au maire de démonstration enregistrés.")
        raconter_les_droits(territoire, debut, fin)
        dire("Demandes des personnes sur leurs données, de démonstration, enregistrées.")
        purger()
        noter_le_passage(fin.date())
    return True


def vitrine() -> list[tuple[str, str]]:
    """The accounts to try first: (words of the role, name)."""
    return [
        (brut["vitrine"], f"{brut['prenom']} {brut['nom']}")
        for brut in description()["comptes"]
        if "vitrine" in brut
    ]
