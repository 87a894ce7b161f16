"""The register of the 43 fiches, its partners and the seats it suggests."""

import subprocess
import sys
from collections import Counter
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from maillage import strategie
from maillage.strategie import api
from maillage.strategie.acteurs import normaliser

DONNEES = Path(strategie.__file__).parent / "donnees"
ROLES = ("pilotes", "partenaires", "financements", "ministeres_menant", "ministeres_concourants")
LE = date(2026, 1, 1)


def bruts():
    for fichier in sorted(DONNEES.glob("fiches-*.yaml")):
        yield from yaml.safe_load(fichier.read_text(encoding="utf-8"))


def test_the_register_holds_the_43_fiches_in_order():
    assert [f.numero for f in api.fiches()] == list(range(1, 44))
    assert Counter(f.axe for f in api.fiches()) == {1: 15, 2: 8, 3: 9, 4: 11}
    assert [f.numero for f in api.fiches(axe=2)] == list(range(16, 24))


def test_every_fiche_is_complete():
    for fiche in api.fiches():
        assert fiche.titre, fiche.numero
        assert fiche.resume, fiche.numero
        assert fiche.mesure.intitule, fiche.numero
        assert fiche.objectifs, fiche.numero
        assert fiche.modalites, fiche.numero
        assert fiche.pilotes, fiche.numero


def test_measures_bear_one_title_each():
    intitules: dict[int, set[str]] = {}
    for fiche in api.fiches():
        intitules.setdefault(fiche.mesure.numero, set()).add(fiche.mesure.intitule)
    assert {numero for numero, vus in intitules.items() if len(vus) > 1} == set()


def test_every_actor_name_of_the_fiches_resolves_to_one_code():
    noms = {nom for brut in bruts() for role in ROLES for nom in brut[role]}
    assert len(noms) > 150
    for nom in noms:
        acteur = api.acteur_nomme(nom)
        assert api.acteur(acteur.code) is acteur


def test_no_name_designates_two_actors():
    noms = [
        (normaliser(nom), acteur.code)
        for acteur in api.acteurs()
        for nom in {
            normaliser(n) for n in (acteur.libelle, *acteur.synonymes, *(d.libelle for d in acteur.noms))
        }
    ]
    doubles = {nom for nom, vus in Counter(nom for nom, _ in noms).items() if vus > 1}
    assert doubles == set()


def test_codes_are_ascii_and_unique():
    codes = [acteur.code for acteur in api.acteurs()]
    assert len(codes) == len(set(codes))
    assert all(code.isascii() and code.isidentifier() for code in codes)


def test_every_synonym_is_a_spelling_found_in_the_fiches_or_an_acronym():
    noms = {normaliser(nom) for brut in bruts() for role in ROLES for nom in brut[role]}
    inutiles = {
        synonyme
        for acteur in api.acteurs()
        for synonyme in acteur.synonymes
        if normaliser(synonyme) not in noms and not synonyme.replace("-", "").isupper()
    }
    assert inutiles <= {"Président d’EPCI"}


def test_every_instance_of_the_fiches_has_a_code():
    codes = {instance.code for instance in api.instances()}
    assert all(set(fiche.instances) <= codes for fiche in api.fiches())


def test_every_cross_reference_leads_to_a_fiche():
    assert all(1 <= renvoi <= 43 and renvoi != f.numero for f in api.fiches() for renvoi in f.renvois)


@pytest.mark.parametrize("le", [date(2019, 6, 1), date(2023, 12, 31)])
def test_france_travail_bore_another_name_before_2024(le):
    assert api.acteur("france_travail").nom(le) == "Pôle emploi"


def test_france_travail_bears_its_name_from_the_first_of_january_2024():
    assert api.acteur("france_travail").nom(date(2024, 1, 1)) == "France Travail"
    assert api.acteur_nomme("pole emploi").code == "france_travail"


def test_dated_names_follow_each_other_without_gap_or_overlap():
    for acteur in api.acteurs():
        for avant, apres in pairwise(acteur.noms):
            assert avant.fin is not None, acteur.code
            assert apres.debut is not None, acteur.code
            assert (apres.debut - avant.fin).days == 1, acteur.code


@pytest.mark.parametrize(
    "code", ["spip", "pjj", "csapa", "caarud", "cjc", "cmp", "cmpp", "cap_emploi", "ase", "cef"]
)
def test_an_organism_whose_name_reveals_a_follow_up_is_sensitive(code):
    assert api.acteur(code).sensible


@pytest.mark.parametrize(
    "code", ["mission_locale", "maire", "bailleur", "education_nationale", "club_sportif"]
)
def test_an_ordinary_organism_is_not_sensitive(code):
    assert not api.acteur(code).sensible


def test_an_unknown_actor_or_fiche_is_refused():
    with pytest.raises(api.ActeurInconnuError):
        api.acteur("inconnu")
    with pytest.raises(api.ActeurInconnuError):
        api.acteur_nomme("Confrérie des inconnus")
    with pytest.raises(api.FicheInconnueError):
        api.fiche(44)


def test_every_kind_of_formation_suggests_seats():
    for genre in api.genres():
        assert api.sieges_suggeres(genre, LE), genre
        assert api.libelle_genre(genre)


def test_suggested_seats_say_which_fiche_or_text_asks_for_them():
    for genre in api.genres():
        sieges = api.sieges_suggeres(genre, LE)
        assert len({s.acteur.code for s in sieges}) == len(sieges), genre
        for siege in sieges:
            assert siege.fiches or siege.source, (genre, siege.acteur.code)
            assert all(api.fiche(n).nomme(siege.acteur.code) for n in siege.fiches)


def test_residents_traders_and_employers_never_sit_where_persons_are_named():
    for genre in ("groupe_jeunes", "groupe_ecole", "groupe_sortie", "groupe_victimes", "cddf"):
        assert all(s.acteur.siege_nominatif for s in api.sieges_suggeres(genre, LE)), genre
    codes = {s.acteur.code for s in api.sieges_suggeres("groupe_tranquillite", LE)}
    assert {"conseil_citoyen", "commercant"} <= codes


def test_the_link_with_the_council_of_mental_health_gathers_those_who_care_and_the_agency():
    codes = {s.acteur.code for s in api.sieges_suggeres("groupe_sante_mentale", LE)}
    assert {"ars", "cmp", "cmpp", "mda", "coordonnateur"} <= codes


def test_money_and_collective_designations_have_no_seat():
    for genre in api.genres():
        assert all(s.acteur.nature in {"organisme", "fonction"} for s in api.sieges_suggeres(genre, LE))


def test_the_president_of_the_departement_sits_by_right_only_before_the_law_of_2024():
    def de_droit(le):
        return {s.acteur.code for s in api.sieges_suggeres("pleniere", le) if s.de_droit}

    assert de_droit(date(2024, 3, 22)) == {"maire", "prefet", "procureur", "president_conseil_departemental"}
    assert de_droit(date(2024, 3, 23)) == {"maire", "prefet", "procureur"}


def test_an_unknown_kind_of_formation_is_refused():
    with pytest.raises(api.GenreInconnuError):
        api.sieges_suggeres("inconnu", LE)


def test_the_room_needs_neither_django_nor_a_database():
    code = (
        "import sys; from maillage.strategie import api; api.fiches();"
        "sys.exit(any(m == 'django' or m.startswith(('django.', 'psycopg')) for m in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
