"""What the paths make due on the référent's day, and to nobody else; what is proposed ahead of a birthday."""

from datetime import date, timedelta

import pytest
from tests.parcours.decor_orientations import (
    Decor,
    accepter,
    commencee,
    proposer,
    renaitre,
    transmettre,
    un_decor,
    une_participation,
)
from tests.situations.fabriques import un_groupe

from maillage.droit.api import Force, Motif, Verdict, echeance_mois, entier
from maillage.parcours.models import Orientation, Participation
from maillage.parcours.rules.orientation import juger_d_emblee, rappel_le
from maillage.parcours.services import participations, suspensions
from maillage.situations import echeances
from maillage.socle.contexte import contexte, en_maintenance
from maillage.socle.refus import Refus
from maillage.socle.temps import aujourd_hui

DB = pytest.mark.django_db
JOUR = date(2026, 3, 2)


def dues(de: Decor, genre: str, dans: int, par: object = None) -> list[echeances.Echeance]:
    jour = aujourd_hui()
    with contexte((par or de.referent).pk):
        toutes = echeances.echeances(jour=jour, horizon=jour + timedelta(days=dans), depuis=jour)
    return [due for due in toutes if due.genre == genre]


def reculer(modele: type, **valeurs: object) -> None:
    with en_maintenance():
        modele.objects.update(**valeurs)


@DB
def test_an_answer_is_asked_for_two_weeks_after_the_proposal_by_the_referent_alone():
    de, ailleurs = un_decor(groupe=un_groupe()), un_decor(groupe=un_groupe())
    orientation = proposer(de)
    assert dues(de, "parcours_reponse", 13) == []
    [due] = dues(de, "parcours_reponse", 14)
    assert (due.objet, due.le) == (orientation.public_id, aujourd_hui() + timedelta(days=14))
    for autre in (de.groupe.coordonnatrice, ailleurs.referent, de.prestataire):
        assert dues(de, "parcours_reponse", 60, par=autre) == []
    accepter(de, orientation)
    assert dues(de, "parcours_reponse", 60) == []


@DB
def test_a_reception_is_recalled_before_it_is_late_then_said_late():
    de = un_decor(groupe=un_groupe())
    lue = une_participation(de)
    rappel = rappel_le(lue.accuse_avant)
    attente = (rappel - aujourd_hui()).days
    assert dues(de, "parcours_accuse", attente - 1) == []
    [due] = dues(de, "parcours_accuse", attente)
    assert (due.le, due.detail) == (rappel, lue.accuse_avant.isoformat())
    reculer(Participation, accuse_avant=aujourd_hui() - timedelta(days=1))
    [due] = dues(de, "parcours_accuse", 0)
    assert (due.le, due.detail) == (aujourd_hui() - timedelta(days=1), "retard")


@DB
def test_nobody_is_reminded_of_a_reception_that_must_not_lead_to_a_beginning():
    de = un_decor(groupe=un_groupe())
    lue = une_participation(de)
    with contexte(de.referent.pk):
        suspensions.retirer_l_accord(participation=lue.public_id, version=1, le=aujourd_hui())
    assert dues(de, "parcours_accuse", 60) == []


@DB
def test_what_follows_is_decided_once_the_participation_is_over():
    de = un_decor(groupe=un_groupe())
    lue = commencee(de)
    assert dues(de, "parcours_suite", 60) == []
    with contexte(de.prestataire.pk):
        participations.terminer(
            participation=lue.public_id, version=lue.version, resultat="cdd", le=aujourd_hui()
        )
    [due] = dues(de, "parcours_suite", 0)
    assert due.le == aujourd_hui()


@DB
def test_the_end_of_a_community_work_is_prepared_before_its_last_day_and_no_more_once_it_is():
    de = un_decor("tig", groupe=un_groupe(), genre="commune")
    lue = commencee(de, fin=aujourd_hui() + timedelta(days=60))
    avant = entier("parcours.bilan_mesure_jours", aujourd_hui())
    assert dues(de, "parcours_fin_mesure", 59 - avant) == []
    [due] = dues(de, "parcours_fin_mesure", 60 - avant)
    assert due.le == aujourd_hui() + timedelta(days=60 - avant)
    with contexte(de.referent.pk):
        participations.noter_bilan(
            participation=lue.public_id,
            version=lue.version,
            evaluation_le=None,
            reunion_le=aujourd_hui() + timedelta(days=50),
            apres="",
        )
    assert dues(de, "parcours_fin_mesure", 60) == []


# --- Ahead of a birthday ---------------------------------------------------------------------------

LOI = Motif("age_min", "Trop jeune.", "Un code", Force.LOI)
USAGE = Motif("age_min", "Trop jeune.", "Un usage", Force.USAGE)


@pytest.mark.parametrize(
    ("motif", "dans", "ok"),
    [
        (LOI, None, False),
        (LOI, 1, True),
        (LOI, (echeance_mois(JOUR, 6) - JOUR).days, True),
        (LOI, (echeance_mois(JOUR, 6) - JOUR).days + 1, False),
        (USAGE, None, True),
    ],
)
def test_what_the_law_closes_is_proposed_ahead_only_where_its_first_day_is_near(motif, dans, ok):
    ouvre = None if dans is None else JOUR + timedelta(days=dans)
    verdict = juger_d_emblee(Verdict.refus([motif]), le=JOUR, ouvre_le=ouvre)
    assert verdict.ok is ok
    if ok and motif is LOI:
        assert verdict.echeances["ouvre_le"] == ouvre


def ne_il_y_a(ans: int, *, dans: int) -> date:
    """A birth date whose ``ans``-th birthday comes in that many days."""
    fete = aujourd_hui() + timedelta(days=dans)
    return fete.replace(year=fete.year - ans, day=min(fete.day, 28))


@DB
def test_a_person_almost_of_age_is_proposed_ahead_and_handed_over_for_a_day_after_the_birthday(client):
    de = un_decor("parrainage", groupe=un_groupe())
    naissance = ne_il_y_a(16, dans=60)
    renaitre(de, naissance)
    orientation = accepter(de, proposer(de, "parrainage"))
    premier = naissance.replace(year=naissance.year + 16)
    client.force_login(de.referent)
    page = client.get(f"/orientations/{orientation.public_id}/").content.decode()
    assert "Ouvert à partir du" in page
    transmission = client.get(f"/orientations/{orientation.public_id}/transmettre/").content.decode()
    assert f'value="{premier.isoformat()}"' in transmission
    with pytest.raises(Refus) as refus:
        transmettre(de, orientation, debut=premier - timedelta(days=1), fin=None)
    assert refus.value.verdict.codes == ("age_min",)
    assert transmettre(de, orientation, debut=premier, fin=None).debut_prevu == premier


@DB
def test_a_person_far_too_young_for_the_law_is_proposed_nothing():
    de = un_decor("pmsmp", age=12, groupe=un_groupe())
    with pytest.raises(Refus):
        proposer(de, "tig")
    with en_maintenance():
        assert not Orientation.objects.exists()
