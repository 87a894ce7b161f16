"""A database full of every nominative row, years later, and the retention run killed at a chosen step.

The run is that of the operator, in a process forked from this one: it is really killed, by SIGKILL, just
before a statement of either database, or beside the file that lists who was erased.
"""

from __future__ import annotations

import os
import pickle
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from psycopg import sql
from tests.conftest import MODELE, _pointer

MORT = -1


def fermer_tout() -> None:
    from django.db import connections

    from maillage.socle.cles.acces import coffre

    coffre().fermer()
    for alias in ("default", "proprietaire"):
        connections[alias].close()


@contextmanager
def pointer_ailleurs() -> Iterator[None]:
    """Whatever databases are pointed at meanwhile, the worker finds its own again."""
    from django.db import connections

    from maillage.socle.cles.acces import coffre, installer

    avant = {alias: dict(connections[alias].settings_dict) for alias in ("default", "proprietaire")}
    du_travailleur = coffre()
    fermer_tout()
    try:
        yield
    finally:
        fermer_tout()
        for alias, reglages in avant.items():
            connections[alias].settings_dict.clear()
            connections[alias].settings_dict.update(reglages)
        installer(du_travailleur)


@dataclass
class Monde:
    """Two databases of one cluster, that of the files and that of the keys, and copies of both."""

    serveur: Any
    liste: Path
    noms: list[str] = field(default_factory=list)

    def creer(self, nom: str, modele: str, cles: str, modele_cles: str) -> None:
        from maillage.socle.postgres.roles import creer_base, creer_base_des_cles

        with self.serveur.connexion_superutilisateur() as connexion:
            self.noms += [nom, cles]
            creer_base(connexion, nom, modele=modele, essais=True)
            if modele_cles:
                connexion.execute(
                    sql.SQL("CREATE DATABASE {} OWNER m_proprietaire TEMPLATE {} STRATEGY wal_log").format(
                        sql.Identifier(cles), sql.Identifier(modele_cles)
                    )
                )
            creer_base_des_cles(connexion, cles)

    def pointer(self, nom: str, cles: str, *, instant: datetime | None = None) -> None:
        """Lead this process to these two databases; ``instant`` is then the hour of both."""
        from django.db import connections

        from maillage.socle.cles.acces import coffre, installer
        from maillage.socle.cles.coffre import Coffre

        fermer_tout()
        _pointer(self.serveur, nom)
        acces = {role: replace(p, base=cles) for role, p in coffre().acces.items()}
        installer(Coffre(acces, coffre().maitre, self.liste))
        if instant is not None:
            for alias in ("default", "proprietaire"):
                options = connections[alias].settings_dict.setdefault("OPTIONS", {})
                options["options"] = f"-c maillage.maintenant={instant.isoformat()}"

    def detruire(self, *noms: str) -> None:
        with self.serveur.connexion_superutilisateur() as connexion:
            for nom in noms or tuple(self.noms):
                connexion.execute(
                    sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(nom))
                )


def depart(serveur: Any, liste: Path, nom: str, cles: str) -> Monde:
    """Both databases, migrated and empty, this process pointing at them."""
    from maillage.socle.cles.acces import coffre
    from maillage.socle.cles.operateur import preparer

    monde = Monde(serveur, liste)
    monde.creer(nom, MODELE, cles, "")
    monde.pointer(nom, cles)
    preparer(coffre())
    return monde


#: Rather than a step: just after the first commit that wrote something.
APRES_UNE_ECRITURE = -2
ECRITURES = ("INSERT", "UPDATE", "DELETE")


class Faucheuse:
    """Counts the steps of a run; kills its process just before step ``arret``."""

    def __init__(self, arret: int) -> None:
        self.arret, self.pas, self.ecrit = arret, 0, False

    def point(self) -> None:
        self.pas += 1
        if self.pas == self.arret:
            os.kill(os.getpid(), signal.SIGKILL)

    def guetter(self) -> None:
        """Every statement of either database, and both sides of the file that lists the erased."""
        from django.db import connection

        from maillage.socle.cles import operateur
        from maillage.socle.cles.coffre import Coffre

        def avant(executer: Callable[..., Any], ordre: str, *reste: Any) -> Any:
            self.point()
            rendu = executer(ordre, *reste)
            if ordre.startswith(ECRITURES) and reste[-1]["cursor"].rowcount > 0:
                self.ecrit = True
            return rendu

        connection.execute_wrappers.append(avant)
        au_coffre, noter, confirmer = Coffre._executer, operateur._noter, connection._commit

        def puis_mourir() -> None:
            confirmer()
            if self.ecrit and self.arret == APRES_UNE_ECRITURE:
                os.kill(os.getpid(), signal.SIGKILL)
            self.ecrit = False

        def du_coffre(*args: Any) -> Any:
            self.point()
            return au_coffre(*args)

        def sur_le_disque(*args: Any) -> None:
            self.point()
            noter(*args)
            self.point()

        connection._commit = puis_mourir
        Coffre._executer = du_coffre
        operateur._noter = sur_le_disque


def passer_a_part(faire: Callable[[], object], *, arret: int = MORT) -> tuple[int, int]:
    """Run it in a process apart, as the owner; its exit (negative: the signal) and how many steps it took."""
    fermer_tout()
    lire, ecrire = os.pipe()
    enfant = os.fork()
    if enfant == 0:
        code = 1
        try:
            from maillage.projet.bases import sous_le_proprietaire

            faucheuse = Faucheuse(arret)
            with sous_le_proprietaire():
                faucheuse.guetter()
                faire()
                os.write(ecrire, pickle.dumps(faucheuse.pas))
            code = 0
        finally:
            os._exit(code)
    os.close(ecrire)
    with os.fdopen(lire, "rb") as tuyau:
        dit = tuyau.read()
    _, statut = os.waitpid(enfant, 0)
    return os.waitstatus_to_exitcode(statut), pickle.loads(dit) if dit else 0
