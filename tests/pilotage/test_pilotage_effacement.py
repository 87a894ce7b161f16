"""The report reads no file: it names nobody, and erasing every file changes nothing in it."""

import json
from datetime import timedelta

import pytest
from tests.instances.fabriques import conseil
from tests.situations.fabriques import decider, personne, signaler, un_groupe, une_situation

from maillage.pilotage.bilan import en_json
from maillage.pilotage.calcul import bilan_de_conseil
from maillage.pilotage.sorties import FORMATS
from maillage.situations.models import Situation
from maillage.situations.services.cloture import clore
from maillage.situations.services.conservation import purger
from maillage.socle.contexte import contexte, en_maintenance
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


def test_effacer_tous_les_dossiers_clos_ne_change_aucun_chiffre(groupe_actif):
    ici = groupe_actif.formation.conseil
    annee = aujourd_hui().year
    avant = en_json(bilan_de_conseil(ici, annee))
    assert [t for t in avant["tableaux"] if t["code"] == "signalements_motif"]
    with en_maintenance():
        close = Situation.objects.filter(etat="close").order_by("expire_le").last()
    certificat = purger(close.expire_le + timedelta(days=1))
    assert len(certificat.situations) == 4
    assert len(certificat.signalements) == 3
    assert en_json(bilan_de_conseil(ici, annee)) == avant


def test_aucune_sortie_ne_porte_le_nom_d_une_personne_suivie(groupe_actif):
    calcule = bilan_de_conseil(groupe_actif.formation.conseil, aujourd_hui().year)
    assert CANARI not in json.dumps(en_json(calcule), ensure_ascii=False)
    for format_ in FORMATS.values():
        contenu = format_.ecrire(calcule)
        assert CANARI.encode() not in contenu
        assert PRENOM.encode() not in contenu
    assert CANARI not in repr(calcule)
    assert PRENOM not in repr(calcule)
