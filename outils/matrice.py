"""Print the lines that ``tests/permissions/matrice.yaml`` lacks, to be read before being pasted.

A new permission opens something to someone: the line is printed so that nobody types 30 codes, and it
is pasted by hand so that somebody has read who is refused. Run: ``python -m outils.matrice``.
"""

from __future__ import annotations

import os
import sys
import textwrap

LARGEUR = 108


def liste(nom: str, codes: list[str], retrait: str) -> str:
    """A YAML list of codes, folded."""
    corps = f"[{', '.join(codes)}]"
    if len(retrait + nom + corps) + 2 <= LARGEUR:
        return f"{retrait}{nom}: {corps}"
    plie = textwrap.fill(corps, LARGEUR, initial_indent=retrait + "  ", subsequent_indent=retrait + "   ")
    return f"{retrait}{nom}:\n{plie}"


def main() -> int:
    """0 when the matrix is complete, 1 when lines were printed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    from tests.permissions.test_permissions_matrice import MATRICE, ensembles, ligne_attendue, toutes

    manquantes = 0
    for permission in toutes():
        ligne = ligne_attendue(permission)
        if ensembles(MATRICE.get(permission.code)) == ensembles(ligne):
            continue
        manquantes += 1
        print(f"\n{permission.code}:  # {permission.libelle}")
        print(liste("autorise", ligne["autorise"], "  "))
        print("  refuse:" if ligne["refuse"] else "  refuse: {}")
        for motif, codes in ligne["refuse"].items():
            print(liste(motif, codes, "    "))
    return 1 if manquantes else 0


if __name__ == "__main__":
    sys.exit(main())
