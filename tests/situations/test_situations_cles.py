"""What names a person is sealed: in the table, in the pages of its files, in a backup brought back."""

import io
import uuid
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from importlib import import_module

import pytest
from django.db import connection, connections, transaction
from tests.situations.fabriques import personne, signaler, un_groupe, une_situation

from maillage.projet.sauvegardes.cles import copier as copier_les_cles
from maillage.projet.sauvegardes.cles import remettre
from maillage.projet.sauvegardes.copie import restaurer, sauvegarder
from maillage.situations import identites, scellement
from maillage.situations.identites import EFFACEE, DonneesIdentite, DonneesRepresentant
from maillage.situations.lignes import premieres
from maillage.situations.models import Identite, Representant, Signalement
from maillage.situations.services.conservation import effacer_de_nouveau, purger
from maillage.socle.cles import operateur
from maillage.socle.cles.acces import coffre, installer
from maillage.socle.cles.coffre import Coffre, CoffreFerme
from maillage.socle.cles.detenteurs import Detenteur
from maillage.socle.cles.page import cles_de
from maillage.socle.cles.scelle import ScelleRompu, tirer
from maillage.socle.contexte import contexte, en_maintenance
from maillage.socle.postgres import creer_base_des_cles
from maillage.socle.refus import Introuvable

ENTIERE = DonneesIdentite(
    "Zanzibarroux",
    "Quitterie",
    "F",
    date(2010, 2, 28),
    True,
    "3 impasse du Canari",
    "0600000099",
    "q@z.invalid",
)
MERE = DonneesRepresentant("Canarimère", "Ondine", "mere", "4 impasse du Canari", "0600000098")
CLE = bytes(range(32))


@pytest.fixture
def groupe(db):
    return un_groupe()


def test_ce_qui_est_enregistre_se_relit_entier(groupe):
    with contexte(groupe.coordonnatrice.pk):
        cle = identites.creer(cercle=groupe.cle, donnees=ENTIERE, representants=[MERE])
        vue = identites.lire(cle)
        assert (vue.donnees, vue.representants) == (ENTIERE, (MERE,))
        assert identites.lire_plusieurs([cle])[cle].donnees == ENTIERE
        identites.ajouter_representant(cercle=groupe.cle, identite=cle, donnees=replace(MERE, lien="pere"))
        seule = DonneesIdentite("Fontclair", "Inès")
        identites.corriger(identite=cle, version=1, donnees=seule)
        vue = identites.lire(cle)
        assert (vue.donnees, len(vue.representants), vue.version) == (seule, 2, 2)


def test_un_membre_d_un_autre_groupe_ne_ferme_ni_n_ouvre_rien(groupe):
    with contexte(groupe.coordonnatrice.pk):
        cle = identites.creer(cercle=groupe.cle, donnees=ENTIERE)
    autre = un_groupe()
    with contexte(autre.coordonnatrice.pk):
        for acte in (
            lambda: identites.lire(cle),
            lambda: identites.corriger(identite=cle, version=1, donnees=personne()),
            lambda: identites.ajouter_representant(cercle=autre.cle, identite=cle, donnees=MERE),
        ):
            with pytest.raises(Introuvable):
                acte()
        assert identites.lire_plusieurs([cle]) == {}
    with contexte(groupe.coordonnatrice.pk):
        assert identites.lire(cle).donnees == ENTIERE


def test_une_identite_deplacee_ou_remise_d_avant_ne_s_ouvre_pas(groupe, fabrique):
    with contexte(groupe.coordonnatrice.pk):
        une, autre = (identites.creer(cercle=groupe.cle, donnees=personne(nom=n)) for n in ("Un", "Deux"))
        avant = Identite.objects.get(pk=une).scelle
        identites.corriger(identite=une, version=1, donnees=personne(nom="Trois"))
    for cle, ferme in ((une, avant), (autre, avant)):
        with fabrique():
            Identite.objects.filter(pk=cle).update(scelle=ferme)
        with contexte(groupe.coordonnatrice.pk), pytest.raises(ScelleRompu):
            identites.lire(cle)


