"""What the explainable view knows of a person: their own past work experiences, and no one else's."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.acteurs.fabriques import creer_organisme
from tests.parcours.decor_orientations import (
    Decor,
    accepter,
    commencee,
    proposer,
    transmettre,
    un_decor,
    une_offre,
    une_participation,
)
from tests.parcours.plans import une_sortie
from tests.situations.fabriques import un_groupe, une_situation

from maillage.acteurs.models import Organisme
from maillage.parcours.models import Participation, Place
from maillage.parcours.rules.pmsmp import Objet
from maillage.parcours.selectors.profil import FIN_DE_MESURE, pmsmp_passees, profil_de
from maillage.parcours.services import participations
from maillage.situations.api import lire_identite
from maillage.situations.models import Situation
from maillage.socle.contexte import contexte, en_maintenance
from maillage.socle.temps import aujourd_hui

pytestmark = pytest.mark.django_db


def faire(decor: Decor, objet: Objet) -> Participation:
    """One work experience, begun and ended today."""
    lue = transmettre(decor, accepter(decor, proposer(decor)), objet=objet.value)
    with contexte(decor.prestataire.pk):
        participations.accuser_reception(participation=lue.public_id, version=1, le=lue.transmise_le)
        participations.commencer(participation=lue.public_id, version=2, le=lue.transmise_le)
    with contexte(decor.referent.pk):
        participations.terminer(
            participation=lue.public_id, version=3, resultat="projet_confirme", le=lue.transmise_le
        )
    return lue


def passees(decor: Decor, par: object, situation: Situation | None = None) -> list[tuple[str, str]]:
    with contexte(par.pk):
        lues = pmsmp_passees(situation or decor.situation)
    return [(lue.structure_accueil, lue.objet.value) for lue in lues]


def page(client: Client, decor: Decor, suite: str = "") -> str:
    client.force_login(decor.groupe.coordonnatrice)
    reponse = client.get(f"/situations/{decor.situation.public_id}/dispositifs/{suite}")
    assert reponse.status_code == 200
    return reponse.content.decode().replace("\u00a0", " ")


def test_le_profil_connait_les_pmsmp_commencees_de_la_personne_et_d_elle_seule():
    decor = un_decor()
    faire(decor, Objet.DECOUVERTE)
    une_autre = une_situation(decor.groupe)
    accueil = str(decor.organisme.pk)
    assert passees(decor, decor.referent) == [(accueil, "decouverte")]
    assert passees(decor, decor.referent, une_autre) == []


def test_une_pmsmp_transmise_et_pas_commencee_ne_compte_pas():
    decor = un_decor()
    une_participation(decor)
    assert passees(decor, decor.referent) == []


def test_une_pmsmp_en_cours_compte_jusqu_a_sa_fin_prevue():
    decor = un_decor()
    commencee(decor)
    with contexte(decor.referent.pk):
        (lue,) = pmsmp_passees(decor.situation)
    assert lue.jours == (aujourd_hui(), aujourd_hui() + timedelta(days=13))


def test_un_autre_groupe_n_apprend_rien_de_ce_que_la_personne_a_fait():
    decor, ailleurs = un_decor(), un_decor(groupe=un_groupe())
    faire(decor, Objet.DECOUVERTE)
    faire(ailleurs, Objet.DECOUVERTE)
    assert passees(decor, ailleurs.referent) == []
    assert len(passees(ailleurs, ailleurs.referent)) == 1


def test_la_vue_refuse_le_lieu_ou_elle_en_a_trop_fait_et_garde_les_autres(client):
    decor = un_decor()
    une_offre(decor.groupe, _voisin(), intitule="Autre atelier")
    assert "conventions chez cet accueil" not in page(client, decor, "pmsmp/")
    faire(decor, Objet.DECOUVERTE)
    faire(decor, Objet.CONFIRMATION)
    lue = page(client, decor, "pmsmp/")
    assert "3 conventions chez cet accueil sur douze mois" in lue
    assert lue.index("Autre atelier") < lue.index("Poste d’accueil")


def _voisin() -> Organisme:
    return creer_organisme("Atelier voisin", "entreprise")


def test_la_vue_coute_autant_de_requetes_pour_une_pmsmp_que_pour_plusieurs(client):
    decor = un_decor()
    faire(decor, Objet.DECOUVERTE)
    page(client, decor)
    with CaptureQueriesContext(connection) as une:
        page(client, decor)
    faire(decor, Objet.CONFIRMATION)
    with en_maintenance():
        assert Place.objects.count() == 2
    with CaptureQueriesContext(connection) as plusieurs:
        page(client, decor)
    assert len(plusieurs) == len(une)


def test_un_plan_de_sortie_dit_que_la_fin_de_la_mesure_est_datee():
    sortie = une_sortie()
    autre = une_situation(sortie.groupe)
    with contexte(sortie.groupe.coordonnatrice.pk):
        connus = [
            profil_de(lue, lire_identite(lue.identite_id), sortie.groupe.formation.conseil).faits
            for lue in (sortie.situation, autre)
        ]
    assert connus == [{FIN_DE_MESURE}, frozenset()]
