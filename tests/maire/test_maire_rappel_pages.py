"""The pages of the mayor's acts: what they show, to whom, what they refuse without losing what was typed."""

import html
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.acteurs.fabriques import creer_compte
from tests.instances import fabriques as f
from tests.maire import fabriques_rappel as fr
from tests.situations.test_situations_conflits import champs

from maillage.maire.models import ActeDeRappel, Delegation, LigneDeRegistre, Rappel
from maillage.situations.models import Identite
from maillage.socle.contexte import en_maintenance
from maillage.socle.temps import maintenant

pytestmark = pytest.mark.django_db


def entrer(compte) -> Client:
    client = Client()
    client.force_login(compte)
    session = client.session
    session["eleve_le"] = maintenant().isoformat()
    session.save()
    return client


def lire(reponse) -> str:
    return re.sub(r"\s+", " ", html.unescape(reponse.content.decode()).replace("\u00a0", " "))


@pytest.fixture
def ici(horloge):
    horloge(fr.INSTANT)
    return fr.mairie()


def adresse(nom: str, lu) -> str:
    return reverse(f"rappels:{nom}", args=[lu.public_id])


SAISIE = {
    "origine": "police_municipale",
    "faits": "incivilite_mineur",
    "qualification": "incivilite",
    "faits_le": "2026-02-20",
    "lieu": "voie_publique",
    "lieu_commune": f.COMMUNE,
    "nom": "Maravalle",
    "prenom": "Théo",
    "naissance_jour": "4",
    "naissance_mois": "5",
    "naissance_annee": "2011",
    "representant_nom": "Maravalle",
    "representant_prenom": "Lina",
    "representant_lien": "mere",
    "enonce": "aucune",
    "source": "police_municipale",
    "enonce_le": "2026-03-02",
}


def saisir(client: Client, ici, **change: str):
    page = reverse("rappels:saisir", args=[ici.cle])
    return client.post(page, {**champs(client.get(page)), **SAISIE, **change})


def lus() -> int:
    with en_maintenance():
        return Rappel.objects.count()


def test_a_referral_is_typed_once_and_leads_to_its_page(ici):
    client = entrer(ici.agent)
    reponse = saisir(client, ici)
    assert reponse.status_code == 302
    page = lire(client.get(reponse["Location"]))
    assert "Théo Maravalle" in page
    assert "2026-001" in page
    assert "Convoquer" in page
    assert "Maravalle" not in reponse["Location"]


def test_a_crime_is_refused_with_its_reason_and_what_was_typed_stays(ici):
    reponse = saisir(entrer(ici.agent), ici, qualification="crime")
    lue = lire(reponse)
    assert reponse.status_code == 422
    assert "ils se signalent au procureur" in lue
    assert 'value="Maravalle"' in lue
    assert lus() == 0
    with en_maintenance():
        assert not Identite.objects.exists()


