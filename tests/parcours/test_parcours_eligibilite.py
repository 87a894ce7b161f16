"""What opens to a person that day, why not, and from when."""

import itertools
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from maillage.droit.api import Force, anniversaire
from maillage.parcours.catalogue import Dispositif, dispositif, dispositifs
from maillage.parcours.rules import pmsmp
from maillage.parcours.rules.eligibilite import OffreConnue, Peine, Profil, juger

LE = date(2026, 11, 23)
SEIZE = Profil(naissance=date(2010, 5, 4), outre_mer=False)
MAJEUR = Profil(naissance=date(2006, 5, 4), outre_mer=False)
OFFRE = OffreConnue(accueil="regie", depuis=date(2026, 1, 1))
LOCAL = Dispositif(
    code="local_1",
    libelle="Chantier loisirs",
    libelle_neutre="Chantier loisirs",
    famille="local",
    fiche=None,
    source="Délibération 12",
    base_legale="Délibération 12",
    age_min=14,
    age_max=17,
    debut=date(2026, 1, 1),
    fin=date(2028, 12, 31),
    local=True,
)


@pytest.mark.parametrize("lu", dispositifs(LE), ids=lambda lu: lu.code)
def test_chaque_dispositif_rend_une_reponse_et_un_refus_dit_pourquoi(lu: Dispositif):
    for profil in (SEIZE, MAJEUR, Profil()):
        reponse = juger(lu, None, profil, LE)
        assert reponse.ok or reponse.verdict.motifs
        assert reponse.possible_le == LE if reponse.ok else reponse.possible_le != LE


@pytest.mark.parametrize(
    ("code", "ouvert"),
    [
        ("tapaj", True),
        ("parrainage", True),
        ("pmsmp", True),
        ("formation_16_18", True),
        ("epide", True),
        ("smv", False),
        ("sma", False),
        ("tig", False),
        ("plan_de_sortie", False),
        ("soin_mda", True),
        ("soin_csapa", True),
        ("ecole_decrochage", True),
        ("jr_mediation", False),
    ],
)
def test_a_seize_ans_voici_ce_qui_s_ouvre(code, ouvert):
    assert juger(dispositif(code), None, SEIZE, LE).ok is ouvert


def test_le_smv_s_ouvre_a_dix_huit_ans_et_le_dit():
    reponse = juger(dispositif("smv"), None, SEIZE, LE)
    assert reponse.verdict.codes == ("age_min",)
    assert reponse.possible_le == date(2028, 5, 4)
    assert reponse.il_faudrait == ("Attendre le 4\u00a0mai\u00a02028.",)


def test_le_sma_n_existe_pas_en_metropole_et_attendre_n_y_change_rien():
    reponse = juger(dispositif("sma"), None, SEIZE, LE)
    assert set(reponse.verdict.codes) == {"age_min", "territoire_exclu"}
    assert reponse.possible_le is None
    assert juger(dispositif("sma"), None, replace(MAJEUR, outre_mer=True), LE).ok
    declare = replace(MAJEUR, outre_mer=True, multireiterant=True)
    assert juger(dispositif("sma"), None, declare, LE).verdict.codes == ("public_exclu",)


def test_sans_date_de_naissance_l_age_n_est_pas_suppose():
    reponse = juger(dispositif("smv"), None, Profil(), LE)
    assert reponse.verdict.codes == ("naissance_inconnue",)
    assert reponse.il_faudrait == ("Sa date de naissance.",)
    assert juger(dispositif("soin_cmp"), None, Profil(), LE).ok


def test_un_tig_attend_qu_un_membre_judiciaire_enonce_la_peine():
    reponse = juger(dispositif("tig"), None, MAJEUR, LE)
    assert reponse.verdict.codes == ("peine_tig",)
    assert reponse.possible_le is None
    assert "membre judiciaire" in reponse.il_faudrait[0]
    peine = Peine(heures=70, decision=date(2026, 10, 1), faits=date(2026, 2, 1))
    assert juger(dispositif("tig"), None, replace(MAJEUR, peine=peine), LE).ok


