"""The public pages: what they say, what they refuse, how many queries they cost."""

import re
from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from maillage.socle.permissions import PUBLIQUE, permission_de
from maillage.territoires import conseils, urls
from maillage.territoires.conseils import ConseilCouvrant
from maillage.territoires.models import (
    AncienneCommune,
    AppartenanceEpci,
    Commune,
    Departement,
    Epci,
    Population,
    Qpv,
    QpvCommune,
    Region,
)

pytestmark = pytest.mark.django_db

METROPOLE = "243100518"


@pytest.fixture
def territoire(fabrique, monkeypatch):
    """A piece of Haute-Garonne with real codes, so that its map is drawn."""
    monkeypatch.setattr(conseils, "_sources", [])
    with fabrique():
        region = Region.objects.create(code="76", nom="Occitanie", chef_lieu="31555", zone="metro")
        departement = Departement.objects.create(
            code="31", nom="Haute-Garonne", region=region, chef_lieu="31555", zone="metro"
        )
        epci = Epci.objects.create(
            code=METROPOLE, nom="Toulouse Métropole", nature="METRO", population=10, population_totale=10
        )
        for code, nom, habitants, qpv in (
            ("31149", "Colomiers", 40_882, ["QN03105M"]),
            ("31069", "Blagnac", 27_604, []),
            ("31557", "Tournefeuille", 4_000, []),
            ("31998", "Sans-Chiffre", None, []),
        ):
            _commune(departement, epci, code, nom, habitants, qpv)
        AncienneCommune.objects.create(code="31997", nom="Vieux-Bourg", nature="deleguee", commune_id="31149")
    return departement


def _commune(departement, epci, code, nom, habitants, quartiers=()):
    commune = Commune.objects.create(code=code, nom=nom, departement=departement, codes_postaux=["31770"])
    AppartenanceEpci.objects.create(commune=commune, epci=epci, rang="epci")
    if habitants is not None:
        Population.objects.create(commune=commune, habitants=habitants)
    for quartier in quartiers:
        qpv, _ = Qpv.objects.get_or_create(code=quartier, defaults={"nom": "Grand Val"})
        QpvCommune.objects.create(qpv=qpv, commune=commune)


def texte(reponse):
    """The words of a page, tags and fixed spaces removed."""
    sans_balises = re.sub(r"<[^>]+>", " ", reponse.content.decode())
    return re.sub(r"\s+", " ", sans_balises.replace("\xa0", " "))


def test_every_page_of_the_room_is_declared_public():
    for adresse in urls.urlpatterns:
        assert permission_de(adresse.callback) == PUBLIQUE


def test_the_page_of_a_commune_says_what_the_law_asks_and_why(client, territoire):
    reponse = client.get(reverse("territoires:commune", args=["31149"]), {"le": "2026-11-24"})
    mots = texte(reponse)
    assert reponse.status_code == 200
    assert "Ce que la loi demande au 24 novembre 2026" in mots
    assert "Commune 31149, 40 882 habitants. 1 quartier prioritaire." in mots
    assert mots.count("Obligatoire") == 2
    assert "plus que le seuil de 5 000" in mots
    assert "art. L. 132-4" in mots
    assert "lu dans le texte" in mots
    assert "Non renseigné" in mots
    assert "Grand Val" in mots
    assert "Vieux-Bourg" in mots
    assert '<svg class="m-carte-svg"' in reponse.content.decode()


def test_the_law_is_that_of_the_day_asked_for(client, territoire):
    avant = texte(client.get(reverse("territoires:commune", args=["31149"]), {"le": "2021-05-26"}))
    assert "plus que le seuil de 10 000" in avant
    assert "pas encore de coordonnateur" in avant
    assert "La population est celle de 2026" in avant
    assert "Les quartiers sont ceux de la liste 2024" in avant


@pytest.mark.parametrize(
    "le", ["2010-02-31", "hier", "31/31/2020", "0001-01-01", "9999-12-31", "2026-11-24T00:00"]
)
@pytest.mark.parametrize(
    "adresse",
    [("commune", "31149"), ("departement", "31"), ("epci", METROPOLE)],
    ids=lambda adresse: adresse[0],
)
def test_an_impossible_date_is_refused_with_a_message_and_the_page_stays(client, territoire, le, adresse):
    route, code = adresse
    reponse = client.get(reverse(f"territoires:{route}", args=[code]), {"le": le})
    assert reponse.status_code == 422
    corps = reponse.content.decode()
    assert 'aria-invalid="true"' in corps
    assert 'role="alert"' in corps
    assert "Juger à la date du" in corps


