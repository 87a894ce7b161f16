"""Disclosure control, attacked: by elimination, then by trying every possible value."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maillage.droit.api import entier
from maillage.socle.diffusion import (
    Cellule,
    EgaliteFausse,
    Mention,
    croise,
    devoilees,
    proteger,
    somme,
)

SEUIL = 5
effectifs = st.one_of(st.integers(0, 8), st.integers(0, 60))


def ligne(*effectifs: int) -> tuple[dict[object, int], list[dict[object, int]]]:
    valeurs: dict[object, int] = dict(enumerate(effectifs))
    egalites = [somme(list(valeurs), "total")]
    return {**valeurs, "total": sum(effectifs)}, egalites


def publier(*effectifs: int, seuil: int = SEUIL) -> dict[object, Cellule]:
    valeurs, egalites = ligne(*effectifs)
    return proteger(valeurs, egalites, seuil=seuil, totaux={"total"})


def textes(*effectifs: int) -> list[str]:
    return [cellule.texte for cellule in publier(*effectifs).values()]


def test_le_seuil_du_droit_est_celui_du_secret_statistique():
    from datetime import date

    assert entier("statistique.effectif_a_depasser", date(2026, 11, 24)) == SEUIL


def test_uneffectif_depasse_le_seuil_ou_ne_se_montre_pas():
    assert publier(6, 40)[0] == Cellule(6, Mention.PUBLIE, SEUIL)
    assert not publier(5, 5, 5, 40)[0].publiee


def test_zero_se_publie():
    assert textes(0, 12, 30) == ["0", "12", "30", "42"]


def test_un_petiteffectif_seul_en_emmene_un_autre():
    assert textes(3, 12, 30) == ["5 ou moins", "non publié", "30", "45"]


def test_deux_petitseffectifs_se_cachent_l_un_l_autre():
    assert textes(3, 2, 30) == ["5 ou moins", "5 ou moins", "30", "35"]


def test_deux_petitseffectifs_que_leur_somme_trahirait_en_emmenent_un_troisieme():
    assert textes(5, 5, 30) == ["5 ou moins", "5 ou moins", "non publié", "40"]


def test_un_complement_trop_petit_pour_cacher_ne_suffit_pas():
    """1 et 6 cachés sous un total de 7 : seul 1 + 6 convient aux deux mentions."""
    assert textes(1, 6) == ["5 ou moins", "non publié", "non publié"]


def test_cinq_lignes_de_un_sous_un_total_de_cinq_ne_se_lisent_pas():
    """Toutes « 5 ou moins », elles vaudraient une chacune."""
    assert textes(1, 1, 1, 1, 1) == ["5 ou moins"] * 5 + ["non publié"]


def test_un_total_sous_le_seuil_se_cache_aussi():
    assert textes(2, 0) == ["5 ou moins", "0", "5 ou moins"]


def test_une_cellule_cachee_ne_garde_pas_son_nombre():
    assert all(cellule.valeur is None for cellule in publier(3, 2, 30).values() if not cellule.publiee)


def test_deux_tableaux_du_meme_total_sont_proteges_ensemble():
    valeurs = {"a1": 3, "a2": 40, "total": 43, "b1": 20, "b2": 23}
    egalites = [somme(["a1", "a2"], "total"), somme(["b1", "b2"], "total")]
    cellules = proteger(valeurs, egalites, seuil=SEUIL, totaux={"total"})
    assert not devoilees(valeurs, cellules, egalites)
    assert [cellules[cle].publiee for cle in ("a1", "a2", "total")] == [False, False, True]


def test_un_stock_et_ses_flux_ne_se_trahissent_pas():
    valeurs = {"avant": 20, "ouverts": 9, "clos": 3, "apres": 26}
    egalite = {"avant": 1, "ouverts": 1, "clos": -1, "apres": -1}
    cellules = proteger(valeurs, [egalite], seuil=SEUIL)
    assert cellules["clos"].texte == "5 ou moins"
    assert sum(not cellule.publiee for cellule in cellules.values()) == 2


def test_ce_qui_fut_publie_ne_se_cache_plus_et_ne_se_montre_pas():
    """L'an dernier, 20 fut publié : c'est un autre chiffre de l'année qui se tait."""
    valeurs = {"avant": 20, "ouverts": 30, "clos": 3, "apres": 47}
    egalite = {"avant": 1, "ouverts": 1, "clos": -1, "apres": -1}
    deja = {"avant": Cellule(20, Mention.PUBLIE, SEUIL)}
    cellules = proteger(valeurs, [egalite], seuil=SEUIL, deja=deja)
    assert cellules["avant"].valeur == 20
    assert not cellules["ouverts"].publiee


