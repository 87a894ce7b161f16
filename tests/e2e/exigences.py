"""What every page must hold, whoever opens it: asked of the page as the browser has drawn it."""

from __future__ import annotations

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from tests.e2e.navigation import BUREAU, ETROIT

POIDS_MAX = 300_000
#: Compressed by the server in front; the page itself stays under what a rural phone loads in a second.
HTML_MAX = 150_000
DEBORDEMENT = "document.documentElement.scrollWidth - window.innerWidth"
QUI_DEBORDE = """() => [...document.querySelectorAll('body *')]
  .filter(e => e.getBoundingClientRect().right > window.innerWidth + 1 && !e.closest('.visually-hidden'))
  .slice(0, 3).map(e => e.outerHTML.slice(0, 120))"""
# WCAG 2.4.7: the first tab shows where it stands, by an outline, a shadow or a change of ground.
FOYER = """() => { const e = document.activeElement; if (!e || e === document.body) return 'rien';
  const s = getComputedStyle(e), r = e.getBoundingClientRect();
  const trace = (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2) || s.boxShadow !== 'none';
  const vu = r.width > 1 && r.height > 1 && r.bottom > 0 && r.right > 0;
  return trace && vu ? '' : e.outerHTML.slice(0, 120); }"""
POIDS = """() => performance.getEntriesByType('resource').concat(performance.getEntriesByType('navigation'))
  .reduce((total, r) => total + (r.encodedBodySize || 0), 0)"""
TITRES = "() => [...document.querySelectorAll('h1')].filter(h => h.offsetParent).length"
VARIABLE = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<=/)(\d[\dAB]\d{3}|\d{9}|\d{2,4})(?=/|$)")


def patron(chemin: str) -> str:
    """The page behind an address: what names one object is left out, and so is the query."""
    return VARIABLE.sub("*", chemin.split("?")[0].split("#")[0])


def defauts(page: Page) -> list[str]:
    """Everything wrong with the page on screen, in words; its width is given back afterwards."""
    trouves = [
        f"axe {v['id']} : {noeud['target']} {noeud.get('failureSummary', '')[:160]}"
        for v in Axe().run(page).response["violations"]
        for noeud in v["nodes"][:2]
    ]
    if page.evaluate(TITRES) != 1:
        trouves.append(f"{page.evaluate(TITRES)} titres de premier niveau")
    if (poids := page.evaluate(POIDS)) > POIDS_MAX:
        trouves.append(f"{poids} octets")
    if (html := len(page.content().encode())) > HTML_MAX:
        trouves.append(f"{html} octets de HTML")
    page.evaluate("document.activeElement && document.activeElement.blur()")
    page.keyboard.press("Tab")
    if foyer := page.evaluate(FOYER):
        trouves.append(f"le foyer ne se voit pas : {foyer}")
    page.set_viewport_size({"width": ETROIT[0], "height": ETROIT[1]})
    if page.evaluate(DEBORDEMENT) > 0:
        trouves.append(f"déborde à {ETROIT[0]} px : {page.evaluate(QUI_DEBORDE)}")
    page.set_viewport_size({"width": BUREAU[0], "height": BUREAU[1]})
    return trouves
