"""Whose the texts of this room are, where no key of their table says it (see ``situations.recits``)."""

from collections.abc import Collection, Iterator
from uuid import UUID

from maillage.maire.conservation import FAMILLES
from maillage.maire.models import LeveeDuMaire


def levees_des_personnes(personnes: Collection[UUID]) -> Iterator[tuple[LeveeDuMaire, UUID]]:
    """What was set aside in the files of these persons, locked; each with the pseudonym of its person."""
    for famille in FAMILLES:
        dossiers = famille.lignes.filter(identite__public_id__in=personnes)
        de_qui = dict(dossiers.values_list("public_id", "identite__public_id"))
        levees = LeveeDuMaire.objects.select_for_update().filter(objet__in=de_qui)
        for levee in levees.order_by("pk"):
            yield levee, de_qui[levee.objet]
