"""Raw SQL against the wall: every nominative table, another cercle, the web role itself."""

import psycopg
import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError, ProgrammingError
from tests.situations.fabriques import signaler, un_groupe
from tests.situations.test_situations_conservation import un_suivi_complet

from maillage.situations.identites import DonneesRepresentant
from maillage.situations.models import NOMINATIVES, Numerotation, Situation
from maillage.situations.models.retrait import Reprenable
from maillage.situations.models.suivi import LigneDeSuivi
from maillage.situations.selectors import visibles_par
from maillage.socle.contexte import contexte

pytestmark = pytest.mark.django_db

TABLES = [*NOMINATIVES, Numerotation]


@pytest.fixture
def deux_groupes(au_nom_de):
    """Two groupes of one council, a full follow-up in each, and their members."""
    ici, la_bas = un_groupe(), un_groupe()
    for groupe in (ici, la_bas):
        un_suivi_complet(groupe, au_nom_de)
        signaler(groupe, representants=[DonneesRepresentant("Maravalle", "Anne", "mere")])
    return ici, la_bas


def lire(requete: str, parametres=()) -> list:
    with connection.cursor() as curseur:
        curseur.execute(requete, parametres)
        return curseur.fetchall()


@pytest.mark.parametrize("modele", TABLES, ids=lambda modele: modele._meta.model_name)
def test_le_sql_ne_rend_que_les_lignes_du_cercle(modele, deux_groupes):
    ici, la_bas = deux_groupes
    table = modele._meta.db_table
    assert lire(f"SELECT * FROM {table}") == []
    for groupe, autre in ((ici, la_bas), (la_bas, ici)):
        with contexte(groupe.membre.pk):
            assert {ligne[0] for ligne in lire(f"SELECT cercle_id FROM {table}")} == {groupe.cle}
            assert lire(f"SELECT 1 FROM {table} WHERE cercle_id = %s", [autre.cle]) == []
            assert (
                lire(f"UPDATE {table} SET version = 99 WHERE cercle_id = %s RETURNING 1", [autre.cle]) == []
            )


@pytest.mark.parametrize("modele", TABLES, ids=lambda modele: modele._meta.model_name)
def test_une_ligne_ne_s_ecrit_ni_ne_passe_dans_un_autre_cercle(modele, deux_groupes, fabrique):
    ici, la_bas = deux_groupes
    table = modele._meta.db_table
    with fabrique():
        avant = lire(f"SELECT count(*) FROM {table}")
    colonnes = [
        champ.column
        for champ in modele._meta.concrete_fields
        if champ.column not in {"id", "cercle_id", "public_id"}
    ]
    liste = ", ".join(f'"{colonne}"' for colonne in colonnes)
    with contexte(ici.membre.pk):
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            lire(
                f"INSERT INTO {table} (cercle_id, public_id, {liste}) "
                f"SELECT %s, gen_random_uuid(), {liste} FROM {table} LIMIT 1 RETURNING 1",
                [la_bas.cle],
            )
        reprenable = issubclass(modele, Reprenable)
        refus = "permission denied" if reprenable else "row-level security"
        with pytest.raises(ProgrammingError, match=refus), transaction.atomic():
            lire(f"UPDATE {table} SET cercle_id = %s RETURNING 1", [la_bas.cle])
        if reprenable:
            assert lire(f"DELETE FROM {table} WHERE cercle_id = %s RETURNING 1", [la_bas.cle]) == []
        else:
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                lire(f"DELETE FROM {table} RETURNING 1")
    with fabrique():
        assert lire(f"SELECT count(*) FROM {table}") == avant


@pytest.mark.parametrize(
    "modele",
    [m for m in NOMINATIVES if issubclass(m, LigneDeSuivi)],
    ids=lambda modele: modele._meta.model_name,
)
def test_un_enfant_ne_peut_designer_le_dossier_d_un_autre_cercle_et_l_erreur_ne_dit_rien(
    modele, deux_groupes, fabrique
):
    ici, la_bas = deux_groupes
    with fabrique():
        cachee = Situation.objects.filter(cercle=la_bas.cle).values_list("pk", flat=True).first()
    colonnes = [
        champ.column
        for champ in modele._meta.concrete_fields
        if champ.column not in {"id", "public_id", "situation_id", "jusqua", "motif_fin"}
    ]
    liste = ", ".join(f'"{colonne}"' for colonne in colonnes)
    messages = []
    with contexte(ici.membre.pk):
        for cible in (cachee, 999_999_999):
            with pytest.raises(IntegrityError) as refus, transaction.atomic():
                lire(
                    f"INSERT INTO {modele._meta.db_table} (situation_id, public_id, {liste}) "
                    f"SELECT %s, gen_random_uuid(), {liste} FROM {modele._meta.db_table} LIMIT 1 RETURNING 1",
                    [cible],
                )
            messages.append(str(refus.value).replace(str(cible), "?"))
    assert messages[0] == messages[1]


def test_le_role_web_sans_acteur_ne_lit_rien(connexion_web: psycopg.Connection):
    for modele in TABLES:
        assert connexion_web.execute(f"SELECT count(*) FROM {modele._meta.db_table}").fetchone() == (0,)


def test_on_ne_lit_pas_au_nom_d_un_autre(deux_groupes):
    ici, la_bas = deux_groupes
    with contexte(ici.membre.pk):
        assert visibles_par(ici.membre.pk, Situation).count() == 1
        assert not visibles_par(la_bas.membre.pk, Situation).exists()
        assert not visibles_par(None, Situation).exists()


def test_la_fin_d_une_condition_ferme_le_dossier_a_la_seconde(deux_groupes, fabrique):
    from maillage.instances.models import Signature

    ici, _ = deux_groupes
    with contexte(ici.membre.pk):
        assert Situation.objects.count() == 1
    with fabrique():
        Signature.objects.filter(compte=ici.membre).delete()
    with contexte(ici.membre.pk):
        assert Situation.objects.count() == 0
    with contexte(ici.coordonnatrice.pk):
        assert Situation.objects.count() == 1
