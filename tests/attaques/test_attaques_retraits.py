"""DELETE as ``m_web`` itself: the author's own row, soon, untouched, in an open file; never another."""

from datetime import timedelta

import psycopg
import pytest
from psycopg import errors
from tests.attaques.decor import une_proie
from tests.instances.fabriques import DEBUT

from maillage.instances.models import Siege
from maillage.situations.models import Contact, Element, Objectif
from maillage.situations.rules.retrait import DELAI
from maillage.situations.services import suivi
from maillage.socle.contexte import contexte, en_maintenance
from maillage.socle.temps import aujourd_hui, maintenant

MODELES = (Contact, Element, Objectif)
TABLES = [modele._meta.db_table for modele in MODELES]
AUTEUR = {modele._meta.db_table: f"{modele.AUTEUR}_id" for modele in MODELES}


def noter(situation, par) -> None:
    """One entry of each kind, by that member."""
    with contexte(par.pk):
        suivi.noter_contact(
            situation=situation.public_id,
            le=aujourd_hui(),
            moyen="entretien",
            avec="personne",
            duree_min=45,
            suite="rendez_vous",
        )
        suivi.partager_element(
            situation=situation.public_id, categorie="offre_dispositif", precision="Ouvert mardi"
        )
        suivi.poser_objectif(
            situation=situation.public_id,
            libelle="Reprendre le dessin",
            domaine="loisirs",
            echeance=aujourd_hui(),
        )


@pytest.fixture
def proie(base_neuve, django_db_blocker):
    """Its open file holds entries of the member and of a colleague of the same kind, no other."""
    with django_db_blocker.unblock():
        proie = une_proie()
        collegue = proie.groupe.ajouter("prevention_specialisee")
        with en_maintenance():
            for modele in MODELES:
                modele.objects.all().delete()
        noter(proie.situation, proie.groupe.membre)
        noter(proie.situation, collegue)
        yield proie


@pytest.fixture
def web(proie, connexion_web: psycopg.Connection) -> psycopg.Connection:
    connexion_web.autocommit = True
    nommer(connexion_web, proie.groupe.membre.pk)
    return connexion_web


def nommer(web: psycopg.Connection, acteur: object) -> None:
    web.execute("SELECT set_config('maillage.acteur', %s, false)", [str(acteur)])


def auteurs(modele) -> list[int]:
    with en_maintenance():
        return sorted(modele.objects.values_list(f"{modele.AUTEUR}_id", flat=True))


def test_effacer_toute_la_table_n_emporte_que_les_saisies_recentes_de_l_acteur(web, proie):
    collegue = proie.groupe.autres["prevention_specialisee"].pk
    for modele in MODELES:
        assert web.execute(f"DELETE FROM {modele._meta.db_table}".encode()).rowcount == 1
        assert auteurs(modele) == [collegue]


def test_un_autre_membre_ou_personne_n_efface_rien(web, proie):
    etranger = proie.groupe.coordonnatrice.pk
    for acteur in ("", etranger):
        nommer(web, acteur)
        for modele in MODELES:
            assert web.execute(f"DELETE FROM {modele._meta.db_table}".encode()).rowcount == 0
            assert len(auteurs(modele)) == 2


def test_un_membre_dont_le_mandat_a_fini_n_efface_plus_la_sienne(web, proie):
    with en_maintenance():
        Siege.objects.filter(
            formation=proie.groupe.formation, organisme=proie.groupe.membre.organisme_id
        ).update(jusqua=DEBUT + timedelta(days=1))
    for modele in MODELES:
        assert web.execute(f"DELETE FROM {modele._meta.db_table}".encode()).rowcount == 0
        assert len(auteurs(modele)) == 2


@pytest.mark.parametrize("cause", ["delai", "sans_instant", "version", "close"])
def test_hors_du_delai_reprise_ou_close_la_base_garde_la_ligne(web, proie, cause):
    with en_maintenance():
        for modele in MODELES:
            if cause == "delai":
                modele.objects.update(saisi_le=maintenant() - DELAI)
            elif cause == "sans_instant":
                modele.objects.update(saisi_le=None)
            elif cause == "version":
                modele.objects.update(version=2)
        if cause == "close":
            type(proie.situation).objects.filter(pk=proie.situation.pk).update(
                etat="close", close_le=aujourd_hui(), expire_le=aujourd_hui(), issue="refus"
            )
    for modele in MODELES:
        assert web.execute(f"DELETE FROM {modele._meta.db_table}".encode()).rowcount == 0
        assert len(auteurs(modele)) == 2


def test_nul_ne_rajeunit_ni_ne_s_approprie_ni_ne_recrit_une_saisie(web, proie):
    contenu = {
        "situations_contact": "suite = 'autre'",
        "situations_element": "scelle = '\\xff'",
        "situations_objectif": "scelle = '\\xff'",
    }
    for table in TABLES:
        for ecriture in ("saisi_le = now()", f"{AUTEUR[table]} = {proie.groupe.membre.pk}", contenu[table]):
            with pytest.raises(errors.InsufficientPrivilege):
                web.execute(f"UPDATE {table} SET {ecriture}".encode())
    # The row may be locked, and an objective's state may change: that is all that is left.
    for table in TABLES:
        assert web.execute(f"SELECT FROM {table} FOR UPDATE".encode()).rowcount == 2
    assert web.execute("UPDATE situations_objectif SET etat = 'en_cours'").rowcount == 2


def test_nulle_saisie_ne_nait_au_nom_d_un_autre_ni_a_un_autre_instant(web, proie):
    collegue = proie.groupe.autres["prevention_specialisee"].pk
    for table in TABLES:
        colonnes = [
            nom
            for (nom,) in web.execute(
                "SELECT column_name FROM information_schema.columns WHERE table_name = %s "
                "AND column_name NOT IN ('id', 'public_id', 'saisi_le', %s)",
                [table, AUTEUR[table]],
            )
        ]
        memes = ", ".join(colonnes)

        def inserer(auteur: int, instant: str, table=table, memes=memes) -> psycopg.Cursor:
            ordre = (
                f"INSERT INTO {table} ({memes}, public_id, {AUTEUR[table]}, saisi_le) "
                f"SELECT {memes}, gen_random_uuid(), {auteur}, {instant} FROM {table} LIMIT 1"
            )
            return web.execute(ordre.encode())

        for auteur, instant in (
            (collegue, "now()"),
            (proie.groupe.membre.pk, "now() + interval '1 year'"),
            (proie.groupe.membre.pk, "now() - interval '1 minute'"),
            (proie.groupe.membre.pk, "NULL"),
        ):
            with pytest.raises(errors.InsufficientPrivilege):
                inserer(auteur, instant)
        assert inserer(proie.groupe.membre.pk, "now()").rowcount == 1


def test_la_base_et_la_regle_comptent_les_memes_minutes(web):
    politiques = web.execute(
        "SELECT polrelid::regclass::text, pg_get_expr(polqual, polrelid) FROM pg_policy "
        "WHERE polname LIKE '%\\_retrait' AND NOT polpermissive AND polcmd = 'd'"
    ).fetchall()
    assert {table for table, _ in politiques} == set(TABLES)
    minutes = int(DELAI.total_seconds() // 60)
    for _, condition in politiques:
        assert f"'00:{minutes}:00'::interval" in condition


def test_le_fait_oppose_s_ajoute_et_aucun_fait_ne_s_efface_ni_ne_change(web):
    for ordre in ("DELETE FROM socle_fait_statistique", "UPDATE socle_fait_statistique SET nombre = -1"):
        with pytest.raises(errors.InsufficientPrivilege):
            web.execute(ordre.encode())
