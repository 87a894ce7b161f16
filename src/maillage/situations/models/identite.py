"""Who is followed, and who answers for a minor. Read and written only through ``situations.identites``.

What names a person is in one sealed column, under the key of that person in that cercle (decision 25): the
database, its statistics, its write-ahead log and its backups hold no name.
"""

from django.db import models

from maillage.instances.api import LigneNominative
from maillage.socle.contraintes import CleComposee


class Identite(LigneNominative):
    """The closed list of CNIL délibération 2014-262, art. 3: no other thing may describe the person.

    ``scelle`` holds ``situations.identites.DonneesIdentite``; its key is that of ``public_id``.
    """

    scelle = models.BinaryField()

    class Meta(LigneNominative.Meta):
        abstract = False


class Representant(LigneNominative):
    """A legal representative of a minor: to be informed, and to be written to. Sealed as their identity."""

    identite = models.ForeignKey(
        Identite, on_delete=models.PROTECT, related_name="representants", db_constraint=False
    )
    scelle = models.BinaryField()

    class Meta(LigneNominative.Meta):
        abstract = False
        constraints = [
            *LigneNominative.Meta.constraints,
            CleComposee(champ="identite", name="representant_identite"),
        ]
