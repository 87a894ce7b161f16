"""The pages of the venues and of the notices: a file to its end on screen, refusals kept in the form."""

import html
import re
import uuid

import pytest
from django.test import Client
from django.urls import reverse
from tests.instances import fabriques as f
from tests.maire.fabriques_rappel import INSTANT, JOUR, MAJEURE, mairie
from tests.maire.fabriques_sport import attendu, entendue, invitee, ouvrir, relire

from maillage.maire.models import AvisDu, DecisionSport, MesureSport, Rappel, Transaction
from maillage.socle.contexte import en_maintenance
from maillage.socle.temps import maintenant

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _jour(horloge):
    horloge(INSTANT)


def entrer(compte) -> Client:
    client = Client()
    client.force_login(compte)
    session = client.session
    session["eleve_le"] = maintenant().isoformat()
    session.save()
    return client


def lire(client, nom, *args, statut=200) -> str:
    reponse = client.get(reverse(nom, args=args))
    assert reponse.status_code == statut, reponse.content.decode()[:600]
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", reponse.content.decode())))


def envoyer(client, page, /, *args, **donnees):
    return client.post(reverse(page, args=args), {"jeton": str(uuid.uuid4()), **donnees})


def saisie(**champs):
    return {
        "origine": "gestionnaire",
        "faits": "degradation",
        "faits_le": "2026-02-25",
        "equipement_genre": "piscine",
        "equipement": "Piscine Jean-Bouin",
        "proprietaire": "commune",
        "nom": "Maravalle",
        "prenom": "Théo",
        "naissance_jour": "4",
        "naissance_mois": "5",
        "naissance_annee": "2011",
        "parent_nom": "Maravalle",
        "parent_prenom": "Lina",
        "lien": "mere",
        **champs,
    }


def test_a_file_is_opened_and_brought_to_a_decision_on_screen():
    ici = mairie()
    client = entrer(ici.maire)
    assert "Aucun dossier" in lire(client, "sport:liste")
    cree = envoyer(client, "sport:ouvrir", ici.cle, **saisie())
    assert cree.status_code == 302, cree.content.decode()[-3000:]
    assert "Maravalle" not in cree["Location"]
    with en_maintenance():
        mesure = MesureSport.objects.get()
    cle = mesure.public_id
    assert "Maravalle" in lire(client, "sport:liste")
    page = lire(client, "sport:mesure", cle)
    assert "Inviter à s’expliquer" in page
    assert "ses parents reçoivent copie" in page
    version = mesure.version
    refuse = envoyer(client, "sport:etape", cle, "invitation", version=version, composition=["maire"])
    assert refuse.status_code == 422
    faite = envoyer(
        client,
        "sport:etape",
        cle,
        "invitation",
        version=version,
        composition=["maire", "club", "gestionnaire"],
    )
    assert faite.status_code == 302
    lettre = client.get(reverse("sport:lettre", args=[cle, "invitation", "odt"]))
    assert lettre.status_code == 200
    assert client.get(reverse("sport:lettre", args=[cle, "decision", "odt"])).status_code == 404
    envoyer(
        client,
        "sport:etape",
        cle,
        "observations",
        version=relire(mesure).version,
        mode="orales",
        recues_le=JOUR,
    )
    decision = {
        "version": relire(mesure).version,
        "decision": "exclusion",
        "motifs": ["faits_etablis"],
        "base": "Règlement de 2024, art. 7",
        "maximum_jours": "30",
        "debut": "2026-03-02",
    }
    trop = envoyer(client, "sport:etape", cle, "decision", fin="2026-06-30", **decision)
    assert trop.status_code == 422
    assert "n’en permet que 30" in html.unescape(trop.content.decode())
    assert envoyer(client, "sport:etape", cle, "decision", fin="2026-03-20", **decision).status_code == 302
    assert client.get(reverse("sport:lettre", args=[cle, "decision", "pdf"])).status_code == 200
    envoyer(client, "sport:etape", cle, "notification", version=relire(mesure).version, notifiee_le=JOUR)
    assert "Exclusion en cours jusqu’au 20 mars 2026" in lire(client, "sport:mesure", cle).replace(
        "\xa0", " "
    )


def test_the_venue_of_an_epci_is_refused_with_what_was_typed_kept():
    ici = mairie()
    client = entrer(ici.agent)
    refuse = envoyer(client, "sport:ouvrir", ici.cle, **saisie(proprietaire="epci"))
    assert refuse.status_code == 422
    texte = html.unescape(refuse.content.decode())
    assert "le président de l’intercommunalité" in texte
    assert "Piscine Jean-Bouin" in texte
    with en_maintenance():
        assert not MesureSport.objects.exists()


def test_an_agent_who_prepares_is_told_that_the_decision_is_the_mayor_s(au_nom_de):
    ici = mairie()
    with au_nom_de(ici.agent):
        mesure = entendue(ici)
    reponse = envoyer(
        entrer(ici.agent),
        "sport:etape",
        mesure.public_id,
        "decision",
        version=mesure.version,
        decision="avertissement",
        motifs=["faits_etablis"],
        base="Règlement de 2024, art. 7",
    )
    assert reponse.status_code == 422
    assert "le maire ou l’élu délégué" in html.unescape(reponse.content.decode())
    with en_maintenance():
        assert not DecisionSport.objects.exists()


