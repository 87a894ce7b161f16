"""Keys: what is sealed opens in its place only; the store keeps, rotates, destroys, and survives a cut."""

import os
import uuid
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st
from psycopg import sql

from maillage.socle.cles import operateur
from maillage.socle.cles.coffre import PROPRIETAIRE, Coffre, CoffreFerme
from maillage.socle.cles.detenteurs import Detenteur
from maillage.socle.cles.examen import examiner
from maillage.socle.cles.maitre import ENTETE, FichierMaitre, MaitreRefusee
from maillage.socle.cles.scelle import Lieu, ScelleRompu, ouvrir, sceller, tirer
from maillage.socle.postgres import creer_base_des_cles

QUI, LIGNE = uuid.uuid4(), uuid.uuid4()
ICI = Lieu("t", LIGNE, "nom", 3)
textes = st.text(max_size=80)


@given(textes, st.integers(1, 65535))
def test_ce_qui_est_ferme_s_ouvre_a_sa_place_et_ne_se_lit_pas(texte, generation):
    cle = tirer(QUI, generation)
    clair = texte.encode()
    ferme = sceller(cle, clair, ICI)
    assert ouvrir({generation: cle}, ferme, ICI) == clair
    assert sceller(cle, clair, ICI) != ferme
    if len(clair) > 3:
        assert clair not in ferme


@pytest.mark.parametrize(
    "ailleurs",
    [
        Lieu("u", LIGNE, "nom", 3),
        Lieu("t", uuid.uuid4(), "nom", 3),
        Lieu("t", LIGNE, "prenom", 3),
        Lieu("t", LIGNE, "nom", 2),
    ],
)
def test_deplace_dans_une_autre_table_ligne_colonne_ou_version_rien_ne_s_ouvre(ailleurs):
    cle = tirer(QUI)
    with pytest.raises(ScelleRompu):
        ouvrir({1: cle}, sceller(cle, b"Zoe", ICI), ailleurs)


@given(st.data())
def test_un_octet_change_ou_coupe_est_refuse(data):
    cle = tirer(QUI)
    ferme = bytearray(sceller(cle, b"bonjour", ICI))
    if data.draw(st.booleans()):
        ferme[data.draw(st.integers(0, len(ferme) - 1))] ^= data.draw(st.integers(1, 255))
    else:
        del ferme[data.draw(st.integers(0, len(ferme) - 1)) :]
    with pytest.raises(ScelleRompu):
        ouvrir({n: tirer(QUI, n) if n != 1 else cle for n in range(1, 4)}, bytes(ferme), ICI)


def test_une_autre_cle_ou_une_autre_generation_n_ouvre_pas():
    cle = tirer(QUI)
    for cles in ({}, {1: tirer(QUI)}, {2: cle}):
        with pytest.raises(ScelleRompu):
            ouvrir(cles, sceller(cle, b"x", ICI), ICI)


def test_une_cle_ne_s_affiche_pas():
    cle = tirer(QUI)
    assert cle.octets.hex() not in repr(cle)
    assert repr(cle.octets) not in repr(cle)


# --- The master key ----------------------------------------------------------------------------------


def test_le_fichier_maitre_est_pour_son_seul_proprietaire(tmp_path: Path):
    maitre = FichierMaitre(tmp_path / "cles" / "maitre.cle")
    premiere = maitre.tirer()
    assert maitre.chemin.stat().st_mode & 0o777 == 0o600
    enveloppe = maitre.envelopper(premiere, b"k" * 32, b"lien")
    seconde = maitre.tirer()
    assert maitre.connues() == (seconde, premiere)
    assert FichierMaitre(maitre.chemin).developper(premiere, enveloppe, b"lien") == b"k" * 32
    with pytest.raises(MaitreRefusee):
        maitre.developper(premiere, enveloppe, b"autre")
    with pytest.raises(MaitreRefusee):
        maitre.retirer(seconde)
    maitre.retirer(premiere)
    with pytest.raises(MaitreRefusee, match="manque"):
        maitre.developper(premiere, enveloppe, b"lien")


