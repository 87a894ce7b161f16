"""What a convention becomes with time, on examples and on every history the generator can invent."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from maillage.documents.rules.conventions import (
    Faits,
    FaitsAvenant,
    Mode,
    Renouvellement,
    ajouter_mois,
    atteignable,
    etat,
    jour_de_signature,
    juger_avenant,
    juger_denonciation,
    juger_duree,
    juger_envoi,
    juger_modification,
    juger_renouvellement,
    juger_resiliation,
    juger_signature,
    prend_effet_le,
    rappels,
    terme,
)
from maillage.documents.states import VIVANTS, EtatAvenant, EtatConvention

DEBUT, FIN = date(2026, 9, 1), date(2027, 8, 31)
AVANT = date(2026, 8, 1)
TACITE = Renouvellement(Mode.TACITE, duree_mois=12, fois=2, preavis_jours=60)


def signee(**champs: object) -> Faits:
    return Faits(**{"debut": DEBUT, "fin": FIN, "proposee_le": AVANT, "signee_le": AVANT, **champs})


# --- State and term --------------------------------------------------------------------------------


def test_elle_prend_effet_quand_toutes_ont_signe_et_que_son_premier_jour_est_la():
    assert etat(Faits(DEBUT, FIN), DEBUT) is EtatConvention.A_PREPARER
    assert etat(signee(signee_le=None), DEBUT) is EtatConvention.A_SIGNER
    assert etat(signee(), DEBUT - timedelta(days=1)) is EtatConvention.SIGNEE
    assert etat(signee(), DEBUT) is EtatConvention.EN_VIGUEUR
    assert etat(signee(), FIN) is EtatConvention.EN_VIGUEUR
    assert etat(signee(), FIN + timedelta(days=1)) is EtatConvention.ECHUE


def test_signee_tard_elle_prend_effet_le_jour_de_la_derniere_signature():
    tard = DEBUT + timedelta(days=10)
    faits = signee(signee_le=tard)
    assert etat(faits, tard - timedelta(days=1)) is EtatConvention.A_SIGNER
    assert etat(faits, tard) is EtatConvention.EN_VIGUEUR
    assert prend_effet_le(faits) == tard


def test_une_signature_apres_le_terme_ne_donne_jamais_effet():
    faits = signee(signee_le=FIN + timedelta(days=3))
    assert etat(faits, FIN + timedelta(days=4)) is EtatConvention.ECHUE


def test_la_resiliation_compte_de_son_jour():
    faits = signee(resiliee_le=date(2027, 1, 1))
    assert etat(faits, date(2026, 12, 31)) is EtatConvention.EN_VIGUEUR
    assert etat(faits, date(2027, 1, 1)) is EtatConvention.RESILIEE


def test_le_renouvellement_tacite_se_gagne_quand_le_preavis_est_passe():
    faits = signee(renouvellement=TACITE)
    limite = FIN - timedelta(days=60)
    assert terme(faits, limite) == FIN
    assert terme(faits, limite + timedelta(days=1)) == ajouter_mois(FIN, 12)
    assert terme(faits, date(2040, 1, 1)) == ajouter_mois(FIN, 24)
    assert etat(faits, FIN + timedelta(days=1)) is EtatConvention.EN_VIGUEUR


def test_denoncee_a_temps_elle_s_arrete_trop_tard_elle_continue_une_fois():
    limite = FIN - timedelta(days=60)
    assert terme(signee(renouvellement=TACITE, denoncee_le=limite), date(2040, 1, 1)) == FIN
    tard = signee(renouvellement=TACITE, denoncee_le=limite + timedelta(days=1))
    assert terme(tard, date(2040, 1, 1)) == ajouter_mois(FIN, 12)


def test_un_avenant_signe_deplace_le_terme_et_un_avenant_en_attente_non():
    plus_loin = date(2027, 12, 31)
    attente = FaitsAvenant(1, date(2027, 6, 1), None, plus_loin)
    assert terme(signee(avenants=(attente,)), date(2027, 7, 1)) == FIN
    fait = FaitsAvenant(1, date(2027, 6, 1), date(2027, 5, 20), plus_loin)
    assert terme(signee(avenants=(fait,)), date(2027, 5, 25)) == FIN
    assert terme(signee(avenants=(fait,)), date(2027, 6, 1)) == plus_loin
    trop_tard = FaitsAvenant(1, date(2027, 6, 1), FIN + timedelta(days=2), plus_loin)
    assert terme(signee(avenants=(trop_tard,)), date(2027, 10, 1)) == FIN


def test_la_renouvelee_le_dit_et_l_echue_reste_echue():
    lendemain = FIN + timedelta(days=1)
    assert etat(signee(renouvelee_le=lendemain), lendemain) is EtatConvention.RENOUVELEE
    tard = signee(renouvelee_le=lendemain + timedelta(days=5))
    assert etat(tard, lendemain + timedelta(days=9)) is EtatConvention.ECHUE


@pytest.mark.parametrize(
    ("depart", "mois", "attendu"),
    [
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
    ],
)
def test_un_mois_plus_court_s_arrete_a_son_dernier_jour(depart, mois, attendu):
    assert ajouter_mois(depart, mois) == attendu


def test_la_derniere_signature_requise_date_la_convention():
    signatures = [("a", date(2026, 8, 1)), ("b", date(2026, 8, 5)), ("c", date(2026, 9, 1))]
    assert jour_de_signature({"a", "b"}, signatures) == date(2026, 8, 5)
    assert jour_de_signature({"a", "b", "d"}, signatures) is None
    assert jour_de_signature(set(), signatures) is None


# --- Properties ------------------------------------------------------------------------------------

jours = st.dates(date(2026, 1, 1), date(2028, 12, 31))
peut_etre = st.none() | jours


@st.composite
def histoires(draw: st.DrawFn) -> Faits:
    debut = draw(jours)
    fin = debut + timedelta(days=draw(st.integers(0, 700)))
    avenants = []
    for numero in range(1, draw(st.integers(0, 2)) + 1):
        effet = draw(jours)
        # The rule refuses an amendment that would end the convention before it takes effect.
        nouvelle_fin = draw(st.none() | st.dates(max(debut, effet), date(2029, 12, 31)))
        avenants.append(FaitsAvenant(numero, effet, draw(peut_etre), nouvelle_fin))
    proposee = draw(peut_etre)
    signee_le = draw(peut_etre) if proposee else None
    return Faits(
        debut=debut,
        fin=fin,
        proposee_le=proposee,
        signee_le=max(signee_le, proposee) if signee_le and proposee else None,
        renouvellement=draw(
            st.builds(
                Renouvellement,
                st.sampled_from(Mode),
                st.integers(0, 24),
                st.integers(0, 3),
                st.integers(0, 120),
            )
        ),
        denoncee_le=draw(peut_etre),
        resiliee_le=draw(peut_etre),
        renouvelee_le=draw(peut_etre),
        avenants=tuple(avenants),
    )


@settings(max_examples=150, deadline=None)
@given(histoires(), jours, st.integers(0, 400))
def test_d_un_jour_a_l_autre_l_etat_suit_la_table(faits, jour, plus_tard):
    avant, apres = etat(faits, jour), etat(faits, jour + timedelta(days=plus_tard))
    assert atteignable(avant, apres), (avant, apres)


@settings(max_examples=150, deadline=None)
@given(histoires(), jours)
def test_en_vigueur_veut_dire_signee_commencee_et_non_finie(faits, jour):
    if etat(faits, jour) is EtatConvention.EN_VIGUEUR:
        assert faits.signee_le is not None
        assert max(faits.debut, faits.signee_le) <= jour <= terme(faits, jour)
        assert faits.resiliee_le is None or jour < faits.resiliee_le


@settings(max_examples=150, deadline=None)
@given(histoires(), jours, st.lists(st.integers(1, 90), max_size=3))
def test_un_rappel_regarde_devant_et_ne_concerne_que_ce_qui_vit(faits, jour, delais):
    for rappel in rappels(faits, jour, delais):
        assert etat(faits, jour) in {
            EtatConvention.A_PREPARER, EtatConvention.A_SIGNER, EtatConvention.EN_VIGUEUR,
        }  # fmt: skip
        assert rappel.avant_le - jour <= timedelta(days=max(delais, default=0))
        if rappel.genre != "signatures":
            assert rappel.avant_le >= jour


@settings(max_examples=100, deadline=None)
@given(histoires(), jours, jours)
def test_une_resiliation_acceptee_met_fin_a_la_convention(faits, jour, effet):
    # What will be recorded between the two days is not known when the end is judged.
    assume(juger_resiliation(faits, jour, effet=effet).ok)
    if etat(faits, effet) in VIVANTS:
        finie = replace(faits, resiliee_le=effet)
        assert etat(finie, effet) is EtatConvention.RESILIEE


# --- What may be done ------------------------------------------------------------------------------


def test_on_n_envoie_pas_une_convention_sans_ses_parties_ni_apres_son_terme():
    assert juger_envoi(Faits(DEBUT, FIN), AVANT, sans_signataire=[]).ok
    assert juger_envoi(Faits(DEBUT, FIN), AVANT, sans_signataire=["prescripteur"]).codes == (
        "partie_sans_nom",
    )
    assert "terme_passe" in juger_envoi(Faits(DEBUT, FIN), date(2028, 1, 1), sans_signataire=[]).codes
    assert not juger_envoi(signee(), DEBUT, sans_signataire=[]).ok


def test_le_texte_ne_change_plus_apres_l_envoi():
    assert juger_modification(Faits(DEBUT, FIN), AVANT, signatures=0).ok
    assert not juger_modification(signee(signee_le=None), AVANT, signatures=0).ok


def test_une_signature_a_une_date_possible_et_n_a_lieu_qu_une_fois():
    ouverte = signee(signee_le=None)
    assert juger_signature(ouverte, DEBUT, signee_le=DEBUT, deja=False).ok
    for codes, champs in (
        ("deja_signee", {"signee_le": DEBUT, "deja": True}),
        ("date_a_venir", {"signee_le": DEBUT + timedelta(days=1), "deja": False}),
        ("avant_envoi", {"signee_le": AVANT - timedelta(days=1), "deja": False}),
    ):
        assert codes in juger_signature(ouverte, DEBUT, **champs).codes


def test_un_avenant_a_la_fois_pendant_la_convention():
    jour = date(2027, 1, 1)
    bon = {"prend_effet": jour, "nouvelle_fin": None, "duree_max_mois": 24}
    assert juger_avenant(signee(), jour, **bon).ok
    attente = signee(avenants=(FaitsAvenant(1, jour),))
    assert "avenant_en_attente" in juger_avenant(attente, jour, **bon).codes
    assert "duree_max" in juger_avenant(signee(), jour, **{**bon, "nouvelle_fin": date(2029, 1, 1)}).codes
    assert "hors_de_la_duree" in juger_avenant(signee(), jour, **{**bon, "prend_effet": AVANT}).codes
    assert not juger_avenant(signee(signee_le=None), jour, **bon).ok


def test_signee_par_toutes_elle_s_amende_avant_son_premier_jour_et_pas_avant_la_derniere_signature():
    veille = DEBUT - timedelta(days=1)
    bon = {"prend_effet": DEBUT, "nouvelle_fin": None, "duree_max_mois": 24}
    assert juger_avenant(signee(), veille, **bon).ok
    attente = FaitsAvenant(1, DEBUT)
    assert juger_signature(
        signee(avenants=(attente,)), veille, signee_le=veille, deja=False, avenant=attente
    ).ok
    assert "hors_de_la_duree" in juger_avenant(signee(), veille, **{**bon, "prend_effet": veille}).codes
    assert juger_avenant(signee(signee_le=None), veille, **bon).codes == ("etat_de_la_convention",)
    plus_tot = date(2027, 3, 31)
    faite = signee(avenants=(FaitsAvenant(1, DEBUT, veille, plus_tot),))
    assert terme(faite, veille) == FIN
    assert terme(faite, DEBUT) == plus_tot


def test_la_duree_d_une_sorte_se_compte_de_date_a_date():
    assert juger_duree(DEBUT, FIN, 12).ok
    assert juger_duree(DEBUT, date(2027, 9, 1), 12).codes == ("duree_max",)
    assert juger_duree(FIN, DEBUT, None).codes == ("dates_incoherentes",)


def test_on_ne_denonce_que_le_tacite_et_on_ne_renouvelle_qu_une_fois():
    jour = date(2027, 1, 1)
    assert juger_denonciation(signee(renouvellement=TACITE), jour).ok
    assert juger_denonciation(signee(), jour).codes == ("sans_tacite",)
    assert juger_renouvellement(signee(), jour, deja=False, renouvelable=True).ok
    assert juger_renouvellement(signee(), jour, deja=True, renouvelable=True).codes == ("deja_renouvelee",)
    assert juger_renouvellement(signee(), jour, deja=False, renouvelable=False).codes == ("non_renouvelable",)


def test_les_rappels_disent_quoi_faire_et_pour_quand():
    (proche,) = rappels(signee(signee_le=None), DEBUT - timedelta(days=5), (30,))
    assert (proche.genre, proche.avant_le) == ("signatures", DEBUT)
    (fin,) = rappels(signee(), FIN - timedelta(days=20), (90, 30))
    assert (fin.genre, fin.avant_le) == ("terme", FIN)
    limite = FIN - timedelta(days=60)
    (preavis,) = rappels(signee(renouvellement=TACITE), limite - timedelta(days=10), (30,))
    assert (preavis.genre, preavis.avant_le) == ("preavis", limite)
    (suite,) = rappels(signee(renouvellement=Renouvellement(Mode.EXPRES)), FIN, (30,))
    assert suite.genre == "renouveler"
    assert rappels(signee(), DEBUT, (30,)) == ()
    assert EtatAvenant.SIGNE.value == "avenant_signe"
