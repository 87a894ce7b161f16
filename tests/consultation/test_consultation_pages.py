"""« Puis-je ? »: the page and the command give the same verdict, and nothing typed is kept anywhere."""

import html
import re
from datetime import date

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from tests.acteurs.fabriques import creer_compte
from tests.cas_regles import AUJOURDHUI, FAUTES, MODELES, changer
from tests.consultation.poste import poster
from tests.instances.territoires import creer_communes

from maillage.consultation.formulaire import FormulaireDeRegle, avec_une_ligne, sans_la_ligne
from maillage.consultation.questions import question
from maillage.consultation.regles import QUESTIONS, regle
from maillage.socle.contexte import en_maintenance
from maillage.socle.models import EntreeJournal

pytestmark = pytest.mark.django_db

CAS = [(nom, cas) for nom, cas in MODELES.items()] + [
    (nom, changer(MODELES[nom], changements)) for nom, fautes in FAUTES.items() for _, changements in fautes
]
CANARI = "Canaripoison"
#: Rules asked on the page alone.
DE_LA_PAGE = {
    "competence": {
        "acte": "rappel",
        "qualite": "elu_delegue",
        "conditions": ["delegation"],
        "le": "2026-11-23",
    }
}


def query(donnees):
    lues = QueryDict(mutable=True)
    for cle, valeur in donnees.items():
        lues.setlist(cle, valeur if isinstance(valeur, list) else [valeur])
    return lues


def formulaire(nom, donnees, **options):
    return FormulaireDeRegle(query(donnees), question=question(nom), aujourd_hui=AUJOURDHUI, **options)


@pytest.fixture
def client():
    navigateur = Client()
    navigateur.force_login(creer_compte())
    return navigateur


def adresse(nom):
    return reverse("consultation:demander", args=[nom])


def texte(reponse):
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", reponse.content.decode())))


@pytest.mark.parametrize(("nom", "cas"), CAS, ids=[f"{nom}-{rang}" for rang, (nom, _) in enumerate(CAS)])
def test_the_form_asks_the_rule_exactly_what_the_command_does(nom, cas):
    if nom == "cofinancement" and cas.get("public") == {}:
        cas = {**cas, "public": {"expose_trafic": False}}
    rempli = formulaire(nom, poster(nom, cas))
    assert rempli.is_valid(), rempli.errors
    attendu = regle(nom).repondre({**cas, "le": cas.get("le", "2026-11-23")}, AUJOURDHUI)
    assert rempli.verdict == attendu
    assert rempli.lectures or nom == "partage"  # the wall of the forum has no figure


@pytest.mark.parametrize("nom", QUESTIONS)
def test_an_empty_form_says_what_is_missing_beside_each_field_and_asks_no_rule(nom):
    vide = formulaire(nom, {"le": ""})
    assert not vide.is_valid()
    assert vide.verdict is None
    assert all(erreur for erreurs in vide.errors.values() for erreur in erreurs)
    assert "__all__" not in vide.errors


@pytest.mark.parametrize("nom", QUESTIONS)
def test_each_page_of_a_rule_opens_and_answers(client, nom):
    page = client.get(adresse(nom))
    assert page.status_code == 200
    assert question(nom).titre in texte(page)
    reponse = client.post(adresse(nom), poster(nom, {**MODELES, **DE_LA_PAGE}[nom]))
    assert reponse.status_code == 200
    assert regle(nom).oui in texte(reponse)
    assert "Sur quoi repose cette réponse" in texte(reponse)


def test_the_choice_shows_every_rule_with_its_question_and_a_search_narrows_it(client):
    page = client.get(reverse("consultation:choisir"))
    for nom in QUESTIONS:
        assert question(nom).phrase.split(" ")[0] in texte(page)
        assert adresse(nom) in page.content.decode()
    trouvees = client.post(reverse("consultation:choisir"), {"mots": "caméra"}).content.decode()
    assert adresse("videoprotection") in trouvees
    assert adresse("pmsmp") not in trouvees
    assert "Aucune règle ne répond" in texte(
        client.post(reverse("consultation:choisir"), {"mots": "licorne"})
    )
    assert client.post(reverse("consultation:choisir"), {"mots": "x" * 90}).status_code == 422


def trois_raisons():
    return poster(
        "pmsmp",
        changer(MODELES["pmsmp"], {"tuteur": False, "prescripteur": "non_habilite", "fin": "2026-04-30"}),
    )


def test_three_reasons_are_told_with_their_basis_their_force_and_who_may_lift_them(client):
    reponse = client.post(adresse("pmsmp"), trois_raisons())
    dit = texte(reponse)
    assert reponse.status_code == 200
    assert "Non : Convention refusée" in dit
    for code in ("duree_max", "tuteur_absent", "prescripteur_non_habilite"):
        assert f"Code : {code}" in dit
    assert "D. 5135-3" in dit or "L. 5135" in dit
    assert "Personne ne peut l’écarter." in dit
    assert "Fin au plus tard" in dit
    assert "1er avril 2026" in dit.replace("\xa0", " ")
    assert "Règles en vigueur au 1er mars 2026" in dit.replace("\xa0", " ")


