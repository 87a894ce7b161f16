"""What is told of someone is sealed: in the table, in the pages of its files, in a backup brought back."""

import html
import io
from dataclasses import replace
from datetime import timedelta
from importlib import import_module

import pytest
from django.db import connection, connections
from django.test import Client
from django.urls import reverse
from tests.situations.fabriques import personne, signaler, un_groupe, une_situation
from tests.situations.test_situations_cles import CLE, horloge_du_lendemain, public_de

from maillage.projet.sauvegardes.cles import copier as copier_les_cles
from maillage.projet.sauvegardes.cles import remettre
from maillage.projet.sauvegardes.copie import restaurer, sauvegarder
from maillage.situations import recits
from maillage.situations.dossier import lire
from maillage.situations.models import Bilan, Element, Objectif, Signalement
from maillage.situations.pieces import entete, pieces_de
from maillage.situations.recits import EFFACE, ROMPU
from maillage.situations.services import suivi
from maillage.situations.services.conservation import purger
from maillage.socle.cles import operateur
from maillage.socle.cles.acces import coffre, installer
from maillage.socle.cles.coffre import Coffre
from maillage.socle.cles.detenteurs import detenteurs
from maillage.socle.cles.scelle import ScelleRompu
from maillage.socle.contexte import contexte, en_maintenance
from maillage.socle.postgres import creer_base_des_cles
from maillage.socle.refus import Introuvable
from maillage.socle.temps import aujourd_hui

MOT = "Canarinarre"
TEXTES = {
    Signalement: f"{MOT} absent quatre matins.",
    Element: f"{MOT} au club de boxe.",
    Objectif: f"Reprendre les cours avec {MOT}.",
    Bilan: f"Trois rencontres au local {MOT}.",
}


def un_dossier(ici=None):
    """A situation with one text of each kind."""
    ici = ici or un_groupe()
    situation = une_situation(ici, texte=TEXTES[Signalement])
    with contexte(ici.coordonnatrice.pk):
        cle = situation.public_id
        suivi.partager_element(situation=cle, categorie="offre_dispositif", precision=TEXTES[Element])
        suivi.poser_objectif(
            situation=cle,
            libelle=TEXTES[Objectif],
            domaine="scolarite",
            echeance=aujourd_hui() + timedelta(days=40),
        )
        suivi.ecrire_bilan(situation=cle, texte=TEXTES[Bilan])
    return ici, situation


def page(compte, nom, *cles):
    client = Client()
    client.force_login(compte)
    reponse = client.get(reverse(nom, args=cles))
    assert reponse.status_code == 200
    return html.unescape(reponse.content.decode())


def textes(situation):
    lu = lire(situation.public_id)
    return {
        Signalement: lu.signalement.texte,
        Element: lu.elements[0].precision,
        Objectif: lu.objectifs[0].libelle,
        Bilan: lu.bilans[0].texte,
    }


def test_chaque_texte_d_un_dossier_se_relit_et_aucun_n_est_en_clair_dans_sa_table(db):
    ici, situation = un_dossier()
    with contexte(ici.membre.pk):
        assert textes(situation) == TEXTES
        with connection.cursor() as curseur:
            for modele in TEXTES:
                curseur.execute(f"SELECT l, l.scelle FROM {modele._meta.db_table} l")
                lues = curseur.fetchall()
                assert lues
                assert MOT not in repr(lues)
                assert all(MOT.encode() not in bytes(ferme) for _, ferme in lues)


def test_un_texte_vide_est_ferme_lui_aussi_et_se_relit_vide(db):
    ici = un_groupe()
    recu = signaler(ici, texte="")
    assert recu.texte == ""
    with contexte(ici.membre.pk):
        lu = Signalement.objects.get()
        assert len(bytes(lu.scelle)) > 0
        recits.poser([lu], public_de(recu))
        assert lu.texte == ""


def test_une_ligne_que_nul_n_a_ouverte_n_a_pas_de_texte(db):
    un_dossier()
    with en_maintenance():
        for modele, recit in recits.recits().items():
            if modele in TEXTES:
                with pytest.raises(AttributeError):
                    getattr(modele.objects.get(), recit.attribut)


def test_la_page_d_un_dossier_n_a_ni_requete_ni_cle_de_plus_par_texte(
    db, monkeypatch, django_assert_max_num_queries
):
    ici, situation = un_dossier()
    with contexte(ici.coordonnatrice.pk):
        for _ in range(6):
            suivi.ecrire_bilan(situation=situation.public_id, texte="Encore une rencontre.")
    envoyees = []
    vraie = Coffre._executer
    monkeypatch.setattr(Coffre, "_executer", lambda *args: envoyees.append(args) or vraie(*args))
    with contexte(ici.membre.pk, lecture=True):
        ligne = entete(situation.public_id)
        with django_assert_max_num_queries(2):
            assert len(pieces_de(ligne).bilans) == 7
    assert len(envoyees) == 1


