"""Two closed files opened for a motive, in the demonstration: what the president and the DPO are shown."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from maillage.demo.territoire import Territoire, au_nom_de
from maillage.situations import api as situations

#: (days before the end of the history, motive).
OUVERTURES: Final = ((9, "demande_personne"), (2, "erreur"))


def ouvrir_des_archives(territoire: Territoire, fin: datetime) -> None:
    """By the coordination of Colomiers, which alone may."""
    coordination = territoire.comptes["coordonnatrice"]
    cercle = territoire.groupes["jeunesse"].cercle_id or 0
    with au_nom_de(coordination, fin):
        closes = situations.visibles(situations.Situation).filter(
            cercle=cercle, etat=situations.EtatSituation.CLOSE, expire_le__gt=fin.date()
        )
        archives = list(closes.order_by("pk").values_list("public_id", flat=True)[: len(OUVERTURES)])
    for cle, (jours, motif) in zip(archives, OUVERTURES, strict=False):
        with au_nom_de(coordination, fin - timedelta(days=jours)):
            situations.ouvrir_archive(situation=cle, motif=motif)
