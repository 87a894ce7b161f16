"""Pages of conventions and templates: what a newcomer does, what another one may not, the files."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from tests.acteurs.fabriques import creer_organisme
from tests.documents.fabriques_documents import (
    ADULTE,
    PMSMP,
    contenu_pmsmp,
    contenu_prestataire,
    en_vigueur,
    envoyer,
    qui_tient,
    signer_tout,
    une_pmsmp,
)
from tests.documents.test_documents_adaptations import DESSIN, svg
from tests.instances.fabriques import coordonnateur, exercer
from tests.situations.fabriques import personne, un_groupe, une_situation

from maillage.documents.models import Adaptation, Convention, ConventionNominative
from maillage.documents.services import preparation
from maillage.documents.sorties import FORMATS
from maillage.socle.contexte import en_maintenance
from maillage.socle.models import EntreeJournal
from maillage.socle.temps import aujourd_hui, maintenant

pytestmark = pytest.mark.django_db


@pytest.fixture
def ici():
    return un_groupe()


def entrer(compte) -> Client:
    client = Client()
    client.force_login(compte)
    session = client.session
    session["eleve_le"] = maintenant().isoformat()
    session.save()
    return client


def jeton(page) -> str:
    return re.search(r'name="jeton" value="([^"]+)"', page.content.decode())[1]


def saisie(accueil, **champs: str) -> dict[str, str]:
    jour = aujourd_hui().isoformat()
    return {
        "debut": jour,
        "fin": jour,
        "mode": "aucun",
        "partie_prescripteur": "",
        "autre_prescripteur": "Mission locale d’essai",
        "partie_structure_accueil": str(accueil.public_id),
        **{f"champ_{code}": valeur for code, valeur in PMSMP.items()},
        **champs,
    }


def test_on_prepare_une_pmsmp_par_la_page_et_deux_envois_n_en_font_qu_une(ici):
    situation = une_situation(ici, personne(naissance=ADULTE))
    atelier = creer_organisme("Atelier d’essai", "entreprise", departement_code="31")
    client = entrer(ici.coordonnatrice)
    adresse = reverse("documents:nouvelle", args=["pmsmp", ici.cercle])
    page = client.get(adresse)
    assert page.status_code == 200
    valeurs = {**saisie(atelier), "objet": str(situation.public_id), "jeton": jeton(page)}
    premiere = client.post(adresse, valeurs)
    assert premiere.status_code == 302
    assert client.post(adresse, valeurs)["Location"] == premiere["Location"]
    with en_maintenance():
        assert ConventionNominative.objects.count() == 1
    detail = client.get(premiere["Location"])
    assert detail.status_code == 200
    assert "Envoyer à la signature" in detail.content.decode()


def test_une_saisie_incomplete_revient_entiere_avec_ses_motifs(ici):
    une_situation(ici, personne(naissance=ADULTE))
    atelier = creer_organisme("Atelier d’essai", "entreprise", departement_code="31")
    client = entrer(ici.coordonnatrice)
    adresse = reverse("documents:nouvelle", args=["pmsmp", ici.cercle])
    reponse = client.post(adresse, saisie(atelier, champ_tuteur="", champ_taches="Poncer."))
    assert reponse.status_code == 422
    assert "Poncer." in reponse.content.decode()
    with en_maintenance():
        assert ConventionNominative.objects.count() == 0


@pytest.mark.parametrize("code", FORMATS)
def test_la_convention_se_telecharge_dans_chaque_format_et_le_journal_le_dit(ici, fabrique, code):
    situation = une_situation(ici, personne(nom="Zucanari", naissance=ADULTE))
    convention = une_pmsmp(ici, situation, contenu_pmsmp("Atelier d’essai"))
    reponse = entrer(ici.coordonnatrice).get(reverse("documents:fichier", args=[convention, code]))
    assert reponse.status_code == 200
    assert reponse["Content-Type"] == FORMATS[code].mime
    assert "Zucanari" not in reponse["Content-Disposition"]
    if code.startswith("pdf"):
        assert "Zucanari" in PdfReader(io.BytesIO(reponse.content)).pages[0].extract_text()
    with fabrique():
        assert EntreeJournal.objects.filter(evenement="convention_exportee", objet=str(convention)).exists()


def test_un_fichier_d_un_autre_groupe_est_introuvable_pour_qui_a_les_memes_droits(ici):
    situation = une_situation(ici, personne(naissance=ADULTE))
    convention = une_pmsmp(ici, situation, contenu_pmsmp("Atelier d’essai"))
    client = entrer(un_groupe().coordonnatrice)
    for nom, args in (
        ("convention", [convention]),
        ("fichier", [convention, "pdf"]),
        ("corriger", [convention]),
        ("envoyer", [convention]),
        ("signer", [convention, "beneficiaire"]),
        ("amender", [convention]),
        ("resilier", [convention]),
        ("renouveler", [convention]),
        ("denoncer", [convention]),
    ):
        assert client.get(reverse(f"documents:{nom}", args=args)).status_code == 404, nom
    assert str(convention) not in client.get(reverse("documents:registre")).content.decode()


def test_une_modification_perimee_garde_la_saisie_et_montre_l_autre(ici):
    situation = une_situation(ici, personne(naissance=ADULTE))
    convention = une_pmsmp(ici, situation, contenu_pmsmp("Atelier d’essai"))
    client, adresse = entrer(ici.coordonnatrice), reverse("documents:corriger", args=[convention])
    page = client.get(adresse)
    valeurs = {**page.context["formulaire"].initial, "champ_lieu": "Hangar"}
    valeurs = {cle: "" if valeur is None else valeur for cle, valeur in valeurs.items()}
    with en_maintenance():
        ConventionNominative.objects.update(version=2)
    reponse = client.post(adresse, {**valeurs, "jeton": jeton(page)})
    assert reponse.status_code == 409
    assert "Hangar" in reponse.content.decode()
    reponse = client.post(adresse, {**valeurs, "version": 2})
    assert reponse.status_code == 302
    with en_maintenance():
        assert ConventionNominative.objects.get().champs["lieu"] == "Hangar"


def test_le_registre_filtre_et_met_le_terme_le_plus_proche_d_abord(au_nom_de):
    conseil, elle = qui_tient()
    with au_nom_de(elle):
        longue = preparation.preparer(
            genre="prestataire", ou=conseil.public_id, contenu=contenu_prestataire(duree=300)
        )
        courte = preparation.preparer(
            genre="prestataire", ou=conseil.public_id, contenu=contenu_prestataire(duree=30)
        )
    client, adresse = entrer(elle), reverse("documents:registre")
    page = client.get(adresse).content.decode()
    assert page.index(str(courte)) < page.index(str(longue))
    assert str(courte) not in client.get(adresse, {"etat": "en_vigueur"}).content.decode()
    assert str(courte) not in client.get(adresse, {"genre": "tapaj"}).content.decode()
    proche = (contenu_prestataire(duree=40).fin).isoformat()
    filtree = client.get(adresse, {"etat": "toutes", "terme_avant": proche}).content.decode()
    assert str(courte) in filtree
    assert str(longue) not in filtree


def test_le_registre_dit_pourquoi_une_convention_appelle_l_oeil(au_nom_de):
    conseil, elle = qui_tient()
    with au_nom_de(elle):
        proche = preparation.preparer(
            genre="prestataire", ou=conseil.public_id, contenu=contenu_prestataire(duree=20)
        )
        loin = preparation.preparer(
            genre="prestataire", ou=conseil.public_id, contenu=contenu_prestataire(duree=350)
        )
    client, adresse = entrer(elle), reverse("documents:registre")
    assert "à faire signer avant le" in lignes_du_registre(client.get(adresse))[str(proche)]
    for convention in (proche, loin):
        envoyer(convention, elle)
        signer_tout(convention, elle)
    lues = lignes_du_registre(client.get(adresse))
    assert "m-etat-bientot" in lues[str(proche)]
    assert "bientôt échue" in lues[str(proche)]
    assert "En vigueur" in lues[str(proche)]
    assert "bientôt" not in lues[str(loin)]


def lignes_du_registre(reponse) -> dict[str, str]:
    """Each row of the register, by the public id its link leads to."""
    rangees = reponse.content.decode().split("<tbody", 1)[1].split("<tr")[1:]
    return {re.search(r"/([0-9a-f-]{36})/", rangee)[1]: rangee for rangee in rangees}


def test_un_conseil_adapte_un_modele_le_date_et_l_apercoit():
    conseil, elle = qui_tient()
    client = entrer(elle)
    adresse = reverse("documents:adapter", args=[conseil.public_id, "convention_sante"])
    page = client.get(adresse)
    valeurs = {
        "jeton": jeton(page),
        "entete": "Ville d’essai\nService prévention",
        "signataire": "Dominique Exemple",
        "qualite": "Maire",
        "ajout_accueil": "Le premier rendez-vous a lieu à la maison de quartier.",
        "depuis": aujourd_hui().isoformat(),
        "logo": SimpleUploadedFile("logo.png", DESSIN),  # its name lies: its bytes decide
        "logo_description": "Blason",
    }
    assert client.post(adresse, valeurs).status_code == 302
    with en_maintenance():
        ecrite = Adaptation.objects.get()
    assert (ecrite.numero, ecrite.logo_genre) == (1, "svg")
    exemple = client.get(reverse("documents:apercu", args=[conseil.public_id, "convention_sante", "pdf"]))
    texte = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(exemple.content)).pages)
    assert "Service prévention" in texte
    assert "maison de quartier" in texte
    assert "adaptation locale" in texte
    page = client.get(adresse)
    suite = {**valeurs, "jeton": jeton(page), "garder_le_logo": "on", "entete": "Ville"}
    suite.pop("logo")
    assert client.post(adresse, suite).status_code == 302
    with en_maintenance():
        assert bytes(Adaptation.objects.get(numero=2).logo) == DESSIN


def test_un_logo_actif_est_refuse_et_rien_n_est_ecrit():
    conseil, elle = qui_tient()
    client = entrer(elle)
    adresse = reverse("documents:adapter", args=[conseil.public_id, "convention_sante"])
    piege = SimpleUploadedFile("logo.svg", svg("<script>alert(1)</script>"))
    reponse = client.post(
        adresse, {"depuis": aujourd_hui().isoformat(), "logo": piege, "logo_description": "Blason"}
    )
    assert reponse.status_code == 422
    assert "logo_svg_actif" in reponse.content.decode()
    with en_maintenance():
        assert Adaptation.objects.count() == 0


def test_un_autre_conseil_n_adapte_rien_ici():
    conseil, _ = qui_tient()
    adresse = reverse("documents:adapter", args=[conseil.public_id, "convention_sante"])
    valeurs = {"depuis": aujourd_hui().isoformat(), "entete": "Ailleurs"}
    ailleurs = coordonnateur("31149")
    assert entrer(ailleurs).post(adresse, valeurs).status_code == 404
    # The département sees the council and does not keep it; the elected deputy keeps other things.
    voit = exercer(coordonnateur("31149"), "prefecture", "31", "departement")
    assert entrer(voit).post(adresse, valeurs).status_code == 403
    with en_maintenance():
        assert Adaptation.objects.count() == 0


def test_la_coordination_est_prevenue_dans_sa_journee(ici):
    situation = une_situation(ici, personne(naissance=ADULTE))
    une_pmsmp(ici, situation, contenu_pmsmp("Atelier d’essai", apres=3))
    page = entrer(ici.coordonnatrice).get(reverse("pilotage:journee")).content.decode()
    assert "Faire signer la convention" in page
    en_vigueur(ici, situation, contenu_pmsmp("Boulangerie d’essai", apres=0, jours=5))
    page = entrer(ici.coordonnatrice).get(reverse("pilotage:journee")).content.decode()
    assert "sans renouvellement prévu" in page


def test_un_montant_se_tape_comme_on_l_ecrit_et_se_lit_en_euros():
    conseil, elle = qui_tient()
    client = entrer(elle)
    adresse = reverse("documents:nouvelle", args=["prestataire", conseil.public_id])
    contenu = contenu_prestataire()
    valeurs = {
        "debut": contenu.debut.isoformat(),
        "fin": contenu.fin.isoformat(),
        "mode": "aucun",
        "autre_conseil": "Ville d’essai",
        "autre_prestataire": "Association d’essai",
        **{f"champ_{code}": valeur for code, valeur in contenu.champs.items()},
    }
    refuse = client.post(adresse, {**valeurs, "champ_montant": "24 00"})
    assert refuse.status_code == 422
    assert 'value="24 00"' in refuse.content.decode()
    with en_maintenance():
        assert Convention.objects.count() == 0
    envoi = {**valeurs, "champ_montant": "24 000,5 €", "jeton": jeton(client.get(adresse))}
    detail = client.get(client.post(adresse, envoi)["Location"])
    assert "24\u00a0000,50\u00a0€" in detail.content.decode()
    with en_maintenance():
        convention = Convention.objects.get()
    assert convention.champs["montant"] == "24000.50"
    pdf = client.get(reverse("documents:fichier", args=[convention.public_id, "pdf"]))
    assert "24\u00a0000,50\u00a0€" in PdfReader(io.BytesIO(pdf.content)).pages[0].extract_text()
    corriger = client.get(reverse("documents:corriger", args=[convention.public_id])).content.decode()
    assert 'value="24\u00a0000,50"' in corriger


def test_le_parcours_d_une_personne_mene_a_sa_convention_et_la_montre(ici):
    situation = une_situation(ici, personne(naissance=ADULTE))
    autre = une_situation(ici, personne(naissance=ADULTE))
    client = entrer(ici.coordonnatrice)
    adresse = reverse("orientations:parcours", args=[situation.public_id])
    lien = f"{reverse('documents:nouvelle', args=['pmsmp', ici.cercle])}?objet={situation.public_id}"
    assert lien in client.get(adresse).content.decode()
    assert f'value="{situation.public_id}" selected' in client.get(lien).content.decode()
    convention = une_pmsmp(ici, situation, contenu_pmsmp("Atelier d’essai"))
    detail = reverse("documents:convention", args=[convention])
    assert detail in client.get(adresse).content.decode()
    ailleurs = reverse("orientations:parcours", args=[autre.public_id])
    assert detail not in client.get(ailleurs).content.decode()
    voisin = entrer(un_groupe().coordonnatrice)
    assert voisin.get(adresse).status_code == 404
    assert voisin.get(lien).status_code == 404
