"""What the pages show, to whom, and what they refuse without losing what was typed."""

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from tests.situations.fabriques import Groupe, personne, signaler, un_groupe, une_situation

from maillage.situations.models import Contact, Element, Situation
from maillage.situations.services import cloture
from maillage.socle.models import EntreeJournal

pytestmark = pytest.mark.django_db


@pytest.fixture
def visite():
    """A signed-in browser: ``visite(compte)``."""

    def ouvrir(compte) -> Client:
        client = Client()
        client.force_login(compte)
        return client

    return ouvrir


def jeton_de(reponse) -> str:
    return re.search(r'name="jeton" value="([^"]+)"', reponse.content.decode()).group(1)


def texte(reponse) -> str:
    return re.sub(r"\s+", " ", reponse.content.decode().replace("\u00a0", " "))


def adresses(situation: Situation) -> list[str]:
    cle = situation.public_id
    return [
        reverse(f"situations:{nom}", args=[cle])
        for nom in (
            "situation",
            "contact",
            "categories",
            "objectif",
            "referent",
            "lettre",
            "bilan",
            "identite",
            "representant",
            "clore",
        )
    ] + [
        reverse("situations:element", args=[cle, "besoin_exprime"]),
        reverse("situations:lettre_pdf", args=[cle, "personne"]),
    ]


def test_les_pages_s_ouvrent_aux_membres_du_groupe(visite):
    ici = un_groupe()
    situation = une_situation(ici)
    signalement = signaler(ici)
    client = visite(ici.coordonnatrice)
    for adresse in [
        *adresses(situation),
        reverse("situations:liste"),
        reverse("situations:signalements"),
        reverse("situations:referents"),
        reverse("situations:signaler", args=[ici.cercle]),
        reverse("situations:signalement", args=[signalement.public_id]),
        reverse("situations:naissance", args=[signalement.public_id]),
    ]:
        assert client.get(adresse).status_code == 200, adresse


def test_une_situation_cachee_repond_comme_une_situation_absente(visite, fabrique):
    ici, la_bas = un_groupe(), un_groupe()
    situation = une_situation(ici)
    intrus = visite(la_bas.coordonnatrice)
    for adresse in adresses(situation):
        cachee = intrus.get(adresse)
        absente = intrus.get(adresse.replace(str(situation.public_id), str(uuid4())))
        assert cachee.status_code == absente.status_code == 404, adresse
        assert len(cachee.content) == len(absente.content)
    with fabrique():
        assert EntreeJournal.objects.filter(evenement="introuvable", objet=str(situation.public_id)).exists()


def test_la_liste_ne_montre_que_les_groupes_du_lecteur(visite):
    ici, la_bas = un_groupe(), un_groupe()
    une_situation(ici, personne(nom="Belcastel"))
    une_situation(la_bas, personne(nom="Castelviel"))
    page = texte(visite(ici.membre).get(reverse("situations:liste")))
    assert "Belcastel" in page
    assert "Castelviel" not in page
    assert "1 situation," in page


def test_sans_groupe_la_liste_dit_pourquoi_elle_est_vide(visite):
    from tests.acteurs.fabriques import creer_compte

    client = visite(creer_compte("membre"))
    assert "Aucun groupe ne vous est ouvert" in texte(client.get(reverse("situations:liste")))
    assert "Aucun groupe ne vous est ouvert" in texte(client.get(reverse("situations:signalements")))


def test_l_administrateur_technique_n_entre_pas(visite):
    from tests.acteurs.fabriques import creer_compte

    ici = un_groupe()
    situation = une_situation(ici)
    client = visite(creer_compte("administrateur_technique"))
    for adresse in [reverse("situations:liste"), *adresses(situation)]:
        assert client.get(adresse).status_code == 403


def _signalement_valable(client, ici: Groupe, **change) -> tuple[str, dict]:
    adresse = reverse("situations:signaler", args=[ici.cercle])
    donnees = {
        "nom": "Sabarthès",
        "prenom": "Eliott",
        "naissance_jour": "14",
        "naissance_mois": "5",
        "naissance_annee": "2011",
        "sexe": "",
        "exposition": "delinquance",
        "motif": "absences_repetees",
        "origine": "etablissement_scolaire",
        "texte": "Absent quatre matins sur cinq.",
        "jeton": jeton_de(client.get(adresse)),
        **change,
    }
    return adresse, donnees


