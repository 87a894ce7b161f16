"""The pages of the rights of persons: a request to its end on screen, refusals kept in the form."""

import html
import re
import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.acteurs.fabriques import creer_compte
from tests.droits.fabriques_droits import INSTANT, JOUR, QUI, interrogee, recue, un_registre
from tests.instances import fabriques as f
from tests.situations.fabriques import un_groupe, une_situation

from maillage.droits.models import DemandeDeDroit, Limitation, Question
from maillage.instances.models import Formation, Habilitation
from maillage.instances.services.droits import ouvrir_registre_des_droits
from maillage.instances.services.mandats import habiliter
from maillage.socle.contexte import contexte, en_maintenance
from maillage.socle.refus import Refus
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
        "droit": "acces",
        "recue_le": JOUR,
        "canal": "courrier",
        "qualite": "personne",
        "nom": "Maravalle",
        "prenom": "Théo",
        "naissance_jour": "12",
        "naissance_mois": "4",
        "naissance_annee": "2010",
        **champs,
    }


def relue():
    with en_maintenance():
        return DemandeDeDroit.objects.get()


def test_une_demande_va_a_son_fichier_a_l_ecran_des_deux_cotes():
    ici = un_registre()
    une_situation(ici.groupe, QUI)
    dpo, coordination = entrer(ici.dpo), entrer(ici.groupe.coordonnatrice)
    assert "Aucune demande à traiter" in lire(dpo, "droits:liste")
    assert "Aucune question" in lire(coordination, "droits:questions")
    cree = envoyer(dpo, "droits:enregistrer", ici.cle, **saisie())
    assert cree.status_code == 302, cree.content.decode()[-3000:]
    assert "Maravalle" not in cree["Location"]
    cle = relue().public_id
    assert "Vérifier l’identité" in lire(dpo, "droits:demande", cle)
    refuse = envoyer(
        dpo, "droits:etape", cle, "reponse", version=1, decision="refusee", motif="manifestement_infondee"
    )
    assert refuse.status_code == 422
    assert "Sans identité vérifiée" in html.unescape(refuse.content.decode())
    envoyer(dpo, "droits:etape", cle, "identite", version=1, verification="titre_vu", verifiee_le=JOUR)
    assert "Interroger les groupes" in lire(dpo, "droits:demande", cle)
    groupe = str(ici.groupe.formation.public_id)
    assert envoyer(dpo, "droits:interroger", cle, formations=[groupe]).status_code == 302
    with en_maintenance():
        question = Question.objects.get().public_id
    assert "2026-001" in lire(coordination, "droits:questions")
    page = coordination.get(reverse("droits:question", args=[question])).content.decode()
    assert "Maravalle" in page
    (candidat,) = re.findall(r'name="identite" value="([0-9a-f-]{36})"', page)
    faux = envoyer(
        coordination, "droits:question", question, version=1, identite=candidat, constat="non_trouve"
    )
    assert faux.status_code == 422
    faite = envoyer(
        coordination, "droits:question", question, version=1, identite=candidat, constat="extrait"
    )
    assert faite.status_code == 302, faite.content.decode()[-3000:]
    assert "Votre groupe a répondu" in lire(coordination, "droits:question", question)
    assert "extrait joint" in lire(dpo, "droits:demande", cle)
    fini = envoyer(dpo, "droits:etape", cle, "reponse", version=relue().version, decision="accordee")
    assert fini.status_code == 302
    assert "Télécharger le fichier" in lire(dpo, "droits:demande", cle)
    fichier = dpo.get(reverse("droits:fichier", args=[cle]))
    assert (fichier.status_code, fichier.content[:2]) == (200, b"PK")
    for code in ("accuse", "reponse"):
        for format_ in ("pdf", "odt", "pdf-grand"):
            assert dpo.get(reverse("droits:lettre", args=[cle, code, format_])).status_code == 200
    assert dpo.get(reverse("droits:lettre", args=[cle, "prolongation", "pdf"])).status_code == 404


def test_ce_qui_est_saisi_revient_quand_la_demande_est_refusee():
    ici = un_registre()
    refuse = envoyer(entrer(ici.dpo), "droits:enregistrer", ici.cle, **saisie(droit="rectification"))
    assert refuse.status_code == 422
    assert "Maravalle" in refuse.content.decode()
    with en_maintenance():
        assert not DemandeDeDroit.objects.exists()


def test_deux_envois_n_enregistrent_qu_une_demande():
    ici = un_registre()
    client, jeton = entrer(ici.dpo), str(uuid.uuid4())
    adresse = reverse("droits:enregistrer", args=[ici.cle])
    premiere, seconde = (client.post(adresse, {"jeton": jeton, **saisie()}) for _ in range(2))
    assert premiere["Location"] == seconde["Location"]
    assert relue().numero == 1


def test_le_fichier_ne_part_pas_sans_une_nouvelle_preuve_d_identite():
    ici = un_registre()
    lue = recue(ici)
    client = Client()
    client.force_login(ici.dpo)
    reponse = client.get(reverse("droits:fichier", args=[lue.public_id]))
    assert reponse.status_code == 302
    assert "confirmer" in reponse["Location"]


