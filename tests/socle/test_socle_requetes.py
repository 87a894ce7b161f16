"""Written queries: planned once, judged by the wall at every execution, counted like any other."""

import pytest
from django.db import DatabaseError, connection, transaction
from tests.instances import fabriques as f

from maillage.socle.contexte import contexte
from maillage.socle.requetes import Requete

pytestmark = pytest.mark.django_db

POINTS = Requete("SELECT socle.acteur(), (SELECT socle.mes_cercles())::text")


def test_the_same_plan_answers_each_actor_for_itself():
    groupe, autre = f.groupe(), f.groupe(f.conseil(f.AUTRE))
    comptes = [(f.membre(groupe), groupe), (f.membre(autre), autre)]
    for _ in range(3):
        for compte, formation in comptes:
            with contexte(compte.pk):
                assert POINTS.lignes() == [(compte.pk, f"{{{formation.cercle_id}}}")]
    with contexte(None):
        assert POINTS.lignes() == [(None, "{}")]


def test_a_statement_is_prepared_once_by_connection():
    requete = Requete("SELECT %(un)s::int + 40")
    assert [requete.ligne(un=2) for _ in range(3)] == [(42,)] * 3
    with connection.cursor() as curseur:
        curseur.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%%+ 40'")
        assert curseur.fetchone() == (1,)


def test_an_error_of_the_database_is_the_one_django_knows():
    with pytest.raises(DatabaseError), transaction.atomic():
        Requete("SELECT 1 / %(zero)s::int").lignes(zero=0)
    assert Requete("SELECT 1 WHERE false").ligne() is None


def test_a_written_query_is_counted_with_the_others(django_assert_num_queries):
    with django_assert_num_queries(1):
        POINTS.lignes()