def test_un_membre_d_un_autre_groupe_ne_lit_ni_n_ecrit_de_texte(db):
    _, situation = un_dossier()
    ailleurs, la_bas = un_dossier()
    with contexte(ailleurs.coordonnatrice.pk):
        with pytest.raises(Introuvable):
            lire(situation.public_id)
        with pytest.raises(Introuvable):
            recits.creer(
                Bilan,
                identite=situation.identite_id,
                texte="Autre.",
                cercle_id=ailleurs.cle,
                situation=la_bas,
                par_id=ailleurs.coordonnatrice.pk,
                le=aujourd_hui(),
            )
        (sien,) = recits.lire(Bilan.objects.all())
        assert sien.texte == TEXTES[Bilan]
        assert recits.poser([sien], public_de(situation))[0].texte == ROMPU
    with en_maintenance():
        assert Bilan.objects.count() == 2


@pytest.mark.parametrize("cause", ["autre_ligne", "autre_cercle", "autre_table", "change", "vide"])
def test_un_texte_deplace_ou_change_ne_s_ouvre_pas_et_la_page_le_dit(db, caplog, cause):
    ici, situation = un_dossier()
    _, autre = un_dossier(ici if cause == "autre_ligne" else None)
    with en_maintenance():
        cible = Bilan.objects.filter(situation=situation)
        d_ailleurs = bytes(Bilan.objects.get(situation=autre).scelle)
        sien = bytes(cible.get().scelle)
        cible.update(
            scelle={
                "autre_ligne": d_ailleurs,
                "autre_cercle": d_ailleurs,
                "autre_table": bytes(Objectif.objects.get(situation=situation).scelle),
                "change": sien[:-1] + bytes([sien[-1] ^ 1]),
                "vide": b"",
            }[cause]
        )
    contenu = page(ici.membre, "situations:situation", situation.public_id)
    assert ROMPU in contenu
    assert TEXTES[Bilan] not in contenu
    # What was not touched is read as before.
    assert TEXTES[Objectif] in contenu
    assert MOT not in caplog.text


def test_un_texte_mis_dans_le_dossier_d_un_autre_ne_s_y_ouvre_pas(db):
    """The whole row moved, public id included: it is still the other person's key that opens it."""
    ici, situation = un_dossier()
    _, autre = un_dossier(ici)
    with en_maintenance():
        Bilan.objects.filter(situation=situation).delete()
        Bilan.objects.filter(situation=autre).update(situation=situation)
    with contexte(ici.membre.pk):
        assert lire(situation.public_id).bilans[0].texte == ROMPU


# --- Keys ------------------------------------------------------------------------------------------


def test_une_cle_neuve_ferme_de_nouveau_les_textes(db):
    ici, situation = un_dossier()
    personne_ = public_de(situation)
    with en_maintenance():
        avant = {modele: bytes(modele.objects.get().scelle) for modele in TEXTES}
    assert operateur.renouveler(coffre(), [personne_], detenteurs()) == 1
    assert list(coffre().lire([personne_])[personne_]) == [2]
    with en_maintenance():
        apres = {modele: bytes(modele.objects.get().scelle) for modele in TEXTES}
    assert all(avant[modele] != apres[modele] for modele in TEXTES)
    with contexte(ici.membre.pk):
        assert textes(situation) == TEXTES


def test_un_texte_rompu_arrete_la_cle_neuve_et_garde_l_ancienne(db):
    ici, situation = un_dossier()
    personne_ = public_de(situation)
    with en_maintenance():
        Element.objects.update(scelle=b"\x01" * 40)
    with pytest.raises(ScelleRompu):
        operateur.renouveler(coffre(), [personne_], detenteurs())
    assert sorted(coffre().lire([personne_])[personne_]) == [1, 2]
    with contexte(ici.membre.pk):
        assert textes(situation) == {**TEXTES, Element: ROMPU}


def test_une_cle_detruite_laisse_un_texte_efface(db):
    ici, situation = un_dossier()
    operateur.detruire(coffre(), [public_de(situation)])
    with contexte(ici.membre.pk):
        assert set(textes(situation).values()) == {EFFACE}


def test_les_pages_qui_montrent_un_seul_texte_l_ouvrent(db):
    ici, situation = un_dossier()
    with en_maintenance():
        element, objectif, bilan = (m.objects.get().public_id for m in (Element, Objectif, Bilan))
    signale = signaler(ici, texte="Deux rendez-vous manqués.")
    cle = situation.public_id
    assert TEXTES[Element] in page(ici.coordonnatrice, "situations:retirer_element", cle, element)
    assert TEXTES[Objectif] in page(ici.coordonnatrice, "situations:retirer_objectif", cle, objectif)
    assert TEXTES[Objectif] in page(ici.coordonnatrice, "situations:etat_objectif", cle, objectif)
    assert TEXTES[Bilan] in page(ici.ajouter("conseil_departemental"), "situations:contreseing", cle, bilan)
    assert "Deux rendez-vous manqués." in page(ici.membre, "situations:signalement", signale.public_id)


