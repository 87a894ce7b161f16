"""A convention on screen: prepared about a person, signed by every party, taken away, then amended."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import timedelta

import pytest
from pypdf import PdfReader
from tests.e2e.gestes import COORDINATION
from tests.e2e.navigation import Visiteur, jour

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("e2e")]

ACCUEIL = "Atelier Bleu de l’Exemple"
PRESCRIPTEUR = "Mission de l’Exemple"
#: From today: an amendment waits for a convention in force.
DEBUT = jour()
FIN = DEBUT + timedelta(days=9)


def remplir(elle: Visiteur) -> None:
    """Every box the form requires: a choice takes its first words, a text says what it is asked."""
    page = elle.page
    page.get_by_label("Premier jour", exact=True).fill(DEBUT.isoformat())
    page.get_by_label("Dernier jour", exact=True).fill(FIN.isoformat())
    for role, nom in (("prescripteur", PRESCRIPTEUR), ("structure_accueil", ACCUEIL)):
        for champ, valeur in (("autre", nom), ("signataire", "Alex Exemple"), ("qualite", "direction")):
            page.locator(f"[name$='{role}'][name^='{champ}']").fill(valeur)
    for texte in page.locator("main :is(input[type=text], textarea)[required]").all():
        if not texte.input_value():
            nom = texte.get_attribute("name") or ""
            texte.fill("30" if "heures" in nom else "À convenir avec le tuteur.")
    for liste in page.locator("main select[name^='champ_']").all():
        liste.select_option(index=1)
    groupes = page.locator("main input[type=radio]").evaluate_all("l => [...new Set(l.map(r => r.name))]")
    for groupe in groupes:
        if not page.locator(f"input[name='{groupe}']:checked").count():
            page.locator(f"input[name='{groupe}']").first.check()


def preparer(elle: Visiteur) -> None:
    """For the first person the law lets go: a third period in one host, or a minor alone, is refused."""
    elle.menu("Conventions")
    elle.suivre("Préparer")
    elle.page.locator("main a[href*='/conventions/nouvelle/pmsmp/']").first.click()
    personnes = [
        v
        for v in elle.page.get_by_label("Personne").locator("option").evaluate_all("l => l.map(o => o.value)")
        if v
    ]
    assert personnes
    remplir(elle)
    elle.page.get_by_label("Personne").select_option(personnes[-1])
    assert elle.presser("Préparer la convention") == 200, elle.texte


def telecharger(elle: Visiteur, lien: str) -> bytes:
    with elle.page.expect_download() as attente:
        elle.page.get_by_role("link", name=lien, exact=True).click()
    return attente.value.path().read_bytes()


def signer_tout(elle: Visiteur) -> None:
    """One signature after the other, on paper, until no party is left to sign."""
    while (boutons := elle.page.get_by_role("link", name="Signer :")).count():
        boutons.first.click()
        assert elle.presser("Enregistrer la signature") == 200


def test_une_convention_se_prepare_se_signe_se_telecharge_et_s_amende(
    visiter: Callable[..., Visiteur],
) -> None:
    elle = visiter(COORDINATION)
    preparer(elle)
    assert "Convention préparée" in elle.page.locator("body").inner_text()
    assert ACCUEIL in elle.texte
    elle.suivre("Envoyer à la signature")
    assert elle.presser("Envoyer à la signature") == 200
    signer_tout(elle)
    assert "Pas encore" not in elle.texte
    assert "Sur papier" in elle.texte

    pdf = telecharger(elle, "PDF")
    lu = PdfReader(io.BytesIO(pdf))
    assert lu.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert ACCUEIL in " ".join(" ".join(page.extract_text() for page in lu.pages).split())
    with zipfile.ZipFile(io.BytesIO(telecharger(elle, "Texte modifiable (ODT)"))) as odt:
        assert ACCUEIL in odt.read("content.xml").decode()

    elle.suivre("Préparer un avenant")
    elle.page.get_by_label("Ce qui change").fill("Les horaires passent du matin à l’après-midi.")
    elle.page.get_by_label("Prend effet le").fill((DEBUT + timedelta(days=1)).isoformat())
    assert elle.presser("Préparer l’avenant") == 200
    assert "Avenant n° 1" in elle.texte
    assert elle.page.get_by_role("link", name="Signer :").count()
    signer_tout(elle)
    assert "Les horaires passent du matin à l’après-midi." in elle.texte


def test_depuis_le_parcours_d_une_personne_jusqu_au_pdf_signe(visiter: Callable[..., Visiteur]) -> None:
    elle = visiter(COORDINATION)
    elle.menu("Situations")
    page = elle.page
    adresses = page.locator("main table tbody th a").evaluate_all("l => l.map(a => a.getAttribute('href'))")
    for adresse in adresses:
        elle.aller(adresse)
        elle.suivre("Voir le parcours")
        elle.suivre("Préparer une convention de PMSMP")
        assert page.get_by_label("Personne").input_value() in adresse
        remplir(elle)
        page.locator("[name='autre_structure_accueil']").fill("Atelier Vert de l’Exemple")
        for role in ("employeur", "structure_accompagnement"):
            assert page.locator(f"[name='autre_{role}']").input_value() == ""
        # The law lets an adult go; a minor needs a parent on file: the next person is tried.
        if elle.presser("Préparer la convention") == 200:
            break
    assert "Convention préparée" in page.locator("body").inner_text()
    personne = page.locator("main a[href*='/situations/']").first.inner_text()
    elle.capturer("convention-preparee")
    elle.suivre("Envoyer à la signature")
    assert elle.presser("Envoyer à la signature") == 200
    signer_tout(elle)
    assert "Pas encore" not in elle.texte
    elle.capturer("convention-signee")
    lu = PdfReader(io.BytesIO(telecharger(elle, "PDF")))
    texte = " ".join(" ".join(feuille.extract_text() for feuille in lu.pages).split())
    assert personne in texte
    assert "Signé sur papier" in texte
    assert "Atelier Vert de l’Exemple" in texte