def test_the_pages_of_another_register_are_not_found(au_nom_de):
    ici, ailleurs = mairie(), mairie(f.VOISINE)
    with au_nom_de(ici.agent):
        mesure, du = invitee(ici), attendu(ici)
    with au_nom_de(ailleurs.maire):
        sienne = ouvrir(ailleurs)
    client = entrer(ailleurs.maire)
    assert client.get(reverse("sport:mesure", args=[sienne.public_id])).status_code == 200
    for nom, args in (
        ("sport:mesure", [mesure.public_id]),
        ("sport:etape", [mesure.public_id, "decision"]),
        ("sport:lettre", [mesure.public_id, "invitation", "pdf"]),
        ("sport:ouvrir", [ici.cle]),
        ("avis:avis", [du.public_id]),
        ("avis:relancer", [du.public_id]),
        ("avis:demander", [ici.cle]),
    ):
        assert client.get(reverse(nom, args=args)).status_code == 404, nom


def test_a_notice_is_noted_reminded_received_and_its_letter_names_nobody():
    ici = mairie()
    client = entrer(ici.agent)
    assert "Aucun avis n’est noté" in lire(client, "avis:liste")
    donnees = {"genre": "suites_signalement", "cause_le": "2026-01-20", "demande_le": "2026-01-20"}
    refuse = envoyer(client, "avis:demander", ici.cle, reference="Maravalle Théo", **donnees)
    assert refuse.status_code == 422
    assert envoyer(client, "avis:demander", ici.cle, reference="26/14", **donnees).status_code == 302
    with en_maintenance():
        du = AvisDu.objects.get()
    assert "1 en retard" in lire(client, "avis:liste")
    assert client.get(reverse("avis:lettre", args=[du.public_id, "pdf"])).status_code == 404
    assert envoyer(client, "avis:relancer", du.public_id).status_code == 302
    assert client.get(reverse("avis:lettre", args=[du.public_id, "odt"])).status_code == 200
    recu = {"version": relire(du).version, "reponse": "alternative", "recu_le": "2026-03-02"}
    assert envoyer(client, "avis:recevoir", du.public_id, **recu).status_code == 302
    assert "Mesure alternative aux poursuites" in lire(client, "avis:avis", du.public_id)


def test_a_damaged_venue_opens_a_form_that_already_says_what_its_file_says_and_writes_nothing(au_nom_de):
    ici = mairie()
    with au_nom_de(ici.agent):
        mesure = ouvrir(ici, personne=MAJEURE, representants=())
    client = entrer(ici.agent)
    page = client.get(reverse("sport:mesure", args=[mesure.public_id])).content.decode()
    for nom in ("rappels:saisir", "transactions:constater"):
        adresse = f"{reverse(nom, args=[ici.cle])}?depuis=equipement&dossier={mesure.public_id}"
        assert html.escape(adresse) in page
        formulaire = client.get(adresse)
        assert formulaire.status_code == 200
        lu = formulaire.content.decode()
        assert f'value="{MAJEURE.nom}"' in lu
        assert f'value="{mesure.faits_le.isoformat()}"' in lu
    with en_maintenance():
        assert not Rappel.objects.exists()
        assert not Transaction.objects.exists()


def test_a_file_of_another_register_fills_no_form_even_for_who_reads_both(au_nom_de):
    ici, ailleurs = mairie(), mairie(f.VOISINE)
    with au_nom_de(ici.agent):
        mesure = ouvrir(ici, personne=MAJEURE, representants=())
    f.membre(ailleurs.actes, ici.agent)
    client = entrer(ici.agent)
    depuis = f"?depuis=equipement&dossier={mesure.public_id}"
    assert client.get(reverse("rappels:saisir", args=[ici.cle]) + depuis).status_code == 200
    assert client.get(reverse("rappels:saisir", args=[ailleurs.cle]) + depuis).status_code == 404
    voisin = entrer(ailleurs.agent)
    for demande in (
        depuis,
        "?depuis=inconnu&dossier=" + str(mesure.public_id),
        "?depuis=equipement&dossier=x",
    ):
        assert voisin.get(reverse("rappels:saisir", args=[ailleurs.cle]) + demande).status_code == 404


def test_the_mayor_sets_a_doctrine_aside_on_screen_and_the_agent_is_not_offered_to(au_nom_de):
    ici = mairie()
    with au_nom_de(ici.agent):
        mesure = ouvrir(ici, representants=())
    agent, maire = entrer(ici.agent), entrer(ici.maire)
    assert "Écarter cette raison" not in lire(agent, "sport:mesure", mesure.public_id)
    assert "Écarter cette raison" in lire(maire, "sport:mesure", mesure.public_id)
    vide = envoyer(
        maire, "sport:lever", mesure.public_id, "representant_absent", raison="autre", precision=""
    )
    assert vide.status_code == 422
    faite = envoyer(maire, "sport:lever", mesure.public_id, "protocole_manquant", raison="accord_parquet")
    assert faite.status_code == 302
    page = lire(maire, "sport:mesure", mesure.public_id)
    assert "Raisons écartées" in page
    assert "Le parquet en est d’accord" in page
    assert maire.get(reverse("sport:lever", args=[mesure.public_id, "heures_max"])).status_code == 404
