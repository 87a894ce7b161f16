"""The registers of the room: numbers without a gap, lines nobody rewrites; in what quality one acts."""

from datetime import UTC, date, datetime
from threading import Barrier, Thread
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import connection, transaction
from psycopg import errors
from tests.acteurs.fabriques import creer_compte
from tests.instances import fabriques as f

from maillage.maire.lieux import autorite, lieu, lieux_des_actes
from maillage.maire.models import Delegation, LigneDeRegistre, Pouvoir, Rectification, Registre
from maillage.maire.services.registres import conclure, inscrire, rectifier
from maillage.socle.contexte import contexte, en_maintenance
from maillage.socle.refus import Introuvable

DB = pytest.mark.django_db
LE = date(2026, 3, 2)
INSTANT = datetime(2026, 3, 2, 9, tzinfo=UTC)


def prendre(ou, le: date = LE, objet: UUID | None = None) -> LigneDeRegistre:
    return inscrire(ou, Registre.RAPPELS, objet=objet or uuid4(), nature="incivilite", le=le)


def ici(formation):
    return lieu(formation.cercle.public_id)


@DB
def test_numbers_follow_each_other_every_year_in_each_register_and_each_commune(au_nom_de):
    actes, ailleurs = f.registre(), f.registre(commune=f.VOISINE)
    qui, autre = f.membre(actes), f.membre(ailleurs)
    with au_nom_de(qui):
        ou = ici(actes)
        assert [prendre(ou).numero for _ in range(3)] == [1, 2, 3]
        assert prendre(ou, date(2027, 1, 4)).reference == "2027-001"
        transactions = inscrire(ou, Registre.TRANSACTIONS, objet=uuid4(), nature="depot", le=LE)
        assert transactions.reference == "2026-001"
    with au_nom_de(autre):
        assert prendre(ici(ailleurs)).numero == 1


@DB
def test_an_act_undone_by_a_refusal_leaves_no_gap(au_nom_de):
    actes = f.registre()
    with au_nom_de(f.membre(actes)):
        ou = ici(actes)
        prendre(ou)
        with transaction.atomic():
            prendre(ou)
            transaction.set_rollback(True)
        assert prendre(ou).numero == 2


