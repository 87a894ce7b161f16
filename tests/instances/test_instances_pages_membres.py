"""The pages of charters and mandates: sign before reading, to the minute, by another."""

import pytest
from django.urls import reverse
from tests.acteurs.fabriques import creer_compte, creer_organisme
from tests.instances import fabriques as f
from tests.instances.navigation import envoyer, lire

from maillage.instances.models import (
    Habilitation,
    Signature,
    Texte,
)
from maillage.socle.contexte import en_maintenance
from maillage.socle.temps import maintenant

pytestmark = pytest.mark.django_db

PROPOSITION = "Chaque membre garde pour lui ce qui se dit ici, et le rappelle à ceux qui l’oublieraient."


def test_la_page_d_un_texte_dit_a_chacun_ce_qui_vient_et_qui_le_fait(entrer):
    groupe = f.groupe(avec_charte=False)
    texte = f.charte(groupe, etat="projet")
    membre, maire = f.membre(groupe, signe=False), f.exercer(creer_compte(), "maire", f.COMMUNE)
    attendus = [
        ("projet", membre, "Proposer au conseil", "texte_proposer"),
        ("projet", maire, "Un agent habilité du groupe le propose", ""),
        ("propose", membre, "la coordination enregistre ensuite la délibération", ""),
        ("propose", maire, "Une fois la délibération prise", "texte_adopter"),
        ("adopte", membre, "Vous n’avez pas encore signé", "signer"),
        ("adopte", maire, "", ""),
    ]
    adresses = {
        "texte_proposer": reverse("instances:texte_proposer", args=[groupe.public_id, "charte"]),
        "texte_adopter": reverse("instances:texte_adopter", args=[texte.public_id]),
        "signer": reverse("instances:signer", args=[texte.public_id]),
    }
    for etat, compte, phrase, bouton in attendus:
        with en_maintenance():
            valeurs = {"delibere_le": f.DEBUT, "adopte_le": maintenant()} if etat == "adopte" else {}
            Texte.objects.filter(pk=texte.pk).update(etat=etat, **valeurs)
        client = entrer(compte)
        page = lire(client, "texte", texte.public_id)
        assert phrase in page
        offertes = {nom for nom, adresse in adresses.items() if f'href="{adresse}"' in page}
        assert offertes == ({bouton} if bouton else set()), (etat, bouton)
        if bouton:
            assert client.get(adresses[bouton]).status_code == 200


# --- Charters ----------------------------------------------------------------------------------------


def test_signing_needs_the_box_then_opens_the_groupe(entrer):
    groupe = f.groupe()
    membre = f.membre(groupe, signe=False)
    texte = Texte.objects.get()
    client = entrer(membre)
    assert "À signer" in lire(client, "chartes")
    refus = envoyer(client, "signer", texte.public_id)
    assert refus.status_code == 422
    assert "Cochez la case" in refus.content.decode()
    assert not Signature.objects.filter(compte=membre).exists()
    assert envoyer(client, "signer", texte.public_id, lu="on").status_code == 302
    assert "Qui lit ce groupe" in lire(client, "formation", groupe.public_id)
    lire(client, "signer", texte.public_id, statut=404)


def test_a_charter_of_another_groupe_is_not_mine_to_sign(entrer):
    groupe = f.groupe()
    texte = Texte.objects.get()
    ailleurs = f.membre(f.groupe(f.conseil(f.AUTRE)))
    client = entrer(ailleurs)
    lire(client, "signer", texte.public_id, statut=404)
    assert envoyer(client, "signer", texte.public_id, lu="on").status_code == 404
    assert Signature.objects.filter(texte__formation=groupe).count() == 0


