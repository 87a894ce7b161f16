"""« Qui fait quoi » in a browser: from the commune, on paper, on a phone; the wrong body is refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.e2e.exigences import defauts
from tests.e2e.gestes import COORDINATION
from tests.e2e.navigation import TELEPHONE, Visiteur

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("e2e")]


def test_la_page_d_une_commune_dit_qui_fait_quoi_et_le_telephone_la_lit(
    visiter: Callable[..., Visiteur],
) -> None:
    elle = visiter(COORDINATION)
    elle.aller("/communes/31149/")
    elle.suivre("Qui fait quoi ici")
    assert "Qui fait quoi à Colomiers" in elle.texte
    assert "Ne se transfère pas" in elle.texte
    assert "Actes du maire de Colomiers" in elle.texte
    elle.capturer("qui-fait-quoi")
    assert not defauts(elle.page)
    lui = visiter(COORDINATION, ecran=TELEPHONE)
    lui.aller("/communes/31149/qui-fait-quoi/")
    assert not defauts(lui.page)


def test_l_autorite_incompetente_est_refusee_avec_le_texte(visiter: Callable[..., Visiteur]) -> None:
    elle = visiter(COORDINATION)
    elle.aller("/puis-je/competence/")
    elle.page.get_by_label("Acte", exact=True).select_option("rappel")
    elle.page.get_by_label("Qui agirait").select_option("president_epci")
    elle.presser("Obtenir la réponse", exact=True)
    assert "Non : Autorité incompétente" in elle.texte
    assert "autorite_incompetente" in elle.texte
