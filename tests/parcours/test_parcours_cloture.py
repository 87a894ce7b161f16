"""A situation is not closed while a body still receives the person: the reason is said, nothing changes."""

import pytest
from django.test import Client
from tests.parcours.decor_orientations import Decor, commencee, un_decor, une_participation
from tests.situations.fabriques import seance_avec_decision, un_groupe

from maillage.parcours.models import Participation
from maillage.parcours.rules.orientation import motifs_de_cloture
from maillage.parcours.services import participations
from maillage.situations.models import Situation
from maillage.situations.services import cloture
from maillage.socle.contexte import contexte, en_maintenance
from maillage.socle.models import FaitStatistique
from maillage.socle.refus import Introuvable, Refus
from maillage.socle.temps import aujourd_hui

pytestmark = pytest.mark.django_db


def clore(decor: Decor, par: object) -> None:
    with en_maintenance():
        version = Situation.objects.get(pk=decor.situation.pk).version
    with contexte(par.pk):
        cloture.clore(
            situation=decor.situation.public_id, version=version, issue="objectifs_atteints", le=aujourd_hui()
        )


def etat(decor: Decor) -> tuple[str, int]:
    with en_maintenance():
        closes = FaitStatistique.objects.filter(evenement="cloture", fil=decor.situation.fil).count()
        return Situation.objects.get(pk=decor.situation.pk).etat, closes


@pytest.mark.parametrize("preparer", [une_participation, commencee])
def test_une_situation_ne_se_clot_pas_sur_une_participation_ouverte(preparer):
    decor, ailleurs = un_decor(), un_decor(groupe=un_groupe())
    preparer(decor)
    clore(ailleurs, ailleurs.groupe.coordonnatrice)
    with pytest.raises(Refus) as refus:
        clore(decor, decor.groupe.coordonnatrice)
    assert refus.value.verdict.codes == ("participation_ouverte",)
    assert etat(decor) == ("ouverte", 0)
    assert etat(ailleurs) == ("close", 1)


def test_celle_d_un_autre_groupe_n_empeche_rien_et_ne_se_devine_pas():
    decor, ailleurs = un_decor(), un_decor(groupe=un_groupe())
    une_participation(ailleurs)
    clore(decor, decor.groupe.coordonnatrice)
    assert etat(decor) == ("close", 1)
    with pytest.raises(Introuvable):
        clore(ailleurs, decor.groupe.coordonnatrice)
    assert etat(ailleurs) == ("ouverte", 0)


def test_elle_se_clot_une_fois_la_participation_arretee(au_nom_de):
    decor = un_decor()
    lue = commencee(decor)
    with au_nom_de(decor.referent):
        participations.abandonner(
            participation=lue.public_id, version=lue.version, cause="demenagement", le=aujourd_hui()
        )
    clore(decor, decor.groupe.coordonnatrice)
    assert etat(decor) == ("close", 1)


def test_la_seance_non_plus_ne_clot_pas_et_rien_n_est_fait_a_moitie(au_nom_de):
    decor = un_decor()
    une_participation(decor)
    seance = seance_avec_decision(
        decor.groupe, decor.situation.public_id, "clore", genre="situation", precision="objectifs_atteints"
    )
    with au_nom_de(decor.groupe.coordonnatrice), pytest.raises(Refus) as refus:
        cloture.decider_de_la_situation(
            cercle=decor.groupe.cle,
            situation=decor.situation.public_id,
            decision="clore",
            precision="objectifs_atteints",
            seance=seance.public_id,
            le=aujourd_hui(),
        )
    assert refus.value.verdict.codes == ("participation_ouverte",)
    assert etat(decor) == ("ouverte", 0)
    with en_maintenance():
        assert not FaitStatistique.objects.filter(evenement="decision", genre="clore").exists()
        assert Participation.objects.get().etat == "transmise"


def test_la_page_dit_pourquoi_et_garde_la_saisie(client: Client):
    decor = un_decor()
    une_participation(decor)
    client.force_login(decor.groupe.coordonnatrice)
    reponse = client.post(
        f"/situations/{decor.situation.public_id}/clore/",
        {"version": "1", "issue": "objectifs_atteints", "le": aujourd_hui().isoformat()},
    )
    assert reponse.status_code == 422
    assert "Une participation est encore ouverte" in reponse.content.decode()
    assert etat(decor) == ("ouverte", 0)


def test_la_raison_est_un_usage_et_dit_combien():
    assert motifs_de_cloture(en_cours=0) == []
    (une,), (deux,) = motifs_de_cloture(en_cours=1), motifs_de_cloture(en_cours=2)
    assert une.force.value == "usage"
    assert une.texte.startswith("Une participation est")
    assert deux.texte.startswith("2 participations sont")
