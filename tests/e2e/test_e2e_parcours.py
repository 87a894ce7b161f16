"""Steps 2 to 4, as newcomers with only what is on screen: one young person, from a worry to a closed file."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from tests.e2e.navigation import TELEPHONE, Visiteur, jour

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("e2e")]

COORDINATION, PRINCIPAL, REFERENTE = "Hélène Olivet", "Bruno Cazalens", "Sonia Marquefave"
ASSISTANTE = "Leïla Brax"
GROUPE = "Groupe Jeunesse"
PERSONNE = "Élias Vauzelle"


def remplir_le_signalement(lui: Visiteur, *, nom: str, prenom: str, naissance: tuple[str, str, str]) -> None:
    page = lui.page
    page.get_by_label("Nom de naissance").fill(nom)
    page.get_by_label("Prénom", exact=True).first.fill(prenom)
    for libelle, valeur in zip(("Jour", "Mois", "Année"), naissance, strict=True):
        page.get_by_label(libelle, exact=True).fill(valeur)
    page.get_by_label("Sexe").select_option(label="Masculin")
    page.get_by_label("Représentant légal : nom").fill("Vauzelle")
    page.get_by_label("Lien (facultatif)").select_option(label="Mère")
    page.get_by_label("Exposé à la délinquance").check()
    page.get_by_label("Absences scolaires répétées").check()
    page.get_by_label("Origine").select_option(label="École, collège ou lycée")


def ouvrir_le_formulaire(lui: Visiteur) -> None:
    lui.menu("Signalements")
    lui.suivre("Faire un signalement")
    assert "Qui lira ceci" in lui.texte
    assert f"{PRINCIPAL} (vous)" in lui.texte
    assert "Ne lisent pas" in lui.texte


def signaler(lui: Visiteur) -> None:
    ouvrir_le_formulaire(lui)
    annee = str(jour().year - 15)
    remplir_le_signalement(lui, nom="Vauzelle", prenom="Élias", naissance=("14", "5", annee))
    lui.page.get_by_label("Précision").fill("Six demi-journées d’absence depuis la rentrée.")
    lui.capturer("signalement")
    assert lui.presser("Envoyer au groupe") == 200
    assert lui.titre == PERSONNE
    assert "Sans décision, il sera effacé le" in lui.texte


def signaler_le_meme_autrement(lui: Visiteur) -> None:
    """Names exchanged, no accent, day and month inverted: the form asks, nothing is linked by itself."""
    ouvrir_le_formulaire(lui)
    annee = str(jour().year - 15)
    remplir_le_signalement(lui, nom="ELIAS", prenom="Vauzele", naissance=("5", "14", annee))
    assert lui.presser("Envoyer au groupe") == 422
    remplir_le_signalement(lui, nom="ELIAS", prenom="Vauzele", naissance=("14", "5", annee))
    assert lui.presser("Envoyer au groupe") == 422
    assert "Est-ce l’une d’elles" in lui.texte
    assert PERSONNE in lui.texte
    lui.capturer("rapprochement")


def test_un_membre_signale_sans_script_et_un_doublon_se_rapproche(visiter: Callable[..., Visiteur]) -> None:
    lui = visiter(PRINCIPAL, java_script_enabled=False)
    signaler(lui)
    signaler_le_meme_autrement(lui)


def preparer_la_seance(elle: Visiteur) -> None:
    elle.menu("Instances et groupes")
    elle.suivre(GROUPE)
    elle.suivre("Préparer une séance")
    elle.page.get_by_label("Jour").fill(jour(1).isoformat())
    elle.page.get_by_label("Heure").fill("09:30")
    elle.page.get_by_label("Lieu").fill("Salle du conseil")
    assert elle.presser("Préparer la séance") == 200
    assert elle.presser("Convoquer les membres") == 200
    assert "personnes attendues" in elle.texte


def lire_le_fichier_d_agenda(elle: Visiteur) -> None:
    """The calendar file goes to shared phones: it names nobody."""
    with elle.page.expect_download() as attente:
        elle.suivre("Fichier d’agenda")
    contenu = attente.value.path().read_text(encoding="utf-8")
    assert "BEGIN:VEVENT" in contenu
    assert "Salle du conseil" in contenu
    assert "Vauzelle" not in contenu


def inscrire_et_ouvrir(elle: Visiteur) -> None:
    while elle.page.get_by_role("button", name="Inscrire à l’ordre du jour").count():
        assert elle.presser("Inscrire à l’ordre du jour") == 200
    assert PERSONNE in elle.texte
    elle.capturer("seance-ordre-du-jour")
    assert elle.presser("Ouvrir la séance") == 200
    elle.suivre("Noter les présences")
    for nom in (COORDINATION, PRINCIPAL, REFERENTE):
        elle.page.get_by_label(nom).select_option(label="Présent")
    assert elle.presser("Enregistrer les présences") == 200


def decider(elle: Visiteur, titre: str, decision: str, precision: str = "") -> None:
    elle.suivre(f"Décider : {titre}")
    assert "Qui lira ceci" in elle.texte
    elle.page.locator("label").filter(has_text=re.compile(f"^\\s*{decision}")).first.click()
    if precision:
        elle.page.get_by_label("précisez").first.select_option(label=precision)
    if titre == PERSONNE:
        elle.capturer("seance-decision")
    assert elle.presser("Enregistrer la décision") == 200
    # Then the next point opens by itself; after the last, the séance.
    if "/points/" in elle.chemin:
        elle.suivre("Revenir à la séance")


def tenir_la_seance(elle: Visiteur) -> None:
    preparer_la_seance(elle)
    lire_le_fichier_d_agenda(elle)
    inscrire_et_ouvrir(elle)
    decider(elle, PERSONNE, "Retenu")
    while elle.page.get_by_role("link", name="Décider").count():
        titre = elle.page.get_by_role("link", name="Décider").first.inner_text().split(": ")[-1].strip()
        decider(elle, titre, "Reporter")
    assert elle.presser("Clore la séance") == 200
    elle.suivre("Relevé de décisions")
    assert PERSONNE in elle.texte
    elle.capturer("seance-releve")


def test_le_groupe_decide_en_seance(visiter: Callable[..., Visiteur]) -> None:
    lui, elle = visiter(PRINCIPAL), visiter(COORDINATION)
    signaler(lui)
    tenir_la_seance(elle)


def ouvrir_la_situation(visiteur: Visiteur) -> None:
    """By searching the name as people type it: the words travel in the body, never in the address."""
    visiteur.menu("Situations")
    visiteur.page.get_by_label("Nom ou numéro").fill("vauzele elias")
    visiteur.presser("Chercher")
    assert "elias" not in visiteur.chemin.lower()
    visiteur.suivre("Vauzelle Élias")
    assert visiteur.titre == PERSONNE


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
    if lui.page.get_by_role("radio").count():
        lui.page.get_by_role("radio").first.check()
    lui.capturer("element")
    assert lui.presser("Partager avec le groupe") == 200
    assert "Élément partagé" in lui.texte


def designer_la_referente(elle: Visiteur) -> None:
    elle.suivre("Désigner un référent")
    elle.page.get_by_label("Professionnel du groupe").select_option(
        label=f"{REFERENTE} (Club de prévention Passerelles)"
    )
    elle.page.get_by_label("Éducateur", exact=False).first.check()
    assert elle.presser("Désigner", exact=True) == 200
    assert REFERENTE in elle.texte


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
    assert assistante.presser("Contresigner", exact=True) == 200
    assert f"Contresigné par {ASSISTANTE}" in assistante.texte

    ouvrir_la_situation(elle)
    elle.capturer("situation")
    elle.suivre("Clore", exact=True)
    elle.page.get_by_role("group", name="Motif de clôture").get_by_role("radio").first.check()
    assert elle.presser("Clore", exact=True) == 200
    assert PERSONNE not in elle.texte
    assert "archive" in elle.texte
