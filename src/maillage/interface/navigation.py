"""What surrounds a page: the instance, the account, the menu. Filled by the project, drawn by `base.html`.

Values only: an entry that a role may not open is absent from the list, the template never decides it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from maillage.interface import typographie


@dataclass(frozen=True, slots=True)
class Entree:
    """One line of the menu. `compteur` counts only what waits for this person; `unite` is read aloud.

    `plafonne`: there are more than `compteur`, which is the cap.
    """

    libelle: str
    url: str
    icone: str
    compteur: int | None = None
    unite: str = "en attente"
    plafonne: bool = False
    actif: bool = False


@dataclass(frozen=True, slots=True)
class Groupe:
    """A titled group of entries; an empty one is not drawn."""

    titre: str
    entrees: tuple[Entree, ...]


@dataclass(frozen=True, slots=True)
class Lien:
    """A plain link: breadcrumb (no url for the current page), footer, active filter."""

    libelle: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class CompteAffiche:
    """The signed-in person as the header shows them."""

    nom: str
    fonction: str
    url: str

    @property
    def initiales(self) -> str:
        """Two letters for narrow screens; the name stays readable by assistive technology."""
        return typographie.initiales(self.nom)


@dataclass(frozen=True, slots=True)
class Cadre:
    """Everything `base.html` needs besides the page itself."""

    demo: bool = False
    accueil_url: str = "/"
    instance_nom: str = ""
    instance_detail: str = ""
    compte: CompteAffiche | None = None
    recherche_url: str = ""
    #: Seconds before the session ends without any action; 0 where nobody is signed in.
    session_reste: int = 0
    recherche_libelle: str = "Chercher dans mes groupes"
    liens_pied: tuple[Lien, ...] = ()
    version: str = ""


def marquer_actif(groupes: Iterable[Groupe], chemin: str) -> tuple[Groupe, ...]:
    """Mark the entry whose address is the longest beginning of the current path."""
    groupes = tuple(g for g in groupes if g.entrees)
    candidates = [e.url for g in groupes for e in g.entrees if e.url != "/" and chemin.startswith(e.url)]
    candidates += [e.url for g in groupes for e in g.entrees if e.url == chemin]
    elue = max(candidates, key=len, default=None)
    return tuple(
        replace(g, entrees=tuple(replace(e, actif=e.url == elue) for e in g.entrees)) for g in groupes
    )


def contexte(cadre: Cadre, navigation: Sequence[Groupe] = ()) -> dict[str, Any]:
    """The variables a context processor of the project returns."""
    return {"cadre": cadre, "navigation": tuple(navigation), "demo": cadre.demo}
