"""The retention run whole: every room in its order, the keys, the pages of the tables, then the passage.

One process at a time, told by a lock of the database that dies with its session. Killed anywhere, nothing is
half erased: each batch is one transaction with its certificate, and what was left is done by the next run,
since only a run that went to its end notes its passage.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Final

from django.apps import apps
from django.db import OperationalError, connection
from psycopg.errors import Diagnostic

from maillage.acteurs.api import purger_connexions
from maillage.droits.api import purger_demandes
from maillage.maire.api import conclure_les_silences, purger_actes
from maillage.parcours.api import purger_accueils, tout_regulariser
from maillage.situations.api import PASSAGE, Certificat, noter_le_passage, purger
from maillage.socle.cles.acces import coffre
from maillage.socle.cles.detenteurs import detenteurs
from maillage.socle.cles.operateur import balayer, tasser
from maillage.socle.contexte import en_maintenance
from maillage.socle.jetons import purger_jetons
from maillage.socle.models import EntreeJournal
from maillage.socle.scelle.sequenceur import oublier
from maillage.socle.statistiques import murees
from maillage.socle.temps import FUSEAU_METROPOLE, aujourd_hui

VERROU: Final = 4203
#: Beyond this size a table is only vacuumed: rewriting it would keep everyone waiting. What names a person in
#: the space left free there is sealed, and its key is destroyed.
OCTETS_REECRITS: Final = 128 * 1024 * 1024
#: Tables without a wall whose rows go each day.
DU_JOUR: Final = ("acteurs.Session", "acteurs.EchecDeConnexion", "socle.JetonFormulaire")
#: A page under way may still see what went: it ends soon.
ESSAIS, _PAUSE = 5, 0.2
#: While it waits for a table, everyone else waits behind it.
_PATIENCE: Final = "SET lock_timeout = '1s'"


@contextmanager
def seul() -> Iterator[bool]:
    """Whether no other run is under way; none can begin meanwhile."""
    with connection.cursor() as curseur:
        curseur.execute("SELECT pg_try_advisory_lock(%s)", [VERROU])
        (pris,) = curseur.fetchone()
    try:
        yield pris
    finally:
        if pris and not connection.needs_rollback:
            with connection.cursor() as curseur:
                curseur.execute("SELECT pg_advisory_unlock(%s)", [VERROU])


def du_jour_faite() -> bool:
    """Whether a whole run has passed today."""
    with en_maintenance():
        dernier = EntreeJournal.objects.filter(evenement=PASSAGE).order_by("-pk").first()
    return dernier is not None and dernier.le.astimezone(FUSEAU_METROPOLE).date() >= aujourd_hui()


def passer(le: date | None = None) -> Certificat:
    """Run it all. ``le``, an earlier day, erases less and notes no passage. May raise ``BalayageRefuse``."""
    certificat = purger(le)
    for etape in ETAPES:
        etape()
    if le is None or le >= aujourd_hui():
        noter_le_passage(certificat.le, a_reecrire=_reecrire_les_pages())
    return certificat


def _ce_qui_servait_au_jour() -> None:
    with en_maintenance():
        purger_connexions()
        purger_jetons()


def _les_cles() -> None:
    """The keys of what was just erased, were their destruction cut short, leave the store and its pages."""
    balayer(coffre(), detenteurs())
    tasser(coffre())


#: After the files themselves: what bodies did is counted; identities handed to them, the mayor's files and
#: requests whose term has come go; old entries of the journal leave their hash; then what served the day.
ETAPES: Final[tuple[Callable[[], object], ...]] = (
    tout_regulariser,
    purger_accueils,
    conclure_les_silences,
    purger_actes,
    purger_demandes,
    oublier,
    _ce_qui_servait_au_jour,
    _les_cles,
)


def _a_reecrire() -> bool:
    """Whether something was erased, or a table left, since the last run that went to its end."""
    with en_maintenance():
        dernier = EntreeJournal.objects.filter(evenement=PASSAGE).order_by("-pk").first()
        destructions = EntreeJournal.objects.filter(evenement="destruction")
        if dernier is None:
            return destructions.exists()
        return "a_reecrire" in dernier.details or destructions.filter(pk__gt=dernier.pk).exists()


def _reecrire_les_pages() -> int:
    """A row erased stays in the pages of its table until they are written again; how many could not be.

    The first table that a reader holds ends it: the next run takes it up. Outside of any transaction: called
    within one, it leaves the tables as they are.
    """
    if connection.in_atomic_block:
        return 0
    tables = [apps.get_model(table)._meta.db_table for table in DU_JOUR]
    if _a_reecrire():
        tables += sorted(modele._meta.db_table for modele in murees())
    manquees = 0
    with connection.cursor() as curseur:
        curseur.execute(_PATIENCE)
        try:
            for rang, table in enumerate(tables):
                try:
                    manquees += not _reecrire(table)
                except OperationalError:
                    return manquees + len(tables) - rang
        finally:
            curseur.execute("RESET lock_timeout")
    return manquees


def _reecrire(table: str) -> bool:
    """False where a transaction may still see what went: it stays. Raises ``OperationalError`` where
    a reader, a backup above all, holds the table.
    """
    restees = 0

    def compter(avis: Diagnostic) -> None:
        nonlocal restees
        # PostgreSQL has no other way to say it; the figure comes first in every language.
        if avis.message_detail and (chiffres := re.match(r"\d+", avis.message_detail)):
            restees = int(chiffres[0])

    with connection.cursor() as curseur:
        curseur.execute("SELECT pg_total_relation_size(%s::regclass)", [table])
        (octets,) = curseur.fetchone()
        if octets > OCTETS_REECRITS:
            curseur.execute(f"VACUUM {connection.ops.quote_name(table)}")
            return True
        connection.connection.add_notice_handler(compter)
        try:
            for _ in range(ESSAIS):
                restees = 0
                curseur.execute(f"VACUUM (FULL, VERBOSE) {connection.ops.quote_name(table)}")
                if not restees:
                    break
                time.sleep(_PAUSE)
        finally:
            connection.connection.remove_notice_handler(compter)
    return not restees