def test_un_lieu_de_tig_refuse_selon_tuteur_habilitation_heures_et_majorite():
    peine = Peine(heures=70, decision=date(2026, 10, 1), faits=date(2026, 9, 1))
    juge = replace(SEIZE, peine=peine)
    lieu = replace(
        OFFRE,
        tuteur_forme=False,
        mineurs=False,
        heures_max=60,
        habilitee_jusqua=LE - timedelta(days=1),
    )
    reponse = juger(dispositif("tig"), lieu, juge, LE)
    assert set(reponse.verdict.codes) == {
        "accueil_non_habilite",
        "habilitation_finie",
        "tuteur_non_forme",
        "age_offre_min",
        "heures_offre",
    }
    assert reponse.possible_le is None
    assert juger(dispositif("tig"), OFFRE, juge, LE).ok


def test_la_justice_restaurative_demande_chaque_condition_et_rien_d_autre():
    faits = {"faits_reconnus", "animateur_forme", "tiers_independant", "controle_judiciaire"}
    pret = Profil(
        faits=frozenset(faits | {"preparation_faite"}),
        consentement_auteur=date(2026, 10, 1),
        consentement_victime=LE + timedelta(days=5),
    )
    mediation = dispositif("jr_mediation")
    assert juger(mediation, None, pret, LE).possible_le == LE + timedelta(days=5)
    assert juger(dispositif("jr_cercle_soutien"), None, pret, LE).ok
    sans_victime = replace(pret, consentement_victime=None)
    reponse = juger(mediation, None, sans_victime, LE)
    assert reponse.verdict.codes == ("consentement_manquant",)
    assert reponse.possible_le is None
    assert reponse.il_faudrait == ("Le consentement exprès de chacun, donné librement.",)


def test_une_pmsmp_sans_tuteur_est_refusee_par_la_loi():
    reponse = juger(dispositif("pmsmp"), replace(OFFRE, tuteur=False), SEIZE, LE)
    assert [(m.code, m.force) for m in reponse.verdict.motifs] == [("tuteur_absent", Force.LOI)]


def test_une_pmsmp_compte_les_periodes_du_meme_accueil_sur_douze_mois():
    deja = tuple(
        pmsmp.Periode("regie", debut, debut + timedelta(days=28), objet)
        for debut, objet in (
            (date(2026, 3, 1), pmsmp.Objet.DECOUVERTE),
            (date(2026, 6, 1), pmsmp.Objet.CONFIRMATION),
        )
    )
    profil = replace(SEIZE, periodes=deja)
    ici = juger(dispositif("pmsmp"), OFFRE, profil, LE)
    assert "nombre_conventions_12_mois" in ici.verdict.codes
    assert ici.possible_le is not None
    assert juger(dispositif("pmsmp"), replace(OFFRE, accueil="autre"), profil, LE).ok


def test_une_offre_pleine_dit_quand_elle_se_libere():
    pleine = replace(OFFRE, places=((date(2026, 10, 1), date(2026, 12, 31)),))
    reponse = juger(dispositif("pmsmp"), pleine, SEIZE, LE)
    assert reponse.verdict.codes == ("complet",)
    assert reponse.possible_le == date(2027, 1, 1)
    sans_fin = juger(dispositif("pmsmp"), replace(OFFRE, places=((LE, None),)), SEIZE, LE)
    assert sans_fin.possible_le is None


@pytest.mark.parametrize(
    ("champs", "code"),
    [
        ({"fermee_le": LE}, "offre_fermee"),
        ({"accord": False}, "sans_accord"),
        ({"depuis": LE + timedelta(days=1)}, "offre_a_venir"),
        ({"jusqua": LE - timedelta(days=1)}, "offre_finie"),
        ({"age_min": 18}, "age_offre_min"),
        ({"age_max": 15}, "age_offre_max"),
    ],
)
def test_chaque_limite_d_une_offre_a_son_motif(champs, code):
    assert juger(dispositif("pmsmp"), replace(OFFRE, **champs), SEIZE, LE).verdict.codes == (code,)


def test_un_dispositif_local_se_juge_par_ses_ages_et_n_engage_que_l_usage():
    reponse = juger(LOCAL, None, MAJEUR, LE)
    assert [(m.code, m.force) for m in reponse.verdict.motifs] == [("age_max", Force.USAGE)]
    assert juger(LOCAL, None, SEIZE, LE).ok


def test_aucun_prealable_n_est_un_refus():
    reponse = juger(dispositif("soin_cmp"), None, SEIZE, LE)
    assert reponse.ok
    assert reponse.il_faudrait == dispositif("soin_cmp").prealables


# --- Properties ------------------------------------------------------------------------------------

