"""The engine of documents: templates that hold, one text in two files, readable by everyone."""

import io
import re
import zipfile
from datetime import date
from xml.etree import ElementTree

import pytest
from pypdf import PdfReader

from maillage.documents.blocs import Document, Paragraphe, Signature, Signatures, Tableau, Titre, textes
from maillage.documents.composition import Adaptation, ChampManquant, composer
from maillage.documents.modeles import (
    Modele,
    ModeleInconnu,
    ModeleInvalide,
    catalogue,
    lire,
    modele,
    modeles,
)
from maillage.documents.rules.genres import genres
from maillage.documents.sorties import FORMATS

CODES = sorted(catalogue())
SIGNATURES = (
    Signature("Première partie", "Alex Exemple, gérant", "Signé sur papier le 3 mars 2026"),
    Signature("Deuxième partie"),
)
TEXTE = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
GRANDS_CARACTERES = 18


def un_document(code: str, adaptation: Adaptation | None = None) -> Document:
    lu = modele(code)
    return composer(lu, lu.exemples, adaptation=adaptation, signatures=SIGNATURES, entete=("Ville d’essai",))


def brut(**version: object) -> dict[str, object]:
    return {
        "code": "essai",
        "libelle": "Essai",
        "versions": [
            {
                "version": 1,
                "depuis": date(2026, 1, 1),
                "titre": "Essai",
                "base_legale": ["Texte d’essai"],
                "champs": {"qui": {"libelle": "Qui", "exemple": "Alex"}},
                "blocs": [{"paragraphe": "Bonjour {qui}."}],
                **version,
            }
        ],
    }


def essai(**version: object) -> Modele:
    return lire(brut(**version))[-1]


def sans_blancs(texte: str) -> str:
    return re.sub(r"\s+", "", texte)


def contenu_odt(octets: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(octets)).read("content.xml"))


# --- Templates -------------------------------------------------------------------------------------


def test_un_trou_que_rien_ne_declare_est_refuse_a_la_lecture():
    with pytest.raises(ModeleInvalide, match="quand"):
        essai(blocs=[{"paragraphe": "Bonjour {qui}, le {quand}."}])


def test_un_champ_que_rien_ne_montre_est_refuse_a_la_lecture():
    with pytest.raises(ModeleInvalide, match="qui"):
        essai(blocs=[{"paragraphe": "Bonjour."}])


def test_un_bloc_ou_un_genre_inconnus_sont_refuses_a_la_lecture():
    with pytest.raises(ModeleInvalide):
        essai(blocs=[{"image": "x"}, {"paragraphe": "{qui}"}])
    with pytest.raises(ModeleInvalide):
        essai(champs={"qui": {"libelle": "Qui", "exemple": "", "genre": "html"}})


def test_un_champ_non_donne_arrete_le_document_et_dit_lequel():
    with pytest.raises(ChampManquant, match="Qui"):
        composer(essai(), {})
    with pytest.raises(ChampManquant, match="Qui"):
        composer(essai(), {"qui": ""})
    with pytest.raises(ChampManquant, match="autre"):
        composer(essai(), {"qui": "Alex", "autre": "x"})


def test_des_accolades_tapees_par_quelqu_un_restent_du_texte():
    document = composer(essai(), {"qui": "{qui} #eval(1)"})
    assert "Bonjour {qui} #eval(1)." in list(textes(document))


def test_la_version_d_un_modele_suit_le_jour_et_se_retrouve():
    deux = brut()
    deux["versions"].append({**deux["versions"][0], "version": 2, "depuis": date(2026, 6, 1)})
    assert [m.version for m in lire(deux)] == [1, 2]
    assert modele("convention_pmsmp", date(2026, 3, 1)).version == 1
    with pytest.raises(ModeleInconnu):
        modele("convention_pmsmp", date(2020, 1, 1))
    with pytest.raises(ModeleInconnu):
        modele("inconnu")
    assert {m.code for m in modeles(date(2026, 6, 1))} == set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_chaque_document_finit_par_sa_base_legale_et_sa_version(code):
    *_, base, version = textes(un_document(code))
    assert base.startswith("Base légale")
    assert f"Modèle {code}, version {modele(code).version}" in version


