"""The sealed journal in the database: ranks, heads, exports, retention, and every change detected."""

import io
import json
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import psycopg
import pytest
from django.db import connection
from psycopg import errors

from maillage.projet.controles import journal_scelle
from maillage.socle.contexte import en_maintenance
from maillage.socle.journal import journaliser
from maillage.socle.models import EntreeJournal, FeuilleJournal, TeteJournal
from maillage.socle.scelle.sequenceur import (
    JournalRompu,
    en_attente,
    exporter,
    numeroter,
    oublier,
    signer_la_tete,
    verifier_en_base,
)
from maillage.socle.scelle.signature import cle_privee, publique
from maillage.socle.scelle.verification import Faute, lire_tete, verifier

DB = pytest.mark.django_db
MARS = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def cle(tmp_path):
    return cle_privee(tmp_path / "journal.pem")


def inscrire(nombre: int, evenement: str = "lecture_situation") -> None:
    for rang in range(nombre):
        journaliser(evenement, details={"rang": rang, "accent": "é"})


def rangs() -> list[int]:
    with en_maintenance():
        return list(EntreeJournal.objects.order_by("rang").values_list("rang", flat=True))


def exporte(cle) -> bytes:
    sortie = io.BytesIO()
    exporter(cle, sortie)
    return sortie.getvalue()


@DB
def test_entries_are_numbered_once_without_a_gap():
    inscrire(3)
    assert numeroter() == 3
    assert numeroter() == 0
    inscrire(2)
    assert numeroter() == 2
    assert rangs() == [1, 2, 3, 4, 5]


