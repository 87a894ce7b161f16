"""The register of requests of the attacked council: a canary asks what is known of them."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from tests.droits.fabriques_droits import interrogee, un_registre
from tests.instances import fabriques as f
from tests.situations.fabriques import Groupe

from maillage.droits.models import Limitation
from maillage.instances.api import LigneNominative
from maillage.situations.api import Situation
from maillage.situations.identites import DonneesIdentite
from maillage.socle.contexte import en_maintenance

#: Every table of the room.
NOMINATIVES: tuple[Any, ...] = tuple(
    modele for modele in apps.get_app_config("droits").get_models() if issubclass(modele, LigneNominative)
)


@dataclass(frozen=True)
class DroitsExerces:
    """What the register holds: its cercle, and public ids by what they name."""

    cercle: int
    ids: dict[str, list[UUID]]


def des_droits(groupe: Groupe, qui: DonneesIdentite, situation: Situation) -> DroitsExerces:
    """A request put to the attacked groupe; who coordinates it reads the register too."""
    ici = un_registre(groupe)
    f.membre(ici.formation, groupe.coordonnatrice)
    demande, question = interrogee(ici, qui=qui)
    # A closed file: nobody writes in it any more, and its term is not held back.
    with en_maintenance():
        limitee = Limitation.objects.create(
            cercle_id=groupe.cle,
            situation=situation,
            objet=situation.public_id,
            reference=f"Situation n° {situation.numero}",
            le=situation.ouverte_le,
            par=groupe.coordonnatrice,
            motif="exactitude",
        )
    return DroitsExerces(
        ici.formation.cercle_id,
        {
            "droits": [ici.cle],
            "demande": [demande.public_id],
            "question": [question.public_id],
            "limitation": [limitee.public_id],
        },
    )
