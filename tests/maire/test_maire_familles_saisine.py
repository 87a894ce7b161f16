"""The gate into the family council: the identity passes and nothing else, to its members only."""

from dataclasses import replace
from datetime import date

import psycopg
import pytest
from psycopg import errors
from tests.acteurs.fabriques import creer_compte
from tests.instances import fabriques as f
from tests.maire.fabriques_familles import ENFANT, INSTANT, PARENTS, conseil, saisie

from maillage.maire.models import DossierFamille, LigneDeRegistre
from maillage.situations.api import lire_identite
from maillage.socle.contexte import contexte, en_maintenance
from maillage.socle.refus import Introuvable, Refus

DB = pytest.mark.django_db


@pytest.fixture
def le_jour(horloge):
    horloge(INSTANT)


@DB
def test_a_member_opens_a_file_numbered_in_the_register_with_both_parents(au_nom_de, le_jour):
    cddf, maire = conseil()
    with au_nom_de(maire):
        dossier = saisie(cddf)
        vue = lire_identite(dossier.identite_id)
        ligne = LigneDeRegistre.objects.get(objet=dossier.public_id)
    assert (dossier.reference, ligne.nature, ligne.registre) == ("2026-001", "absenteisme", "familles")
    assert (vue.nom_complet, vue.representants) == ("Noé Lormier", PARENTS)
    assert (dossier.expire_le, dossier.revue_le) == (date(2027, 3, 2), date(2026, 6, 2))


def test_nothing_in_the_file_leads_back_to_where_it_comes_from():
    colonnes = {champ.name for champ in DossierFamille._meta.concrete_fields}
    assert not {nom for nom in colonnes if "rappel" in nom or "signalement" in nom or "source" in nom}


@DB
@pytest.mark.parametrize(
    ("champs", "code"),
    [
        ({"motif": "autre"}, "choix_inconnu"),
        ({"origine": "voisin"}, "choix_inconnu"),
        ({"personne": replace(ENFANT, naissance=None)}, "choix_inconnu"),
        ({"personne": replace(ENFANT, naissance=date(2008, 3, 2))}, "enfant_majeur"),
    ],
)
def test_what_is_not_in_the_lists_or_no_longer_a_child_is_refused(champs, code, au_nom_de, le_jour):
    cddf, maire = conseil()
    with au_nom_de(maire):
        with pytest.raises(Refus) as refus:
            saisie(cddf, **champs)
        assert code in refus.value.verdict.codes
        assert not DossierFamille.objects.exists()
        assert not LigneDeRegistre.objects.exists()


@DB
def test_the_same_child_has_one_open_file_at_a_time(au_nom_de, le_jour):
    cddf, maire = conseil()
    with au_nom_de(maire):
        premier = saisie(cddf)
        with pytest.raises(Refus) as refus:
            saisie(cddf, rapprocher_de=premier.identite_id)
    assert refus.value.verdict.codes == ("dossier_en_cours",)


@DB
def test_the_mayor_of_another_commune_finds_no_such_council(au_nom_de, le_jour):
    cddf, _ = conseil()
    _, voisin = conseil(f.VOISINE)
    with au_nom_de(voisin), pytest.raises(Introuvable):
        saisie(cddf)
    with en_maintenance():
        assert not DossierFamille.objects.exists()


@DB
def test_the_judiciary_reads_and_does_not_write(au_nom_de, le_jour):
    cddf, _ = conseil()
    parquet = f.membre(cddf, role="parquet")
    with au_nom_de(parquet), pytest.raises(Refus) as refus:
        saisie(cddf)
    assert refus.value.verdict.codes == ("lecture_seule",)


@DB
def test_a_register_of_mayor_s_acts_receives_no_family(au_nom_de, le_jour):
    actes = f.registre()
    maire = f.membre(actes, f.exercer(creer_compte(), "maire", f.COMMUNE), role="maire")
    with au_nom_de(maire), pytest.raises(Introuvable):
        saisie(actes)


@pytest.fixture
def proie(base_neuve, django_db_blocker):
    with django_db_blocker.unblock():
        cddf, maire = conseil()
        _, voisin = conseil(f.VOISINE)
        with contexte(maire.pk):
            dossier = saisie(cddf)
        yield dossier, maire, voisin


def test_raw_sql_shows_no_other_council_s_family_and_erases_none(proie, connexion_web):
    dossier, maire, voisin = proie
    web: psycopg.Connection = connexion_web
    web.autocommit = True
    web.execute("SELECT set_config('maillage.acteur', %s, false)", [str(voisin.pk)])
    assert web.execute("SELECT count(*) FROM maire_dossierfamille").fetchone() == (0,)
    assert web.execute("UPDATE maire_dossierfamille SET etat = 'clos'").rowcount == 0
    web.execute("SELECT set_config('maillage.acteur', %s, false)", [str(maire.pk)])
    with pytest.raises(errors.InsufficientPrivilege):
        web.execute("DELETE FROM maire_dossierfamille")
    assert web.execute("SELECT numero FROM maire_dossierfamille").fetchall() == [(dossier.numero,)]
