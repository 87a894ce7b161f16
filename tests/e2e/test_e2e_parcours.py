"""Steps 2 to 4, as newcomers with only what is on screen: one young person, from a worry to a closed file."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from tests.e2e.gestes import (
    COORDINATION,
    PERSONNE,
    PRINCIPAL,
    REFERENTE,
    decider,
    designer_la_referente,
    inscrire_et_ouvrir,
    ouvrir_la_situation,
    ouvrir_le_formulaire,
    preparer_la_seance,
    remplir_le_signalement,
    signaler,
)
from tests.e2e.navigation import TELEPHONE, Visiteur, jour

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("e2e")]

ASSISTANTE = "Leïla Brax"


def signaler_le_meme_autrement(lui: Visiteur) -> None:
    """Names exchanged, no accent, day and month inverted: the form asks, nothing is linked by itself."""
    ouvrir_le_formulaire(lui)
    annee = str(jour().year - 15)
    remplir_le_signalement(lui, nom="ELIE", prenom="Brevale", naissance=("5", "14", annee))
    assert lui.presser("Envoyer au groupe") == 422
    remplir_le_signalement(lui, nom="ELIE", prenom="Brevale", naissance=("14", "5", annee))
    assert lui.presser("Envoyer au groupe") == 422
    assert "Est-ce l’une d’elles" in lui.texte
    assert "Élie Bréval" in lui.texte
    lui.capturer("rapprochement")


def test_un_membre_signale_sans_script_et_un_doublon_se_rapproche(visiter: Callable[..., Visiteur]) -> None:
    lui = visiter(PRINCIPAL, java_script_enabled=False)
    signaler(lui, "Élie", "Bréval")
    signaler_le_meme_autrement(lui)


def lire_le_fichier_d_agenda(elle: Visiteur) -> None:
    """The calendar file goes to shared phones: it names nobody."""
    with elle.page.expect_download() as attente:
        elle.suivre("Fichier d’agenda")
    contenu = attente.value.path().read_text(encoding="utf-8")
    assert "BEGIN:VEVENT" in contenu
    assert "Salle du conseil" in contenu
    assert "Vauzelle" not in contenu


def tenir_la_seance(elle: Visiteur) -> None:
    preparer_la_seance(elle)
    lire_le_fichier_d_agenda(elle)
    inscrire_et_ouvrir(elle)
    decider(elle, PERSONNE, "Retenu")
    while elle.page.get_by_role("link", name="Décider").count():
        titre = elle.page.get_by_role("link", name="Décider").first.inner_text().split(": ")[-1].strip()
        decider(elle, titre, "Reporter")
    elle.suivre("Clore la séance")
    assert "ne changeront plus" in elle.texte
    assert elle.presser("Clore la séance") == 200
    elle.suivre("Relevé de décisions")
    assert PERSONNE in elle.texte
    elle.capturer("seance-releve")


def remettre_la_lettre(elle: Visiteur) -> None:
    elle.suivre("Imprimer et noter la remise")
    adresse = elle.page.get_by_role("link", name="(PDF)").first.get_attribute("href")
    reponse = elle.contexte.request.get(elle.adresse + (adresse or ""))
    corps = reponse.body()
    assert corps.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in corps or b"/MarkInfo" in corps
    for destinataire in (PERSONNE, "Vauzelle"):
        elle.page.locator("label").filter(has_text=re.compile(f"^\\s*{destinataire}$")).first.click()
        elle.page.get_by_label("main propre").check()
        assert elle.presser("Noter la remise") == 200
        if destinataire == PERSONNE:
            elle.suivre("Imprimer et noter la remise")


def partager_un_element(lui: Visiteur) -> None:
    lui.suivre("Ajouter un élément")
    lui.suivre("Choisir", dans=lui.page.locator("main"))
    assert "Qui lira ceci" in lui.texte
    lui.page.get_by_label("Collège", exact=True).check()
    lui.capturer("element")
    assert lui.presser("Partager avec le groupe") == 200
    assert "Élément partagé" in lui.texte


def suivre_l_accompagnement(elle: Visiteur) -> None:
    ouvrir_la_situation(elle)
    elle.suivre("Poser un objectif")
    elle.page.get_by_label("Objectif").fill("Reprendre les cours cinq matins sur cinq")
    elle.page.get_by_label("Domaine").select_option(index=1)
    elle.page.get_by_label("À atteindre avant le").fill(jour(60).isoformat())
    assert elle.presser("Poser l’objectif") == 200
    elle.suivre("Noter un contact")
    for question in ("Comment", "Avec qui", "Suite"):
        elle.page.get_by_role("group", name=question).get_by_role("radio").first.check()
    elle.capturer("contact")
    assert elle.presser("Noter le contact") == 200
    elle.suivre("Écrire le bilan")
    elle.page.get_by_label("Bilan d’intervention").fill(
        "Cours repris quatre matins sur cinq. La suite revient au collège."
    )
    assert elle.presser("Enregistrer le bilan") == 200
    elle.capturer("situation-telephone")


def test_une_situation_va_du_signalement_a_la_cloture(visiter: Callable[..., Visiteur]) -> None:
    lui, elle = visiter(PRINCIPAL), visiter(COORDINATION)
    signaler(lui)
    tenir_la_seance(elle)

    ouvrir_la_situation(elle)
    assert "Effacé" in elle.texte or "Au plus tard" in elle.texte
    remettre_la_lettre(elle)
    designer_la_referente(elle)
    ouvrir_la_situation(lui)
    partager_un_element(lui)
    suivre_l_accompagnement(visiter(REFERENTE, ecran=TELEPHONE))

    assistante = visiter(ASSISTANTE)
    ouvrir_la_situation(assistante)
    assistante.suivre("Contresigner")
    assistante.capturer("contresigner")
    assert assistante.presser("Contresigner", exact=True) == 200
    assert f"Contresigné par {ASSISTANTE}" in assistante.texte

    ouvrir_la_situation(elle)
    elle.capturer("situation")
    elle.suivre("Clore", exact=True)
    elle.page.get_by_role("group", name="Motif de clôture").get_by_role("radio").first.check()
    assert elle.presser("Clore", exact=True) == 200
    assert PERSONNE not in elle.texte
    assert "archive" in elle.texte
