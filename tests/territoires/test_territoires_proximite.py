"""The communes around one, the nearest first."""

import pytest

from maillage.territoires.api import communes_proches


def test_autour_de_toulouse_la_commune_elle_meme_vient_d_abord_puis_ses_voisines():
    proches = communes_proches("31555")
    assert next(iter(proches.items())) == ("31555", 0)
    assert list(proches.values()) == sorted(proches.values())
    assert len(proches) == 40
    assert {"31149", "31069", "31044"} <= set(proches)


def test_la_distance_est_celle_de_la_carte():
    proches = communes_proches("31555", 400)
    assert 8 <= proches["31149"] <= 12
    assert 15 <= proches["31395"] <= 22


def test_une_limite_de_departement_n_arrete_pas_les_voisines():
    assert any(not code.startswith("92") for code in communes_proches("92026"))


@pytest.mark.parametrize("code", ["98818", "99999"])
def test_sans_contour_la_commune_reste_seule(code):
    assert dict(communes_proches(code)) == {code: 0}
