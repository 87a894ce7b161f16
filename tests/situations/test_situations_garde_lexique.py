"""The written lexicon of the guard: its small notation, and what a line stands for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.situations.garde import CATEGORIES, aplatir, examiner
from maillage.situations.garde.ecriture import FLEXIONS, permis, refuses

MOTS = st.lists(
    st.sampled_from(["il", "elle", "père", "a", "été", "le", "club", "de", "vélo", "lundi"]), max_size=9
)


@pytest.mark.parametrize(
    "phrase",
    [
        "Il angoisse.",
        "Elle est angoissée.",
        "Ils angoissaient tous les deux.",
        "Le père a la main leste, il cogne.",
        "Le père, souvent, cognait sur lui.",
        "Elle est sortie, depuis peu, de l’hôpital.",
        "COPJ remise hier.",
        "Il prend, dit-on, du Tercian.",
    ],
)
def test_un_radical_vaut_toutes_ses_formes_et_quelques_mots_peuvent_s_interposer(phrase):
    assert examiner(phrase)


@pytest.mark.parametrize(
    "phrase",
    [
        "L’association intervient en classe de 3e sur l’alcool et les jeunes.",
        "La maison des adolescents déménage en mars.",
        "L’hôpital de jour recrute un agent d’entretien.",
        "Convention signée avec la MDPH pour l’accueil du public.",
        "Arrêt maladie d’un agent : la permanence est annulée.",
        "Stage de citoyenneté les 12 et 13 avril.",
        "Le TIG commence lundi aux espaces verts.",
    ],
)
def test_un_service_une_action_ou_un_agent_ne_parlent_pas_de_la_personne(phrase):
    assert examiner(phrase) == []


@pytest.mark.parametrize(
    "phrase",
    [
        "Il a quitté l’atelier à cause de son addiction.",
        "Absent à la formation, hospitalisé.",
        "Elle manque l’atelier : dépression.",
        "Atelier manqué car il boit trop.",
    ],
)
def test_une_action_publique_ne_couvre_pas_ce_qui_arrive_a_quelqu_un(phrase):
    assert examiner(phrase)


@given(MOTS)
def test_le_lexique_cite_des_positions_du_texte_et_des_codes_connus(mots):
    plat = aplatir(" ".join(mots))
    codes = {categorie.code for categorie in CATEGORIES}
    for code, debut, fin in refuses(plat):
        assert code in codes
        assert 0 <= debut < fin <= len(plat)


def test_chaque_ligne_du_lexique_se_lit_et_se_compile():
    """Every line is met: a text of the first letters of everything makes them all compile."""
    lettres = "abcdefghijklmnopqrstuvwxyzœ0123456789"
    assert list(refuses(" ".join(a + b for a in lettres for b in lettres))) is not None
    assert all(
        permis(code) is not None for code in ("sante", "addiction", "handicap", "religion", "jugement")
    )
    assert permis("identifiant") is None


def test_une_flexion_ne_cree_pas_de_mot_vide():
    assert not list(refuses("la mere et le pere viennent au rendez-vous"))
    assert "er" in FLEXIONS
