"""The day page and the counters of the menu keep the day of the council's territory."""

from datetime import date, datetime, time, timedelta
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from tests.acteurs.fabriques import creer_compte
from tests.instances.fabriques import charte, conseil, exercer, formation, groupe, membre
from tests.situations.fabriques import une_situation
from tests.situations.test_situations_outre_mer import TERRITOIRES, un_groupe_de

from maillage.instances.api import fuseau_de_l_acteur, plenieres_dues
from maillage.instances.models import Texte
from maillage.instances.models.seance import Seance
from maillage.interface.typographie import date_longue
from maillage.projet.contexte_pages import compteurs
from maillage.situations.models import Situation
from maillage.socle.contexte import contexte, en_maintenance

pytestmark = pytest.mark.django_db
#: Hours at which Paris is already, or still, on another day than one of the territories.
HEURES = (time(0, 5), time(7, 0), time(22, 30), time(23, 55))
JOUR = date(2026, 6, 11)


def journee(compte) -> str:
    navigateur = Client()
    navigateur.force_login(compte)
    return unescape(navigateur.get("/journee/").content.decode())


def departement_de(commune: str) -> str:
    return commune[:3] if commune > "96" else commune[:2]


@pytest.mark.parametrize("heure", HEURES)
@pytest.mark.parametrize("commune", TERRITOIRES)
def test_la_journee_est_datee_comme_sur_place(horloge, commune, heure):
    lieu = ZoneInfo(TERRITOIRES[commune])
    horloge(datetime.combine(JOUR, heure, lieu))
    attendu = date_longue(JOUR, annee=False, jour_semaine=True).capitalize()
    ici = un_groupe_de(commune)
    assert attendu in journee(ici.coordonnatrice)
    assert attendu in journee(exercer(creer_compte(), "prefecture", departement_de(commune), "departement"))
    assert attendu in journee(exercer(creer_compte(), "maire", commune))


@pytest.mark.parametrize("heure", HEURES)
@pytest.mark.parametrize("commune", TERRITOIRES)
def test_un_mandat_finit_le_jour_du_territoire(horloge, commune, heure):
    lieu = ZoneInfo(TERRITOIRES[commune])
    horloge(datetime.combine(JOUR, time(12), lieu))
    ici = un_groupe_de(commune)
    membre(ici.formation, fin=datetime.combine(JOUR + timedelta(days=5), heure, lieu))
    assert "Mardi 16\u00a0juin" in journee(ici.coordonnatrice)


@pytest.mark.parametrize("heure", HEURES)
@pytest.mark.parametrize("commune", TERRITOIRES)
def test_un_texte_est_propose_le_jour_du_territoire(horloge, commune, heure):
    lieu = ZoneInfo(TERRITOIRES[commune])
    horloge(datetime.combine(JOUR + timedelta(days=2), time(12), lieu))
    ici = conseil(commune=commune, departement_code=departement_de(commune))
    charte(groupe(ici, avec_charte=False), etat="propose", genre="reglement")
    with en_maintenance():
        Texte.objects.update(propose_le=datetime.combine(JOUR, heure, lieu))
    assert f"Proposé le {date_longue(JOUR)}" in journee(exercer(creer_compte(), "maire", commune))


@pytest.mark.parametrize("commune", TERRITOIRES)
def test_une_pleniere_du_31_decembre_au_soir_compte_pour_son_annee(horloge, commune):
    lieu = ZoneInfo(TERRITOIRES[commune])
    horloge(datetime(2026, 12, 31, 23, tzinfo=lieu))
    ici = conseil(commune=commune, departement_code=departement_de(commune))
    maire = exercer(creer_compte(), "maire", commune)
    with en_maintenance():
        Seance.objects.create(
            formation=formation(ici),
            numero=1,
            modele="pleniere",
            commence_le=datetime(2026, 12, 31, 20, tzinfo=lieu),
            lieu="Mairie",
            etat="close",
            preparee_par=maire,
        )
    with contexte(maire.pk):
        assert plenieres_dues(2026, tenus=True) == []
        assert [due.nom for due in plenieres_dues(2027, tenus=True)] == [ici.nom]


@pytest.mark.parametrize("commune", TERRITOIRES)
def test_une_revue_se_compte_des_minuit_sur_place_et_pas_avant(horloge, commune):
    lieu = ZoneInfo(TERRITOIRES[commune])
    horloge(datetime.combine(JOUR, time(12), lieu))
    ici = un_groupe_de(commune)
    une_situation(ici)
    with en_maintenance():
        Situation.objects.update(revue_le=JOUR + timedelta(days=1))
    for heure, attendu in ((time(23, 55), 0), (time(0, 5), 1)):
        jour = JOUR + timedelta(days=attendu)
        horloge(datetime.combine(jour, heure, lieu))
        with contexte(ici.coordonnatrice.pk):
            assert compteurs()["a_revoir"] == (attendu, False)


def test_qui_travaille_sous_plusieurs_horloges_lit_celle_de_paris():
    compte = exercer(creer_compte(), "maire", "98818")
    exercer(compte, "maire", "97411")
    with contexte(compte.pk):
        assert fuseau_de_l_acteur() == ZoneInfo("Europe/Paris")
