"""Raw SQL against the wall of the room's nominative tables: another cercle, the web role itself."""

import psycopg
import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError, ProgrammingError
from tests.parcours.plans import Sortie, une_sortie

from maillage.parcours.models import EtapeDeSortie, FinDeplacee, PlanDeSortie
from maillage.parcours.services import sortie
from maillage.socle.contexte import contexte

pytestmark = pytest.mark.django_db
TABLES = [PlanDeSortie, EtapeDeSortie, FinDeplacee]
D_UN_PLAN = [EtapeDeSortie, FinDeplacee]


def lire(requete: str, parametres=()) -> list:
    with connection.cursor() as curseur:
        curseur.execute(requete, parametres)
        return curseur.fetchall()


@pytest.fixture
def deux_sorties() -> tuple[Sortie, Sortie]:
    """A plan in each of two groupes of one council, with steps and a moved end."""
    sorties = une_sortie(), une_sortie()
    for de in sorties:
        de.combler()
        with contexte(de.conseiller.pk):
            sortie.deplacer_fin(situation=de.cle, version=1, vers=de.situation.ouverte_le, motif="reduction")
    return sorties


@pytest.mark.parametrize("modele", TABLES, ids=lambda modele: modele._meta.model_name)
def test_le_sql_ne_rend_ni_ne_change_les_lignes_d_un_autre_cercle(modele, deux_sorties, fabrique):
    ici, la_bas = deux_sorties
    table = modele._meta.db_table
    assert lire(f"SELECT * FROM {table}") == []
    with fabrique():
        avant = lire(f"SELECT * FROM {table} ORDER BY id")
    with contexte(ici.groupe.membre.pk):
        assert {ligne[0] for ligne in lire(f"SELECT cercle_id FROM {table}")} == {ici.groupe.cle}
        assert (
            lire(f"UPDATE {table} SET version = 9 WHERE cercle_id = %s RETURNING 1", [la_bas.groupe.cle])
            == []
        )
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            lire(f"UPDATE {table} SET cercle_id = %s RETURNING 1", [la_bas.groupe.cle])
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            lire(f"DELETE FROM {table} RETURNING 1")
    with fabrique():
        assert lire(f"SELECT * FROM {table} ORDER BY id") == avant


@pytest.mark.parametrize("modele", D_UN_PLAN, ids=lambda modele: modele._meta.model_name)
def test_un_enfant_ne_designe_pas_le_plan_d_un_autre_cercle_et_l_erreur_ne_dit_rien(
    modele, deux_sorties, fabrique
):
    ici, la_bas = deux_sorties
    colonnes = [
        champ.column
        for champ in modele._meta.concrete_fields
        if champ.column not in {"id", "public_id", "plan_id"}
    ]
    liste = ", ".join(f'"{colonne}"' for colonne in colonnes)
    messages = []
    with contexte(ici.groupe.membre.pk):
        for cible in (la_bas.plan.pk, 999_999_999):
            with pytest.raises(IntegrityError) as refus, transaction.atomic():
                lire(
                    f"INSERT INTO {modele._meta.db_table} (plan_id, public_id, {liste}) "
                    f"SELECT %s, gen_random_uuid(), {liste} FROM {modele._meta.db_table} LIMIT 1 RETURNING 1",
                    [cible],
                )
            messages.append(str(refus.value).replace(str(cible), "?"))
    assert messages[0] == messages[1]


def test_un_plan_ne_designe_pas_la_situation_d_un_autre_cercle(deux_sorties):
    ici, la_bas = deux_sorties
    with contexte(ici.groupe.membre.pk), pytest.raises(IntegrityError), transaction.atomic():
        PlanDeSortie.objects.create(
            cercle_id=ici.groupe.cle,
            situation_id=la_bas.situation.pk,
            origine="prison",
            fin_prevue_le=ici.fin,
            cree_le=ici.fin,
            cree_par_id=ici.groupe.membre.pk,
        )


def test_le_role_web_sans_acteur_ne_lit_rien(connexion_web: psycopg.Connection):
    for modele in TABLES:
        assert connexion_web.execute(f"SELECT count(*) FROM {modele._meta.db_table}").fetchone() == (0,)
