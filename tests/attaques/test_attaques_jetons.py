"""One-use tokens, in any order, by anybody: never a second act, never the token of another."""

from uuid import uuid4

import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.attaques.decor import navigateur
from tests.situations.fabriques import un_groupe, une_situation

from maillage.situations.models import Contact

pytestmark = pytest.mark.django_db

ENVOIS = st.lists(
    st.tuples(st.sampled_from(["elle", "lui"]), st.integers(0, 2), st.booleans()), min_size=1, max_size=6
)


def test_un_jeton_sert_une_fois_a_qui_l_a_envoye_et_un_refus_ne_l_use_pas(fabrique):
    groupe = un_groupe()
    situation = une_situation(groupe)
    adresse = reverse("situations:contact", args=[situation.public_id])
    juste = {
        "moyen": "entretien",
        "avec": "personne",
        "suite": "aucune",
        "duree_min": "30",
        "le": situation.ouverte_le.isoformat(),
    }
    clients = {"elle": navigateur(groupe.coordonnatrice), "lui": navigateur(groupe.membre)}

    @settings(max_examples=15, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(ENVOIS)
    def essayer(envois: list[tuple[str, int, bool]]) -> None:
        jetons = [str(uuid4()) for _ in range(3)]
        uses: set[tuple[str, int]] = set()
        with transaction.atomic():
            for qui, rang, valable in envois:
                champs = {**juste, "jeton": jetons[rang]} | ({} if valable else {"moyen": "pigeon"})
                statut = clients[qui].post(adresse, champs).status_code
                if (qui, rang) in uses:
                    assert statut == 302  # led to the first result, whatever is sent again
                else:
                    assert statut == (302 if valable else 422)
                    uses |= {(qui, rang)} if valable else set()
                with fabrique():
                    assert Contact.objects.filter(situation=situation).count() == len(uses)
            transaction.set_rollback(True)

    essayer()
