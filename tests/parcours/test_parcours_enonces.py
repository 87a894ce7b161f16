"""What is judged is kept: a sentence and the conditions of restorative justice, each by who may state it."""

from datetime import timedelta

import pytest
from django.test import Client
from tests.parcours.decor_orientations import (
    Decor,
    accepter,
    enoncer,
    enoncer_une_peine,
    judiciaire,
    proposer,
    transmettre,
    un_decor,
    une_participation,
)
from tests.situations.fabriques import un_groupe, une_situation

from maillage.parcours.models import ConditionEnoncee, Orientation, Participation, PeineEnoncee
from maillage.parcours.services import enonces, orientations
from maillage.situations.models import Situation
from maillage.situations.services.conservation import purger
from maillage.socle.contexte import contexte, en_maintenance
from maillage.socle.models import EntreeJournal
from maillage.socle.refus import Introuvable, Refus
from maillage.socle.temps import aujourd_hui

pytestmark = pytest.mark.django_db

MEDIATION = "jr_mediation"
CONDITIONS = (
    "consentement_auteur",
    "consentement_victime",
    "faits_reconnus",
    "controle_judiciaire",
    "animateur_forme",
    "tiers_independant",
    "preparation_faite",
)


def codes(refus: pytest.ExceptionInfo[Refus]) -> set[str]:
    return set(refus.value.verdict.codes)


def enregistre() -> list[tuple]:
    with en_maintenance():
        return [
            *PeineEnoncee.objects.values_list("pk", "heures").order_by("pk"),
            *ConditionEnoncee.objects.values_list("pk", "code", "oui").order_by("pk"),
        ]


def une_mediation(*, avec: tuple[str, ...] = CONDITIONS) -> tuple[Decor, Orientation]:
    """Proposed to the author and accepted; ``avec``: what was stated before."""
    decor = un_decor(MEDIATION, age=19, genre="aide_victimes")
    for code in avec:
        enoncer(decor, code)
    return decor, accepter(decor, proposer(decor, MEDIATION))


def page(client: Client, compte: object, decor: Decor, suite: str = "parcours/enonces/") -> str:
    client.force_login(compte)
    reponse = client.get(f"/situations/{decor.situation.public_id}/{suite}")
    assert reponse.status_code == 200, reponse.status_code
    return " ".join(reponse.content.decode().replace("\u00a0", " ").split())


# --- The sentence ----------------------------------------------------------------------------------


def test_seul_un_membre_judiciaire_de_ce_groupe_enonce_une_peine():
    decor, ailleurs = un_decor(), un_decor(groupe=un_groupe())
    enoncer_une_peine(ailleurs)
    avant = enregistre()
    judiciaire(decor)
    with pytest.raises(Refus) as refus:
        enoncer_une_peine(decor, par=decor.referent)
    assert codes(refus) == {"judiciaire_reserve"}
    # Judicial in the other groupe: here there is nothing to state.
    with pytest.raises(Introuvable):
        enoncer_une_peine(decor, par=judiciaire(ailleurs))
    assert enregistre() == avant


def test_un_membre_qui_n_a_pas_a_savoir_ne_trouve_rien_a_enoncer():
    decor = un_decor()
    with pytest.raises(Introuvable):
        enoncer_une_peine(decor, par=decor.groupe.ajouter("mission_locale"))
    assert enregistre() == []


@pytest.mark.parametrize(
    ("champs", "code"),
    [
        ({"heures": 19}, "heures_min"),
        ({"decision": 1}, "date_future"),
        ({"decision": -1}, "dates_incoherentes"),
    ],
)
def test_une_peine_que_la_loi_n_admet_pas_n_est_pas_enregistree(champs, code):
    decor = un_decor()
    if "decision" in champs:
        champs = {"decision": aujourd_hui() + timedelta(days=champs["decision"])}
    with pytest.raises(Refus) as refus:
        enoncer_une_peine(decor, **champs)
    assert codes(refus) == {code}
    assert enregistre() == []


def test_sans_peine_enoncee_le_tig_ne_se_propose_pas_et_une_fois_enoncee_ses_heures_suivent():
    decor = un_decor("tig", genre="commune", heures=60)
    sans = un_decor("pmsmp", groupe=decor.groupe)
    with pytest.raises(Refus) as refus:
        proposer(sans, "tig")
    assert "peine_tig" in codes(refus)
    assert une_participation(decor).heures_prevues == 60