def test_a_day_may_be_typed_as_the_french_do(client, territoire):
    reponse = client.get(reverse("territoires:commune", args=["31149"]), {"le": "27/05/2021"})
    assert reponse.status_code == 200
    assert "au 27 mai 2021" in texte(reponse)


def test_an_empty_day_is_today(client, territoire, horloge):
    horloge(datetime(2030, 6, 1, 12, tzinfo=UTC))
    assert "au 1er juin 2030" in texte(client.get(reverse("territoires:commune", args=["31149"]), {"le": ""}))


def test_today_is_that_of_the_territory(client, territoire, fabrique, horloge):
    with fabrique():
        region = Region.objects.create(code="04", nom="La Réunion", chef_lieu="97411", zone="drom")
        reunion = Departement.objects.create(
            code="974", nom="La Réunion", region=region, chef_lieu="97411", zone="drom"
        )
        Commune.objects.create(code="97411", nom="Saint-Denis", departement=reunion)
    horloge(datetime(2026, 5, 31, 21, tzinfo=UTC))
    assert "au 1er juin 2026" in texte(client.get(reverse("territoires:commune", args=["97411"])))
    assert "au 31 mai 2026" in texte(client.get(reverse("territoires:commune", args=["31149"])))


def test_a_recorded_intercommunal_council_makes_the_communal_one_optional(client, territoire):
    conseil = ConseilCouvrant("CISPD des Trois-Rives", "CISPD", True, 3, "/x/", date(2025, 12, 4))
    conseils.declarer_source(lambda commune, le: (conseil,) if commune == "31149" else ())
    mots = texte(client.get(reverse("territoires:commune", args=["31149"]), {"le": "2026-11-24"}))
    assert "Couvert par le CISPD" in mots
    assert "CISPD des Trois-Rives" in mots
    assert "Non renseigné" not in mots


def test_a_commune_without_population_is_not_judged_on_a_guess(client, territoire):
    mots = texte(client.get(reverse("territoires:commune", args=["31998"])))
    assert "Ne peut être jugé" in mots
    assert "population non publiée" in mots
    assert "Le contour de cette commune n’est pas publié" in mots


def test_an_old_code_is_not_found_but_leads_to_the_present_commune(client, territoire):
    reponse = client.get(reverse("territoires:commune", args=["31997"]))
    assert reponse.status_code == 404
    assert "Vieux-Bourg (31997, commune déléguée) relève aujourd’hui de Colomiers" in texte(reponse)
    assert reverse("territoires:commune", args=["31149"]) in reponse.content.decode()


@pytest.mark.parametrize("route", ["commune", "epci", "departement"])
@pytest.mark.parametrize("code", ["zzz", "00000", "<script>", "é", "x" * 300])
def test_an_unknown_code_gets_a_page_that_helps(client, territoire, route, code):
    reponse = client.get(reverse(f"territoires:{route}", args=[code]))
    assert reponse.status_code == 404
    assert 'name="q"' in reponse.content.decode()
    assert "<script>" not in reponse.content.decode().replace("<script src", "")


@pytest.mark.parametrize(
    ("q", "attendu"),
    [
        ("colomiers", "Colomiers"),
        ("31770", "Blagnac"),
        ("tournefeille", "Tournefeuille"),
        ("vieux bourg", "Vieux-Bourg, commune déléguée"),
        ("toulouse metrop", "Toulouse Métropole , métropole"),
        ("Toulouse Métropole", "métropole"),
    ],
)
def test_the_search_answers_from_the_database(client, territoire, q, attendu):
    reponse = client.get(reverse("territoires:recherche"), {"q": q})
    assert reponse.status_code == 200
    assert attendu in texte(reponse)


def test_a_search_without_answer_says_so_and_keeps_what_was_typed(client, territoire):
    reponse = client.get(reverse("territoires:recherche"), {"q": '"><b>zzz'})
    assert "Aucune commune trouvée" in texte(reponse)
    assert "<b>zzz" not in reponse.content.decode()
    assert "&quot;&gt;&lt;b&gt;zzz" in reponse.content.decode()