def test_qui_lira_est_dit_avant_d_envoyer(visite):
    ici = un_groupe()
    page = texte(visite(ici.membre).get(reverse("situations:signaler", args=[ici.cercle])))
    assert page.index("Qui lira ceci") < page.index("Envoyer au groupe")
    assert "(vous)" in page
    assert ici.coordonnatrice.nom_complet in page
    assert "Sans décision du groupe, effacé le" in page


def test_un_signalement_envoye_deux_fois_n_est_recu_qu_une(visite, fabrique):
    ici = un_groupe()
    client = visite(ici.membre)
    adresse, donnees = _signalement_valable(client, ici)
    premiere = client.post(adresse, donnees)
    seconde = client.post(adresse, donnees)
    assert premiere.status_code == seconde.status_code == 302
    assert premiere.url == seconde.url
    page = texte(client.get(premiere.url))
    assert "Eliott Sabarthès" in page
    assert "Effacé le" in page
    with fabrique():
        from maillage.situations.models import Signalement

        assert Signalement.objects.count() == 1


def test_la_garde_refuse_sur_le_serveur_et_garde_la_saisie(visite, fabrique):
    ici = un_groupe()
    client = visite(ici.membre)
    adresse, donnees = _signalement_valable(client, ici, texte="Suivi au CMP depuis l’été.")
    reponse = client.post(adresse, donnees)
    page = texte(reponse)
    assert reponse.status_code == 422
    assert "<mark>Suivi au CMP</mark>" in page
    assert "Dites ce qui est à faire" in page
    assert "Suivi au CMP depuis l’été." in page
    assert 'value="Sabarthès"' in page
    with fabrique():
        from maillage.situations.models import Identite

        assert not Identite.objects.exists()


def test_une_personne_proche_est_proposee_avec_ses_raisons_et_sans_note(visite, fabrique):
    ici = un_groupe()
    une_situation(ici, personne(nom="Sabarthes", prenom="Eliot", naissance=None), tranche="de_12_a_15")
    client = visite(ici.membre)
    adresse, donnees = _signalement_valable(client, ici)
    reponse = client.post(adresse, donnees)
    page = texte(reponse)
    assert reponse.status_code == 422
    assert "à rapprocher" in page
    assert "orthographe proche" in page
    assert "%" not in re.sub(r"<[^>]+>", "", page)
    choisie = re.search(r'name="rapprocher" value="([0-9a-f-]{36})"', reponse.content.decode()).group(1)
    assert client.post(adresse, {**donnees, "rapprocher": choisie}).status_code == 302
    with fabrique():
        from maillage.situations.models import Identite

        assert Identite.objects.count() == 1


def test_les_motifs_judiciaires_ne_sont_offerts_qu_aux_membres_judiciaires(visite):
    ici = un_groupe()
    pjj = ici.ajouter("pjj", sensible=True)
    adresse = reverse("situations:signaler", args=[ici.cercle])
    assert "suivi_judiciaire" not in texte(visite(ici.membre).get(adresse))
    assert "suivi_judiciaire" in texte(visite(pjj).get(adresse))


def test_avant_douze_ans_le_soutien_aux_parents_est_propose_d_abord(visite):
    ici = un_groupe()
    from datetime import date

    recu = signaler(ici, qui=personne(naissance=date(2016, 3, 1)))
    page = texte(visite(ici.membre).get(reverse("situations:signalement", args=[recu.public_id])))
    assert "Avant 12 ans, le soutien aux parents est proposé d’abord" in page


def test_noter_un_contact_tient_en_un_formulaire(visite, fabrique):
    ici = un_groupe()
    situation = une_situation(ici)
    client = visite(ici.membre)
    adresse = reverse("situations:contact", args=[situation.public_id])
    donnees = {
        "jeton": jeton_de(client.get(adresse)),
        "le": situation.ouverte_le.isoformat(),
        "moyen": "entretien",
        "avec": "personne",
        "duree_min": "30",
        "suite": "rendez_vous",
    }
    incomplet = client.post(adresse, {**donnees, "avec": ""})
    assert incomplet.status_code == 422
    assert 'role="alert"' in incomplet.content.decode()
    reponse = client.post(adresse, donnees, follow=True)
    assert "Contact noté. Visible par les 2 lecteurs" in texte(reponse)
    assert "Durée : 30 min" in texte(reponse)
    with fabrique():
        assert Contact.objects.count() == 1


