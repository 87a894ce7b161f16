"""Pages of a settlement: the whole way by forms, refusals that keep what was typed, papers, the list."""

import io
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from tests.instances import fabriques as f
from tests.maire.fabriques_transactions import (
    TRAVAIL,
    constatee,
    homologuee,
    lue,
    proposee,
    une_mairie,
)

from maillage.documents.sorties import FORMATS
from maillage.maire.documents_transaction import PAPIERS
from maillage.maire.models import Transaction
from maillage.socle.contexte import en_maintenance
from maillage.socle.models import EntreeJournal
from maillage.socle.temps import aujourd_hui, maintenant

pytestmark = pytest.mark.django_db


@pytest.fixture
def ici():
    return une_mairie()


def entrer(compte) -> Client:
    client = Client()
    client.force_login(compte)
    session = client.session
    session["eleve_le"] = maintenant().isoformat()
    session.save()
    return client


def envoyer(client: Client, url: str, **champs: str):
    page = client.get(url)
    assert page.status_code == 200
    texte = page.content.decode()
    caches = dict(re.findall(r'<input type="hidden" name="(jeton|version)" value="([^"]+)"', texte))
    return client.post(url, {**caches, **champs})


def saisie(**champs: str) -> dict[str, str]:
    jour = aujourd_hui()
    return {
        "nom": "Rive",
        "prenom": "Sacha",
        "naissance_jour": "4",
        "naissance_mois": "5",
        "naissance_annee": "1990",
        "adresse": "3 rue de l’Essai",
        "pv_numero": "PM 2026-1",
        "pv_le": (jour - timedelta(days=2)).isoformat(),
        "faits_le": (jour - timedelta(days=2)).isoformat(),
        "service": "police_municipale",
        "contravention": "degradation_legere",
        "bien": "mobilier_urbain",
        "lieu": "parc",
        "lieu_precis": "Square des Tilleuls",
        "lieu_commune": f.COMMUNE,
        "estimation": "1 240,50",
        "action_publique": "non",
        **champs,
    }


def test_an_agent_and_the_mayor_go_to_the_end_by_the_pages(ici):
    agent, maire = entrer(ici.agent), entrer(ici.maire)
    nouvelle = reverse("transactions:constater", args=[ici.actes.cercle.public_id])
    reponse = envoyer(agent, nouvelle, **saisie())
    assert reponse.status_code == 302
    fiche = reponse["Location"]
    assert "Rive" not in fiche
    jour = aujourd_hui()
    pas = [
        (
            maire,
            "proposer/",
            {
                "nature": "reparation",
                "montant": "1 240,50",
                "reponse_avant": (jour + timedelta(days=10)).isoformat(),
                "executer_avant": (jour + timedelta(days=60)).isoformat(),
                "remise": "recepisse",
                "action_publique": "non",
            },
        ),
        (agent, "reponse/", {"reponse": "oui", "fait_le": jour.isoformat(), "action_publique": "non"}),
        (agent, "envoi/", {"fait_le": jour.isoformat(), "action_publique": "non"}),
        (
            agent,
            "homologation/",
            {
                "reponse": "oui",
                "fait_le": jour.isoformat(),
                "autorite": "procureur",
                "action_publique": "non",
            },
        ),
        (
            agent,
            "execution/",
            {"quantite": "1240,50", "fait_le": jour.isoformat(), "encadrant": "regisseur"},
        ),
        (agent, "compte-rendu/", {"fait_le": jour.isoformat()}),
    ]
    for client, suite, champs in pas:
        reponse = envoyer(client, fiche + suite, **champs)
        assert reponse.status_code == 302, (suite, reponse.content.decode()[:3000])
        assert client.get(fiche).status_code == 200
    with en_maintenance():
        assert Transaction.objects.get().etat == "close"


def test_a_minor_is_refused_with_the_reason_and_what_was_typed(ici):
    agent = entrer(ici.agent)
    nouvelle = reverse("transactions:constater", args=[ici.actes.cercle.public_id])
    reponse = envoyer(agent, nouvelle, **saisie(naissance_annee=str(aujourd_hui().year - 15)))
    texte = reponse.content.decode()
    assert reponse.status_code == 422
    assert "le contrevenant est mineur" in texte
    assert "Square des Tilleuls" in texte
    with en_maintenance():
        assert not Transaction.objects.exists()


