"""The secret of an application of codes is sealed: in its table, in the files, moved, renewed."""

from base64 import b32encode, b64encode
from importlib import import_module

import psycopg
import pytest
from django.db import connection, connections
from psycopg import sql
from tests.acteurs.fabriques import MOT_DE_PASSE, creer_compte
from tests.acteurs.totp import appareil_en_service, code_de, remettre_a_zero, se_connecter

from maillage.acteurs.models import AppareilDeCodes
from maillage.acteurs.services import appareils
from maillage.socle.cles import operateur
from maillage.socle.cles.acces import coffre
from maillage.socle.cles.detenteurs import Detenteur, detenteurs
from maillage.socle.cles.scelle import ScelleRompu
from maillage.socle.contexte import en_maintenance

DETENTEUR = Detenteur(appareils.vivants, appareils.resceller, appareils.effacer)


def ecritures(secret: bytes) -> list[bytes]:
    """Every way a secret could be written down."""
    base32 = b32encode(secret)
    return [secret, secret.hex().encode(), base32, base32.lower(), b64encode(secret)]


def test_un_secret_se_relit_et_deux_appareils_n_ont_pas_la_meme_cle(db):
    compte = creer_compte()
    un, deux = appareil_en_service(compte), appareil_en_service(compte)
    assert len(appareils.secret_de(un)) == 20
    assert appareils.secret_de(un) != appareils.secret_de(deux)
    assert len(coffre().lire([un.public_id, deux.public_id])) == 2


def test_nulle_colonne_de_la_base_ne_contient_le_secret(db):
    compte = creer_compte()
    appareil = appareil_en_service(compte)
    cherches = ecritures(appareils.secret_de(appareil))
    with en_maintenance(), connection.cursor() as curseur:
        curseur.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' "
            "AND (table_name LIKE 'acteurs%' OR table_name LIKE 'otp%')"
        )
        for (table,) in curseur.fetchall():
            curseur.execute(sql.SQL("SELECT t::text FROM {} t").format(sql.Identifier(table)))
            for (ligne,) in curseur.fetchall():
                assert not [c for c in cherches[1:] if c.decode() in ligne], table
        curseur.execute("SELECT scelle FROM acteurs_appareildecodes")
        assert cherches[0] not in bytes(curseur.fetchone()[0])


def test_nul_secret_n_est_en_clair_dans_les_fichiers_de_la_base(
    base_neuve, serveur_essais, django_db_blocker
):
    with django_db_blocker.unblock():
        secret = appareils.secret_de(appareil_en_service(creer_compte()))
        with serveur_essais.connexion_superutilisateur() as connexion:
            connexion.execute("CHECKPOINT")
            (oid,) = connexion.execute(
                "SELECT oid FROM pg_database WHERE datname = %s", [base_neuve]
            ).fetchone()
    fichiers = [
        p
        for dossier in serveur_essais.chemins.dossier.rglob(f"base/{oid}")
        for p in dossier.iterdir()
        if p.is_file()
    ]
    assert len(fichiers) > 100
    lus = [p.read_bytes() for p in fichiers]
    assert not [1 for lu in lus for ecrit in ecritures(secret) if ecrit in lu]


def test_un_secret_deplace_vers_un_autre_compte_ne_s_ouvre_plus(db):
    victime, voleur = appareil_en_service(creer_compte()), appareil_en_service(creer_compte())
    with en_maintenance():
        AppareilDeCodes.objects.filter(pk=victime.pk).update(scelle=voleur.scelle)
    victime.refresh_from_db()
    with pytest.raises(ScelleRompu):
        appareils.secret_de(victime)


def test_le_role_du_web_ne_remplace_ni_un_secret_ni_son_porteur(connexion_web):
    for colonne in ("scelle", "compte_id", "public_id"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege), connexion_web.transaction():
            connexion_web.execute(
                sql.SQL("UPDATE acteurs_appareildecodes SET {0} = {0}").format(sql.Identifier(colonne))
            )
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        connexion_web.execute("SELECT key FROM otp_totp_totpdevice")


def test_un_code_sert_une_fois_et_le_precedent_ne_sert_plus(client, db):
    compte = creer_compte(mot_de_passe=MOT_DE_PASSE)
    appareil = appareil_en_service(compte)
    with en_maintenance():
        assert appareils.juste(appareil=appareil, code=code_de(appareil))
        appareil.refresh_from_db()
        assert not appareils.juste(appareil=appareil, code=code_de(appareil))
        assert not appareils.juste(appareil=appareil, code=code_de(appareil, -30))
        for faux in ("", "abc", "٤٤٤٤٤٤", "1e5"):
            assert not appareils.juste(appareil=appareil, code=faux)
    remettre_a_zero(appareil)
    assert se_connecter(client, compte) == "/connexion/second-facteur/"
    assert client.post("/connexion/second-facteur/", {"code": code_de(appareil)}).status_code == 302


def test_la_cle_se_renouvelle_et_l_appareil_d_un_autre_garde_la_sienne(base_neuve, django_db_blocker):
    with django_db_blocker.unblock():
        lui, autre = appareil_en_service(creer_compte()), appareil_en_service(creer_compte())
        avant, autre_avant = appareils.secret_de(lui), bytes(autre.scelle)
        assert operateur.renouveler(coffre(), [lui.public_id], [DETENTEUR]) == 1
        with en_maintenance():
            lui.refresh_from_db()
            autre.refresh_from_db()
        assert appareils.secret_de(lui) == avant
        assert max(coffre().lire([lui.public_id])[lui.public_id]) == 2
        assert bytes(autre.scelle) == autre_avant


def test_un_appareil_retire_laisse_une_cle_que_le_balayage_detruit_et_un_autre_prend_sa_place(db):
    compte = creer_compte()
    retire = appareil_en_service(compte)
    with en_maintenance():
        AppareilDeCodes.objects.filter(pk=retire.pk).delete()
    assert appareils.vivants([retire.public_id]) == set()
    operateur.detruire(coffre(), [retire.public_id])
    neuf = appareil_en_service(compte)
    assert len(appareils.secret_de(neuf)) == 20


def test_les_deux_detenteurs_repondent_des_cles_de_la_base(db):
    assert len(detenteurs()) >= 2
    appareil = appareil_en_service(creer_compte())
    repondus = [set(detenteur.vivants([appareil.public_id])) for detenteur in detenteurs()]
    assert repondus.count({appareil.public_id}) == 1


def test_la_migration_scelle_les_secrets_d_avant_et_vide_leur_table(base_neuve, django_db_blocker):
    migration = import_module("maillage.acteurs.migrations.0006_sceller_les_applications")
    secret = bytes(range(20))
    with django_db_blocker.unblock():
        compte = creer_compte(mot_de_passe=MOT_DE_PASSE)
        with connections["proprietaire"].cursor() as curseur:
            curseur.execute(
                "INSERT INTO otp_totp_totpdevice (user_id, name, confirmed, key, step, t0, digits, "
                "tolerance, drift, last_t, throttling_failure_count) "
                "VALUES (%s, 'application', true, %s, 30, 0, 6, 1, 1, 42, 0)",
                [compte.pk, secret.hex()],
            )
        with connections["proprietaire"].schema_editor() as editeur:
            migration.sceller_les_secrets(None, editeur)
        with connections["proprietaire"].cursor() as curseur:
            curseur.execute("SELECT count(*) FROM otp_totp_totpdevice")
            assert curseur.fetchone() == (0,)
        lu = AppareilDeCodes.objects.get(compte=compte)
        assert (appareils.secret_de(lu), lu.confirme, lu.derive, lu.dernier_pas) == (secret, True, 1, 42)