def test_two_acts_recorded_at_once_take_two_numbers_in_a_row(base_neuve):
    actes = f.registre()
    qui = f.membre(actes)
    depart, numeros = Barrier(2), []

    def enregistrer() -> None:
        try:
            with contexte(qui.pk):
                ou = ici(actes)
                depart.wait(timeout=10)
                numeros.append(prendre(ou).numero)
        finally:
            connection.close()

    fils = [Thread(target=enregistrer) for _ in range(2)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join(timeout=20)
    assert sorted(numeros) == [1, 2]


@DB
def test_the_line_says_what_became_of_the_file_and_the_correction_why(au_nom_de):
    actes = f.registre()
    qui, faux, bon = f.membre(actes), uuid4(), uuid4()
    with au_nom_de(qui):
        ou = ici(actes)
        prendre(ou, objet=faux)
        conclure(ou, Registre.RAPPELS, objet=faux, issue="rectifie", le=LE)
        rectifier(ou, Registre.RAPPELS, objet=faux, par_objet=bon, motif="identite")
        ligne = LigneDeRegistre.objects.get(objet=faux)
        assert (ligne.issue, ligne.issue_le, ligne.numero) == ("rectifie", LE, 1)
        assert Rectification.objects.get().par_objet == bon


@DB
def test_a_member_of_another_register_finds_no_place_here(au_nom_de):
    actes, ailleurs = f.registre(), f.registre(commune=f.VOISINE)
    with au_nom_de(f.membre(ailleurs)):
        with pytest.raises(Introuvable):
            ici(actes)
        assert [vu.cercle for vu in lieux_des_actes()] == [ailleurs.cercle_id]


@pytest.fixture
def proie(base_neuve, django_db_blocker):
    """A line here, and an agent who keeps the same register for another commune."""
    with django_db_blocker.unblock():
        actes, ailleurs = f.registre(), f.registre(commune=f.VOISINE)
        qui, autre = f.membre(actes), f.membre(ailleurs)
        with contexte(qui.pk):
            ligne = prendre(ici(actes))
        yield ligne, qui, autre, ailleurs


def test_raw_sql_neither_reads_another_register_nor_rewrites_nor_erases_a_line(proie, connexion_web):
    ligne, qui, autre, ailleurs = proie
    web: psycopg.Connection = connexion_web
    web.autocommit = True
    web.execute("SELECT set_config('maillage.acteur', %s, false)", [str(autre.pk)])
    assert web.execute("SELECT count(*) FROM maire_lignederegistre").fetchone() == (0,)
    assert web.execute("UPDATE maire_lignederegistre SET issue = 'x', issue_le = now()").rowcount == 0
    web.execute("SELECT set_config('maillage.acteur', %s, false)", [str(qui.pk)])
    for ordre in (
        "UPDATE maire_lignederegistre SET numero = 9",
        f"UPDATE maire_lignederegistre SET cercle_id = {ailleurs.cercle_id}",
        "DELETE FROM maire_lignederegistre",
        "INSERT INTO maire_lignederegistre (public_id, cercle_id, version, registre, annee, numero, objet, "
        f"inscrit_le, nature, issue) VALUES (gen_random_uuid(), {ailleurs.cercle_id}, 1, 'rappels', 2026, 1, "
        "gen_random_uuid(), now(), 'x', '')",
    ):
        with pytest.raises(errors.InsufficientPrivilege):
            web.execute(ordre.encode())
    restantes = web.execute("SELECT numero, cercle_id, issue FROM maire_lignederegistre").fetchall()
    assert restantes == [(1, ligne.cercle_id, "")]


def _delegation(compte, commune: str = f.COMMUNE, **champs) -> Delegation:
    valeurs = {
        "qualite": "adjoint_delegue",
        "pouvoirs": [Pouvoir.RAPPEL.value],
        "arrete_numero": "2026-14",
        "arrete_le": date(2026, 1, 5),
        "depuis": date(2026, 1, 5),
        **champs,
    }
    with en_maintenance():
        return Delegation.objects.create(
            compte=compte, commune_code=commune, enregistree_par=compte, **valeurs
        )


@DB
@pytest.mark.parametrize(
    ("delegation", "attendue"),
    [
        ({}, ("adjoint_delegue", "2026-14")),
        ({"qualite": "conseiller_delegue"}, ("conseiller_delegue", "2026-14")),
        ({"jusqua": LE}, ("adjoint_delegue", "2026-14")),
        ({"jusqua": date(2026, 3, 1)}, ("autre", "")),
        ({"depuis": date(2026, 3, 3)}, ("autre", "")),
        ({"pouvoirs": ["transaction"]}, ("autre", "")),
        ({"commune": f.VOISINE}, ("autre", "")),
    ],
)
def test_a_deputy_acts_on_a_decision_in_force_for_that_power_in_that_commune(
    delegation, attendue, au_nom_de, horloge
):
    horloge(INSTANT)
    actes = f.registre()
    adjointe = f.membre(actes, f.exercer(creer_compte(), "elu_delegue", f.COMMUNE), role="maire")
    _delegation(adjointe, **delegation)
    with au_nom_de(adjointe):
        lue = autorite(ici(actes), Pouvoir.RAPPEL)
    assert (lue.qualite.value, lue.arrete) == attendue


@DB
def test_the_mayor_acts_there_a_president_and_an_agent_never_do(au_nom_de, horloge):
    horloge(INSTANT)
    actes = f.registre()
    maire = f.membre(actes, f.exercer(creer_compte(), "maire", f.COMMUNE), role="maire")
    agent = f.membre(actes)
    president = f.membre(actes, f.exercer(creer_compte(), "president_epci", "243100518", "epci"))
    lues = []
    for compte in (maire, agent, president):
        with au_nom_de(compte):
            lues.append(autorite(ici(actes), Pouvoir.RAPPEL).qualite.value)
    assert lues == ["maire", "autre", "president_epci"]


@DB
def test_the_mayor_of_one_commune_is_no_mayor_where_they_are_only_elected(au_nom_de, horloge):
    horloge(INSTANT)
    actes = f.registre()
    elue = f.exercer(creer_compte(), "elu_delegue", f.COMMUNE)
    f.membre(actes, f.exercer(elue, "maire", f.VOISINE), role="maire")
    with au_nom_de(elue):
        assert autorite(ici(actes), Pouvoir.RAPPEL).qualite.value == "autre"


@DB
def test_the_mayor_of_another_commune_who_reads_this_register_does_not_act_in_it(au_nom_de, horloge):
    """They also hold the president's seat of an EPCI and a delegation at home: none of it counts here."""
    horloge(INSTANT)
    actes = f.registre()
    voisin = f.membre(actes, f.exercer(creer_compte(), "maire", f.VOISINE))
    _delegation(voisin, f.VOISINE)
    with au_nom_de(voisin):
        assert autorite(ici(actes), Pouvoir.RAPPEL).qualite.value == "autre"
