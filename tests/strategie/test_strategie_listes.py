"""The glossary and the closed lists of the journey."""

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from maillage import strategie
from maillage.strategie import api, listes
from maillage.strategie.acteurs import normaliser

MOTS_DE_LA_PERSONNE = re.compile(
    r"\b(origine|ethni\w*|nationalit\w*|religi\w*|confession\w*|musulman\w*|opinion\w*|politiq\w*|syndic\w*"
    r"|sexuel\w*|malad\w*|handicap\w*|psychi\w*|addict\w*|drogu\w*|radicali\w*|dangereu\w*|profil\w*)",
    re.IGNORECASE,
)


def test_the_glossary_holds_the_54_printed_entries_and_the_75_forgotten_acronyms():
    assert Counter(t.origine for t in api.termes())["glossaire"] == 54
    assert Counter(t.origine for t in api.termes())["texte"] == 75


def test_the_glossary_defines_the_vocabulary_of_the_product_with_its_source():
    produit = {normaliser(t.terme): t for t in api.termes() if t.origine == "produit"}
    attendus = (
        "cercle, groupe, habilitation, situation, signalement, séance, charte, convention, dispositif,"
        " orientation, référent de parcours, règlement intérieur, formation plénière, formation restreinte,"
        " relevé de décisions, bilan annuel, rappel à l’ordre"
    )
    for mot in attendus.split(", "):
        assert produit[normaliser(mot)].source, mot


def test_every_entry_of_the_glossary_has_a_definition_and_none_is_there_twice():
    assert all(t.definition for t in api.termes())
    vus = Counter((t.origine == "produit", normaliser(t.terme)) for t in api.termes())
    assert {cle for cle, nombre in vus.items() if nombre > 1} == set()


def test_a_word_is_found_whatever_its_case_and_accents():
    assert api.definir("REFERENT DE PARCOURS")[0].origine == "produit"
    assert [t.origine for t in api.definir("cddf")] == ["produit", "glossaire"]
    assert api.definir("mot absent") == ()


def test_every_acronym_of_the_fiches_is_in_the_glossary():
    connus = {normaliser(partie) for t in api.termes() for partie in (t.terme, *t.terme.split("/"))}
    absents = {sigle for fiche in api.fiches() for sigle in fiche.sigles if normaliser(sigle) not in connus}
    assert absents == set()


@pytest.mark.parametrize("code", api.codes_listes())
def test_every_closed_list_is_sound(code):
    lue = api.liste(code)
    assert lue.source
    assert lue.items
    assert len({i.libelle for i in lue}) == len(lue.items)
    for item in lue:
        assert item.code.isascii()
        assert item.code.isidentifier()
        assert item.statut in listes.STATUTS
        assert item.a_verifier is (item.statut == "M")


def test_every_list_of_the_package_says_its_source_and_date():
    for fichier in (Path(strategie.__file__).parent).rglob("*.yaml"):
        entete = fichier.read_text(encoding="utf-8")[:900]
        assert "2026-" in entete, fichier.name


def test_no_motif_speaks_of_what_the_person_is():
    for item in api.liste("motifs_signalement"):
        assert not MOTS_DE_LA_PERSONNE.search(item.libelle), item.code


def test_motifs_belong_to_known_strands_and_exposures():
    expositions = {i.code for i in api.liste("expositions")}
    for item in api.liste("motifs_signalement"):
        volets, exposition = set(item.attributs["volets"]), set(item.attributs["exposition"])
        assert volets
        assert volets <= {"jeune", "majeur", "victime"}
        assert exposition <= expositions
        assert exposition or volets == {"victime"}


def test_what_a_judicial_member_states_exposes_to_recidivism_only():
    judiciaires = [i for i in api.liste("motifs_signalement") if i.attributs.get("judiciaire")]
    assert {i.code for i in judiciaires} == {"suivi_judiciaire", "fin_mesure"}
    assert all(i.attributs["exposition"] == ("recidive",) for i in judiciaires)


