"""What the database itself refuses of a rappel, what the retention run erases, and a real protocol."""

from datetime import date, timedelta

import psycopg
import pytest
from django.db import DatabaseError, connection
from psycopg import errors
from tests.instances import fabriques as f
from tests.maire import fabriques_protocoles as fp
from tests.maire import fabriques_rappel as fr

from maillage.maire.models import (
    EnonceDeProcedure,
    LeveeDuMaire,
    LigneDeRegistre,
    Rappel,
)
from maillage.maire.services import conduite_rappel, fin_rappel, rappel
from maillage.maire.services.conservation import purger_actes
from maillage.situations.models import Identite
from maillage.socle.contexte import contexte, en_maintenance
from maillage.socle.refus import Refus
from maillage.socle.temps import aujourd_hui


@pytest.fixture
def proie(base_neuve, django_db_blocker):
    """A file here with a statement, and the agent of the same register next door."""
    with django_db_blocker.unblock():
        ici, ailleurs = fr.mairie(), fr.mairie(f.VOISINE)
        with contexte(ici.agent.pk):
            jour = aujourd_hui() - timedelta(days=1)
            fr.saisi(ici, faits_le=jour, connu=fr.Connu("aucune", "parquet", jour))
        yield ici, ailleurs


def test_raw_sql_neither_reads_another_register_nor_rewrites_nor_erases_an_act(proie, connexion_web):
    ici, ailleurs = proie
    web: psycopg.Connection = connexion_web
    web.autocommit = True
    web.execute("SELECT set_config('maillage.acteur', %s, false)", [str(ailleurs.agent.pk)])
    for table in ("rappel", "enoncedeprocedure", "lignederegistre"):
        assert web.execute(f"SELECT count(*) FROM maire_{table}".encode()).fetchone() == (0,)
    assert web.execute("UPDATE maire_rappel SET etat = 'clos'").rowcount == 0
    web.execute("SELECT set_config('maillage.acteur', %s, false)", [str(ici.agent.pk)])
    for ordre in (
        "UPDATE maire_rappel SET faits = 'x'",
        "UPDATE maire_rappel SET numero = 9",
        "UPDATE maire_rappel SET identite_id = 1",
        f"UPDATE maire_rappel SET cercle_id = {ailleurs.actes.cercle_id}",
        "UPDATE maire_enoncedeprocedure SET enonce = 'plainte'",
        "DELETE FROM maire_enoncedeprocedure",
        "DELETE FROM maire_rappel",
        "INSERT INTO maire_leveedumaire (public_id, cercle_id, version, objet, regle, code, force, raison, "
        f"scelle, par_id, le) VALUES (gen_random_uuid(), {ailleurs.actes.cercle_id}, 1, "
        f"gen_random_uuid(), 'x', 'x', 'doctrine', 'x', '\\x00', {ici.agent.pk}, now())",
    ):
        with pytest.raises(errors.InsufficientPrivilege):
            web.execute(ordre.encode())
    with pytest.raises(errors.CheckViolation):
        web.execute(
            b"INSERT INTO maire_leveedumaire (public_id, cercle_id, version, objet, regle, code, force, "
            b"raison, scelle, par_id, le) SELECT gen_random_uuid(), cercle_id, 1, public_id, 'x', 'x', "
            b"'loi', 'x', '\\x00', recu_par_id, now() FROM maire_rappel"
        )
    assert web.execute("SELECT etat, numero FROM maire_rappel").fetchall() == [("recu", 1)]


@pytest.mark.django_db
def test_the_retention_run_erases_the_file_and_its_person_and_leaves_the_line(au_nom_de, horloge):
    horloge(fr.INSTANT)
    ici = fr.mairie()
    with au_nom_de(ici.agent):
        reste = fr.saisi(ici, fr.MAJEURE, representants=())
        lu = fr.saisi(ici, connu=fr.PLAINTE)
    with au_nom_de(ici.maire):
        fin_rappel.ecarter(
            rappel=lu.public_id, version=lu.version, code="plainte_ou_procedure", raison="classement"
        )
        lu = fr.relu(lu)
        fin_rappel.transmettre_au_parquet(rappel=lu.public_id, version=lu.version)
    with en_maintenance():
        expire = Rappel.objects.get(pk=lu.pk).expire_le
    assert expire == date(2026, 6, 2)
    horloge(fr.INSTANT + (expire - fr.JOUR) - timedelta(days=1))
    assert not purger_actes()["rappel"]
    horloge(fr.INSTANT + (expire - fr.JOUR))
    assert purger_actes()["rappel"] == 1
    with en_maintenance():
        assert list(Rappel.objects.values_list("pk", flat=True)) == [reste.pk]
        assert list(Identite.objects.values_list("pk", flat=True)) == [reste.identite_id]
        assert not LeveeDuMaire.objects.exists()
        assert not EnonceDeProcedure.objects.filter(dossier=lu.pk).exists()
        assert LigneDeRegistre.objects.count() == 2
    assert not purger_actes()["rappel"]


@pytest.mark.django_db
def test_a_protocol_signed_by_the_commune_governs_its_consultations(au_nom_de, horloge):
    horloge(fr.INSTANT)
    conseil = f.conseil()
    fp.protocole(conseil, f.coordonnateur(), silence="attente", delai="5")
    actes = f.registre(conseil)
    ici = fr.Mairie(actes, f.membre(actes), f.membre(actes))
    with au_nom_de(ici.agent):
        lu = fr.saisi(ici)
        with pytest.raises(Refus):
            fr.convoque(lu)
        faite = conduite_rappel.consulter_le_parquet(rappel=lu.public_id, version=lu.version)
    assert (faite.echeance, faite.silence) == (date(2026, 3, 7), "attente")
    assert faite.protocole is not None


@pytest.mark.django_db
def test_a_rectified_file_leaves_room_for_the_same_facts(au_nom_de, horloge):
    horloge(fr.INSTANT)
    ici = fr.mairie()
    with au_nom_de(ici.agent):
        lu = fr.saisi(ici)
        rappel.retirer(rappel=lu.public_id, version=lu.version, motif="double")
        assert fr.saisi(ici).reference == "2026-002"


def test_a_session_killed_between_two_steps_leaves_no_half_act(base_neuve, monkeypatch):
    """The file is already said wrong, and the new one not written yet: the whole of it is undone."""
    ici = fr.mairie()
    with contexte(ici.agent.pk):
        lu = fr.saisi(ici, faits_le=aujourd_hui(), connu=fr.Connu("aucune", "parquet", aujourd_hui()))

    def tuer(*_: object, **__: object) -> None:
        with connection.cursor() as curseur:
            curseur.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    monkeypatch.setattr(rappel, "creer_identite", tuer)
    with pytest.raises(DatabaseError), contexte(ici.agent.pk):
        rappel.corriger(
            rappel=lu.public_id,
            version=lu.version,
            motif="saisie",
            personne=fr.MAJEURE,
            saisine=fr.saisine(faits_le=aujourd_hui()),
        )
    connection.close()
    with contexte(ici.agent.pk):
        assert fr.relu(lu).etat == "recu"
        assert list(LigneDeRegistre.objects.values_list("numero", "issue")) == [(1, "")]
        assert Rappel.objects.count() == 1
