"""The copy of the key store: short-lived, closed, and never the way back of an erased file."""

import io
import json
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from psycopg import sql

from maillage.projet.sauvegardes.cles import copier, echues, nom_du_fichier, remettre
from maillage.projet.sauvegardes.coffre import CoffreRefuse, Ecriture, cle_de_sauvegarde
from maillage.projet.sauvegardes.effacements import remettre_les_cles
from maillage.projet.sauvegardes.rules import JOURS_GARDES, SauvegardeRefusee
from maillage.socle.cles import operateur
from maillage.socle.cles.acces import coffre, installer
from maillage.socle.cles.coffre import Coffre
from maillage.socle.cles.maitre import FichierMaitre
from maillage.socle.contexte import en_maintenance
from maillage.socle.models import EntreeJournal
from maillage.socle.postgres import creer_base_des_cles

CLE = bytes(range(32))


@pytest.fixture
def ouvrir_un_coffre(serveur_essais, django_db_setup, tmp_path: Path):
    """``ouvrir_un_coffre()``: a store of its own, all of them under the same master key."""
    ouverts: list[Coffre] = []

    def ouvrir(maitre: str = "maitre.cle", *, preparer: bool = True) -> Coffre:
        nom = f"cles_{uuid.uuid4().hex[:10]}"
        with serveur_essais.connexion_superutilisateur() as connexion:
            creer_base_des_cles(connexion, nom)
        acces = {
            cle: serveur_essais.parametres_connexion(role, nom)
            for cle, role in (("web", "m_web"), ("proprietaire", "m_proprietaire"))
        }
        coffre = Coffre(acces, FichierMaitre(tmp_path / maitre), tmp_path / f"{nom}.txt")
        (operateur.preparer if preparer else operateur.poser_les_tables)(coffre)
        ouverts.append(coffre)
        return coffre

    yield ouvrir
    for ouvert in ouverts:
        ouvert.fermer()
        with serveur_essais.connexion_superutilisateur() as connexion:
            connexion.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(
                    sql.Identifier(ouvert.acces["web"].base)
                )
            )


def copie_de(coffre: Coffre) -> bytes:
    sortie = io.BytesIO()
    copier(coffre, sortie, CLE)
    return sortie.getvalue()


def test_les_cles_reviennent_sauf_celles_qui_ont_ete_detruites(ouvrir_un_coffre):
    ici = ouvrir_un_coffre()
    un, deux, trois = objets = [uuid.uuid4() for _ in range(3)]
    cles = ici.creer(objets)
    operateur.detruire(ici, [un])
    copie = copie_de(ici)
    operateur.detruire(ici, [deux])
    ailleurs = ouvrir_un_coffre(preparer=False)
    revenu = remettre(ailleurs, io.BytesIO(copie), CLE, operateur.effaces(ici))
    assert (revenu.cles, revenu.ecartees) == (1, 1)
    assert {o: par[1] for o, par in ailleurs.lire(objets).items()} == {trois: cles[trois]}
    assert ailleurs.detruites(objets) == {un, deux}
    assert ailleurs.creer([uuid.uuid4()])
    assert remettre(ailleurs, io.BytesIO(copie), CLE, ()).cles == 1


def test_une_copie_ne_s_ouvre_ni_sans_sa_cle_ni_sans_la_cle_maitresse(ouvrir_un_coffre):
    ici = ouvrir_un_coffre()
    ici.creer([uuid.uuid4()])
    copie = copie_de(ici)
    autre = ouvrir_un_coffre("autre.cle")
    with pytest.raises(SauvegardeRefusee, match="d’origine"):
        remettre(autre, io.BytesIO(copie), CLE, ())
    for faux, cle in ((copie, bytes(32)), (copie[:-20], CLE)):
        with pytest.raises(CoffreRefuse):
            remettre(ouvrir_un_coffre(preparer=False), io.BytesIO(faux), cle, ())
    assert operateur.etat(autre).cles == 0


def test_une_copie_incomplete_ou_d_autre_chose_est_refusee_en_entier(ouvrir_un_coffre):
    entete = {"format": 1, "sorte": "cles", "le": "2026-11-23T00:00:00+00:00"}
    for lignes in ([{"sorte": "base"}], [entete], [entete, {"fin": 2}]):
        sortie = io.BytesIO()
        with Ecriture(sortie, CLE) as ecrite:
            for ligne in lignes:
                ecrite.write(json.dumps(ligne).encode() + b"\n")
        coffre = ouvrir_un_coffre()
        with pytest.raises(SauvegardeRefusee):
            remettre(coffre, io.BytesIO(sortie.getvalue()), CLE, ())
        assert operateur.etat(coffre).cles == 0


def test_apres_une_restauration_la_liste_est_rejouee_et_le_journal_le_dit(
    base_neuve, ouvrir_un_coffre, django_db_blocker, tmp_path: Path
):
    ici, ailleurs = ouvrir_un_coffre(), ouvrir_un_coffre(preparer=False)
    un, deux = objets = [uuid.uuid4() for _ in range(2)]
    ici.creer(objets)
    fichier, cle = tmp_path / "cles.msc", tmp_path / "sauvegarde.cle"
    with fichier.open("wb") as sortie:
        copier(ici, sortie, cle_de_sauvegarde(cle))
    operateur.detruire(ici, [un])
    d_avant = coffre()
    installer(ailleurs)
    try:
        with django_db_blocker.unblock():
            revenu, _ = remettre_les_cles(fichier, cle, ici.liste)
            with en_maintenance():
                assert EntreeJournal.objects.filter(evenement="effacements_rejoues").count() == 1
            with pytest.raises(SauvegardeRefusee, match="ne se lit pas"):
                remettre_les_cles(tmp_path / "absente.msc", cle)
    finally:
        installer(d_avant)
    assert (revenu.cles, revenu.ecartees) == (1, 1)
    assert set(ailleurs.lire(objets)) == {deux}
    assert str(un) in ailleurs.liste.read_text()


def test_les_copies_echues_et_elles_seules_quittent_le_dossier(tmp_path: Path):
    maintenant = datetime(2026, 11, 23, 22, tzinfo=UTC)
    for jours in (0, JOURS_GARDES, JOURS_GARDES + 1, 400):
        (tmp_path / nom_du_fichier(maintenant - timedelta(days=jours))).touch()
    (tmp_path / "cles-autre.msc").touch()
    (tmp_path / "base.msv").touch()
    assert [f.name for f in echues(tmp_path, maintenant)] == [
        nom_du_fichier(maintenant - timedelta(days=400)),
        nom_du_fichier(maintenant - timedelta(days=JOURS_GARDES + 1)),
    ]
