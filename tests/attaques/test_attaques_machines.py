"""What a machine could ask: the only address in JSON, and the search of who sees nobody."""

import json

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.attaques.decor import CANARI, adresses, intrus, navigateur, routes, une_proie
from tests.situations.fabriques import personne, signaler, un_groupe

pytestmark = pytest.mark.django_db

#: All that answers in JSON; a new one is added here, and fuzzed below.
EN_JSON = {"/compte/session/"}
METHODES = ("get", "post", "put", "patch", "delete", "head", "options")
ACCEPTES = ("application/json", "text/html", "*/*", "application/xml;q=0.1", "\t", "")
TEXTES = st.text(max_size=30)


def test_nulle_autre_adresse_ne_repond_en_json():
    proie = une_proie()
    client = navigateur(proie.groupe.coordonnatrice)
    simples = ["/" + chemin for _, chemin in routes() if "<" not in chemin]
    connues = simples + [ou for _, ou in adresses({genre: ids[:1] for genre, ids in proie.ids.items()})]
    trouvees = set()
    for ou in connues:
        reponse = client.get(ou, headers={"accept": "application/json"})
        if "json" in reponse.headers.get("Content-Type", ""):
            trouvees.add(ou)
    assert trouvees == EN_JSON


@settings(max_examples=80, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    st.sampled_from(sorted(EN_JSON)),
    st.sampled_from(METHODES),
    st.sampled_from(ACCEPTES),
    st.dictionaries(TEXTES, TEXTES, max_size=3),
    st.booleans(),
)
def _aucune_demande_ne_casse(clients, ou, methode, accepte, champs, connecte):
    client = clients[connecte]
    with transaction.atomic():
        reponse = getattr(client, methode)(ou, champs, headers={"accept": accepte})
        transaction.set_rollback(True)
    assert reponse.status_code in {200, 302, 403, 405}, (methode, reponse.status_code)
    if reponse.status_code == 200 and methode == "get":
        lu = json.loads(reponse.content)
        assert set(lu) == {"reste"}
        assert 0 <= lu["reste"] <= 1800
        assert reponse.headers["Cache-Control"] == "no-store"
        assert connecte


def test_aucune_demande_ne_casse_les_adresses_en_json():
    compte = un_groupe().coordonnatrice
    _aucune_demande_ne_casse({True: navigateur(compte), False: navigateur(None)})


def test_la_recherche_d_un_intrus_ne_trouve_personne():
    proie = une_proie()
    qui = personne(nom="Zanzibarroux", prenom="Quitterie")
    signaler(proie.groupe, qui=qui)
    sienne = navigateur(proie.groupe.coordonnatrice).post("/situations/recherche/", {"q": "Zanzibarroux"})
    assert "Quitterie" in sienne.content.decode()
    for nom, compte in intrus(proie).items():
        reponse = navigateur(compte).post("/situations/recherche/", {"q": "Zanzibarroux"}, follow=True)
        page = reponse.content.decode()
        assert "Quitterie" not in page, nom
        assert CANARI.search(page) is None, nom
