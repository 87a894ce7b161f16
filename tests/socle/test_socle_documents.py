"""The door of PDF documents: tagged, in French, the same everywhere."""

import io
from datetime import date

import pytest
from pypdf import PdfReader

from maillage.socle.documents import POLICE, DocumentImpossible, pdf

MODELE = f"""
#let donnees = json(bytes(sys.inputs.donnees))
#set document(title: donnees.titre)
#set text(lang: "fr", font: "{POLICE}")
= #donnees.titre
Le #donnees.le : «\u00a0été, cœur, Ü\u00a0»
"""


@pytest.fixture
def modele(tmp_path):
    fichier = tmp_path / "essai.typ"
    fichier.write_text(MODELE, encoding="utf-8")
    return fichier


def test_un_document_est_balise_et_dit_sa_langue(modele):
    racine = PdfReader(io.BytesIO(pdf(modele, {"titre": "Bilan", "le": date(2026, 1, 2)}))).trailer["/Root"]
    assert racine["/MarkInfo"]["/Marked"]
    assert racine["/Lang"] == "fr"
    assert "/StructTreeRoot" in racine


def test_les_lettres_du_francais_sont_toutes_la(modele):
    page = PdfReader(io.BytesIO(pdf(modele, {"titre": "Bilan", "le": date(2026, 1, 2)}))).pages[0]
    assert "été, cœur, Ü" in page.extract_text()
    assert "2026-01-02" in page.extract_text()


def test_un_modele_qui_ne_se_compose_pas_le_dit_sans_montrer_les_donnees(modele):
    with pytest.raises(DocumentImpossible) as refus:
        pdf(modele, {"titre": "CANARI-7731"})
    assert "CANARI-7731" not in str(refus.value)


def test_un_modele_ne_lit_que_son_dossier(modele):
    modele.write_text('#read("/etc/hostname")', encoding="utf-8")
    with pytest.raises(DocumentImpossible):
        pdf(modele, {})
