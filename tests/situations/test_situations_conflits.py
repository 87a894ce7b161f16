"""Two people write the same thing: the second is told, sees both, loses nothing."""

import html
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.situations.fabriques import un_groupe, une_situation
from tests.situations.test_situations_seances import ouvrir

from maillage.instances.models import PointTheme
from maillage.situations import identites
from maillage.situations.models import Objectif
from maillage.situations.services import suivi
from maillage.socle.contexte import contexte

pytestmark = pytest.mark.django_db

ECHEANCE = datetime.now(UTC).date() + timedelta(days=60)


def entrer(compte) -> Client:
    client = Client()
    client.force_login(compte)
    return client


def lire(reponse) -> str:
    return re.sub(r"\s+", " ", html.unescape(reponse.content.decode()).replace("\u00a0", " "))


def champs(reponse) -> dict[str, str]:
    """What the form of that page would send again, unchanged."""
    page = reponse.content.decode()
    formulaire = page[page.index('<form class="m-formulaire') :].split("</form>")[0]
    envoi = {}
    for balise in re.findall(r"<input[^>]*>", formulaire):
        nom, valeur = re.search(r'name="([^"]+)"', balise), re.search(r'value="([^"]*)"', balise)
        coche = 'type="radio"' not in balise and 'type="checkbox"' not in balise
        if nom and (coche or " checked" in balise):
            envoi[nom.group(1)] = html.unescape(valeur.group(1)) if valeur else ""
    for nom, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', formulaire, re.S):
        choisie = re.search(r'value="([^"]*)"[^>]*selected', options)
        envoi[nom] = choisie.group(1) if choisie else ""
    for nom, contenu in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', formulaire, re.S):
        envoi[nom] = html.unescape(contenu).removeprefix("\n")
    return envoi


def identite_de(situation, compte):
    with contexte(compte.pk):
        return identites.lire(situation.identite_id).donnees


def test_le_second_a_corriger_une_identite_voit_les_deux_saisies_et_choisit():
    ici = un_groupe()
    situation = une_situation(ici)
    adresse = reverse("situations:identite", args=[situation.public_id])
    premier, second = entrer(ici.coordonnatrice), entrer(ici.membre)
    du_premier, du_second = champs(premier.get(adresse)), champs(second.get(adresse))

    assert premier.post(adresse, du_premier | {"telephone": "0561000001"}).status_code == 302
    reponse = second.post(adresse, du_second | {"telephone": "0561000002"})

    assert reponse.status_code == 409
    page = lire(reponse)
    assert "Quelqu’un d’autre a écrit avant vous" in page
    assert page.count("Enregistré entre-temps") == 1
    assert "0561000001" in page
    assert champs(reponse)["telephone"] == "0561000002"
    assert identite_de(situation, ici.membre).telephone == "0561000001"

    assert second.post(adresse, champs(reponse)).status_code == 302
    assert identite_de(situation, ici.membre).telephone == "0561000002"


def test_deux_saisies_identiques_ne_montrent_aucune_difference():
    ici = un_groupe()
    situation = une_situation(ici)
    adresse = reverse("situations:identite", args=[situation.public_id])
    premier, second = entrer(ici.coordonnatrice), entrer(ici.membre)
    du_premier, du_second = champs(premier.get(adresse)), champs(second.get(adresse))
    premier.post(adresse, du_premier | {"telephone": "0561000001"})
    reponse = second.post(adresse, du_second | {"telephone": "0561000001"})
    assert reponse.status_code == 409
    assert "Enregistré entre-temps" not in lire(reponse)


def test_un_etat_d_objectif_change_entre_temps_est_rappele_en_mots():
    ici = un_groupe()
    situation = une_situation(ici)
    with contexte(ici.coordonnatrice.pk):
        suivi.poser_objectif(
            situation=situation.public_id,
            libelle="Reprendre les cours",
            domaine="scolarite",
            echeance=ECHEANCE,
        )
        objectif = Objectif.objects.get()
    adresse = reverse("situations:etat_objectif", args=[situation.public_id, objectif.public_id])
    premier, second = entrer(ici.coordonnatrice), entrer(ici.membre)
    ouverts = champs(premier.get(adresse)), champs(second.get(adresse))
    assert premier.post(adresse, ouverts[0] | {"etat": "en_cours"}).status_code == 302
    reponse = second.post(adresse, ouverts[1] | {"etat": "atteint"})
    assert reponse.status_code == 409
    assert "Enregistré entre-temps : En cours" in lire(reponse).replace("<strong>", "")
    with contexte(ici.membre.pk):
        assert Objectif.objects.get().etat == "en_cours"


def test_la_seconde_decision_sur_un_point_montre_la_premiere_et_n_ecrit_rien():
    de = un_groupe()
    seance, point = ouvrir(de)
    adresse = reverse("seances:point", args=[seance.public_id, point.public_id])
    premier, second = entrer(de.coordonnatrice), entrer(de.coordonnatrice)
    ouverts = champs(premier.get(adresse)), champs(second.get(adresse))
    premier.post(adresse, ouverts[0] | {"decision": "retenu"})
    reponse = second.post(adresse, ouverts[1] | {"decision": "non_retenu"})
    assert reponse.status_code == 409
    page = lire(reponse)
    assert "Votre choix, « Non retenu », n’a pas été enregistré" in page
    assert "Retenu, le" in page
    with contexte(de.coordonnatrice.pk):
        point.refresh_from_db()
    assert point.decision == "retenu"


def test_deux_conclusions_d_un_meme_theme_se_voient_cote_a_cote():
    de = un_groupe()
    seance, _ = ouvrir(de)
    with contexte(de.coordonnatrice.pk):
        theme = PointTheme.objects.filter(seance=seance).first()
    adresse = reverse("seances:theme", args=[seance.public_id, theme.public_id])
    premier, second = entrer(de.coordonnatrice), entrer(de.coordonnatrice)
    ouverts = champs(premier.get(adresse)), champs(second.get(adresse))
    assert premier.post(adresse, ouverts[0] | {"releve": "Réunion fixée en mars."}).status_code == 302
    reponse = second.post(adresse, ouverts[1] | {"releve": "Réunion fixée en avril."})
    assert reponse.status_code == 409
    assert "Réunion fixée en mars." in lire(reponse)
    assert champs(reponse)["releve"] == "Réunion fixée en avril."
    assert second.post(adresse, champs(reponse)).status_code == 302
    with contexte(de.coordonnatrice.pk):
        theme.refresh_from_db()
    assert theme.releve == "Réunion fixée en avril."