def test_la_lecture_d_une_situation_est_inscrite_au_journal(visite, fabrique):
    ici = un_groupe()
    situation = une_situation(ici)
    visite(ici.membre).get(reverse("situations:situation", args=[situation.public_id]))
    with fabrique():
        entree = EntreeJournal.objects.get(evenement="lecture_situation")
    assert (entree.acteur, entree.objet, entree.cercle) == (ici.membre.pk, str(situation.public_id), ici.cle)


def test_chercher_ne_met_aucun_nom_dans_l_adresse_ni_dans_le_journal(visite, fabrique):
    ici, la_bas = un_groupe(), un_groupe()
    une_situation(ici, personne(nom="Puyloubier", prenom="Noam"))
    une_situation(ici, personne(nom="Vallongue"))
    une_situation(la_bas, personne(nom="Puyloubier", prenom="Jade"))
    client = visite(ici.membre)
    reponse = client.post(reverse("situations:recherche"), {"q": "puylloubié"})
    assert reponse.status_code == 302
    assert "puyl" not in reponse.url.lower()
    page = texte(client.get(reponse.url))
    assert "Puyloubier Noam" in page
    assert "Vallongue" not in page
    assert "Jade" not in page
    assert "puylloubié" not in str(dict(client.session))
    with fabrique():
        entree = EntreeJournal.objects.get(evenement="recherche")
    assert "puyl" not in str(entree.details).lower()


def test_une_archive_ne_montre_aucun_nom_et_s_ouvre_une_fois(visite, au_nom_de, fabrique):
    ici = un_groupe()
    situation = une_situation(ici, personne(nom="Montredon"))
    with au_nom_de(ici.coordonnatrice):
        cloture.clore(situation=situation.public_id, version=1, issue="terme", le=situation.ouverte_le)
    client = visite(ici.coordonnatrice)
    adresse = reverse("situations:situation", args=[situation.public_id])
    fermee = texte(client.get(adresse))
    assert "Cette archive est fermée" in fermee
    assert "Montredon" not in fermee
    assert "Montredon" not in texte(client.get(reverse("situations:liste") + "?etat=close"))
    assert client.get(reverse("situations:contact", args=[situation.public_id])).status_code == 422
    archive = reverse("situations:archive", args=[situation.public_id])
    assert client.post(archive, {"motif": ""}).status_code == 422
    ouverte = client.post(archive, {"motif": "demande_personne"})
    assert "Montredon" in texte(ouverte)
    assert "Montredon" not in texte(client.get(adresse))
    assert visite(ici.membre).post(archive, {"motif": "demande_personne"}).status_code == 403
    with fabrique():
        assert EntreeJournal.objects.filter(evenement="archive_consultee").count() == 1


def test_le_nom_d_un_organisme_sensible_est_masque_sauf_a_qui_doit_le_savoir(visite, au_nom_de):
    from maillage.situations.services import suivi

    ici = un_groupe()
    spip = ici.ajouter("spip", sensible=True)
    situation = une_situation(ici)
    with au_nom_de(spip):
        suivi.partager_element(situation=situation.public_id, categorie="existence_suivi_judiciaire")
    adresse = reverse("situations:situation", args=[situation.public_id])

    def elements(compte) -> str:
        page = texte(visite(compte).get(adresse))
        return page[page.index("Éléments partagés dans le groupe") : page.index("Frise du suivi")]

    assert "organisme masqué" in elements(ici.membre)
    # Nowhere on the page: the box of the readers names no more than the shared elements do.
    assert "Organisme spip" not in texte(visite(ici.membre).get(adresse))
    assert spip.nom_complet not in elements(ici.membre)
    for compte in (ici.coordonnatrice, spip):
        assert "Organisme spip" in elements(compte)


def test_le_maire_lit_sans_bouton_d_ecriture(visite):
    ici = un_groupe()
    maire = ici.ajouter("services_communaux", role="maire", fonction="maire")
    situation = une_situation(ici)
    client = visite(maire)
    page = texte(client.get(reverse("situations:situation", args=[situation.public_id])))
    assert "Noter un contact" not in page
    assert client.get(reverse("situations:contact", args=[situation.public_id])).status_code == 403


def test_les_categories_offertes_sont_celles_que_le_membre_peut_enoncer(visite, fabrique):
    ici = un_groupe()
    situation = une_situation(ici)
    client = visite(ici.membre)
    page = texte(client.get(reverse("situations:categories", args=[situation.public_id])))
    assert "Un éducateur de rue connaît la personne" in page
    assert "Un suivi judiciaire existe" not in page
    adresse = reverse("situations:element", args=[situation.public_id, "existence_suivi_judiciaire"])
    refus = client.post(adresse, {"jeton": jeton_de(client.get(adresse)), "precision": ""})
    assert refus.status_code == 422
    assert "Seul un membre judiciaire" in texte(refus)
    with fabrique():
        assert not Element.objects.exists()


