"""A session about to end: the page says it, a click keeps it, and an ended one shows nothing more."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from tests.e2e.gestes import PRINCIPAL
from tests.e2e.navigation import Visiteur
from tests.e2e.serveur import Site

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("e2e")]

MON_COMPTE = "/compte/"
BANDEAU = ".m-fin-de-session"


@pytest.mark.parametrize("ecran", [(1280, 800), (320, 640)])
def test_la_page_previent_avant_la_fin_et_un_clic_suffit_a_rester(
    visiter: Callable[..., Visiteur], ecran: tuple[int, int]
) -> None:
    lui = visiter(PRINCIPAL, ecran=ecran)
    lui.page.clock.install()
    lui.aller(MON_COMPTE)
    bandeau = lui.page.locator(BANDEAU)
    lui.page.clock.fast_forward("20:00")
    expect(bandeau).to_have_count(0)

    lui.page.clock.fast_forward("06:00")
    expect(bandeau).to_contain_text("Votre session va finir.")
    assert lui.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    bandeau.get_by_role("button", name="Rester connecté").click()
    expect(bandeau).to_have_count(0)


def test_la_fin_passee_une_page_sans_saisie_laisse_la_place_et_une_saisie_reste(
    visiter: Callable[..., Visiteur], site: Site
) -> None:
    lui = visiter(PRINCIPAL)
    lui.page.clock.install()
    lui.aller("/compte/mot-de-passe/")
    lui.page.locator("input[type=password]").first.fill("quelque chose")
    lui.page.clock.fast_forward("36:00")
    expect(lui.page.locator(BANDEAU)).to_contain_text("Votre session a pris fin.")
    assert lui.page.url.endswith("/compte/mot-de-passe/")

    lui.aller(MON_COMPTE)
    site.changer("UPDATE acteurs_session SET expire_date = now() - interval '1 minute'")
    lui.page.clock.fast_forward("36:00")
    lui.page.wait_for_url("**/connexion/?suite=*")
    expect(lui.page.locator("body")).to_contain_text("Votre session a pris fin.")
