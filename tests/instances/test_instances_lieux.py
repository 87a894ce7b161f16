"""Where a council is recorded, found by the names people type: no code to know, no script."""

import pytest
from django.urls import reverse
from tests.acteurs.fabriques import creer_compte
from tests.instances import fabriques as f
from tests.instances.navigation import envoyer
from tests.instances.territoires import creer_communes, creer_epci

from maillage.instances.communes_saisies import lire_communes
from maillage.instances.models import Conseil
from maillage.socle.contexte import en_maintenance
from maillage.territoires.models import Commune, Epci

pytestmark = pytest.mark.django_db

#: Two of the same name in one département, a long one with a hyphen, one that shares a postal code.
NOMS = {
    "31475": ("Saint-Élix-le-Château", ["31430"]),
    "31476": ("Saint-Élix-Séglan", ["31420"]),
    "31488": ("Saint-Jean", ["31240"]),
    "31557": ("L’Union", ["31240"]),
}
EPCI = "243100518"


@pytest.fixture(autouse=True)
def registre():
    """A small register, never imported: the search index is then built at each search."""
    creer_communes(dict.fromkeys(NOMS, 5_000))
    creer_epci(EPCI, ["31488", "31557"], nature="ME")
    with en_maintenance():
        for code, (nom, postaux) in NOMS.items():
            Commune.objects.filter(code=code).update(nom=nom, codes_postaux=postaux)
        Epci.objects.filter(code=EPCI).update(nom="Toulouse-Métropole")


def chercher(client, q: str) -> str:
    reponse = client.get(reverse("instances:conseil_nouveau"), {"q": q})
    assert reponse.status_code == 200
    return reponse.content.decode()


@pytest.fixture
def prefecture(entrer):
    return entrer(f.exercer(creer_compte(), "prefecture", "31", "departement"))


@pytest.mark.parametrize("q", ["st elix chateau", "SAINT-ELIX LE CHATEAU", "saint elix", "31430"])
def test_a_commune_is_found_as_people_type_it(prefecture, q):
    page = chercher(prefecture, q)
    assert "Saint-Élix-le-Château" in page
    assert "/conseils/nouveau/?commune=31475" in page


@pytest.mark.parametrize("q", ["toulouse metropole", "Métropole Toulouse", "st-jean", "31240"])
def test_an_intercommunalite_is_found_by_its_name_and_by_its_communes(prefecture, q):
    page = chercher(prefecture, q)
    assert "Toulouse-Métropole" in page
    assert f"/conseils/nouveau/?epci={EPCI}" in page


def test_a_territory_out_of_ones_remit_is_named_and_leads_nowhere(entrer):
    client = entrer(f.exercer(creer_compte(), "president_epci", EPCI, "epci"))
    page = chercher(client, "st jean")
    assert "Hors de votre ressort" in page
    assert "?commune=31488" not in page
    assert f"?epci={EPCI}" in page


def test_the_prefecture_of_another_departement_is_led_nowhere(entrer):
    page = chercher(
        entrer(f.exercer(creer_compte(), "prefecture", "69", "departement")), "toulouse metropole"
    )
    assert "Toulouse-Métropole" in page
    assert f"?epci={EPCI}" not in page


def test_a_search_without_answer_says_so_and_keeps_what_was_typed(prefecture):
    page = chercher(prefecture, "Zzyx <b>")
    assert "Rien ne correspond" in page
    assert "Zzyx &lt;b&gt;" in page


def test_a_search_costs_the_same_for_one_answer_and_for_several(prefecture, django_assert_max_num_queries):
    chercher(prefecture, "union")
    with django_assert_max_num_queries(40) as une:
        chercher(prefecture, "union")
    with django_assert_max_num_queries(len(une.captured_queries)):
        chercher(prefecture, "saint")


@pytest.mark.parametrize(
    ("saisie", "codes"),
    [
        ("St Élix le Château, saint-jean", ("31475", "31488")),
        ("31475 31488", ("31475", "31488")),
        ("l'union ; saint jean 31240", ("31557", "31488")),
        ("31430", ("31475",)),
        (" ", ()),
        ("Saint-Jean, 31488", ("31488",)),
    ],
)
def test_associated_communes_are_read_by_name_by_postal_code_and_by_code(saisie, codes):
    lues = lire_communes(saisie)
    assert (lues.codes, lues.fautes) == (codes, ())


def test_a_doubtful_commune_is_told_with_its_readings_and_never_guessed():
    lues = lire_communes("31240, saint elix, Nulle-Part, saint-jaen")
    assert lues.codes == ()
    plusieurs, debut, aucune, faute = lues.fautes
    assert "désigne plusieurs communes : " in plusieurs
    assert "Saint-Jean (31488)" in plusieurs
    assert "Saint-Élix-Séglan (31476)" in debut
    assert aucune == "Aucune commune ne correspond à « Nulle-Part »."
    assert "n’est le nom exact d’aucune commune. Peut-être : Saint-Jean (31488)" in faute


def test_a_council_of_several_communes_is_recorded_by_their_names(entrer):
    client = entrer(f.coordonnateur("31488"))
    demande = {
        "suite": "?commune=31488",
        "genre": "inter_clspd",
        "delibere_le": "2026-01-10",
        "schema": "communal",
    }
    refusee = envoyer(client, "conseil_nouveau", **demande, associees="l'union, st elix")
    assert refusee.status_code == 422
    assert "Saint-Élix-le-Château (31475)" in refusee.content.decode()
    envoyer(client, "conseil_nouveau", **demande, associees="l'union, St-Élix-Séglan")
    codes = {c.commune_code for c in Conseil.objects.get().communes.all()}
    assert codes == {"31488", "31557", "31476"}
