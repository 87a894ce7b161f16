"""A club in a groupe (fiche 29): its agent reads nothing there before signing the charter."""

from datetime import UTC, datetime

import pytest
from tests.acteurs.fabriques import creer_compte, creer_organisme
from tests.instances import fabriques as f

from maillage.instances.api import (
    ajouter_siege,
    cercles_visibles,
    habiliter,
    mes_cercles,
    retirer_siege,
    signer_charte,
)
from maillage.strategie import api as strategie

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _jour(horloge):
    horloge(datetime(2026, 3, 2, 9, tzinfo=UTC))


@pytest.mark.parametrize("genre", ["club_sportif", "federation_sportive"])
def test_the_agent_of_a_club_reads_the_groupe_only_once_the_charter_is_signed(genre, au_nom_de):
    assert strategie.acteur(genre).famille == "sport"
    conseil = f.conseil()
    groupe, autre = f.groupe(conseil), f.groupe(conseil)
    club = creer_organisme(genre=genre, commune_code=f.COMMUNE)
    agent = creer_compte("membre", organisme=club)
    with au_nom_de(f.coordonnateur()):
        siege = ajouter_siege(formation=groupe.public_id, organisme=club.public_id)
        habiliter(siege=siege.public_id, compte=agent.public_id, role="membre")
    with au_nom_de(agent):
        assert mes_cercles() == []
        assert cercles_visibles() == []
    with au_nom_de(agent):
        signer_charte(texte=groupe.textes.get(genre="charte", etat="adopte").public_id)
    with au_nom_de(agent):
        assert mes_cercles() == [groupe.cercle_id]
        assert autre.cercle_id not in mes_cercles()
    with au_nom_de(f.coordonnateur()):
        retirer_siege(siege=siege.public_id)
    with au_nom_de(agent):
        assert mes_cercles() == []
