"""A coordinator adds what her town offers, then reads what opens to a young person and from when."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from tests.e2e.navigation import TELEPHONE, Visiteur

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("e2e")]

COORDINATION, PRINCIPAL = "Hélène Olivet", "Bruno Cazalens"
NOUVEAU, OFFRE = "Atelier radio du quartier", "Une place au studio"


def ecrire(elle: Visiteur, **valeurs: str) -> None:
    for nom, valeur in valeurs.items():
        elle.page.locator(f"main [name={nom}]").fill(valeur)


def ajouter_le_dispositif(elle: Visiteur) -> None:
    elle.menu("Dispositifs")
    elle.suivre("Ajouter un dispositif local")
    ecrire(elle, libelle=NOUVEAU, source="Délibération de l’essai", age_min="12", age_max="25")
    assert elle.presser("Ajouter le dispositif") == 200
    assert elle.titre == NOUVEAU


def enregistrer_l_offre(elle: Visiteur) -> None:
    elle.menu("Offres d’accueil")
    elle.suivre("Enregistrer une offre")
    elle.page.locator("main [name=dispositif]").select_option(label=NOUVEAU)
    elle.page.locator("main [name=organisme]").select_option(label="Mairie de Colomiers")
    ecrire(elle, intitule=OFFRE, commune_code="31149")
    assert elle.presser("Enregistrer l’offre") == 200
    assert elle.titre == OFFRE
    assert "1 place libre" in elle.texte


def ouvrir_un_mineur(elle: Visiteur) -> None:
    """The first followed person who is not yet of age: something opens to them later."""
    elle.menu("Situations")
    personnes = elle.page.locator("main tbody th a")
    adresses = [a.get_attribute("href") or "" for a in personnes.all()]
    for adresse in adresses:
        elle.aller(adresse)
        trouve = re.search(r"(\d+) ans\b", elle.texte)
        if trouve and 12 <= int(trouve.group(1)) < 18:
            return
    raise AssertionError("Aucun mineur suivi dans la démonstration.")


def test_la_coordination_ajoute_un_dispositif_et_lit_ce_qui_s_ouvre_a_un_jeune(
    visiter: Callable[..., Visiteur],
) -> None:
    elle = visiter(COORDINATION)
    ajouter_le_dispositif(elle)
    enregistrer_l_offre(elle)
    ouvrir_un_mineur(elle)
    elle.suivre("Voir les dispositifs")
    assert elle.titre == "Dispositifs possibles"
    assert NOUVEAU in elle.texte
    assert OFFRE in elle.texte
    for raison in (
        "Le SMA se fait outre-mer.",
        "Aucun travail d’intérêt général n’a été prononcé",
        "La fin d’une mesure judiciaire n’a pas été énoncée",
    ):
        assert raison in elle.texte
    assert re.search(r"Possible à partir du \d+(er)? \w+ \d{4}", elle.texte)
    elle.capturer("dispositifs-possibles")


def test_un_principal_au_telephone_ne_lit_aucun_nom_qui_revele_un_suivi(
    visiter: Callable[..., Visiteur],
) -> None:
    lui = visiter(PRINCIPAL, ecran=TELEPHONE)
    ouvrir_un_mineur(lui)
    lui.suivre("Voir les dispositifs")
    assert "Période de mise en situation" in lui.texte
    assert "Un accompagnement spécialisé" in lui.texte
    for nom in ("TAPAJ", "CSAPA", "intérêt général", "justice"):
        assert nom not in lui.texte
    lui.suivre("Toutes les offres, avec leurs raisons")
    assert "Tous les dispositifs" in lui.texte
