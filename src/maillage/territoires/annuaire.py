"""The search index of the web: built from the database, kept until the next import.

The database is the reference, for an import may have added what the package does not hold. One index per
process, rebuilt when the last import is not the one it was built from.
"""

from __future__ import annotations

from threading import Lock

from django.db.models import Max

from maillage.territoires import valeurs
from maillage.territoires.models import AncienneCommune, Commune, Departement, Importation, Population
from maillage.territoires.recherche import IndexDesCommunes

_verrou = Lock()
_courant: tuple[int | None, IndexDesCommunes] | None = None


def rechercher(texte: str, limite: int = 20) -> list[valeurs.Resultat]:
    """Communes as people type them: the closest spelling first, then the most populated."""
    return _index().rechercher(texte, limite)


def _index() -> IndexDesCommunes:
    global _courant
    version = Importation.objects.aggregate(derniere=Max("id"))["derniere"]
    with _verrou:
        if _courant is None or version is None or _courant[0] != version:
            _courant = (version, _construire())
        return _courant[1]


def _construire() -> IndexDesCommunes:
    populations = dict(Population.objects.filter(fin=None).values_list("commune", "habitants"))
    communes = Commune.objects.filter(fin=None).values_list(
        "code", "nom", "departement", "departement__region", "codes_postaux"
    )
    departements = Departement.objects.values_list("code", "nom", "region", "chef_lieu", "zone")
    return IndexDesCommunes(
        (
            valeurs.Commune(
                code, nom, populations.get(code), departement, region, codes_postaux=tuple(postaux)
            )
            for code, nom, departement, region, postaux in communes
        ),
        (
            valeurs.AncienneCommune(code, nom or None, nature, actuelle)
            for code, nom, nature, actuelle in AncienneCommune.objects.values_list(
                "code", "nom", "nature", "commune"
            )
        ),
        (valeurs.Departement(*champs) for champs in departements),
    )
