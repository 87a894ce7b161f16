"""A copy of the key store, kept a few days: what erasure waits for in the backups of the database.

Rows as lines of JSON, inside the same safe as the backups of the database. The keys it carries stay wrapped:
without the file of the master key it opens nothing.
"""

from __future__ import annotations

import io
import json
from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO, Final
from uuid import UUID

from maillage.projet.sauvegardes.coffre import Ecriture, Lecture
from maillage.projet.sauvegardes.rules import JOURS_GARDES, SauvegardeRefusee
from maillage.socle.cles.coffre import PROPRIETAIRE, Coffre

SUFFIXE: Final = ".msc"
_NOM: Final = "cles-%Y%m%dT%H%M%SZ"
_LOT: Final = 5000


@dataclass(frozen=True, slots=True)
class Revenu:
    """What a copy brought back: its instant, keys, those left out because they were destroyed since."""

    le: datetime
    cles: int
    ecartees: int


def nom_du_fichier(instant: datetime) -> str:
    """A name that tells its instant and sorts by it."""
    return instant.astimezone(UTC).strftime(_NOM) + SUFFIXE


def echues(dossier: Path, instant: datetime) -> list[Path]:
    """The copies of that folder past their days, by their names."""
    trouvees = []
    for fichier in dossier.glob(f"cles-*{SUFFIXE}"):
        try:
            le = datetime.strptime(fichier.stem, _NOM).replace(tzinfo=UTC)
        except ValueError:
            continue
        if instant - le > timedelta(days=JOURS_GARDES):
            trouvees.append(fichier)
    return sorted(trouvees)


def copier(coffre: Coffre, sortie: BinaryIO, cle: bytes) -> int:
    """Write the store as it is at one instant, encrypted; how many keys."""
    nombre = 0
    connexion = coffre.connexion(PROPRIETAIRE)
    with Ecriture(sortie, cle) as ecrite, connexion.transaction():
        connexion.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        _ligne(ecrite, {"format": 1, "sorte": "cles", "le": datetime.now(UTC).isoformat()})
        for objet, le in connexion.execute("SELECT objet, le FROM detruite ORDER BY objet"):
            _ligne(ecrite, {"detruite": str(objet), "le": le.isoformat()})
        for objet, generation, maitre, enveloppe, le in connexion.execute(
            "SELECT objet, generation, maitre, enveloppe, tiree_le FROM cle ORDER BY objet, generation"
        ):
            texte = b64encode(enveloppe).decode()
            _ligne(ecrite, {"cle": [str(objet), generation, maitre, texte], "le": le.isoformat()})
            nombre += 1
        _ligne(ecrite, {"fin": nombre})
    return nombre


def _ligne(sortie: Ecriture, valeurs: dict[str, Any]) -> None:
    sortie.write(json.dumps(valeurs).encode() + b"\n")


def remettre(coffre: Coffre, entree: BinaryIO, cle: bytes, effaces: Iterable[UUID]) -> Revenu:
    """Bring keys back beside those of the store, all or none; a key destroyed since is left out.

    Raises ``SauvegardeRefusee`` where the master key that wraps them is not in its file. ``CoffreRefuse``
    where the copy does not open.
    """
    ecartes = set(effaces)
    connues = coffre.maitre.connues()
    connexion = coffre.connexion(PROPRIETAIRE)
    with io.BufferedReader(Lecture(entree, cle)) as lue, connexion.transaction():
        le = _entete(lue.readline())
        ecartes |= {ligne[0] for ligne in connexion.execute("SELECT objet FROM detruite")}
        cles: list[tuple[Any, ...]] = []
        lus = absentes = 0
        fin: int | None = None
        for ligne in lue:
            valeurs = json.loads(ligne)
            if "detruite" in valeurs:
                ecartes.add(UUID(valeurs["detruite"]))
            elif "cle" in valeurs:
                lus += 1
                objet, generation, maitre, texte = valeurs["cle"]
                if maitre not in connues:
                    raise SauvegardeRefusee(
                        f"ces clés sont enveloppées par la clé maîtresse {maitre}, qui n’est pas dans son "
                        "fichier : remettez d’abord le fichier d’origine (MAILLAGE_CLE_MAITRE)."
                    )
                if UUID(objet) in ecartes:
                    absentes += 1
                    continue
                cles.append((objet, generation, maitre, b64decode(texte), valeurs["le"]))
            else:
                fin = valeurs["fin"]
        if fin != lus:
            raise SauvegardeRefusee("la copie du coffre n’est pas entière.")
        _inscrire(connexion, connues[0], ecartes, cles)
    return Revenu(le, len(cles), absentes)


def _entete(ligne: bytes) -> datetime:
    try:
        brut = json.loads(ligne)
        if brut["sorte"] != "cles":
            raise ValueError
        return datetime.fromisoformat(brut["le"])
    except (ValueError, KeyError, TypeError) as erreur:
        raise SauvegardeRefusee("ce fichier n’est pas une copie du coffre des clés.") from erreur


def _inscrire(connexion: Any, courante: str, ecartes: set[UUID], cles: list[tuple[Any, ...]]) -> None:
    """The erased first: the store itself then refuses their keys."""
    with connexion.cursor() as curseur:
        curseur.executemany(
            "INSERT INTO detruite (objet) VALUES (%s) ON CONFLICT DO NOTHING", [(o,) for o in sorted(ecartes)]
        )
        curseur.execute("SELECT 1 FROM maitre WHERE courante")
        en_service = curseur.fetchone() is not None
        curseur.executemany(
            "INSERT INTO maitre (empreinte, courante) VALUES (%s, %s) ON CONFLICT DO NOTHING",
            [
                (empreinte, not en_service and empreinte == courante)
                for empreinte in sorted({courante, *(cle[2] for cle in cles)})
            ],
        )
        for debut in range(0, len(cles), _LOT):
            curseur.executemany(
                "INSERT INTO cle (objet, generation, maitre, enveloppe, tiree_le) "
                "VALUES (%s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
                cles[debut : debut + _LOT],
            )
