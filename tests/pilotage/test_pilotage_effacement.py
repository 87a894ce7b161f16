"""The report reads no file: it names nobody, and erasing every file changes nothing in it."""

import json
from datetime import UTC, date, datetime, time, timedelta

import pytest
from tests.instances.fabriques import conseil
from tests.situations.fabriques import decider, personne, signaler, un_groupe, une_situation

from maillage.instances.api import fuseau_du_conseil
from maillage.pilotage.bilan import en_json
from maillage.pilotage.calcul import bilan_de_conseil, publications_de
from maillage.pilotage.sorties import FORMATS
from maillage.situations.models import Situation
from maillage.situations.services.cloture import clore
from maillage.situations.services.conservation import purger
from maillage.socle.contexte import contexte, en_maintenance
from maillage.socle.models import FaitStatistique
from maillage.socle.temps import aujourd_hui

pytestmark = pytest.mark.django_db

CANARI, PRENOM = "Canarivolant", "Zéphyrin"


@pytest.fixture
def groupe_actif():
    """Seven follow-ups, four of them closed, three signalements not retained."""
    conseil()
    groupe = un_groupe()
    for rang in range(7):
        une_situation(groupe, personne(nom=f"{CANARI}{rang}", prenom=PRENOM))
    for rang in range(3):
        signalement = signaler(groupe, qui=personne(nom=f"{CANARI}x{rang}", prenom=PRENOM))
        decider(groupe, signalement, "non_retenu")
    with contexte(groupe.coordonnatrice.pk):
        for situation in list(Situation.objects.order_by("pk")[:4]):
            clore(
                situation=situation.public_id,
                issue="refus",
                version=situation.version,
                le=situation.ouverte_le,
            )
    return groupe


def octets(du_conseil, annee) -> bytes:
    """The report's JSON as it leaves, without the day it was computed."""
    contenu = json.loads(FORMATS["json"].ecrire(bilan_de_conseil(du_conseil, annee)))
    del contenu["calcule_le"]
    return json.dumps(contenu, ensure_ascii=False).encode()


def test_effacer_tous_les_dossiers_clos_ne_change_aucun_octet_du_bilan(groupe_actif, horloge):
    ici = groupe_actif.formation.conseil
    annee = aujourd_hui().year
    with en_maintenance():
        close = Situation.objects.filter(etat="close").order_by("expire_le").last()
    horloge(datetime.combine(close.expire_le + timedelta(days=1), time(12, tzinfo=UTC)))
    avant = {an: octets(ici, an) for an in (annee, aujourd_hui().year)}
    assert b"signalements_motif" in avant[annee]
    certificat = purger()
    assert len(certificat.situations) == 4
    assert len(certificat.signalements) == 3
    assert {an: octets(ici, an) for an in avant} == avant


#: Communes whose New Year comes before, with and after that of Paris.
COMMUNES = {"Saint-Denis (La Réunion)": "97411", "Toulouse": "31555", "Fort-de-France": "97209"}
NOUVEL_AN = datetime(2034, 12, 31, 12, tzinfo=UTC)
LECTURES = [NOUVEL_AN + timedelta(hours=heures) for heures in (-48, 9, 12, 18, 24 * 25, 24 * 400)]


@pytest.fixture(params=COMMUNES)
def groupe_au_tournant(request, au_nom_de):
    """Seven follow-ups, all open on their 25th birthday, in the last days of 2034 and the first of 2035."""
    conseil(COMMUNES[request.param])
    groupe = un_groupe()
    for jour in (date(2009, 12, 27), date(2009, 12, 29), date(2009, 12, 31)):
        for _ in range(2):
            une_situation(groupe, personne(naissance=jour))
    une_situation(groupe, personne(naissance=date(2010, 1, 3)))
    return groupe


def lus(ici) -> tuple[bytes, ...]:
    """Every report a reader could open that day, closed years first."""
    return tuple(octets(ici, annee) for annee in range(2033, aujourd_hui(fuseau_du_conseil(ici)).year + 1))


@pytest.mark.parametrize("purges", [(0,), (1, 3), (4,), tuple(range(len(LECTURES)))])
def test_aucun_jour_de_purge_ne_change_le_bilan_d_un_jour(groupe_au_tournant, horloge, purges):
    """A run, late or daily, changes no byte of any report, on the day itself or afterwards."""
    ici = groupe_au_tournant.formation.conseil
    attendus = []
    for instant in LECTURES:
        horloge(instant)
        attendus.append(lus(ici))
    for rang, instant in enumerate(LECTURES):
        horloge(instant)
        assert lus(ici) == attendus[rang]
        if rang in purges:
            purger()
            assert lus(ici) == attendus[rang]


def test_la_fin_par_l_age_compte_dans_l_annee_du_terme_des_qu_elle_est_finie(groupe_au_tournant, horloge):
    ici = groupe_au_tournant.formation.conseil
    horloge(datetime(2035, 2, 1, 12, tzinfo=UTC))
    for effacer in (False, True):
        if effacer:
            assert len(purger().situations) == 7
        publiee = publications_de([ici.pk], 2035)[ici.pk]
        assert publiee[2034].comptes.valeurs["clotures.issue.limite_age"] == 6
        assert publiee[2034].comptes.valeurs["en_cours.total"] == 1
        assert publiee[2035].comptes.valeurs["clotures.total"] == 0


def test_un_bilan_passe_ne_change_pas_parce_qu_un_suivi_de_l_annee_est_clos_plus_tot(
    groupe_au_tournant, horloge
):
    """Closed by the groupe before its term, a follow-up ends once: the planned end is not counted."""
    ici = groupe_au_tournant.formation.conseil
    annee = aujourd_hui().year
    with contexte(groupe_au_tournant.coordonnatrice.pk):
        for situation in list(Situation.objects.all()):
            clore(
                situation=situation.public_id,
                issue="refus",
                version=situation.version,
                le=situation.ouverte_le,
            )
    horloge(datetime(2036, 2, 1, 12, tzinfo=UTC))
    for _ in range(2):
        publiee = publications_de([ici.pk], 2035)[ici.pk]
        assert publiee[annee].comptes.valeurs["clotures.total"] == 7
        assert publiee[2034].comptes.valeurs["clotures.total"] == 0
        purger()
    with en_maintenance():
        assert not FaitStatistique.objects.filter(evenement="terme").exists()


def test_aucune_sortie_ne_porte_le_nom_d_une_personne_suivie(groupe_actif):
    calcule = bilan_de_conseil(groupe_actif.formation.conseil, aujourd_hui().year)
    assert CANARI not in json.dumps(en_json(calcule), ensure_ascii=False)
    for format_ in FORMATS.values():
        contenu = format_.ecrire(calcule)
        assert CANARI.encode() not in contenu
        assert PRENOM.encode() not in contenu
    assert CANARI not in repr(calcule)
    assert PRENOM not in repr(calcule)
