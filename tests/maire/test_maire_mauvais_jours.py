"""The bad cases of the mayor's acts, on their pages: what is refused, how it is said, what stays written."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.instances import fabriques as f
from tests.maire import fabriques_rappel as fr
from tests.maire import fabriques_sport as fs
from tests.maire.fabriques_protocoles import protocole
from tests.maire.fabriques_transactions import envoyee, une_mairie
from tests.maire.test_maire_rappel_pages import adresse, entrer, lire, saisir
from tests.maire.test_maire_transaction_pages import envoyer, saisie
from tests.situations.test_situations_conflits import champs
from tests.situations.test_situations_outre_mer import enregistrer

from maillage.instances.models import ConseilCommune
from maillage.maire.models import (
    ActeDeRappel,
    LigneDeRegistre,
    Rappel,
    Transaction,
)
from maillage.socle.contexte import contexte, en_maintenance

pytestmark = pytest.mark.django_db
APRES = datetime(2026, 3, 9, 16, tzinfo=UTC)


@pytest.fixture
def ici(horloge):
    horloge(fr.INSTANT)
    return fr.mairie()


def noter(client: Client, nom: str, lu: Rappel, **valeurs: str):
    page = client.get(adresse(nom, lu))
    assert page.status_code == 200, nom
    return client.post(adresse(nom, lu), {**champs(page), **valeurs})


def relu(lu):
    with en_maintenance():
        return type(lu).objects.get(pk=lu.pk)


def lignes() -> list[tuple[int, str]]:
    with en_maintenance():
        return list(LigneDeRegistre.objects.order_by("numero").values_list("numero", "issue"))


def convoque(ici) -> Rappel:
    with contexte(ici.agent.pk):
        return fr.convoque(fr.saisi(ici))


# --- A complaint known after the convocation --------------------------------------------------------


def test_a_complaint_after_the_convocation_stops_every_act_and_leaves_one_way_out(ici, horloge):
    lu, voisine, client = convoque(ici), fr.mairie(f.VOISINE), entrer(ici.agent)
    plainte = {"enonce": "plainte", "source": "police_nationale", "enonce_le": "2026-03-02"}
    for intrus in (voisine.agent, voisine.maire):
        assert entrer(intrus).post(adresse("enoncer", lu), {**plainte, "version": "1"}).status_code == 404
    assert relu(lu).etat == "convoque"
    assert noter(client, "enoncer", lu, **plainte).status_code == 302
    fiche = lire(client.get(adresse("rappel", lu)))
    assert "Arrêté : plainte ou procédure" in fiche
    assert "Transmettre au parquet" in fiche

    horloge(APRES)
    tenue = {"issue": "tenue", "tenue_le": "2026-03-09", "representants": "on"}
    demain = {"le": "2026-03-10", "heure": "10:00", "lieu": "hotel_de_ville"}
    maire = entrer(ici.maire)
    for qui, nom, valeurs in (
        (client, "audition", tenue),
        (client, "convoquer", demain),
        (client, "reprendre", {}),
        (maire, "prononcer", {}),
    ):
        assert noter(qui, nom, lu, **valeurs).status_code == 422, nom
        assert relu(lu).etat == "arrete"
    with en_maintenance():
        assert not ActeDeRappel.objects.exists()
    assert noter(client, "transmettre", lu).status_code == 302
    assert (relu(lu).etat, lignes()) == ("transmis", [(1, "transmis")])
    lettre = reverse("rappels:papier", args=[lu.public_id, "transmission", "pdf"])
    assert client.get(lettre).content.startswith(b"%PDF")


# --- A minor who comes alone ------------------------------------------------------------------------


def test_a_minor_who_comes_alone_is_not_heard_and_the_hearing_is_put_off(ici, horloge):
    lu, client = convoque(ici), entrer(ici.agent)
    horloge(APRES)
    seul = noter(client, "audition", lu, issue="tenue", tenue_le="2026-03-09")
    assert seul.status_code == 422
    assert "La personne est mineure jusqu’au 4 mai 2029" in lire(seul)
    assert relu(lu).etat == "convoque"
    reporte = noter(client, "audition", lu, issue="reportee", raison="mineur_seul", tenue_le="2026-03-09")
    assert reporte.status_code == 302
    assert relu(lu).etat == "reporte"
    assert (
        noter(client, "convoquer", lu, le="2026-03-16", heure="10:00", lieu="hotel_de_ville").status_code
        == 302
    )


def test_a_minor_alone_is_not_invited_before_the_commission_of_a_venue(ici):
    with contexte(ici.agent.pk):
        mesure = fs.ouvrir(ici, representants=())
    client = entrer(ici.agent)
    etape = reverse("sport:etape", args=[mesure.public_id, "invitation"])
    reponse = client.post(etape, {**champs(client.get(etape)), "composition": fs.COMMISSION})
    assert reponse.status_code == 422
    assert "enregistrez d’abord un parent" in lire(reponse)
    assert relu(mesure).etat == "recue"


# --- Of age between the facts and the proposal ------------------------------------------------------


@pytest.mark.parametrize(
    ("naissance", "statut"),
    [
        (date(2008, 2, 28), 302),  # a minor on the day of the facts, of age on the day of the PV
        (date(2008, 3, 1), 422),  # a minor on the day of the PV, of age on the day of the proposal
    ],
)
def test_majority_is_that_of_the_pv_neither_of_the_facts_nor_of_the_proposal(horloge, naissance, statut):
    horloge(fr.INSTANT)
    ici = une_mairie()
    nouvelle = reverse("transactions:constater", args=[ici.actes.cercle.public_id])
    nee = dict(zip(("jour", "mois", "annee"), (naissance.day, naissance.month, naissance.year), strict=True))
    valeurs = {f"naissance_{part}": str(valeur) for part, valeur in nee.items()}
    reponse = envoyer(
        entrer(ici.agent), nouvelle, **saisie(pv_le="2026-02-28", faits_le="2026-02-20", **valeurs)
    )
    assert reponse.status_code == statut
    with en_maintenance():
        assert Transaction.objects.count() == (statut == 302)
    if statut == 422:
        assert "Au jour du procès-verbal, le contrevenant est mineur" in lire(reponse)
        assert 'value="Rive"' in lire(reponse)
        assert lignes() == []


# --- Two communes -----------------------------------------------------------------------------------


def test_facts_of_another_commune_are_its_own_mayors_and_take_no_number(ici):
    enregistrer(f.VOISINE, "31")
    with en_maintenance():
        ConseilCommune.objects.create(
            conseil=ici.actes.conseil, commune_code=f.VOISINE, depuis=date(2025, 12, 1)
        )
    reponse = saisir(entrer(ici.agent), ici, lieu_commune=f.VOISINE)
    assert reponse.status_code == 422
    assert "n’ont pas eu lieu dans la commune" in lire(reponse)
    la_bas = une_mairie(f.AUTRE)
    nouvelle = reverse("transactions:constater", args=[la_bas.actes.cercle.public_id])
    ailleurs = envoyer(entrer(la_bas.agent), nouvelle, **saisie(lieu_commune="99999"))
    assert ailleurs.status_code == 422
    assert "à son maire" in lire(ailleurs)
    assert lignes() == []


def test_a_mayor_who_reads_the_register_next_door_does_no_act_in_it(ici, horloge):
    voisine = fr.mairie(f.VOISINE)
    f.membre(ici.actes, voisine.maire)
    lu = convoque(ici)
    horloge(APRES)
    with contexte(ici.agent.pk):
        lu = fr.entendu(lu)
    reponse = noter(entrer(voisine.maire), "prononcer", lu)
    assert reponse.status_code == 422
    assert "Seul le maire" in lire(reponse)
    assert relu(lu).etat == "entendu"
    assert noter(entrer(ici.maire), "prononcer", lu).status_code == 302


# --- The protocol expires between the proposal and the approval -------------------------------------


def test_a_protocol_expired_meanwhile_is_said_on_the_file_and_stops_the_approval(horloge):
    horloge(fr.INSTANT)
    ici = une_mairie(avec_protocole=False)
    protocole(ici.conseil, ici.coordination, consultation="non", fin=fr.JOUR + timedelta(days=5))
    dossier = envoyee(ici)
    horloge(fr.INSTANT + timedelta(days=6))
    client = entrer(ici.agent)
    fiche = reverse("transactions:transaction", args=[dossier.public_id])
    assert "Aucun protocole" in lire(client.get(fiche))
    decision = {"reponse": "oui", "fait_le": "2026-03-08", "autorite": "procureur", "action_publique": "non"}
    refusee = envoyer(client, f"{fiche}homologation/", **decision)
    assert refusee.status_code == 422
    assert "Aucun protocole n’est conclu" in lire(refusee)
    assert relu(dossier).etat == "acceptee"
    protocole(ici.conseil, ici.coordination, consultation="non")
    assert envoyer(client, f"{fiche}homologation/", **decision).status_code == 302
    assert relu(dossier).etat == "homologuee"
