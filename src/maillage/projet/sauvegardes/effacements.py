"""After a restore: the keys come back without those of the erased, and what came back of these is erased."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from maillage.projet.sauvegardes.cles import Revenu, remettre
from maillage.projet.sauvegardes.coffre import lire_cle
from maillage.projet.sauvegardes.rules import SauvegardeRefusee
from maillage.socle.cles.acces import coffre
from maillage.socle.cles.detenteurs import detenteurs
from maillage.socle.cles.operateur import effaces, poser_les_tables, rejouer, tasser
from maillage.socle.contexte import en_maintenance
from maillage.socle.journal import journaliser


def remettre_les_cles(
    copie: Path, cle: Path, effacements: Path | None = None
) -> tuple[Revenu, tuple[int, int]]:
    """Bring a copy of the store back, then replay the erasures. Run as an operator."""
    textes = _lire(effacements)
    ici = coffre()
    poser_les_tables(ici)
    try:
        lue_cle = lire_cle(cle)
        with copie.open("rb") as entree:
            revenu = remettre(ici, entree, lue_cle, effaces(ici, textes))
    except OSError as erreur:
        raise SauvegardeRefusee(
            f"la copie du coffre ou sa clé ne se lit pas ({type(erreur).__name__})."
        ) from erreur
    return revenu, rejouer_la_liste(effacements)


def rejouer_la_liste(effacements: Path | None = None, textes: Iterable[str] = ()) -> tuple[int, int]:
    """Destroy again what the list and these lines name, in the store then in the rows; keys and files."""
    ici = coffre()
    cles, lignes = rejouer(ici, detenteurs(), [*_lire(effacements), *textes])
    tasser(ici)
    with en_maintenance():
        journaliser("effacements_rejoues", details={"cles": cles, "dossiers": lignes})
    return cles, lignes


def _lire(effacements: Path | None) -> list[str]:
    if effacements is None:
        return []
    try:
        return effacements.read_text("ascii").splitlines()
    except (OSError, UnicodeDecodeError) as erreur:
        raise SauvegardeRefusee(
            f"la liste des effacements ne se lit pas ({type(erreur).__name__})."
        ) from erreur
