"""The interface in a real browser: policy, axe, widths, targets, menu without script, paper.

Pages are rendered by Django, then handed to the browser under the product's own policy: no server, no
network, no database.
"""

from __future__ import annotations

import mimetypes
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from csp.utils import build_policy
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

from maillage.interface import galerie
from maillage.interface.affichage import AFFICHAGES
from maillage.interface.exemples import JOUR, REFUS
from maillage.interface.navigation import Cadre, CompteAffiche, Entree, Groupe, contexte

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("navigateur")]

ORIGINE = "http://maillage.test"
LARGEURS = ((1280, 800), (390, 844), (320, 640))
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
OPTIONS += ["--disable-sync", "--no-first-run"]
DEBORDEMENT = "document.documentElement.scrollWidth - window.innerWidth"
# Targets of 24 px at least (WCAG 2.5.8), except links inside a sentence and controls inside their label.
PETITES_CIBLES = """() => [...document.querySelectorAll('a,button,input,select,textarea,summary')]
  .filter(e => {
    const r = e.getBoundingClientRect(), s = getComputedStyle(e);
    if (!r.width || !r.height || s.visibility === 'hidden') return false;
    if (e.closest('label,.form-check,.m-evitement')) return false;
    if (s.display === 'inline' && e.closest('p,li,td,th,dd,div.m-note')) return false;
    return r.height < 24 || r.width < 24; })
  .map(e => e.outerHTML.slice(0, 120))"""


def _chromium() -> str:
    for nom in ("chromium", "chromium-browser", "google-chrome"):
        chemin = shutil.which(nom)
        if chemin:
            return chemin
    raise RuntimeError("Ces essais demandent Chromium dans le chemin de la machine.")


@dataclass
class Site:
    """Rendered pages by path, and what the browser asked for that it should not have."""

    pages: dict[str, str]
    politique: str
    dehors: list[str] = field(default_factory=list)

    def repondre(self, route: Route) -> None:
        adresse = urlsplit(route.request.url)
        if f"{adresse.scheme}://{adresse.netloc}" != ORIGINE:
            self.dehors.append(route.request.url)
            route.abort()
        elif adresse.path in self.pages:
            entetes = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": self.politique}
            route.fulfill(body=self.pages[adresse.path], headers=entetes)
        else:
            trouve = finders.find(re.sub(r"\.[0-9a-f]{12}\.", ".", adresse.path.removeprefix("/statique/")))
            if trouve is None:
                self.dehors.append(route.request.url)
                route.abort()
            else:
                genre = mimetypes.guess_type(str(trouve))[0] or "font/woff2"
                route.fulfill(body=Path(str(trouve)).read_bytes(), headers={"Content-Type": genre})


def _cadre() -> dict[str, object]:
    navigation = (
        Groupe("Mon travail", (Entree("Situations", "/sit/", "situations", 41, "en cours", True),)),
        Groupe("Rendre compte", (Entree("Bilan annuel", "/bilan/", "bilan"),)),
    )
    cadre = Cadre(
        demo=True,
        instance_nom="CISPD des Trois-Rives",
        instance_detail="Colomiers, Blagnac, Tournefeuille",
        compte=CompteAffiche("Hélène Olivet", "Coordonnatrice", "/compte/"),
        recherche_url="/recherche/",
    )
    return {**contexte(cadre, navigation), "jour": JOUR, "affichages": AFFICHAGES}


@pytest.fixture
def site() -> Site:
    cadre = _cadre()
    refus = {"verdict": REFUS, "statut": 422, "titre": "Cette action n’est pas possible", "retour": "/x"}
    pages = {
        "/composants/": render_to_string("maillage/galerie.html", {**cadre, **galerie.contexte()}),
        "/refus/": render_to_string("refus.html", {**cadre, **refus}),
        "/404/": render_to_string("404.html", cadre),
        "/500/": render_to_string("500.html"),
        "/accueil/": render_to_string("maillage/accueil.html", {"jour": JOUR, "affichages": AFFICHAGES}),
    }
    return Site(pages, build_policy())


@pytest.fixture(scope="module")
def navigateur() -> Iterator[Browser]:
    with sync_playwright() as pilote:
        navigateur = pilote.chromium.launch(executable_path=_chromium(), args=OPTIONS)
        yield navigateur
        navigateur.close()


def _ouvrir(navigateur: Browser, site: Site, **options: object) -> tuple[BrowserContext, Page]:
    contexte_navigateur = navigateur.new_context(locale="fr-FR", **options)
    contexte_navigateur.route("**/*", site.repondre)
    return contexte_navigateur, contexte_navigateur.new_page()


