"""Function × permission, as data, executed: in the registry, then through every address of the product.

The matrix is written by hand in ``matrice.yaml``: a permission that opens or closes without its line
being changed fails here, and the message gives the line to write.
"""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
import yaml
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from tests.acteurs.fabriques import creer_compte

from maillage.acteurs.api import FONCTIONS
from maillage.socle.permissions import FONCTION_ABSENTE, PUBLIQUE, Permission, juger, permission_de, toutes

SANS_FONCTION = "sans_fonction"
PORTEURS = [*FONCTIONS, SANS_FONCTION]
MATRICE = yaml.safe_load((Path(__file__).parent / "matrice.yaml").read_text(encoding="utf-8"))

#: One value for each kind of path converter: an object that does not exist.
VALEURS = {
    "uuid": UUID("00000000-0000-4000-8000-000000000000"),
    "int": 999_999_999,
    "str": "inexistant",
    "slug": "inexistant",
    "path": "inexistant",
}


class Porteur:
    """Who holds exactly these functions."""

    is_authenticated = True

    def __init__(self, *fonctions: str) -> None:
        self.fonctions = frozenset(fonctions)


def porteur(code: str) -> Porteur:
    return Porteur() if code == SANS_FONCTION else Porteur(code)


def ligne_attendue(permission: Permission) -> dict[str, object]:
    """What the registry says now, in the form of the matrix: printed when the two disagree."""
    ouverts = [code for code in PORTEURS if juger(porteur(code), permission).ok]
    fermes: dict[str, list[str]] = {}
    for code in PORTEURS:
        for motif in juger(porteur(code), permission).motifs:
            fermes.setdefault(motif.code, []).append(code)
    return {"autorise": ouverts, "refuse": fermes}


def ensembles(ligne: dict | None) -> tuple[frozenset[str], dict[str, frozenset[str]]]:
    """A line of the matrix without its order. A function written twice is a fault of the file."""
    ligne = ligne or {"autorise": [], "refuse": {}}
    listes = [ligne["autorise"], *ligne["refuse"].values()]
    assert all(len(liste) == len(set(liste)) for liste in listes)
    return frozenset(ligne["autorise"]), {motif: frozenset(codes) for motif, codes in ligne["refuse"].items()}


def adresses(resolveur: URLResolver | None = None, prefixe: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address of the product with a real path, arguments filled with absent objects."""
    for motif in (resolveur or get_resolver()).url_patterns:
        if isinstance(motif, URLResolver):
            yield from adresses(motif, prefixe + str(motif.pattern))
        else:
            yield prefixe + str(motif.pattern), motif


def chemin(modele: str) -> str:
    for genre, valeur in VALEURS.items():
        while f"<{genre}:" in modele:
            debut = modele.index(f"<{genre}:")
            modele = modele[:debut] + str(valeur) + modele[modele.index(">", debut) + 1 :]
    while "<" in modele:
        debut = modele.index("<")
        modele = modele[:debut] + "inexistant" + modele[modele.index(">", debut) + 1 :]
    return "/" + modele


#: Loading the addresses loads every room, hence every permission.
ADRESSES = list(adresses())


@pytest.mark.parametrize("permission", toutes(), ids=lambda permission: permission.code)
def test_la_matrice_couvre_chaque_fonction_et_dit_ce_que_le_registre_applique(permission):
    attendue = ligne_attendue(permission)
    ecrite = MATRICE.get(permission.code)
    assert ensembles(ecrite) == ensembles(attendue), "à écrire dans matrice.yaml :\n" + yaml.safe_dump(
        {permission.code: attendue}, allow_unicode=True, sort_keys=False, default_flow_style=None, width=118
    )


def test_la_matrice_ne_parle_d_aucune_permission_disparue():
    assert set(MATRICE) <= {permission.code for permission in toutes()}


def test_chaque_adresse_declare_sa_permission():
    nues = [modele for modele, motif in ADRESSES if permission_de(motif.callback) is None]
    assert not nues, f"adresses fermées à tous, faute de permission : {nues}"


def test_chaque_permission_demandee_par_une_adresse_est_au_registre_ou_commune():
    connues = {permission.code for permission in toutes()} | {"publique", "compte"}
    assert {permission_de(motif.callback).code for _, motif in ADRESSES} <= connues


@pytest.mark.django_db
def test_sans_connexion_chaque_adresse_non_publique_mene_a_la_connexion():
    client = Client()
    for modele, motif in ADRESSES:
        if permission_de(motif.callback) == PUBLIQUE:
            continue
        for reponse in (client.get(chemin(modele)), client.post(chemin(modele))):
            assert reponse.status_code == 302, modele
            assert reponse["Location"].startswith("/connexion/"), modele


@pytest.mark.django_db
@pytest.mark.parametrize("code", PORTEURS)
def test_chaque_adresse_refuse_ou_ouvre_comme_la_matrice_le_dit(code):
    compte = creer_compte() if code == SANS_FONCTION else creer_compte(code)
    client = Client()
    client.force_login(compte)
    for modele, motif in ADRESSES:
        permission = permission_de(motif.callback)
        # A permission without a line is named once, by the test of the matrix itself.
        if permission == PUBLIQUE or not (permission.tout_compte or permission.code in MATRICE):
            continue
        ouverte = permission.tout_compte or code in MATRICE[permission.code]["autorise"]
        if ouverte:
            assert refus_de_fonction(client.get(chemin(modele))) is False, modele
        else:
            assert refus_de_fonction(client.get(chemin(modele))) is True, modele
            assert refus_de_fonction(client.post(chemin(modele))) is True, modele


def refus_de_fonction(reponse) -> bool:
    """Whether the registry itself refused: 403, with the motif that says so."""
    contexte = reponse.context or {}
    verdict = contexte.get("verdict") if reponse.status_code == 403 else None
    return verdict is not None and FONCTION_ABSENTE in verdict.codes
