"""The wall through raw SQL, logged in as the web role itself."""

import psycopg
import pytest
from tests.instances import fabriques as f


def test_a_stolen_web_password_reads_the_cercles_of_an_actor_and_nothing_without_one(
    base_neuve, connexion_web
):
    groupe = f.groupe()
    compte = f.membre(groupe)
    assert connexion_web.execute("SELECT socle.mes_cercles()").fetchone() == ([],)
    connexion_web.execute("SELECT set_config('maillage.acteur', %s, true)", [str(compte.pk)])
    assert connexion_web.execute("SELECT socle.mes_cercles()").fetchone() == ([groupe.cercle_id],)


@pytest.mark.parametrize(
    "ordre",
    [
        "DELETE FROM instances_habilitation",
        "DELETE FROM instances_signature",
        "UPDATE instances_signature SET compte_id = 1",
        "DELETE FROM instances_texte",
        "DELETE FROM instances_conseil",
        "SET ROLE m_resolveur",
    ],
)
def test_the_web_role_erases_no_membership_and_rewrites_no_signature(ordre, connexion_web):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        connexion_web.execute(ordre)
