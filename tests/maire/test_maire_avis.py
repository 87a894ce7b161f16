"""The notices due to the mayor: due day, reminder, answer; no name anywhere, no other register."""

from datetime import date, timedelta

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st
from psycopg import errors
from tests.instances import fabriques as f
from tests.maire.fabriques_rappel import INSTANT, JOUR, mairie
from tests.maire.fabriques_sport import CAUSE, attendu, relire

from maillage.maire.models import AvisDu, LigneDeRegistre, RelanceAvis
from maillage.maire.rules.avis import echeance, reference_opaque
from maillage.maire.selectors.avis import avis_vu, avis_vus
from maillage.maire.services import avis
from maillage.maire.services.conservation import purger_actes
from maillage.socle.contexte import contexte, en_maintenance
from maillage.socle.models import FaitStatistique
from maillage.socle.refus import Introuvable, Refus

DB = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _jour(request):
    if request.node.get_closest_marker("django_db") is not None:
        request.getfixturevalue("horloge")(INSTANT)


def codes(erreur) -> tuple[str, ...]:
    return erreur.value.verdict.codes


@pytest.mark.parametrize(
    ("reference", "attendue"),
    [
        ("", True),
        ("24/123", True),
        ("P24.045.678", True),
        ("JI-2024-12", True),
        ("Maravalle Théo", False),
        ("MARAVALLE 24", False),
        ("PARQUET", False),
        ("12 rue", False),
        ("1" * 31, False),
    ],
)
def test_a_reference_is_a_number_never_a_name(reference, attendue):
    assert reference_opaque(reference) is attendue


@given(nom=st.text(alphabet=st.characters(categories=["Lu", "Ll"]), min_size=4, max_size=20))
def test_no_word_of_four_letters_ever_passes_as_a_reference(nom):
    assert not reference_opaque(nom.upper())
    assert not reference_opaque(f"24 {nom.upper()}")


@pytest.mark.parametrize(
    ("delai", "demande_le", "attendue"),
    [
        ("mois", date(2026, 1, 31), date(2026, 2, 28)),
        ("mois", date(2024, 3, 23), date(2024, 4, 23)),
        ("mois", date(2024, 3, 22), None),
        ("sans_delai", date(2026, 1, 31), date(2026, 1, 31)),
        ("aucun", date(2026, 1, 31), None),
    ],
)
def test_the_due_day_follows_the_law_of_the_day_and_is_empty_where_it_sets_none(delai, demande_le, attendue):
    assert echeance(delai, cause_le=demande_le, demande_le=demande_le) == attendue


@DB
def test_a_notice_overdue_is_reminded_then_received_with_its_delay_counted(au_nom_de):
    ici = mairie()
    with au_nom_de(ici.agent):
        du = attendu(ici, reference="24/123")
        assert (du.nom, du.debiteur, du.echeance) == ("2026-001", "procureur", date(2026, 2, 21))
        assert avis_vu(du.public_id).retard
        avis.relancer_avis(avis=du.public_id)
        with pytest.raises(Refus) as deux_fois:
            avis.relancer_avis(avis=du.public_id)
        assert codes(deux_fois) == ("relance_du_jour",)
        avis.recevoir_avis(
            avis=du.public_id, version=relire(du).version, recu_le=JOUR, reponse="classement_opportunite"
        )
        vu = avis_vu(du.public_id)
    assert (vu.etat, vu.retard, len(vu.relances)) == ("Reçu", False, 1)
    with en_maintenance():
        assert LigneDeRegistre.objects.get().issue == "classement_opportunite"
        fait = FaitStatistique.objects.get(evenement="avis_recu")
    assert (fait.genre, fait.issue, fait.delai_jours) == ("suites_signalement", "classement_opportunite", 40)


@DB
def test_what_the_law_gives_no_delay_for_is_never_called_late(au_nom_de, horloge):
    ici = mairie()
    with au_nom_de(ici.agent):
        du = attendu(ici, "suites_trouble")
        horloge(INSTANT + timedelta(days=200))
        assert avis_vu(du.public_id).retard is False
        avis.relancer_avis(avis=du.public_id)  # reminding is always courteous there