@pytest.mark.parametrize("genre", genres().values(), ids=list(genres()))
def test_chaque_sorte_de_convention_a_un_modele_que_la_salle_sait_remplir(genre):
    lu = modele(genre.modele)
    connus = {partie.role for partie in genre.parties} | {"debut", "fin", "renouvellement"}
    assert {champ.code for champ in lu.champs if champ.origine == "salle"} <= connus
    dossier = {champ.code for champ in lu.champs if champ.origine == "dossier"}
    assert bool(dossier) == genre.nominative
    assert any(isinstance(bloc, Signatures) for bloc in un_document(genre.modele).blocs)


# --- Files -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", CODES)
def test_le_pdf_est_balise_en_francais_et_porte_ses_titres(code):
    lecteur = PdfReader(io.BytesIO(FORMATS["pdf"].ecrire(un_document(code))))
    racine = lecteur.trailer["/Root"]
    assert racine["/MarkInfo"]["/Marked"]
    assert racine["/Lang"].startswith("fr")
    assert "/StructTreeRoot" in racine
    assert lecteur.metadata.title == un_document(code).titre


@pytest.mark.parametrize("code", CODES)
def test_le_pdf_et_l_odt_disent_le_meme_texte(code):
    document = un_document(code)
    attendu = sans_blancs("".join(textes(document)))
    racine = contenu_odt(FORMATS["odt"].ecrire(document))
    corps = racine.find(".//{urn:oasis:names:tc:opendocument:xmlns:office:1.0}text")
    assert sans_blancs("".join(corps.itertext())) == attendu
    pages = PdfReader(io.BytesIO(FORMATS["pdf"].ecrire(document))).pages
    lu = "".join(re.sub(r"Page\s*\d+\s*sur\s*\d+", "", page.extract_text()) for page in pages)
    assert sorted(set(sans_blancs(lu)) - set("•‣-\u2010\u2022")) == sorted(set(attendu) - set("-"))
    # Cells of one line come out in the order of columns, whatever their height: compare word by word.
    assert sorted(mots(lu)) == sorted(mots(" ".join(textes(document))))


def mots(texte: str) -> set[str]:
    return {mot for mot in re.split(r"[\s•‣]+", texte.replace("\u00a0", " ")) if mot}


@pytest.mark.parametrize("code", CODES)
def test_l_odt_a_de_vrais_titres_des_tetes_de_tableau_et_sa_langue(code):
    document = un_document(code)
    octets = FORMATS["odt"].ecrire(document)
    racine = contenu_odt(octets)
    niveaux = [titre.get(f"{TEXTE}outline-level") for titre in racine.iter(f"{TEXTE}h")]
    assert niveaux[0] == "1"
    titres = [bloc for bloc in document.blocs if isinstance(bloc, Titre)]
    assert niveaux[1:] == ["2"] * len(titres)
    tableaux = list(racine.iter(f"{TABLE}table"))
    assert len(tableaux) >= sum(isinstance(bloc, Tableau) for bloc in document.blocs)
    assert all(len(list(tableau.iter(f"{TABLE}table-header-rows"))) == 1 for tableau in tableaux)
    archive = zipfile.ZipFile(io.BytesIO(octets))
    assert archive.testzip() is None
    assert b"fr-FR" in archive.read("meta.xml")
    assert b'fo:language="fr"' in archive.read("styles.xml")


def test_les_grands_caracteres_ont_dix_huit_points_dans_les_deux_fichiers():
    document = un_document("convention_pmsmp")
    styles = ElementTree.fromstring(
        zipfile.ZipFile(io.BytesIO(FORMATS["odt-grand"].ecrire(document))).read("styles.xml")
    )
    corps = next(s for s in styles.iter(f"{STYLE}style") if s.get(f"{STYLE}name") == "MaillageCorps")
    assert next(corps.iter(f"{STYLE}text-properties")).get(f"{FO}font-size") == f"{GRANDS_CARACTERES}pt"
    tailles: set[float] = set()

    def relever(texte: str, _cm: object, _tm: object, _police: object, taille: float) -> None:
        if texte.strip():
            tailles.add(round(taille, 1))

    for page in PdfReader(io.BytesIO(FORMATS["pdf-grand"].ecrire(document))).pages:
        page.extract_text(visitor_text=relever)
    assert GRANDS_CARACTERES in tailles
    assert min(tailles) >= 14


