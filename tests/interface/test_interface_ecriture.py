"""What is written without a template escapes like one, and its component draws the very same."""

from __future__ import annotations

from datetime import date

import pytest
from balisage import fautes
from django.template import Context, Template
from django.utils.safestring import mark_safe
from django_cotton.compiler_regex import CottonCompiler

from maillage.interface import ecriture
from maillage.interface.lecteurs import Lecteur
from maillage.interface.navigation import Entree, Groupe

PIEGE = '<script>L’été & "co"</script>'
ECHAPPE = "&lt;script&gt;L’été &amp; &quot;co&quot;&lt;/script&gt;"


def dessiner(source: str, **valeurs: object) -> str:
    return Template(CottonCompiler().process(source)).render(Context(valeurs)).strip()


def test_un_texte_est_echappe_une_fois_sauf_s_il_se_dit_sur() -> None:
    assert ecriture.texte(PIEGE) == ECHAPPE
    assert ecriture.texte(mark_safe("<b>1</b>")) == "<b>1</b>"


@pytest.mark.parametrize("genre", ["", "decision", "refus", "avenir"])
@pytest.mark.parametrize("le", [date(2027, 3, 8), None])
def test_un_jalon_ecrit_est_celui_du_composant(genre: str, le: date | None) -> None:
    composant = dessiner(
        '<c-m.jalon :le="le" quand="{{ quand }}" titre="{{ titre }}" genre="{{ genre }}" niveau="4">'
        "{{ suite }}</c-m.jalon>",
        le=le,
        quand=PIEGE,
        titre=PIEGE,
        genre=genre,
        suite=PIEGE,
    )
    ecrit = ecriture.jalon(le=le, quand=PIEGE, titre=PIEGE, genre=genre, niveau=4, suite=PIEGE)
    assert composant == ecrit
    assert fautes(ecrit) == []
    assert ecrit.count(ECHAPPE) == 3
    assert "<script" not in ecrit


def test_un_jalon_sans_mots_dit_sa_date() -> None:
    assert ecriture.jalon(le=date(2027, 3, 1)) == (
        '<li><time datetime="2027-03-01">1er\u00a0mars</time></li>'
    )


def test_les_lecteurs_ecrits_taisent_l_organisme_masque_et_echappent_le_reste() -> None:
    lus = [Lecteur(PIEGE, PIEGE), Lecteur("B", "SPIP", masque=True), Lecteur("C", "maire", vous=True)]
    liste, ligne = (ecriture.lecteurs(lus, icone="", ligne=seule) for seule in (False, True))
    assert liste.count(ECHAPPE) == 2
    assert ligne.count(ECHAPPE) == 1
    for dessin in (liste, ligne):
        assert "SPIP" not in dessin
        assert "organisme masqué" in dessin
        assert "C (vous)" in dessin
    assert "maire" in liste
    assert "maire" not in ligne


def test_le_menu_dit_les_entrees_de_chacun_et_elles_seules() -> None:
    une = (Groupe("Suivre", (Entree(PIEGE, "/situations/", "situations", compteur=3, actif=True),)),)
    autre = (Groupe("Suivre", (Entree("Séances", "/seances/", "calendrier"),)), Groupe("Vide", ()))
    for _ in range(2):
        assert ECHAPPE in ecriture.menu(une)
        assert 'aria-current="page"' in ecriture.menu(une)
        assert 'class="m-compteur">3' in ecriture.menu(une)
        assert "/situations/" not in ecriture.menu(autre)
        assert "Vide" not in ecriture.menu(autre)