JOURS = st.dates(date(2024, 1, 1), date(2028, 12, 31))
NAISSANCES = st.dates(date(1994, 1, 1), date(2016, 12, 31))
FAITS = st.frozensets(
    st.sampled_from(
        [
            "faits_reconnus",
            "animateur_forme",
            "tiers_independant",
            "controle_judiciaire",
            "preparation_faite",
            "fin_de_mesure",
        ]
    )
)
PROFILS = st.builds(
    Profil,
    naissance=st.one_of(st.none(), NAISSANCES),
    outre_mer=st.one_of(st.none(), st.booleans()),
    faits=FAITS,
    consentement_auteur=st.one_of(st.none(), JOURS),
    consentement_victime=st.one_of(st.none(), JOURS),
)
PLACES = st.lists(
    st.tuples(JOURS, st.integers(0, 200)).map(lambda p: (p[0], p[0] + timedelta(days=p[1]))), max_size=3
).map(tuple)
OFFRES = st.builds(
    OffreConnue,
    accueil=st.just("regie"),
    depuis=JOURS,
    jusqua=st.one_of(st.none(), JOURS),
    accord=st.booleans(),
    tuteur=st.booleans(),
    age_min=st.one_of(st.none(), st.integers(14, 20)),
    age_max=st.one_of(st.none(), st.integers(18, 30)),
    mineurs=st.booleans(),
    capacite=st.integers(1, 2),
    places=PLACES,
)
TOUS = st.sampled_from((*dispositifs(), LOCAL))


@given(TOUS, st.one_of(st.none(), OFFRES), PROFILS, JOURS)
def test_le_jour_annonce_convient_et_la_veille_ne_convenait_pas(lu, offre, profil, le):
    reponse = juger(lu, offre, profil, le)
    if reponse.possible_le is None:
        return
    assert juger(lu, offre, profil, reponse.possible_le).ok
    if reponse.possible_le > le:
        assert not reponse.ok
        assert not juger(lu, offre, profil, reponse.possible_le - timedelta(days=1)).ok


@given(TOUS, st.one_of(st.none(), OFFRES), PROFILS, JOURS, st.integers(1, 400))
def test_aucun_jour_plus_proche_n_a_ete_oublie(lu, offre, profil, le, plus_tard):
    """When a later day suits, a day was announced, and no later than that one."""
    if not juger(lu, offre, profil, le + timedelta(days=plus_tard)).ok:
        return
    possible = juger(lu, offre, profil, le).possible_le
    assert possible is not None
    assert possible <= le + timedelta(days=plus_tard)


@given(st.sampled_from(["tapaj", "parrainage", "smv", "epide", "pmsmp", "formation_16_18"]), NAISSANCES)
def test_un_age_ouvre_un_seul_intervalle_de_jours(code, naissance):
    lu = dispositif(code)
    profil = Profil(naissance=naissance, outre_mer=False)
    minimum = {"smv": 18}.get(code, 16)
    premier = anniversaire(naissance, minimum)
    assume(lu.debut is None or premier > lu.debut)
    assert not juger(lu, None, profil, premier - timedelta(days=1)).ok
    assert juger(lu, None, profil, premier).ok
    reponses = [juger(lu, None, profil, premier + timedelta(days=180 * n)).ok for n in range(-4, 40)]
    assert sum(avant != apres for avant, apres in itertools.pairwise(reponses)) <= 2


@given(PROFILS, JOURS, FAITS)
def test_un_fait_de_plus_ne_ferme_jamais_un_dispositif(profil, le, faits):
    davantage = replace(profil, faits=profil.faits | faits)
    for lu in dispositifs(le):
        assert juger(lu, None, davantage, le).ok or not juger(lu, None, profil, le).ok


@given(TOUS, OFFRES, PROFILS, JOURS)
def test_une_offre_n_ouvre_que_ce_que_le_dispositif_permet(lu, offre, profil, le):
    if lu.regle == "justice_restaurative":
        profil = replace(profil, faits=profil.faits | {"animateur_forme"})
    assert juger(lu, None, profil, le).ok or not juger(lu, offre, profil, le).ok


@given(TOUS, st.lists(OFFRES, min_size=2, max_size=4), PROFILS, JOURS)
def test_ce_qui_a_deja_ete_juge_ne_change_aucune_reponse(lu, offres, profil, le):
    memoire = {}
    for offre in (None, *offres):
        assert juger(lu, offre, profil, le, memoire) == juger(lu, offre, profil, le)
