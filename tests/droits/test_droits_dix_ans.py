"""Ten simulated years of retention: each person goes on the day they are due, past reports never change.

The whole run passes on each day something is due in any room, on its eve, and on quiet days drawn by lot. A
run on each of the 3 650 days would take minutes and tell no more: what a run erases depends on the day by one
comparison only, which the second test asks of every single day of the ten years, and of every row.
"""

import json
import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.apps import apps
from tests.droits.fabriques_droits import recue, un_registre
from tests.situations.fabriques import decider, personne, signaler, une_situation

from maillage.droits.models import DemandeDeDroit, Question
from maillage.pilotage.calcul import bilan_de_conseil
from maillage.pilotage.sorties import FORMATS
from maillage.projet import purge
from maillage.situations.models import Identite, Signalement, Situation
from maillage.situations.services.cloture import clore
from maillage.situations.services.conservation import purger
from maillage.socle.contexte import contexte, en_maintenance
from maillage.socle.fins import fins
from maillage.socle.models import EntreeJournal, FaitStatistique

pytestmark = pytest.mark.django_db

DEBUT = datetime(2026, 1, 7, 9, tzinfo=UTC)
ANS, PAR_AN = 10, 2
FIN = DEBUT + timedelta(days=366 * (2 * ANS + 1))
#: Days without anything due on which the run passes all the same, each year.
CALMES = 6


def octets(ou, annee: int) -> bytes:
    contenu = json.loads(FORMATS["json"].ecrire(bilan_de_conseil(ou, annee)))
    del contenu["calcule_le"]
    return json.dumps(contenu, ensure_ascii=False, sort_keys=True).encode()


def racines() -> Iterator[tuple[object, str]]:
    """Every table whose rows end on a day of their own, in every room."""
    for table, fin in sorted(fins().items()):
        if fin.champ and table != "acteurs.SaisieGardee":
            yield apps.get_model(table)._default_manager, fin.champ


def restants() -> dict[str, set[int]]:
    """Rows by table; a signalement that became a situation ends with it."""
    with en_maintenance():
        suivis = set(Situation.objects.values_list("signalement", flat=True))
        return {
            lignes.model._meta.label: {
                pk
                for pk in lignes.values_list("pk", flat=True)
                if not (lignes.model is Signalement and pk in suivis)
            }
            for lignes, _ in racines()
        }


def dus(jour: date) -> dict[str, set[int]]:
    """Those of them due that day or before."""
    tous = restants()
    with en_maintenance():
        return {
            lignes.model._meta.label: tous[lignes.model._meta.label]
            & set(lignes.filter(**{f"{champ}__lte": jour}).values_list("pk", flat=True))
            for lignes, champ in racines()
        }


def prochain_terme(apres: date) -> date | None:
    tous = restants()
    with en_maintenance():
        jours = [
            jour
            for lignes, champ in racines()
            for jour in lignes.filter(
                **{f"{champ}__gt": apres, "pk__in": tous[lignes.model._meta.label]}
            ).values_list(champ, flat=True)
        ]
    return min(jours, default=None)


def a_midi(jour: date) -> datetime:
    return datetime.combine(jour, time(12, tzinfo=UTC))


def une_annee_de_travail(registre, annee: int, jour: date) -> None:
    """Two follow-ups, one of which is closed, a signalement that is not retained, a request."""
    groupe = registre.groupe
    for rang in range(PAR_AN):
        une_situation(groupe, personne(naissance=date(annee - 15, 3, 1 + rang)))
    decider(groupe, signaler(groupe, qui=personne(naissance=date(annee - 14, 6, 2))), "non_retenu")
    recue(registre, recue_le=jour)
    with contexte(groupe.coordonnatrice.pk):
        ouverte = Situation.objects.filter(etat="ouverte").order_by("pk").first()
        clore(situation=ouverte.public_id, version=ouverte.version, issue="refus", le=jour)


