"""The pure rules: functions, masking."""

from hypothesis import given
from hypothesis import strategies as st

from maillage.acteurs.fonctions import FONCTIONS, fonction
from maillage.acteurs.navigateurs import navigateur_lisible
from maillage.acteurs.rules import (
    Place,
    juger_attribution,
    juger_retrait_administrateur,
    organisme_masque,
)


def test_l_administration_des_comptes_ne_se_cumule_avec_aucune_fonction():
    for code in FONCTIONS:
        if code == "administrateur_technique":
            continue
        assert juger_attribution(code=code, deja=["administrateur_technique"], pour_soi=False).codes == (
            "administrateur_seul",
        )
        assert juger_attribution(code="administrateur_technique", deja=[code], pour_soi=False).codes == (
            "administrateur_seul",
        )


def test_nul_ne_se_donne_une_fonction():
    assert juger_attribution(code="dpo", deja=[], pour_soi=True).codes == ("fonction_a_soi_meme",)


def test_la_derniere_personne_qui_administre_reste():
    assert juger_retrait_administrateur(restants=0, pour_soi=True).codes == (
        "dernier_administrateur",
        "compte_de_soi_meme",
    )
    assert juger_retrait_administrateur(restants=1, pour_soi=False).ok


def test_le_nom_sensible_est_masque_a_qui_n_est_que_porteur_d_action():
    assert organisme_masque(sensible=True, fonctions={"porteur_action", "mediateur"})
    assert organisme_masque(sensible=True, fonctions=set())
    assert not organisme_masque(sensible=True, fonctions={"porteur_action", "coordonnateur"})
    assert not organisme_masque(sensible=False, fonctions={"porteur_action"})


@given(
    st.booleans(),
    st.sampled_from(["", "membre", "coordonnateur", "maire", "referent", "parquet"]),
    st.sampled_from(["", "pjj", "spip", "procureur", "csapa", "mission_locale"]),
    st.booleans(),
    st.sampled_from([(), ("porteur_action",), ("membre",), ("maire", "porteur_action")]),
)
def test_dans_un_cercle_le_nom_sensible_est_a_qui_doit_le_savoir(sensible, role, genre, meme, fonctions):
    masque = organisme_masque(
        sensible=sensible,
        fonctions=fonctions,
        place=Place(role=role, genre=genre, organisme=7 if meme else 8),
        organisme=7,
    )
    judiciaire = role == "parquet" or genre in {"pjj", "spip", "procureur"}
    doit_savoir = role == "coordonnateur" or judiciaire or meme
    exterieur = set(fonctions) <= {"porteur_action"}
    assert masque == (sensible and (exterieur or not doit_savoir))


@given(st.booleans(), st.sets(st.sampled_from(["porteur_action", "membre", "maire", "parrain"])))
def test_un_cercle_ne_montre_jamais_plus_que_le_dehors(sensible, fonctions):
    dehors = organisme_masque(sensible=sensible, fonctions=fonctions)
    for place in (Place(), Place("membre", "mission_locale", 3), Place("coordonnateur", "commune", 3)):
        dedans = organisme_masque(sensible=sensible, fonctions=fonctions, place=place, organisme=3)
        assert dedans or not dehors


def test_une_fonction_se_dit_au_feminin_et_au_masculin():
    coordination = fonction("coordonnateur")
    assert coordination.libelle("F") == "Coordonnatrice"
    assert coordination.libelle("M") == "Coordonnateur"
    assert coordination.libelle() == "Coordonnateur ou coordonnatrice"
    assert fonction("maire").libelle() == "Maire"


def test_un_navigateur_est_reduit_a_son_nom_et_a_son_systeme():
    agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    assert navigateur_lisible(agent) == "Firefox, Linux"
    assert navigateur_lisible("") == "Navigateur inconnu"
