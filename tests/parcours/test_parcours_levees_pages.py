"""A reason that refuses the next step is set aside on the page of the orientation, by who may, in writing."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from tests.parcours.decor_orientations import Decor, accepter, commencee, proposer, transmettre, un_decor
from tests.situations.fabriques import un_groupe

from maillage.parcours.models import Levee, Orientation, Participation, Presence
from maillage.parcours.services import participations
from maillage.situations.api import lire_identite, rectifier_identite
from maillage.situations.services import referents
from maillage.socle.contexte import en_maintenance
from maillage.socle.models import EntreeJournal
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


def vieillir(situation, naissance):
    """Another birth date, as no page would write it."""
    vue = lire_identite(situation.identite_id)
    donnees = replace(vue.donnees, naissance=naissance)
    rectifier_identite(identite=vue.cle, version=vue.version, donnees=donnees)


def test_la_loi_ne_s_ecarte_pas_et_la_page_le_dit(client):
    decor = un_decor("epide", age=17)
    orientation = accepter(decor, proposer(decor, "epide"))
    with en_maintenance():
        vieillir(decor.situation, aujourd_hui() - timedelta(days=366 * 15))
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


# --- The day planned, the object judged, what is taken back ---------------------------------------


def bientot(jours: int) -> str:
    return (aujourd_hui() + timedelta(days=jours)).isoformat()


def trop_age_bientot():
    """Accepted; young enough today, too old for the doctrine of the scheme in two months."""
    decor = un_decor("smv", age=20, groupe=un_groupe())
    orientation = accepter(decor, proposer(decor, "smv"))
    naissance = aujourd_hui().replace(year=aujourd_hui().year - 26) + timedelta(days=30)
    with en_maintenance():
        vieillir(decor.situation, naissance)
    return decor, orientation


def test_une_raison_d_un_jour_a_venir_s_ecarte_pour_ce_jour_et_pour_lui_seul(client):
    decor, orientation = trop_age_bientot()
    assert "Ce qui s’oppose" not in page(client, decor.groupe.coordonnatrice, orientation)
    client.force_login(decor.referent)
    donnees = {
        "version": orientation.version,
        "offre": f"offre:{decor.offre.public_id}",
        "debut": bientot(60),
        "fin": "",
    }
    reponse = client.post(f"{adresse_de(orientation)}transmettre/", donnees)
    assert reponse.status_code == 422
    lien = f"{adresse_de(orientation)}?debut={bientot(60)}"
    assert lien in reponse.content.decode()
    client.force_login(decor.groupe.coordonnatrice)
    assert ECARTER in client.get(lien).content.decode()
    posee = {"code": "age_max", "raison": "decision_groupe", "precision": ""}
    assert client.post(f"{adresse_de(orientation)}ecarter/?debut={bientot(60)}", posee).status_code == 302
    # Another first day is another question: the reason opposes again, and nothing is handed over.
    with pytest.raises(Refus) as refus:
        transmettre(decor, orientation, debut=aujourd_hui() + timedelta(days=61), fin=None)
    assert refus.value.verdict.codes == ("age_max",)
    with en_maintenance():
        assert not Participation.objects.exists()
    assert transmettre(decor, orientation, debut=aujourd_hui() + timedelta(days=60), fin=None).pk


@pytest.mark.parametrize("debut", ["hier", "2020-01-01", "2999-01-01"])
def test_un_premier_jour_qui_ne_peut_pas_etre_ne_se_juge_pas(client, debut):
    decor, orientation = trop_age_bientot()
    client.force_login(decor.groupe.coordonnatrice)
    lue = client.get(f"{adresse_de(orientation)}?debut={debut}")
    assert lue.status_code == 200
    assert "Ce qui s’oppose" not in lue.content.decode()


def test_le_referent_designe_ecarte_un_usage_quel_que_soit_son_role(client, au_nom_de):
    decor, orientation = en_premiere_phase(au_nom_de)
    ailleurs, _ = en_premiere_phase_ailleurs(au_nom_de)
    # Its role in the mandate is « membre »: it is the référent of this very file.
    assert ECARTER in page(client, decor.referent, orientation)
    # Référent of another file, of another groupe: nothing to set aside here.
    assert ecarter(client, ailleurs.referent, orientation, code="heures_du_jour") == 404
    autre = decor.groupe.ajouter("prevention_specialisee")
    client.force_login(autre)
    assert ECARTER not in client.get(adresse_de(orientation)).content.decode()
    assert restent() == 0
    assert ecarter(client, decor.referent, orientation, code="heures_du_jour") == 302
    assert restent() == 1


def en_premiere_phase_ailleurs(au_nom_de) -> tuple[Decor, Orientation]:
    decor = un_decor("tapaj", groupe=un_groupe())
    lue = commencee(decor)
    with au_nom_de(decor.referent):
        participations.passer_phase(
            participation=lue.public_id, version=lue.version, code="premiere", le=lue.commencee_le
        )
    with en_maintenance():
        return decor, Orientation.objects.get(pk=lue.orientation_id)


def test_le_maire_d_un_autre_groupe_n_ecarte_rien_ici(client):
    _, orientation = trop_jeune()
    ailleurs, chez_eux = trop_jeune()
    maire = ailleurs.groupe.ajouter("commune", role="maire", fonction="maire")
    assert ecarter(client, maire, orientation) == 404
    assert restent() == 0
    assert ecarter(client, maire, chez_eux) == 302


def une_levee() -> Levee:
    with en_maintenance():
        return Levee.objects.get()


def reprendre(client: Client, compte: object, orientation: Orientation, levee: Levee) -> int:
    client.force_login(compte)
    return client.post(f"{adresse_de(orientation)}ecarter/{levee.public_id}/reprendre/").status_code


def test_son_auteur_reprend_une_levee_et_la_raison_s_oppose_de_nouveau(client):
    decor, orientation = trop_jeune()
    coordination = decor.groupe.coordonnatrice
    assert ecarter(client, coordination, orientation) == 302
    assert "Reprendre cette décision" in page(client, coordination, orientation)
    levee = une_levee()
    maire = decor.groupe.ajouter("commune", role="maire", fonction="maire")
    assert "Reprendre cette décision" not in page(client, maire, orientation)
    ailleurs, chez_eux = trop_jeune()
    for qui, ou, statut in (
        (maire, orientation, 422),
        (ailleurs.groupe.coordonnatrice, orientation, 404),
        (ailleurs.groupe.coordonnatrice, chez_eux, 404),
    ):
        assert reprendre(client, qui, ou, levee) == statut
        assert une_levee().reprise_le is None
    assert reprendre(client, coordination, orientation, levee) == 302
    assert une_levee().reprise_le == aujourd_hui()
    assert reprendre(client, coordination, orientation, levee) == 422
    with pytest.raises(Refus):
        transmettre(decor, orientation)
    with en_maintenance():
        entree = EntreeJournal.objects.get(evenement="levee_reprise")
    assert entree.details["code"] == "age_min"
    # It may be set aside again: another act, another row.
    assert ecarter(client, coordination, orientation) == 302
    assert restent() == 2


def test_une_levee_sur_laquelle_on_a_transmis_ne_se_reprend_plus(client):
    decor, orientation = trop_jeune()
    assert ecarter(client, decor.groupe.coordonnatrice, orientation) == 302
    assert transmettre(decor, orientation).pk
    assert reprendre(client, decor.groupe.coordonnatrice, orientation, une_levee()) == 422
    assert une_levee().reprise_le is None


def test_une_paie_tardive_s_ecarte_puis_se_note(client, au_nom_de):
    decor, orientation = en_premiere_phase(au_nom_de)
    hier = aujourd_hui() - timedelta(days=1)
    with en_maintenance():
        Participation.objects.update(commencee_le=hier, accusee_le=hier, transmise_le=hier)
        participation = Participation.objects.get()
    with au_nom_de(decor.referent):
        presence = participations.noter_presence(
            participation=participation.public_id, le=hier, etat="present", heures=Decimal(4)
        )
    client.force_login(decor.referent)
    adresse = f"/participations/{participation.public_id}/presences/{presence.public_id}/paie/"
    assert client.get(adresse).status_code == 200
    paie = {"version": 1, "le": aujourd_hui().isoformat()}
    assert client.post(adresse, paie).status_code == 422
    with en_maintenance():
        assert Presence.objects.get().paye_le is None
    assert "à une paie plus tardive" in page(client, decor.referent, orientation)
    assert ecarter(client, decor.referent, orientation, code="paie_pas_le_jour_meme") == 302
    assert client.post(adresse, paie).status_code == 302
    with en_maintenance():
        assert Presence.objects.get().paye_le == aujourd_hui()