def test_a_form_sent_twice_records_one_act(ici):
    agent = entrer(ici.agent)
    nouvelle = reverse("transactions:constater", args=[ici.actes.cercle.public_id])
    jeton = re.search(r'name="jeton" value="([^"]+)"', agent.get(nouvelle).content.decode())[1]
    premiere = agent.post(nouvelle, {**saisie(), "jeton": jeton})
    seconde = agent.post(nouvelle, {**saisie(), "jeton": jeton})
    assert premiere["Location"] == seconde["Location"]
    with en_maintenance():
        assert Transaction.objects.count() == 1


def test_who_keeps_another_register_finds_no_page_here(ici):
    ailleurs = une_mairie(f.VOISINE)
    dossier = constatee(ici)
    fiche = reverse("transactions:transaction", args=[dossier.public_id])
    for compte in (ailleurs.agent, ailleurs.maire):
        client = entrer(compte)
        for suite in ("", "proposer/", "rectifier/", "fichier/proposition/pdf/"):
            assert client.get(fiche + suite).status_code in {403, 404}
        liste = client.get(reverse("transactions:liste"))
        assert "Rive" not in liste.content.decode()
        assert (
            client.get(reverse("transactions:constater", args=[ici.actes.cercle.public_id])).status_code
            == 404
        )


def test_the_list_shows_countdowns_and_its_reading_is_journalled(ici):
    proposee(ici)
    page = entrer(ici.agent).get(reverse("transactions:liste"))
    texte = page.content.decode()
    assert "dans 15\u00a0jours" in texte or "dans 15 jours" in texte
    with en_maintenance():
        assert EntreeJournal.objects.filter(evenement="lecture_liste").exists()
    vide = entrer(ici.agent).get(reverse("transactions:liste"), {"etat": "close"})
    assert "Aucune transaction ici" in vide.content.decode()


def _texte(octets: bytes) -> str:
    lu = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(octets)).pages)
    return " ".join(lu.split())


def test_the_proposal_says_everything_the_law_asks_in_two_copies(ici):
    dossier = proposee(ici, **TRAVAIL)
    client = entrer(ici.maire)
    textes = {}
    for papier in ("proposition", "proposition-retour"):
        adresse = reverse("transactions:fichier", args=[dossier.public_id, papier, "pdf"])
        reponse = client.get(adresse)
        assert reponse.status_code == 200
        assert "Rive" not in reponse["Content-Disposition"]
        textes[papier] = _texte(reponse.content)
    assert "Exemplaire à conserver" in textes["proposition"]
    assert "Exemplaire à retourner signé" in textes["proposition-retour"]
    for dit in (
        "Sacha Rive",
        dossier.pv_numero,
        "R. 635-1",
        "1500",
        "20 heures",
        "avocat",
        "refuser",
        "juge du tribunal de police",
        "tenue pour refusée",
    ):
        assert dit in textes["proposition"].replace("\u00a0", " "), dit


def test_every_paper_comes_in_every_format_once_its_step_is_done(ici):
    client = entrer(ici.agent)
    neuve = constatee(ici)
    absent = reverse("transactions:fichier", args=[neuve.public_id, "proposition", "pdf"])
    assert client.get(absent).status_code == 404
    dossier = homologuee(ici, accordee=False)
    assert lue(dossier, ici.agent).ligne.etat == "non_homologuee"
    for papier in PAPIERS:
        for format_ in FORMATS:
            adresse = reverse("transactions:fichier", args=[dossier.public_id, papier, format_])
            assert client.get(adresse).status_code == 200, (papier, format_)


def test_without_a_protocol_the_page_says_so_and_the_mayor_may_set_it_aside():
    ici = une_mairie(avec_protocole=False)
    dossier = constatee(ici)
    fiche = reverse("transactions:transaction", args=[dossier.public_id])
    maire = entrer(ici.maire)
    assert "Écarter cette raison" in maire.get(fiche).content.decode()
    assert "Écarter cette raison" not in entrer(ici.agent).get(fiche).content.decode()
    reponse = envoyer(maire, f"{fiche}ecarter/protocole_manquant/", raison="accord_parquet")
    assert reponse.status_code == 302
    assert "Raisons écartées" in maire.get(fiche).content.decode()
    assert maire.get(f"{fiche}ecarter/majeur_requis/").status_code == 404


def test_protocols_are_listed_by_commune_with_their_term(ici):
    page = entrer(ici.agent).get(reverse("transactions:protocoles"))
    texte = page.content.decode()
    assert "En vigueur" in texte
    assert "Rappel à l’ordre, transaction" in texte
    sans = une_mairie(f.VOISINE, avec_protocole=False)
    assert "Aucun protocole" in entrer(sans.agent).get(reverse("transactions:protocoles")).content.decode()
