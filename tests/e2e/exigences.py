"""What every page must hold, whoever opens it: asked of the page as the browser has drawn it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from tests.e2e.navigation import BUREAU, ETROIT, TELEPHONE

#: What crosses the network, compressed: all of it at a first visit, then the page alone.
PREMIERE_VISITE, VISITE_SUIVANTE, DEMANDES = 150_000, 30_000, 15
#: What the transfer adds to each body, as browsers count it.
ENTETES = 300
#: Stops of the keyboard walked at each end of a page.
LISTE = 25
#: 1280 px wide enlarged twice; an A4 sheet between its margins.
ZOOM, FEUILLE = (640, 400), (680, 960)
DEBORDEMENT = "document.documentElement.scrollWidth - window.innerWidth"
QUI_DEBORDE = """() => [...document.querySelectorAll('body *')]
  .filter(e => e.getBoundingClientRect().right > window.innerWidth + 1 && !e.closest('.visually-hidden'))
  .slice(0, 3).map(e => e.outerHTML.slice(0, 120))"""
# Text that a box hides because it does not fit.
COUPES = """() => [...document.querySelectorAll('main *')].filter(e => {
    const s = getComputedStyle(e);
    return e.checkVisibility() && !e.matches('input, select, textarea')
      && ['hidden', 'clip'].includes(s.overflowX) && s.clipPath === 'none'
      && e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 2; })
  .slice(0, 3).map(e => e.outerHTML.slice(0, 120))"""
POIDS = """() => { const r = performance.getEntriesByType('navigation')
    .concat(performance.getEntriesByType('resource'));
  return { demandes: r.length, transmis: r.reduce((t, e) => t + e.transferSize, 0),
    corps: r.reduce((t, e) => t + e.encodedBodySize, 0) }; }"""
TITRES = "() => [...document.querySelectorAll('h1')].filter(h => h.offsetParent).length"
MOUVEMENTS = "() => document.getAnimations().filter(a => a.playState === 'running').length"
# Everything the keyboard must reach inside `main`; a group of radios is one stop. Each gets a number.
A_ATTEINDRE = """() => { const groupes = new Set(), vus = [];
  for (const e of document.querySelectorAll('main :is(a[href], button, input, select, textarea, summary)')) {
    if (e.disabled || e.type === 'hidden' || !e.checkVisibility({ visibilityProperty: true })) continue;
    if (e.type === 'radio') { const g = (e.form ? [...document.forms].indexOf(e.form) : '') + e.name;
      if (groupes.has(g)) continue; groupes.add(g); e.dataset.pas = 'g' + g; vus.push('g' + g);
      document.querySelectorAll('input[type=radio]').forEach(r => {
        if (r.name === e.name && r.form === e.form) r.dataset.pas = 'g' + g; });
      continue; }
    e.dataset.pas = String(vus.length); vus.push(e.dataset.pas); }
  document.activeElement.blur(); document.getElementById('contenu').focus();
  return vus; }"""
# WCAG 2.4.7 and 2.4.11: an outline (shadows vanish in forced colours), on screen, under nothing.
PAS = """() => { const e = document.activeElement;
  if (!e || !e.closest('main') || e.id === 'contenu') return null;
  const s = getComputedStyle(e), r = e.getClientRects()[0] || e.getBoundingClientRect();
  const x = r.left + r.width / 2, y = r.top + r.height / 2, dessus = document.elementFromPoint(x, y);
  const trace = s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2;
  const libre = dessus && (e.contains(dessus) || dessus.contains(e)
    || e.labels && [...e.labels].some(l => l.contains(dessus)));
  return { pas: e.dataset.pas || '', vu: trace && !!libre, html: e.outerHTML.slice(0, 120),
    x: r.left, haut: r.top + window.scrollY, bas: r.bottom + window.scrollY }; }"""
# Without our colours: every control keeps an edge, every chosen thing differs by more than its ground.
SANS_COULEUR = """() => { const plat = e => { const s = getComputedStyle(e);
    return !['Top', 'Right', 'Bottom', 'Left'].some(c =>
      s['border' + c + 'Style'] !== 'none' && parseFloat(s['border' + c + 'Width']) >= 1)
      && s.outlineStyle === 'none'; };
  const fin = e => parseInt(getComputedStyle(e).fontWeight) < 600 && plat(e)
    && !e.querySelector('b, strong') && !e.closest('.breadcrumb');
  const cadres = '.btn, .form-control, .form-select, .m-etat, .m-conf, .m-bloc, .m-lecteurs, .m-note';
  return [...document.querySelectorAll(cadres)].filter(e => e.checkVisibility() && plat(e))
    .concat([...document.querySelectorAll('[aria-current], [aria-pressed=true]')]
      .filter(e => e.checkVisibility() && fin(e)))
    .slice(0, 3).map(e => e.outerHTML.slice(0, 120)); }"""
# On paper: nothing to press, nothing to fill, and what the sheet is, who printed it and when.
SUR_PAPIER = """() => { const vus = [...document.querySelectorAll(
    'button, .btn, input, select, textarea, nav, .m-tete, .m-pied, .m-evitement')]
    .filter(e => e.type !== 'hidden' && e.checkVisibility()).slice(0, 3).map(e => e.outerHTML.slice(0, 120));
  const tete = document.querySelector('.m-impression');
  if (!tete || !tete.checkVisibility() || !/imprimé le/.test(tete.innerText)) vus.push('pas d’en-tête');
  return vus; }"""
VARIABLE = re.compile(
    r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<=/)(\d[\dAB]\d{3}|\d{9}|\d{2,4}|2[AB])(?=/|$)"
    r"|(?<=/element/)[a-z_]+"
)


def patron(chemin: str) -> str:
    """The page behind an address: what names one object is left out, and so is the query."""
    return VARIABLE.sub("*", chemin.split("?")[0].split("#")[0])


def defauts(page: Page) -> list[str]:
    """Everything wrong with the page on screen, in words; its width and its colours are given back."""
    trouves = list(_poids(page))
    trouves += _axe(page, "clair")
    if page.evaluate(TITRES) != 1:
        trouves.append(f"{page.evaluate(TITRES)} titres de premier niveau")
    trouves += _au_clavier(page)
    if page.evaluate(MOUVEMENTS):
        trouves.append("quelque chose bouge malgré le réglage")
    page.emulate_media(color_scheme="dark")
    trouves += _axe(page, "sombre", runOnly=["color-contrast"])
    page.emulate_media(color_scheme="light", forced_colors="active")
    trouves += [f"sans couleurs, ne se voit plus : {element}" for element in page.evaluate(SANS_COULEUR)]
    page.emulate_media(forced_colors="none")
    for largeur, hauteur in (ZOOM, TELEPHONE, ETROIT):
        page.set_viewport_size({"width": largeur, "height": hauteur})
        trouves += _tient(page, f"à {largeur} px")
    trouves += _au_papier(page)
    page.set_viewport_size({"width": BUREAU[0], "height": BUREAU[1]})
    return trouves


def _poids(page: Page) -> Iterator[str]:
    """A page already visited costs itself; for a newcomer, add all it is made of."""
    mesure = page.evaluate(POIDS)
    if mesure["transmis"] > VISITE_SUIVANTE:
        yield f"{mesure['transmis']} octets transmis à une visite suivante"
    if (premiere := mesure["corps"] + ENTETES * mesure["demandes"]) > PREMIERE_VISITE:
        yield f"{premiere} octets à une première visite"
    if mesure["demandes"] > DEMANDES:
        yield f"{mesure['demandes']} demandes"


def _axe(page: Page, affichage: str, **options: object) -> list[str]:
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(Axe().axe_script)
    resultat = page.evaluate("options => axe.run(options)", {"resultTypes": ["violations"], **options})
    return [
        f"axe, {affichage}, {v['id']} : {noeud['target']} {noeud.get('failureSummary', '')[:160]}"
        for v in resultat["violations"]
        for noeud in v["nodes"][:2]
    ]


def _au_clavier(page: Page) -> Iterator[str]:
    """From the skip link's target, tab by tab, to the end of the page: all reached, in order, in sight."""
    attendus = page.evaluate(A_ATTEINDRE)
    atteints: list[str] = []
    avant: dict[str, float] | None = None
    # A date takes four stops, a time three: more than that would be a trap.
    for _ in range(4 * len(attendus) + 10):
        if len(atteints) == LISTE and len(attendus) > 2 * LISTE:
            # The middle of a long list is made of the same lines: walked from its start, then to its end.
            atteints += attendus[LISTE:-LISTE]
            page.locator(f"[data-pas='{attendus[-LISTE - 1]}']").first.focus()
            avant = None
        page.keyboard.press("Tab")
        ici = page.evaluate(PAS)
        if ici is None:
            break
        if not ici["vu"]:
            yield f"le foyer ne se voit pas : {ici['html']}"
        if avant and ici["bas"] < avant["haut"] and ici["x"] < avant["x"]:
            yield f"le foyer remonte : {ici['html']}"
        avant = ici
        if ici["pas"] not in atteints:
            atteints.append(ici["pas"])
    else:
        yield "le clavier ne sort pas de la page"
    if manquent := [pas for pas in attendus if pas not in atteints]:
        premier = page.locator(f"[data-pas='{manquent[0]}']").first
        yield f"{len(manquent)} hors d’atteinte : {premier.evaluate('e => e.outerHTML.slice(0, 120)')}"


def _tient(page: Page, ou: str) -> Iterator[str]:
    if page.evaluate(DEBORDEMENT) > 0:
        yield f"déborde {ou} : {page.evaluate(QUI_DEBORDE)}"
    if coupes := page.evaluate(COUPES):
        yield f"coupé {ou} : {coupes}"


def _au_papier(page: Page) -> Iterator[str]:
    page.set_viewport_size({"width": FEUILLE[0], "height": FEUILLE[1]})
    page.emulate_media(media="print")
    yield from (f"sur papier : {element}" for element in page.evaluate(SUR_PAPIER))
    yield from _tient(page, "sur papier")
    page.emulate_media(media="screen")