def test_une_liste_demande_ses_cles_en_une_fois_et_une_page_ne_les_redemande_pas(groupe, monkeypatch):
    for rang in range(6):
        une_situation(groupe, qui=personne(nom=f"Nom{rang}"))
    envoyees = []
    vraie = Coffre._executer
    monkeypatch.setattr(Coffre, "_executer", lambda *args: envoyees.append(args) or vraie(*args))
    with contexte(groupe.coordonnatrice.pk, lecture=True):
        ouverture = premieres(cercles=[groupe.cle], etat="ouverte", par_page=20, au_plus=100)
        assert {ligne.identite.donnees.nom for ligne in ouverture.lignes} == {
            f"Nom{rang}" for rang in range(6)
        }
        lues = identites.lire_plusieurs(Identite.objects.values_list("pk", flat=True))
        assert len(lues) == 6
        assert len(envoyees) == 1
        identites.lire_plusieurs(lues)
        identites.lire(next(iter(lues)))
        assert len(envoyees) == 1
    with contexte(groupe.coordonnatrice.pk, lecture=True):
        identites.lire_plusieurs(lues)
    assert len(envoyees) == 2


def test_les_cles_d_une_page_ne_lui_survivent_pas(groupe):
    une_situation(groupe)
    publics = list(coffre_des(groupe))
    with contexte(groupe.coordonnatrice.pk, lecture=True) as page:
        cles_de(publics)
        assert page.memoire is not None
        assert page.memoire["cles_de_dossier"]
    with contexte(groupe.coordonnatrice.pk) as ecriture:
        assert ecriture.memoire is None


def coffre_des(groupe):
    with en_maintenance():
        return list(Identite.objects.filter(cercle_id=groupe.cle).values_list("public_id", flat=True))


def test_une_cle_detruite_laisse_une_identite_effacee_une_cle_perdue_arrete_la_page(groupe, fabrique):
    with contexte(groupe.coordonnatrice.pk):
        cle = identites.creer(cercle=groupe.cle, donnees=ENTIERE, representants=[MERE])
    (public,) = coffre_des(groupe)
    operateur.detruire(coffre(), [public])
    with contexte(groupe.coordonnatrice.pk):
        assert identites.lire(cle).donnees == EFFACEE
        assert identites.lire_plusieurs([cle])[cle].nom_de_liste == "Identité effacée"
        with pytest.raises(Introuvable):
            identites.corriger(identite=cle, version=1, donnees=ENTIERE)
    perdue = uuid.uuid4()
    with fabrique():
        ferme = scellement.fermer(tirer(perdue), ENTIERE, perdue)
        sans = Identite.objects.create(cercle_id=groupe.cle, public_id=perdue, scelle=ferme)
    with contexte(groupe.coordonnatrice.pk), pytest.raises(CoffreFerme, match="remettez"):
        identites.lire(sans.pk)


def test_une_cle_neuve_ferme_de_nouveau_la_personne_et_ses_proches(groupe):
    with contexte(groupe.coordonnatrice.pk):
        cle = identites.creer(cercle=groupe.cle, donnees=ENTIERE, representants=[MERE])
    (public,) = coffre_des(groupe)
    tenant = Detenteur(identites.vivantes, identites.resceller, effacer_de_nouveau)
    with en_maintenance():
        avant = Identite.objects.get(pk=cle).scelle, Representant.objects.get().scelle
    assert operateur.renouveler(coffre(), [public], [tenant]) == 1
    assert list(coffre().lire([public])[public]) == [2]
    with en_maintenance():
        apres = Identite.objects.get(pk=cle).scelle, Representant.objects.get().scelle
    assert not set(avant) & set(apres)
    with contexte(groupe.coordonnatrice.pk):
        vue = identites.lire(cle)
    assert (vue.donnees, vue.representants, vue.version) == (ENTIERE, (MERE,), 1)


