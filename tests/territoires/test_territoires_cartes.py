"""Outlines and maps: every commune drawn, nothing the content policy refuses, names that can be read."""

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from maillage.territoires import cartes, geometrie, referentiel
from maillage.territoires.cartes import ICI, MEMBRE, Lieu

SVG = "{http://www.w3.org/2000/svg}"
RETABLIES = {"14666", "15031", "15035", "15047", "15171", "85165", "85212"}


def lieux(*codes):
    communes = [referentiel.commune(code) for code in codes]
    return {commune.code: Lieu(commune.nom, commune.population or 0) for commune in communes}


def surface(contour):
    """Area of an outline in cells of the grid, holes deducted."""
    return (
        sum(x1 * y2 - x2 * y1 for anneau in contour for (x1, y1), (x2, y2) in pairwise((*anneau, anneau[0])))
        / 2
    )


def dessiner(carte):
    texte = carte.svg()
    return texte, ElementTree.fromstring(
        texte.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    )


def test_every_commune_but_the_known_ones_has_an_outline():
    collectivites = {"975", "977", "978", "984", "986", "987", "988", "989"}
    sans = {
        commune.code
        for commune in referentiel.communes()
        if commune.departement not in collectivites and geometrie.contour_de_commune(commune.code) is None
    }
    assert sans == RETABLIES


def test_the_missing_communes_know_which_outline_still_holds_them():
    for code in RETABLIES:
        englobante = geometrie.commune_englobante(code)
        assert englobante is not None
        assert geometrie.contour_de_commune(englobante)


def test_outlines_belong_to_present_communes_only():
    for departement in referentiel.departements():
        codes = {commune.code for commune in referentiel.communes_du_departement(departement.code)}
        assert set(geometrie.contours_des_communes(departement.code)) <= codes


def test_every_ring_is_a_surface():
    for departement in ("31", "94", "974"):
        for contour in geometrie.contours_des_communes(departement).values():
            assert contour
            for anneau in contour:
                assert len(set(anneau)) >= 3


def test_merged_communes_are_drawn_as_one_without_inner_border():
    contour = geometrie.contour_de_commune("49126")
    assert contour is not None
    assert len(contour) == 1
    assert abs(surface(contour)) > 50


def test_the_outline_of_a_departement_covers_about_its_communes():
    communes = sum(map(surface, geometrie.contours_des_communes("31").values()))
    entier = surface(geometrie.contours_des_departements()["31"])
    assert abs(entier / communes - 1) < 0.05


def test_there_are_outlines_for_the_departements_and_the_regions():
    assert len(geometrie.contours_des_departements()) == 101
    assert len(geometrie.contours_des_regions()) == 18


@pytest.mark.parametrize("code", ["31149", "75056", "97411", "2A004", "94067", "85113", "15031", "59350"])
def test_a_commune_is_drawn_with_attributes_and_classes_only(code):
    commune = referentiel.commune(code)
    membres = referentiel.epci(commune.epci).membres if commune.epci else ()
    carte = cartes.carte_de_commune(code, lieux(code, *membres), membres)
    texte, racine = dessiner(carte)
    assert not re.search(r"style|script|href|on\w+=", texte)
    assert racine.get("role") == "img"
    assert {racine.find(f"{SVG}title").get("id"), racine.find(f"{SVG}desc").get("id")} == set(
        racine.get("aria-labelledby").split()
    )
    classes = {chemin.get("class") for chemin in racine.iter(f"{SVG}path")}
    assert classes <= {"m-commune", "m-commune est-membre", "m-commune est-ici"}
    assert ("m-commune est-ici" in classes) is (code not in RETABLIES)
    assert len(list(racine.iter(f"{SVG}text"))) <= cartes.NOMS_AU_PLUS


def test_the_subject_of_a_map_is_always_named():
    commune = referentiel.commune("31149")
    membres = referentiel.epci(commune.epci).membres
    carte = cartes.carte_de_commune("31149", lieux(*membres), membres)
    assert carte.etiquettes[0].texte == "Colomiers"


def test_names_do_not_touch_each_other():
    membres = referentiel.epci("200054781").membres
    carte = cartes.carte_de_commune("75056", lieux(*membres), membres)
    for rang, nom in enumerate(carte.etiquettes):
        assert not any(nom.gene(autre) for autre in carte.etiquettes[rang + 1 :])


def test_a_commune_too_small_for_the_grid_is_drawn_as_a_mark():
    membres = referentiel.epci("200054781").membres
    carte = cartes.carte_de_commune("94067", lieux(*membres), membres)
    assert carte.traces[-1].classe == ICI
    assert carte.etiquettes[0].texte == "Saint-Mandé"


def test_a_text_on_a_map_is_escaped():
    carte = cartes.carte_de_communes("x", "<script>", "a & b", {"31149": Lieu("<b>&\"'", 10)})
    texte, _ = dessiner(carte)
    assert "<script>" not in texte
    assert "<b>" not in texte


def test_where_no_outline_is_published_there_is_no_map():
    assert cartes.carte_de_commune("98735", lieux("98735")) is None
    assert cartes.carte_de_communes("x", "t", "d", lieux("98735", "98818")) is None


def test_a_whole_departement_stays_a_small_drawing():
    codes = [commune.code for commune in referentiel.communes_du_departement("62")]
    carte = cartes.carte_de_communes("carte", "t", "d", lieux(*codes))
    assert len(carte.svg()) < 100_000
    assert len(carte.traces) == 1


def test_the_country_is_drawn_with_its_overseas_departements():
    carte = cartes.carte_des_departements("t", "d", {"31": ICI, "974": MEMBRE})
    texte, _ = dessiner(carte)
    assert len(texte) < 80_000
    assert {trace.classe for trace in carte.traces} == {"", ICI, MEMBRE}
    assert [etiquette.texte for etiquette in carte.etiquettes] == ["971", "972", "973", "974", "976"]
