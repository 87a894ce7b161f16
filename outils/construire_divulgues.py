"""Make the list of known passwords from files on this machine: nothing is fetched.

    python outils/construire_divulgues.py passwords.json

``passwords.json`` comes from the npm package named in SOURCES. To it are added the list shipped with Django
and the French words written for the product.
"""

import gzip
import json
import sys
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import django.contrib.auth
import yaml

from maillage.acteurs.divulgues import FICHE, LISTE, empreinte

DONNEES = Path(__file__).parents[1] / "src" / "maillage" / "acteurs" / "donnees"
SOURCES = [
    {
        "nom": "@zxcvbn-ts/language-common 4.1.3, src/passwords.json (paquet npm)",
        "licence": "MIT, Dan Wheeler, Dropbox et zxcvbn-ts",
        "contenu": "mots de passe les plus fréquents des fuites publiques",
    },
    {
        "nom": "Django 5.2, common-passwords.txt.gz",
        "licence": "BSD-3-Clause, Django Software Foundation ; liste établie par Royce Williams",
        "contenu": "vingt mille mots de passe divulgués",
    },
    {
        "nom": "francais.txt",
        "licence": "EUPL-1.2, écrite pour Maillage",
        "contenu": "mots français et mots du métier trop attendus",
    },
]


def main(fichier: str) -> None:
    mots = set(json.loads(Path(fichier).read_text(encoding="utf-8")))
    chemin = Path(django.contrib.auth.__file__).parent / "common-passwords.txt.gz"
    with gzip.open(chemin, "rt", encoding="utf-8") as lu:
        mots |= {ligne.strip() for ligne in lu}
    lignes = (DONNEES / "francais.txt").read_text(encoding="utf-8").splitlines()
    mots |= {ligne for ligne in lignes if not ligne.startswith("#")}
    empreintes = sorted({empreinte(mot) for mot in mots if mot})
    liste = b"".join(empreintes)
    (DONNEES / LISTE).write_bytes(liste)
    fiche = {
        "nombre": len(empreintes),
        "etablie_le": datetime.now(UTC).date().isoformat(),
        "empreinte": sha256(liste).hexdigest(),
        "sources": SOURCES,
    }
    texte = yaml.safe_dump(fiche, allow_unicode=True, sort_keys=False, width=110)
    (DONNEES / FICHE).write_text(
        "# Calculée par outils/construire_divulgues.py.\n"
        + texte.replace(f"'{fiche['etablie_le']}'", fiche["etablie_le"]),
        encoding="utf-8",
    )
    print(f"{len(empreintes)} mots de passe, {len(liste)} octets")


if __name__ == "__main__":
    main(sys.argv[1])