def test_la_vue_explicable_lit_la_peine_et_une_correction_l_emporte(client):
    decor = un_decor("tig", genre="commune")
    enoncer_une_peine(decor, heures=70)
    lue = page(client, decor.groupe.coordonnatrice, decor)
    assert "<dd>70</dd>" in lue
    assert "<dd>40</dd>" not in lue
    ouverts = page(client, decor.groupe.coordonnatrice, decor, "dispositifs/")
    assert "ou aucun membre judiciaire ne l’a dit" not in ouverts


def test_le_journal_dit_qui_a_enonce_et_rien_de_ce_qui_l_a_ete():
    decor = un_decor("tig")
    enoncer(decor, "consentement_auteur")
    with en_maintenance():
        details = list(
            EntreeJournal.objects.filter(evenement__endswith="_enoncee").values_list("acteur", "details")
        )
    assert details == [
        (judiciaire(decor).pk, {}),
        (judiciaire(decor).pk, {"code": "consentement_auteur"}),
    ]


# --- Restorative justice ---------------------------------------------------------------------------


def test_une_mesure_se_propose_puis_attend_tout_ce_que_la_loi_demande():
    decor, orientation = une_mediation(avec=())
    with pytest.raises(Refus) as refus:
        transmettre(decor, orientation)
    assert codes(refus) == {
        "faits_non_reconnus",
        "consentement_manquant",
        "tiers_non_independant",
        "controle_manquant",
        "preparation_manquante",
    }
    with en_maintenance():
        assert not Participation.objects.exists()
    for code in CONDITIONS:
        enoncer(decor, code)
    assert transmettre(decor, orientation).pk


@pytest.mark.parametrize("code", ["consentement_auteur", "consentement_victime", "preparation_faite"])
def test_un_retrait_referme_la_porte_et_un_nouvel_accord_la_rouvre(code):
    decor, orientation = une_mediation()
    enoncer(decor, code, oui=False)
    with pytest.raises(Refus) as refus:
        transmettre(decor, orientation)
    attendu = "preparation_manquante" if code == "preparation_faite" else "consentement_manquant"
    assert codes(refus) == {attendu}
    with en_maintenance():
        assert not Participation.objects.exists()
    enoncer(decor, code)
    assert transmettre(decor, orientation).pk


def test_un_cercle_de_soutien_ne_demande_le_consentement_d_aucune_victime():
    decor = un_decor("jr_cercle_soutien", age=19)
    for code in CONDITIONS:
        if code != "consentement_victime":
            enoncer(decor, code)
    assert une_participation(decor).pk


@pytest.mark.parametrize("code", ["faits_reconnus", "controle_judiciaire"])
def test_ce_que_dit_la_justice_ne_se_dit_que_par_elle(code):
    decor, ailleurs = un_decor(), un_decor(groupe=un_groupe())
    enoncer(ailleurs, code)
    avant = enregistre()
    judiciaire(decor)
    with pytest.raises(Refus) as refus:
        enoncer(decor, code, par=decor.referent)
    assert codes(refus) == {"judiciaire_reserve"}
    assert enregistre() == avant
    enoncer(decor, "animateur_forme", par=decor.referent)
    assert len(enregistre()) == len(avant) + 1


def test_une_condition_ne_se_repete_pas_ne_remonte_pas_le_temps_et_vient_de_la_liste():
    decor = un_decor()
    hier = aujourd_hui() - timedelta(days=1)
    enoncer(decor, "consentement_auteur")
    for champs, attendu in (
        ({}, {"deja_enonce"}),
        ({"oui": False, "le": hier}, {"date_avant"}),
        ({"oui": False, "le": aujourd_hui() + timedelta(days=1)}, {"date_future"}),
    ):
        with pytest.raises(Refus) as refus:
            enoncer(decor, "consentement_auteur", **champs)
        assert codes(refus) == attendu
    with pytest.raises(Refus) as refus:
        enoncer(decor, "recit")
    assert codes(refus) == {"condition_inconnue"}
    assert len(enregistre()) == 1


