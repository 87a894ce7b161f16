"""The next date of a file is computed twice: to sort and filter, and to show. Both always say the same."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.situations.fabriques import Groupe, un_groupe, une_situation

from maillage.situations import selectors
from maillage.situations.lignes import lire
from maillage.situations.models import Objectif, Situation
from maillage.situations.states import EtatObjectif
from maillage.socle.contexte import contexte, en_maintenance

pytestmark = pytest.mark.django_db

DEPART = date(2026, 1, 1)
JOURS = st.integers(0, 400).map(lambda ecart: DEPART + timedelta(days=ecart))
OBJECTIFS = st.lists(st.tuples(JOURS, st.sampled_from(list(EtatObjectif))), max_size=4)
DOSSIERS = st.lists(st.tuples(JOURS, OBJECTIFS), min_size=3, max_size=3)


@pytest.fixture
def suivies() -> tuple[Groupe, list[Situation]]:
    """Three files of one groupe, and one of another that holds an earlier objective."""
    ici, ailleurs = un_groupe(), un_groupe()
    _objectifs(ailleurs, une_situation(ailleurs), [(DEPART, EtatObjectif.EN_COURS)])
    return ici, [une_situation(ici) for _ in range(3)]


def _objectifs(de: Groupe, situation: Situation, objectifs: list[tuple[date, EtatObjectif]]) -> None:
    with en_maintenance():
        Objectif.objects.bulk_create(
            Objectif(
                cercle_id=de.cle,
                situation=situation,
                domaine="emploi",
                pose_le=DEPART,
                echeance=echeance,
                etat=etat.value,
                etat_le=DEPART,
            )
            for echeance, etat in objectifs
        )


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(dossiers=DOSSIERS)
def test_la_date_qui_trie_est_celle_qui_se_lit(suivies, dossiers):
    ici, situations = suivies
    with transaction.atomic():
        for situation, (revue, objectifs) in zip(situations, dossiers, strict=True):
            with en_maintenance():
                Situation.objects.filter(pk=situation.pk).update(revue_le=revue)
            _objectifs(ici, situation, objectifs)
        with contexte(ici.membre.pk):
            triees = dict(
                selectors.visibles(Situation)
                .annotate(jour=selectors._prochaine_date())
                .values_list("public_id", "jour")
            )
            lues = {ligne.public_id: ligne.prochaine for ligne in lire([s.pk for s in situations])}
        assert triees == lues
        for situation, (revue, objectifs) in zip(situations, dossiers, strict=True):
            vivants = [
                le for le, etat in objectifs if etat in {EtatObjectif.A_DEMARRER, EtatObjectif.EN_COURS}
            ]
            assert lues[situation.public_id] == min([revue, *vivants])
        transaction.set_rollback(True)
