"""What this room holds about a situation goes with it (see ``situations.effacement``)."""

from collections import Counter
from collections.abc import Mapping, Sequence

from maillage.parcours.models import NOMINATIVES
from maillage.parcours.models.sortie import LigneDePlan
from maillage.parcours.services.conservation import effacer as effacer_orientations


def effacer(situations: Sequence[int]) -> Mapping[str, int]:
    """Erase the rows of these situations, children first. Run as ``m_maintenance`` by the retention run."""
    lignes: Counter[str] = Counter(effacer_orientations(situations))
    for modele in NOMINATIVES:
        lien = "plan__situation__in" if issubclass(modele, LigneDePlan) else "situation__in"
        effacees, _ = modele.objects.filter(**{lien: situations}).delete()
        lignes[modele._meta.model_name or ""] += effacees
    return lignes
