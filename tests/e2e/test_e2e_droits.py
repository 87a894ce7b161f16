"""The rights of a person on screen: access, rectification, restriction, erasure; hidden from another DPO."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable

import pytest
from tests.e2e.gestes import COORDINATION, GROUPE
from tests.e2e.navigation import Visiteur, jour

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("e2e")]

DPO, AILLEURS = "Agnès Villemur", "Odile Caraman"


MOIS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août")
MOIS += ("septembre", "octobre", "novembre", "décembre")
#: Name, first name, day, month and year of birth.
Personne = tuple[str, str, str, str, str]


def une_personne_suivie(elle: Visiteur) -> tuple[Personne, str]:
    """Someone whose file is open, and where the file stands."""
    elle.menu("Situations")
    elle.page.locator("main table tbody th a").first.click()
    chemin = elle.chemin
    prenom, nom = elle.titre.split(" ", 1)
    lue = re.search(r"[Nn]ée? (?:ou née )?le (\d+)(?:er)? (\w+) (\d{4})", elle.texte)
    assert lue is not None
    jour_, mois, annee = lue.groups()
    return (nom, prenom, jour_, str(MOIS.index(mois) + 1), annee), chemin


def enregistrer(elle: Visiteur, droit: str, qui: Personne) -> str:
    """Record what a person asks, then how they were identified; where the request stands."""
    elle.menu("Demandes")
    elle.suivre("Enregistrer une demande")
    page = elle.page
    page.locator(f"input[name=droit][value={droit}]").check()
    if droit == "rectification":
        page.locator("select[name=champ]").select_option("adresse")
        page.locator("input[name=valeur]").fill("7 allée des Tilleuls")
    page.locator("select[name=canal]").select_option(index=1)
    noms = ("nom", "prenom", "naissance_jour", "naissance_mois", "naissance_annee")
    for nom, valeur in zip(noms, qui, strict=True):
        page.locator(f"input[name={nom}]").fill(valeur)
    assert elle.presser("Enregistrer la demande") == 200
    demande = elle.chemin
    elle.suivre("Vérifier l’identité")
    page.locator("input[name=verification]").first.check()
    assert elle.presser("Noter la vérification") == 200
    elle.suivre("Interroger les groupes")
    for case in page.locator("input[name=formations]").all():
        if GROUPE in (case.locator("xpath=ancestor::label|following-sibling::label").first.inner_text()):
            case.check()
        else:
            case.uncheck()
    assert elle.presser("Envoyer la question") == 200
    assert elle.chemin == demande
    return demande


def repondre_chez_soi(elle: Visiteur, constat: str, *, limitation: str = "") -> None:
    """The first question without an answer: recognise the first person proposed, answer."""
    elle.menu("Questions du délégué")
    elle.page.locator("main table").first.locator("tbody th a").first.click()
    elle.page.locator("input[name=identite]").first.check()
    elle.page.locator(f"input[name=constat][value={constat}]").check()
    if limitation:
        elle.page.locator(f"input[name=limitation][value={limitation}]").check()
    assert elle.presser("Répondre au délégué") == 200
    assert "Votre groupe a répondu" in elle.texte


def repondre(elle: Visiteur, demande: str) -> None:
    elle.aller(demande)
    elle.suivre("Répondre à la personne")
    elle.page.locator("input[name=decision][value=accordee]").check()
    assert elle.presser("Enregistrer la réponse") == 200


def questions_en_attente(elle: Visiteur) -> None:
    """What the demonstration left waiting is answered first: nobody is known."""
    elle.menu("Questions du délégué")
    while (
        attente := elle.page.locator("main table")
        .first.locator("tbody tr")
        .filter(has_text="À répondre")
        .or_(elle.page.locator("main table").first.locator("tbody tr").filter(has_text="En retard"))
    ).count():
        attente.first.locator("th a").click()
        elle.page.locator("input[name=identite][value=aucune]").check()
        elle.page.locator("input[name=constat][value=non_trouve]").check()
        assert elle.presser("Répondre au délégué") == 200
        elle.menu("Questions du délégué")


def test_une_personne_exerce_ses_droits_du_depot_a_l_effacement(visiter: Callable[..., Visiteur]) -> None:
    tient = visiter(COORDINATION)
    questions_en_attente(tient)
    qui, dossier = une_personne_suivie(tient)
    nom = qui[0]

    elle = visiter(DPO)
    demande = enregistrer(elle, "acces", qui)
    elle.capturer("demande-acces")
    repondre_chez_soi(tient, "extrait")
    tient.capturer("question-du-delegue")
    repondre(elle, demande)
    # A fresh proof of who is there may be asked first: it leads back to the file.
    lien = elle.page.get_by_role("link", name="Télécharger le fichier à remettre").get_attribute("href")
    reponse = elle.contexte.request.get(elle.adresse + (lien or ""))
    assert reponse.headers["content-type"] == "application/zip"
    verifier_l_archive(reponse.body(), nom)

    demande = enregistrer(elle, "rectification", qui)
    repondre_chez_soi(tient, "fait")
    repondre(elle, demande)

    demande = enregistrer(elle, "limitation", qui)
    repondre_chez_soi(tient, "fait", limitation="exactitude")
    repondre(elle, demande)
    tient.aller(dossier)
    assert "7 allée des Tilleuls" in tient.texte
    assert "Dossier limité depuis le" in tient.texte
    tient.capturer("dossier-limite")
    tient.menu("Questions du délégué")
    assert "Dossiers limités ou retenus" in tient.texte

    demande = enregistrer(elle, "effacement", qui)
    repondre_chez_soi(tient, "fait")
    repondre(elle, demande)
    tient.aller(dossier)
    assert "limité" not in tient.titre

    elle.menu("Registre des traitements")
    elle.suivre("CLSPD de Colomiers", exact=True)
    assert str(jour().year) in elle.texte
    elle.capturer("registre-des-traitements")

    ailleurs = visiter(AILLEURS)
    assert ailleurs.aller(demande) == 404
    assert ailleurs.aller("/droits/demandes/00000000-0000-4000-8000-000000000000/") == 404
    assert nom not in ailleurs.texte
    assert ailleurs.aller(f"{demande}fichier/") == 404


def verifier_l_archive(octets: bytes, nom: str) -> None:
    """What a person opens: a letter that reads, the same as data, who opened the file, no agent's name."""
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        assert archive.read("reponse.pdf").startswith(b"%PDF-")
        donnees = json.loads(archive.read("donnees.json"))
    (extrait,) = donnees["extraits"]
    texte = json.dumps(extrait, ensure_ascii=False)
    assert nom in texte
    assert any(vue["acte"] == "A ouvert le dossier" for vue in extrait["consultations"])
    assert COORDINATION not in texte
