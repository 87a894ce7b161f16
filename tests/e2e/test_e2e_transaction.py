"""A settlement on screen: PV, proposal taken away, acceptance, approval, execution, report; and refusals."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader
from tests.e2e.navigation import Visiteur, jour

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("e2e")]

AGENTE, MAIRE, COORDINATRICE_VOISINE = "Yvette Gimont", "Bernard Castelviel", "Jeanne Seysses"


def enregistrer(elle: Visiteur, pv: str, *, annee: str = "1990", bien: str = "mobilier_urbain") -> int:
    elle.menu("Transactions")
    elle.suivre("Enregistrer un procès-verbal")
    page = elle.page
    page.get_by_label("Nom", exact=True).fill("Vauzelle")
    page.get_by_label("Prénom", exact=True).fill("Nour")
    for libelle, valeur in zip(("Jour", "Mois", "Année"), ("4", "5", annee), strict=True):
        page.get_by_label(libelle, exact=True).fill(valeur)
    page.get_by_label("Adresse").fill("3 rue de l’Exemple")
    page.get_by_label("Numéro du procès-verbal").fill(pv)
    for libelle in ("Date du procès-verbal", "Jour des faits"):
        page.get_by_label(libelle).fill(jour(-2).isoformat())
    page.locator("select[name=service]").select_option("police_municipale")
    page.locator("select[name=contravention]").select_option("degradation_legere")
    page.locator("select[name=bien]").select_option(bien)
    page.get_by_label("Préjudice estimé").fill("240,50")
    page.locator("select[name=lieu]").select_option("parc")
    _sans_action(page)
    return elle.presser("Enregistrer")


def _sans_action(page: Page) -> None:
    page.locator("input[name=action_publique][value=non]").check()


def _proposer(lui: Visiteur, *, heures: str = "") -> int:
    lui.suivre("Proposer la transaction")
    page = lui.page
    page.locator(f"input[name=nature][value={'travail' if heures else 'reparation'}]").check()
    if heures:
        page.get_by_label("Nombre d’heures").fill(heures)
        page.locator("select[name=travaux]").select_option("nettoyage")
    else:
        page.get_by_label("Somme, en euros").fill("240,50")
    page.locator("input[name=remise][value=recepisse]").check()
    _sans_action(page)
    return lui.presser("Proposer")


def _noter(elle: Visiteur, lien: str, *reponses: tuple[str, str], bouton: str = "Enregistrer") -> int:
    elle.suivre(lien)
    for nom, valeur in reponses:
        elle.page.locator(f"input[name={nom}][value={valeur}]").check()
    return elle.presser(bouton)


def test_une_transaction_va_du_proces_verbal_au_compte_rendu(visiter: Callable[..., Visiteur]) -> None:
    elle, lui = visiter(AGENTE), visiter(MAIRE)
    assert enregistrer(elle, "PM-E2E-1") == 200
    assert "Constatée" in elle.texte
    fiche = elle.chemin
    lui.aller(fiche)
    assert _proposer(lui) == 200
    with lui.page.expect_download() as attente:
        lui.page.locator("a[href$='/fichier/proposition/pdf/']").click()
    lu = PdfReader(io.BytesIO(attente.value.path().read_bytes()))
    dit = " ".join(" ".join(page.extract_text() for page in lu.pages).split())
    assert "Exemplaire à conserver" in dit
    assert "avocat" in dit

    elle.aller(fiche)
    assert _noter(elle, "Noter la réponse", ("reponse", "oui"), ("action_publique", "non")) == 200
    assert _noter(elle, "Noter l’envoi pour homologation", ("action_publique", "non")) == 200
    decision = (("reponse", "oui"), ("action_publique", "non"))
    juge = ("autorite", "juge_tribunal_police")
    assert _noter(elle, "Noter la décision de justice", *decision, juge, bouton="Noter la décision") == 422
    assert "s’homologue par le procureur" in elle.texte
    elle.page.locator("input[name=autorite][value=procureur]").check()
    assert elle.presser("Noter la décision") == 200
    for somme in ("100", "140,50"):
        elle.suivre("Noter une exécution")
        elle.page.get_by_label("Somme versée").fill(somme)
        elle.page.locator("select[name=encadrant]").select_option("regisseur")
        assert elle.presser("Noter", exact=True) == 200
    assert "Exécutée" in elle.texte
    elle.capturer("transaction-executee")
    assert _noter(elle, "Rendre compte au procureur") == 200
    assert "Close" in elle.texte


def test_ce_que_la_loi_refuse_est_dit_et_rien_n_est_enregistre(visiter: Callable[..., Visiteur]) -> None:
    elle, lui = visiter(AGENTE), visiter(MAIRE)
    assert enregistrer(elle, "PM-E2E-2", annee=str((jour() - timedelta(days=15 * 366)).year)) == 422
    assert "le contrevenant est mineur" in elle.texte
    assert enregistrer(elle, "PM-E2E-3", bien="prive") == 422
    assert "bien de la commune" in elle.texte
    assert enregistrer(elle, "PM-E2E-4") == 200
    fiche = elle.chemin
    assert enregistrer(elle, "pm-e2e-4") == 422
    assert "déjà au registre" in elle.texte
    elle.aller(fiche)
    assert not elle.page.get_by_role("link", name="Proposer la transaction").count()
    lui.aller(fiche)
    assert _proposer(lui, heures="31") == 422
    assert "pas plus de 30" in lui.texte
    assert visiter(COORDINATRICE_VOISINE).aller(fiche) in {403, 404}


def test_le_silence_et_les_comptes_a_rebours_se_lisent_dans_la_liste(
    visiter: Callable[..., Visiteur],
) -> None:
    elle = visiter(AGENTE)
    elle.menu("Transactions")
    assert "Refusée, par silence" in elle.texte
    assert "dans " in elle.texte
    elle.capturer("transactions")
    elle.suivre("Protocoles avec le parquet")
    assert "À renouveler avant le" in elle.texte
