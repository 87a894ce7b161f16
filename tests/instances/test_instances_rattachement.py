"""An account that passes to another body: the mandates of the former one end with it."""

from datetime import UTC, datetime

import pytest
from tests.acteurs.fabriques import creer_compte, creer_organisme
from tests.instances import fabriques as f

from maillage.acteurs.services import comptes
from maillage.instances.api import mes_cercles
from maillage.instances.models import Habilitation
from maillage.socle.contexte import en_maintenance
from maillage.socle.models import EntreeJournal
from maillage.socle.refus import Refus
from maillage.socle.temps import maintenant

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent():
    """An agent of a mission locale who reads two groupes, and a body to go to."""
    ancien = creer_organisme("Mission locale du Val")
    compte = creer_compte("membre", organisme=ancien, prenom="Louise", nom="Ferrand")
    return compte, creer_organisme("Club de la Rive", "prevention_specialisee")


def fiche(compte, organisme) -> comptes.FicheDeCompte:
    return comptes.FicheDeCompte(
        courriel=compte.courriel,
        prenom=compte.prenom,
        nom=compte.nom,
        organisme=organisme,
        double_facteur_exige=False,
    )


def envoi(compte, organisme, **suite) -> dict[str, object]:
    return {
        "courriel": compte.courriel,
        "prenom": compte.prenom,
        "nom": compte.nom,
        "organisme": str(organisme.public_id) if organisme else "",
        **suite,
    }


def test_the_mandates_of_the_former_body_end_the_same_second_and_are_journalled(agent, au_nom_de, horloge):
    compte, nouveau = agent
    groupes = [f.groupe(), f.groupe(f.conseil(f.AUTRE))]
    for groupe in groupes:
        f.membre(groupe, compte)
    instant = datetime(2027, 2, 1, 9, tzinfo=UTC)
    horloge(instant)
    with au_nom_de(compte):
        assert len(mes_cercles()) == 2
    with au_nom_de(creer_compte("administrateur_technique")):
        comptes.modifier_compte(public_id=compte.public_id, fiche=fiche(compte, nouveau), annonces=2)
    with au_nom_de(compte):
        assert mes_cercles() == []
    mandats = Habilitation.objects.filter(compte=compte)
    assert {(mandat.fin, mandat.fin_motif) for mandat in mandats} == {(instant, "organisme_quitte")}
    with en_maintenance():
        assert EntreeJournal.objects.filter(evenement="habilitation_finie").count() == 2


def test_a_mandate_already_held_in_the_name_of_the_new_body_stays(agent, au_nom_de):
    compte, nouveau = agent
    groupe = f.groupe()
    garde = f.habiliter(compte, f.siege(groupe, nouveau))
    with au_nom_de(creer_compte("administrateur_technique")):
        comptes.modifier_compte(public_id=compte.public_id, fiche=fiche(compte, nouveau), annonces=0)
    assert Habilitation.objects.get(pk=garde.pk).fin is None


def test_correcting_a_name_ends_nothing(agent, au_nom_de):
    compte, _ = agent
    f.membre(f.groupe(), compte)
    with au_nom_de(creer_compte("administrateur_technique")):
        comptes.modifier_compte(public_id=compte.public_id, fiche=fiche(compte, compte.organisme), annonces=0)
    assert Habilitation.objects.get().fin is None


def test_a_mandate_given_meanwhile_makes_the_change_stale_and_nothing_is_written(agent, au_nom_de):
    compte, nouveau = agent
    f.membre(f.groupe(), compte)
    with au_nom_de(creer_compte("administrateur_technique")), pytest.raises(Refus) as refus:
        comptes.modifier_compte(public_id=compte.public_id, fiche=fiche(compte, nouveau), annonces=0)
    assert (refus.value.statut, refus.value.verdict.codes) == (409, ("mandats_changes",))
    compte.refresh_from_db()
    assert compte.organisme_id != nouveau.pk
    assert Habilitation.objects.en_vigueur(maintenant()).count() == 1


def test_the_page_says_how_many_mandates_end_and_where_before_it_does_it(agent, entrer):
    compte, nouveau = agent
    groupe = f.groupe()
    f.membre(groupe, compte)
    client = entrer(creer_compte("administrateur_technique"))
    adresse = f"/comptes/{compte.public_id}/"
    page = " ".join(client.post(adresse, envoi(compte, nouveau)).content.decode().split())
    assert "1 mandat prendra fin à la seconde, tenu au nom de : Mission locale du Val." in page
    assert f"{groupe.nom}, {groupe.conseil.nom}" in page
    compte.refresh_from_db()
    assert compte.organisme_id != nouveau.pk
    suite = client.post(adresse, envoi(compte, nouveau, mandats_finis="1"), follow=True)
    assert "1 mandat a pris fin" in " ".join(suite.content.decode().split())
    compte.refresh_from_db()
    assert compte.organisme_id == nouveau.pk
    assert not Habilitation.objects.en_vigueur(maintenant()).exists()


def test_the_confirmation_keeps_everything_that_was_typed(agent, entrer):
    compte, _ = agent
    f.membre(f.groupe(), compte)
    client = entrer(creer_compte("administrateur_technique"))
    donnees = envoi(compte, None, fonction_libelle="Conseillère <justice>")
    page = client.post(f"/comptes/{compte.public_id}/", donnees).content.decode()
    assert 'value="Conseillère &lt;justice&gt;"' in page
    assert f'value="{compte.courriel}"' in page


def test_a_wrong_number_asks_again(agent, entrer):
    compte, nouveau = agent
    f.membre(f.groupe(), compte)
    client = entrer(creer_compte("administrateur_technique"))
    for annonce in ("0", "2", "beaucoup"):
        page = client.post(f"/comptes/{compte.public_id}/", envoi(compte, nouveau, mandats_finis=annonce))
        assert "prendra fin" in page.content.decode()
    assert Habilitation.objects.en_vigueur(maintenant()).count() == 1


def test_ending_mandates_asks_again_who_is_there(agent, client):
    compte, nouveau = agent
    f.membre(f.groupe(), compte)
    client.force_login(creer_compte("administrateur_technique"))
    donnees = envoi(compte, nouveau, mandats_finis="1")
    reponse = client.post(f"/comptes/{compte.public_id}/", donnees)
    assert reponse["Location"].startswith("/compte/confirmer/")
    assert Habilitation.objects.en_vigueur(maintenant()).count() == 1
