"""Number the entries of the journal, sign its heads, write its export, forget what is past its term.

Run by an operator's command as ``m_maintenance``. Entries get their rank once committed, under a lock: a
transaction that commits late comes later in the log, and is never lost by "id greater than the last".
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import BinaryIO, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection

from maillage.droit.api import echeance_mois, entier
from maillage.socle.contexte import en_maintenance
from maillage.socle.models import EntreeJournal, FeuilleJournal, TeteJournal
from maillage.socle.scelle.ecriture import Entree, Tete, feuille_gardee
from maillage.socle.scelle.merkle import Frontiere, feuille
from maillage.socle.scelle.signature import publique, signer
from maillage.socle.scelle.verification import TeteSignee
from maillage.socle.temps import maintenant

VERROU: Final = 4207
LOT: Final = 10_000
NUMEROTER: Final = """
WITH dernier AS (
  SELECT greatest((SELECT max(rang) FROM socle_journal), (SELECT max(rang) FROM socle_feuillejournal), 0) AS m
), attente AS (
  SELECT id, row_number() OVER (ORDER BY le, id) AS n
  FROM (SELECT id, le FROM socle_journal WHERE rang IS NULL ORDER BY le, id LIMIT %s) a
)
UPDATE socle_journal j SET rang = d.m + a.n FROM attente a, dernier d WHERE j.id = a.id
"""


class JournalRompu(RuntimeError):
    """What is in the database no longer leads to the head that was signed: told, never repaired."""


def numeroter() -> int:
    """Give a rank to every committed entry that has none; how many were numbered."""
    total = 0
    while numerotees := _numeroter_un_lot():
        total += numerotees
    return total


def _numeroter_un_lot() -> int:
    with en_maintenance(), connection.cursor() as curseur:
        _verrouiller()
        curseur.execute(NUMEROTER, [LOT])
        return int(curseur.rowcount)


def _verrouiller() -> None:
    with connection.cursor() as curseur:
        curseur.execute("SELECT pg_advisory_xact_lock(%s)", [VERROU])


def signer_la_tete(cle: Ed25519PrivateKey) -> TeteSignee | None:
    """Number what waits and sign the head of the log; None when nothing has happened since the last one.

    The very first head may be that of an empty log.
    """
    numeroter()
    with en_maintenance():
        _verrouiller()
        derniere = derniere_tete()
        courante = _frontiere(derniere)
        for entree in _entrees(apres=courante.taille):
            courante = courante.ajouter(feuille(entree.octets()))
        if derniere is not None and derniere.taille == courante.taille:
            return None
        return _ecrire(cle, courante)


def _ecrire(cle: Ed25519PrivateKey, courante: Frontiere) -> TeteSignee:
    tete = Tete(courante.taille, courante.racine, maintenant())
    signee = TeteSignee(tete, publique(cle), signer(cle, tete.octets()))
    TeteJournal.objects.create(
        taille=tete.taille,
        racine=tete.racine.hex(),
        le=tete.le,
        cle=signee.cle,
        signature=signee.signature,
        sommets=[sommet.hex() for sommet in courante.sommets],
    )
    return signee


def derniere_tete() -> TeteJournal | None:
    """The last signed head, read as ``m_maintenance``."""
    return TeteJournal.objects.order_by("-taille").first()


def _frontiere(tete: TeteJournal | None) -> Frontiere:
    if tete is None:
        return Frontiere()
    return Frontiere(tete.taille, tuple(bytes.fromhex(sommet) for sommet in tete.sommets))


def _entrees(*, apres: int, jusqu_a: int | None = None) -> Iterator[Entree]:
    lignes = EntreeJournal.objects.filter(rang__gt=apres)
    if jusqu_a is not None:
        lignes = lignes.filter(rang__lte=jusqu_a)
    for ligne in lignes.order_by("rang").iterator(chunk_size=2_000):
        yield Entree(
            rang=ligne.rang or 0,
            le=ligne.le,
            acteur=ligne.acteur,
            evenement=ligne.evenement,
            objet=ligne.objet,
            cercle=ligne.cercle,
            details=ligne.details,
        )


def _lignes(taille: int) -> Iterator[tuple[bytes, bytes]]:
    """Every line of the log up to that size, with its hash: kept hashes first, then the entries."""
    gardees = FeuilleJournal.objects.filter(rang__lte=taille).order_by("rang")
    for gardee in gardees.iterator(chunk_size=10_000):
        yield feuille_gardee(gardee.rang, bytes(gardee.hachage)), bytes(gardee.hachage)
    for entree in _entrees(apres=0, jusqu_a=taille):
        octets = entree.octets()
        yield octets, feuille(octets)


def exporter(cle: Ed25519PrivateKey, sortie: BinaryIO) -> TeteSignee:
    """Write the whole log behind its signed head, in constant memory. Raises ``JournalRompu``.

    What is written is hashed on the way: an export that would not verify is never given.
    """
    signer_la_tete(cle)
    with en_maintenance():
        tete = TeteJournal.objects.latest("taille")
        signee = _signee(tete)
        sortie.write(signee.octets() + b"\n")
        courante = Frontiere()
        for octets, hachage in _lignes(tete.taille):
            sortie.write(octets + b"\n")
            courante = courante.ajouter(hachage)
        _exiger(courante, tete)
    return signee


def _signee(tete: TeteJournal) -> TeteSignee:
    return TeteSignee(Tete(tete.taille, bytes.fromhex(tete.racine), tete.le), tete.cle, tete.signature)


def _exiger(courante: Frontiere, tete: TeteJournal) -> None:
    if (courante.taille, courante.racine.hex()) != (tete.taille, tete.racine):
        raise JournalRompu(
            f"le journal ne mène plus à sa dernière tête signée, de {tete.taille} entrées : "
            f"il en reste {courante.taille} en base, ou une a été changée."
        )


def verifier_en_base() -> int:
    """Recompute the log of the last head from the database. Returns its size; raises ``JournalRompu``."""
    with en_maintenance():
        tete = derniere_tete()
        if tete is None:
            return 0
        courante = Frontiere()
        for _, hachage in _lignes(tete.taille):
            courante = courante.ajouter(hachage)
        _exiger(courante, tete)
        return tete.taille


def en_attente(*, depuis: datetime) -> int:
    """How many entries older than that still have no signed head above them (a thousand at most)."""
    with en_maintenance():
        tete = derniere_tete()
        anciennes = EntreeJournal.objects.filter(le__lt=depuis)
        sans_rang = anciennes.filter(rang__isnull=True).values("pk")[:1_000].count()
        return sans_rang + anciennes.filter(rang__gt=tete.taille if tete else 0).values("pk")[:1_000].count()


def oublier(instant: datetime | None = None) -> int:
    """Replace by their hash the signed entries older than the retention of logs; how many.

    Only the oldest, in order: an entry still to be kept stops the run. Each batch is one transaction.
    """
    present = instant or maintenant()
    limite = echeance_mois(present.date(), -entier("journal.conservation_mois", present.date()))
    total = 0
    while oubliees := _oublier_un_lot(limite):
        total += oubliees
    return total


def _oublier_un_lot(limite: date) -> int:
    with en_maintenance():
        _verrouiller()
        tete = derniere_tete()
        if tete is None:
            return 0
        lot: list[Entree] = []
        for entree in _entrees(apres=0, jusqu_a=tete.taille):
            if entree.le.date() >= limite or len(lot) == LOT:
                break
            lot.append(entree)
        FeuilleJournal.objects.bulk_create(
            FeuilleJournal(rang=entree.rang, hachage=feuille(entree.octets())) for entree in lot
        )
        EntreeJournal.objects.filter(rang__in=[entree.rang for entree in lot]).delete()
        return len(lot)
