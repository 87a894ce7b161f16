"""The mapping of OWASP ASVS 5.0.0: no number left out, no place that is not there."""

from collections import Counter

import pytest
from django.conf import settings
from exigences_asvs import ETATS, PROUVES, chapitres, faute_de_lieu

#: Of each section, the requirements of levels 1 and 2 in version 5.0.0 of the standard.
NIVEAU_2 = {
    "1.1": 2, "1.2": 9, "1.3": 11, "1.4": 3, "1.5": 2,
    "2.1": 3, "2.2": 3, "2.3": 4, "2.4": 1,
    "3.2": 2, "3.3": 4, "3.4": 6, "3.5": 5, "3.7": 2,
    "4.1": 3, "4.2": 1, "4.3": 2, "4.4": 4,
    "5.1": 1, "5.2": 3, "5.3": 2, "5.4": 3,
    "6.1": 3, "6.2": 12, "6.3": 4, "6.4": 4, "6.5": 5, "6.6": 3, "6.8": 4,
    "7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5, "7.5": 2, "7.6": 2,
    "8.1": 2, "8.2": 3, "8.3": 1, "8.4": 1,
    "9.1": 3, "9.2": 4,
    "10.1": 2, "10.2": 2, "10.3": 4, "10.4": 11, "10.5": 5, "10.6": 2, "10.7": 3,
    "11.1": 2, "11.2": 3, "11.3": 3, "11.4": 4, "11.5": 1, "11.6": 1,
    "12.1": 3, "12.2": 2, "12.3": 4,
    "13.1": 1, "13.2": 5, "13.3": 2, "13.4": 5,
    "14.1": 2, "14.2": 4, "14.3": 3,
    "15.1": 3, "15.2": 3, "15.3": 7,
    "16.1": 1, "16.2": 5, "16.3": 4, "16.4": 3, "16.5": 3,
    "17.1": 1, "17.2": 4, "17.3": 2,
}  # fmt: skip
#: In every section the first requirements are those of levels 1 and 2.
NUMEROS = {f"{section}.{rang}" for section, nombre in NIVEAU_2.items() for rang in range(1, nombre + 1)}
#: Those of level 3 the product answers for too.
NIVEAU_3 = {"1.2.10", "3.4.8", "5.2.6", "7.5.3", "14.2.7", "14.2.8"}
EXIGENCES = [exigence for chapitre in chapitres() for exigence in chapitre.exigences]


def test_le_niveau_deux_compte_deux_cent_cinquante_trois_exigences():
    """70 of level 1 and 183 of level 2, as the standard says of itself."""
    assert len(NUMEROS) == 253
    assert Counter(e.niveau for e in EXIGENCES if e.niveau < 3) == {1: 70, 2: 183}


def test_chaque_exigence_a_une_ligne_et_une_seule():
    ecrits = [exigence.numero for exigence in EXIGENCES]
    assert sorted(ecrits) == sorted(set(ecrits))
    assert set(ecrits) == NUMEROS | NIVEAU_3
    assert {e.numero for e in EXIGENCES if e.niveau == 3} == NIVEAU_3


def test_les_lignes_sont_dans_leur_chapitre_et_dans_l_ordre():
    for rang, chapitre in enumerate(chapitres(), start=1):
        assert chapitre.code == f"V{rang}"
        numeros = [tuple(map(int, e.numero.split("."))) for e in chapitre.exigences]
        assert numeros == sorted(numeros)
        assert {numero[0] for numero in numeros} == {rang}


@pytest.mark.parametrize("exigence", EXIGENCES, ids=lambda exigence: exigence.numero)
def test_chaque_ligne_dit_ou_ou_pourquoi(exigence):
    assert exigence.etat in ETATS
    assert exigence.resume.endswith(".")
    assert exigence.ou if exigence.etat in PROUVES else exigence.note
    if exigence.etat in {"en_partie", "sans_objet", "a_faire"}:
        assert exigence.note
    fautes = [faute for lieu in exigence.ou if (faute := faute_de_lieu(lieu, lambda n: hasattr(settings, n)))]
    assert not fautes


def test_un_lieu_qui_n_existe_pas_est_nomme():
    def connu(nom: str) -> bool:
        return nom == "DEBUG"

    assert faute_de_lieu("reglage:DEBUG", connu) == ""
    assert faute_de_lieu("src/maillage/socle/tableur.py::sans_formule", connu) == ""
    assert faute_de_lieu("docs/architecture.md#le-mur", connu) == ""
    assert "ABSENT" in faute_de_lieu("reglage:ABSENT", connu)
    assert "n’existe pas" in faute_de_lieu("src/maillage/absent.py", connu)
    assert "ne définit pas" in faute_de_lieu("src/maillage/socle/tableur.py::absent", connu)
    assert "n’a pas de partie" in faute_de_lieu("docs/architecture.md#absente", connu)
