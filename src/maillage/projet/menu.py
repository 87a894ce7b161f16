"""The menu as data: three groups of verbs of work, each entry with the permission that opens it."""

from dataclasses import dataclass

from maillage.instances.perms_seance import SEANCES_VOIR
from maillage.socle.permissions import PUBLIQUE, Permission


@dataclass(frozen=True)
class EntreeDeMenu:
    libelle: str
    route: str
    icone: str
    permission: Permission


MENU: list[tuple[str, list[EntreeDeMenu]]] = [
    (
        "Mon travail",
        [EntreeDeMenu("Séances", "seances:liste", "seance", SEANCES_VOIR)],
    ),
    (
        "Rendre compte",
        [EntreeDeMenu("Communes", "territoires:recherche", "commune", PUBLIQUE)],
    ),
]
