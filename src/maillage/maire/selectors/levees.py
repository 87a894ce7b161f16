"""What was set aside for an object, as the wall shows it."""

from uuid import UUID

from maillage.maire.models import LeveeDuMaire
from maillage.situations.api import ouvrir_recits


def levees_de(objet: UUID, personne: UUID) -> tuple[LeveeDuMaire, ...]:
    """In the order they were recorded, their texts open. ``personne``: the pseudonym of whom it is about."""
    lignes = LeveeDuMaire.objects.filter(objet=objet).select_related("par").order_by("pk")
    return ouvrir_recits(lignes, personne)


def codes_leves(objet: UUID, regle: str) -> frozenset[str]:
    """The reasons of that rule that no longer oppose."""
    return frozenset(LeveeDuMaire.objects.filter(objet=objet, regle=regle).values_list("code", flat=True))