def test_a_commune_added_by_an_import_is_found_at_once(client, territoire, tmp_path):
    from maillage.territoires import services

    client.get(reverse("territoires:recherche"), {"q": "neuve"})
    fichier = tmp_path / "communes.csv"
    fichier.write_text("code,nom,population\n31996,Ville-Neuve,12\n", encoding="utf-8")
    services.importer_communes(fichier)
    assert "Ville-Neuve" in texte(client.get(reverse("territoires:recherche"), {"q": "ville neuve"}))


def test_the_departement_shows_first_the_communes_the_law_concerns(client, territoire):
    adresse = reverse("territoires:departement", args=["31"])
    mots = texte(client.get(adresse))
    assert "Colomiers" in mots
    assert "Sans-Chiffre" not in mots
    toutes = texte(client.get(adresse, {"voir": "toutes"}))
    assert "Sans-Chiffre" in toutes


@pytest.mark.parametrize(
    ("tri", "ordre"),
    [
        ("population", ["Colomiers", "Blagnac", "Tournefeuille", "Sans-Chiffre"]),
        ("nom", ["Blagnac", "Colomiers", "Sans-Chiffre", "Tournefeuille"]),
        ("qpv", ["Colomiers", "Blagnac", "Sans-Chiffre", "Tournefeuille"]),
        ("bidon", ["Colomiers", "Blagnac", "Tournefeuille", "Sans-Chiffre"]),
    ],
)
def test_the_table_is_sorted_as_asked_and_says_it(client, territoire, tri, ordre):
    reponse = client.get(reverse("territoires:departement", args=["31"]), {"tri": tri, "voir": "toutes"})
    corps = reponse.content.decode()
    corps = corps[corps.index("<tbody") :]
    assert sorted(ordre, key=corps.index) == ordre
    assert reponse.content.decode().count("aria-sort=") == 1


def test_the_map_of_a_departement_has_at_most_three_fills(client, territoire):
    corps = client.get(reverse("territoires:departement", args=["31"])).content.decode()
    svg = corps[corps.index('<svg class="m-carte-svg"') :]
    svg = svg[: svg.index("</svg>")]
    assert 1 <= svg.count("<path") <= 3
    assert "style=" not in corps


def test_the_intercommunalite_lists_its_members(client, territoire):
    mots = texte(client.get(reverse("territoires:epci", args=[METROPOLE]), {"voir": "toutes"}))
    assert "Toulouse Métropole" in mots
    assert "Métropole, Siren 243100518" in mots
    for nom in ("Colomiers", "Blagnac", "Tournefeuille", "Sans-Chiffre"):
        assert nom in mots


def test_the_list_of_departements_sums_its_communes(client, territoire):
    mots = texte(client.get(reverse("territoires:departements")))
    assert "31 Haute-Garonne Occitanie 4 72 486" in mots


def test_without_register_the_pages_say_so(client, db):
    assert "Le référentiel n’est pas chargé" in texte(client.get(reverse("territoires:departements")))
    assert client.get(reverse("territoires:recherche"), {"q": "colomiers"}).status_code == 200


@pytest.mark.parametrize(
    "adresse",
    [("commune", ["31149"]), ("epci", [METROPOLE]), ("departement", ["31"]), ("departements", [])],
    ids=lambda adresse: adresse[0],
)
def test_the_number_of_queries_does_not_grow_with_the_communes(
    client, territoire, fabrique, django_assert_num_queries, adresse
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    route = reverse(f"territoires:{adresse[0]}", args=adresse[1])
    client.get(route)
    with CaptureQueriesContext(connection) as peu:
        client.get(route)
    with fabrique():
        epci = Epci.objects.get(code=METROPOLE)
        for rang in range(50):
            _commune(
                territoire, epci, f"319{rang:02d}", f"Commune {rang}", 6_000 + rang, [f"QN0319{rang % 9}M"]
            )
    with django_assert_num_queries(len(peu)):
        client.get(route)


@pytest.mark.parametrize("route", ["recherche", "departements"])
def test_reference_pages_answer_reads_only(client, territoire, route):
    assert client.post(reverse(f"territoires:{route}")).status_code in {403, 405}
