"""The pages of the exit plan: what they show, to whom, and what they refuse without losing what was typed."""

import html
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from tests.acteurs.fabriques import creer_organisme
from tests.parcours.plans import un_groupe_judiciaire, une_sortie
from tests.situations.fabriques import un_groupe, une_situation
from tests.situations.test_situations_conflits import champs

from maillage.acteurs.models import Organisme
from maillage.parcours.models import EtapeDeSortie, PlanDeSortie
from maillage.parcours.services import sortie
from maillage.situations.models import Situation
from maillage.socle.contexte import en_maintenance

pytestmark = pytest.mark.django_db
UN_JOUR = timedelta(days=1)


def entrer(compte) -> Client:
    client = Client()
    client.force_login(compte)
    return client


def lire(reponse) -> str:
    return re.sub(r"\s+", " ", html.unescape(reponse.content.decode()).replace("\u00a0", " "))


def en_recidive(situation) -> None:
    """As if the judicial member had signalled the end of a measure."""
    with en_maintenance():
        Situation.objects.filter(pk=situation.pk).update(exposition="recidive")


def page_du_plan(de) -> str:
    return reverse("sortie:plan", args=[de.cle])


def test_la_page_dit_le_trou_en_dessin_et_en_mots():
    de = une_sortie()
    de.combler(sauf="hebergement")
    de.prevoir("hebergement", "siao", 13)
    lue = lire(entrer(de.groupe.coordonnatrice).get(page_du_plan(de)))
    assert "12 jours sans relais : hébergement" in lue
    assert 'class="g-trou"' in lue
    assert lue.count("jours sans relais</th>") == 1
    assert re.search(r"Sans relais : 12 jours, du \d+(er)? \w+", lue)
    assert "style=" not in lue


def test_la_page_de_la_situation_mene_au_plan_et_dit_son_constat():
    de = une_sortie()
    situation = reverse("situations:situation", args=[de.cle])
    lue = lire(entrer(de.groupe.coordonnatrice).get(situation))
    assert page_du_plan(de) in lue
    assert "Cinq domaines n’ont aucun relais daté" in lue


def test_sans_plan_la_page_le_dit_et_propose_de_le_preparer():
    groupe, conseiller = un_groupe_judiciaire()
    situation = une_situation(groupe)
    en_recidive(situation)
    adresse = reverse("sortie:plan", args=[situation.public_id])
    lue = lire(entrer(conseiller).get(adresse))
    assert "Aucun plan de sortie" in lue
    assert reverse("sortie:ouvrir", args=[situation.public_id]) in lue
    assert adresse in lire(
        entrer(conseiller).get(reverse("situations:situation", args=[situation.public_id]))
    )


def test_le_plan_s_ouvre_une_seule_fois_meme_envoye_deux_fois(fabrique):
    groupe, conseiller = un_groupe_judiciaire()
    situation = une_situation(groupe)
    client, adresse = entrer(conseiller), reverse("sortie:ouvrir", args=[situation.public_id])
    envoi = champs(client.get(adresse)) | {
        "origine": "cef",
        "fin_prevue_le": (situation.ouverte_le + 20 * UN_JOUR).isoformat(),
    }
    premiere, seconde = client.post(adresse, envoi), client.post(adresse, envoi)
    assert premiere.status_code == seconde.status_code == 302
    assert premiere.url == seconde.url == reverse("sortie:plan", args=[situation.public_id])
    with fabrique():
        assert PlanDeSortie.objects.count() == 1


def test_un_refus_revient_avec_ce_qui_a_ete_saisi(fabrique):
    groupe, _ = un_groupe_judiciaire()
    situation = une_situation(groupe)
    client, adresse = entrer(groupe.membre), reverse("sortie:ouvrir", args=[situation.public_id])
    envoi = champs(client.get(adresse)) | {
        "origine": "uehc",
        "fin_prevue_le": (situation.ouverte_le + 20 * UN_JOUR).isoformat(),
    }
    reponse = client.post(adresse, envoi)
    assert reponse.status_code == 422
    lue = lire(reponse)
    assert "énonce d’abord" in lue
    assert envoi["fin_prevue_le"] in lue
    assert re.search(r'value="uehc"[^>]*checked', lue)
    with fabrique():
        assert not PlanDeSortie.objects.exists()


def test_le_relais_se_choisit_dans_l_annuaire_du_departement(fabrique):
    de = une_sortie()
    ici = creer_organisme("SIAO du Comminges", "siao")
    loin = creer_organisme("SIAO d’ailleurs", "siao")
    with fabrique():
        Organisme.objects.filter(pk=ici.pk).update(departement_code="31")
        Organisme.objects.filter(pk=loin.pk).update(departement_code="75")
    client = entrer(de.groupe.coordonnatrice)
    adresse = reverse("sortie:prevoir", args=[de.cle, "hebergement"])
    lue = client.get(adresse)
    assert "SIAO du Comminges" in lire(lue)
    assert "SIAO d’ailleurs" not in lire(lue)
    client.post(
        adresse,
        champs(lue) | {"acteur": f"siao/{ici.public_id}", "prevue_le": (de.fin + UN_JOUR).isoformat()},
    )
    with fabrique():
        assert EtapeDeSortie.objects.get().organisme == ici


