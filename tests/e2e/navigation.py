"""A person in front of a browser: only what is on screen, and a record of what went wrong behind it."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Request, Response

OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
OPTIONS += ["--disable-sync", "--no-first-run", "--lang=fr-FR"]
BUREAU, TELEPHONE, ETROIT = (1280, 800), (390, 844), (320, 640)
CAPTURES = Path(__file__).parents[2] / "docs" / "guide" / "captures"
#: A click that finds nothing in five seconds has nothing to find.
PATIENCE = 5_000


def jour(dans: int = 0) -> date:
    """Today in the territory of the demonstration, or that many days later."""
    return datetime.now(ZoneInfo("Europe/Paris")).date() + timedelta(days=dans)


def chromium() -> str:
    for nom in ("chromium", "chromium-browser", "google-chrome"):
        chemin = shutil.which(nom)
        if chemin:
            return chemin
    raise RuntimeError("Ces essais demandent Chromium dans le chemin de la machine.")


@dataclass
class Visiteur:
    """One browser session. ``plaintes`` fills with what no page may do."""

    adresse: str
    contexte: BrowserContext
    page: Page
    plaintes: list[str] = field(default_factory=list)

    @classmethod
    def ouvrir(
        cls, navigateur: Browser, adresse: str, ecran: tuple[int, int] = BUREAU, **options: Any
    ) -> Visiteur:
        contexte = navigateur.new_context(
            locale="fr-FR",
            timezone_id="Europe/Paris",
            viewport={"width": ecran[0], "height": ecran[1]},
            reduced_motion="reduce",
            **options,
        )
        contexte.set_default_timeout(PATIENCE)
        visiteur = cls(adresse, contexte, contexte.new_page())
        contexte.on("request", visiteur._noter_requete)
        contexte.on("response", visiteur._noter_reponse)
        contexte.on("console", visiteur._noter_console)
        contexte.on("weberror", lambda erreur: visiteur.plaintes.append(f"script : {erreur.error}"))
        return visiteur

    def _noter_requete(self, requete: Request) -> None:
        if not requete.url.startswith((self.adresse, "data:", "blob:")):
            self.plaintes.append(f"demande au dehors : {requete.url}")

    def _noter_reponse(self, reponse: Response) -> None:
        """A page may refuse; what it is made of may not be missing, and nothing may break."""
        dur = reponse.status >= 500 or (reponse.status >= 400 and reponse.request.resource_type != "document")
        if dur:
            self.plaintes.append(f"{reponse.status} {reponse.request.method} {reponse.url}")

    def _noter_console(self, message: ConsoleMessage) -> None:
        # The browser repeats the status of each response here; _noter_reponse judges those.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.plaintes.append(f"console {self.page.url} : {message.text}")

    def fermer(self) -> None:
        self.contexte.close()

    # -- gestures -------------------------------------------------------------------------------

    def se_connecter(self, nom: str) -> None:
        """One click on the sign-in page of a demonstration."""
        self.aller("/connexion/")
        self.page.locator("button[name=compte]").filter(has_text=nom).click()
        self.page.locator(".m-compte").filter(has_text=nom).wait_for()

    def aller(self, chemin: str) -> int:
        """Type an address; returns the status."""
        reponse = self.page.goto(self.adresse + chemin)
        return reponse.status if reponse else 0

    def suivre(self, libelle: str, *, dans: Locator | None = None, exact: bool = False) -> None:
        """Click a link by its words."""
        (dans or self.page).get_by_role("link", name=libelle, exact=exact).first.click()

    def menu(self, libelle: str) -> None:
        """An entry of the menu, opened first on a phone."""
        bouton = self.page.get_by_role("button", name="Menu", exact=True)
        if bouton.is_visible():
            bouton.click()
        self.page.locator("#navigation").get_by_role("link", name=libelle).click()

    def presser(self, libelle: str, *, dans: Locator | None = None, exact: bool = False) -> int:
        """Press a button by its words; returns the status of the page that follows."""
        bouton = (dans or self.page.locator("main")).get_by_role("button", name=libelle, exact=exact).first
        # The page that answers, redirections followed: the old one must not be read in its place.
        with self.page.expect_navigation() as attente:
            bouton.click()
        return attente.value.status

    @property
    def chemin(self) -> str:
        return self.page.url.removeprefix(self.adresse)

    @property
    def texte(self) -> str:
        """What the page says, one space between words."""
        return " ".join(self.page.locator("main").inner_text().split())

    @property
    def titre(self) -> str:
        return self.page.locator("h1").first.inner_text()

    def capturer(self, nom: str, *, sur: str = "body") -> None:
        """A picture for the guide, only when the run is asked to renew them (MAILLAGE_CAPTURES=1).

        It shows the page from its top, or from the element named by ``sur``.
        """
        if os.environ.get("MAILLAGE_CAPTURES") != "1":
            return
        self.page.locator(sur).first.evaluate(
            "e => window.scrollTo(0, Math.max(0, e.getBoundingClientRect().top + window.scrollY - 140))"
        )
        CAPTURES.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=CAPTURES / f"{nom}.png", animations="disabled")
