"""A rappel à l'ordre on screen, from the referral to the register, and what is refused on the way."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.e2e.navigation import Visiteur, jour

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("e2e")]

SECRETAIRE, MAIRE, AUTRE_ELUE = "Yvette Gimont", "Bernard Castelviel", "Odile Caraman"
NOM, PRENOM = "Vauzelle", "Élias"


def remplir_la_saisine(elle: Visiteur, *, qualification: str) -> None:
    page = elle.page
    elle.menu("Actes du maire")
    elle.suivre("Saisir le maire de faits")
    page.get_by_label("Qui saisit le maire").select_option(label="Bailleur")
    page.get_by_label("Incident aux abords d’un établissement scolaire").check()
    page.locator(f"input[name=qualification][value={qualification}]").check()
    page.get_by_label("Date des faits").fill(jour(-6).isoformat())
    page.get_by_label("Genre de lieu").select_option(label="Abords d’un établissement scolaire")
    page.get_by_label("Nom de naissance").fill(NOM)
    page.get_by_label("Prénom", exact=True).fill(PRENOM)
    for libelle, valeur in zip(("Jour", "Mois", "Année"), ("14", "5", str(jour().year - 15)), strict=True):
        page.get_by_label(libelle, exact=True).fill(valeur)
    page.get_by_label("Parent ou représentant légal : nom").fill(NOM)
    page.get_by_label("Prénom du représentant").fill("Sarah")
    page.get_by_label("Lien").select_option(label="Mère")
    page.get_by_label("Ni plainte ni procédure connue").check()
    page.get_by_label("Qui l’énonce").select_option(label="Police municipale")


def convoquer(elle: Visiteur) -> None:
    elle.suivre("Convoquer")
    elle.page.get_by_label("Jour", exact=True).fill(jour().isoformat())
    elle.page.get_by_label("Heure").fill("23:59")
    elle.page.get_by_label("Lieu").select_option(label="Hôtel de ville")
    assert elle.presser("Convoquer") == 200


def telecharger(elle: Visiteur, libelle: str) -> bytes:
    lien = elle.page.get_by_role("link", name=libelle).first
    reponse = elle.contexte.request.get(elle.adresse + (lien.get_attribute("href") or ""))
    assert reponse.status == 200
    assert NOM not in reponse.headers["content-disposition"]
    return reponse.body()


def test_un_rappel_a_l_ordre_de_la_saisine_au_registre(visiter: Callable[..., Visiteur]) -> None:
    elle = visiter(SECRETAIRE)
    remplir_la_saisine(elle, qualification="delit")
    assert elle.presser("Enregistrer la saisine") == 422
    assert "ils se signalent au procureur" in elle.texte
    remplir_la_saisine(elle, qualification="incivilite")
    assert "Qui lira ceci" in elle.texte
    assert elle.presser("Enregistrer la saisine") == 200
    assert elle.titre == f"{PRENOM} {NOM}"
    dossier = elle.chemin

    elle.suivre("Consulter le parquet")
    assert elle.presser("Noter la consultation") == 200
    assert telecharger(elle, "PDF : Lettre de consultation du parquet").startswith(b"%PDF")
    elle.suivre("Noter la réponse du parquet")
    elle.page.get_by_label("Pas d’obstacle").check()
    assert elle.presser("Enregistrer la réponse") == 200

    convoquer(elle)
    assert telecharger(elle, "PDF : Lettre de convocation").startswith(b"%PDF")
    elle.aller("/journee/")
    assert f"Audition de {PRENOM} V." in elle.texte

    elle.aller(dossier)
    elle.suivre("Noter l’audition")
    elle.page.get_by_label("La personne a été entendue").check()
    assert elle.presser("Enregistrer") == 422
    assert "La personne est mineure" in elle.texte
    elle.page.get_by_label("Un parent ou un représentant légal était présent").check()
    assert elle.presser("Enregistrer") == 200
    assert elle.aller(f"{dossier}prononcer/") == 403

    lui = visiter(MAIRE)
    lui.aller(dossier)
    lui.suivre("Noter le rappel à l’ordre")
    assert "en qualité de maire" in lui.texte
    assert lui.presser("J’ai fait ce rappel à l’ordre") == 200

    elle.aller(dossier)
    elle.suivre("Écrire le compte rendu")
    elle.page.get_by_label("Le bon ordre dans l’espace public").check()
    elle.page.get_by_label("Reconnaît les faits", exact=True).check()
    elle.page.get_by_label("Ne pas recommencer").check()
    assert elle.presser("Enregistrer le compte rendu") == 200
    assert telecharger(elle, "PDF : Compte rendu").startswith(b"%PDF")
    elle.capturer("rappel-compte-rendu")
    elle.suivre("Dire la suite")
    elle.page.get_by_label("Aucune suite").check()
    assert elle.presser("Enregistrer la suite") == 200

    elle.aller(f"/actes/registres/rappels/{jour().year}/")
    assert "Les numéros se suivent" in elle.texte
    assert NOM not in elle.texte
    assert "Aucune suite" in elle.texte
    elle.capturer("registre-rappels")


def test_une_plainte_connue_apres_la_convocation_arrete_tout(visiter: Callable[..., Visiteur]) -> None:
    elle = visiter(SECRETAIRE)
    elle.aller("/actes/rappels/?etat=convoque")
    elle.page.locator("table tbody th a").first.click()
    dossier = elle.chemin
    elle.suivre("Noter un énoncé")
    elle.page.get_by_label("Une plainte est déposée").check()
    elle.page.get_by_label("Qui l’énonce").select_option(label="Police nationale")
    assert elle.presser("Enregistrer l’énoncé") == 200
    assert "Arrêté : plainte ou procédure" in elle.texte
    assert "l’affaire est à la justice" in elle.texte.lower()
    elle.aller(f"{dossier}convoquer/")
    elle.page.get_by_label("Jour", exact=True).fill(jour(3).isoformat())
    elle.page.get_by_label("Heure").fill("10:00")
    assert elle.presser("Convoquer") == 422
    elle.aller(dossier)
    elle.suivre("Transmettre au parquet")
    assert elle.presser("Noter la transmission") == 200
    assert telecharger(elle, "PDF : Lettre de transmission au parquet").startswith(b"%PDF")

    autre = visiter(AUTRE_ELUE)
    assert autre.aller(dossier) == 404
    president = visiter("Alain Samatan")
    assert president.aller("/actes/") == 403
