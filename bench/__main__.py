"""``python -m bench``: measure the database at hand, or build volumes and measure each."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.machine import RACINE, description, memoire_du_processus, version_de_postgresql

RESULTATS = RACINE / "bench" / "resultats"
REGLAGES = {"gardien": "bench.reglages_gardien"}
PRODUIT = "maillage.projet.settings"
#: Measures made at the largest volume only: they compare two ways on the same base.
AU_PLUS_GRAND = ("murs", "journal", "debit", "gardien", "dispositifs")
MESURES = ("pages", *AU_PLUS_GRAND)


def main(argv: list[str] | None = None) -> int:
    """Returns 0 when every measure was made."""
    args = _analyser(argv)
    if args.commande == "tout":
        _tout(args)
    elif args.commande == "garde":
        from bench.garde import mesurer

        print(json.dumps({"machine": description(), "garde": mesurer()}, ensure_ascii=False, indent=2))
    elif args.commande == "reprise":
        _reprise(args)
    elif args.commande == "tableau":
        from bench.tableau import ecrire

        ecrire(args.sortie)
    else:
        print(json.dumps(_une(args), ensure_ascii=False, indent=2))
    return 0


def _analyser(argv: list[str] | None) -> argparse.Namespace:
    analyseur = argparse.ArgumentParser(prog="python -m bench", description="Bancs de mesure de Maillage.")
    sous = analyseur.add_subparsers(dest="commande", required=True, metavar="COMMANDE")
    for nom, aide in (
        ("pages", "temps, requêtes et mémoire de chaque page, sur la base présente"),
        ("murs", "coût des murs : la même page avec et sans"),
        ("journal", "coût du journal : la même page avec et sans ; vitesse du scellement"),
        ("debit", "pages par seconde, par travailleur"),
        ("gardien", "la même liste par django-guardian"),
        ("dispositifs", "les dispositifs d’une personne, au milieu de nombreuses offres"),
    ):
        _options(sous.add_parser(nom, help=aide))
    sous.add_parser("garde", help="phrases jugées par seconde par la garde du texte libre, sans base")
    reprise = sous.add_parser(
        "reprise", help="sauvegarder, tuer, restaurer : durées, tailles, ce qui est perdu"
    )
    reprise.add_argument("--volume", type=float, default=1.0, help="en pour cent de 200 000 situations (1)")
    reprise.add_argument("--sortie", type=Path, default=RESULTATS, help="où écrire les résultats")
    tout = sous.add_parser("tout", help="simule chaque volume, mesure tout, écrit les résultats")
    _options(tout)
    tout.add_argument("--volumes", default="1,10,100", help="en pour cent de 200 000 situations")
    tout.add_argument("--sortie", type=Path, default=RESULTATS, help="où écrire les résultats")
    tableau = sous.add_parser("tableau", help="refait le tableau de README.md d’après les résultats")
    tableau.add_argument("--sortie", type=Path, default=RESULTATS, help="où lire les résultats")
    return analyseur.parse_args(argv)


def _options(analyseur: argparse.ArgumentParser) -> None:
    analyseur.add_argument("--repetitions", type=int, default=100, help="par page et par passage (100)")
    analyseur.add_argument("--secondes", type=float, default=8.0, help="par mesure de débit (8)")
    analyseur.add_argument("--offres", type=int, default=20_000, help="offres simulées (20 000)")


# -- one measure on the database at hand ---------------------------------------------------------


def _une(args: argparse.Namespace) -> dict[str, Any]:
    """Machine, base and figures of one bench. Settings are chosen before Django is loaded."""
    machine = description()
    os.environ.setdefault("MAILLAGE_MODE", "demonstration")
    os.environ["DJANGO_SETTINGS_MODULE"] = REGLAGES.get(args.commande, PRODUIT)
    from maillage.projet.commandes._base import base_prete

    with base_prete():
        from bench.decor import choisir

        decor = choisir()
        rendu = {
            "machine": {**machine, "postgresql": version_de_postgresql()},
            "base": {
                "situations": decor.volume,
                "groupes": decor.groupes,
                "ouvertes_dans_le_groupe_mesure": decor.ouvertes,
                "groupes_du_parquet": decor.groupes_du_parquet,
            },
            args.commande: _mesurer(args, decor),
        }
    return {**rendu, "memoire_du_processus_mio": memoire_du_processus()}


def _mesurer(args: argparse.Namespace, decor: Any) -> dict[str, Any]:
    from bench import debit, dispositifs, gardien, journal, murs, pages

    def application() -> Any:
        from maillage.projet.wsgi import application as produit

        return produit

    mesures: dict[str, Callable[[], dict[str, Any]]] = {
        "pages": lambda: pages.mesurer(application(), decor, args.repetitions),
        "murs": lambda: murs.mesurer(application(), decor, args.repetitions),
        "journal": lambda: journal.mesurer(application(), decor, args.repetitions),
        "debit": lambda: debit.mesurer(decor, args.secondes),
        "gardien": lambda: gardien.mesurer(decor, args.repetitions),
        "dispositifs": lambda: dispositifs.mesurer(application(), decor, args.repetitions, args.offres),
    }
    return mesures[args.commande]()


# -- every volume --------------------------------------------------------------------------------


def _tout(args: argparse.Namespace) -> None:
    volumes = [float(volume) for volume in args.volumes.split(",")]
    args.sortie.mkdir(parents=True, exist_ok=True)
    for volume in volumes:
        with _dossier() as donnees:
            rendu: dict[str, Any] = {
                "volume_pour_cent": volume,
                "machine": description(),
                "simulation": _ordre(
                    donnees,
                    "maillage.projet.cli",
                    *("simuler", "--echelle", "national", "--facteur", str(volume / 100), "--json"),
                ),
            }
            for mesure in MESURES if volume == max(volumes) else ("pages",):
                _dire(f"{volume:g} % : {mesure}")
                options = ("--repetitions", str(args.repetitions), "--secondes", str(args.secondes))
                lu = _ordre(donnees, "bench", mesure, *options)
                rendu["machine"]["postgresql"] = lu["machine"]["postgresql"]
                rendu["base"] = lu["base"]
                rendu[mesure] = lu[mesure]
                rendu.setdefault("charges_au_depart", {})[mesure] = lu["machine"]["charge_au_depart"]
                rendu.setdefault("memoire_du_processus_mio", {})[mesure] = lu["memoire_du_processus_mio"]
            fichier = args.sortie / f"volume-{volume:g}.json"
            fichier.write_text(json.dumps(rendu, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
            _dire(f"écrit : {fichier.name}")


def _reprise(args: argparse.Namespace) -> None:
    """A folder simulated for it, then its backups brought back beside it."""
    from bench import reprise

    depart = description()
    with _dossier(garder_en_marche=False) as racine:
        donnees = racine / "ici"
        for dossier in (donnees, atelier := racine / "atelier"):
            dossier.mkdir(mode=0o711)
        simules = _ordre(
            donnees,
            "maillage.projet.cli",
            *("simuler", "--echelle", "national", "--facteur", str(args.volume / 100), "--json"),
        )
        rendu = {
            "volume_pour_cent": args.volume,
            "machine": depart,
            "situations": simules["situations"],
            "reprise": reprise.mesurer(donnees, atelier),
        }
    args.sortie.mkdir(parents=True, exist_ok=True)
    fichier = args.sortie / f"reprise-{args.volume:g}.json"
    fichier.write_text(json.dumps(rendu, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    _dire(f"écrit : {fichier.name}")


@contextmanager
def _dossier(*, garder_en_marche: bool = True) -> Any:
    """A data folder of our own, its server stopped and its files removed at the end."""
    from maillage.socle.postgres import Serveur

    dossier = Path(tempfile.mkdtemp(prefix="maillage-bench-"))
    # The server may run under an account without privilege: it must be able to go through.
    dossier.chmod(0o711)
    try:
        if not garder_en_marche:
            yield dossier
            return
        with _environnement(dossier):
            serveur = Serveur(dossier / "postgres")
            usage = serveur.rejoindre()
            try:
                yield dossier
            finally:
                serveur.quitter(usage)
    finally:
        shutil.rmtree(dossier, ignore_errors=True)


@contextmanager
def _environnement(dossier: Path) -> Any:
    avant = os.environ.get("MAILLAGE_DONNEES")
    os.environ["MAILLAGE_DONNEES"] = str(dossier)
    try:
        yield
    finally:
        os.environ.pop("MAILLAGE_DONNEES")
        if avant is not None:
            os.environ["MAILLAGE_DONNEES"] = avant


def _ordre(donnees: Path, module: str, *arguments: str) -> dict[str, Any]:
    """A process of its own for each step: no measure inherits the memory of another."""
    debut = time.monotonic()
    environnement = {
        **os.environ,
        "MAILLAGE_DONNEES": str(donnees),
        "MAILLAGE_MODE": "demonstration",
        "MAILLAGE_PURGE": "exploitant",
        "PYTHONPATH": str(RACINE),
    }
    for nom in ("DATABASE_URL", "DATABASE_URL_PROPRIETAIRE", "DJANGO_SETTINGS_MODULE"):
        environnement.pop(nom, None)
    fait = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        env=environnement,
        cwd=RACINE,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    _dire(f"  {arguments[0]} : {time.monotonic() - debut:.0f} s")
    lu: dict[str, Any] = json.loads(fait.stdout)
    return lu


def _dire(texte: str) -> None:
    print(texte, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