@DB
@pytest.mark.parametrize(
    ("champs", "attendu_"),
    [
        ({"genre": "autre"}, "valeur_inconnue"),
        ({"cause_le": JOUR + timedelta(days=1)}, "date_a_venir"),
        ({"reference": "Maravalle"}, "reference_nominative"),
    ],
)
def test_a_faulty_notice_is_refused_and_takes_no_number(champs, attendu_, au_nom_de):
    ici = mairie()
    with au_nom_de(ici.agent):
        with pytest.raises(Refus) as refus:
            attendu(ici, **champs)
        assert attendu_ in codes(refus)
        assert attendu(ici, reference="24/1").numero == 1
        with pytest.raises(Refus) as deja:
            attendu(ici, reference="24/1")
        assert codes(deja) == ("avis_existant",)


@DB
def test_a_notice_not_due_yet_is_not_reminded_and_an_answer_of_another_is_refused(au_nom_de):
    ici = mairie()
    with au_nom_de(ici.agent):
        du = attendu(ici, cause_le=JOUR - timedelta(days=3))
        with pytest.raises(Refus) as refus:
            avis.relancer_avis(avis=du.public_id)
        assert codes(refus) == ("echeance_non_atteinte",)
        with pytest.raises(Refus) as autre:
            avis.recevoir_avis(
                avis=du.public_id, version=du.version, recu_le=JOUR, reponse="information_donnee"
            )
        assert codes(autre) == ("valeur_inconnue",)
    assert relire(du).etat == "attendu"
    with en_maintenance():
        assert not RelanceAvis.objects.exists()


@DB
def test_the_parquet_that_reads_the_register_writes_nothing_in_it(au_nom_de):
    ici = mairie()
    parquet = f.membre(ici.actes, role="parquet")
    with au_nom_de(ici.agent):
        du = attendu(ici)
    with au_nom_de(parquet):
        assert len(avis_vus()) == 1
        with pytest.raises(Refus) as refus:
            avis.recevoir_avis(avis=du.public_id, version=du.version, recu_le=JOUR, reponse="appel")
        assert codes(refus) == ("parquet_lit_seulement",)
    assert relire(du).etat == "attendu"


@DB
def test_a_member_of_another_register_finds_no_notice_here(au_nom_de):
    ici, ailleurs = mairie(), mairie(f.VOISINE)
    with au_nom_de(ici.agent):
        du = attendu(ici)
    with au_nom_de(ailleurs.agent):
        sien = attendu(ailleurs)
        assert [vu.avis.pk for vu in avis_vus()] == [sien.pk]
        with pytest.raises(Introuvable):
            avis.relancer_avis(avis=du.public_id)
    with en_maintenance():
        assert not RelanceAvis.objects.exists()


@DB
def test_a_notice_goes_at_its_term_and_its_line_stays(au_nom_de, horloge):
    ici = mairie()
    with au_nom_de(ici.agent):
        du = attendu(ici)
        avis.relancer_avis(avis=du.public_id)
        avis.recevoir_avis(avis=du.public_id, version=relire(du).version, recu_le=JOUR, reponse="poursuites")
        avis.retirer_avis(avis=du.public_id, version=relire(du).version, motif="saisie")
    horloge(INSTANT + timedelta(days=120))
    assert purger_actes(essai=True)["avisdu"] == 1
    assert purger_actes()["avisdu"] == 1
    with en_maintenance():
        assert not AvisDu.objects.exists()
        assert LigneDeRegistre.objects.get().issue == "retire"


def test_raw_sql_neither_reads_another_register_nor_moves_a_due_day(
    base_neuve, django_db_blocker, connexion_web
):
    with django_db_blocker.unblock():
        ici, ailleurs = mairie(), mairie(f.VOISINE)
        with contexte(ici.agent.pk):
            attendu(ici, cause_le=CAUSE)
    web: psycopg.Connection = connexion_web
    web.autocommit = True
    web.execute("SELECT set_config('maillage.acteur', %s, false)", [str(ailleurs.agent.pk)])
    assert web.execute("SELECT count(*) FROM maire_avisdu").fetchone() == (0,)
    assert web.execute("UPDATE maire_avisdu SET etat = 'retire'").rowcount == 0
    web.execute("SELECT set_config('maillage.acteur', %s, false)", [str(ici.agent.pk)])
    for ordre in (
        "UPDATE maire_avisdu SET echeance = echeance + 30",
        "UPDATE maire_avisdu SET reference = 'X'",
        "DELETE FROM maire_avisdu",
    ):
        with pytest.raises(errors.InsufficientPrivilege):
            web.execute(ordre.encode())