@pytest.mark.parametrize("nom", ["liste", "signalements"])
def test_le_nombre_de_requetes_ne_depend_pas_du_nombre_de_lignes(visite, nom, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    ici = un_groupe()
    une_situation(ici)
    signaler(ici)
    client = visite(ici.coordonnatrice)
    client.get(reverse(f"situations:{nom}"))
    with CaptureQueriesContext(
        connection,
    ) as une:
        client.get(reverse(f"situations:{nom}"))
    for _ in range(14):
        une_situation(ici)
        signaler(ici)
    with CaptureQueriesContext(connection) as quinze:
        reponse = client.get(reverse(f"situations:{nom}"))
    assert reponse.status_code == 200
    assert len(quinze) == len(une)


@pytest.mark.parametrize("tri", ["echeance", "nom", "conservation"])
def test_la_liste_se_parcourt_par_curseur_sans_perte_ni_doublon(visite, tri):
    ici = un_groupe()
    attendues = {une_situation(ici).numero for _ in range(23)}
    client = visite(ici.membre)
    vues: list[str] = []
    adresse = reverse("situations:liste") + f"?tri={tri}"
    while adresse:
        reponse = client.get(adresse)
        page = reponse.content.decode()
        vues += re.findall(r"n° (\d{4}-\d{3})", page)
        suivante = re.search(r'href="(\?[^"]*apres=[^"]+)"', page)
        adresse = reverse("situations:liste") + suivante.group(1).replace("&amp;", "&") if suivante else ""
    assert sorted(vues) == sorted(attendues)


def test_un_nombre_se_plafonne(au_nom_de):
    from maillage.situations.selectors import Compte

    assert str(Compte(100, True)) == "plus de 100"
    assert str(Compte(27, False)) == "27"


def test_la_lettre_est_un_pdf_balise_a_lire_par_tous(visite):
    import io

    import pypdf

    ici = un_groupe()
    situation = une_situation(ici, personne(nom="Mara*valle_ #let", prenom="$Théo$"))
    reponse = visite(ici.membre).get(reverse("situations:lettre_pdf", args=[situation.public_id, "personne"]))
    lu = pypdf.PdfReader(io.BytesIO(reponse.content))
    contenu = "".join(page.extract_text() for page in lu.pages)
    assert reponse["Content-Type"] == "application/pdf"
    assert lu.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert lu.trailer["/Root"]["/Lang"] == "fr-FR"
    assert "$Théo$ Mara*valle_ #let" in contenu
    assert "12 avril 2035" in contenu.replace("\u00a0", " ")
    absente = reverse("situations:lettre_pdf", args=[situation.public_id, "representant"])
    assert visite(ici.membre).get(absente).status_code == 404


def test_victimes_et_jeunes_ne_sont_jamais_dans_la_meme_liste(visite):
    from tests.instances.fabriques import membre

    jeunes, victimes = un_groupe(), un_groupe("victime")
    membre(victimes.formation, jeunes.coordonnatrice, role="coordonnateur")
    une_situation(jeunes, personne(nom="Belcastel"))
    une_situation(victimes, personne(nom="Fontclair"))
    signaler(jeunes, qui=personne(nom="Belcastel"))
    signaler(victimes, qui=personne(nom="Fontclair"))
    client = visite(jeunes.coordonnatrice)
    for nom in ("liste", "signalements"):
        for filtre in ("", f"?groupe={jeunes.cercle}", f"?groupe={victimes.cercle}"):
            page = texte(client.get(reverse(f"situations:{nom}") + filtre))
            assert ("Belcastel" in page) != ("Fontclair" in page), (nom, filtre)


def test_une_archive_ne_repond_pas_a_un_nom(visite, au_nom_de):
    ici = un_groupe()
    situation = une_situation(ici, personne(nom="Montredon"))
    with au_nom_de(ici.coordonnatrice):
        cloture.clore(situation=situation.public_id, version=1, issue="terme", le=situation.ouverte_le)
    client = visite(ici.coordonnatrice)
    for demande, trouve in (("Montredon", False), (situation.numero, True)):
        reponse = client.post(reverse("situations:recherche"), {"q": demande})
        page = texte(client.get(reponse.url + "&etat=close"))
        assert (f"Situation n° {situation.numero}" in page) is trouve
