"""The wall's patterns, through raw SQL and through the ORM."""

import psycopg
import pytest
from django.db import connection
from django.db.utils import ProgrammingError

from maillage.socle.contexte import acteur_courant, contexte
from maillage.socle.journal import journaliser
from maillage.socle.models import EntreeJournal, Installation
from maillage.socle.temps import maintenant

pytestmark = pytest.mark.django_db


def test_the_suite_acts_as_the_web_role():
    with connection.cursor() as curseur:
        curseur.execute("SELECT session_user, current_user")
        assert curseur.fetchone() == ("m_essai", "m_web")


def test_the_actor_is_set_for_the_block_and_restored_after_it():
    assert acteur_courant() is None
    with contexte(7):
        assert acteur_courant() == 7
        with contexte(None):
            assert acteur_courant() is None
            with connection.cursor() as curseur:
                curseur.execute("SELECT socle.acteur()")
                assert curseur.fetchone() == (None,)
        with connection.cursor() as curseur:
            curseur.execute("SELECT socle.acteur()")
            assert curseur.fetchone() == (7,)
    with connection.cursor() as curseur:
        curseur.execute("SELECT socle.acteur()")
        assert curseur.fetchone() == (None,)


def test_the_journal_is_written_by_its_function_with_its_own_stamp(fabrique):
    with contexte(7):
        journaliser("lecture", objet="31555", details={"n": 3})
        instant = maintenant()
    with fabrique():
        entree = EntreeJournal.objects.get()
    assert (entree.acteur, entree.evenement, entree.objet, entree.details) == (
        7,
        "lecture",
        "31555",
        {"n": 3},
    )
    assert entree.le == instant


@pytest.mark.parametrize(
    "ordre", ["SELECT * FROM socle_journal", "DELETE FROM socle_journal", "TRUNCATE socle_journal"]
)
def test_the_web_role_can_neither_read_nor_change_the_journal(ordre, connexion_web):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        connexion_web.execute(ordre)


@pytest.mark.parametrize(
    "ordre",
    [
        "SET ROLE m_maintenance",
        "SET ROLE m_proprietaire",
        "ALTER TABLE socle_journal DISABLE ROW LEVEL SECURITY",
        "CREATE TABLE public.fuite (a int)",
        "CREATE OR REPLACE FUNCTION socle.mes_cercles() RETURNS bigint[] LANGUAGE sql AS 'SELECT array[1]'",
        "COPY socle_journal TO PROGRAM 'cat'",
    ],
)
def test_the_web_role_cannot_step_out_of_itself(ordre, connexion_web):
    with pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.InvalidTableDefinition)):
        connexion_web.execute(ordre)


def test_the_nature_of_an_installation_never_changes(fabrique):
    with fabrique():
        Installation.objects.create(demo=True, cree_le=maintenant())
        with pytest.raises(Exception, match="ne change jamais"):
            Installation.objects.update(demo=False)


def test_an_orm_insert_in_the_journal_is_refused_to_the_web_role():
    with contexte(7), pytest.raises(ProgrammingError):
        EntreeJournal.objects.create(acteur=1, evenement="faux", le=maintenant())
