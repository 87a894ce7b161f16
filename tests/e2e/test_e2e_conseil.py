"""Step 1, as a newcomer: a council from its commune's page, its groupes, its charter, who reads."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.e2e.navigation import TELEPHONE, Visiteur, jour

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("e2e")]

COORDINATION, MAIRE, MEMBRE = "Jeanne Seysses", "Pierre Lherm", "Marc Delvigne"
CONSEIL, GROUPE, SANS_NOMS = "CLSPD de Cugnaux", "Groupe Adolescents", "Groupe Tranquillité du centre"


def creer_le_conseil(elle: Visiteur) -> None:
    elle.menu("Communes")
    elle.page.locator("main").get_by_role("searchbox").fill("cugnaux")
    elle.presser("Chercher")
    if elle.titre != "Cugnaux":
        elle.suivre("Cugnaux")
    assert "Obligatoire" in elle.texte
    elle.capturer("commune")
    elle.suivre("Enregistrer le conseil de la commune")
    elle.page.get_by_label("Conseil local (CLSPD)").check()
    elle.page.get_by_label("Date de la délibération").fill(jour(-40).isoformat())
    elle.capturer("conseil-nouveau")
    assert elle.presser("Enregistrer le conseil") == 200
    assert elle.titre == CONSEIL
    assert "un conseil était obligatoire" in elle.texte


def ouvrir_le_conseil(elle: Visiteur) -> None:
    elle.menu("Instances et groupes")
    elle.suivre(CONSEIL)


def creer_une_formation(elle: Visiteur, laquelle: str) -> None:
    ouvrir_le_conseil(elle)
    elle.suivre(f"Créer la formation {laquelle}")
    assert elle.presser("Créer la formation") == 200
    assert elle.titre == f"Formation {laquelle}"


def creer_un_groupe(elle: Visiteur, nom: str, noms: str) -> None:
    ouvrir_le_conseil(elle)
    elle.suivre("Créer un groupe")
    elle.page.get_by_label("Nom du groupe").fill(nom)
    elle.page.get_by_label("Thème").select_option(index=1)
    elle.page.get_by_label(noms).check()
    assert elle.presser("Créer le groupe") == 200
    assert elle.titre == nom


def donner_un_siege(elle: Visiteur, organisme: str) -> None:
    elle.page.get_by_role("link", name="Donner un siège", exact=True).click()
    elle.page.get_by_label("Organisme").select_option(label=organisme)
    assert elle.presser("Donner le siège") == 200
    assert organisme in elle.texte


def habiliter(elle: Visiteur, agent: str, role: str) -> None:
    elle.suivre("Habiliter un agent")
    elle.page.get_by_label("Agent").select_option(label=agent)
    elle.page.get_by_label("Rôle dans le groupe").select_option(label=role)
    assert elle.presser("Habiliter", exact=True) == 200
    assert agent.split(",")[0] in elle.texte


def ouvrir_le_groupe(visiteur: Visiteur) -> None:
    visiteur.menu("Instances et groupes")
    visiteur.suivre(GROUPE)


def proposer_et_adopter(elle: Visiteur, lui: Visiteur, texte: str) -> None:
    ouvrir_le_groupe(elle)
    elle.suivre(f"Proposer une version : {texte}")
    assert elle.presser("Proposer ce texte au conseil") == 200
    ouvrir_le_groupe(lui)
    lui.suivre("Enregistrer l’adoption")
    lui.page.get_by_label("Date de la délibération").fill(jour().isoformat())
    assert lui.presser("Enregistrer l’adoption") == 200


def signer(visiteur: Visiteur) -> None:
    visiteur.menu("Membres et chartes")
    visiteur.suivre(f"Lire et signer : {GROUPE}")
    visiteur.page.get_by_label("J’ai lu cette charte").check()
    assert visiteur.presser("Signer la charte") == 200


def test_un_conseil_se_cree_se_compose_et_ne_s_ouvre_qu_aux_signataires(
    visiter: Callable[..., Visiteur],
) -> None:
    elle, lui, membre = visiter(COORDINATION), visiter(MAIRE), visiter(MEMBRE, ecran=TELEPHONE)
    creer_le_conseil(elle)
    creer_une_formation(elle, "plénière")
    creer_une_formation(elle, "restreinte")
    creer_un_groupe(elle, SANS_NOMS, "Non, sans noms")
    assert "Aucune personne n’y est nommée" in elle.texte
    assert elle.page.get_by_role("link", name="Habiliter un agent").count() == 0

    creer_un_groupe(elle, GROUPE, "Oui, des jeunes")
    assert "Qui devrait siéger et ne siège pas" in elle.texte
    elle.capturer("groupe-sieges", sur="#manquants")
    for organisme in ("Mairie de Cugnaux", "Mission locale des Trois-Rives"):
        donner_un_siege(elle, organisme)

    ouvrir_le_groupe(lui)
    habiliter(lui, f"{COORDINATION}, Mairie de Cugnaux", "Coordination")
    habiliter(elle_dans_le_groupe(elle), f"{MAIRE}, Mairie de Cugnaux", "Maire ou élu délégué")
    habiliter(elle, f"{MEMBRE}, Mission locale des Trois-Rives", "Membre")
    for texte in ("Règlement intérieur", "Charte de confidentialité"):
        proposer_et_adopter(elle, lui, texte)
    for visiteur in (elle, lui):
        signer(visiteur)

    ouvrir_le_groupe(elle)
    assert "En attente de signature" in elle.texte
    elle.capturer("groupe-compose")
    assert GROUPE not in groupes_ou_signaler(membre)
    signer(membre)
    assert GROUPE in groupes_ou_signaler(membre)

    ouvrir_le_groupe(lui)
    lui.suivre(f"Mettre fin : {MEMBRE}")
    lui.page.get_by_label("À sa demande").check()
    assert lui.presser("Mettre fin au mandat") == 200
    assert GROUPE not in groupes_ou_signaler(membre)


def elle_dans_le_groupe(elle: Visiteur) -> Visiteur:
    ouvrir_le_groupe(elle)
    return elle


def groupes_ou_signaler(visiteur: Visiteur) -> str:
    """What the member is offered when he wants to make a signalement."""
    visiteur.aller("/signalements/nouveau/")
    return visiteur.texte
