"""Steps 5 and 7: what waits for each role today, and the report of a council that nobody has to write."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable

import pytest
from pypdf import PdfReader
from tests.e2e.gestes import COORDINATION, REFERENTE
from tests.e2e.navigation import TELEPHONE, Visiteur

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("e2e")]

CONSEIL = "CLSPD de Colomiers"
MAIRE, PREFECTURE, NATIONAL = "Bernard Castelviel", "Olivier Lauzerte", "Camille Auterive"
ROLES = (
    COORDINATION,
    REFERENTE,
    MAIRE,
    "Claire Fontanel",
    PREFECTURE,
    "Agnès Villemur",
    "Thomas Rieumes",
    NATIONAL,
)
#: The days the guide shows, beside those of the coordinator and of the référente.
JOURNEES = {
    MAIRE: "journee-maire",
    "Claire Fontanel": "journee-parquet",
    PREFECTURE: "journee-prefecture",
    "Agnès Villemur": "journee-dpo",
    NATIONAL: "journee-nationale",
}


def test_l_accueil_dit_ce_qu_est_l_outil_et_mene_a_la_connexion(visiter: Callable[..., Visiteur]) -> None:
    visiteur = visiter()
    assert visiteur.aller("/") == 200
    visiteur.capturer("accueil")
    visiteur.suivre("connecter", dans=visiteur.page.locator("main"))
    assert "Essayer en un clic" in visiteur.texte
    visiteur.capturer("connexion", sur="#h-demo")


@pytest.mark.parametrize("qui", ROLES)
def test_la_journee_est_la_premiere_page_et_mene_au_travail(
    visiter: Callable[..., Visiteur], qui: str
) -> None:
    visiteur = visiter(qui)
    assert visiteur.chemin == "/journee/"
    if qui in JOURNEES:
        visiteur.capturer(JOURNEES[qui])
    taches = visiteur.page.locator("main .m-taches a")
    if not taches.count():
        assert "Rien ne vous attend" in visiteur.texte
        return
    assert visiteur.aller(taches.first.get_attribute("href") or "") == 200


def test_la_journee_abrege_les_noms(visiter: Callable[..., Visiteur]) -> None:
    """Shared offices: a first name and an initial, never a family name."""
    elle = visiter(REFERENTE, ecran=TELEPHONE)
    elle.capturer("journee-telephone")
    journee = elle.texte
    elle.menu("Situations")
    noms = [lien.split()[0] for lien in elle.page.locator("tbody th a").all_inner_texts()]
    assert noms
    assert [nom for nom in noms if nom in journee] == []


def test_la_liste_se_filtre_et_se_parcourt_par_l_adresse(visiter: Callable[..., Visiteur]) -> None:
    elle = visiter(COORDINATION)
    elle.capturer("journee")
    elle.menu("Situations")
    elle.capturer("situations")
    elle.page.get_by_label("Référent", exact=True).select_option(label=REFERENTE)
    elle.presser("Filtrer")
    assert "referent=" in elle.chemin
    referents = elle.page.locator("tbody td[data-t='Référent']").all_inner_texts()
    assert referents
    assert all(REFERENTE in referent for referent in referents)
    elle.suivre("Charge des référents")
    assert REFERENTE in elle.texte


def ouvrir_le_bilan(visiteur: Visiteur) -> None:
    visiteur.menu("Tableau de bord")
    visiteur.suivre(CONSEIL)
    assert visiteur.titre.startswith("Bilan annuel")


def fichier(visiteur: Visiteur, libelle: str) -> bytes:
    with visiteur.page.expect_download() as attente:
        visiteur.suivre(libelle)
    return attente.value.path().read_bytes()


def test_le_bilan_se_lit_se_telecharge_et_ne_nomme_personne(visiter: Callable[..., Visiteur]) -> None:
    elle = visiter(COORDINATION)
    elle.menu("Situations")
    noms = {lien.split()[0] for lien in elle.page.locator("tbody th a").all_inner_texts()}
    ouvrir_le_bilan(elle)
    elle.capturer("bilan")
    page = elle.texte
    donnees = fichier(elle, "Données (JSON)")
    tableur = fichier(elle, "Tableur (ODS)")
    pdf = PdfReader(io.BytesIO(fichier(elle, "Bilan (PDF)")))

    assert json.loads(donnees)
    with zipfile.ZipFile(io.BytesIO(tableur)) as archive:
        contenu = archive.read("content.xml").decode("utf-8")
    assert "/StructTreeRoot" in pdf.trailer["/Root"]
    lu = " ".join(feuille.extract_text() for feuille in pdf.pages)
    for sortie in (page, donnees.decode("utf-8"), contenu, lu):
        assert [nom for nom in noms if re.search(rf"\b{nom}\b", sortie)] == []
        assert CONSEIL in sortie or sortie is contenu


def test_le_bilan_est_le_meme_pour_qui_ne_lit_aucun_dossier(visiter: Callable[..., Visiteur]) -> None:
    """Figures come from anonymous facts: they do not depend on what the reader may open."""
    lectures = []
    for qui in (COORDINATION, MAIRE, PREFECTURE):
        visiteur = visiter(qui)
        ouvrir_le_bilan(visiteur)
        lectures.append(visiteur.page.locator("main").inner_text())
    assert lectures[0] == lectures[1] == lectures[2]
