"""What goes to the CLSM and the ARS: protected numbers, a page, a document; never another council’s."""

import io

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from tests.instances.fabriques import conseil as un_conseil
from tests.instances.fabriques import coordonnateur

from maillage.socle.contexte import en_maintenance
from maillage.socle.faits import noter
from maillage.socle.models import EntreeJournal
from maillage.socle.temps import aujourd_hui, maintenant

pytestmark = pytest.mark.django_db


def entrer(compte) -> Client:
    client = Client()
    client.force_login(compte)
    session = client.session
    session["eleve_le"] = maintenant().isoformat()
    session.save()
    return client


def besoins(conseil, structure: str, raison: str, combien: int) -> None:
    with en_maintenance():
        for _ in range(combien):
            noter(
                "besoin_sans_reponse",
                le=aujourd_hui(),
                instance=conseil.pk,
                departement=conseil.departement_code,
                genre=structure,
                motif=raison,
                delai_jours=0,
            )


@pytest.fixture
def decor():
    conseil, elle = un_conseil(), coordonnateur()
    besoins(conseil, "cmp", "delai", 17)
    besoins(conseil, "csapa", "delai", 2)
    besoins(conseil, "mda", "distance", 12)
    return conseil, elle


def test_la_page_dit_les_besoins_de_l_annee_et_cache_les_petits_nombres(decor):
    conseil, elle = decor
    page = entrer(elle).get(reverse("pilotage:clsm", args=[conseil.public_id]))
    lus = {t.code: {ligne.code: ligne.cellules[-1] for ligne in t.lignes} for t in page.context["tableaux"]}
    assert lus["besoins_structure"]["csapa"].valeur is None
    visibles = [cellule.valeur for cellule in lus["besoins_structure"].values() if cellule.valeur is not None]
    # With the total, the hidden one is not found by a subtraction.
    total = page.context["tableaux"][0].total.cellules[-1].valeur
    assert total is None or len(visibles) < 2
    texte = page.content.decode()
    assert "Qui devrait siéger au CLSM" in texte
    assert "Agence régionale de santé" in texte
    assert "Aucun groupe de ce conseil" in texte


def test_sans_besoin_note_la_page_le_dit():
    conseil, elle = un_conseil(), coordonnateur()
    page = entrer(elle).get(reverse("pilotage:clsm", args=[conseil.public_id]))
    assert "Aucun besoin noté" in page.content.decode()
    pdf = entrer(elle).get(
        reverse("pilotage:clsm_fichier", args=[conseil.public_id, aujourd_hui().year, "pdf"])
    )
    assert "Aucun besoin noté" in PdfReader(io.BytesIO(pdf.content)).pages[0].extract_text()


@pytest.mark.parametrize("format_", ["pdf", "odt"])
def test_le_document_se_telecharge_et_le_journal_le_dit(decor, fabrique, format_):
    conseil, elle = decor
    adresse = reverse("pilotage:clsm_fichier", args=[conseil.public_id, aujourd_hui().year, format_])
    reponse = entrer(elle).get(adresse)
    assert reponse.status_code == 200
    if format_ == "pdf":
        texte = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(reponse.content)).pages)
        assert "Besoins de soin restés sans réponse" in texte
        assert conseil.nom in texte
    with fabrique():
        assert EntreeJournal.objects.filter(evenement="remontee_exportee").count() == 1


def test_qui_a_le_meme_droit_ailleurs_ne_trouve_rien_ici(decor, fabrique):
    conseil, _ = decor
    ailleurs = entrer(coordonnateur("31149"))
    assert ailleurs.get(reverse("pilotage:clsm", args=[conseil.public_id])).status_code == 404
    adresse = reverse("pilotage:clsm_fichier", args=[conseil.public_id, aujourd_hui().year, "pdf"])
    assert ailleurs.get(adresse).status_code == 404
    with fabrique():
        assert not EntreeJournal.objects.filter(evenement="remontee_exportee").exists()


def test_une_annee_ou_un_format_de_personne_n_existe_pas(decor):
    conseil, elle = decor
    client = entrer(elle)
    assert client.get(reverse("pilotage:clsm_annee", args=[conseil.public_id, 1999])).status_code == 404
    adresse = reverse("pilotage:clsm_fichier", args=[conseil.public_id, aujourd_hui().year, "exe"])
    assert client.get(adresse).status_code == 404