def test_a_doctrine_says_who_may_set_it_aside(client):
    cas = changer(MODELES["parrainage"], {"fin": "2026-02-14"})
    dit = texte(client.post(adresse("parrainage"), poster("parrainage", cas)))
    motif = regle("parrainage").repondre(cas, AUJOURDHUI).motifs[0]
    assert ("Peut être écartée, par écrit" in dit) is motif.levee_possible


def test_what_is_not_read_in_its_source_is_said_to_be_checked(client):
    cas = changer(MODELES["videoprotection"], {"conservation_jours": 45})
    assert "À vérifier" in texte(client.post(adresse("videoprotection"), poster("videoprotection", cas)))


def test_the_law_applied_is_that_of_the_act_and_not_of_today(client):
    dit = texte(client.post(adresse("tig"), poster("tig", MODELES["tig"])))
    assert "Règles en vigueur au 1er février 2026" in dit.replace("\xa0", " ")


def test_nothing_typed_is_kept_but_the_fact_of_asking(client):
    donnees = {**trois_raisons(), "structure_accueil": CANARI}
    client.post(adresse("pmsmp"), donnees)
    with en_maintenance():
        entrees = list(EntreeJournal.objects.filter(evenement="regle_consultee"))
        assert [entree.details for entree in entrees] == [
            {
                "regle": "pmsmp",
                "ok": False,
                "motifs": ["duree_max", "tuteur_absent", "prescripteur_non_habilite"],
            }
        ]
        assert not EntreeJournal.objects.filter(details__icontains=CANARI).exists()
        assert not EntreeJournal.objects.filter(details__icontains="2026-03-02").exists()


def test_a_refused_form_keeps_the_text_says_what_to_correct_and_answers_422(client):
    donnees = {**poster("tig", MODELES["tig"]), "heures": "cent", "faits": "2027-01-01"}
    reponse = client.post(adresse("tig"), donnees)
    page = reponse.content.decode()
    assert reponse.status_code == 422
    assert 'value="cent"' in page
    assert 'aria-invalid="true"' in page
    assert "Écrivez un nombre en chiffres." in texte(reponse)
    with en_maintenance():
        assert not EntreeJournal.objects.filter(evenement="regle_consultee").exists()


@pytest.mark.parametrize(
    ("nom", "changements", "champ", "mots"),
    [
        ("tig", {"faits": "2027-01-01"}, "decision", "« Jour de la décision du tribunal » précède"),
        ("clspd_obligatoire", {"population": None, "qpv": None}, "commune", "Indiquez la commune"),
        ("clspd_obligatoire", {"qpv": None}, "qpv", "quartier prioritaire"),
        ("conservation", {"personne": None}, "personne-naissance", "Date de naissance"),
        ("cofinancement", {"credit": "caf"}, "public-age_maximum", "une réponse au moins"),
        ("transaction", {"heures": None}, "heures", "Indiquez les heures"),
        ("cofinancement", {"total": "0"}, "total", "« Coût total du projet »"),
        ("videoprotection", {"autorisation": "2030-01-01"}, "autorisation", "Jour de l’autorisation"),
        ("partage", {"habilitation.fin": "2024-01-01"}, "habilitation-fin", "Dernier jour du mandat"),
    ],
)
def test_what_the_rule_cannot_read_is_told_beside_its_field_in_the_words_of_the_page(
    nom, changements, champ, mots
):
    rempli = formulaire(nom, poster(nom, changer(MODELES[nom], changements)))
    assert not rempli.is_valid()
    assert list(rempli.errors) == [champ]
    (phrase,) = rempli.errors[champ]
    assert mots in phrase
    assert "_" not in phrase


def test_a_line_half_filled_asks_for_the_rest_and_an_empty_one_is_nothing():
    donnees = {
        **poster("pmsmp", MODELES["pmsmp"]),
        "historique-lignes": "2",
        "historique-1-debut": "2025-09-01",
    }
    rempli = formulaire("pmsmp", donnees)
    assert not rempli.is_valid()
    assert set(rempli.errors) == {
        "historique-1-structure_accueil",
        "historique-1-fin",
        "historique-1-objet",
    }
    del donnees["historique-1-debut"]
    assert formulaire("pmsmp", donnees).is_valid()


def test_a_commune_is_named_or_coded_and_the_doubt_is_told(client):
    creer_communes({"31555": 500_000, "31149": 40_000})
    pour = poster("clspd_obligatoire", {"le": "2026-11-23"})
    for saisie in ("commune 31555", " 31555 ", "2a004"):
        assert formulaire("clspd_obligatoire", {**pour, "commune": saisie}).is_valid(), saisie
    for saisie in ("Nulle part", "Commune", "31555, 31149"):
        doute = formulaire("clspd_obligatoire", {**pour, "commune": saisie})
        assert not doute.is_valid(), saisie
        assert list(doute.errors) == ["commune"]