def test_choices_of_a_form_keep_only_what_is_asked():
    motifs = api.liste("motifs_signalement")
    assert ("violences_couple", "Violences au sein du couple") in motifs.choix(volets="victime")
    assert "violences_couple" not in dict(motifs.choix(volets="jeune"))
    assert dict(motifs.choix(volets="jeune", exposition="recidive")).keys() >= {"suivi_judiciaire", "errance"}
    assert len(motifs.choix()) == len(motifs.items)


def test_no_shareable_element_is_secret():
    assert {i.attributs["nature"] for i in api.liste("elements_partageables")} == {
        "publique",
        "confidentielle",
    }


def test_a_judicial_follow_up_is_stated_by_a_judicial_member_only():
    judiciaires = [i.code for i in api.liste("elements_partageables") if i.attributs["judiciaire"]]
    assert judiciaires == ["existence_suivi_judiciaire", "nature_suivi_judiciaire", "fin_suivi_judiciaire"]
    for code in judiciaires:
        permis = {a.code for a in api.acteurs() if api.peut_enoncer(code, a.code, a.famille)}
        assert permis == {"procureur", "spip", "pjj"}


def test_school_attendance_is_stated_by_the_school_and_not_by_the_landlord():
    assert api.peut_enoncer("assiduite_scolaire", "chef_etablissement", "education")
    assert not api.peut_enoncer("assiduite_scolaire", "bailleur", "logement")
    assert api.peut_enoncer("accord_personne", "bailleur", "logement")


def test_partners_named_by_the_lists_exist():
    for code in (
        "origines_signalement",
        "elements_partageables",
        "professions_referent",
        "professions_refusees",
    ):
        for item in api.liste(code):
            seul = item.attributs.get("acteur")
            for acteur in (*item.attributs.get("acteurs", ()), *([seul] if seul else [])):
                assert api.acteur(acteur)
            assert set(item.attributs.get("familles", ())) <= api.FAMILLES.keys()


def test_the_pjj_educator_and_the_cpip_are_never_among_the_referents():
    permises, refusees = api.liste("professions_referent"), api.liste("professions_refusees")
    assert {i.code for i in refusees} == {"educateur_pjj", "cpip"}
    assert not {i.code for i in permises} & {i.code for i in refusees}


@pytest.mark.parametrize(
    ("age", "code"),
    [
        (0, "moins_de_12"),
        (11, "moins_de_12"),
        (12, "de_12_a_15"),
        (15, "de_12_a_15"),
        (16, "de_16_a_17"),
        (17, "de_16_a_17"),
        (18, "de_18_a_25"),
        (25, "de_18_a_25"),
        (26, "plus_de_25"),
        (110, "plus_de_25"),
    ],
)
def test_every_age_has_one_band(age, code):
    assert api.tranche_age(age).code == code


def test_a_negative_age_is_refused():
    with pytest.raises(ValueError, match="négatif"):
        api.tranche_age(-1)


def test_an_item_out_of_force_is_not_offered_but_stays_readable(monkeypatch):
    ferme = listes.Item("ancien", "Ancien", "", "C", None, date(2024, 12, 31), {})
    ouvert = listes.Item("nouveau", "Nouveau", "", "C", date(2025, 1, 1), None, {})
    monkeypatch.setattr(
        listes, "_complete", lambda code: listes.Liste(code, "Essai", "Essai", (ferme, ouvert))
    )
    assert [i.code for i in api.liste("essai", date(2024, 12, 31))] == ["ancien"]
    assert [i.code for i in api.liste("essai", date(2025, 1, 1))] == ["nouveau"]
    assert api.liste("essai").item("ancien") is ferme


def test_an_unknown_list_or_item_is_refused():
    with pytest.raises(api.ListeInconnueError):
        api.liste("../donnees/acteurs")
    with pytest.raises(api.ItemInconnuError):
        api.liste("contacts").item("pigeon")
    assert "pigeon" not in api.liste("contacts")
