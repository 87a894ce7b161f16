"""A cluster of its own, since it will be killed: a small demonstration of accounts and bodies, no council."""

from __future__ import annotations

import shutil
import tempfile
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from psycopg import sql
from tests.conftest import MODELE, _fabriquer_modele, _pointer
from tests.e2e.conftest import HORLOGE_DU_PRODUIT
from tests.pannes.service import SUSPENDRE_AU_COMMIT, Service

PEUPLE = "maillage_pannes"
#: Communes that have no council yet, one a journey.
COMMUNES = ("31149", "31069", "31557", "31157", "31044", "31555")
#: Code of the person, function, kind of the body they work for.
PERSONNES = {
    "coordonnatrice": ("coordonnateur", "commune"),
    "maire": ("maire", "commune"),
    "principal": ("membre", "chef_etablissement"),
    "referente": ("referent_parcours", "prevention_specialisee"),
    "assistante": ("membre", "ccas"),
}


@dataclass(frozen=True)
class Monde:
    """The cluster, and the public ids of its accounts and bodies."""

    serveur: Any
    comptes: dict[str, str]
    organismes: dict[str, str]


@pytest.fixture(scope="session")
def monde(django_db_blocker: Any) -> Iterator[Monde]:
    from django.db import connections

    from maillage.socle.cles.acces import coffre, installer
    from maillage.socle.postgres import serveur_demarre

    travailleur = dict(connections["default"].settings_dict), dict(connections["proprietaire"].settings_dict)
    du_travailleur = coffre()
    dossier = Path(tempfile.mkdtemp(prefix="m-pannes-"))
    dossier.chmod(0o711)
    try:
        with serveur_demarre(dossier / "postgres") as serveur:
            with django_db_blocker.unblock():
                try:
                    monde = _peupler(serveur, django_db_blocker)
                finally:
                    for alias, reglages in zip(("default", "proprietaire"), travailleur, strict=True):
                        connections[alias].close()
                        connections[alias].settings_dict.clear()
                        connections[alias].settings_dict.update(reglages)
                    installer(du_travailleur)
            yield monde
    finally:
        shutil.rmtree(dossier)


def _peupler(serveur: Any, blocage: Any) -> Monde:
    """By the product's migrations, then the accounts nobody is there to open."""
    from django.db import connections

    from maillage.acteurs.models import Compte, FonctionExercee, NomOrganisme, Organisme
    from maillage.projet.bases import sous_le_proprietaire
    from maillage.socle.contexte import en_maintenance
    from maillage.socle.installation import marquer
    from maillage.socle.postgres.roles import creer_base

    _fabriquer_modele(serveur, blocage)
    with serveur.connexion_superutilisateur() as connexion:
        creer_base(connexion, PEUPLE, modele=MODELE, essais=True)
    _pointer(serveur, PEUPLE)
    with connections["proprietaire"].cursor() as curseur:
        curseur.execute(HORLOGE_DU_PRODUIT)
        curseur.execute(SUSPENDRE_AU_COMMIT)
    debut = datetime(2020, 1, 1, tzinfo=UTC)
    comptes, organismes = {}, {}
    with sous_le_proprietaire(), en_maintenance():
        marquer(demo=True, cree_le=debut)
        _enregistrer_les_communes()
        for code, (fonction, genre) in PERSONNES.items():
            if genre not in organismes:
                organisme = Organisme.objects.create(genre=genre, commune_code="", departement_code="31")
                NomOrganisme.objects.create(
                    organisme=organisme, nom=f"Organisme {genre}", depuis=date(2010, 1, 1)
                )
                organismes[genre] = organisme
            compte = Compte.objects.creer(
                courriel=f"{code}@exemple.invalid",
                prenom="Camille",
                nom=code.capitalize(),
                double_facteur_exige=False,
                organisme=organismes[genre],
            )
            portees = COMMUNES if genre == "commune" else ("",)
            for commune in portees:
                FonctionExercee.objects.create(
                    compte=compte,
                    code=fonction,
                    portee_genre="commune" if commune else "aucune",
                    portee_code=commune,
                    depuis=debut,
                )
            comptes[code] = str(compte.public_id)
    for alias in ("default", "proprietaire"):
        connections[alias].close()
    return Monde(serveur, comptes, {genre: str(o.public_id) for genre, o in organismes.items()})


def _enregistrer_les_communes() -> None:
    """The few communes of the journeys: the whole register would take longer than the kills."""
    from maillage.territoires.models import Commune, Departement, Population, Region

    region = Region.objects.create(code="76", nom="Occitanie", chef_lieu="31555", zone="metro")
    departement = Departement.objects.create(
        code="31", nom="Haute-Garonne", region=region, chef_lieu="31555", zone="metro"
    )
    for code in COMMUNES:
        commune = Commune.objects.create(code=code, nom=f"Commune {code}", departement=departement)
        Population.objects.create(commune=commune, habitants=20_000)


@pytest.fixture
def servir(monde: Monde, tmp_path: Path) -> Iterator[Callable[..., Service]]:
    """``servir()``: the application on a clone of its own; ``embarque=True``: as an embedded one.

    ``modele``: the database it is a clone of, that of the accounts alone by default.
    """
    from maillage.socle.postgres import BASE
    from maillage.socle.postgres.roles import creer_base

    services: list[Service] = []

    def ouvrir(*, embarque: bool = False, modele: str = PEUPLE) -> Service:
        base = BASE if embarque else f"panne_{uuid.uuid4().hex[:12]}"
        with monde.serveur.connexion_superutilisateur() as connexion:
            creer_base(connexion, base, modele=modele, essais=True)
        service = Service(monde.serveur, base, tmp_path / "journal.txt", embarque=embarque)
        services.append(service)
        service.demarrer()
        return service

    yield ouvrir
    monde.serveur.demarrer()
    for service in services:
        service.arreter()
        with monde.serveur.connexion_superutilisateur() as connexion:
            connexion.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(service.base))
            )
