"""A reason that refuses the next step is set aside on the page of the orientation, by who may, in writing."""

from datetime import timedelta

import pytest
from django.test import Client
from tests.parcours.decor_orientations import Decor, accepter, commencee, proposer, transmettre, un_decor
from tests.situations.fabriques import un_groupe

from maillage.parcours.models import Levee, Orientation, Participation, Presence
from maillage.parcours.services import participations
from maillage.situations.models import Identite
from maillage.situations.services import referents
from maillage.socle.contexte import en_maintenance
from maillage.socle.refus import Refus
from maillage.socle.temps import aujourd_hui

pytestmark = pytest.mark.django_db

ECARTER = "Écarter cette raison"
TROP_JEUNE = {"code": "age_min", "raison": "decision_groupe", "precision": ""}


def trop_jeune():
    """Accepted by a person whom the doctrine of the scheme finds too young."""
    decor = un_decor("smv", age=16, groupe=un_groupe())
    return decor, accepter(decor, proposer(decor, "smv"))


def adresse_de(orientation: Orientation) -> str:
    return f"/orientations/{orientation.public_id}/"


def page(client: Client, compte: object, orientation: Orientation) -> str:
    client.force_login(compte)
    reponse = client.get(adresse_de(orientation))
    assert reponse.status_code == 200
    return reponse.content.decode()


def ecarter(client: Client, compte: object, orientation: Orientation, **champs: str) -> int:
    client.force_login(compte)
    return client.post(f"{adresse_de(orientation)}ecarter/", {**TROP_JEUNE, **champs}).status_code


def restent() -> int:
    with en_maintenance():
        return Levee.objects.count()


def test_la_coordination_ecarte_une_doctrine_et_la_transmission_passe(client):
    decor, orientation = trop_jeune()
    with pytest.raises(Refus):
        transmettre(decor, orientation)
    lue = page(client, decor.groupe.coordonnatrice, orientation)
    assert "Ce qui s’oppose à la transmission" in lue
    assert ECARTER in lue
    assert ecarter(client, decor.groupe.coordonnatrice, orientation) == 302
    lue = page(client, decor.groupe.coordonnatrice, orientation)
    assert "Écartée" in lue
    assert decor.groupe.coordonnatrice.nom_complet in lue
    assert ECARTER not in lue
    assert transmettre(decor, orientation).pk
    assert restent() == 1


def test_le_maire_qui_ne_fait_que_lire_ecarte_une_doctrine(client):
    decor, orientation = trop_jeune()
    maire = decor.groupe.ajouter("commune", role="maire", fonction="maire")
    assert ecarter(client, maire, orientation) == 302
    assert restent() == 1


def test_un_membre_lit_la_raison_sans_pouvoir_l_ecarter_meme_s_il_coordonne_ailleurs(client):
    decor, orientation = trop_jeune()
    ailleurs, chez_eux = trop_jeune()
    assert ecarter(client, ailleurs.groupe.coordonnatrice, chez_eux) == 302
    lue = page(client, decor.referent, orientation)
    assert "Ce qui s’oppose à la transmission" in lue
    assert ECARTER not in lue
    assert ecarter(client, decor.referent, orientation) == 404
    assert restent() == 1


def test_la_coordination_d_un_autre_groupe_ne_trouve_rien_a_ecarter(client):
    _, orientation = trop_jeune()
    ailleurs, chez_eux = trop_jeune()
    assert ecarter(client, ailleurs.groupe.coordonnatrice, orientation) == 404
    assert restent() == 0
    assert ecarter(client, ailleurs.groupe.coordonnatrice, chez_eux) == 302


def test_un_refus_garde_la_saisie_et_dit_pourquoi(client):
    decor, orientation = trop_jeune()
    client.force_login(decor.groupe.coordonnatrice)
    for champs in ({"precision": "Suivi pour une dépression"}, {"raison": "autre"}, {"code": "intrus"}):
        reponse = client.post(f"{adresse_de(orientation)}ecarter/", {**TROP_JEUNE, **champs})
        assert reponse.status_code == 422
        assert ECARTER in reponse.content.decode()
    assert restent() == 0


def test_la_loi_ne_s_ecarte_pas_et_la_page_le_dit(client):
    decor = un_decor("epide", age=17)
    orientation = accepter(decor, proposer(decor, "epide"))
    with en_maintenance():
        Identite.objects.filter(pk=decor.situation.identite_id).update(
            naissance=aujourd_hui() - timedelta(days=366 * 15)
        )
    lue = page(client, decor.groupe.coordonnatrice, orientation)
    assert "C’est la loi : personne ne peut l’écarter." in lue
    assert ECARTER not in lue
    assert ecarter(client, decor.groupe.coordonnatrice, orientation) == 404
    assert restent() == 0


def test_rien_ne_s_ecarte_ou_rien_ne_s_oppose(client):
    decor = un_decor("smv", age=19)
    orientation = accepter(decor, proposer(decor, "smv"))
    lue = page(client, decor.groupe.coordonnatrice, orientation)
    assert "Ce qui s’oppose" not in lue
    assert ecarter(client, decor.groupe.coordonnatrice, orientation) == 404
    assert restent() == 0


def en_premiere_phase(au_nom_de) -> tuple[Decor, Orientation]:
    decor = un_decor("tapaj")
    lue = commencee(decor)
    with au_nom_de(decor.referent):
        participations.passer_phase(
            participation=lue.public_id, version=lue.version, code="premiere", le=lue.commencee_le
        )
    with en_maintenance():
        return decor, Orientation.objects.get(pk=lue.orientation_id)


def test_le_referent_qui_suit_la_personne_ecarte_les_heures_de_la_phase(client, au_nom_de):
    decor, orientation = en_premiere_phase(au_nom_de)
    suit = decor.groupe.ajouter("prevention_specialisee", role="referent", fonction="referent_parcours")
    with au_nom_de(decor.groupe.coordonnatrice):
        referents.designer_referent(
            situation=decor.situation.public_id,
            referent=suit.public_id,
            profession="educateur_specialise",
            depuis=aujourd_hui(),
        )
    assert "Ce qui s’oppose à une journée plus longue" in page(client, suit, orientation)
    assert ecarter(client, suit, orientation, code="heures_du_jour") == 302
    with en_maintenance():
        participation = Participation.objects.get()
    journee = {"le": aujourd_hui().isoformat(), "etat": "present", "heures": "6"}
    assert client.post(f"/participations/{participation.public_id}/presence/", journee).status_code == 302
    with en_maintenance():
        assert Presence.objects.get().heures == 6


def test_une_raison_dont_le_texte_dit_le_dispositif_reste_masquee(client, au_nom_de):
    decor, orientation = en_premiere_phase(au_nom_de)
    autre = decor.groupe.ajouter("mission_locale", role="referent", fonction="referent_parcours")
    assert "Ce qui s’oppose" not in page(client, autre, orientation)
    assert ecarter(client, autre, orientation, code="heures_du_jour") == 404
    assert restent() == 0