# --- On the disk, and in a backup ------------------------------------------------------------------


def test_aucun_recit_n_est_en_clair_dans_les_fichiers_de_la_base(
    base_neuve, serveur_essais, django_db_blocker
):
    with django_db_blocker.unblock():
        un_dossier()
    with serveur_essais.connexion_superutilisateur(base_neuve) as connexion:
        connexion.execute("ANALYZE")
        connexion.execute("CHECKPOINT")
        ((dossier, depuis),) = connexion.execute(
            "SELECT pg_relation_filepath('situations_bilan'), pg_walfile_name(pg_current_wal_lsn())"
        ).fetchall()
        fuites = connexion.execute("SELECT count(*) FROM pg_stats WHERE attname = 'scelle'").fetchone()
    racine = next(
        p.parent for p in serveur_essais.chemins.dossier.rglob("PG_VERSION") if (p.parent / dossier).exists()
    )
    fichiers = [p for p in (racine / dossier).parent.iterdir() if p.is_file()]
    fichiers.append(racine / "pg_wal" / depuis)
    assert len(fichiers) > 100
    assert [p.name for p in fichiers if p.is_file() and MOT.encode() in p.read_bytes()] == []
    assert fuites == (0,)


def test_le_recit_d_une_personne_effacee_reste_illisible_dans_une_vieille_sauvegarde(
    base_neuve, serveur_essais, django_db_blocker, a_cote, horloge
):
    with django_db_blocker.unblock():
        groupe = un_groupe()
        elle = signaler(groupe, texte=TEXTES[Signalement])
        signaler(groupe, qui=personne(nom="Restant"), texte="Deux rendez-vous manqués.")
        publique = public_de(elle)
        base, cles = io.BytesIO(), io.BytesIO()
        sauvegarder(serveur_essais, base, CLE, base=base_neuve)
        copier_les_cles(coffre(), cles, CLE)
        with en_maintenance():
            Signalement.objects.filter(pk=elle.pk).update(expire_le=elle.recu_le)
        horloge_du_lendemain(horloge, elle)
        assert [str(elle.public_id)] == purger().signalements

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
            lignes = connexion.execute(
                "SELECT i.public_id, s.public_id, s.scelle FROM situations_signalement s "
                "JOIN situations_identite i ON i.id = s.identite_id"
            ).fetchall()
        try:
            installer(autre)
            lus = recits.poser_plusieurs(
                (Signalement(public_id=ligne, scelle=ferme), de_qui) for de_qui, ligne, ferme in lignes
            )
        finally:
            installer(d_avant)
        assert sorted(lu.texte for lu in lus) == ["Deux rendez-vous manqués.", EFFACE]
        assert publique not in autre.lire([publique])


EN_CLAIR = """
ALTER TABLE situations_signalement ALTER scelle DROP NOT NULL, ADD texte varchar DEFAULT '';
ALTER TABLE situations_element ALTER scelle DROP NOT NULL, ADD precision varchar DEFAULT '';
ALTER TABLE situations_objectif ALTER scelle DROP NOT NULL, ADD libelle varchar DEFAULT '';
ALTER TABLE situations_bilan ALTER scelle DROP NOT NULL, ADD texte varchar DEFAULT '';
"""
COLONNES = {Signalement: "texte", Element: "precision", Objectif: "libelle", Bilan: "texte"}


def test_la_migration_ferme_les_textes_en_clair_et_se_reprend(base_neuve, django_db_blocker):
    migration = import_module("maillage.situations.migrations.0009_fermer_les_recits")
    with django_db_blocker.unblock():
        ici, situation = un_dossier()
        with connections["proprietaire"].cursor() as curseur:
            curseur.execute(EN_CLAIR)
        with en_maintenance(), connection.cursor() as curseur:
            for modele, colonne in COLONNES.items():
                curseur.execute(
                    f"UPDATE {modele._meta.db_table} SET scelle = NULL, version = 3, {colonne} = %s",
                    [f"D’avant, {colonne}."],
                )
        for _ in range(2):
            with connections["proprietaire"].schema_editor() as editeur:
                migration.fermer(None, editeur)
        with contexte(ici.membre.pk):
            assert textes(situation) == {m: f"D’avant, {colonne}." for m, colonne in COLONNES.items()}
        with en_maintenance():
            assert {m.objects.get().version for m in COLONNES} == {3}