def test_un_document_adapte_dit_encore_son_modele_et_son_adaptation():
    adaptation = Adaptation(
        numero=3,
        depuis=date(2026, 5, 1),
        entete=("Ville de Colomiers", "Service prévention"),
        paragraphes={"objet": "Le transport est payé par la ville."},
    )
    lignes = list(textes(un_document("convention_pmsmp", adaptation)))
    assert lignes[:2] == ["Ville de Colomiers", "Service prévention"]
    assert "Le transport est payé par la ville." in lignes
    assert "version 1" in lignes[-1]
    assert "adaptation locale n°\u00a03 du 1er\u00a0mai\u00a02026" in lignes[-1]


def test_une_version_nouvelle_d_un_modele_garde_l_ordre_de_ses_rubriques():
    for code, champ in (("convention_prestataire", "montant"), ("convention_tapaj", "taux")):
        premiere, seconde = (modele(code, version=numero) for numero in (1, 2))
        assert [c.code for c in premiere.champs] == [c.code for c in seconde.champs]
        assert (premiere.champ(champ).genre, seconde.champ(champ).genre) == ("nombre", "montant")
        # A paper signed on the first version is made again as it was.
        assert premiere.champ(champ).en_clair("24000") == "24000"
        assert seconde.champ(champ).en_clair("24000") == "24\u00a0000,00\u00a0€"


# --- What a signed paper shows ---------------------------------------------------------------------


@pytest.mark.parametrize("code", CODES)
def test_un_champ_facultatif_vide_ne_laisse_aucun_a_completer(code):
    lu = modele(code)
    donnees = {champ.code: champ.exemple if champ.obligatoire else "" for champ in lu.champs}
    dits = list(textes(composer(lu, donnees, signatures=SIGNATURES)))
    assert not [dit for dit in dits if "compléter" in dit.lower()]
    absents = {champ.libelle for champ in lu.champs if not champ.obligatoire}
    assert not absents & set(dits)


def test_la_convention_de_pmsmp_garde_ses_rubriques_remplies_et_tait_les_autres():
    lu = modele("convention_pmsmp")
    donnees = {**lu.exemples, "siret_accueil": "", "employeur": "", "representant": ""}
    parties = next(b for b in composer(lu, donnees).blocs if isinstance(b, Tableau))
    rubriques = [rubrique for rubrique, _ in parties.lignes]
    assert rubriques[:2] == ["Bénéficiaire", "Date de naissance"]
    assert all(reponse for _, reponse in parties.lignes)
    assert not {"SIRET de la structure d’accueil", "Employeur du bénéficiaire salarié"} & set(rubriques)


@pytest.mark.parametrize("code", ["pdf", "pdf-grand"])
@pytest.mark.parametrize("lignes", range(6, 31, 2))
def test_la_derniere_page_ne_porte_jamais_le_modele_seul(lignes, code):
    """Whatever the length of what comes before, the last block goes to the last page with the foot."""
    corps = tuple(Paragraphe(f"Article {rang}. " + "Une phrase. " * 12) for rang in range(lignes))
    lu = un_document("convention_pmsmp")
    pied = sans_blancs(lu.pied[0])
    for fin in (Signatures("Les parties signent.", SIGNATURES), Paragraphe("La dernière phrase.")):
        document = Document(lu.titre, lu.entete, (*corps, fin), lu.pied)
        pages = PdfReader(io.BytesIO(FORMATS[code].ecrire(document))).pages
        derniere = sans_blancs(pages[-1].extract_text())
        assert pied in derniere
        assert ("Lespartiessignent" if isinstance(fin, Signatures) else "Ladernièrephrase") in derniere
