"""Places of the national TIG platform: line by line, twice without effect, never half."""

import json

import pytest
from tests.parcours.fabriques_parcours import des_communes

from maillage.acteurs.models import Organisme
from maillage.parcours.api import importer_places
from maillage.parcours.models import Offre
from maillage.territoires.api import FichierIllisible

pytestmark = pytest.mark.django_db

ENTETE = (
    "identifiant;siret;organisme;genre;intitule;commune;capacite;tuteur;tuteur_forme;mineurs;"
    "heures_min;heures_max;depuis;jusqua;habilitee_jusqua"
)
BONNE = "T1;21310149400013;Mairie de Colomiers;commune;Espaces verts;31149;2;Chef;oui;oui;20;210;2026-01-01;;"
PRIVEE = "T2;77567227221138;Association Relais;association_habilitee;Tri;31555;1;;;;;;2026-02-01;;2027-01-31"


@pytest.fixture
def fichier(tmp_path):
    des_communes()

    def ecrire(*lignes: str):
        chemin = tmp_path / "places.csv"
        chemin.write_text("\n".join([ENTETE, *lignes]), encoding="utf-8")
        return chemin

    return ecrire


def test_des_places_s_importent_comme_offres_nationales_et_leurs_lieux_entrent_a_l_annuaire(fichier):
    rapport = importer_places(fichier(BONNE, PRIVEE))
    assert (rapport.lues, rapport.creees, len(rapport.refusees)) == (2, 2, 0)
    verte = Offre.objects.get(identifiant_externe="T1")
    assert (verte.conseil, verte.dispositif_code, verte.departement_code) == (None, "tig", "31")
    assert (verte.capacite, verte.heures_max, verte.mineurs, verte.tuteur_forme) == (2, 210, True, True)
    privee = Offre.objects.get(identifiant_externe="T2")
    assert privee.organisme.sensible
    assert str(privee.habilitee_jusqua) == "2027-01-31"
    assert not privee.mineurs


def test_le_meme_fichier_deux_fois_ne_change_rien_et_un_autre_corrige(fichier):
    importer_places(fichier(BONNE, PRIVEE))
    encore = importer_places(fichier(BONNE, PRIVEE))
    assert (encore.creees, encore.modifiees, encore.inchangees) == (0, 0, 2)
    corrige = importer_places(fichier(BONNE.replace(";2;Chef", ";3;Chef")))
    assert corrige.modifiees == 1
    assert Offre.objects.get(identifiant_externe="T1").capacite == 3
    assert Offre.objects.count() == Organisme.objects.count() == 2


@pytest.mark.parametrize(
    ("avant", "apres", "raison"),
    [
        ("T1;", ";", "« identifiant » manque."),
        ("21310149400013", "123", "ne compte pas quatorze chiffres"),
        (";commune;", ";royaume;", "n'est pas connu"),
        ("31149", "31999", "n'est pas connue du référentiel"),
        (";2;Chef", ";zéro;Chef", "n'est pas un nombre entier"),
        (";2;Chef", ";0;Chef", "de 1 à 500"),
        ("2026-01-01", "1er janvier", "n'est pas une date"),
        (";oui;oui;", ";peut-être;oui;", "écrivez oui ou non"),
        (";20;210;", ";210;20;", "inférieur au minimum"),
        ("2026-01-01;;", "2026-01-01;2025-01-01;", "précède"),
    ],
)
def test_une_ligne_fausse_est_refusee_avec_son_numero_et_les_autres_entrent(fichier, avant, apres, raison):
    rapport = importer_places(fichier(BONNE.replace(avant, apres, 1), PRIVEE))
    [refusee] = rapport.refusees
    assert refusee.ligne == 2
    assert raison in refusee.raison
    assert (rapport.lues, rapport.creees) == (2, 1)


def test_deux_lignes_du_meme_identifiant_n_en_gardent_qu_une(fichier):
    rapport = importer_places(fichier(BONNE, BONNE))
    assert [(r.ligne, "figure déjà" in r.raison) for r in rapport.refusees] == [(3, True)]


def test_un_essai_juge_tout_et_n_ecrit_rien(fichier):
    rapport = importer_places(fichier(BONNE), essai=True)
    assert rapport.essai
    assert rapport.creees == 1
    assert json.dumps(rapport.en_json())
    assert not Offre.objects.exists()
    assert not Organisme.objects.exists()


def test_un_fichier_sans_ses_colonnes_est_illisible(tmp_path):
    chemin = tmp_path / "places.csv"
    chemin.write_text("identifiant;siret\nT1;21310149400013\n", encoding="utf-8")
    with pytest.raises(FichierIllisible, match="capacite"):
        importer_places(chemin)
    chemin.write_bytes("identifiant\xe9".encode("latin-1"))
    with pytest.raises(FichierIllisible, match="UTF-8"):
        importer_places(chemin)