def test_amounts_and_numbers_are_read_as_people_write_them():
    donnees = {
        **poster("cofinancement", MODELES["cofinancement"]),
        "credits-0-montant": "8\u00a0000,00",
        "credits-1-montant": "2 000 €",
        "total": "10 000",
    }
    rempli = formulaire("cofinancement", donnees)
    assert rempli.is_valid(), rempli.errors
    assert rempli.verdict.ok


def test_adding_a_line_keeps_what_was_typed_and_judges_nothing(client):
    donnees = {**trois_raisons(), "fin": "pas une date", "ajouter": "historique"}
    reponse = client.post(adresse("pmsmp"), donnees)
    page = reponse.content.decode()
    assert reponse.status_code == 200
    assert 'name="historique-0-debut"' in page
    assert 'value="pas une date"' in page
    assert "autofocus" in page
    assert "data-erreurs" not in page
    assert 'name="historique-lignes" value="1"' in page


def test_the_answer_leads_back_to_the_form_with_every_value(client):
    cas = changer(MODELES["pmsmp"], {"historique": [("2025-09-01", "2025-10-31", "confirmation", False)]})
    reponse = client.post(adresse("pmsmp"), poster("pmsmp", cas)).content.decode()
    caches = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', reponse)
    retour = client.post(adresse("pmsmp"), _listes(caches))
    assert retour.status_code == 200
    rendu = retour.content.decode()
    assert 'name="historique-0-debut" value="2025-09-01"' in rendu
    assert "data-erreurs" not in rendu


def _listes(paires):
    donnees = {"modifier": "oui"}
    for nom, valeur in paires:
        if nom != "csrfmiddlewaretoken":
            donnees.setdefault(nom, []).append(valeur)
    return donnees


@given(nombre=st.integers(0, 6), rang=st.integers(0, 8))
def test_removing_a_line_moves_the_others_up_and_loses_none(nombre, rang):
    donnees = query(
        {"historique-lignes": str(nombre), "debut": "x"}
        | {f"historique-{n}-debut": str(n) for n in range(nombre)}
    )
    reste = sans_la_ligne(donnees, f"historique-{rang}")
    attendus = [str(n) for n in range(nombre) if n != rang]
    assert [reste.get(f"historique-{n}-debut") for n in range(len(attendus))] == attendus
    assert reste["historique-lignes"] == str(len(attendus))
    assert reste["debut"] == "x"
    assert f"historique-{len(attendus)}-debut" not in reste


@pytest.mark.parametrize("compte", ["-1", "abc", "9" * 400, "²", ""])
def test_a_count_of_lines_that_is_nonsense_breaks_nothing(client, compte):
    donnees = {**poster("pmsmp", MODELES["pmsmp"]), "historique-lignes": compte}
    assert client.post(adresse("pmsmp"), donnees).status_code == 200
    assert client.post(adresse("pmsmp"), {**donnees, "ajouter": "historique"}).status_code == 200
    assert client.post(adresse("pmsmp"), {**donnees, "ajouter": "licorne"}).status_code == 200
    assert client.post(adresse("pmsmp"), {**donnees, "retirer": "historique-999"}).status_code == 200
    assert client.post(adresse("pmsmp"), {**donnees, "retirer": "x"}).status_code == 200


def test_lines_stop_at_a_bound(client):
    donnees = query({"historique-lignes": "24"})
    assert avec_une_ligne(donnees, "historique")["historique-lignes"] == "24"
    page = client.post(adresse("pmsmp"), {"historique-lignes": "999", "modifier": "oui"}).content.decode()
    assert 'name="historique-23-debut"' in page
    assert 'name="historique-24-debut"' not in page


def test_a_rule_that_does_not_exist_is_not_found_and_nobody_enters_without_an_account(client):
    assert client.get(adresse("licorne")).status_code == 404
    assert client.post(adresse("licorne"), {"x": "y"}).status_code == 404
    assert Client().get(reverse("consultation:choisir")).status_code in {302, 403}
    assert Client().post(adresse("pmsmp"), trois_raisons()).status_code in {302, 403}


@given(
    valeurs=st.dictionaries(
        st.sampled_from(["debut", "fin", "historique-0-debut", "historique-lignes", "objet"]),
        st.text(max_size=12),
    )
)
def test_whatever_is_posted_the_form_answers_or_explains(valeurs):
    donnees = {**poster("pmsmp", MODELES["pmsmp"]), "historique-lignes": "1", **valeurs}
    rempli = formulaire("pmsmp", donnees)
    assert rempli.is_valid() is (rempli.verdict is not None)


def test_today_is_proposed_as_the_day_of_the_act():
    assert FormulaireDeRegle(question=question("pmsmp"), aujourd_hui=date(2026, 5, 4))["le"].initial == date(
        2026, 5, 4
    )
