"""What was set aside for an object, as the wall shows it."""

from uuid import UUID

from maillage.maire.models import LeveeDuMaire


def levees_de(objet: UUID) -> list[LeveeDuMaire]:
    """In the order they were recorded."""
    return list(LeveeDuMaire.objects.filter(objet=objet).select_related("par").order_by("pk"))


def codes_leves(objet: UUID, regle: str) -> frozenset[str]:
    """The reasons of that rule that no longer oppose."""
    return frozenset(LeveeDuMaire.objects.filter(objet=objet, regle=regle).values_list("code", flat=True))
