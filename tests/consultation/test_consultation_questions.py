"""Every rule has its words: nothing it asks is left without a French label, nothing else is said."""

import json
import re
import subprocess
import sys
from datetime import date

import pytest

from maillage.consultation.questions import QuestionInconnueError, question, themes
from maillage.consultation.regles import QUESTIONS, regle
from maillage.droit.entrees import Genre

JOUR = date(2026, 11, 23)
ASCII_DE_MACHINE = re.compile(r"[a-z]+_[a-z]+|true|false|null")


def chemins(champs, avant=""):
    """Every field of a declaration by its dotted path, those of objects and of lines included."""
    for cle, champ in champs.items():
        yield avant + cle, champ
        dedans = champ.champs or (champ.element.champs if champ.element else None)
        if dedans:
            yield from chemins(dedans, f"{avant}{cle}.")


def declares(nom):
    return dict(chemins(regle(nom).champs))


def options_de(champ):
    return champ.valeurs or (champ.element.valeurs if champ.element else ())


@pytest.mark.parametrize("nom", QUESTIONS)
def test_every_field_of_the_rule_has_its_words_and_nothing_else_has(nom):
    dites = set(question(nom).champs) - {"le", "personne.naissance"}
    assert dites == set(declares(nom))


@pytest.mark.parametrize("nom", QUESTIONS)
def test_every_choice_of_every_field_is_said_in_french(nom):
    for chemin, champ in declares(nom).items():
        mots = question(nom).champs[chemin]
        assert list(mots.options) == list(options_de(champ)), chemin
        textes = [mots.libelle, mots.aide, mots.nul, mots.manque, *mots.options.values()]
        for texte in textes:
            assert not ASCII_DE_MACHINE.search(texte), texte
            assert "'" not in texte, texte


@pytest.mark.parametrize("nom", QUESTIONS)
def test_what_may_be_unknown_yet_has_its_own_words_and_lines_theirs(nom):
    for chemin, champ in declares(nom).items():
        mots = question(nom).champs[chemin]
        attend = champ.genre is Genre.BOOLEEN and champ.nul and champ.requis
        assert bool(mots.nul) is attend, chemin
        en_lignes = champ.element is not None and champ.element.champs is not None
        assert bool(mots.ajouter and mots.un) is en_lignes, chemin


@pytest.mark.parametrize("nom", QUESTIONS)
def test_the_birth_is_asked_only_where_an_age_counts(nom):
    posee = question(nom)
    assert (posee.naissance == "requise") is regle(nom).age_requis
    assert ("personne.naissance" in posee.champs) is bool(posee.naissance)
    if nom in {"clspd_obligatoire", "cofinancement", "partage", "videoprotection", "pmsmp"}:
        assert not posee.naissance


def test_no_field_asks_for_a_name():
    for nom in QUESTIONS:
        for chemin in question(nom).champs:
            assert not re.search(r"(^|\.)(nom|prenom|telephone|adresse|courriel)(_|$)", chemin)


def test_each_rule_stands_in_one_theme():
    assert sorted(q.nom for theme in themes() for q in theme.questions) == sorted(QUESTIONS)
    assert all(theme.questions for theme in themes())
    assert all(question(nom).phrase.endswith(" ?") for nom in QUESTIONS)


@pytest.mark.parametrize(
    ("mots", "nom"),
    [
        ("stage", "pmsmp"),
        ("caméras", None),
        ("camera", "videoprotection"),
        ("RAPPEL ordre", "rappel_a_l_ordre"),
        ("armee outre", "sma"),
        ("fipd", "cofinancement"),
        ("licorne", None),
    ],
)
def test_a_search_finds_by_the_words_people_use(mots, nom):
    trouvees = [q.nom for theme in themes(mots) for q in theme.questions]
    assert (nom in trouvees) if nom else not trouvees


def test_an_unknown_rule_is_said_to_be_so():
    with pytest.raises(QuestionInconnueError):
        question("licorne")


def test_the_words_and_the_registry_load_neither_django_nor_a_database():
    code = (
        "import sys\n"
        "from maillage.consultation.questions import themes\n"
        "assert themes()\n"
        "assert not {'django', 'psycopg'} & {nom.split('.')[0] for nom in sys.modules}\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_data_of_the_words_are_plain_json_values():
    for nom in QUESTIONS:
        for mots in question(nom).champs.values():
            json.dumps(dict(mots.options))
