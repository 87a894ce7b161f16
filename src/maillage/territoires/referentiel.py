"""The reference register of French territories, without Django nor a database.

`maillage verdict` and the rules read it directly; a commune is found in a few milliseconds because only the
file of its département is opened. The search index is built at the first search and kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from zoneinfo import ZoneInfo

from maillage.territoires import registre
from maillage.territoires.recherche import IndexDesCommunes
from maillage.territoires.registre import departement_du_code
from maillage.territoires.valeurs import (
    AncienneCommune,
    Commune,
    Departement,
    Epci,
    Qpv,
    Region,
    Resultat,
)

__all__ = [
    "AncienneCommune",
    "Commune",
    "Departement",
    "Epci",
    "Qpv",
    "Region",
    "Resultat",
    "ancienne",
    "anciennes",
    "arrondissement",
    "commune",
    "communes",
    "communes_du_departement",
    "departement",
    "departement_du_code",
    "departements",
    "epci",
    "fuseau",
    "fuseau_de_commune",
    "heures_d_ailleurs",
    "qpv",
    "qpv_de",
    "rechercher",
    "region",
    "regions",
    "tous_les_epci",
    "tous_les_qpv",
]

# Time of the territory: deadlines fall on the local day, not on the day of Paris.
_FUSEAUX = {
    "971": "America/Guadeloupe",
    "972": "America/Martinique",
    "973": "America/Cayenne",
    "974": "Indian/Reunion",
    "975": "America/Miquelon",
    "976": "Indian/Mayotte",
    "977": "America/St_Barthelemy",
    "978": "America/Marigot",
    "984": "Indian/Kerguelen",
    "986": "Pacific/Wallis",
    "987": "Pacific/Tahiti",
    "988": "Pacific/Noumea",
    "989": "Etc/GMT+8",
}
# Marquesas and Gambier islands do not keep the time of Tahiti.
_FUSEAUX_PAR_COMMUNE = {
    **dict.fromkeys(("98718", "98723", "98731", "98746", "98756", "98757"), "Pacific/Marquesas"),
    "98719": "Pacific/Gambier",
}


def commune(code: str) -> Commune | None:
    """The present commune of this INSEE code; None for an unknown or an old code (see `ancienne`)."""
    return registre.communes(departement_du_code(code)).get(code)


def ancienne(code: str) -> AncienneCommune | None:
    """What became of a code no longer in force; None when nothing is known of it."""
    for candidate in registre.anciennes(departement_du_code(code)):
        if candidate.code == code:
            return candidate
    return None


def communes_du_departement(code: str) -> tuple[Commune, ...]:
    """Communes in the order of their codes; empty for an unknown département."""
    return tuple(registre.communes(code).values())


def communes() -> Iterator[Commune]:
    """Every present commune, département by département."""
    for departement_ in departements():
        yield from registre.communes(departement_.code).values()


def anciennes() -> Iterator[AncienneCommune]:
    """Every old code or name linked to a present commune."""
    for departement_ in departements():
        yield from registre.anciennes(departement_.code)


def epci(code: str) -> Epci | None:
    """The intercommunalité or territorial body of this SIREN."""
    return registre.epci().get(code)


def tous_les_epci() -> tuple[Epci, ...]:
    """Intercommunalités and territorial bodies of Greater Paris, by SIREN."""
    return tuple(registre.epci().values())


def departement(code: str) -> Departement | None:
    return registre.departements().get(code)


def departements() -> tuple[Departement, ...]:
    """101 départements and the overseas collectivities, by code."""
    return tuple(registre.departements().values())


def region(code: str) -> Region | None:
    return registre.regions().get(code)


def regions() -> tuple[Region, ...]:
    return tuple(registre.regions().values())


def arrondissement(code: str) -> str | None:
    """Name of an arrondissement of a département."""
    return registre.arrondissements().get(code)


def qpv(code: str) -> Qpv | None:
    return registre.qpv().get(code)


def tous_les_qpv() -> tuple[Qpv, ...]:
    return tuple(registre.qpv().values())


def qpv_de(commune_: Commune | str) -> tuple[Qpv, ...]:
    """Priority neighbourhoods lying on a commune, given by its code or its value."""
    trouvee = commune(commune_) if isinstance(commune_, str) else commune_
    return tuple(registre.qpv()[code] for code in trouvee.qpv) if trouvee else ()


@cache
def _index() -> IndexDesCommunes:
    return IndexDesCommunes(communes(), anciennes(), departements())


def rechercher(texte: str, limite: int = 20) -> list[Resultat]:
    """Communes as people type them: the closest spelling first, then the most populated."""
    return _index().rechercher(texte, limite)


def fuseau(code_departement: str) -> ZoneInfo:
    """Time zone of a département; Paris for metropolitan France."""
    return ZoneInfo(_FUSEAUX.get(code_departement, "Europe/Paris"))


def heures_d_ailleurs() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The communes, then the départements, that do not keep the time of Paris."""
    return tuple(_FUSEAUX_PAR_COMMUNE), tuple(_FUSEAUX)


def fuseau_de_commune(code: str) -> ZoneInfo:
    """Time zone of a commune: French Polynesia keeps three."""
    if code in _FUSEAUX_PAR_COMMUNE:
        return ZoneInfo(_FUSEAUX_PAR_COMMUNE[code])
    return fuseau(departement_du_code(code))
