"""The quick ways of disclosure control give what the plain ones give, system by system."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from maillage.socle import diffusion

INCONNUES = "abcdefgh"
lignes = st.dictionaries(st.sampled_from(INCONNUES), st.sampled_from([1, 1, 1, -1, -1, 2, 0]), max_size=5)
bornes = st.tuples(st.integers(0, 6), st.one_of(st.none(), st.integers(6, 12)))


def determinees_par_gauss(systeme):
    """Plain elimination on a full matrix, in the order given."""
    matrice = [[Fraction(ligne.get(cle, 0)) for cle in INCONNUES] for ligne in systeme]
    rang = 0
    for colonne in range(len(INCONNUES)):
        tete = next((i for i in range(rang, len(matrice)) if matrice[i][colonne]), None)
        if tete is None:
            continue
        matrice[rang], matrice[tete] = matrice[tete], matrice[rang]
        matrice[rang] = [poids / matrice[rang][colonne] for poids in matrice[rang]]
        for i in range(len(matrice)):
            if i != rang:
                facteur = matrice[i][colonne]
                matrice[i] = [a - facteur * b for a, b in zip(matrice[i], matrice[rang], strict=True)]
        rang += 1
    seules = [[cle for cle, poids in zip(INCONNUES, ligne, strict=True) if poids] for ligne in matrice]
    return {ligne[0] for ligne in seules if len(ligne) == 1}


def bornes_par_passes(connues, systeme):
    """Every equality at every pass, whether anything moved or not; each unknown from all the others."""
    connues = dict(connues)
    for _ in range(diffusion.TOURS):
        avant = dict(connues)
        for inconnues, constante in systeme:
            if any(poids not in (1, -1) for poids in inconnues.values()):
                continue
            lues = dict(connues)
            for cle, poids in inconnues.items():
                bas, haut = -constante, -constante
                for autre, son_poids in inconnues.items():
                    if autre != cle:
                        minimum, maximum = lues[autre]
                        if son_poids == -1:
                            minimum, maximum = None if maximum is None else -maximum, -minimum
                        bas = None if bas is None or maximum is None else bas - maximum
                        haut = None if haut is None or minimum is None else haut - minimum
                if poids == -1:
                    bas, haut = None if haut is None else -haut, None if bas is None else -bas
                mini, maxi = lues[cle]
                connues[cle] = (
                    mini if bas is None else max(mini, bas),
                    haut if maxi is None else maxi if haut is None else min(maxi, haut),
                )
        if connues == avant:
            break
    return connues


@settings(max_examples=300, deadline=None)
@given(st.lists(lignes, max_size=8))
def test_l_ordre_des_lignes_et_des_pivots_ne_change_pas_ce_qui_se_deduit(systeme):
    assert diffusion._determinees(systeme) == determinees_par_gauss(systeme)


@settings(max_examples=300, deadline=None)
@given(
    st.fixed_dictionaries(dict.fromkeys(INCONNUES, bornes)),
    st.lists(st.tuples(lignes, st.integers(-15, 5)), max_size=6),
)
def test_ne_revoir_que_ce_qui_a_bouge_donne_les_memes_bornes(connues, systeme):
    obtenues = dict(connues)
    systeme = [({cle: poids for cle, poids in ligne.items() if poids}, c) for ligne, c in systeme]
    etroites = diffusion._encadrees(obtenues, set(INCONNUES), systeme)
    attendues = bornes_par_passes(connues, systeme)
    assert obtenues == attendues
    assert etroites == {cle for cle in INCONNUES if diffusion._etroit(attendues[cle])}
