"""Reads of what was set aside, through the wall."""

from collections.abc import Iterable
from uuid import UUID

from maillage.parcours.models import Levee
from maillage.parcours.rules.levee import LeveeFaite
from maillage.situations.api import lire_recits, visibles
from maillage.strategie.api import liste


def levees_de(objet: UUID, regle: str, empreinte: str = "") -> tuple[LeveeFaite, ...]:
    """What was set aside for this object under this rule, asked the same way; none where hidden."""
    lignes = (
        visibles(Levee)
        .filter(objet=objet, regle=regle, empreinte=empreinte, reprise_le__isnull=True)
        .select_related("par")
        .order_by("pk")
    )
    return tuple(_faite(ligne) for ligne in lire_recits(lignes))


def levees_perimees(objet: UUID, regle: str, empreinte: str) -> tuple[LeveeFaite, ...]:
    """What was set aside while the rule was asked something else: written, it holds no more."""
    lignes = visibles(Levee).filter(objet=objet, regle=regle, reprise_le__isnull=True)
    autres = lignes.exclude(empreinte=empreinte).select_related("par").order_by("pk")
    return tuple(_faite(ligne) for ligne in lire_recits(autres))


def levees_par_objet(objets: Iterable[UUID]) -> dict[tuple[UUID, str], tuple[LeveeFaite, ...]]:
    """The same for a whole list in one query, by object and rule."""
    trouvees: dict[tuple[UUID, str], tuple[LeveeFaite, ...]] = {}
    lignes = (
        visibles(Levee)
        .filter(objet__in=list(objets), reprise_le__isnull=True)
        .select_related("par")
        .order_by("pk")
    )
    for ligne in lire_recits(lignes):
        cle = (ligne.objet, ligne.regle)
        trouvees[cle] = (*trouvees.get(cle, ()), _faite(ligne))
    return trouvees


def _faite(ligne: Levee) -> LeveeFaite:
    return LeveeFaite(
        code=ligne.code,
        raison=liste("motifs_levee").item(ligne.raison).libelle,
        precision=ligne.precision,
        par=ligne.par.nom_complet,
        le=ligne.le,
        cle=ligne.public_id,
        auteur=ligne.par_id,
    )
