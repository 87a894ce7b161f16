"""The protocol with the parquet in force for an act: signed by both, that day, there, for that power."""

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.instances import fabriques as f
from tests.maire.fabriques_protocoles import protocole

from maillage.documents.api import Modele, modele, resilier
from maillage.documents.rules.genres import genre
from maillage.maire.lieux import lieu
from maillage.maire.models import Pouvoir
from maillage.maire.protocoles import (
    CHAMP_DU_POUVOIR,
    FAMILLES_DE_CONTRAVENTIONS,
    GENRE,
    protocole_en_vigueur,
    protocoles,
)
from maillage.socle.contexte import contexte

pytestmark = pytest.mark.django_db
INSTANT = datetime(2026, 3, 2, 9, tzinfo=UTC)
JOUR = date(2026, 3, 2)


@pytest.fixture
def ici(horloge):
    horloge(INSTANT)
    conseil = f.conseil()
    actes = f.registre(conseil)
    return conseil, actes, f.coordonnateur(), f.membre(actes)


def en_vigueur(actes, lecteur, pouvoir=Pouvoir.TRANSACTION, le=JOUR):
    with contexte(lecteur.pk):
        return protocole_en_vigueur(lieu(actes.cercle.public_id), pouvoir, le)


def test_a_signed_protocol_says_who_is_consulted_how_long_and_what_silence_means(ici):
    conseil, actes, coordination, lecteur = ici
    reference = protocole(conseil, coordination, delai="8", silence="accord")
    lu = en_vigueur(actes, lecteur)
    assert lu is not None
    assert (lu.reference, lu.debut, lu.fin) == (reference, JOUR, JOUR + timedelta(days=364))
    assert (lu.consultation_prealable, lu.delai_jours, lu.silence) == (True, 8, "accord")
    assert lu.contraventions == {"degradations", "depots", "voirie"}


def test_the_reader_need_not_keep_the_council_to_know_on_what_the_act_rests(ici):
    conseil, actes, coordination, _ = ici
    protocole(conseil, coordination)
    agent = f.membre(actes, fonction="police_municipale")
    assert en_vigueur(actes, agent) is not None


@pytest.mark.parametrize("jusqu_a", ["prepare", "envoye"])
def test_a_protocol_that_both_have_not_signed_is_no_protocol(ici, jusqu_a):
    conseil, actes, coordination, lecteur = ici
    protocole(conseil, coordination, jusqu_a=jusqu_a)
    assert en_vigueur(actes, lecteur) is None


def test_it_covers_its_days_and_the_powers_it_names(ici):
    conseil, actes, coordination, lecteur = ici
    fin = JOUR + timedelta(days=30)
    protocole(conseil, coordination, fin=fin, rappel="non")
    assert en_vigueur(actes, lecteur, le=JOUR - timedelta(days=1)) is None
    assert en_vigueur(actes, lecteur, le=fin) is not None
    assert en_vigueur(actes, lecteur, le=fin + timedelta(days=1)) is None
    assert en_vigueur(actes, lecteur, Pouvoir.RAPPEL) is None
    assert en_vigueur(actes, lecteur, Pouvoir.SPORT) is None
    assert en_vigueur(actes, lecteur, Pouvoir.FAMILLES) is None


def test_a_protocol_ended_before_its_term_no_longer_holds(ici):
    conseil, actes, coordination, lecteur = ici
    reference = protocole(conseil, coordination)
    demain = JOUR + timedelta(days=1)
    with contexte(coordination.pk):
        resilier(convention=reference, version=2, effet=demain, motif="Nouveau modèle du parquet")
    assert en_vigueur(actes, lecteur) is not None
    assert en_vigueur(actes, lecteur, le=demain) is None


def test_the_protocol_of_another_commune_of_the_same_epci_counts_for_nothing_here(ici):
    conseil, actes, coordination, lecteur = ici
    protocole(conseil, coordination, commune=f.VOISINE)
    assert en_vigueur(actes, lecteur) is None
    voisins = f.registre(commune=f.VOISINE)
    assert en_vigueur(voisins, f.membre(voisins)) is not None


def test_the_last_to_begin_wins_and_the_page_keeps_them_all(ici):
    conseil, actes, coordination, lecteur = ici
    ancien = protocole(conseil, coordination, delai="30")
    recent = protocole(conseil, coordination, debut=JOUR + timedelta(days=10), delai="5")
    le = JOUR + timedelta(days=12)
    avant, apres = en_vigueur(actes, lecteur), en_vigueur(actes, lecteur, le=le)
    assert avant is not None
    assert apres is not None
    assert (avant.reference, apres.reference) == (ancien, recent)
    with contexte(lecteur.pk):
        lus = protocoles(lieu(actes.cercle.public_id), le)
    assert [lu.protocole.reference for lu in lus] == [recent, ancien]


def test_a_protocol_near_its_term_is_recalled(ici):
    conseil, actes, coordination, lecteur = ici
    protocole(conseil, coordination, fin=JOUR + timedelta(days=20))
    with contexte(lecteur.pk):
        (lu,) = protocoles(lieu(actes.cercle.public_id), JOUR)
    assert [rappel.genre for rappel in lu.convention.rappels] == ["terme"]


def test_the_template_keeps_the_fields_the_code_reads():
    choisi: Modele = modele(genre(GENRE).modele)
    saisis = {champ.code: champ for champ in choisi.saisis()}
    for code in (*CHAMP_DU_POUVOIR.values(), *FAMILLES_DE_CONTRAVENTIONS, "consultation"):
        assert set(saisis[code].choix or {}) == {"oui", "non"}
    assert set(saisis["silence"].choix or {}) == {"accord", "attente"}
    assert saisis["delai"].genre == "nombre"
