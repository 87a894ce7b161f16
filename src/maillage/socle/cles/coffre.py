"""The store of data keys, as the pages use it: read in one query, add before what they open.

A connection of its own, to a database of its own, kept by each thread. Every statement is confirmed by
itself: a key is in the store before the row it opens is, and outlives it a moment (see ``operateur``).
No Django here.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import psycopg

from maillage.socle.cles.maitre import CleMaitresse
from maillage.socle.cles.scelle import CleDeDossier, tirer
from maillage.socle.postgres import ParametresConnexion

WEB, PROPRIETAIRE = "web", "proprietaire"
#: A key of some generation, by file then by generation.
Cles = Mapping[UUID, Mapping[int, CleDeDossier]]

_LIRE: Final = "SELECT objet, generation, maitre, enveloppe FROM cle WHERE objet = ANY(%s::uuid[])"
_AJOUTER: Final = """
INSERT INTO cle (objet, generation, maitre, enveloppe)
SELECT n.objet, n.generation, m.empreinte, n.enveloppe
FROM maitre m, unnest(%s::uuid[], %s::smallint[], %s::bytea[]) AS n (objet, generation, enveloppe)
WHERE m.empreinte = %s AND m.courante
ON CONFLICT DO NOTHING"""
#: A key drawn while the master key is being rotated is wrapped again with the new one.
_ESSAIS: Final = 3


class CoffreFerme(Exception):
    """The store cannot answer as it should: one sentence."""


def lien_de_cle(objet: UUID, generation: int, empreinte: str) -> bytes:
    """What a wrapped key is bound to: a key put under another file, or another generation, does not open."""
    return f"maillage-cle-1|{objet}|{generation}|{empreinte}".encode()


class Coffre:
    """``acces``: how the web role and the owner reach the store. ``liste``: the file of what was erased."""

    def __init__(self, acces: Mapping[str, ParametresConnexion], maitre: CleMaitresse, liste: Path) -> None:
        self.acces, self.maitre, self.liste = dict(acces), maitre, liste
        self._fil = threading.local()
        self._courante = ""

    def lire(self, objets: Collection[UUID]) -> Cles:
        """The keys of these files, in one query; a file without any is left out."""
        lues: dict[UUID, dict[int, CleDeDossier]] = {}
        if not objets:
            return lues
        for objet, generation, empreinte, enveloppe in self.lignes(_LIRE, [list(objets)]):
            octets = self.maitre.developper(
                empreinte, bytes(enveloppe), lien_de_cle(objet, generation, empreinte)
            )
            lues.setdefault(objet, {})[generation] = CleDeDossier(objet, generation, octets)
        return lues

    def creer(self, objets: Sequence[UUID]) -> Mapping[UUID, CleDeDossier]:
        """A key for each of these files, confirmed on return; one that has a key keeps it.

        Raises ``CoffreFerme`` for a file whose key was destroyed.
        """
        self.ajouter([tirer(objet) for objet in dict.fromkeys(objets)])
        lues = self.lire(objets)
        if len(lues) != len(set(objets)):
            raise CoffreFerme("des clés n’ont pas été gardées.")
        return {objet: par_generation[max(par_generation)] for objet, par_generation in lues.items()}

    def ajouter(self, cles: Sequence[CleDeDossier], role: str = WEB) -> None:
        """Keep these keys, wrapped with the current master key; a generation already there stays."""
        if not cles:
            return
        for _ in range(_ESSAIS):
            empreinte = self._courante or self._lire_la_courante()
            enveloppes = [
                self.maitre.envelopper(
                    empreinte, cle.octets, lien_de_cle(cle.objet, cle.generation, empreinte)
                )
                for cle in cles
            ]
            parametres = [
                [cle.objet for cle in cles],
                [cle.generation for cle in cles],
                enveloppes,
                empreinte,
            ]
            try:
                if self.modifier(_AJOUTER, parametres, role) or self._lire_la_courante() == empreinte:
                    return
            except psycopg.errors.ForeignKeyViolation:
                self._courante = ""
            except psycopg.errors.IntegrityConstraintViolation as erreur:
                raise CoffreFerme("la clé de ce dossier a été détruite : il ne se rouvre pas.") from erreur
        raise CoffreFerme("la clé maîtresse change : recommencez dans un instant.")

    def detruites(self, objets: Collection[UUID]) -> frozenset[UUID]:
        """Those whose key was destroyed."""
        return frozenset(
            ligne[0]
            for ligne in self.lignes(
                "SELECT objet FROM detruite WHERE objet = ANY(%s::uuid[])", [list(objets)]
            )
        )

    def _lire_la_courante(self) -> str:
        lue = self.lignes("SELECT empreinte FROM maitre WHERE courante")
        if not lue:
            raise CoffreFerme("le coffre n’a pas de clé maîtresse : lancez « maillage base preparer ».")
        self._courante = str(lue[0][0])
        return self._courante

    def lignes(self, sql: str, parametres: Sequence[Any] = (), role: str = WEB) -> list[tuple[Any, ...]]:
        """Every row of a query."""
        return self._executer(sql, parametres, role).fetchall()

    def modifier(self, sql: str, parametres: Sequence[Any] = (), role: str = WEB) -> int:
        """How many rows a statement touched."""
        return self._executer(sql, parametres, role).rowcount

    def _executer(self, sql: str, parametres: Sequence[Any], role: str) -> psycopg.Cursor[tuple[Any, ...]]:
        """A lost connection is opened again once: each statement here may be sent twice without harm."""
        try:
            return self.connexion(role).execute(sql.encode(), parametres, prepare=True)
        except psycopg.OperationalError:
            if not self._perdue(role):
                raise
            return self.connexion(role).execute(sql.encode(), parametres, prepare=True)

    def connexion(self, role: str = WEB) -> psycopg.Connection[tuple[Any, ...]]:
        """The connection of this thread under that role, opened at its first use, never shared by a fork."""
        ouvertes = self._ouvertes()
        connexion = ouvertes.get(role)
        if connexion is None or connexion.closed:
            connexion = psycopg.connect(**self._libpq(role), autocommit=True)
            ouvertes[role] = connexion
        return connexion

    def _libpq(self, role: str) -> dict[str, Any]:
        return {**self.acces[role].libpq()}

    def _ouvertes(self) -> dict[str, psycopg.Connection[tuple[Any, ...]]]:
        if getattr(self._fil, "processus", None) != os.getpid():
            self._fil.processus, self._fil.ouvertes = os.getpid(), {}
        ouvertes: dict[str, psycopg.Connection[tuple[Any, ...]]] = self._fil.ouvertes
        return ouvertes

    def _perdue(self, role: str) -> bool:
        connexion = self._ouvertes().get(role)
        if connexion is None or not connexion.closed:
            return False
        del self._ouvertes()[role]
        return True

    def fermer(self) -> None:
        """Close the connections of this thread."""
        ouvertes = self._ouvertes()
        while ouvertes:
            ouvertes.popitem()[1].close()
