"""What every act on a convention ends with: the steps its facts now lead to, written beside them."""

from __future__ import annotations

from maillage.documents.familles import Famille, faits_de
from maillage.documents.rules.paliers import paliers


def tenir_les_paliers(famille: Famille, cle: int) -> None:
    """Write the steps of that convention, from its facts as they stand in this transaction."""
    lignes = famille.convention.objects.filter(pk=cle)
    avenants = tuple(famille.avenant.objects.filter(convention=cle).order_by("numero"))
    colonne = [palier.en_colonne() for palier in paliers(faits_de(lignes.get(), avenants))]
    lignes.update(paliers=colonne)