def test_each_form_opens_where_it_may_and_its_page_says_who_reads(ici, au_nom_de, horloge):
    client = entrer(ici.agent)
    with au_nom_de(ici.agent):
        lu = fr.saisi(ici)
    for nom in (
        "enoncer",
        "representant",
        "consulter",
        "convoquer",
        "transmettre",
        "clore",
        "corriger",
        "retirer",
    ):
        page = client.get(adresse(nom, lu))
        assert page.status_code == 200, nom
        assert "Qui lira ceci" in lire(page), nom
    envoi = {**champs(client.get(adresse("convoquer", lu))), "le": "2026-03-09", "heure": "14:30"}
    assert client.post(adresse("convoquer", lu), envoi).status_code == 302
    papier = client.get(reverse("rappels:papier", args=[lu.public_id, "convocation", "pdf"]))
    assert papier.content.startswith(b"%PDF")
    assert "Maravalle" not in papier["Content-Disposition"]
    odt = client.get(reverse("rappels:papier", args=[lu.public_id, "convocation", "odt"]))
    assert odt.status_code == 200
    assert (
        client.get(reverse("rappels:papier", args=[lu.public_id, "compte-rendu", "pdf"])).status_code == 404
    )
    horloge(fr.AUDITION + timedelta(hours=1))
    seul = {**champs(client.get(adresse("audition", lu))), "issue": "tenue", "tenue_le": "2026-03-09"}
    refus = client.post(adresse("audition", lu), seul)
    assert refus.status_code == 422
    assert "La personne est mineure" in lire(refus)
    assert client.post(adresse("audition", lu), {**seul, "representants": "on"}).status_code == 302
    elu = entrer(ici.maire)
    assert "en qualité de maire" in lire(elu.get(adresse("prononcer", lu)))
    assert elu.post(adresse("prononcer", lu), champs(elu.get(adresse("prononcer", lu)))).status_code == 302
    ecrit = champs(client.get(adresse("consigner", lu))) | {
        "regles_rappelees": ["bon_ordre"],
        "position": "reconnait",
    }
    assert client.post(adresse("consigner", lu), ecrit).status_code == 302
    rendu = client.get(reverse("rappels:papier", args=[lu.public_id, "compte-rendu", "pdf"]))
    assert rendu.content.startswith(b"%PDF")
    fin = champs(client.get(adresse("suite", lu))) | {"suite": "aucune"}
    assert client.post(adresse("suite", lu), fin).status_code == 302
    page = lire(client.get(adresse("rappel", lu)))
    assert "Rappel à l’ordre, de vive voix" in page
    assert "Clos" in page


def test_an_agent_and_a_president_do_not_record_the_act(ici, au_nom_de, horloge):
    president = f.membre(ici.actes, f.exercer(creer_compte(), "president_epci", "243100518", "epci"))
    with au_nom_de(ici.agent):
        lu = fr.convoque(fr.saisi(ici))
    horloge(fr.AUDITION + timedelta(hours=1))
    with au_nom_de(ici.agent):
        fr.entendu(lu)
    assert entrer(ici.agent).get(adresse("prononcer", lu)).status_code == 403
    client = entrer(president)
    page = client.get(adresse("prononcer", lu))
    assert "Seul le maire" in lire(page)
    refus = client.post(adresse("prononcer", lu), champs(page))
    assert refus.status_code == 422
    assert "Seul le maire" in lire(refus)
    with en_maintenance():
        assert not ActeDeRappel.objects.exists()


def test_the_keeper_of_another_register_sees_nothing_of_this_one(ici, au_nom_de):
    ailleurs = fr.mairie(f.VOISINE)
    with au_nom_de(ici.agent):
        lu = fr.saisi(ici)
    client = entrer(ailleurs.maire)
    for nom in ("rappel", "convoquer", "prononcer", "ecarter", "transmettre"):
        assert client.get(adresse(nom, lu)).status_code == 404
    assert client.get(reverse("rappels:saisir", args=[ici.cle])).status_code == 404
    assert client.get(reverse("maire:donner_delegation", args=[ici.cle])).status_code == 404
    assert "2026-001" not in lire(client.get(reverse("maire:registre", args=["rappels", 2026])))
    assert "Maravalle" not in lire(client.get(reverse("rappels:liste")))
    csv = reverse("maire:registre_csv", args=["rappels", 2026, ici.cle])
    assert client.get(csv).status_code == 404


def test_the_home_page_says_what_is_due_and_the_day_too(ici, au_nom_de):
    client = entrer(ici.agent)
    assert "Rien n’est dû" in lire(client.get(reverse("maire:accueil")))
    with au_nom_de(ici.agent):
        fr.convoque(fr.saisi(ici))
    accueil = lire(client.get(reverse("maire:accueil")))
    assert "Audition de Théo M." in accueil
    assert "Maravalle" not in accueil
    assert "Audition de Théo M." in lire(client.get(reverse("pilotage:journee")))


