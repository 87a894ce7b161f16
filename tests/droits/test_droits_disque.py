"""No name, no value of the register stands in clear in any file of its database."""

import uuid

from tests.droits.fabriques_droits import INSTANT, QUI, repondue, un_registre
from tests.situations.fabriques import une_situation

from maillage.situations.api import DonneesIdentite


def test_aucun_nom_ni_aucune_valeur_n_est_en_clair_dans_les_fichiers_de_la_base(
    base_neuve, serveur_essais, django_db_blocker, horloge
):
    nom, valeur = f"Zanzi{uuid.uuid4().hex[:12]}", f"Canari{uuid.uuid4().hex[:12]}"
    with django_db_blocker.unblock():
        horloge(INSTANT)
        ici = un_registre()
        qui = DonneesIdentite(nom, "Théo", "M", QUI.naissance)
        une_situation(ici.groupe, qui)
        repondue(ici, "acces", qui=qui)
        repondue(ici, "rectification", qui=qui, champ="adresse", valeur=valeur)
    with serveur_essais.connexion_superutilisateur(base_neuve) as connexion:
        connexion.execute("ANALYZE")
        connexion.execute("CHECKPOINT")
        ((dossier, depuis),) = connexion.execute(
            "SELECT pg_relation_filepath('droits_question'), pg_walfile_name(pg_current_wal_lsn())"
        ).fetchall()
    (racine,) = {
        p.parent
        for p in serveur_essais.chemins.dossier.rglob("PG_VERSION")
        if (p.parent / dossier).exists() and (p.parent / "pg_wal").exists()
    }
    fichiers = [p for p in (racine / dossier).parent.iterdir() if p.is_file()]
    fichiers.append(racine / "pg_wal" / depuis)
    assert len(fichiers) > 100
    for canari in (nom, valeur):
        assert [p.name for p in fichiers if canari.encode() in p.read_bytes()] == []
