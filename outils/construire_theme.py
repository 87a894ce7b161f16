"""Rebuild `static/maillage/maillage.css` from `src/maillage/interface/theme/`.

Run: python outils/construire_theme.py            writes the sheet and prints its size
     python outils/construire_theme.py --verifier  exits 1 when the committed sheet is stale
"""

from __future__ import annotations

import argparse
import gzip
import sys

from maillage.interface import construction


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--verifier", action="store_true", help="ne rien écrire, dire si la feuille est à jour"
    )
    if parser.parse_args().verifier:
        if construction.est_a_jour():
            return 0
        print(
            "La feuille de style n'est pas à jour : lancez python outils/construire_theme.py", file=sys.stderr
        )
        return 1
    fichier = construction.ecrire()
    octets = fichier.read_bytes()
    compresse = len(gzip.compress(octets, 9))
    print(f"{fichier.name} : {len(octets) / 1024:.0f} ko, {compresse / 1024:.0f} ko compressé")
    return 0


if __name__ == "__main__":
    sys.exit(main())
