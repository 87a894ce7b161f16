"""An agent who leaves a body keeps none of the mandates held in its name (CSI art. L. 132-5)."""

from maillage.acteurs.api import Attaches, Compte, Organisme
from maillage.instances.models import Formation, Habilitation
from maillage.instances.models.habilitation import HabilitationQuerySet
from maillage.instances.services.mandats import clore
from maillage.socle.temps import maintenant


def _tenus_ailleurs(compte: Compte, nouveau: Organisme | None) -> HabilitationQuerySet:
    """Mandates in force or to come, held in the name of another body than the new one."""
    return Habilitation.objects.en_cours(maintenant()).filter(compte=compte).exclude(siege__organisme=nouveau)


def groupes_perdus(compte: Compte, nouveau: Organisme | None) -> list[str]:
    """The groupe of each mandate that would end, with its council; those of a closed groupe are over."""
    cercles = list(_tenus_ailleurs(compte, nouveau).values_list("cercle_id", flat=True))
    formations = Formation.objects.filter(cercle__in=cercles, cercle__ferme_le__isnull=True)
    noms = {
        formation.cercle_id: f"{formation.nom}, {formation.conseil.nom}"
        for formation in formations.select_related("conseil")
    }
    return sorted(noms[cercle] for cercle in cercles if cercle in noms)


def finir_les_mandats(compte: Compte, nouveau: Organisme | None) -> None:
    """End each of them now, with its entry in the journal."""
    instant = maintenant()
    for mandat in _tenus_ailleurs(compte, nouveau).select_for_update().order_by("pk"):
        clore(mandat, instant=instant, motif="organisme_quitte")


ATTACHES = Attaches(lister=groupes_perdus, rompre=finir_les_mandats)