def test_le_role_web_ne_lit_aucun_nom_sans_le_coffre(groupe):
    une_situation(groupe, qui=ENTIERE)
    with contexte(groupe.coordonnatrice.pk), connection.cursor() as curseur:
        for table in ("situations_identite", "situations_representant"):
            curseur.execute(f"SELECT * FROM {table}")
            lu = repr(curseur.fetchall())
            assert "Zanzibarroux" not in lu
            assert "Canari" not in lu


# --- On the disk, and in a backup ----------------------------------------------------------------------


def un_dossier(nom: str = "Zanzibarroux"):
    groupe = un_groupe()
    qui = replace(ENTIERE, nom=nom)
    recu = signaler(groupe, qui=qui, representants=[MERE])
    return groupe, recu


def test_aucun_nom_n_est_en_clair_dans_les_fichiers_de_la_base(base_neuve, serveur_essais, django_db_blocker):
    nom = f"Zanzi{uuid.uuid4().hex[:12]}"
    with django_db_blocker.unblock():
        groupe, recu = un_dossier(nom)
        with contexte(groupe.coordonnatrice.pk):
            identites.corriger(
                identite=recu.identite_id, version=1, donnees=replace(ENTIERE, nom=f"{nom}bis")
            )
            assert identites.chercher(cercles=[groupe.cle], demande=nom) == [recu.identite_id]
    with serveur_essais.connexion_superutilisateur(base_neuve) as connexion:
        connexion.execute("ANALYZE")
        connexion.execute("CHECKPOINT")
        ((dossier, depuis),) = connexion.execute(
            "SELECT pg_relation_filepath('situations_identite'), pg_walfile_name(pg_current_wal_lsn())"
        ).fetchall()
    racine = next(serveur_essais.chemins.dossier.rglob("PG_VERSION")).parent
    if not (racine / dossier).exists():
        racine = next(
            p.parent
            for p in serveur_essais.chemins.dossier.rglob("PG_VERSION")
            if (p.parent / dossier).exists()
        )
    fichiers = [p for p in (racine / dossier).parent.iterdir() if p.is_file()]
    fichiers.append(racine / "pg_wal" / depuis)
    assert len(fichiers) > 100
    assert [p.name for p in fichiers if p.is_file() and nom.encode() in p.read_bytes()] == []


def test_une_personne_effacee_reste_illisible_dans_une_vieille_sauvegarde(
    base_neuve, serveur_essais, django_db_blocker, a_cote, horloge
):
    """Backup, erasure, then all comes back: the keys without hers, so that her rows are unreadable."""
    with django_db_blocker.unblock():
        groupe, elle = un_dossier()
        reste = signaler(groupe, qui=personne(nom="Restant"))
        (publique,) = (p for p in coffre_des(groupe) if p == public_de(elle))
        base, cles = io.BytesIO(), io.BytesIO()
        sauvegarder(serveur_essais, base, CLE, base=base_neuve)
        copier_les_cles(coffre(), cles, CLE)

        with en_maintenance():
            Signalement.objects.filter(pk=elle.pk).update(expire_le=elle.recu_le)
        horloge_du_lendemain(horloge, elle)
        assert [str(elle.public_id)] == purger().signalements
        assert coffre().lire([publique]) == {}

        # An old backup of the database, the last copy of the keys (older than the erasure), the list.
        revenue, magasin = a_cote("revenue"), a_cote("cles")
        restaurer(serveur_essais, io.BytesIO(base.getvalue()), CLE, base=revenue)
        with serveur_essais.connexion_superutilisateur() as connexion:
            creer_base_des_cles(connexion, magasin)
        d_avant = coffre()
        acces = {role: replace(p, base=magasin) for role, p in d_avant.acces.items()}
        autre = Coffre(acces, d_avant.maitre, d_avant.liste)
        operateur.poser_les_tables(autre)
        remettre(autre, io.BytesIO(cles.getvalue()), CLE, operateur.effaces(autre))
        with serveur_essais.connexion_superutilisateur(revenue) as connexion:
            fermee = connexion.execute(
                "SELECT scelle FROM situations_identite WHERE public_id = %s", [publique]
            ).fetchone()
        assert fermee is not None
        assert autre.lire([publique]) == {}
        lus = identites_de(serveur_essais, revenue, autre)
        assert sorted(vue.donnees.nom for vue in lus) == ["Identité effacée", "Restant"]
        assert reste.pk


