"""Gestures shared by the tests of the journey: what a person does on screen, and what they must see."""

from __future__ import annotations

import re

from tests.e2e.navigation import Visiteur, jour

COORDINATION, PRINCIPAL, REFERENTE = "Hélène Olivet", "Bruno Cazalens", "Sonia Marquefave"
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


def signaler(lui: Visiteur, prenom: str = "Élias", nom: str = "Vauzelle", *, age: int = 15) -> None:
    ouvrir_le_formulaire(lui)
    annee = str(jour().year - age)
    remplir_le_signalement(lui, nom=nom, prenom=prenom, naissance=("14", "5", annee))
    lui.page.get_by_label("Précision").fill("Six demi-journées d’absence depuis la rentrée.")
    lui.capturer("signalement")
    assert lui.presser("Envoyer au groupe") == 200
    assert lui.titre == f"{prenom} {nom}"
    assert "Sans décision, il sera effacé le" in lui.texte


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


def inscrire_et_ouvrir(elle: Visiteur) -> None:
    while elle.page.get_by_role("button", name="Inscrire à l’ordre du jour").count():
        assert elle.presser("Inscrire à l’ordre du jour") == 200
    assert PERSONNE in elle.texte
    elle.capturer("seance-ordre-du-jour")
    # It is convened for tomorrow: opening it today is confirmed, on a page that says so.
    elle.suivre("Ouvrir la séance")
    assert "demain" in elle.texte
    assert elle.presser("Ouvrir la séance avant sa date") == 200
    elle.suivre("Noter les présences")
    for nom in (COORDINATION, PRINCIPAL, REFERENTE):
        elle.page.get_by_label(nom).select_option(label="Présent")
    assert elle.presser("Enregistrer les présences") == 200


def decider(elle: Visiteur, titre: str, decision: str, precision: str = "") -> None:
    elle.suivre(f"Décider : {titre}")
    assert "Qui lira ceci" in elle.texte
    assert titre in elle.page.locator("[aria-current=true]").inner_text()
    elle.page.locator("label").filter(has_text=re.compile(f"^\\s*{decision}")).first.click()
    if precision:
        elle.page.get_by_label("précisez").first.select_option(label=precision)
    if titre == PERSONNE:
        elle.capturer("seance-decision")
    assert elle.presser("Enregistrer la décision") == 200
    # Then the next point opens by itself; after the last, the séance.
    if "/points/" in elle.chemin:
        elle.suivre("Revenir à la séance")


def ouvrir_la_situation(visiteur: Visiteur) -> None:
    """By searching the name as people type it: the words travel in the body, never in the address."""
    visiteur.menu("Situations")
    visiteur.page.get_by_label("Nom ou numéro").fill("vauzele elias")
    visiteur.presser("Chercher")
    assert "elias" not in visiteur.chemin.lower()
    visiteur.suivre("Vauzelle Élias")
    assert visiteur.titre == PERSONNE


def designer_la_referente(elle: Visiteur) -> None:
    elle.suivre("Désigner un référent")
    elle.page.get_by_label("Professionnel du groupe").select_option(
        label=f"{REFERENTE} (Club de prévention Passerelles)"
    )
    elle.page.get_by_label("Éducateur", exact=False).first.check()
    assert elle.presser("Désigner", exact=True) == 200
    assert REFERENTE in elle.texte
