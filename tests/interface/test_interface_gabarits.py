"""Every template of the product, whichever room wrote it: it compiles, stays local, uses known classes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template.loader import get_template

import maillage
from maillage.interface import construction
from maillage.interface.galerie import composants_existants
from maillage.interface.icones import ICONES

PAQUET = Path(maillage.__file__).resolve().parent
GABARITS = sorted(PAQUET.glob("*/templates/**/*.html"))
NOMS = [str(g.relative_to(PAQUET)) for g in GABARITS]

DEFENDU = {
    "style en ligne": re.compile(r"<style\b|\sstyle\s*=", re.I),
    "script en ligne": re.compile(r"<script(?![^>]*\ssrc=)", re.I),
    "gestionnaire d'événement": re.compile(r"\son[a-z]+\s*=\s*[\"']", re.I),
    "adresse extérieure": re.compile(r"(?:src|href|action)\s*=\s*[\"']\s*(?:https?:)?//", re.I),
    "adresse javascript": re.compile(r"[\"']\s*javascript:", re.I),
    "échappement levé": re.compile(r"\|\s*safe\b|autoescape\s+off"),
}


def _lire(nom: str) -> str:
    return (PAQUET / nom).read_text(encoding="utf-8")


@pytest.mark.parametrize("nom", NOMS)
def test_un_gabarit_ne_porte_rien_que_la_politique_de_securite_refuse(nom: str) -> None:
    texte = _lire(nom)
    assert [quoi for quoi, motif in DEFENDU.items() if motif.search(texte)] == []


@pytest.mark.parametrize("nom", NOMS)
def test_un_gabarit_se_compile(nom: str) -> None:
    get_template(nom.split("/templates/", 1)[1])


def test_chaque_classe_employee_existe_dans_la_feuille() -> None:
    connues = set(construction.classes(construction.SORTIE.read_text(encoding="utf-8")))
    inconnues: dict[str, set[str]] = {}
    for nom in NOMS:
        texte = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", " § ", _lire(nom), flags=re.S)
        for valeur in re.findall(r"\sclass(?:e)?=\"([^\"]*)\"", texte):
            # A word glued to a variable is only the beginning of a class.
            mots = re.sub(r"\S*§\S*", " ", re.sub(r"(\S)? § (\S)?", r"\1§\2", valeur)).split()
            for mot in mots:
                if mot.startswith(
                    ("m-", "est-", "btn", "form-", "d-", "col", "row", "alert", "card", "badge")
                ) and (mot not in connues):
                    inconnues.setdefault(nom, set()).add(mot)
    assert inconnues == {}


def test_chaque_icone_employee_est_dans_la_planche() -> None:
    planche = construction.SORTIE.parent / "img" / "icones.svg"
    dessinees = set(re.findall(r"<symbol[^>]*\sid=\"([^\"]+)\"", planche.read_text(encoding="utf-8")))
    assert dessinees == ICONES
    employees = {
        nom
        for gabarit in NOMS
        for nom in re.findall(r"\{% icone \"([\w-]+)\"|\sicone=\"([\w-]+)\"", _lire(gabarit))
        for nom in nom
        if nom
    }
    assert employees <= ICONES


def test_chaque_composant_employe_existe() -> None:
    employes = {c for nom in NOMS for c in re.findall(r"<c-m\.([\w-]+)", _lire(nom))}
    assert {c.replace("-", "_") for c in employes} <= composants_existants()


def test_chaque_composant_declare_ses_options_avec_une_valeur_par_defaut() -> None:
    fautifs = []
    for nom in sorted(composants_existants()):
        texte = _lire(f"interface/templates/cotton/m/{nom}.html")
        declares = set(re.findall(r"[\s:](\w+)=", texte.split("/>", 1)[0])) if "<c-vars" in texte else set()
        lus = set(re.findall(r"\{\{ (\w+)", texte)) | set(re.findall(r"\{% if (?:not )?(\w+)", texte))
        locaux = set(re.findall(r"(?:with|for) (\w+)(?:, (\w+))?", texte))
        locaux = {mot for paire in locaux for mot in paire} | {"slot", "forloop", "reste", "mots"}
        if lus - declares - locaux:
            fautifs.append((nom, lus - declares - locaux))
    assert fautifs == []
