"""What the law asks of a commune, worded with its reasons, its articles and how sure we are of them."""

from datetime import date

import pytest

from maillage.territoires import conseils, obligations
from maillage.territoires.conseils import ConseilCouvrant
from maillage.territoires.obligations import COUVERT, FACULTATIF, INCONNU, OBLIGATOIRE, Faits


def etats(faits, le):
    return tuple(obligation.etat for obligation in obligations.juger(faits, le))


@pytest.mark.parametrize(
    ("faits", "le", "attendus"),
    [
        (Faits(40_882, qpv=True), date(2026, 11, 24), (OBLIGATOIRE, OBLIGATOIRE)),
        (Faits(5_001, qpv=False), date(2021, 5, 26), (FACULTATIF, FACULTATIF)),
        (Faits(5_001, qpv=False), date(2021, 5, 27), (OBLIGATOIRE, FACULTATIF)),
        (Faits(5_000, qpv=False), date(2026, 1, 1), (FACULTATIF, FACULTATIF)),
        (Faits(15_000, qpv=False), date(2026, 1, 1), (OBLIGATOIRE, FACULTATIF)),
        (Faits(15_001, qpv=False), date(2021, 5, 26), (OBLIGATOIRE, FACULTATIF)),
        (Faits(15_001, qpv=False), date(2021, 5, 27), (OBLIGATOIRE, OBLIGATOIRE)),
        (Faits(100, qpv=True), date(2026, 1, 1), (OBLIGATOIRE, FACULTATIF)),
        (Faits(40_882, qpv=True, cispd=True), date(2026, 1, 1), (COUVERT, OBLIGATOIRE)),
        (Faits(40_882, qpv=True), date(2000, 1, 1), (FACULTATIF, FACULTATIF)),
        (Faits(None, qpv=False), date(2026, 1, 1), (INCONNU, INCONNU)),
        (Faits(None, qpv=True), date(2026, 1, 1), (OBLIGATOIRE, INCONNU)),
    ],
)
def test_a_commune_is_judged_by_the_law_of_the_day(faits, le, attendus):
    assert etats(faits, le) == attendus


def test_each_answer_gives_a_reason_an_article_a_day_and_its_verification():
    conseil, coordonnateur = obligations.juger(Faits(40_882, qpv=True), date(2026, 11, 24))
    assert [raison.code for raison in conseil.raisons] == ["seuil_population", "quartier_prioritaire"]
    for raison in (*conseil.raisons, *coordonnateur.raisons):
        assert raison.texte
        assert "132-4" in raison.base_legale
        assert raison.depuis
        assert raison.verification
        assert raison.force == "loi"
    assert conseil.raisons[0].verification == "lu dans le texte, jour d’effet à vérifier"


def test_an_unpublished_population_is_said_not_guessed():
    conseil, _ = obligations.juger(Faits(None, qpv=False), date(2026, 1, 1))
    assert conseil.raisons[0].texte == obligations.POPULATION_ABSENTE


def test_the_history_of_the_law_goes_from_the_latest_change_to_the_first():
    jalons = obligations.jalons(Faits(40_882, qpv=True), date(2026, 1, 1))
    jours = [jalon.le for jalon in jalons]
    assert jours == sorted(jours, reverse=True)
    assert date(2021, 5, 27) in jours
    assert date(2007, 3, 7) in jours
    assert obligations.jalons(Faits(40_882, qpv=True), date(2000, 1, 1)) == ()


def test_a_room_above_declares_once_who_knows_the_councils(monkeypatch):
    monkeypatch.setattr(conseils, "_sources", [])
    conseil = ConseilCouvrant("CISPD des Trois-Rives", "CISPD", True, 3)

    def source(commune, le):
        return (conseil,) if commune == "31149" else ()

    conseils.declarer_source(source)
    conseils.declarer_source(source)
    assert conseils.couvrant("31149", date(2026, 1, 1)) == (conseil,)
    assert conseils.couvrant("31555", date(2026, 1, 1)) == ()
