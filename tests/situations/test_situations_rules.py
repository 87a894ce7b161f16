"""Rules without a database: examples, and properties over every date and every list."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from maillage.droit.api import age, anniversaire
from maillage.situations.rules import ages, conservation, suivi
from maillage.situations.rules import signalement as regles
from maillage.situations.rules.suivi import Membre
from maillage.situations.states import (
    TRANSITIONS_OBJECTIF,
    TRANSITIONS_SIGNALEMENT,
    TRANSITIONS_SITUATION,
    EtatObjectif,
    EtatSignalement,
    EtatSituation,
)
from maillage.strategie.api import liste

LE = date(2026, 11, 24)
jours = st.dates(date(2020, 1, 1), date(2035, 12, 31))


def forum(**champs) -> regles.Forum:
    return regles.Forum(**{"volet": "jeune", "judiciaire_siege": False, "acteur_judiciaire": False, **champs})


def expose(**champs) -> regles.Expose:
    valeurs = {
        "motif": "absences_repetees",
        "origine": "etablissement_scolaire",
        "exposition": "delinquance",
        "tranche": "de_12_a_15",
        "naissance": date(2012, 1, 30),
    }
    return regles.Expose(**{**valeurs, **champs})


def test_chaque_etat_a_ses_suites_et_chaque_suite_existe():
    for table, etats in (
        (TRANSITIONS_SIGNALEMENT, EtatSignalement),
        (TRANSITIONS_SITUATION, EtatSituation),
        (TRANSITIONS_OBJECTIF, EtatObjectif),
    ):
        assert set(table) == set(etats)
        assert {suite for suites in table.values() for suite in suites} <= set(etats)


def test_chaque_decision_de_la_liste_mene_a_un_etat():
    assert set(regles.EFFETS) == {item.code for item in liste("decisions_signalement")}


def test_un_signalement_ordinaire_est_accepte():
    assert regles.juger_signalement(forum=forum(), expose=expose(), le=LE).ok


@pytest.mark.parametrize(
    ("champs_forum", "champs", "codes"),
    [
        ({}, {"motif": "nationalite"}, {"motif_inconnu"}),
        ({"volet": "victime"}, {}, {"motif_hors_volet"}),
        ({}, {"exposition": "radicalisation"}, {"exposition_incoherente"}),
        ({}, {"origine": ""}, {"origine_inconnue"}),
        ({}, {"tranche": ""}, {"tranche_inconnue"}),
        ({}, {"naissance": date(2030, 1, 1)}, {"naissance_future"}),
        ({}, {"naissance": date(2001, 11, 24)}, {"limite_age"}),
        ({"nominatif": False}, {}, {"forum_interdit"}),
        (
            {},
            {"motif": "suivi_judiciaire", "exposition": "recidive"},
            {"judiciaire_sans_siege", "judiciaire_reserve"},
        ),
        (
            {"judiciaire_siege": True},
            {"motif": "fin_mesure", "exposition": "recidive"},
            {"judiciaire_reserve"},
        ),
        ({}, {"motif": "sans_solution", "exposition": "recidive"}, {"judiciaire_sans_siege"}),
    ],
)
def test_chaque_refus_a_son_code(champs_forum, champs, codes):
    verdict = regles.juger_signalement(forum=forum(**champs_forum), expose=expose(**champs), le=LE)
    assert set(verdict.codes) == codes


@given(
    motif=st.sampled_from([m.code for m in liste("motifs_signalement")]),
    origine=st.sampled_from([o.code for o in liste("origines_signalement")]),
    exposition=st.sampled_from(["", "delinquance", "recidive"]),
    volet=st.sampled_from(["jeune", "majeur", "victime"]),
)
def test_rien_de_judiciaire_ne_se_dit_sans_membre_judiciaire(motif, origine, exposition, volet):
    essai = expose(motif=motif, origine=origine, exposition=exposition)
    verdict = regles.juger_signalement(forum=forum(volet=volet), expose=essai, le=LE)
    if regles.est_judiciaire(essai) or exposition == "recidive":
        assert not verdict.ok
    if volet == "victime" and verdict.ok:
        assert exposition == ""


def test_la_veille_des_vingt_cinq_ans_on_signale_encore():
    le = date(2026, 11, 24)
    assert regles.juger_signalement(
        forum=forum(),
        expose=expose(naissance=date(2001, 11, 25), tranche="de_18_a_25", motif="sans_solution"),
        le=le,
    ).ok


@example("de_18_a_25", date(2025, 2, 28))
@given(st.sampled_from([t.code for t in liste("tranches_age")]), jours)
def test_une_naissance_inconnue_ne_prolonge_jamais_la_conservation(tranche, le):
    prudente = ages.naissance_prudente(tranche, le)
    attributs = liste("tranches_age").item(tranche).attributs
    plus_ages = [n for n in range(attributs["age_min"] or 0, (attributs["age_max"] or 24) + 1) if n < 25]
    for ans in plus_ages:
        assert anniversaire(prudente, 25) <= anniversaire(anniversaire(le, -ans), 25)
    assert age(prudente, le) < 25


@given(jours, st.dates(date(1996, 1, 1), date(2020, 1, 1)), st.integers(0, 3000))
def test_dans_le_volet_des_jeunes_rien_ne_depasse_vingt_cinq_ans(ouverte_le, naissance, duree):
    cloture = ouverte_le + timedelta(days=duree)
    for fin in (None, cloture):
        echeances = conservation.echeances_situation(
            volet="jeune", le=cloture, naissance=naissance, cloture=fin
        )
        assert echeances.destruction is not None
        assert echeances.destruction <= anniversaire(naissance, 25)
        revue = conservation.prochaine_revue(le=ouverte_le, destruction=echeances.destruction)
        assert revue <= echeances.destruction


def test_un_majeur_n_a_pas_de_terme_tant_que_dure_le_suivi():
    ouverte = conservation.echeances_situation(
        volet="majeur", le=LE, naissance=date(1980, 1, 1), cloture=None
    )
    close = conservation.echeances_situation(volet="majeur", le=LE, naissance=date(1980, 1, 1), cloture=LE)
    assert ouverte.destruction is None
    assert close.destruction == date(2027, 2, 24)


@given(jours, st.integers(0, 60), st.integers(0, 60))
def test_un_signalement_attend_la_seance_et_une_decision_repart_de_son_jour(recu, attente, delai):
    seance, decision = recu + timedelta(days=attente), recu + timedelta(days=delai)
    sans = conservation.expiration_signalement(recu_le=recu)
    avec = conservation.expiration_signalement(recu_le=recu, seance_le=seance)
    assert recu < sans <= avec
    assert conservation.expiration_signalement(recu_le=recu, decide_le=decision) > decision


@pytest.mark.parametrize(
    ("genre", "role", "profession", "code"),
    [
        ("pjj", "membre", "educateur_specialise", "referent_judiciaire"),
        ("spip", "membre", "travailleur_social", "referent_judiciaire"),
        ("prevention_specialisee", "membre", "cpip", "referent_judiciaire"),
        ("procureur", "parquet", "travailleur_social", "referent_non_professionnel"),
        ("commune", "maire", "travailleur_social", "referent_non_professionnel"),
        ("mission_locale", "membre", "coach", "profession_non_prevue"),
    ],
)
def test_le_referent_de_parcours_n_est_ni_juge_ni_elu_ni_improvise(genre, role, profession, code):
    verdict = suivi.juger_designation(
        profession=profession,
        etat="ouverte",
        referent=Membre(role, genre),
        depuis=LE,
        ouverte_le=LE,
        aujourd_hui=LE,
    )
    assert code in verdict.codes


@given(
    st.sampled_from([item.code for item in liste("elements_partageables")]),
    st.sampled_from(
        ["prevention_specialisee", "mission_locale", "bailleur", "pjj", "ccas", "csapa", "inconnu"]
    ),
    st.sampled_from(["membre", "coordonnateur", "maire", "referent", "parquet"]),
    st.booleans(),
)
def test_un_suivi_judiciaire_est_enonce_par_un_membre_judiciaire_qui_siege(categorie, genre, role, siege):
    item = liste("elements_partageables").item(categorie)
    membre = Membre(role, genre)
    verdict = suivi.juger_element(
        categorie=categorie,
        precision=(item.attributs["valeurs"] or ("",))[0],
        etat="ouverte",
        volet="jeune",
        membre=membre,
        judiciaire_siege=siege,
        le=LE,
    )
    if verdict.ok:
        assert item.attributs["nature"] in {"publique", "confidentielle"}
        assert role != "maire"
        assert not item.attributs["judiciaire"] or (membre.judiciaire and siege)


def test_la_revue_passee_demande_de_prolonger_ou_de_clore():
    verdict = suivi.juger_decision(
        etat="ouverte", decision="poursuivre", precision="", revue_le=LE - timedelta(days=1), le=LE
    )
    assert verdict.codes == ("revue_passee",)
    assert suivi.juger_decision(
        etat="ouverte", decision="prolonger", precision="", revue_le=LE - timedelta(days=1), le=LE
    ).ok
    assert suivi.juger_decision(etat="ouverte", decision="clore", precision="", revue_le=LE, le=LE).codes == (
        "issue_manquante",
    )


def test_les_listes_dont_les_regles_se_servent_existent():
    for code in (
        "contacts",
        "contacts_avec",
        "suites_contact",
        "moyens_remise",
        "fins_designation",
        "motifs_archive",
        "liens_representant",
        "domaines_objectif",
        "issues_cloture",
    ):
        assert liste(code).items