def test_une_egalite_fausse_est_une_faute_du_programme():
    with pytest.raises(EgaliteFausse):
        proteger({"a": 1, "total": 2}, [somme(["a"], "total")], seuil=SEUIL)


def test_un_seuil_trop_bas_est_refuse():
    with pytest.raises(ValueError, match="exact"):
        proteger({"a": 1}, seuil=1)


def possibles(cellule: Cellule, effectif: int, plafond: int) -> list[int]:
    """Every value a reader may imagine under a mark, one who guesses that a large one is large included."""
    if cellule.valeur is not None:
        return [cellule.valeur]
    if cellule.mention is Mention.SEUIL:
        return list(range(1, cellule.seuil + 1))
    return list(range(cellule.seuil + 1 if effectif > cellule.seuil else 0, plafond))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=1, max_size=4))
def test_en_essayant_toutes_les_valeurs_un_petiteffectif_en_garde_au_moins_trois(effectifs):
    valeurs, _ = ligne(*effectifs)
    cellules = publier(*effectifs)
    assert all(valeurs[cle] == 0 or valeurs[cle] > SEUIL for cle in valeurs if cellules[cle].publiee)
    plafond = sum(effectifs) + 12
    libres = [possibles(cellules[cle], valeurs[cle], plafond) for cle in valeurs if cle != "total"]
    totaux = set(possibles(cellules["total"], valeurs["total"], plafond * 2))
    mondes = [monde for monde in product(*libres) if sum(monde) in totaux]
    assert tuple(effectifs) in mondes
    for rang, effectif in enumerate(effectifs):
        if 0 < effectif <= SEUIL:
            assert len({monde[rang] for monde in mondes}) >= 3


@settings(max_examples=150, deadline=None)
@given(st.integers(1, 4), st.integers(1, 4), st.data())
def test_aucune_cellule_cachee_d_un_tableau_croise_ne_se_deduit_de_ses_marges(hauteur, largeur, donnees):
    lignes, colonnes = [f"l{i}" for i in range(hauteur)], [f"c{j}" for j in range(largeur)]
    interieur = {(i, j): donnees.draw(effectifs, label=f"{i}{j}") for i in lignes for j in colonnes}
    valeurs = dict(interieur)
    for i in lignes:
        valeurs[i, "total"] = sum(interieur[i, j] for j in colonnes)
    for j in (*colonnes, "total"):
        valeurs["total", j] = sum(valeurs[i, j] for i in lignes)
    cles, egalites = croise(lignes, colonnes, "total")
    assert set(cles) == set(valeurs)
    cellules = proteger(valeurs, egalites, seuil=SEUIL, totaux=[c for c in cles if "total" in c])
    cachees = [cle for cle in valeurs if not cellules[cle].publiee]
    assert all(valeurs[cle] == 0 or valeurs[cle] > SEUIL for cle in valeurs if cellules[cle].publiee)
    for cle in cachees:
        assert existe_une_autre_solution(cle, cachees, egalites), cle


def existe_une_autre_solution(cle, cachees, egalites) -> bool:
    """Whether the equalities leave this unknown free: it is not a combination of their hidden parts."""
    rang_de = {c: n for n, c in enumerate(cachees)}
    matrice = [[e.get(c, 0) for c in cachees] for e in egalites]
    vise = [int(n == rang_de[cle]) for n in range(len(cachees))]
    return rang(matrice) < rang([*matrice, vise])


def rang(matrice) -> int:
    """Rank by plain elimination, in whole numbers: another hand than the one under test."""
    lignes = [list(une) for une in matrice if any(une)]
    trouve = 0
    for colonne in range(len(matrice[0]) if matrice else 0):
        pivot = next((n for n in range(trouve, len(lignes)) if lignes[n][colonne]), None)
        if pivot is None:
            continue
        lignes[trouve], lignes[pivot] = lignes[pivot], lignes[trouve]
        tete = lignes[trouve]
        for n in range(trouve + 1, len(lignes)):
            facteur = lignes[n][colonne]
            if facteur:
                lignes[n] = [tete[colonne] * a - facteur * b for a, b in zip(lignes[n], tete, strict=True)]
        trouve += 1
    return trouve
