"""The room's door: the only module other rooms import."""

from maillage.instances.models import (
    Cercle,
    Conseil,
    ConseilCommune,
    Formation,
    Habilitation,
    Role,
    Siege,
    Volet,
)
from maillage.instances.selectors.acces import (
    CercleVu,
    Lecteur,
    Lecteurs,
    cercle_vu,
    cercles_visibles,
    formation_du_cercle,
    fuseau_du_cercle,
    habilites,
    lecteurs,
    membre_judiciaire,
    mes_cercles,
    role_dans,
)
from maillage.instances.selectors.conseils import conseils_de, conseils_visibles_par

__all__ = [
    "Cercle",
    "CercleVu",
    "Conseil",
    "ConseilCommune",
    "Formation",
    "Habilitation",
    "Lecteur",
    "Lecteurs",
    "Role",
    "Siege",
    "Volet",
    "cercle_vu",
    "cercles_visibles",
    "conseils_de",
    "conseils_visibles_par",
    "formation_du_cercle",
    "fuseau_du_cercle",
    "habilites",
    "lecteurs",
    "membre_judiciaire",
    "mes_cercles",
    "role_dans",
]
