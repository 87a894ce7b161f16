"""From what a séance decides (« vers la mission locale ») to the schemes that answer it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

#: Destination of ``destinations_orientation`` -> schemes proposed first; the others stay open.
DISPOSITIFS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "mission_locale": ("pmsmp", "formation_16_18", "parrainage"),
        "france_travail": ("pmsmp",),
        "cap_emploi": ("pmsmp",),
        "insertion_activite": ("pmsmp",),
        "parrainage": ("parrainage",),
        "tapaj": ("tapaj",),
        "epide": ("epide",),
        "service_militaire_volontaire": ("smv", "sma"),
        "formation": ("formation_16_18",),
        "education_nationale": ("ecole_decrochage", "ecole_exclusion", "ecole_responsabilisation"),
        "maison_adolescents": ("soin_mda",),
        "centre_medico_psychologique": ("soin_cmp", "soin_cmpp"),
        "consultation_jeunes": ("soin_cjc",),
        "csapa": ("soin_csapa", "tapaj"),
    }
)


def d_abord(destination: str) -> tuple[str, ...]:
    """The schemes of that destination, none when the séance named a service and no scheme."""
    return DISPOSITIFS.get(destination, ())
