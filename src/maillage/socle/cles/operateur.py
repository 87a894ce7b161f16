"""What only an operator does to the store: prepare it, rotate, renew, destroy, sweep. Each may be run again.

The order is what keeps everything whole: a key is confirmed before what it opens, and destroyed after.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

import psycopg

from maillage.socle.cles.coffre import PROPRIETAIRE, Coffre, lien_de_cle
from maillage.socle.cles.detenteurs import Detenteur
from maillage.socle.cles.maitre import MaitreRefusee
from maillage.socle.cles.scelle import tirer
from maillage.socle.cles.schema import SCHEMA

LOT: Final = 1000
#: A key younger than this may belong to a page that is still being confirmed.
AGE_D_UNE_ORPHELINE: Final = timedelta(days=1)
#: Beyond this share, what is missing is more likely the database than the rows.
PART_SUSPECTE, NOMBRE_SUSPECT = 0.5, 50
_VERROU: Final = 4202
#: How long a rewriting waits for transactions that may still see what was destroyed.
PATIENCE: Final = timedelta(seconds=10)
_PAUSE: Final = 0.1
_RECRIRE: Final = "VACUUM (FULL, VERBOSE) cle"


class BalayageRefuse(Exception):
    """Too many keys open nothing: the database beside the store is perhaps not its own."""


@dataclass(frozen=True, slots=True)
class Etat:
    """The store in figures. ``maitresses``: keys wrapped with each master key, by fingerprint."""

    cles: int
    detruites: int
    maitresses: dict[str, int]
    courante: str
    a_renouveler: int


def preparer(coffre: Coffre) -> None:
    """Tables, rights, and the first master key where there is none at all. Raises ``MaitreRefusee``."""
    poser_les_tables(coffre)
    connexion = coffre.connexion(PROPRIETAIRE)
    with connexion.transaction():
        connexion.execute("SELECT pg_advisory_xact_lock(%s)", [_VERROU])
        if connexion.execute("SELECT 1 FROM maitre").fetchone():
            return
        try:
            empreinte = coffre.maitre.courante()
        except MaitreRefusee:
            empreinte = coffre.maitre.tirer()
        connexion.execute("INSERT INTO maitre (empreinte, courante) VALUES (%s, true)", [empreinte])


def poser_les_tables(coffre: Coffre) -> None:
    """Tables and rights alone."""
    connexion = coffre.connexion(PROPRIETAIRE)
    with connexion.transaction():
        connexion.execute("SELECT pg_advisory_xact_lock(%s)", [_VERROU])
        connexion.execute(SCHEMA.encode())


def etat(coffre: Coffre) -> Etat:
    """The store in figures."""
    (cles, detruites, courante), *_ = coffre.lignes(
        "SELECT (SELECT count(*) FROM cle), (SELECT count(*) FROM detruite), "
        "(SELECT empreinte FROM maitre WHERE courante)",
        role=PROPRIETAIRE,
    )
    par_maitre = coffre.lignes(
        "SELECT m.empreinte, count(c.objet) FROM maitre m LEFT JOIN cle c ON c.maitre = m.empreinte "
        "GROUP BY 1 ORDER BY 1",
        role=PROPRIETAIRE,
    )
    ((doubles,),) = coffre.lignes(
        "SELECT count(*) FROM (SELECT 1 FROM cle GROUP BY objet HAVING count(*) > 1) AS d",
        role=PROPRIETAIRE,
    )
    return Etat(cles, detruites, dict(par_maitre), courante or "", doubles)


def tourner(coffre: Coffre, *, lot: int = LOT) -> int:
    """Replace the master key; how many data keys were wrapped again. Killed anywhere, it goes on from there.

    A rotation under way (two master keys in the store) is ended rather than started over.
    """
    with coffre.connexion(PROPRIETAIRE).transaction():
        coffre.modifier("SELECT pg_advisory_xact_lock(%s)", [_VERROU], PROPRIETAIRE)
        en_cours = coffre.lignes("SELECT 1 FROM maitre WHERE NOT courante", role=PROPRIETAIRE)
        nouvelle = coffre.maitre.courante()
        inscrite = coffre.lignes("SELECT 1 FROM maitre WHERE empreinte = %s", [nouvelle], PROPRIETAIRE)
        if inscrite and not en_cours:
            nouvelle = coffre.maitre.tirer()
        coffre.modifier(
            "UPDATE maitre SET courante = false WHERE courante AND empreinte <> %s", [nouvelle], PROPRIETAIRE
        )
        coffre.modifier(
            "INSERT INTO maitre (empreinte, courante) VALUES (%s, true) "
            "ON CONFLICT (empreinte) DO UPDATE SET courante = true",
            [nouvelle],
            PROPRIETAIRE,
        )
    refaites = 0
    while True:
        refaites += _envelopper_de_nouveau(coffre, nouvelle, lot)
        try:
            anciennes = coffre.lignes(
                "DELETE FROM maitre WHERE NOT courante RETURNING empreinte", role=PROPRIETAIRE
            )
        except psycopg.errors.ForeignKeyViolation:
            continue  # a page drew a key with the former one meanwhile
        for (ancienne,) in anciennes:
            coffre.maitre.retirer(ancienne)
        for inconnue in set(coffre.maitre.connues()) - {nouvelle}:
            coffre.maitre.retirer(inconnue)
        return refaites


def _envelopper_de_nouveau(coffre: Coffre, nouvelle: str, lot: int) -> int:
    refaites = 0
    while lues := coffre.lignes(
        "SELECT objet, generation, maitre, enveloppe FROM cle WHERE maitre <> %s LIMIT %s",
        [nouvelle, lot],
        PROPRIETAIRE,
    ):
        valeurs = []
        for objet, generation, ancienne, enveloppe in lues:
            octets = coffre.maitre.developper(
                ancienne, bytes(enveloppe), lien_de_cle(objet, generation, ancienne)
            )
            neuve = coffre.maitre.envelopper(nouvelle, octets, lien_de_cle(objet, generation, nouvelle))
            valeurs.append((objet, generation, neuve))
        coffre.modifier(
            "UPDATE cle SET maitre = %s, enveloppe = n.enveloppe "
            "FROM unnest(%s::uuid[], %s::smallint[], %s::bytea[]) AS n (objet, generation, enveloppe) "
            "WHERE cle.objet = n.objet AND cle.generation = n.generation",
            [nouvelle, *(list(colonne) for colonne in zip(*valeurs, strict=True))],
            PROPRIETAIRE,
        )
        refaites += len(lues)
    return refaites


def renouveler(coffre: Coffre, objets: Iterable[UUID], detenteurs: Collection[Detenteur]) -> int:
    """Give these files a new key, seal their rows again, then drop the former key; how many files.

    The new generation is confirmed first, the old one dropped last: a file left with two is taken up again.
    """
    faits = 0
    demandes = list(objets)
    for debut in range(0, len(demandes), LOT):
        connues = coffre.lire(demandes[debut : debut + LOT])
        neuves = [tirer(objet, max(par) + 1) for objet, par in connues.items() if len(par) == 1]
        coffre.ajouter(neuves, PROPRIETAIRE)
        _achever(coffre, list(connues), detenteurs)
        faits += len(connues)
    return faits


def reprendre(coffre: Coffre, detenteurs: Collection[Detenteur]) -> int:
    """End the renewals that were cut short; how many files."""
    doubles = [
        ligne[0]
        for ligne in coffre.lignes(
            "SELECT objet FROM cle GROUP BY objet HAVING count(*) > 1 ORDER BY 1", role=PROPRIETAIRE
        )
    ]
    for debut in range(0, len(doubles), LOT):
        _achever(coffre, doubles[debut : debut + LOT], detenteurs)
    return len(doubles)


def _achever(coffre: Coffre, objets: list[UUID], detenteurs: Collection[Detenteur]) -> None:
    for detenteur in detenteurs:
        detenteur.resceller(objets)
    coffre.modifier(
        "DELETE FROM cle WHERE objet = ANY(%s::uuid[]) AND generation < "
        "(SELECT max(c.generation) FROM cle c WHERE c.objet = cle.objet)",
        [objets],
        PROPRIETAIRE,
    )


def tous(coffre: Coffre, *, avant: datetime | None = None) -> Iterable[list[UUID]]:
    """Every file that has a key (drawn before that instant), by batches."""
    dernier: UUID | None = None
    while lues := coffre.lignes(
        "SELECT DISTINCT objet FROM cle WHERE (%s::uuid IS NULL OR objet > %s::uuid) "
        "AND tiree_le < %s::timestamptz ORDER BY objet LIMIT %s",
        [dernier, dernier, avant or datetime.now(UTC) + timedelta(days=1), LOT],
        PROPRIETAIRE,
    ):
        dernier = lues[-1][0]
        yield [ligne[0] for ligne in lues]


def detruire(coffre: Coffre, objets: Collection[UUID]) -> int:
    """Destroy the keys of these files, once their rows are gone; how many had one.

    The list of what was erased is on the disk first: a store brought back from before will be told.
    """
    if not objets:
        return 0
    _noter(coffre, objets)
    avec = coffre.lignes(
        "WITH notees AS (INSERT INTO detruite (objet) SELECT unnest(%s::uuid[]) ON CONFLICT DO NOTHING), "
        "otees AS (DELETE FROM cle WHERE objet = ANY(%s::uuid[]) RETURNING objet) "
        "SELECT DISTINCT objet FROM otees",
        [list(objets), list(objets)],
        PROPRIETAIRE,
    )
    return len(avec)


def tasser(coffre: Coffre, *, patience: timedelta = PATIENCE) -> int:
    """Rewrite the table: what was destroyed leaves its pages too. How many destroyed rows had to stay.

    A row another transaction of the store may still see is copied with the others: the table is rewritten
    until none is, or until ``patience`` is over. The next call takes what stayed.
    """
    connexion = coffre.connexion(PROPRIETAIRE)
    restees = 0

    def compter(avis: psycopg.errors.Diagnostic) -> None:
        nonlocal restees
        # PostgreSQL has no other way to say it; the figure comes first in every language.
        if avis.message_detail and (chiffres := re.match(r"\d+", avis.message_detail)):
            restees = int(chiffres[0])

    connexion.add_notice_handler(compter)
    try:
        fin = time.monotonic() + patience.total_seconds()
        connexion.execute(_RECRIRE)
        while restees and time.monotonic() < fin:
            time.sleep(_PAUSE)
            connexion.execute(_RECRIRE)
    finally:
        connexion.remove_notice_handler(compter)
    return restees


def balayer(
    coffre: Coffre,
    detenteurs: Collection[Detenteur],
    *,
    forcer: bool = False,
    dire: Callable[[str], None] = lambda _phrase: None,
) -> int:
    """Destroy the keys no row answers for any more: pages undone, erasures cut short. How many.

    Raises ``BalayageRefuse`` where most keys open nothing: the wrong database, or one brought back half-way.
    """
    if not detenteurs:
        return 0
    orphelines = orphelines_de(coffre, detenteurs)
    ((total,),) = coffre.lignes("SELECT count(DISTINCT objet) FROM cle", role=PROPRIETAIRE)
    if not forcer and len(orphelines) > max(NOMBRE_SUSPECT, PART_SUSPECTE * total):
        raise BalayageRefuse(
            f"{len(orphelines)} clés sur {total} n’ouvrent plus rien : cette base est-elle bien celle de ce "
            "coffre ? Rien n’a été détruit."
        )
    for debut in range(0, len(orphelines), LOT):
        detruire(coffre, orphelines[debut : debut + LOT])
    return len(orphelines)


def orphelines_de(
    coffre: Coffre, detenteurs: Collection[Detenteur], *, age: timedelta = AGE_D_UNE_ORPHELINE
) -> list[UUID]:
    """The files whose key opens nothing, among keys older than that."""
    orphelines: list[UUID] = []
    for lot in tous(coffre, avant=datetime.now(UTC) - age):
        vivants = {objet for detenteur in detenteurs for objet in detenteur.vivants(lot)}
        orphelines += [objet for objet in lot if objet not in vivants]
    return orphelines


def _noter(coffre: Coffre, objets: Collection[UUID]) -> None:
    coffre.liste.parent.mkdir(parents=True, exist_ok=True)
    instant = datetime.now(UTC).isoformat(timespec="seconds")
    descripteur = os.open(coffre.liste, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descripteur, "a", encoding="ascii") as sortie:
        sortie.write("".join(f"{objet} {instant}\n" for objet in objets))
        sortie.flush()
        os.fsync(sortie.fileno())


def effaces(coffre: Coffre, textes: Iterable[str] = ()) -> set[UUID]:
    """Every file told erased: by the store, by the list beside the master key, by these other lines.

    A line cut by a failure is left out: its erasure had not begun.
    """
    lus = {ligne[0] for ligne in coffre.lignes("SELECT objet FROM detruite", role=PROPRIETAIRE)}
    gardees = coffre.liste.read_text("ascii").splitlines() if coffre.liste.exists() else []
    for ligne in (*gardees, *textes):
        try:
            lus.add(UUID(ligne.split()[0]))
        except (ValueError, IndexError):
            continue
    return lus


def rejouer(coffre: Coffre, detenteurs: Collection[Detenteur], textes: Iterable[str] = ()) -> tuple[int, int]:
    """After a restore: destroy again the keys of the erased, and erase what came back of them.

    How many keys, how many files.
    """
    objets = sorted(effaces(coffre, textes))
    cles = lignes = 0
    for debut in range(0, len(objets), LOT):
        lot = objets[debut : debut + LOT]
        lignes += sum(detenteur.effacer(lot) for detenteur in detenteurs)
        connues = {
            ligne[0]
            for ligne in coffre.lignes(
                "SELECT DISTINCT objet FROM cle WHERE objet = ANY(%s::uuid[])", [lot], PROPRIETAIRE
            )
        }
        cles += len(connues)
        # All of them: what a copy already refused is not yet on the list kept beside this master key.
        detruire(coffre, lot)
    return cles, lignes
