"""Refusals of the room that say who may act, shared by pages and commands."""

from typing import Final

from maillage.droit.api import Force, Motif

HORS_CHARGE: Final = Motif(
    "hors_charge",
    "Vous voyez ce lieu ou cette convention, mais vous n’en avez pas la charge : dans un groupe, la "
    "coordination, le référent ou un membre la prépare ; pour un conseil, sa coordination ou sa présidence.",
    "Règle d’usage de Maillage : une convention est tenue par ceux qui en ont la charge",
    Force.DOCTRINE,
)
PAS_LA_VOTRE: Final = Motif(
    "pas_votre_organisme",
    "Vous signez ici pour votre propre organisme seulement. Une signature sur papier est enregistrée par la "
    "personne qui tient la convention.",
    "Code civil, art. 1156 : nul n’engage un autre sans pouvoir",
    Force.LOI,
)
