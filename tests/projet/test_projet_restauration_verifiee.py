"""A living database saved and brought back elsewhere: its walls, its roles, its journal, every row."""

import io
import re
import uuid
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg import sql
from tests.conftest import _pointer
from tests.simulees import base_simulee, modele_simule

from maillage.projet.cli import main
from maillage.projet.sauvegardes.copie import compter, restaurer, sauvegarder
from maillage.projet.sauvegardes.rules import SauvegardeRefusee
from maillage.socle.contexte import en_maintenance
from maillage.socle.journal import journaliser
from maillage.socle.scelle.sequenceur import JournalRompu, exporter, signer_la_tete, verifier_en_base
from maillage.socle.scelle.signature import cle_privee, publique

__all__ = ["base_simulee", "modele_simule"]
CLE = bytes(range(32))
#: What the walls are made of: table, row security, forced, each policy with its roles and its two conditions.
MURS = """
SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity, p.polname, p.polcmd, p.polroles::regrole[]::text[],
       pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_policy p ON p.polrelid = c.oid
WHERE n.nspname IN ('public', 'socle') AND c.relkind IN ('r', 'p') ORDER BY 1, 4
"""
DROITS = """
SELECT c.relname, c.relowner::regrole::text, c.relacl::text[]
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname IN ('public', 'socle') AND c.relkind IN ('r', 'p', 'S', 'v', 'm') ORDER BY 1
"""
FONCTIONS = """
SELECT p.proname, pg_get_function_identity_arguments(p.oid), p.prosecdef, p.proowner::regrole::text,
       p.proacl::text[], md5(p.prosrc), p.proconfig
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE n.nspname = 'socle' ORDER BY 1, 2
"""
CONTRAINTES = """
SELECT conrelid::regclass::text, conname, convalidated, pg_get_constraintdef(oid)
FROM pg_constraint WHERE connamespace IN ('public'::regnamespace, 'socle'::regnamespace) ORDER BY 1, 2
"""
DECLENCHEURS = """
SELECT tgrelid::regclass::text, tgname, tgenabled, pg_get_triggerdef(oid)
FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1, 2
"""
ROLE_WEB = """
SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication,
       EXISTS (SELECT 1 FROM pg_auth_members WHERE member = r.oid),
       EXISTS (SELECT 1 FROM pg_class WHERE relowner = r.oid)
FROM pg_roles r WHERE rolname = 'm_web'
"""
#: Members in office of two groupes that share nobody.
DEUX_MEMBRES = """
SELECT DISTINCT ON (h.cercle_id) h.compte_id, h.cercle_id
FROM instances_habilitation h
JOIN situations_situation s ON s.cercle_id = h.cercle_id ORDER BY h.cercle_id, h.compte_id
"""


@pytest.fixture(scope="module")
def revenue(
    serveur_essais: Any, base_simulee: str, django_db_blocker: Any, tmp_path_factory
) -> Iterator[Any]:
    """The simulated base with a signed journal, and its copy under another name."""
    nom = f"revenue_{uuid.uuid4().hex[:10]}"
    cle = cle_privee(tmp_path_factory.mktemp("journal") / "journal.pem")
    with django_db_blocker.unblock():
        for _ in range(3):
            with en_maintenance():
                journaliser("essai")
            signer_la_tete(cle)
    octets = io.BytesIO()
    manifeste = sauvegarder(serveur_essais, octets, CLE, base=base_simulee)
    try:
        assert restaurer(serveur_essais, io.BytesIO(octets.getvalue()), CLE, base=nom) == manifeste
        with serveur_essais.connexion_superutilisateur() as connexion:  # the suite's own role
            connexion.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO m_essai").format(sql.Identifier(nom)))
        yield serveur_essais, base_simulee, nom, octets.getvalue(), cle
    finally:
        with serveur_essais.connexion_superutilisateur() as connexion:
            connexion.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(nom)))


def _sans_forme(valeur: object) -> object:
    """PostgreSQL writes the same condition with other casts and parentheses once it has been dumped."""
    if not isinstance(valeur, str):
        return valeur
    return re.sub(r"::(?:character varying|text|\w+)(?:\[\])?|[()\s]", "", valeur)


