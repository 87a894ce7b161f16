"""Who does what in a commune: read from what is recorded there, and « non renseigné » where nothing is."""

import html
import re
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse
from tests.acteurs.fabriques import creer_compte
from tests.instances import fabriques as f
from tests.instances.territoires import creer_communes, creer_epci

from maillage.droit.competences import Acte, SchemaLocal
from maillage.maire.models import Delegation
from maillage.maire.selectors.repartition import repartition, topologie
from maillage.socle.contexte import en_maintenance

pytestmark = pytest.mark.django_db
LE = date(2026, 3, 2)
EPCI = "243100518"


@pytest.fixture(autouse=True)
def _territoire(horloge):
    horloge(datetime(2026, 3, 2, 9, tzinfo=UTC))
    creer_communes({f.COMMUNE: 500_000, f.VOISINE: 40_000, f.AUTRE: 4_000})
    creer_epci(EPCI, [f.COMMUNE, f.VOISINE, f.AUTRE], "METRO")


def lire(commune: str = f.COMMUNE):
    lue = topologie(commune, LE)
    return repartition(lue, LE)


def ligne(page, acte: Acte):
    return next(ligne for _, lignes in page.themes for ligne in lignes if ligne.acte is acte)


def cispd(*communes: str):
    conseil = f.conseil(
        "", genre="cispd", commune_code="", epci_code=EPCI, departement_code="31", nom="CISPD"
    )
    for code in communes:
        f.ConseilCommune.objects.create(conseil=conseil, commune_code=code, depuis=date(2025, 12, 1))
    return conseil


def test_where_nothing_is_recorded_the_page_says_so_and_deduces_nothing():
    page = lire()
    assert page.schema is SchemaLocal.NON_RENSEIGNE
    assert ligne(page, Acte.CLSPD_CREATION).note == "Non renseigné."
    assert len(page.manques) == 4
    assert ligne(page, Acte.CISPD_PRESIDENCE).ici == ()
    assert "compétence" in ligne(page, Acte.CISPD_PRESIDENCE).sous_condition[0]


def test_the_three_patterns_are_read_from_the_councils_of_the_whole_intercommunality():
    f.conseil(f.VOISINE)
    assert lire().schema is SchemaLocal.CLSPD_SEULS
    assert ligne(lire(), Acte.CLSPD_CREATION).renseigne is False  # that of the commune next door
    cispd(f.COMMUNE, f.VOISINE)
    assert lire().schema is SchemaLocal.CISPD_ET_CLSPD
    with en_maintenance():
        f.Conseil.objects.filter(genre="clspd").update(dissous_le=datetime(2026, 1, 1, tzinfo=UTC))
    assert lire().schema is SchemaLocal.CISPD_SEUL


def test_the_president_of_the_epci_presides_only_where_the_commune_takes_part():
    cispd(f.COMMUNE)
    assert ligne(lire(), Acte.CISPD_PRESIDENCE).ici == ("le président de l’intercommunalité",)
    assert ligne(lire(f.VOISINE), Acte.CISPD_PRESIDENCE).ici == ()


def test_an_ended_delegation_or_that_of_another_commune_gives_nothing_here():
    agent = creer_compte()

    def deleguer(commune: str, jusqua: date | None) -> None:
        with en_maintenance():
            Delegation.objects.create(
                compte=agent,
                commune_code=commune,
                enregistree_par=agent,
                qualite="adjoint_delegue",
                pouvoirs=["sport"],
                arrete_numero="2026-14",
                arrete_le=date(2026, 1, 5),
                depuis=date(2026, 1, 5),
                jusqua=jusqua,
            )

    deleguer(f.VOISINE, None)
    deleguer(f.COMMUNE, date(2026, 3, 1))
    assert ligne(lire(), Acte.EXCLUSION_COMMUNAL).ici == ("le maire",)
    deleguer(f.COMMUNE, None)
    assert ligne(lire(), Acte.EXCLUSION_COMMUNAL).ici == ("le maire", "l’élu délégué par le maire")
    assert "2026-14" in ligne(lire(), Acte.EXCLUSION_COMMUNAL).note
    assert ligne(lire(), Acte.RAPPEL).ici == ("le maire",)  # not for that power


def test_what_never_moves_is_never_given_to_the_intercommunality_whatever_is_recorded():
    cispd(f.COMMUNE, f.VOISINE, f.AUTRE)
    page = lire()
    for _, lignes in page.themes:
        for une in lignes:
            if une.propre and une.acte is not Acte.SIGNALEMENT:
                assert not any("intercommunalité" in qui for qui in une.ici), une.acte


def test_registers_and_family_councils_opened_are_named():
    conseil = f.conseil()
    f.registre(conseil, nom="Actes du maire de Toulouse")
    f.registre(conseil, genre="cddf", nom="CDDF de Toulouse")
    page = lire()
    assert ligne(page, Acte.REGISTRE_ACTES).note == "Actes du maire de Toulouse."
    assert ligne(page, Acte.CDDF_COMMUNE).note == "CDDF de Toulouse."
    assert len(lire(f.VOISINE).manques) == 4


def test_the_page_opens_for_any_account_with_its_texts_and_never_without_one():
    client = Client()
    adresse = reverse("repartition:commune", args=[f.COMMUNE])
    assert client.get(adresse).status_code == 302
    commune = reverse("territoires:commune", args=[f.COMMUNE])
    assert adresse not in client.get(commune).content.decode()
    client.force_login(creer_compte())
    page = html.unescape(re.sub(r"<[^>]+>", " ", client.get(adresse).content.decode()))
    assert "Qui fait quoi à Commune 31555" in page
    assert "art. L. 132-7" in page.replace("\xa0", " ")
    assert "Ne se transfère pas" in page
    assert adresse in client.get(commune).content.decode()
    assert client.get(reverse("repartition:commune", args=["99999"])).status_code == 404


def test_a_commune_without_a_council_reads_why_no_register_opens_and_what_to_do(client):
    client.force_login(creer_compte())
    sans = client.get(reverse("repartition:commune", args=[f.VOISINE])).content.decode()
    assert "Pourquoi aucun registre ne s’ouvre encore" in sans
    assert "Le maire garde ses pouvoirs sans conseil" in sans
    f.conseil(f.VOISINE)
    avec = client.get(reverse("repartition:commune", args=[f.VOISINE])).content.decode()
    assert "Pourquoi aucun registre" not in avec
    assert "relève de son président" in avec
