"""Ten simulated years of retention: files end, past reports never change, a second run finds nothing."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from tests.instances.fabriques import conseil
from tests.situations.fabriques import personne, un_groupe, une_situation

from maillage.droits.services.conservation import purger_demandes
from maillage.pilotage.calcul import bilan_de_conseil
from maillage.pilotage.sorties import FORMATS
from maillage.situations.models import Identite, Signalement, Situation
from maillage.situations.services.cloture import clore
from maillage.situations.services.conservation import purger
from maillage.socle.contexte import contexte, en_maintenance
from maillage.socle.models import EntreeJournal, FaitStatistique

pytestmark = pytest.mark.django_db

DEBUT = datetime(2026, 1, 7, 9, tzinfo=UTC)
ANS = 10
#: Follow-ups opened each year, and days between two looks at the base; the run itself is daily around a term.
PAR_AN, PAS = 2, timedelta(days=30)


def octets(ou, annee: int) -> bytes:
    contenu = json.loads(FORMATS["json"].ecrire(bilan_de_conseil(ou, annee)))
    del contenu["calcule_le"]
    return json.dumps(contenu, ensure_ascii=False, sort_keys=True).encode()


def echus(jour: date) -> int:
    with en_maintenance():
        return (
            Situation.objects.filter(expire_le__lte=jour).count()
            + Signalement.objects.filter(expire_le__lte=jour, situations__isnull=True).count()
        )


def test_dix_ans_de_purge_ne_laissent_rien_d_echu_et_ne_changent_aucune_annee_passee(horloge):
    horloge(DEBUT)
    conseil()
    groupe = un_groupe()
    ici = groupe.formation.conseil
    instant, fixes, effacees = DEBUT, {}, 0
    for annee in range(DEBUT.year, DEBUT.year + ANS):
        horloge(instant)
        for rang in range(PAR_AN):
            une_situation(groupe, personne(naissance=date(annee - 15, 3, 1 + rang)))
        with contexte(groupe.coordonnatrice.pk):
            ouverte = Situation.objects.filter(etat="ouverte").order_by("pk").first()
            clore(situation=ouverte.public_id, version=ouverte.version, issue="refus", le=instant.date())
        while instant.year == annee:
            instant += PAS
            horloge(instant)
            effacees += len(purger().situations)
            purger_demandes()
            assert echus(instant.date()) == 0
        horloge(instant)
        # Year ``annee`` is over: its report is fixed, whatever is erased later.
        fixes[annee] = octets(ici, annee)
        assert purger().vide
        assert not +purger_demandes()
        assert {passee: octets(ici, passee) for passee in fixes} == fixes
    # The last ones end on their 25th birthday, ten years after the last opening.
    horloge(datetime(DEBUT.year + 2 * ANS + 1, 6, 1, tzinfo=UTC))
    effacees += len(purger().situations)
    assert effacees == ANS * PAR_AN
    with en_maintenance():
        for modele in (Situation, Signalement, Identite):
            assert not modele.objects.filter(cercle=groupe.cle).exists(), modele
        assert FaitStatistique.objects.filter(evenement="ouverture").count() == ANS * PAR_AN
        certifiees = EntreeJournal.objects.filter(evenement="destruction", cercle=groupe.cle)
        assert sum(len(e.details["situations"]) for e in certifiees) == effacees
    assert {passee: octets(ici, passee) for passee in fixes} == fixes
