"""What an answer tells without saying it: the work done for a hidden object, and for an absent one."""

import re

import pytest
from django.db import connection
from tests.attaques.decor import UUID_, absents, adresses, intrus, navigateur, nominative, une_proie

pytestmark = pytest.mark.django_db

REPERE = re.compile(r'"s\d+_x\d+"')


def travail(client, adresse: str, methode: str) -> tuple[int, list[str]]:
    """The status, and the questions asked of the base, in order, without their values."""
    questions: list[str] = []

    def noter(executer, sql, params, many, context):
        questions.append(REPERE.sub("<repère>", UUID_.sub("<id>", str(sql))))
        return executer(sql, params, many, context)

    with connection.execute_wrapper(noter):
        reponse = getattr(client, methode)(adresse)
    assert questions, adresse
    return reponse.status_code, questions


@pytest.mark.parametrize("methode", ["get", "post"])
def test_un_objet_cache_coute_ce_que_coute_un_objet_absent(methode):
    """No clock here: the same questions, in the same order, whether the object exists or not."""
    proie = une_proie()
    caches, absentes = adresses(proie.ids), adresses(absents(proie.ids))
    tous = intrus(proie)
    for qui in ("coordonnatrice du voisin", "membre au mandat fini"):
        client = navigateur(tous[qui])
        client.get("/journee/")
        compares = 0
        for (nom, cachee), (_, absente) in zip(caches, absentes, strict=True):
            if not nominative(nom):
                continue
            ici, la = travail(client, cachee, methode), travail(client, absente, methode)
            assert ici == la, f"{qui} : {methode} {cachee} ({nom})"
            compares += 1
        assert compares > 60, compares