def public_de(recu):
    with en_maintenance():
        return Identite.objects.get(pk=recu.identite_id).public_id


def horloge_du_lendemain(horloge, recu):
    horloge(datetime.combine(recu.recu_le + timedelta(days=2), time(12), tzinfo=UTC))


def identites_de(serveur, base, magasin):
    """Every identity of that database, opened with that store as a page would."""
    avec = coffre()
    with serveur.connexion_superutilisateur(base) as connexion:
        lignes = connexion.execute(
            "SELECT id, public_id, version, scelle FROM situations_identite"
        ).fetchall()
    try:
        installer(magasin)
        return identites.des_listes(lignes)
    finally:
        installer(avec)


def test_ce_qui_revient_d_une_personne_effacee_est_efface_de_nouveau(base_neuve, django_db_blocker):
    with django_db_blocker.unblock():
        groupe, elle = un_dossier()
        autre = signaler(groupe, qui=personne(nom="Restant"))
        publique = public_de(elle)
        with en_maintenance():
            assert effacer_de_nouveau([publique]) == 1
            assert effacer_de_nouveau([publique]) == 0
            assert list(Signalement.objects.values_list("pk", flat=True)) == [autre.pk]
            assert not Representant.objects.exists()
        assert coffre().lire([publique]) == {}
        with contexte(groupe.coordonnatrice.pk):
            assert identites.lire(autre.identite_id).donnees.nom == "Restant"


ANCIENNES = """
ALTER TABLE situations_identite ALTER scelle DROP NOT NULL, ADD nom varchar, ADD prenom varchar,
  ADD sexe varchar DEFAULT '', ADD naissance date, ADD naissance_estimee boolean DEFAULT false,
  ADD adresse varchar DEFAULT '', ADD telephone varchar DEFAULT '', ADD courriel varchar DEFAULT '';
ALTER TABLE situations_representant ALTER scelle DROP NOT NULL, ADD nom varchar, ADD prenom varchar,
  ADD lien varchar, ADD adresse varchar DEFAULT '', ADD telephone varchar DEFAULT ''
"""


def test_la_migration_ferme_ce_qui_etait_en_clair_et_se_reprend(base_neuve, django_db_blocker):
    migration = import_module("maillage.situations.migrations.0005_fermer_les_identites")
    with django_db_blocker.unblock():
        groupe, elle = un_dossier()
        signaler(groupe, qui=personne())
        with connections["proprietaire"].cursor() as curseur:
            curseur.execute(ANCIENNES)
        with en_maintenance(), connection.cursor() as curseur:
            curseur.execute(
                "UPDATE situations_identite SET scelle = NULL, version = 3, nom = 'Zanzi', prenom = 'Théo', "
                "naissance = '2010-02-28', courriel = 'z@z.invalid' WHERE id = %s",
                [elle.identite_id],
            )
            curseur.execute(
                "UPDATE situations_representant SET scelle = NULL, nom = 'Canari', prenom = 'Ondine', "
                "lien = 'mere', telephone = '06'"
            )
        for _ in range(2):
            with connections["proprietaire"].schema_editor() as editeur:
                migration.fermer(None, editeur)
        with contexte(groupe.coordonnatrice.pk):
            vue = identites.lire(elle.identite_id)
    assert vue.donnees == DonneesIdentite("Zanzi", "Théo", "", date(2010, 2, 28), courriel="z@z.invalid")
    assert vue.representants == (DonneesRepresentant("Canari", "Ondine", "mere", telephone="06"),)


def test_une_page_defaite_laisse_une_cle_que_rien_n_ouvre_et_que_le_balayage_prend(groupe):
    with contexte(groupe.coordonnatrice.pk), transaction.atomic():
        identites.creer(cercle=groupe.cle, donnees=ENTIERE)
        (perdue,) = Identite.objects.values_list("public_id", flat=True)
        transaction.set_rollback(True)
    assert coffre().lire([perdue])
    assert identites.vivantes([perdue]) == set()