@pytest.mark.parametrize(("largeur", "hauteur"), LARGEURS)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_ne_trouve_rien(navigateur: Browser, site: Site, largeur: int, hauteur: int, theme: str) -> None:
    # axe enters by the debugging protocol, which the policy would refuse: lifted in this test only.
    ecran = {"width": largeur, "height": hauteur}
    session, page = _ouvrir(navigateur, site, viewport=ecran, color_scheme=theme, bypass_csp=True)
    trouvees = []
    for chemin in site.pages:
        page.goto(ORIGINE + chemin)
        page.evaluate("[...document.querySelectorAll('details')].slice(0, 3).forEach(d => { d.open = true })")
        violations = Axe().run(page).response["violations"]
        trouvees += [(chemin, v["id"], v["nodes"][0]["target"]) for v in violations]
    session.close()
    assert trouvees == []


@pytest.mark.parametrize(("largeur", "hauteur"), LARGEURS)
def test_rien_ne_deborde_rien_ne_sort_et_la_politique_est_tenue(
    navigateur: Browser, site: Site, largeur: int, hauteur: int
) -> None:
    session, page = _ouvrir(navigateur, site, viewport={"width": largeur, "height": hauteur})
    plaintes: list[str] = []
    page.on("console", lambda message: plaintes.append(message.text) if message.type == "error" else None)
    for chemin in site.pages:
        page.goto(ORIGINE + chemin)
        page.wait_for_load_state("networkidle")
        assert page.evaluate(DEBORDEMENT) <= 0, chemin
        assert page.evaluate(PETITES_CIBLES) == [], chemin
    session.close()
    assert plaintes == []
    assert site.dehors == []


def test_le_menu_s_ouvre_et_se_ferme_sans_script(navigateur: Browser, site: Site) -> None:
    session, page = _ouvrir(
        navigateur, site, viewport={"width": 390, "height": 844}, java_script_enabled=False
    )
    page.goto(f"{ORIGINE}/refus/")
    menu = page.locator("#navigation")
    assert not menu.is_visible()
    page.click("header button[popovertarget=navigation]")
    assert menu.is_visible()
    page.keyboard.press("Escape")
    assert not menu.is_visible()
    session.close()


def test_le_resume_des_erreurs_recoit_le_focus_et_mene_au_champ(navigateur: Browser, site: Site) -> None:
    session, page = _ouvrir(navigateur, site, viewport={"width": 1280, "height": 800})
    page.goto(f"{ORIGINE}/composants/")
    assert page.evaluate("document.activeElement.className") == "m-erreurs"
    page.click(".m-erreurs a >> text=date de naissance")
    assert page.evaluate("document.activeElement.id") == "id_refuse-naissance_0"
    session.close()


def test_le_compteur_dit_ce_qui_reste_et_ce_qui_depasse(navigateur: Browser, site: Site) -> None:
    session, page = _ouvrir(navigateur, site, viewport={"width": 1280, "height": 800})
    page.goto(f"{ORIGINE}/composants/")
    compteur = page.locator("#id_vierge-precision_limite")
    page.fill("#id_vierge-precision", "a" * 279)
    compteur.get_by_text("Il reste 1 signe sur 280").wait_for()
    page.fill("#id_vierge-precision", "a" * 282)
    compteur.get_by_text("2 signes de trop, pour 280 au plus").wait_for()
    session.close()


def test_sur_le_papier_restent_l_en_tete_les_lecteurs_et_les_dates(navigateur: Browser, site: Site) -> None:
    session, page = _ouvrir(navigateur, site, viewport={"width": 680, "height": 960}, color_scheme="dark")
    page.goto(f"{ORIGINE}/composants/")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.locator(".m-impression").is_visible()
    assert not page.locator("header.m-tete").is_visible()
    assert not page.locator(".m-pied").is_visible()
    assert page.locator(".m-lecteurs").first.is_visible()
    assert page.locator(".m-table thead").first.bounding_box()["height"] > 10
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    session.close()


def test_les_couleurs_forcees_gardent_les_bords(navigateur: Browser, site: Site) -> None:
    session, page = _ouvrir(navigateur, site, viewport={"width": 1280, "height": 800}, forced_colors="active")
    page.goto(f"{ORIGINE}/refus/")
    assert page.evaluate("getComputedStyle(document.querySelector('.m-refus')).borderLeftStyle") == "solid"
    session.close()


def test_sans_mouvement_rien_ne_bouge(navigateur: Browser, site: Site) -> None:
    session, page = _ouvrir(
        navigateur, site, viewport={"width": 1280, "height": 800}, reduced_motion="reduce"
    )
    page.goto(f"{ORIGINE}/refus/")
    durees = "[...document.querySelectorAll('*')].map(e => getComputedStyle(e).transitionDuration)"
    assert set(page.evaluate(durees)) == {"0s"}
    session.close()
