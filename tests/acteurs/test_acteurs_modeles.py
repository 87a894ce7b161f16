"""What the tables of the room accept and refuse."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from maillage.acteurs.models import NomOrganisme, Organisme

pytestmark = pytest.mark.django_db


def test_un_organisme_porte_le_nom_de_la_date_demandee(fabrique):
    with fabrique():
        organisme = Organisme.objects.create(genre="france_travail")
        NomOrganisme.objects.create(
            organisme=organisme, nom="Pôle emploi", depuis=date(2008, 12, 19), jusqua=date(2024, 1, 1)
        )
        NomOrganisme.objects.create(organisme=organisme, nom="France Travail", depuis=date(2024, 1, 1))

    assert organisme.nom_le(date(2023, 12, 31)) == "Pôle emploi"
    assert organisme.nom_le(date(2024, 1, 1)) == "France Travail"
    assert organisme.nom_le(date(2001, 1, 1)) == "Pôle emploi"


def test_un_organisme_ne_porte_pas_deux_noms_le_meme_jour(fabrique):
    with fabrique():
        organisme = Organisme.objects.create(genre="france_travail")
        NomOrganisme.objects.create(organisme=organisme, nom="A", depuis=date(2020, 1, 1))
        with pytest.raises(IntegrityError), transaction.atomic():
            NomOrganisme.objects.create(organisme=organisme, nom="B", depuis=date(2021, 1, 1))
