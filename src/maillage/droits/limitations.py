"""Whether a file is restricted, for those who would write in it; what is erased with it (RGPD, art. 18)."""

from collections.abc import Mapping, Sequence

from maillage.droit.api import Force, Motif
from maillage.droits.models import AncienneValeur, Limitation
from maillage.situations.api import Dossier as DossierVu
from maillage.situations.api import Encart, Situation, presents

DOSSIER_LIMITE = Motif(
    "dossier_limite",
    "Le traitement de ce dossier est limité à la demande de la personne : il se lit, rien ne s’y écrit ni ne "
    "se partage tant que la limitation n’est pas levée.",
    "RGPD, art. 18",
    Force.LOI,
)


def en_cours(situation: Situation) -> Limitation | None:
    """The restriction in force, if the reader's cercle holds one."""
    return Limitation.objects.filter(
        situation=situation, cercle=situation.cercle_id, levee_le__isnull=True
    ).first()


def gel(situation: Situation) -> Sequence[Motif]:
    """Why nothing is written there; nothing when it is not restricted."""
    return [DOSSIER_LIMITE] if en_cours(situation) is not None else []


def effacer(situations: Sequence[int]) -> Mapping[str, int]:
    """Erase what this room holds about these files. Run as ``m_maintenance``, before the files themselves."""
    return {
        modele._meta.model_name or "": modele._default_manager.filter(situation__in=situations).delete()[0]
        for modele in (Limitation, AncienneValeur)
    }


def _encart(dossier: DossierVu, ecrit: bool) -> Mapping[str, object] | None:
    limitation = en_cours(dossier.situation) if "limitation" in presents(dossier.situation) else None
    if limitation is None:
        return None
    return {"limitation": limitation, "situation": dossier.situation, "leve": ecrit}


ENCART = Encart("limitation", 1, "droits/_limitation.html", _encart)
