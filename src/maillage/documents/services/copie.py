"""A convention as a form would give it: the start of a renewal, the values of a correction."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from maillage.documents.familles import Lue
from maillage.documents.models import ConventionNominative
from maillage.documents.services.commun import Contenu, PartieSaisie
from maillage.instances.api import formation_du_cercle
from maillage.socle.refus import Introuvable


def contenu_de(lue: Lue, *, debut: date | None = None, fin: date | None = None) -> Contenu:
    """What was typed, with other days where they are given."""
    return Contenu(
        debut=debut or lue.ligne.debut,
        fin=fin or lue.ligne.fin,
        champs=lue.ligne.champs,
        parties={
            partie.role: PartieSaisie(
                organisme=partie.organisme.public_id if partie.organisme else None,
                denomination=partie.denomination,
                signataire=partie.signataire,
                qualite=partie.qualite,
            )
            for partie in lue.parties
            if (prevue := lue.genre.partie(partie.role)) and not prevue.personne
        },
        renouvellement=lue.faits.renouvellement,
    )


def lieu_de(lue: Lue) -> tuple[UUID, UUID | None]:
    """The public id of its council or cercle, and of its file."""
    if not isinstance(lue.ligne, ConventionNominative):
        return lue.conseil.public_id, None
    cercle = formation_du_cercle(lue.ligne.cercle_id).cercle
    if cercle is None:
        raise Introuvable(lue.ligne.public_id)
    return cercle.public_id, lue.ligne.objet