@pytest.mark.parametrize("contenu", ["", ENTETE, f"{ENTETE}\nab cd", "autre\n", f"{ENTETE}\nab {'A' * 44}"])
def test_un_fichier_maitre_abime_est_dit(tmp_path: Path, contenu):
    chemin = tmp_path / "maitre.cle"
    chemin.write_text(contenu)
    chemin.chmod(0o600)
    with pytest.raises(MaitreRefusee, match="ne contient pas"):
        FichierMaitre(chemin).courante()


def test_un_fichier_maitre_ouvert_a_d_autres_est_refuse(tmp_path: Path):
    maitre = FichierMaitre(tmp_path / "maitre.cle")
    maitre.tirer()
    maitre.chemin.chmod(0o640)
    with pytest.raises(MaitreRefusee, match="chmod 600"):
        FichierMaitre(maitre.chemin).courante()


# --- The store ---------------------------------------------------------------------------------------


@pytest.fixture
def coffre(serveur_essais, django_db_setup, tmp_path: Path):
    nom = f"cles_{uuid.uuid4().hex[:10]}"
    with serveur_essais.connexion_superutilisateur() as connexion:
        creer_base_des_cles(connexion, nom)
    acces = {
        cle: serveur_essais.parametres_connexion(role, nom)
        for cle, role in (("web", "m_web"), ("proprietaire", "m_proprietaire"))
    }
    ouvert = Coffre(acces, FichierMaitre(tmp_path / "maitre.cle"), tmp_path / "effacements.txt")
    operateur.preparer(ouvert)
    yield ouvert
    ouvert.fermer()
    with serveur_essais.connexion_superutilisateur() as connexion:
        connexion.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(nom)))


def voisin(coffre: Coffre) -> Coffre:
    """Another process on the same store and the same files."""
    return Coffre(coffre.acces, FichierMaitre(coffre.maitre.chemin), coffre.liste)


def pseudonymes(nombre: int) -> list[uuid.UUID]:
    return [uuid.uuid4() for _ in range(nombre)]


class Rangees:
    """A room that holds one sealed value by file, as rows would."""

    def __init__(self, coffre: Coffre, objets: list[uuid.UUID]) -> None:
        self.coffre = coffre
        self.cles = coffre.creer(objets)
        self.lignes = {o: sceller(cle, b"Zoe", Lieu("t", o, "c", 1)) for o, cle in self.cles.items()}
        self.casse = False

    def resceller(self, objets) -> int:
        if self.casse:
            raise RuntimeError("coupure")
        for objet, cles in self.coffre.lire(objets).items():
            clair = ouvrir(cles, self.lignes[objet], Lieu("t", objet, "c", 1))
            self.lignes[objet] = sceller(cles[max(cles)], clair, Lieu("t", objet, "c", 1))
        return len(objets)

    def effacer(self, objets) -> int:
        return sum(self.lignes.pop(objet, None) is not None for objet in objets)

    def lire(self) -> list[bytes]:
        cles = self.coffre.lire(list(self.lignes))
        return [ouvrir(cles[o], ferme, Lieu("t", o, "c", 1)) for o, ferme in self.lignes.items()]

    @property
    def detenteur(self) -> Detenteur:
        return Detenteur(
            vivants=lambda objets: [o for o in objets if o in self.lignes],
            resceller=self.resceller,
            effacer=self.effacer,
        )


def test_une_cle_est_gardee_une_fois_et_relue_par_un_autre(coffre):
    objets = pseudonymes(5)
    creees = coffre.creer(objets)
    assert coffre.creer(objets) == creees
    assert {o: par[1] for o, par in voisin(coffre).lire(objets).items()} == creees
    assert coffre.lire(pseudonymes(2)) == {}
    assert coffre.lire([]) == {}


