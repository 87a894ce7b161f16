"""Charts: the table says the same, small counts stay hidden, nothing but attributes."""

from __future__ import annotations

import re

import pytest
from balisage import fautes
from django.template.loader import render_to_string

from maillage.interface.graphiques import PROTEGE, SECRET, Serie, barres_horizontales, courbes, figure

GENRES = ("horizontales", "verticales", "courbes")


def _figure(genre: str, valeurs: tuple[int | None, ...] = (13, 40882)) -> object:
    return figure(
        "Le constat",
        legende="Ce qui est compté",
        categories=("Un <b>nom</b>", "Deux"),
        series=(Serie("2024", (1, 2)), Serie("2025", valeurs)),
        genre=genre,
    )


@pytest.mark.parametrize("genre", GENRES)
def test_le_dessin_n_a_que_des_attributs_et_echappe_les_noms(genre: str) -> None:
    svg = str(_figure(genre).svg)
    assert fautes(svg) == []
    assert "style" not in svg
    assert "<b>" not in svg
    assert 'role="img"' in svg


@pytest.mark.parametrize("genre", GENRES)
def test_le_tableau_donne_les_memes_valeurs_que_le_dessin(genre: str) -> None:
    html = render_to_string("maillage/galerie/figure.html", {"figure_courbe": _figure(genre)})
    assert "40\u00a0882" in html
    assert "Le constat" in html
    assert fautes(html) == []


@pytest.mark.parametrize("genre", ["horizontales", "verticales"])
def test_un_petit_effectif_est_tirete_et_sa_longueur_ne_dit_rien(genre: str) -> None:
    une = _figure(genre, (None, 20))
    assert une.tableau.lignes[0][-1] == PROTEGE
    assert str(une.svg).count('class="g-secret"') == 1


def test_deux_effectifs_proteges_ont_la_meme_longueur() -> None:
    svg = str(barres_horizontales(("a", "b"), (Serie("s", (None, None)),), titre="t"))
    longueurs = re.findall(r'class="g-secret"[^>]*width="([\d.]+)"', svg)
    assert len(longueurs) == 2
    assert len(set(longueurs)) == 1


def test_une_courbe_refuse_de_cacher_une_valeur() -> None:
    with pytest.raises(ValueError, match="barres"):
        courbes(("a", "b"), (Serie("s", (1, None)),), titre="t")


def test_une_courbe_veut_deux_points() -> None:
    with pytest.raises(ValueError, match="deux points"):
        courbes(("a",), (Serie("s", (1,)),), titre="t")


def test_trois_series_ne_se_lisent_pas() -> None:
    with pytest.raises(ValueError, match="une ou deux"):
        barres_horizontales(("a",), tuple(Serie(str(i), (1,)) for i in range(3)), titre="t")


def test_une_valeur_oubliee_est_refusee() -> None:
    with pytest.raises(ValueError, match="une valeur par catégorie"):
        barres_horizontales(("a", "b"), (Serie("s", (1,)),), titre="t")


def test_des_effectifs_nuls_ne_cassent_rien() -> None:
    assert fautes(str(barres_horizontales(("a",), (Serie("s", (0,)),), titre="t"))) == []


def test_un_effectif_cache_avec_un_petit_se_dit_non_publie_sans_sa_longueur():
    trace = figure(
        "Constat",
        legende="Issues",
        categories=["a", "b", "c"],
        series=[Serie("2026", (None, SECRET, 30))],
    )
    assert [ligne[1] for ligne in trace.tableau.lignes] == ["5 ou moins", "non publié", "30"]
    assert str(trace.svg).count('class="g-secret"') == 2
    with pytest.raises(ValueError, match="cacher"):
        courbes(["a", "b"], [Serie("2026", (SECRET, 9))], titre="x")
