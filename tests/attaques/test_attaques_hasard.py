"""Any bytes to any address: never a failure, never another site, never what was sent shown raw.

The product has no interface for machines: every address answers a page, a file, or a piece of page. Hence no
schema to draw requests from; the addresses themselves are the list, and none is left out.
"""

import json

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.attaques.decor import adresses, navigateur, routes, une_proie
from tests.attaques.test_attaques_http import CHAMPS
from tests.instances.fabriques import COMMUNE, exercer

pytestmark = pytest.mark.django_db

GENRES = [
    "application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded; charset=utf-7",
    "application/json",
    "multipart/form-data",
    "multipart/form-data; boundary=lim",
    "text/xml",
    "",
]
TEXTES = st.one_of(
    st.text(max_size=60),
    st.integers().map(str),
    st.uuids().map(str),
    st.dates().map(str),
    st.sampled_from(["on", "-1", "1e309", "NaN", "٣", "\u202e", "a\r\nb", "${7*7}", "{{7*7}}", "../../x"]),
)
ATOMES = st.none() | st.integers() | st.text(max_size=8)
MORCEAU = b'--lim\r\nContent-Disposition: form-data; name="logo"; filename="../../x"\r\n\r\n\x00\r\n--lim--'
CORPS = st.one_of(
    st.binary(max_size=200),
    st.recursive(
        st.none() | st.integers() | st.text(max_size=8), lambda e: st.lists(e, max_size=3), max_leaves=6
    )
    .map(json.dumps)
    .map(str.encode),
    st.just(
        b'--lim\r\nContent-Disposition: form-data; name="logo"; filename="../../x"\r\n\r\n\x00\r\n--lim--'
    ),
)
EPREUVE = settings(max_examples=120, derandomize=True, suppress_health_check=list(HealthCheck))


def test_aucun_octet_ne_casse_aucune_adresse():
    proie = une_proie()
    client = navigateur(exercer(proie.groupe.coordonnatrice, "maire", COMMUNE))
    simples = ["/" + chemin for _, chemin in routes() if "<" not in chemin]
    connues = simples + [ou for _, ou in adresses({genre: ids[:1] for genre, ids in proie.ids.items()})]

    def saine(reponse, ou: str) -> None:
        assert reponse.status_code < 500, ou
        assert not reponse.headers.get("Location", "/").startswith(("//", "http")), ou

    @EPREUVE
    @given(st.sampled_from(connues), st.dictionaries(st.sampled_from(CHAMPS), TEXTES, max_size=8))
    def champs(ou: str, envoi: dict[str, str]) -> None:
        with transaction.atomic():
            saine(client.get(ou, envoi), f"GET {ou}")
            saine(client.post(ou, envoi), f"POST {ou}")
            transaction.set_rollback(True)

    @EPREUVE
    @given(st.sampled_from(connues), st.sampled_from(GENRES), CORPS)
    def corps(ou: str, genre: str, octets: bytes) -> None:
        with transaction.atomic():
            saine(client.generic("POST", ou, octets, genre), f"POST {ou} {genre}")
            transaction.set_rollback(True)

    champs()
    corps()
