"""Addresses resolved once are those of the map."""

from uuid import uuid4

import pytest
from django.urls import NoReverseMatch, reverse

from maillage.interface.adresses import adresse


def test_an_address_is_the_one_of_the_map_whatever_the_ids():
    for _ in range(2):
        une, autre = uuid4(), uuid4()
        assert adresse("situations:liste") == reverse("situations:liste")
        assert adresse("situations:situation", une) == reverse("situations:situation", args=[une])
        assert adresse("situations:accord", une, autre) == reverse("situations:accord", args=[une, autre])


def test_an_unknown_route_is_an_error_of_the_programme():
    with pytest.raises(NoReverseMatch):
        adresse("situations:nulle_part")