def test_le_delegue_d_un_autre_conseil_ne_lit_ni_demande_ni_registre():
    ici = un_registre()
    lue = recue(ici)
    voisin = f.conseil(f.VOISINE)
    autre = f.exercer(
        creer_compte(organisme=f.creer_organisme("Mairie voisine", "commune")), "dpo", f.VOISINE
    )
    client = entrer(autre)
    lire(client, "droits:demande", lue.public_id, statut=404)
    lire(client, "droits:conseil", ici.formation.conseil.public_id, statut=404)
    assert envoyer(client, "droits:etape", lue.public_id, "retrait", version=1).status_code == 404
    assert relue().etat == "recue"
    assert voisin.nom in lire(client, "droits:registre")


def test_le_registre_des_traitements_se_lit_et_s_exporte():
    ici = un_registre()
    interrogee(ici)
    client = entrer(ici.dpo)
    page = lire(client, "droits:registre")
    assert "Suivi individuel dans un groupe du conseil" in page
    assert "Demandes des personnes sur leurs données" in page
    assert "3 mois" in page
    assert "Maravalle" not in page
    conseil = ici.formation.conseil.public_id
    for format_ in ("ods", "pdf", "odt"):
        assert client.get(reverse("droits:export", args=[conseil, format_])).status_code == 200
    assert client.get(reverse("droits:export", args=[conseil, "exe"])).status_code == 404


def test_la_journee_du_delegue_dit_la_demande_en_retard(horloge):
    ici = un_registre()
    _, question = interrogee(ici)
    horloge(INSTANT + timedelta(days=40))
    assert "Répondre à la demande n° 2026-001" in lire(entrer(ici.dpo), "pilotage:journee").replace(
        "\xa0", " "
    )
    assert "En retard" in lire(entrer(ici.dpo), "droits:liste")
    assert "Répondre au délégué" in lire(entrer(ici.groupe.coordonnatrice), "pilotage:journee")
    assert "En retard" in lire(entrer(ici.groupe.coordonnatrice), "droits:questions")
    assert question.constat == ""


def test_le_registre_s_ouvre_par_le_delegue_et_le_maire_seul_y_habilite():
    groupe = un_groupe()
    conseil = groupe.formation.conseil
    mairie = f.creer_organisme("Mairie centrale", "commune")
    dpo = f.exercer(creer_compte(organisme=mairie), "dpo", f.COMMUNE)
    maire = f.exercer(creer_compte(organisme=mairie), "maire", f.COMMUNE)
    client = entrer(dpo)
    assert "Ouvrir le registre des demandes" in lire(client, "instances:conseil", conseil.public_id)
    ouvert = envoyer(client, "instances:droits_ouvrir", conseil.public_id, fixe_le=JOUR)
    assert ouvert.status_code == 302, ouvert.content.decode()[-2000:]
    with en_maintenance():
        formation = Formation.objects.get(genre="droits")
        siege = formation.sieges.get()
    coordination = f.exercer(groupe.coordonnatrice, "coordonnateur", f.COMMUNE)
    with contexte(coordination.pk), pytest.raises(Refus) as refus:
        habiliter(siege=siege.public_id, compte=dpo.public_id)
    assert refus.value.statut == 403
    with en_maintenance():
        assert not Habilitation.objects.filter(cercle=formation.cercle).exists()
    with contexte(maire.pk):
        with pytest.raises(Refus) as refus:
            habiliter(siege=siege.public_id, compte=dpo.public_id, role="coordonnateur")
        assert "role_du_registre" in refus.value.verdict.codes
        habiliter(siege=siege.public_id, compte=dpo.public_id)
    with contexte(dpo.pk), pytest.raises(Refus) as refus:
        ouvrir_registre_des_droits(conseil=conseil.public_id, fixe_le=JOUR)
    assert refus.value.verdict.codes == ("registre_existant",)


def test_un_dossier_limite_le_dit_sur_sa_page_et_se_leve():
    ici = un_registre()
    situation = une_situation(ici.groupe, QUI)
    _, question = interrogee(ici, "limitation")
    client = entrer(ici.groupe.coordonnatrice)
    page = client.get(reverse("droits:question", args=[question.public_id])).content.decode()
    (candidat,) = re.findall(r'name="identite" value="([0-9a-f-]{36})"', page)
    faite = envoyer(
        client,
        "droits:question",
        question.public_id,
        version=1,
        identite=candidat,
        constat="fait",
        limitation="exactitude",
    )
    assert faite.status_code == 302
    assert "Dossier limité" in lire(client, "situations:situation", situation.public_id)
    assert "Situation n°" in lire(client, "droits:questions")
    with contexte(ici.groupe.coordonnatrice.pk):
        limite = Limitation.objects.get()
    levee = envoyer(client, "droits:lever", limite.public_id, informee="on", version=1)
    assert levee.status_code == 302, levee.content.decode()[-2000:]
    assert "Dossier limité" not in lire(client, "situations:situation", situation.public_id)
