"""Where an act may start from: a file that already says the date, the place, the property or the PV.

A room above registers a reader of its own files, which asks its own rights. What it gives fills a form once;
nothing is written before the agent sends it, and no row keeps where it came from: two cercles are never tied.
A person is given only by a file of the very register the act is opened in.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from maillage.maire.lieux import Lieu
from maillage.situations.api import IdentiteVue
from maillage.socle.refus import Introuvable


@dataclass(frozen=True, slots=True)
class Depart:
    """What a file already says, in the codes of the forms it fills; empty where it does not say."""

    faits_le: date | None = None
    faits: str = ""
    lieu: str = ""
    lieu_precis: str = ""
    lieu_commune: str = ""
    contravention: str = ""
    bien: str = ""
    estimation: Decimal | None = None
    pv_numero: str = ""
    pv_le: date | None = None


#: What a reader answers: the facts, and the person when the file is one of that very register.
Lecture = tuple[Depart, IdentiteVue | None]
_LECTEURS: dict[str, Callable[[Lieu, UUID], Lecture]] = {}
CHAMPS = (
    "faits_le",
    "faits",
    "lieu",
    "lieu_precis",
    "lieu_commune",
    "contravention",
    "bien",
    "estimation",
    "pv_numero",
    "pv_le",
)


def enregistrer(genre: str, lire: Callable[[Lieu, UUID], Lecture]) -> None:
    """Files of that kind may open an act. ``lire`` raises ``Introuvable`` for what the actor may not read."""
    _LECTEURS[genre] = lire


def valeurs(ou: Lieu, demande: Mapping[str, str]) -> dict[str, Any]:
    """Initial values of a form opened with ``?depuis=<kind>&dossier=<id>``; nothing without them."""
    genre = demande.get("depuis", "")
    if not genre:
        return {}
    try:
        cle = UUID(demande.get("dossier", ""))
    except ValueError:
        raise Introuvable() from None
    if genre not in _LECTEURS:
        raise Introuvable(cle)
    depart, personne = _LECTEURS[genre](ou, cle)
    remplis = {champ: getattr(depart, champ) for champ in CHAMPS}
    if personne is not None:
        donnees = personne.donnees
        remplis |= {nom: getattr(donnees, nom) for nom in ("nom", "prenom", "naissance", "sexe", "adresse")}
        for un in personne.representants[:1]:
            remplis |= {
                "representant_nom": un.nom,
                "representant_prenom": un.prenom,
                "representant_lien": un.lien,
                "representant_adresse": un.adresse,
            }
    return {champ: valeur for champ, valeur in remplis.items() if valeur}