def test_une_version_perimee_est_dite_avec_les_deux_saisies(au_nom_de, fabrique):
    de = une_sortie()
    etape = de.prevoir("emploi", "iae", 3)
    client = entrer(de.groupe.coordonnatrice)
    adresse = reverse("sortie:modifier", args=[de.cle, etape.public_id])
    envoi = champs(client.get(adresse)) | {"prevue_le": (de.fin + 9 * UN_JOUR).isoformat()}
    with au_nom_de(de.conseiller):
        sortie.modifier_etape(situation=de.cle, etape=etape.public_id, version=1, acteur="formation")
    reponse = client.post(adresse, envoi)
    assert reponse.status_code == 409
    assert envoi["prevue_le"] in lire(reponse)
    with fabrique():
        assert EtapeDeSortie.objects.get().acteur == "formation"


def test_les_autres_actes_passent_par_leurs_pages(fabrique):
    de = une_sortie(dans=0)
    client = entrer(de.groupe.coordonnatrice)

    def envoyer(nom: str, *args: object, **saisie: str) -> int:
        adresse = reverse(f"sortie:{nom}", args=[de.cle, *args])
        return client.post(adresse, champs(client.get(adresse)) | saisie).status_code

    hier = (de.fin - UN_JOUR).isoformat()
    assert envoyer("fin", vers=(de.fin + UN_JOUR).isoformat(), motif="prolongation") == 302
    assert envoyer("constater", le=hier) == 302
    etape = de.prevoir("droits", "ccas", 0)
    assert envoyer("confirmer", etape.public_id, effective_le=de.fin.isoformat()) == 302
    assert envoyer("reprendre", etape.public_id) == 302
    assert envoyer("abandonner", etape.public_id) == 302
    for domaine in ("hebergement", "emploi", "soins", "droits", "famille"):
        assert envoyer("sans_relais", domaine, raison="deja_assure") == 302
    assert envoyer("clore") == 302
    with fabrique():
        assert PlanDeSortie.objects.get().etat == "clos"
    lue = lire(client.get(page_du_plan(de)))
    assert "Préparer une autre sortie" in lue
    assert "Changements de date" in lue


def test_un_membre_d_un_autre_groupe_recoit_la_meme_page_que_pour_un_dossier_absent():
    de = une_sortie()
    etape = de.prevoir("emploi", "iae", 3)
    client = entrer(un_groupe_judiciaire()[0].coordonnatrice)
    for nom, suite in (
        ("plan", []),
        ("ouvrir", []),
        ("fin", []),
        ("clore", []),
        ("prevoir", ["emploi"]),
        ("modifier", [etape.public_id]),
        ("confirmer", [etape.public_id]),
    ):
        cache = client.get(reverse(f"sortie:{nom}", args=[de.cle, *suite]))
        absent = client.get(reverse(f"sortie:{nom}", args=[uuid4(), *suite]))
        assert cache.status_code == absent.status_code == 404


def test_les_soins_ne_se_devinent_par_aucune_page_de_qui_n_a_pas_a_le_savoir():
    de = une_sortie()
    etape = de.prevoir("soins", "csapa", 1)
    client = entrer(de.groupe.membre)
    lue = lire(client.get(page_du_plan(de)))
    assert not re.search(r"soins|CSAPA|santé", lue, re.IGNORECASE)
    for adresse in (
        reverse("sortie:prevoir", args=[de.cle, "soins"]),
        reverse("sortie:sans_relais", args=[de.cle, "soins"]),
        reverse("sortie:modifier", args=[de.cle, etape.public_id]),
        reverse("sortie:confirmer", args=[de.cle, etape.public_id]),
        reverse("sortie:abandonner", args=[de.cle, etape.public_id]),
    ):
        assert client.get(adresse).status_code == 404
        assert client.post(adresse, {"version": "1"}).status_code == 404


def test_le_maire_lit_le_plan_et_n_y_ecrit_pas():
    de = une_sortie()
    maire = de.groupe.ajouter("commune", role="maire", fonction="maire")
    client = entrer(maire)
    assert "Prévoir un relais" not in lire(client.get(page_du_plan(de)))
    assert client.get(reverse("sortie:fin", args=[de.cle])).status_code == 403


def test_une_situation_close_ne_montre_plus_son_plan(au_nom_de):
    from maillage.situations.services import cloture

    de = une_sortie()
    with au_nom_de(de.groupe.coordonnatrice):
        cloture.clore(situation=de.cle, version=1, issue="objectifs_atteints", le=de.situation.ouverte_le)
    reponse = entrer(de.groupe.coordonnatrice).get(page_du_plan(de))
    assert reponse.status_code == 302
    assert reponse.url == reverse("situations:situation", args=[de.cle])


def test_un_groupe_sans_juge_ne_voit_pas_l_encart():
    groupe = un_groupe()
    situation = une_situation(groupe)
    en_recidive(situation)
    page = entrer(groupe.coordonnatrice).get(reverse("situations:situation", args=[situation.public_id]))
    assert "Plan de sortie" not in lire(page)
