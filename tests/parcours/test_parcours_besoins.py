"""Needs of care without an answer: counted without a name, undone by who counted, tied to nobody."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from tests.situations.fabriques import un_groupe, une_situation
from tests.situations.test_situations_conflits import champs

from maillage.parcours.services.besoins import annuler_besoin, noter_besoin
from maillage.pilotage.comptes import Fait, comptes_de
from maillage.socle.models import EntreeJournal, FaitStatistique
from maillage.socle.refus import Introuvable, Refus

pytestmark = pytest.mark.django_db


def test_rien_ne_relie_le_besoin_a_la_personne(au_nom_de, fabrique):
    groupe = un_groupe()
    situation = une_situation(groupe)
    with au_nom_de(groupe.membre):
        fil = noter_besoin(situation=situation.public_id, structure="cmp", raison="delai")
    with fabrique():
        fait = FaitStatistique.objects.get(evenement="besoin_sans_reponse")
        assert (fait.genre, fait.motif, fait.fil) == ("cmp", "delai", fil)
        assert fait.fil != situation.fil
        assert (fait.tranche_age, fait.sexe, fait.exposition) == ("", "", "")
        entree = EntreeJournal.objects.get(evenement="besoin_sans_reponse")
        assert str(situation.public_id) not in f"{entree.objet} {entree.details}"


def test_un_membre_d_un_autre_groupe_ne_compte_rien(au_nom_de, fabrique):
    situation, ailleurs = une_situation(un_groupe()), un_groupe()
    with au_nom_de(ailleurs.membre), pytest.raises(Introuvable):
        noter_besoin(situation=situation.public_id, structure="cmp", raison="delai")
    with fabrique():
        assert not FaitStatistique.objects.filter(evenement="besoin_sans_reponse").exists()


def test_hors_des_listes_rien_ne_se_compte(au_nom_de):
    groupe = un_groupe()
    situation = une_situation(groupe)
    with au_nom_de(groupe.membre), pytest.raises(Refus):
        noter_besoin(situation=situation.public_id, structure="cmp", raison="diagnostic")


def test_un_besoin_annule_ne_compte_plus_et_une_seule_fois(au_nom_de, fabrique):
    groupe = un_groupe()
    situation = une_situation(groupe)
    jour = situation.ouverte_le
    with au_nom_de(groupe.membre):
        fil = noter_besoin(situation=situation.public_id, structure="mda", raison="age")
        assert annuler_besoin(fil=fil, structure="mda", le=jour, aujourd_hui=jour)
        assert not annuler_besoin(fil=fil, structure="mda", le=jour, aujourd_hui=jour)
    with fabrique():
        nombres = FaitStatistique.objects.filter(evenement="besoin_sans_reponse").values_list(
            "nombre", flat=True
        )
        assert sum(nombres) == 0


def test_la_page_compte_puis_reprend_ce_que_la_meme_session_a_compte(fabrique):
    groupe = un_groupe()
    situation = une_situation(groupe)
    client, autre = Client(), Client()
    client.force_login(groupe.membre)
    autre.force_login(groupe.coordonnatrice)
    adresse = reverse("sortie:besoin", args=[situation.public_id])
    reprise = reverse("sortie:reprendre_besoin", args=[situation.public_id])
    client.post(adresse, champs(client.get(adresse)) | {"structure": "csapa", "raison": "distance"})
    assert "Ne plus compter le dernier" in re.sub(r"\s+", " ", client.get(adresse).content.decode())
    assert autre.post(reprise).status_code == 404
    assert client.post(reprise).status_code == 302
    assert client.post(reprise).status_code == 404
    with fabrique():
        nombres = FaitStatistique.objects.filter(evenement="besoin_sans_reponse").values_list(
            "nombre", flat=True
        )
        assert (len(nombres), sum(nombres)) == (2, 0)


def test_le_bilan_les_divise_par_structure_et_par_raison():
    faits = [
        Fait(1, "besoin_sans_reponse", 2026, 1, genre="cmp", motif="delai", nombre=7),
        Fait(1, "besoin_sans_reponse", 2026, 2, genre="cjc", motif="delai", nombre=8),
    ]
    valeurs = comptes_de(faits, 2026, {}).valeurs
    assert valeurs["besoins.total"] == valeurs["besoins.motif.delai"] == 15
    assert valeurs["besoins.genre.cmp"] == 7
