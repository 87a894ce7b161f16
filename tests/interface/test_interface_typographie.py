"""French as it is set."""

from __future__ import annotations

import datetime

import pytest

from maillage.interface import typographie as t


def test_le_premier_du_mois_se_dit_premier() -> None:
    assert t.date_longue(datetime.date(2026, 9, 1)) == "1er\u00a0septembre\u00a02026"
    assert t.date_longue(datetime.date(2027, 3, 8), annee=False) == "8\u00a0mars"
    assert t.date_longue(datetime.date(2026, 11, 24), jour_semaine=True).startswith("mardi 24")


def test_une_heure_ronde_n_a_pas_de_minutes() -> None:
    assert t.heure(datetime.time(14, 0)) == "14\u00a0h"
    assert t.heure(datetime.time(9, 5)) == "9\u00a0h\u00a005"


@pytest.mark.parametrize(
    ("valeur", "texte"),
    [(0, "0\u00a0cas"), (1, "1\u00a0cas"), (2, "2\u00a0cas"), (1500, "1\u00a0500\u00a0cas")],
)
def test_un_nom_invariable_s_ecrit_deux_fois(valeur: int, texte: str) -> None:
    assert t.accord(valeur, "cas,cas") == texte


def test_zero_et_un_restent_au_singulier() -> None:
    assert t.accord(0, "situation") == "0\u00a0situation"
    assert t.accord(1, "situation,situations") == "1\u00a0situation"
    assert t.accord(2, "situation") == "2\u00a0situations"


def test_les_petits_nombres_s_ecrivent_en_lettres() -> None:
    assert (t.en_lettres(2), t.en_lettres(1, feminin=True), t.en_lettres(11)) == ("deux", "une", "11")


@pytest.mark.parametrize(
    ("nom", "dit"),
    [
        ("Groupe Jeunesse", "groupe Jeunesse"),
        ("groupe jeunes  nord", "groupe jeunes nord"),
        ("GROUPE JEUNES", "groupe JEUNES"),
        ("Groupe de travail", "groupe de travail"),
        ("Prévention", "groupe «\u00a0Prévention\u00a0»"),
        ("Groupement des communes", "groupe «\u00a0Groupement des communes\u00a0»"),
        ("Groupe", "groupe"),
        ("", "groupe"),
    ],
)
def test_le_mot_groupe_ne_se_dit_jamais_deux_fois(nom: str, dit: str) -> None:
    assert t.groupe_nomme(nom) == dit


def test_les_espaces_ne_se_coupent_pas() -> None:
    assert t.espaces("Qui ? « moi » : art. L. 132-5, n° 8") == (
        "Qui\u00a0? «\u00a0moi\u00a0»\u00a0: art.\u00a0L.\u00a0132-5, n°\u00a08"
    )


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("La période est longue. Elle dure.", ("La période est longue", "Elle dure.")),
        ("Selon l’art. L. 132-5 du code.", ("Selon l’art. L. 132-5 du code", "")),
        ("Sans point", ("Sans point", "")),
    ],
)
def test_la_premiere_phrase_fait_le_titre(texte: str, attendu: tuple[str, str]) -> None:
    assert t.couper(texte) == attendu


def test_les_initiales_prennent_le_premier_et_le_dernier_nom() -> None:
    assert (t.initiales("Hélène Olivet"), t.initiales("Jean-Paul Roc"), t.initiales("Zoé")) == (
        "HO",
        "JR",
        "Z",
    )
