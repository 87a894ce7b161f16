"""What coming back costs and what is lost: each command as an operator types it, on data of its own.

The loss is measured too: a writer notes what the server has confirmed, the server is killed, what is there
afterwards is compared.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import psycopg

from bench.machine import RACINE
from maillage.socle.postgres import BASE, Serveur

TEMOIN = "CREATE TABLE public.temoin_reprise (n integer PRIMARY KEY)"


def mesurer(donnees: Path, atelier: Path, *, secondes: float = 3.0) -> dict[str, Any]:
    """On a prepared folder whose archives are not open; what it writes goes to ``atelier``."""
    cles = donnees / "cles"
    maitre = Path(os.environ.get("MAILLAGE_CLE_MAITRE", cles / "maitre.cle"))

    def lancer(*mots: str | Path, dossier: Path = donnees) -> tuple[float, dict[str, Any]]:
        return _commande(dossier, maitre, [str(mot) for mot in mots])

    rendu: dict[str, Any] = {}
    _commande(donnees, maitre, ["base", "demarrer"], en_json=False)
    try:
        fichier, copies = atelier / "base.msv", atelier / "copies"
        duree, lu = lancer("sauvegarder", fichier)
        duree_des_cles, lues = lancer("cles", "sauvegarder", copies)
        rendu["fichier"] = {
            "sauvegarder_s": duree,
            "lignes": lu["lignes"],
            "octets": fichier.stat().st_size,
            "cles_s": duree_des_cles,
            "cles": lues["cles"],
        }
        _, _ = lancer("archiver", "ouvrir", atelier / "archives")
        duree, lu = lancer("sauvegarder", "--physique")
        rendu["archives"] = {"sauvegarder_s": duree, "octets": lu["octets"]}
        rendu["mort_subite"] = _tuer(Serveur(donnees / "postgres"), secondes)
        _clore(Serveur(donnees / "postgres"))
        _, lu = lancer("archiver", "passer")
        morceaux = sorted((atelier / "archives").glob("*.msw"))
        rendu["archives"]["morceaux"] = len(morceaux)
        rendu["archives"]["octets_par_morceau"] = sum(m.stat().st_size for m in morceaux) // len(morceaux)
    finally:
        _commande(donnees, maitre, ["base", "arreter"], en_json=False)
    [copie] = copies.glob("*.msc")
    cle = ["--cle", str(cles / "sauvegarde.cle")]
    rendu["fichier"]["restaurer_s"], _ = lancer(
        "restaurer", fichier, *cle, "--cles", copie, dossier=atelier / "par-le-fichier"
    )
    rendu["archives"]["restaurer_s"], lu = lancer(
        "restaurer", "--archives", atelier / "archives", *cle, dossier=atelier / "par-les-archives"
    )
    rendu["archives"]["morceaux_rejoues"] = lu["morceaux"]
    return rendu


def _commande(
    dossier: Path, maitre: Path, mots: list[str], *, en_json: bool = True
) -> tuple[float, dict[str, Any]]:
    environnement = {nom: valeur for nom, valeur in os.environ.items() if not nom.startswith("DATABASE_URL")}
    environnement |= {
        "DJANGO_SETTINGS_MODULE": "maillage.projet.settings",
        "MAILLAGE_DONNEES": str(dossier),
        "MAILLAGE_MODE": "demonstration",
        "MAILLAGE_CLE_MAITRE": str(maitre),
    }
    debut = time.monotonic()
    fait = subprocess.run(
        [sys.executable, "-m", "maillage.projet.cli", *mots, *(["--json"] if en_json else [])],
        cwd=RACINE,
        env=environnement,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return round(time.monotonic() - debut, 1), json.loads(fait.stdout) if en_json else {}


def _tuer(serveur: Serveur, secondes: float) -> dict[str, Any]:
    """Writes one after the other, each confirmed before the next; then kill -9, and back."""
    with serveur.connexion_superutilisateur(BASE) as connexion:
        connexion.execute(TEMOIN)
    confirmees: list[int] = []

    def ecrire() -> None:
        try:
            with serveur.connexion_superutilisateur(BASE) as connexion:
                for n in range(10_000_000):
                    connexion.execute("INSERT INTO public.temoin_reprise VALUES (%s)", [n])
                    confirmees.append(n)
        except psycopg.OperationalError:
            return

    fil = threading.Thread(target=ecrire)
    fil.start()
    time.sleep(secondes)
    pid = int((serveur.chemins.grappe / "postmaster.pid").read_text(encoding="ascii").split()[0])
    os.kill(pid, signal.SIGKILL)
    fil.join()
    debut = time.monotonic()
    while not serveur.relever():
        time.sleep(0.01)
    duree = round(time.monotonic() - debut, 1)
    with serveur.connexion_superutilisateur(BASE) as connexion:
        presentes = {n for (n,) in connexion.execute("SELECT n FROM public.temoin_reprise").fetchall()}
        connexion.execute("DROP TABLE public.temoin_reprise")
    return {
        "ecritures_confirmees": len(confirmees),
        "perdues": len(set(confirmees) - presentes),
        "reprise_s": duree,
    }


def _clore(serveur: Serveur) -> None:
    """The current segment is closed and handed over."""
    with serveur.connexion_superutilisateur() as connexion:
        (clos,) = connexion.execute("SELECT pg_walfile_name(pg_switch_wal() - 1)").fetchone() or ("",)
        for _ in range(300):
            (dernier,) = connexion.execute("SELECT last_archived_wal FROM pg_stat_archiver").fetchone() or (
                "",
            )
            if (dernier or "") >= clos:
                return
            time.sleep(0.1)
