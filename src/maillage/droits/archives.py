"""Who opened a closed file, when and for which motive: read from the journal, which alone remembers it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any, Final
from uuid import UUID

from django.db import connection

from maillage.acteurs.api import Compte, lire_avec_noms
from maillage.droit.api import echeance_mois, entier
from maillage.instances.api import (
    CercleVu,
    Conseil,
    Formation,
    GenreFormation,
    cercles_visibles,
    fuseau_du_cercle,
)
from maillage.situations.api import Situation, visibles
from maillage.socle.temps import aujourd_hui
from maillage.strategie.api import liste

#: The coordination opens; whoever presides sees it done.
SURVEILLENT: Final = frozenset({"coordonnateur", "maire"})


@dataclass(frozen=True, slots=True)
class Ouverture:
    """One opening. ``numero``: of the file, where the actor reads it and it is still there."""

    le: datetime
    groupe: str
    motif: str
    par: str
    numero: str = ""


def surveilles() -> list[CercleVu]:
    """The groupes whose archives the actor watches over."""
    return [vu for vu in cercles_visibles() if vu.genre == GenreFormation.GROUPE and vu.role in SURVEILLENT]


def ouvertures(cercles: Sequence[CercleVu]) -> list[Ouverture]:
    """The openings of their files, as long as the journal remembers them, the last first."""
    jour = aujourd_hui()
    debut = echeance_mois(jour, -entier("journal.conservation_mois", jour))
    lignes = _lire(
        "SELECT le, objet, acteur, cercle, motif FROM socle.archives_ouvertes(%s, %s)",
        [[vu.id for vu in cercles], datetime.combine(debut, time(), UTC)],
    )
    numeros = dict(
        visibles(Situation)
        .filter(public_id__in=[UUID(objet) for _, objet, *_ in lignes])
        .values_list("public_id", "numero")
    )
    return _vues(lignes, {vu.id: vu.formation for vu in cercles}, numeros)


def ouvertures_du_conseil(conseil: Conseil, annee: int) -> list[Ouverture]:
    """Those of a year in every cercle of the council, for its DPO: no file is told apart."""
    lignes = _lire(
        "SELECT le, objet, acteur, cercle, motif FROM socle.archives_du_conseil(%s, %s, %s)",
        [conseil.pk, datetime(annee, 1, 1, tzinfo=UTC), datetime(annee + 1, 1, 1, tzinfo=UTC)],
    )
    formations = Formation.objects.filter(cercle__in={cercle for *_, cercle, _ in lignes})
    return _vues(lignes, {f.cercle_id or 0: f.nom for f in formations}, {})


def _lire(sql: str, parametres: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as curseur:
        curseur.execute(sql, parametres)
        lues: list[tuple[Any, ...]] = curseur.fetchall()
        return lues


def _vues(
    lignes: Iterable[tuple[Any, ...]], groupes: dict[int, str], numeros: dict[UUID, str]
) -> list[Ouverture]:
    lues = list(lignes)
    motifs = {item.code: item.libelle for item in liste("motifs_archive")}
    comptes = Compte.objects.filter(pk__in={acteur for _, _, acteur, *_ in lues}).select_related("organisme")
    noms = {compte.pk: compte for compte in lire_avec_noms(comptes, "organisme")}
    return [
        Ouverture(
            le=instant.astimezone(fuseau_du_cercle(cercle)),
            groupe=groupes.get(cercle, ""),
            motif=motifs.get(motif, motif),
            par=noms[acteur].nom_complet if acteur in noms else "",
            numero=numeros.get(UUID(objet), ""),
        )
        for instant, objet, acteur, cercle, motif in lues
    ]