@pytest.mark.parametrize(
    "requete",
    [MURS, DROITS, FONCTIONS, CONTRAINTES, DECLENCHEURS],
    ids=["murs", "droits", "fonctions", "contraintes", "declencheurs"],
)
def test_ce_qui_protege_revient_tel_quel(revenue, requete: str):
    serveur, origine, copie, *_ = revenue
    lus = []
    for base in (origine, copie):
        with serveur.connexion_superutilisateur(base) as connexion:
            lus.append([tuple(map(_sans_forme, ligne)) for ligne in connexion.execute(requete).fetchall()])
    assert len(lus[0]) > 5
    assert lus[0] == lus[1]


def test_chaque_table_revient_entiere_et_chaque_table_nominative_derriere_son_mur_force(revenue):
    serveur, origine, copie, *_ = revenue
    with (
        serveur.connexion_superutilisateur(origine) as avant,
        serveur.connexion_superutilisateur(copie) as apres,
    ):
        comptes = compter(apres)
        assert compter(avant) == comptes
        assert comptes["public.situations_situation"] >= 50
        assert apres.execute(ROLE_WEB).fetchone() == (False,) * 7
        nues = apres.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid "
            "WHERE a.attname = 'cercle_id' AND NOT a.attisdropped AND c.relkind IN ('r', 'p') "
            "AND c.relname NOT IN ('instances_formation', 'instances_habilitation') "
            "AND NOT (c.relrowsecurity AND c.relforcerowsecurity)"
        ).fetchall()
        assert nues == []


def test_sur_la_copie_chacun_voit_son_groupe_et_rien_de_celui_d_a_cote(revenue):
    serveur, _, copie, *_ = revenue
    with serveur.connexion_superutilisateur(copie) as connexion:
        membres = connexion.execute(DEUX_MEMBRES).fetchall()
        identites = connexion.execute("SELECT count(*) FROM situations_identite").fetchone()
    assert membres
    assert identites is not None
    with psycopg.connect(**serveur.parametres_connexion("m_web", copie).libpq()) as web:
        for acteur in ("", "0", "-1"):
            web.execute("SELECT set_config('maillage.acteur', %s, false)", [acteur])
            for table in ("situations_identite", "situations_situation", "situations_signalement"):
                assert web.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
        vus = 0
        for compte, _ in membres:
            web.execute("SELECT set_config('maillage.acteur', %s, false)", [str(compte)])
            miens = {ligne[0] for ligne in web.execute("SELECT unnest(socle.mes_cercles())").fetchall()}
            lus = web.execute("SELECT DISTINCT cercle_id FROM situations_situation").fetchall()
            assert {ligne[0] for ligne in lus} <= miens
            vus += len(lus)
        assert vus
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            web.execute("DELETE FROM situations_situation")


def test_le_journal_scelle_de_la_copie_se_verifie_et_une_entree_changee_se_voit(
    revenue, django_db_blocker, tmp_path, capsys
):
    from django.db import connections

    serveur, origine, copie, _, cle = revenue
    with django_db_blocker.unblock():
        avant = connections["default"].settings_dict["NAME"]
        _pointer(serveur, copie)
        try:
            assert verifier_en_base() >= 3
            fichier, publiee = tmp_path / "journal.jsonl", tmp_path / "cle.txt"
            with fichier.open("wb") as sortie:
                exporter(cle, sortie)
            publiee.write_text(publique(cle) + "\n", encoding="ascii")
            assert main(["journal", "verifier", str(fichier), "--cle", str(publiee)]) == 0
            with serveur.connexion_superutilisateur(copie) as connexion:
                connexion.execute("SET session_replication_role = replica")
                connexion.execute("UPDATE socle_journal SET evenement = 'autre' WHERE evenement = 'essai'")
            with pytest.raises(JournalRompu):
                verifier_en_base()
        finally:
            _pointer(serveur, avant)
    assert avant == origine
    assert "Journal intact" in capsys.readouterr().out


@pytest.mark.parametrize("ou", [0.001, 0.3, 0.7, 0.999])
def test_un_octet_change_n_importe_ou_et_rien_ne_revient(revenue, ou: float):
    serveur, _, _, octets, _ = revenue
    abime = bytearray(octets)
    abime[int(len(abime) * ou)] ^= 0x10
    nom = f"abimee_{uuid.uuid4().hex[:10]}"
    with pytest.raises(SauvegardeRefusee):
        restaurer(serveur, io.BytesIO(bytes(abime)), CLE, base=nom)
    with serveur.connexion_superutilisateur() as connexion:
        assert connexion.execute("SELECT 1 FROM pg_database WHERE datname = %s", [nom]).fetchone() is None