def test_two_sequencers_at_once_number_each_entry_once(base_neuve):
    inscrire(40)
    depart = Barrier(2)

    def lancer() -> None:
        try:
            depart.wait(timeout=10)
            numeroter()
        finally:
            connection.close()

    fils = [Thread(target=lancer) for _ in range(2)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join(timeout=20)
    assert rangs() == list(range(1, 41))


def test_an_entry_committed_late_comes_later_and_is_not_lost(base_neuve, serveur_essais, django_db_blocker):
    """Its instant is older than the last one numbered: an « id greater than the last » would skip it."""
    parametres = serveur_essais.parametres_connexion("m_web", base_neuve).libpq()
    with psycopg.connect(**parametres) as lente, django_db_blocker.unblock():
        lente.execute("SELECT socle.journaliser('lente', NULL, NULL, '{}')")
        inscrire(2)
        assert numeroter() == 2
        lente.commit()
    assert numeroter() == 1
    with en_maintenance():
        assert EntreeJournal.objects.get(evenement="lente").rang == 3


@DB
def test_a_head_is_signed_when_something_happened_and_continues_the_former(cle):
    vide = signer_la_tete(cle)
    assert vide is not None
    assert vide.tete.taille == 0
    assert signer_la_tete(cle) is None
    inscrire(5)
    premiere = signer_la_tete(cle)
    assert premiere is not None
    assert premiere.tete.taille == 5
    assert signer_la_tete(cle) is None
    inscrire(4)
    seconde = signer_la_tete(cle)
    assert seconde is not None
    assert seconde.tete.taille == 9
    constat = verifier(io.BytesIO(exporte(cle)), cle=publique(cle), connue=premiere)
    assert (constat.taille, constat.racine) == (9, seconde.tete.racine.hex())


@DB
def test_an_export_names_nobody_and_is_checked_without_the_application(cle):
    journaliser("connexion", objet="Dupont", details={"page": "x"})
    octets = exporte(cle)
    assert verifier(io.BytesIO(octets), cle=publique(cle)).taille == 1
    octets.decode("ascii")
    assert b"Dupont" not in octets
    assert json.loads(octets.splitlines()[1])["evenement"] == "connexion"


@DB
def test_an_empty_journal_is_exported_and_verified_too(cle):
    assert verifier(io.BytesIO(exporte(cle)), cle=publique(cle)).taille == 0


@DB
@pytest.mark.parametrize(
    "alteration",
    [
        lambda: EntreeJournal.objects.filter(rang=2).update(evenement="autre"),
        lambda: EntreeJournal.objects.filter(rang=2).update(acteur=99),
        lambda: EntreeJournal.objects.filter(rang=2).update(details={"rang": 7}),
        lambda: EntreeJournal.objects.filter(rang=2).update(le=MARS),
        lambda: EntreeJournal.objects.filter(rang=2).delete(),
        lambda: EntreeJournal.objects.filter(rang__gte=4).delete(),
        lambda: FeuilleJournal.objects.create(rang=2, hachage=b"x" * 32),
    ],
    ids=["événement", "acteur", "détails", "instant", "retirée", "coupée", "ajoutée"],
)
def test_a_change_made_in_the_database_is_seen_by_the_control_and_never_exported(cle, alteration):
    inscrire(5)
    signer_la_tete(cle)
    assert journal_scelle()[0] is True
    with en_maintenance():
        alteration()
    ok, detail = journal_scelle()
    assert not ok
    assert "changé hors de l’application" in detail
    with pytest.raises(JournalRompu):
        exporte(cle)


@DB
def test_an_administrator_who_rewrites_and_signs_again_is_caught_by_the_head_a_guardian_kept(cle):
    inscrire(5)
    gardee = lire_tete(exporte(cle).split(b"\n", 1)[0])
    with en_maintenance():
        EntreeJournal.objects.filter(rang=2).update(evenement="autre")
        TeteJournal.objects.all().delete()
    assert verifier_en_base() == 0
    refait = exporte(cle)
    assert verifier(io.BytesIO(refait), cle=publique(cle)).taille == 5
    with pytest.raises(Faute, match="que vous avez gardée"):
        verifier(io.BytesIO(refait), cle=publique(cle), connue=gardee)


@DB
def test_entries_past_the_retention_leave_their_hash_and_every_proof_holds(cle, horloge):
    horloge(MARS - timedelta(days=500))
    inscrire(4)
    horloge(MARS - timedelta(days=10))
    inscrire(3)
    horloge(MARS)
    avant = exporte(cle)
    assert oublier() == 4
    assert oublier() == 0
    with en_maintenance():
        assert EntreeJournal.objects.count() == 3
    inscrire(1)
    apres = exporte(cle)
    constat = verifier(io.BytesIO(apres), cle=publique(cle), connue=lire_tete(avant.split(b"\n", 1)[0]))
    assert (constat.taille, constat.effacees) == (8, 4)
    assert verifier_en_base() == 8


@DB
def test_nothing_is_forgotten_before_it_is_signed(cle, horloge):
    horloge(MARS - timedelta(days=500))
    inscrire(3)
    horloge(MARS)
    assert oublier() == 0
    signer_la_tete(cle)
    assert oublier() == 3
    inscrire(1)
    numeroter()
    assert rangs() == [4]


@DB
def test_what_waits_too_long_for_its_signature_is_told(cle, horloge):
    horloge(MARS)
    inscrire(2)
    horloge(MARS + timedelta(minutes=14))
    assert en_attente(depuis=MARS - timedelta(minutes=1)) == 0
    assert journal_scelle()[0] is True
    horloge(MARS + timedelta(minutes=16))
    ok, detail = journal_scelle()
    assert not ok
    assert "maillage journal signer" in detail
    signer_la_tete(cle)
    assert journal_scelle()[0] is True


def test_the_web_role_touches_neither_heads_nor_ranks(connexion_web):
    connexion_web.autocommit = True
    for ordre in (
        "SELECT * FROM socle_tetejournal",
        "DELETE FROM socle_tetejournal",
        "SELECT * FROM socle_feuillejournal",
        "UPDATE socle_journal SET rang = 1",
    ):
        with pytest.raises(errors.InsufficientPrivilege):
            connexion_web.execute(ordre.encode())
