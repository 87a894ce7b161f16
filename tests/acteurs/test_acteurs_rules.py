"""The pure rules: passwords, throttling, functions, masking."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.acteurs.fonctions import FONCTIONS, fonction
from maillage.acteurs.navigateurs import navigateur_lisible
from maillage.acteurs.rules import (
    ATTENTE,
    ESSAIS_PAR_COMPTE,
    Essais,
    Identite,
    Place,
    apres_echec,
    juger_attribution,
    juger_mot_de_passe,
    juger_retrait_administrateur,
    organisme_masque,
)

MIDI = datetime(2026, 11, 24, 12, tzinfo=UTC)
PERSONNE = Identite("Hélène", "Olivet", "h.olivet@mairie.exemple")
COURANTS = frozenset({"password", "motdepasse", "azertyuiop"})


def juger(mot_de_passe):
    return juger_mot_de_passe(mot_de_passe, identite=PERSONNE, courants=COURANTS).codes


@pytest.mark.parametrize(
    "mot_de_passe",
    ["Bruyere-Calm3", "BruyereCalme474", "sept mots bien choisis font cela aussi parfois"],
)
def test_un_mot_de_passe_assez_riche_est_accepte(mot_de_passe):
    assert juger(mot_de_passe) == ()


@pytest.mark.parametrize(
    "mot_de_passe", ["Court-7a", "minuscules-seulement", "Bruyere-Calme", "six mots ne suffisent pas encore"]
)
def test_un_mot_de_passe_trop_simple_est_refuse(mot_de_passe):
    assert "mot_de_passe_faible" in juger(mot_de_passe)


@pytest.mark.parametrize("mot_de_passe", ["P@ssword2026!", "MotDePasse-2026", "--AZERTYuiop99"])
def test_un_mot_de_passe_divulgue_reste_refuse_sous_son_deguisement(mot_de_passe):
    assert "mot_de_passe_courant" in juger(mot_de_passe)


def test_un_mot_de_passe_ne_contient_pas_le_nom_de_la_personne_meme_sans_accent():
    assert "mot_de_passe_personnel" in juger("Helene-en-2026-ici")


def test_un_mot_de_passe_ne_repete_pas_quatre_signes():
    assert "mot_de_passe_repetitif" in juger("aA1-aA1-aA1-aA1")


def test_le_cinquieme_echec_bloque_quinze_minutes_et_pas_le_quatrieme():
    essais = None
    for _ in range(ESSAIS_PAR_COMPTE - 1):
        essais = apres_echec(essais, instant=MIDI, seuil=ESSAIS_PAR_COMPTE)
    assert not essais.bloque(MIDI)
    essais = apres_echec(essais, instant=MIDI, seuil=ESSAIS_PAR_COMPTE)
    assert essais.bloque(MIDI + ATTENTE - timedelta(seconds=1))
    assert not essais.bloque(MIDI + ATTENTE)


def test_un_essai_pendant_le_blocage_ne_le_prolonge_pas():
    bloque = Essais(5, MIDI, MIDI + ATTENTE)
    assert apres_echec(bloque, instant=MIDI + timedelta(minutes=14), seuil=5) == bloque


def test_apres_le_blocage_on_repart_de_un():
    bloque = Essais(5, MIDI, MIDI + ATTENTE)
    assert apres_echec(bloque, instant=MIDI + ATTENTE, seuil=5) == Essais(1, MIDI + ATTENTE)


@given(st.lists(st.integers(min_value=0, max_value=3600), max_size=60).map(sorted))
def test_on_ne_peut_jamais_essayer_dix_fois_en_quinze_minutes(secondes):
    essais, passes = None, []
    for seconde in secondes:
        instant = MIDI + timedelta(seconds=seconde)
        if essais is None or not essais.bloque(instant):
            passes.append(instant)
        essais = apres_echec(essais, instant=instant, seuil=ESSAIS_PAR_COMPTE)
    for rang, debut in enumerate(passes):
        suivants = [instant for instant in passes[rang:] if instant - debut < ATTENTE]
        assert len(suivants) < 2 * ESSAIS_PAR_COMPTE


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