def test_a_member_proposes_and_the_coordinator_records_the_adoption(entrer):
    groupe = f.groupe()
    membre = f.membre(groupe)
    client = entrer(membre)
    assert "Chaque membre garde" in lire(client, "texte_proposer", groupe.public_id, "charte")
    reponse = envoyer(client, "texte_proposer", groupe.public_id, "charte", contenu=PROPOSITION)
    texte = Texte.objects.get(etat="propose")
    assert reponse.url == reverse("instances:texte", args=[texte.public_id])
    assert "Enregistrer l’adoption" not in lire(client, "texte", texte.public_id)
    client = entrer(f.coordonnateur())
    page = lire(client, "texte_adopter", texte.public_id)
    assert membre.nom_complet in page  # who stops reading until they sign again
    refus = envoyer(client, "texte_adopter", texte.public_id, delibere_le="2999-01-01")
    assert refus.status_code == 422
    assert "deliberation_a_venir" in refus.content.decode()
    envoyer(client, "texte_adopter", texte.public_id, delibere_le="2026-02-03")
    assert Texte.objects.get(pk=texte.pk).etat == "adopte"
    assert "Ne lit pas" in lire(client, "formation", groupe.public_id)


def test_the_coordinator_follows_signatures_and_ends_of_mandates(entrer):
    groupe = f.groupe()
    f.membre(groupe)
    f.membre(groupe, signe=False)
    page = lire(entrer(f.coordonnateur()), "chartes")
    assert groupe.nom in page
    assert "Groupes que vous coordonnez" in page
    assert "Groupes que vous coordonnez" not in lire(entrer(f.coordonnateur(f.AUTRE)), "chartes")


# --- Mandates ----------------------------------------------------------------------------------------


def test_an_agent_is_habilitated_renewed_then_ended(entrer):
    groupe = f.groupe()
    agent = creer_compte("membre", organisme=creer_organisme())
    siege = f.siege(groupe, agent.organisme)
    client = entrer(f.coordonnateur())
    assert agent.nom_complet in lire(client, "habilitation_nouvelle", groupe.public_id)
    envoyer(
        client,
        "habilitation_nouvelle",
        groupe.public_id,
        agent=f"{agent.public_id}.{siege.public_id}",
        role="membre",
        fin_jour="2999-01-01",
        fin_heure="17:30",
    )
    mandat = Habilitation.objects.get()
    assert mandat.fin.isoformat() == "2999-01-01T16:30:00+00:00"
    assert "17 h 30" in lire(client, "formation", groupe.public_id).replace("\xa0", " ")
    envoyer(client, "habilitation_renouveler", mandat.public_id, fin_jour="3000-01-01", fin_heure="17:30")
    assert Habilitation.objects.count() == 2
    envoyer(client, "habilitation_fin", mandat.public_id, motif="depart")
    mandat.refresh_from_db()
    assert mandat.fin_motif == "depart"


def test_membership_changes_ask_again_who_is_there(client):
    groupe = f.groupe()
    client.force_login(f.coordonnateur())
    reponse = client.get(reverse("instances:habilitation_nouvelle", args=[groupe.public_id]))
    assert reponse.status_code == 302
    assert reponse.url.startswith(reverse("acteurs:confirmer"))


def test_an_agent_outside_the_list_is_not_habilitated(entrer):
    groupe = f.groupe()
    siege, etranger = f.siege(groupe), creer_compte("membre", organisme=creer_organisme())
    reponse = envoyer(
        entrer(f.coordonnateur()),
        "habilitation_nouvelle",
        groupe.public_id,
        agent=f"{etranger.public_id}.{siege.public_id}",
        role="membre",
        fin_jour="2999-01-01",
        fin_heure="17:30",
    )
    assert reponse.status_code == 422
    assert not Habilitation.objects.exists()


def test_dissolving_has_a_page_of_its_own_and_a_stale_one_answers_409(entrer):
    groupe = f.groupe()
    client = entrer(f.coordonnateur())
    assert "ne se reprend pas" in lire(client, "formation_dissoudre", groupe.public_id)
    assert envoyer(client, "formation_dissoudre", groupe.public_id, version=9).status_code == 409
    assert envoyer(client, "formation_dissoudre", groupe.public_id, version=1).status_code == 302
    assert "Formation dissoute" in lire(client, "formation", groupe.public_id)
    assert envoyer(client, "conseil_dissoudre", groupe.conseil.public_id, version=1).status_code == 302
    assert "Conseil dissous" in lire(client, "conseil", groupe.conseil.public_id)
