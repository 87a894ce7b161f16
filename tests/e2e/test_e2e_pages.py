"""Every page each role can reach by following links: none breaks, none hides its focus, none overflows."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser
from tests.e2e.exigences import defauts, patron
from tests.e2e.navigation import Visiteur
from tests.e2e.serveur import Site

# Beside the journeys, on the other processor: each of the two takes about as long.
pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("pages")]

#: Nobody yet, then one click: coordinator, mayor, member, référent, prosecutor, and those who name nobody.
ROLES = (
    None,
    "Hélène Olivet",
    "Bernard Castelviel",
    "Marc Delvigne",
    "Sonia Marquefave",
    "Claire Fontanel",
    "Olivier Lauzerte",
    "Agnès Villemur",
    "Thomas Rieumes",
    "Camille Auterive",
)
#: Two objects of each kind are enough: the second meets the states the first does not.
PAR_PATRON = 2
#: Those whose second drawing differs from the first; a form is a form.
DEUX_FOIS = frozenset({"/seances/*/", "/situations/*/", "/formations/*/", "/conseils/*/", "/bilans/*/"})
#: One template serves all of these: they are all asked for, and the first met is drawn.
MEME_GABARIT = re.compile(
    r"(?<=^/modeles/\*/)\w+|(?<=^/puis-je/)\w+|(?<=^/conventions/nouvelle/)[a-z_]+"
    r"|(?<=^/dispositifs/)(?!nouveau|local/)\w+|(?<=^/situations/\*/dispositifs/)\w+"
    r"|(?<=/sortie/domaine/)\w+|(?<=/parcours/enonces/)\w+"
)
#: The quick exit leaves for another site, on purpose: it has its own proof in the interface's room.
DEHORS = "/quitter/"
SEPARATEUR = "\n"
TELECHARGES = (
    ".ics",
    ".pdf",
    ".odt",
    ".csv",
    "/pdf/",
    "/pdf-grand/",
    "/odt/",
    "/odt-grand/",
    "/ods/",
    "/json/",
    ".pdf-grand",
    ".odt-grand",
)


@dataclass
class _Lue(HTMLParser):
    """What the crawl needs of a page it does not draw: its links and its main title."""

    liens: list[str] = field(default_factory=list)
    titre: str = ""
    _dans_titre: bool = False

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        lus = dict(attrs)
        if tag == "a" and "download" not in lus and lus.get("href"):
            self.liens.append(str(lus["href"]))
        self._dans_titre = tag == "h1" and not self.titre

    def handle_data(self, data: str) -> None:
        if self._dans_titre:
            self.titre += data.strip()


def parcourir(visiteur: Visiteur, juger: Callable[[str, int, str], None]) -> dict[str, int]:
    """Follow every link from the front door; returns how many pages of each pattern were seen.

    Pages are asked for with the cookies of the visitor; only those to be judged are drawn.
    """
    vus: dict[str, int] = {}
    faits: set[str] = set()
    file = deque(["/"])
    while file:
        chemin = file.popleft()
        cle = patron(chemin)
        if chemin in faits or vus.get(cle, 0) >= PAR_PATRON or chemin.endswith((*TELECHARGES, DEHORS)):
            continue
        faits.add(chemin)
        vus[cle] = vus.get(cle, 0) + 1
        reponse = visiteur.contexte.request.get(visiteur.adresse + chemin)
        lue = _Lue()
        lue.feed(reponse.text())
        juger(chemin, reponse.status, lue.titre)
        for lien in lue.liens:
            complet = urljoin(visiteur.adresse + chemin, lien).split("#")[0]
            if complet.startswith(visiteur.adresse):
                file.append(complet.removeprefix(visiteur.adresse))
    return vus


@pytest.fixture(scope="module")
def deja_juges() -> list[str]:
    """Pages whose drawing has been judged: the same template is not measured for every role."""
    return []


@pytest.mark.parametrize("nom", ROLES)
def test_chaque_page_d_un_role_tient_ses_exigences(
    visiter: Callable[..., Visiteur], navigateur: Browser, site: Site, deja_juges: list[str], nom: str | None
) -> None:
    # axe enters by the debugging protocol, which the policy would refuse: lifted in its own context only.
    visiteur = visiter(nom)
    mesureur = visiter(nom, bypass_csp=True)
    mesureur.aller("/connexion/")  # the first visit: the weight of the next ones is what is measured
    trouves: list[str] = []

    def juger(chemin: str, statut: int, titre: str) -> None:
        if statut != 200:
            trouves.append(f"{nom}, {chemin} : un lien mène à un refus ({statut})")
            return
        page = MEME_GABARIT.sub("*", patron(chemin))
        contenu = page + SEPARATEUR + titre
        deja = [juge for juge in deja_juges if juge.startswith(page + SEPARATEUR)]
        # Each role has its own day; any other drawing is the same for all.
        assez = len(ROLES) if page == "/" else PAR_PATRON if page in DEUX_FOIS else 1
        if len(deja) >= assez or (contenu in deja and page != "/"):
            return
        deja_juges.append(contenu)
        visiteur.aller(chemin)  # as a person would, under the strict policy: what complains fails the test
        mesureur.aller(chemin)
        trouves.extend(f"{nom}, {chemin} : {defaut}" for defaut in defauts(mesureur.page))

    vus = parcourir(visiteur, juger)
    assert not trouves, "\n".join(trouves)
    assert "/" in vus
    assert nom is None or "/journee/" in vus, "the crawl went on without its session"
