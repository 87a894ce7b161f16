"""A town hall whose registers are open: the mayor, who keeps them, a protocol with the parquet in force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.conftest import _pointer
from tests.pannes.conftest import COMMUNES, PEUPLE, Monde

BASE = "maillage_pannes_actes"


@dataclass(frozen=True)
class MairieServie:
    """The model of the database, the public ids of the two cercles, the keys of the accounts."""

    base: str
    commune: str
    actes: str
    familles: str
    accompagnant: str
    comptes: Mapping[str, int]


def ouvrir_les_registres(monde: Monde, blocage: Any) -> MairieServie:
    """In a database of its own, a clone of that of the accounts."""
    from django.db import connections

    from maillage.socle.postgres.roles import creer_base

    with monde.serveur.connexion_superutilisateur() as connexion:
        creer_base(connexion, BASE, modele=PEUPLE, essais=True)
    travailleur = {alias: dict(connections[alias].settings_dict) for alias in ("default", "proprietaire")}
    with blocage.unblock():
        _pointer(monde.serveur, BASE)
        try:
            return _ouvrir(monde)
        finally:
            for alias, reglages in travailleur.items():
                connections[alias].close()
                connections[alias].settings_dict.clear()
                connections[alias].settings_dict.update(reglages)


def _ouvrir(monde: Monde) -> MairieServie:
    from tests.acteurs.fabriques import creer_organisme
    from tests.instances import fabriques as f
    from tests.maire.fabriques_protocoles import protocole

    from maillage.acteurs.models import Compte

    commune = COMMUNES[0]
    comptes = {qui: Compte.objects.get(public_id=cle) for qui, cle in monde.comptes.items()}
    conseil = f.conseil(commune)
    actes = f.registre(conseil, commune=commune)
    familles = f.registre(conseil, genre="cddf", commune=commune)
    for registre in (actes, familles):
        f.membre(registre, comptes["coordonnatrice"])
        f.membre(registre, comptes["maire"], role="maire")
    protocole(conseil, comptes["coordonnatrice"], commune=commune, sport="oui")
    accompagnant = creer_organisme(departement_code=commune[:2])
    return MairieServie(
        BASE,
        commune,
        str(actes.cercle.public_id),
        str(familles.cercle.public_id),
        str(accompagnant.public_id),
        {qui: compte.pk for qui, compte in comptes.items()},
    )