def test_the_register_names_nobody_and_says_that_its_numbers_follow_each_other(ici, au_nom_de):
    with au_nom_de(ici.agent):
        fr.saisi(ici)
        fr.saisi(ici, faits="abords_scolaires")
    client = entrer(ici.agent)
    page = reverse("maire:registre", args=["rappels", 2026])
    lue = lire(client.get(page))
    assert "Les numéros se suivent de 1 à 2" in lue
    assert "Maravalle" not in lue
    csv = client.get(reverse("maire:registre_csv", args=["rappels", 2026, ici.cle])).content.decode(
        "utf-8-sig"
    )
    assert csv.splitlines()[1].split(";")[1:4] == ["2026-001", "2026-03-02", "Incivilité d’un mineur"]
    assert "Maravalle" not in csv
    with en_maintenance():
        LigneDeRegistre.objects.filter(numero=1).delete()
    assert "1 numéro manque" in lire(client.get(page))


def test_a_delegation_is_recorded_by_the_mayor_and_ended_without_being_erased(ici):
    adjointe = f.membre(ici.actes, f.exercer(creer_compte(), "elu_delegue", f.COMMUNE), role="maire")
    client = entrer(ici.maire)
    page = reverse("maire:donner_delegation", args=[ici.cle])
    envoi = {
        **champs(client.get(page)),
        "compte": str(adjointe.public_id),
        "qualite": "adjoint_delegue",
        "pouvoirs": ["rappel_a_l_ordre"],
        "arrete_numero": "2026-14",
        "arrete_le": "2026-01-05",
        "depuis": "2026-01-05",
    }
    assert client.post(page, envoi).status_code == 302
    with en_maintenance():
        donnee = Delegation.objects.get()
    assert "2026-14" in lire(client.get(reverse("maire:delegations")))
    encore = client.post(page, {**envoi, "jeton": ""})
    assert encore.status_code == 422
    assert "déjà cette délégation" in lire(encore)
    fin = reverse("maire:finir_delegation", args=[donnee.public_id])
    assert client.post(fin, champs(client.get(fin)) | {"jusqua": "2026-02-01"}).status_code == 422
    assert client.post(fin, champs(client.get(fin)) | {"jusqua": "2026-03-02"}).status_code == 302
    with en_maintenance():
        assert Delegation.objects.get().jusqua == fr.JOUR
    assert entrer(ici.agent).get(page).status_code == 403


def test_a_person_the_register_knows_is_offered_and_not_written_twice(ici):
    client = entrer(ici.agent)
    saisir(client, ici)
    autres = {"faits_le": "2026-02-22"}
    demande = saisir(client, ici, **autres)
    assert demande.status_code == 422
    page = lire(demande)
    assert "Ce registre connaît ces personnes" in page
    assert "Oui : Théo Maravalle" in page
    assert lus() == 1
    with en_maintenance():
        connue = Identite.objects.get()
    assert saisir(client, ici, rapprocher=str(connue.public_id), **autres).status_code == 302
    with en_maintenance():
        assert set(Rappel.objects.values_list("identite_id", flat=True)) == {connue.pk}
        assert Identite.objects.count() == 1
    # Another person of that name is written apart, and the same facts of the same day are still refused.
    assert saisir(client, ici, rapprocher="autre", faits_le="2026-02-23").status_code == 302
    assert saisir(client, ici, rapprocher=str(connue.public_id), **autres).status_code == 422
    assert lus() == 3


def test_a_person_of_another_register_is_neither_offered_nor_taken(ici):
    """The agent reads both registers: each knows its own people."""
    ailleurs = fr.mairie(f.VOISINE)
    f.membre(ailleurs.actes, ici.agent)
    client = entrer(ici.agent)
    saisir(client, ici)
    with en_maintenance():
        connue = Identite.objects.get()
    page = reverse("rappels:saisir", args=[ailleurs.cle])
    autre = {**SAISIE, "lieu_commune": f.VOISINE, "rapprocher": str(connue.public_id)}
    reponse = client.post(page, {**champs(client.get(page)), **autre})
    assert reponse.status_code == 302
    with en_maintenance():
        assert Rappel.objects.exclude(identite_id=connue.pk).count() == 1
