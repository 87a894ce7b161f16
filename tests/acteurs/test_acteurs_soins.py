"""The bodies of care of a territory, found together in the directory (fiche 6)."""

import pytest
from django.test import Client
from django.urls import reverse
from tests.acteurs.fabriques import creer_compte, creer_organisme

from maillage.acteurs.models import Organisme
from maillage.acteurs.selectors import SOINS, organismes

pytestmark = pytest.mark.django_db


def test_les_structures_de_soin_d_un_departement_se_trouvent_ensemble(fabrique):
    soignent = [creer_organisme(f"Soin {genre}", genre) for genre in ("cmp", "cjc", "mda")]
    loin, mairie = creer_organisme("CSAPA lointain", "csapa"), creer_organisme("Mairie", "commune")
    with fabrique():
        ici = [organisme.pk for organisme in (*soignent, mairie)]
        Organisme.objects.filter(pk__in=ici).update(departement_code="31")
        Organisme.objects.filter(pk=loin.pk).update(departement_code="75")
    assert set(organismes(genre=SOINS, departement="31")) == set(soignent)
    client = Client()
    client.force_login(creer_compte("coordonnateur"))
    page = client.get(reverse("acteurs:organismes"), {"genre": SOINS, "departement": "31"}).content.decode()
    assert "Soin cmp" in page
    assert "CSAPA lointain" not in page