def test_rien_de_cela_n_est_une_etape_du_parcours_d_une_victime(client, dpo_confirme_les_victimes):
    groupe = dpo_confirme_les_victimes
    situation = une_situation(groupe)
    judiciaire_la = groupe.ajouter("spip")
    with contexte(judiciaire_la.pk), pytest.raises(Refus) as refus:
        enonces.enoncer_condition(
            situation=situation.public_id, code="consentement_victime", oui=True, le=aujourd_hui()
        )
    assert codes(refus) == {"hors_volet"}
    client.force_login(judiciaire_la)
    assert client.get(f"/situations/{situation.public_id}/parcours/enonces/").status_code == 404
    lue = client.get(f"/situations/{situation.public_id}/dispositifs/").content.decode()
    assert "Médiation restaurative" not in lue
    assert enregistre() == []


@pytest.fixture
def dpo_confirme_les_victimes():
    return un_groupe("victime")


# --- Pages -----------------------------------------------------------------------------------------


def test_la_page_offre_a_chacun_ce_qu_il_peut_enoncer_et_se_cache_a_qui_n_a_pas_a_savoir(client):
    decor = un_decor("tig")
    lue = page(client, decor.referent, decor)
    assert "enonces/consentement_auteur/" in lue
    assert "enonces/faits_reconnus/" not in lue
    assert "enonces/peine/" not in lue
    assert "enonces/peine/" in page(client, judiciaire(decor), decor)
    client.force_login(decor.groupe.ajouter("mission_locale"))
    for suite in ("", "peine/", "consentement_auteur/"):
        reponse = client.get(f"/situations/{decor.situation.public_id}/parcours/enonces/{suite}")
        assert reponse.status_code == 404
    client.force_login(decor.referent)
    for suite in ("peine/", "faits_reconnus/", "recit/"):
        reponse = client.get(f"/situations/{decor.situation.public_id}/parcours/enonces/{suite}")
        assert reponse.status_code == 404


def test_les_formulaires_enregistrent_et_gardent_la_saisie_refusee(client):
    decor = un_decor()
    client.force_login(judiciaire(decor))
    racine = f"/situations/{decor.situation.public_id}/parcours/enonces/"
    jour = aujourd_hui().isoformat()
    saisie = {"heures": "15", "nature": "delit", "decision": jour, "faits": jour}
    reponse = client.post(f"{racine}peine/", saisie)
    assert reponse.status_code == 422
    assert 'value="15"' in reponse.content.decode()
    assert client.post(f"{racine}peine/", {**saisie, "heures": "80"}).status_code == 302
    donne = {"reponse": "oui", "le": jour}
    assert client.post(f"{racine}consentement_auteur/", donne).status_code == 302
    assert client.post(f"{racine}consentement_auteur/", donne).status_code == 422
    assert "Noter un retrait" in page(client, judiciaire(decor), decor)
    assert len(enregistre()) == 2


def test_ce_qui_fut_enonce_s_efface_avec_la_situation():
    decor, gardee = un_decor("tig"), un_decor("tig")
    enoncer(decor, "consentement_auteur")
    with en_maintenance():
        Situation.objects.filter(pk=decor.situation.pk).update(expire_le=aujourd_hui() - timedelta(days=1))
    lignes = purger().lignes
    assert (lignes["peineenoncee"], lignes["conditionenoncee"]) == (1, 1)
    with en_maintenance():
        assert [peine.situation_id for peine in PeineEnoncee.objects.all()] == [gardee.situation.pk]


# --- The proposal ----------------------------------------------------------------------------------


def test_la_proposition_dit_toutes_les_raisons_et_la_loi_refuse_aussitot():
    trop_jeune = un_decor("pmsmp", age=12)
    with pytest.raises(Refus) as refus:
        proposer(trop_jeune, "tig")
    # No sentence, and too young for any: all at once, nothing kept for later.
    assert {"peine_tig", "age_decision", "age_faits"} <= codes(refus)
    with en_maintenance():
        assert not Orientation.objects.exists()
    assert proposer(un_decor("epide", age=18), "epide").pk


def test_ce_qui_n_est_pas_la_loi_se_dit_sans_empecher_de_proposer(client):
    decor = un_decor("smv", age=16)
    orientation = proposer(decor, "smv")
    client.force_login(decor.referent)
    lue = client.get(f"/orientations/{orientation.public_id}/").content.decode()
    assert "Ce qui s’oppose à la transmission" in lue
    with contexte(decor.referent.pk):
        assert orientations.une(Orientation, orientation.public_id).etat == "proposee"
