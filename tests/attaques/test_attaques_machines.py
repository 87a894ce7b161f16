"""What a machine could ask: the addresses that answer in JSON, and the search of who sees nobody."""

import json
import re

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.attaques.decor import CANARI, adresses, intrus, navigateur, routes, une_proie
from tests.situations.fabriques import personne, une_situation

pytestmark = pytest.mark.django_db

#: All that answers in JSON: the time a session has left, and the figures of a report, without names.
EN_JSON = re.compile(r"/compte/session/|/bilans/[0-9a-f-]{36}/[0-9]{4}/json/")
METHODES = ("get", "post", "put", "patch", "delete", "head", "options")
ACCEPTES = ("application/json", "text/html", "*/*", "application/xml;q=0.1", "\t", "")
TEXTES = st.text(max_size=30)


def en_json(client, connues: list[str]) -> list[str]:
    """Those of these addresses that answer in JSON."""
    reponses = ((ou, client.get(ou, headers={"accept": "application/json"})) for ou in connues)
    return [ou for ou, reponse in reponses if "json" in reponse.headers.get("Content-Type", "")]


def test_aucune_demande_ne_casse_les_adresses_en_json_et_il_n_y_en_a_pas_d_autre():
    proie = une_proie()
    elle = navigateur(proie.groupe.coordonnatrice)
    simples = ["/" + chemin for _, chemin in routes() if "<" not in chemin]
    trouvees = en_json(
        elle, simples + [ou for _, ou in adresses({g: ids[:1] for g, ids in proie.ids.items()})]
    )
    assert trouvees
    assert [ou for ou in trouvees if not EN_JSON.fullmatch(ou)] == []
    clients = [elle, navigateur(None), *(navigateur(compte) for compte in intrus(proie).values())]

    @settings(max_examples=60, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(
        st.sampled_from(trouvees),
        st.sampled_from(METHODES),
        st.sampled_from(ACCEPTES),
        st.dictionaries(TEXTES, TEXTES, max_size=3),
        st.integers(0, len(clients) - 1),
    )
    def demander(ou: str, methode: str, accepte: str, champs: dict[str, str], qui: int) -> None:
        with transaction.atomic():
            reponse = getattr(clients[qui], methode)(ou, champs, headers={"accept": accepte})
            transaction.set_rollback(True)
        assert reponse.status_code in {200, 302, 400, 403, 404, 405}, (ou, methode, reponse.status_code)
        if reponse.status_code == 200 and methode == "get":
            assert json.loads(reponse.content)
            assert CANARI.search(reponse.content.decode()) is None
            assert reponse.headers["Cache-Control"] == "no-store"

    demander()


def test_la_recherche_d_un_intrus_ne_trouve_personne():
    proie = une_proie()
    une_situation(proie.groupe, personne(nom="Zanzibarroux", prenom="Quitterie"))

    def chercher(compte) -> str:
        demande = {"q": "Zanzibarroux"}
        return navigateur(compte).post("/situations/recherche/", demande, follow=True).content.decode()

    assert "Quitterie" in chercher(proie.groupe.coordonnatrice)
    for nom, compte in intrus(proie).items():
        page = chercher(compte)
        assert "Quitterie" not in page, nom
