"""Every personal row has an end, told by its room; its length is a dated parameter, no number in code."""

import ast
from datetime import date
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

import maillage
from maillage.droit.api import parametre, valeur_datee
from maillage.projet import controles_conservation
from maillage.situations.models import Identite
from maillage.socle.fins import Fin, au, avec, enregistrer, fins
from maillage.socle.statistiques import bavardes, muettes, murees

SOURCES = Path(maillage.__file__).parent
JOUR = date(2026, 3, 2)
#: Where rows are erased, or their end computed.
EFFACENT = sorted(
    fichier
    for fichier in SOURCES.rglob("*.py")
    if fichier.name in {"conservation.py", "effacement.py", "saisies.py", "connexion.py", "jetons.py"}
)
TOUTES = [pytest.param(modele, id=modele._meta.label) for modele in murees()]


@pytest.mark.parametrize("modele", TOUTES)
def test_chaque_table_derriere_un_mur_dit_la_fin_de_ses_lignes(modele):
    fin = fins().get(modele._meta.label)
    assert fin is not None, "dites sa fin dans le module « fins » de sa salle"
    assert [bool(fin.champ), bool(fin.suit), fin.derniere, bool(fin.personne)].count(True) == 1
    if fin.champ:
        colonne = modele._meta.get_field(fin.champ)
        assert isinstance(colonne, models.DateField)
        assert fin.parametres, "d’où vient sa durée ?"
    if fin.suit:
        assert modele._meta.get_field(fin.par)
    if fin.derniere:
        assert modele is Identite


@pytest.mark.parametrize("modele", TOUTES)
def test_ce_qui_suit_une_autre_ligne_finit_par_une_date(modele):
    """Followed to the top, every chain ends on a day of its own, or with the last file that names someone."""
    for table in _sommets(modele._meta.label, ()):
        fin = fins()[table]
        assert fin.champ or fin.derniere or fin.personne


def _sommets(table, vus):
    assert table not in vus, "une fin ne tourne pas en rond"
    fin = fins()[table]
    if not fin.suit:
        return [table]
    return [sommet for parent in fin.suit for sommet in _sommets(parent, (*vus, table))]


def test_chaque_duree_vient_d_un_parametre_date_avec_sa_source():
    codes = {code for fin in fins().values() for code in fin.parametres}
    assert codes
    for code in codes:
        assert parametre(code).unite in {"minutes", "jours", "mois", "ans"}
        assert valeur_datee(code, JOUR).source


def test_une_fin_ne_se_dit_que_pour_une_table_qui_existe():
    for table, fin in fins().items():
        assert apps.get_model(table)
        assert all(apps.get_model(parent) for parent in fin.suit)


def test_toute_identite_est_nommee_par_une_ligne_qui_a_sa_fin():
    for lien in Identite._meta.related_objects:
        assert lien.related_model._meta.label in fins()


@pytest.mark.parametrize("fichier", EFFACENT, ids=lambda f: str(f.relative_to(SOURCES)))
def test_rien_de_ce_qui_efface_n_ecrit_une_duree_en_chiffres(fichier):
    arbre = ast.parse(fichier.read_text(encoding="utf-8"))
    for appel in ast.walk(arbre):
        if isinstance(appel, ast.Call) and getattr(appel.func, "id", "") == "timedelta":
            valeurs = [*appel.args, *(cle.value for cle in appel.keywords)]
            assert not any(isinstance(valeur, ast.Constant) for valeur in valeurs), ast.unparse(appel)


def test_le_controle_nomme_une_table_sans_fin(monkeypatch):
    assert controles_conservation.tables_finies()[0]
    sans = {table: fin for table, fin in fins().items() if table != "parcours.Levee"}
    monkeypatch.setattr(controles_conservation, "fins", lambda: sans)
    ok, detail = controles_conservation.tables_finies()
    assert not ok
    assert "parcours.Levee" in detail


def test_deux_fins_pour_une_table_sont_une_erreur():
    with pytest.raises(ValueError, match="deux fins"):
        enregistrer({"situations.Lettre": au("remise_le", "conservation.archive_mois")})
    enregistrer({"situations.Lettre": avec("situations.Situation", par="situation")})
    assert fins()["situations.Lettre"] == Fin(suit=("situations.Situation",), par="situation")


@pytest.mark.django_db
def test_la_base_n_echantillonne_aucune_colonne_qui_parle_de_quelqu_un():
    assert bavardes("default") == []
    tues = muettes()
    assert {"scelle", "public_id"} & tues["situations_identite"] == {"scelle"}
    assert "expire_le" in tues["situations_situation"]
    assert {"courriel", "nom", "prenom"} <= tues["acteurs_compte"]
    assert "objet" in tues["socle_journal"]
    assert controles_conservation.statistiques_muettes()[0]


#: What is remembered for the life of the process in rooms that read names: expressions of a lexicon, a key,
#: a query written from codes.
GARDEES = {
    "situations/garde/ecriture.py:_compiler",
    "situations/temoins.py:_requete",
    "droits/coffret.py:_cle",
}


def test_aucune_salle_qui_lit_des_noms_ne_garde_ce_qu_on_lui_donne():
    """A cache of the process would keep the name of someone erased; a page's own memory ends with it."""
    gardees = set()
    for salle in ("situations", "parcours", "maire", "droits"):
        for fichier in (SOURCES / salle).rglob("*.py"):
            for fonction in ast.walk(ast.parse(fichier.read_text(encoding="utf-8"))):
                if isinstance(fonction, ast.FunctionDef) and fonction.args.args:
                    marques = {ast.unparse(marque).partition("(")[0] for marque in fonction.decorator_list}
                    if marques & {"cache", "lru_cache", "functools.cache", "functools.lru_cache"}:
                        gardees.add(f"{fichier.relative_to(SOURCES)}:{fonction.name}")
    assert gardees <= GARDEES
