"""Build the reference data of `maillage.territoires` from the raw files of their producers.

    python outils/construire_territoires.py --source DOSSIER [--sortie DOSSIER]

DOSSIER holds the raw files at any depth. The same raw files always give the same bytes: entries are sorted
and archives carry a fixed date. What cannot be derived is printed and listed in SOURCES.yaml, never invented.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import json
import sys
import zipfile
from collections import defaultdict
from pathlib import Path
from typing import Any

import yaml
from topologie import Topologie, coder, grossir

SORTIE = Path(__file__).resolve().parent.parent / "src" / "maillage" / "territoires" / "donnees"

ETALAB = {
    "producteur": "Etalab, découpage administratif 6.0.0, d'après l'Insee et la DGCL",
    "licence": "MIT (données d'origine sous Licence Ouverte 2.0)",
    "date": "2026",
}
SOURCES: dict[str, dict[str, str]] = {
    "communes.json": {
        **ETALAB,
        "contenu": "communes, communes déléguées et associées, populations municipales",
    },
    "epci.json": {**ETALAB, "contenu": "intercommunalités à fiscalité propre et leurs communes"},
    "ept.json": {**ETALAB, "contenu": "établissements publics territoriaux du Grand Paris"},
    "departements.json": {**ETALAB, "contenu": "départements et collectivités d'outre-mer"},
    "regions.json": {**ETALAB, "contenu": "régions"},
    "arrondissements.json": {**ETALAB, "contenu": "arrondissements départementaux"},
    "grille_densite.csv": {
        "producteur": "Insee, mis à disposition par l'ANCT",
        "licence": "Licence Ouverte 2.0",
        "date": "2026",
        "contenu": "grille communale de densité à sept niveaux",
    },
    "grille_ruralite.csv": {
        "producteur": "ANCT",
        "licence": "Licence Ouverte 2.0",
        "date": "2026",
        "contenu": "typologie des ruralités",
    },
    "grille_centralite.csv": {
        "producteur": "ANCT et Inrae",
        "licence": "Licence Ouverte 2.0",
        "date": "2026",
        "contenu": "niveau de centralité des communes",
    },
    "qpv2024_communes.csv": {
        "producteur": "ANCT",
        "licence": "Licence Ouverte 2.0",
        "date": "2024",
        "contenu": "quartiers prioritaires de la politique de la ville 2024 et leurs communes",
    },
    "communes-simplifiees-6pct.topojson": {
        "producteur": "IGN et Insee, Admin Express simplifié",
        "licence": "Licence Ouverte 2.0",
        "date": "2018",
        "contenu": "contours simplifiés des communes",
    },
}

# Communes set up again after 2018: the outlines still show them inside the commune they left.
RETABLIES = {
    "14666": "14712",
    "15031": "15141",
    "15035": "15141",
    "15047": "15141",
    "15171": "15141",
    "85165": "85084",
    "85212": "85084",
}

TRANSFORMATIONS = [
    "Une ligne par commune actuelle, un fichier par département ; un champ absent de la source reste vide.",
    "Anciens codes reliés à la commune actuelle par le chef-lieu des communes déléguées et associées.",
    "À défaut, anciens codes reliés par la liste que la source attache à la commune actuelle.",
    "Contours de 2018 fondus dans la commune actuelle, sur la grille d'origine (environ 450 m).",
    "Contours des départements et des régions obtenus en fondant ceux des communes, grille plus large.",
    "Coordonnées des quartiers prioritaires écartées : ce sont celles du centre de la commune.",
]


def departement_du_code(code: str) -> str:
    """Département of an INSEE code: three characters overseas, two elsewhere."""
    return code[:3] if code[:2] in {"97", "98"} else code[:2]


class Brut:
    """The raw folder: finds, reads and fingerprints each file."""

    def __init__(self, dossier: Path) -> None:
        self.chemins: dict[str, Path] = {}
        for nom in SOURCES:
            trouves = sorted(dossier.rglob(nom))
            if not trouves:
                sys.exit(f"Fichier introuvable dans {dossier} : {nom}")
            self.chemins[nom] = trouves[0]

    def json(self, nom: str) -> Any:
        return json.loads(self.chemins[nom].read_text(encoding="utf-8"))

    def csv(self, nom: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(self.chemins[nom].read_text(encoding="utf-8-sig"))))

    def empreinte(self, nom: str) -> str:
        return hashlib.sha256(self.chemins[nom].read_bytes()).hexdigest()


def tsv(lignes: list[list[str]]) -> bytes:
    """Tab-separated lines; a tab or a newline inside a value stops the build."""
    for ligne in lignes:
        if any("\t" in valeur or "\n" in valeur for valeur in ligne):
            sys.exit(f"Valeur à plusieurs champs : {ligne}")
    return "".join("\t".join(ligne) + "\n" for ligne in lignes).encode()


def ecrire_archive(chemin: Path, membres: dict[str, bytes]) -> None:
    """A zip with sorted members and a fixed date, hence reproducible."""
    with zipfile.ZipFile(chemin, "w") as archive:
        for nom in sorted(membres):
            info = zipfile.ZipInfo(nom, date_time=(1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            info.create_system = 3
            archive.writestr(info, membres[nom], compresslevel=9)


def appartenances(groupements: list[dict[str, Any]]) -> dict[str, str]:
    """Commune code → SIREN of its group."""
    return {membre["code"]: g["code"] for g in groupements for membre in g["membres"]}


def niveaux(brut: Brut, nom: str, colonne: str) -> dict[str, str]:
    """Commune code → level of a grid; an undefined level of the source stays empty."""
    valeurs = {ligne["insee_com"]: ligne[colonne].strip() for ligne in brut.csv(nom)}
    return {code: "" if "undefined" in valeur else valeur for code, valeur in valeurs.items()}


def table_des_anciens(objets: list[dict[str, Any]]) -> dict[str, list[str]]:
    """Old code → [old code, name when known, nature, present code]."""
    actuelles = {o["code"]: o for o in objets if o["type"] == "commune-actuelle"}
    anciens = {
        ancien: [ancien, "", "ancienne", code]
        for code, objet in actuelles.items()
        for ancien in objet.get("anciensCodes", [])
    }
    for objet in objets:
        nature = objet["type"].rpartition("-")[2]
        if objet["type"] == "arrondissement-municipal":
            anciens[objet["code"]] = [objet["code"], objet["nom"], "arrondissement", objet["commune"]]
        elif nature in {"deleguee", "associee"}:
            cle = objet["code"] if objet["code"] not in actuelles else f"{objet['code']}#{objet['nom']}"
            anciens[cle] = [objet["code"], objet["nom"], nature, objet["chefLieu"]]
    return anciens


def membres_des_communes(brut: Brut, objets: list[dict[str, Any]]) -> dict[str, bytes]:
    """One file per département, one line per present commune."""
    epci, ept = appartenances(brut.json("epci.json")), appartenances(brut.json("ept.json"))
    densite = niveaux(brut, "grille_densite.csv", "niveau_densite")
    ruralite = niveaux(brut, "grille_ruralite.csv", "niveau_ruralite")
    centralite = niveaux(brut, "grille_centralite.csv", "niveau_centralite")
    qpv: defaultdict[str, list[str]] = defaultdict(list)
    for ligne in brut.csv("qpv2024_communes.csv"):
        qpv[ligne["insee_com"]].append(ligne["code_qp"])
    par_departement: defaultdict[str, list[list[str]]] = defaultdict(list)
    for o in sorted((o for o in objets if o["type"] == "commune-actuelle"), key=lambda o: o["code"]):
        code = o["code"]
        if o["departement"] != departement_du_code(code):
            sys.exit(f"Code et département en désaccord : {code}")
        par_departement[o["departement"]].append(
            [
                code,
                o["nom"],
                "" if o.get("population") is None else str(o["population"]),
                o["region"],
                o.get("arrondissement", ""),
                o.get("siren", ""),
                epci.get(code, ""),
                ept.get(code, ""),
                " ".join(o.get("codesPostaux", [])),
                densite.get(code, ""),
                ruralite.get(code, ""),
                centralite.get(code, ""),
                " ".join(sorted(qpv[code])),
            ]
        )
    return {f"communes/{departement}.tsv": tsv(lignes) for departement, lignes in par_departement.items()}


def membres_du_registre(
    brut: Brut, objets: list[dict[str, Any]], noms_2018: dict[str, str]
) -> dict[str, bytes]:
    """Every table of the register."""
    membres = membres_des_communes(brut, objets)
    anciens: defaultdict[str, list[list[str]]] = defaultdict(list)
    for ligne in table_des_anciens(objets).values():
        nom = ligne[1] or noms_2018.get(ligne[0], "")
        anciens[departement_du_code(ligne[0])].append([ligne[0], nom, *ligne[2:]])
    for departement, lignes in anciens.items():
        membres[f"anciens/{departement}.tsv"] = tsv(sorted(lignes))
    for nom in ("epci", "ept"):
        membres[f"{nom}.tsv"] = tsv(
            [
                [
                    g["code"],
                    g["nom"],
                    g["type"],
                    str(g["populationMunicipale"]),
                    str(g["populationTotale"]),
                    " ".join(sorted(m["code"] for m in g["membres"])),
                ]
                for g in sorted(brut.json(f"{nom}.json"), key=lambda g: g["code"])
            ]
        )
    membres["departements.tsv"] = tsv(
        [[d["code"], d["nom"], d["region"], d["chefLieu"], d["zone"]] for d in brut.json("departements.json")]
    )
    membres["regions.tsv"] = tsv(
        [[r["code"], r["nom"], r["chefLieu"], r["zone"]] for r in brut.json("regions.json")]
    )
    membres["arrondissements.tsv"] = tsv(
        [[a["code"], a["nom"], a["departement"], a["chefLieu"]] for a in brut.json("arrondissements.json")]
    )
    qpv: dict[str, list[str]] = {}
    for ligne in sorted(brut.csv("qpv2024_communes.csv"), key=lambda q: (q["code_qp"], q["insee_com"])):
        entree = qpv.setdefault(ligne["code_qp"], [ligne["code_qp"], ligne["lib_qp"].strip(), ""])
        entree[2] = f"{entree[2]} {ligne['insee_com']}".strip()
    membres["qpv.tsv"] = tsv(list(qpv.values()))
    return membres


def membres_des_contours(
    topologie: Topologie, objets: list[dict[str, Any]]
) -> tuple[dict[str, bytes], dict[str, list[str]]]:
    """Outlines of communes by département, of départements and of régions, and what could not be drawn."""
    actuelles = {o["code"]: o for o in objets if o["type"] == "commune-actuelle"}
    vers_actuelle = {ligne[0]: ligne[3] for ligne in table_des_anciens(objets).values()}
    groupes: defaultdict[str, list[str]] = defaultdict(list)
    perdus = []
    for code in sorted(topologie.geometries):
        actuelle = code if code in actuelles else vers_actuelle.get(code)
        if actuelle is None:
            perdus.append(code)
        else:
            groupes[actuelle].append(code)
    communes: defaultdict[str, dict[str, list[list[int]]]] = defaultdict(dict)
    departements: defaultdict[str, list[str]] = defaultdict(list)
    regions: defaultdict[str, list[str]] = defaultdict(list)
    reperes = []
    for code, codes in sorted(groupes.items()):
        anneaux = topologie.anneaux(code) if codes == [code] else topologie.fondre(codes)
        if not anneaux:
            reperes.append(code)
            anneaux = topologie.repere(codes[0])
        communes[actuelles[code]["departement"]][code] = coder(anneaux)
        departements[actuelles[code]["departement"]] += codes
        regions[actuelles[code]["region"]] += codes
    membres = {f"communes/{d}.json": compact(contours) for d, contours in communes.items()}
    membres["departements.json"] = compact(
        {d: coder(grossir(topologie.fondre(codes), 5)) for d, codes in sorted(departements.items())}
    )
    membres["regions.json"] = compact(
        {r: coder(grossir(topologie.fondre(codes), 5)) for r, codes in sorted(regions.items())}
    )
    emprises = {
        d: emprise([a for contour in contours.values() for a in contour]) for d, contours in communes.items()
    }
    membres["grille.json"] = compact(
        {
            "echelle": topologie.echelle,
            "origine": topologie.origine,
            "emprises": dict(sorted(emprises.items())),
            "retablies": RETABLIES,
        }
    )
    sans_contour = sorted(set(actuelles) - set(groupes))
    return membres, {
        "sans_contour": sans_contour,
        "reduites_a_un_repere": reperes,
        "codes_2018_perdus": perdus,
    }


def emprise(plats: list[list[int]]) -> list[int]:
    """Smallest rectangle around flat rings: x minimum, y minimum, x maximum, y maximum."""
    xs, ys = [], []
    for plat in plats:
        x = y = 0
        for dx, dy in zip(plat[::2], plat[1::2], strict=True):
            x, y = x + dx, y + dy
            xs.append(x)
            ys.append(y)
    return [min(xs), min(ys), max(xs), max(ys)]


def compact(objet: object) -> bytes:
    return json.dumps(objet, separators=(",", ":")).encode()


def ecrire_sources(brut: Brut, sortie: Path, lacunes: dict[str, list[str]]) -> None:
    """The identity card of the data: where each byte comes from and what was done to it."""
    document = {
        "sources": {nom: {**fiche, "sha256": brut.empreinte(nom)} for nom, fiche in SOURCES.items()},
        "transformations": TRANSFORMATIONS,
        "fichiers": {
            nom: {"sha256": hashlib.sha256((sortie / nom).read_bytes()).hexdigest()}
            for nom in ("contours.zip", "registre.zip")
        },
        "lacunes": lacunes,
    }
    texte = yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=110)
    entete = "# Written by outils/construire_territoires.py: run it again rather than editing this file.\n"
    (sortie / "SOURCES.yaml").write_text(entete + texte, encoding="utf-8")


def main() -> None:
    analyseur = argparse.ArgumentParser(description="Construit les données de référence des territoires.")
    analyseur.add_argument("--source", type=Path, required=True, help="dossier des fichiers bruts")
    analyseur.add_argument("--sortie", type=Path, default=SORTIE, help="dossier des fichiers construits")
    options = analyseur.parse_args()
    brut = Brut(options.source)
    objets = brut.json("communes.json")
    topologie = Topologie(brut.json("communes-simplifiees-6pct.topojson"), "communes")
    options.sortie.mkdir(parents=True, exist_ok=True)
    ecrire_archive(options.sortie / "registre.zip", membres_du_registre(brut, objets, topologie.noms))
    contours, lacunes = membres_des_contours(topologie, objets)
    ecrire_archive(options.sortie / "contours.zip", contours)
    ecrire_sources(brut, options.sortie, lacunes)
    for nom, codes in lacunes.items():
        print(f"{nom} : {len(codes)} {' '.join(codes[:12])}")


if __name__ == "__main__":
    main()