def test_dix_ans_de_purge_effacent_chacun_le_jour_dit_et_ne_changent_aucune_annee_passee(horloge):
    hasard = random.Random(41)
    horloge(DEBUT)
    registre = un_registre()
    groupe, ici = registre.groupe, registre.groupe.formation.conseil
    fixes: dict[int, bytes] = {}
    jour, annee, passages = DEBUT.date(), DEBUT.year - 1, 0
    calmes = sorted({DEBUT.date() + timedelta(days=hasard.randrange(365 * ANS)) for _ in range(CALMES * ANS)})
    rentrees = [date(an, 1, 7) for an in range(DEBUT.year, DEBUT.year + ANS)]
    while jour < FIN.date():
        horloge(a_midi(jour))
        if jour in rentrees:
            annee = jour.year
            une_annee_de_travail(registre, annee, jour)
        avant, echus = restants(), dus(jour)
        certificat = purge.passer()
        passages += 1
        apres = restants()
        # What is due has gone, and nothing else.
        assert apres == {table: avant[table] - echus[table] for table in avant}, jour
        assert bool(certificat.situations) == bool(echus["situations.Situation"])
        if any(echus.values()):
            assert purge.passer().vide
            assert restants() == apres
            assert {passee: octets(ici, passee) for passee in fixes} == fixes
        suivants = [jour for jour in (*calmes, *rentrees) if jour > certificat.le]
        terme = prochain_terme(certificat.le)
        if terme is not None:
            suivants += [terme, *([terme - timedelta(days=1)] if terme - timedelta(days=1) > jour else [])]
        jour = min(suivants, default=FIN.date())
        if jour.year > certificat.le.year and certificat.le.year <= annee:
            horloge(a_midi(date(certificat.le.year + 1, 1, 2)))
            fixes[certificat.le.year] = octets(ici, certificat.le.year)
    assert len(fixes) == ANS
    assert passages > ANS * (2 * PAR_AN + CALMES) / 2
    with en_maintenance():
        for modele in (Situation, Signalement, Identite, DemandeDeDroit, Question):
            assert not modele.objects.filter(cercle__in=[groupe.cle, registre.formation.cercle_id]).exists()
        assert FaitStatistique.objects.filter(evenement="ouverture").count() == ANS * PAR_AN
        certifiees = EntreeJournal.objects.filter(evenement="destruction", cercle=groupe.cle)
        cles = [cle for entree in certifiees for cle in entree.details["situations"]]
    # The journal keeps twelve months: the last certificates are there, each file once.
    assert len(cles) == len(set(cles))


def test_ce_qu_une_purge_efface_ne_depend_du_jour_que_par_le_terme_et_cela_chaque_jour_de_dix_ans(horloge):
    horloge(DEBUT)
    groupe = un_registre().groupe
    hasard = random.Random(7)
    for rang in range(8):
        ne = DEBUT.date() - timedelta(days=365 * 25 - hasard.randrange(365 * ANS))
        une_situation(groupe, personne(naissance=ne, nom=f"Aldebert{rang}"))
        signaler(groupe)
    with en_maintenance():
        situations = dict(Situation.objects.values_list("public_id", "expire_le"))
        recus = dict(
            Signalement.objects.filter(situations__isnull=True).values_list("public_id", "expire_le")
        )
    termes = sorted({*situations.values(), *recus.values()})
    vus = set()
    for rang in range(365 * ANS):
        jour = DEBUT.date() + timedelta(days=rang)
        compte = purger(jour, essai=True)
        assert set(compte.situations) == {str(cle) for cle, terme in situations.items() if terme <= jour}
        assert set(compte.signalements) == {str(cle) for cle, terme in recus.items() if terme <= jour}
        vus.add((len(compte.situations), len(compte.signalements)))
    # It changed on the days of the terms, and on no other.
    assert len(vus) == 1 + len(
        [terme for terme in termes if terme < DEBUT.date() + timedelta(days=365 * ANS)]
    )
