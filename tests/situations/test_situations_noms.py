"""Names on the pages: the word groupe once, a sensitive body only to who must know it."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from tests.situations.fabriques import un_groupe, une_situation

from maillage.acteurs.models import Compte

pytestmark = pytest.mark.django_db


@pytest.fixture
def visite(client: Client) -> Callable[[Compte], Client]:
    """The browser of that account."""

    def entrer(compte: Compte) -> Client:
        client.force_login(compte)
        return client

    return entrer


def texte(reponse) -> str:
    return re.sub(r"\s+", " ", reponse.content.decode().replace("\u00a0", " "))


def test_aucune_page_ne_dit_deux_fois_le_mot_groupe(visite):
    ici = un_groupe(nom="Groupe Jeunesse")
    situation = une_situation(ici)
    client = visite(ici.coordonnatrice)
    for adresse in (
        reverse("situations:liste"),
        reverse("situations:signalements"),
        reverse("situations:situation", args=[situation.public_id]),
        reverse("situations:nouveau_signalement"),
        reverse("instances:formation", args=[ici.formation.public_id]),
        reverse("seances:liste"),
    ):
        page = " ".join(texte(client.get(adresse, follow=True)).lower().replace("«", " ").split())
        assert "groupe groupe" not in page, adresse
    assert "Qui lit le groupe Jeunesse" in texte(client.get(reverse("situations:liste")))


def test_le_choix_du_referent_masque_comme_le_dossier(visite):
    ici = un_groupe()
    ici.ajouter("csapa", sensible=True)
    situation = une_situation(ici)
    adresse = reverse("situations:referent", args=[situation.public_id])
    choix = texte(visite(ici.membre).get(adresse))
    assert "(Organisme masqué)" in choix
    assert "Organisme csapa" not in choix
    assert "Organisme csapa" in texte(visite(ici.coordonnatrice).get(adresse))
