"""What the database itself refuses of a family's file: another council, a rewritten act, an erased line."""

from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from psycopg import errors
from tests.acteurs.fabriques import creer_organisme
from tests.instances import fabriques as f
from tests.maire.fabriques_familles import conseil, saisie

from maillage.maire.models import DossierFamille
from maillage.maire.services import aides, auditions
from maillage.socle.contexte import contexte
from maillage.socle.temps import aujourd_hui

TABLES = (
    "dossierfamille",
    "convocationfamille",
    "auditionfamille",
    "suitefamille",
    "accompagnementparental",
    "bilanfamille",
    "saisinedepartement",
)


@pytest.fixture
def proie(base_neuve, django_db_blocker, horloge):
    """A file with one act of each kind here, and the mayor of the council next door."""
    with django_db_blocker.unblock():
        cddf, maire = conseil()
        voisin_cddf, voisin = conseil(f.VOISINE)
        organisme = creer_organisme()
        debut = datetime(2026, 3, 2, 9, tzinfo=UTC)
        horloge(debut)
        with contexte(maire.pk):
            cle = saisie(cddf).public_id
            _faire(
                cle,
                auditions.convoquer,
                audition_le=debut + timedelta(days=10),
                lieu="Salle des mariages",
                moyen="courrier",
                membres=[maire.pk],
            )
        horloge(debut + timedelta(days=10, hours=1))
        with contexte(maire.pk):
            jour = aujourd_hui()
            _faire(cle, auditions.entendre, preside_par=maire.pk, membres=[maire.pk], famille=["mere"])
            _faire(cle, auditions.proposer_suite, genre="recommandation", types=["assiduite"])
            _faire(cle, aides.proposer_accompagnement, organisme=organisme.public_id)
            _faire(
                cle,
                aides.faire_le_point,
                resultat="stable",
                fait_le=jour,
                prochain_le=jour + timedelta(days=30),
            )
            _faire(cle, aides.saisir_departement, departement="31")
        yield cddf, maire, voisin_cddf, voisin


def _faire(cle, commande, **champs) -> None:
    commande(dossier=cle, version=DossierFamille.objects.get(public_id=cle).version, **champs)


@pytest.fixture
def web(proie, connexion_web: psycopg.Connection) -> psycopg.Connection:
    connexion_web.autocommit = True
    return connexion_web


ORDRES = [
    "UPDATE maire_dossierfamille SET identite_id = 1",
    "UPDATE maire_dossierfamille SET motif = 'x'",
    "UPDATE maire_dossierfamille SET origine = 'x'",
    "UPDATE maire_dossierfamille SET numero = 9",
    "UPDATE maire_dossierfamille SET recu_le = recu_le - 1",
    "UPDATE maire_dossierfamille SET recu_par_id = 1",
    "UPDATE maire_dossierfamille SET tranche_age = 'x'",
    "UPDATE maire_dossierfamille SET fil = gen_random_uuid()",
    "UPDATE maire_dossierfamille SET cercle_id = {voisin}",
    "UPDATE maire_convocationfamille SET audition_le = now()",
    "UPDATE maire_convocationfamille SET membres = '{{}}'",
    "UPDATE maire_auditionfamille SET famille = '{{}}'",
    "UPDATE maire_auditionfamille SET preside_par_id = 1",
    "UPDATE maire_suitefamille SET scelle = '\\x00'",
    "UPDATE maire_accompagnementparental SET organisme_id = 1",
    "UPDATE maire_accompagnementparental SET qualite = 'maire'",
    "UPDATE maire_bilanfamille SET resultat = 'progres'",
    "UPDATE maire_saisinedepartement SET departement = '75'",
    *(f"DELETE FROM maire_{table}" for table in TABLES),
    *(f"TRUNCATE maire_{table} CASCADE" for table in TABLES),
]


def nommer(web: psycopg.Connection, compte) -> None:
    web.execute("SELECT set_config('maillage.acteur', %s, false)", [str(compte.pk)])


def test_raw_sql_reads_no_file_of_another_council_and_writes_none_into_it(web, proie):
    cddf, maire, _, voisin = proie
    nommer(web, voisin)
    for table in TABLES:
        assert web.execute(f"SELECT count(*) FROM maire_{table}".encode()).fetchone() == (0,)
        assert web.execute(f"UPDATE maire_{table} SET version = 99".encode()).rowcount == 0
    with pytest.raises(errors.InsufficientPrivilege):
        web.execute(
            "INSERT INTO maire_bilanfamille (public_id, cercle_id, version, dossier_id, le, par_id, qualite, "
            "arrete, resultat, prochain_le) VALUES (gen_random_uuid(), %s, 1, 1, now(), %s, '', '', 'x', "
            "now() + interval '1 day')",
            [cddf.cercle_id, voisin.pk],
        )
    nommer(web, maire)
    for table in TABLES:
        assert web.execute(f"SELECT count(*) FROM maire_{table}".encode()).fetchone() == (1,)


def test_even_a_member_rewrites_and_erases_no_act_by_raw_sql(web, proie):
    _, maire, voisin, _ = proie
    nommer(web, maire)
    avant = [web.execute(f"SELECT * FROM maire_{table}".encode()).fetchall() for table in TABLES]
    for ordre in ORDRES:
        with pytest.raises(errors.InsufficientPrivilege):
            web.execute(ordre.format(voisin=voisin.cercle_id).encode())
    assert [web.execute(f"SELECT * FROM maire_{table}".encode()).fetchall() for table in TABLES] == avant


def test_what_follows_the_file_is_the_only_thing_that_changes(web, proie):
    """Exactly these columns, and the version: the grants are read from the database itself."""
    modifiables = dict(
        web.execute(
            "SELECT table_name, array_agg(column_name::text ORDER BY column_name) "
            "FROM information_schema.column_privileges WHERE grantee = 'm_web' AND privilege_type = 'UPDATE' "
            "AND table_name = ANY(%s) GROUP BY table_name",
            [[f"maire_{table}" for table in TABLES]],
        ).fetchall()
    )
    assert modifiables == {
        "maire_dossierfamille": [
            "clos_le",
            "departement",
            "etat",
            "expire_le",
            "issue",
            "revue_le",
            "suivi_existant",
            "version",
        ],
        "maire_convocationfamille": ["issue", "issue_le", "version"],
        "maire_auditionfamille": ["version"],
        "maire_suitefamille": ["version"],
        "maire_accompagnementparental": [
            "debut",
            "etat",
            "fin",
            "fini_le",
            "issue",
            "referent_id",
            "repondu_le",
            "version",
        ],
        "maire_bilanfamille": ["version"],
        "maire_saisinedepartement": ["reponse", "reponse_le", "version"],
    }
