"""After the retention run, no file of the whole cluster says a word of the erased.

Every nominative table was filled with canaries: names, addresses, telephones, short texts, files handed over.
The run erases all of it, writes the tables again and removes the write-ahead log; then every byte of both
databases, of the log and of the catalogues is read.
"""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

import pytest
from tests.attaques.decor import une_proie
from tests.pannes.combler import combler
from tests.pannes.conftest import Monde as Grappe
from tests.pannes.purge import depart, fermer_tout, passer_a_part, pointer_ailleurs
from tests.pannes.test_pannes_purge import PLUS_TARD

from maillage.instances.models.seance import PointTheme
from maillage.projet import purge
from maillage.socle.contexte import en_maintenance
from maillage.socle.fins import fins
from maillage.socle.postgres import oublier_les_ecritures
from maillage.socle.statistiques import muettes, murees

pytestmark = [pytest.mark.serveur, pytest.mark.xdist_group("pannes")]

CANARIS = (b"canari", b"Canari", b"CANARI", b"0612340099", b"06 12 34 00 99")


def fichiers_qui_parlent(grappe: Path) -> dict[str, list[str]]:
    """The files of the cluster that hold a canary, and which."""
    trouves: dict[str, list[str]] = {}
    for fichier in grappe.rglob("*"):
        if not fichier.is_file() or fichier.is_symlink():
            continue
        octets = fichier.read_bytes()
        if dits := [canari.decode() for canari in CANARIS if canari in octets]:
            trouves[str(fichier.relative_to(grappe))] = dits
    return trouves


def nom_de(monde: Grappe, base: str, fichier: str) -> str:
    """The table or index of that file, to say where the purge forgot something."""
    with monde.serveur.connexion_superutilisateur(base) as connexion:
        numero = Path(fichier).name.partition(".")[0].partition("_")[0]
        ligne = connexion.execute(
            "SELECT relname FROM pg_class WHERE pg_relation_filenode(oid) = %s",
            [int(numero) if numero.isdigit() else 0],
        ).fetchone()
    return f"{fichier} ({ligne[0]})" if ligne else fichier


def test_apres_la_purge_aucun_fichier_de_la_grappe_ne_dit_rien_de_personne(
    monde: Grappe, django_db_blocker: Any, tmp_path: Path
) -> None:
    suffixe = uuid.uuid4().hex[:8]
    noms = f"traces_{suffixe}", f"cles_traces_{suffixe}"
    with django_db_blocker.unblock(), pointer_ailleurs():
        mienne = depart(monde.serveur, tmp_path / "effacements.txt", *noms)
        try:
            une_proie()
            combler()
            with en_maintenance():  # the theme of an agenda: it names nobody, and is not ours to erase
                PointTheme.objects.update(titre="Transports")
            fermer_tout()
            with monde.serveur.connexion_superutilisateur(noms[0]) as connexion:
                connexion.execute("VACUUM FULL instances_pointtheme")
            with en_maintenance():
                vides = {m._meta.label for m in murees() if not m._default_manager.exists()}
            assert vides <= {table for table, fin in fins().items() if fin.personne}
            with monde.serveur.connexion_superutilisateur(noms[0]) as connexion:
                connexion.execute("ANALYZE")
                connexion.execute("CHECKPOINT")
            avant = fichiers_qui_parlent(monde.serveur.chemins.grappe)
            assert len(avant) > 20, "les canaris ne sont nulle part : l’essai ne prouve rien"
            mienne.pointer(*noms, instant=PLUS_TARD)
            assert passer_a_part(purge.passer)[0] == 0
            fermer_tout()
            oublier_les_ecritures(monde.serveur)
            restes = fichiers_qui_parlent(monde.serveur.chemins.grappe)
            assert {nom_de(monde, noms[0], fichier): dits for fichier, dits in restes.items()} == {}
        finally:
            fermer_tout()
            mienne.detruire()


def test_le_planificateur_ne_retient_rien_de_ce_qui_dit_quelque_chose_de_quelqu_un(
    monde: Grappe, django_db_blocker: Any, tmp_path: Path
) -> None:
    suffixe = uuid.uuid4().hex[:8]
    noms = f"plan_{suffixe}", f"cles_plan_{suffixe}"
    with django_db_blocker.unblock(), pointer_ailleurs():
        mienne = depart(monde.serveur, tmp_path / "effacements.txt", *noms)
        try:
            une_proie()
            fermer_tout()
            with monde.serveur.connexion_superutilisateur(noms[0]) as connexion:
                connexion.execute("ANALYZE")
                lignes = connexion.execute(
                    "SELECT c.relname, a.attname, s.staattnum IS NOT NULL FROM pg_attribute a "
                    "JOIN pg_class c ON c.oid = a.attrelid LEFT JOIN pg_statistic s "
                    "ON s.starelid = c.oid AND s.staattnum = a.attnum WHERE c.relname = ANY(%s) "
                    "AND a.attnum > 0",
                    [list(muettes())],
                ).fetchall()
            echantillonnees = {(table, colonne) for table, colonne, dite in lignes if dite}
            assert ("situations_situation", "etat") in echantillonnees
            assert ("situations_identite", "scelle") in {(t, c) for t, c, _ in lignes}
            assert {(t, c) for t, colonnes in muettes().items() for c in colonnes} & echantillonnees == set()
        finally:
            fermer_tout()
            mienne.detruire()