def test_le_role_web_ajoute_des_cles_et_n_en_change_ni_n_en_detruit_aucune(coffre):
    (objet,) = objets = pseudonymes(1)
    avant = coffre.creer(objets)
    for ordre in (
        "DELETE FROM cle",
        "UPDATE cle SET generation = 9",
        "TRUNCATE cle",
        "DELETE FROM detruite",
        f"INSERT INTO detruite (objet) VALUES ('{objet}')",
        "INSERT INTO maitre (empreinte, courante) VALUES ('x', false)",
        "DROP TABLE cle",
        "CREATE TABLE public.a (b int)",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            coffre.modifier(ordre)
    assert coffre.creer(objets) == avant
    assert examiner(coffre)[0]


def test_les_autres_roles_n_entrent_pas_dans_le_coffre(coffre, serveur_essais):
    for role in ("m_taches", "m_essai"):
        acces = serveur_essais.parametres_connexion(role, coffre.acces["web"].base)
        with pytest.raises(psycopg.OperationalError, match="permission denied"):
            psycopg.connect(**acces.libpq())


def test_une_cle_rangee_sous_un_autre_dossier_n_ouvre_rien(coffre):
    un, deux = pseudonymes(2)
    coffre.creer([un, deux])
    coffre.modifier(
        "UPDATE cle SET enveloppe = (SELECT enveloppe FROM cle WHERE objet = %s) WHERE objet = %s",
        [un, deux],
        PROPRIETAIRE,
    )
    assert un in coffre.lire([un])
    with pytest.raises(MaitreRefusee, match="changée"):
        coffre.lire([deux])


def test_la_cle_maitresse_tourne_sans_qu_une_page_s_en_apercoive(coffre):
    rangees = Rangees(coffre, pseudonymes(25))
    page = voisin(coffre)
    page.creer(pseudonymes(1))
    ancienne = coffre.maitre.courante()
    assert operateur.tourner(coffre, lot=7) == 26
    assert coffre.maitre.connues() == (operateur.etat(coffre).courante,)
    assert ancienne not in coffre.maitre.connues()
    assert rangees.lire() == [b"Zoe"] * 25
    (neuf,) = page.creer(pseudonymes(1))
    assert neuf in coffre.lire([neuf])
    assert examiner(coffre)[0]
    page.fermer()


def test_une_rotation_coupee_se_reprend_ou_qu_elle_se_soit_arretee(coffre, monkeypatch):
    rangees = Rangees(coffre, pseudonymes(20))
    vraies = operateur._envelopper_de_nouveau

    def couper(*_args):
        raise RuntimeError("coupure")

    monkeypatch.setattr(operateur, "_envelopper_de_nouveau", couper)
    with pytest.raises(RuntimeError):
        operateur.tourner(coffre)
    assert not examiner(coffre)[0]
    assert rangees.lire() == [b"Zoe"] * 20
    avant = coffre.maitre.connues()
    monkeypatch.setattr(operateur, "_envelopper_de_nouveau", vraies)
    assert operateur.tourner(coffre) == 20
    assert coffre.maitre.connues() == avant[:1]
    # Cut before the store knew: the key that is in the file is the one that serves.
    tiree = coffre.maitre.tirer()
    assert rangees.lire() == [b"Zoe"] * 20
    assert voisin(coffre).creer(pseudonymes(1))
    operateur.tourner(coffre)
    assert coffre.maitre.connues() == (tiree,)
    assert rangees.lire() == [b"Zoe"] * 20


def test_une_cle_tiree_sous_l_ancienne_maitresse_pendant_la_rotation_n_est_pas_perdue(coffre, monkeypatch):
    page = voisin(coffre)
    page.creer(pseudonymes(1))
    vraies, tirees = operateur._envelopper_de_nouveau, pseudonymes(1)

    def pendant(*args):
        faites = vraies(*args)
        page.creer(tirees)
        return faites

    monkeypatch.setattr(operateur, "_envelopper_de_nouveau", pendant)
    operateur.tourner(coffre)
    assert tirees[0] in coffre.lire(tirees)
    page.fermer()


def test_un_dossier_renouvele_s_ouvre_par_sa_seule_cle_neuve(coffre):
    rangees = Rangees(coffre, pseudonymes(3))
    avant = dict(rangees.cles)
    (un, *_) = rangees.lignes
    assert operateur.renouveler(coffre, [un], [rangees.detenteur]) == 1
    cles = coffre.lire(list(rangees.lignes))
    assert list(cles[un]) == [2]
    assert cles[un][2].octets != avant[un].octets
    with pytest.raises(ScelleRompu):
        ouvrir({1: avant[un]}, rangees.lignes[un], Lieu("t", un, "c", 1))
    assert rangees.lire() == [b"Zoe"] * 3
    assert operateur.renouveler(coffre, pseudonymes(1), [rangees.detenteur]) == 0


def test_un_renouvellement_coupe_ne_perd_rien_et_se_reprend(coffre):
    rangees = Rangees(coffre, pseudonymes(3))
    rangees.casse = True
    with pytest.raises(RuntimeError):
        operateur.renouveler(coffre, list(rangees.lignes), [rangees.detenteur])
    assert operateur.etat(coffre).a_renouveler == 3
    assert rangees.lire() == [b"Zoe"] * 3
    rangees.casse = False
    assert operateur.reprendre(coffre, [rangees.detenteur]) == 3
    assert operateur.reprendre(coffre, [rangees.detenteur]) == 0
    assert {tuple(par) for par in coffre.lire(list(rangees.lignes)).values()} == {(2,)}
    assert rangees.lire() == [b"Zoe"] * 3


def test_une_cle_detruite_ne_revient_jamais(coffre):
    objets = pseudonymes(2)
    coffre.creer(objets)
    assert operateur.detruire(coffre, objets[:1]) == 1
    assert operateur.detruire(coffre, objets[:1]) == 0
    assert set(coffre.lire(objets)) == {objets[1]}
    assert coffre.detruites(objets) == {objets[0]}
    with pytest.raises(CoffreFerme, match="détruite"):
        coffre.creer(objets[:1])
    with pytest.raises(psycopg.errors.IntegrityConstraintViolation):
        coffre.modifier(
            "INSERT INTO cle (objet, generation, maitre, enveloppe) "
            "SELECT %s, 1, maitre, enveloppe FROM cle LIMIT 1",
            [objets[0]],
            PROPRIETAIRE,
        )
    assert coffre.liste.read_text().startswith(str(objets[0]))
    assert coffre.liste.stat().st_mode & 0o777 == 0o600


def test_une_cle_detruite_quitte_les_fichiers_du_coffre(coffre, serveur_essais):
    (objet,) = objets = pseudonymes(1)
    coffre.creer([*objets, *pseudonymes(3)])
    ((enveloppe,),) = coffre.lignes("SELECT enveloppe FROM cle WHERE objet = %s", [objet])
    operateur.detruire(coffre, objets)
    assert operateur.tasser(coffre) == 0
    with serveur_essais.connexion_superutilisateur(coffre.acces["web"].base) as connexion:
        connexion.execute("CHECKPOINT")
        ((chemin,),) = connexion.execute("SELECT pg_relation_filepath('public.cle')").fetchall()
    dossier = Path(os.path.dirname(serveur_essais.chemins.dossier / "x"))
    fichiers = [f for f in dossier.rglob(Path(chemin).name) if f.is_file()]
    assert fichiers
    assert all(bytes(enveloppe) not in f.read_bytes() for f in fichiers)


def test_une_cle_qu_une_autre_transaction_voit_encore_attend_son_tour(coffre):
    objets = pseudonymes(2)
    coffre.creer(objets)
    with psycopg.connect(**coffre.acces["web"].libpq()) as lectrice:
        lectrice.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        lectrice.execute("SELECT 1")
        operateur.detruire(coffre, objets)
        assert operateur.tasser(coffre, patience=timedelta()) == 2
    assert operateur.tasser(coffre) == 0


def test_seules_les_cles_qui_n_ouvrent_rien_sont_balayees(coffre):
    rangees = Rangees(coffre, pseudonymes(3))
    perdues = pseudonymes(2)
    coffre.creer(perdues)
    assert operateur.balayer(coffre, [rangees.detenteur]) == 0
    coffre.modifier("UPDATE cle SET tiree_le = tiree_le - interval '2 days'", role=PROPRIETAIRE)
    assert operateur.balayer(coffre, []) == 0
    assert operateur.balayer(coffre, [rangees.detenteur]) == 2
    assert operateur.balayer(coffre, [rangees.detenteur]) == 0
    assert coffre.lire(perdues) == {}
    assert rangees.lire() == [b"Zoe"] * 3


def test_un_coffre_place_a_cote_d_une_autre_base_ne_se_vide_pas(coffre):
    rangees = Rangees(coffre, pseudonymes(60))
    coffre.modifier("UPDATE cle SET tiree_le = tiree_le - interval '2 days'", role=PROPRIETAIRE)
    rangees.lignes.clear()
    with pytest.raises(operateur.BalayageRefuse, match="60 clés sur 60"):
        operateur.balayer(coffre, [rangees.detenteur])
    assert operateur.etat(coffre).cles == 60
    assert operateur.balayer(coffre, [rangees.detenteur], forcer=True) == 60


def test_la_liste_des_effacements_se_rejoue_sur_un_coffre_revenu_d_avant(coffre):
    rangees = Rangees(coffre, pseudonymes(3))
    un, deux, _ = rangees.lignes
    gardees = coffre.lignes("SELECT objet, generation, maitre, enveloppe FROM cle", role=PROPRIETAIRE)
    operateur.detruire(coffre, [un])
    # The store comes back as it was; the list beside the master key and a later one say what happened since.
    coffre.modifier("TRUNCATE cle, detruite", role=PROPRIETAIRE)
    for ligne in gardees:
        coffre.modifier(
            "INSERT INTO cle (objet, generation, maitre, enveloppe) VALUES (%s, %s, %s, %s)",
            ligne,
            PROPRIETAIRE,
        )
    assert operateur.rejouer(coffre, [rangees.detenteur], [f"{deux} 2026-11-23", "coup"]) == (2, 2)
    assert set(coffre.lire([un, deux])) == set()
    assert rangees.lire() == [b"Zoe"]
    assert operateur.rejouer(coffre, [rangees.detenteur]) == (0, 0)


def test_un_coffre_qui_a_des_cles_ne_recoit_pas_une_maitresse_neuve(coffre):
    coffre.creer(pseudonymes(1))
    coffre.maitre.chemin.unlink()
    operateur.preparer(voisin(coffre))
    assert not coffre.maitre.chemin.exists()
    assert examiner(voisin(coffre)) == (
        False,
        f"Le fichier de la clé maîtresse {coffre.maitre.chemin} manque.",
    )


def test_une_connexion_tuee_est_rouverte(coffre, serveur_essais):
    objets = pseudonymes(1)
    coffre.creer(objets)
    numero = coffre.connexion().info.backend_pid
    with serveur_essais.connexion_superutilisateur() as connexion:
        connexion.execute("SELECT pg_terminate_backend(%s)", [numero])
    assert set(coffre.lire(objets)) == set(objets)


def test_la_lecture_des_cles_d_une_page_est_une_seule_requete(coffre, monkeypatch):
    objets = pseudonymes(50)
    coffre.creer(objets)
    envoyees = []
    vraie = coffre._executer

    def compter(*args):
        envoyees.append(args)
        return vraie(*args)

    monkeypatch.setattr(coffre, "_executer", compter)
    assert len(coffre.lire(objets)) == 50
    assert len(envoyees) == 1
