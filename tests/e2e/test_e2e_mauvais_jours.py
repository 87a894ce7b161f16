"""A session that ends, a network that drops, a page one comes back to: what was typed is still there."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.e2e.gestes import PRINCIPAL, ouvrir_le_formulaire, remplir_le_signalement
from tests.e2e.navigation import Visiteur, jour
from tests.e2e.serveur import Site

from maillage.situations.identites import des_listes

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("e2e")]

AUTRE = "Marc Delvigne"
PRECISION = "Six demi-journées d’absence depuis la rentrée."
IDENTITES = """
SELECT i.id, i.public_id, i.version, i.scelle FROM situations_signalement s
JOIN situations_identite i ON i.id = s.identite_id
"""
LES_CHAMPS = """() => {
  const f = [...document.forms].find(f => f.querySelector('[name=jeton]'));
  return [f.action, [...new FormData(f).entries()]];
}"""
RENVOYER = """([action, champs]) => {
  const f = document.createElement('form');
  f.method = 'post'; f.action = action;
  for (const [nom, valeur] of champs) {
    const c = document.createElement('input');
    c.type = 'hidden'; c.name = nom; c.value = valeur;
    f.append(c);
  }
  document.body.append(f);
  setTimeout(() => f.submit(), 0);
}"""


def remplir(lui: Visiteur, nom: str) -> None:
    ouvrir_le_formulaire(lui)
    remplir_le_signalement(lui, nom=nom, prenom="Élias", naissance=("14", "5", str(jour().year - 15)))
    lui.page.get_by_label("Précision").fill(PRECISION)


def recus(site: Site, nom: str) -> int:
    """How many signalements name them: read as the database holds them, then opened."""
    return sum(vue.donnees.nom == nom for vue in des_listes(site.lire(IDENTITES, ())))


def finir_les_sessions(site: Site) -> None:
    site.changer("UPDATE acteurs_session SET expire_date = now() - interval '1 minute'")


def se_reconnecter(lui: Visiteur, nom: str) -> None:
    lui.page.locator("button[name=compte]").filter(has_text=nom).click()
    lui.page.locator(".m-compte").filter(has_text=nom).wait_for()


def test_une_session_qui_finit_pendant_la_saisie_la_rend_apres_la_connexion(
    visiter: Callable[..., Visiteur], site: Site
) -> None:
    lui = visiter(PRINCIPAL)
    remplir(lui, "Expirée")
    finir_les_sessions(site)
    lui.presser("Envoyer au groupe")
    assert "Votre saisie est gardée quinze minutes" in lui.texte
    lui.capturer("session-finie")
    se_reconnecter(lui, PRINCIPAL)

    assert lui.titre == "Votre saisie est gardée"
    lui.capturer("saisie-gardee")
    assert lui.presser("Reprendre ma saisie") == 422
    assert "Rien n’est encore enregistré" in lui.texte
    assert lui.page.get_by_label("Nom de naissance").input_value() == "Expirée"
    assert lui.page.get_by_label("Précision").input_value() == PRECISION
    assert recus(site, "Expirée") == 0
    assert lui.presser("Envoyer au groupe") == 200
    assert recus(site, "Expirée") == 1


def test_la_saisie_gardee_ne_se_montre_pas_a_un_autre_compte(
    visiter: Callable[..., Visiteur], site: Site
) -> None:
    lui = visiter(PRINCIPAL)
    remplir(lui, "Autrui")
    finir_les_sessions(site)
    lui.presser("Envoyer au groupe")
    se_reconnecter(lui, AUTRE)
    assert lui.titre == "Aucune saisie à reprendre"
    assert PRECISION not in lui.page.content()
    assert recus(site, "Autrui") == 0


def test_sans_reseau_rien_ne_part_et_la_saisie_reste(visiter: Callable[..., Visiteur], site: Site) -> None:
    lui = visiter(PRINCIPAL)
    remplir(lui, "Horsligne")
    lui.contexte.set_offline(True)
    lui.page.get_by_role("button", name="Envoyer au groupe").click()
    lui.page.get_by_role("heading", name="Pas de connexion").wait_for()
    lui.capturer("hors-ligne", sur=":text('Pas de connexion')")
    assert lui.page.get_by_label("Précision").input_value() == PRECISION
    assert recus(site, "Horsligne") == 0
    lui.contexte.set_offline(False)
    assert lui.presser("Envoyer au groupe") == 200
    assert recus(site, "Horsligne") == 1


def test_revenir_en_arriere_puis_renvoyer_n_enregistre_qu_une_fois(
    visiter: Callable[..., Visiteur], site: Site
) -> None:
    lui = visiter(PRINCIPAL)
    remplir(lui, "Retour")
    envoi = lui.page.evaluate(LES_CHAMPS)
    assert lui.presser("Envoyer au groupe") == 200
    lui.page.get_by_role("heading", name="Élias Retour").wait_for()
    resultat = lui.page.url
    # What a browser sends again from its history: the very same fields, the same one-use token.
    with lui.page.expect_navigation(url=resultat):
        lui.page.evaluate(RENVOYER, envoi)
    assert recus(site, "Retour") == 1


def test_un_double_clic_n_envoie_qu_une_fois(visiter: Callable[..., Visiteur], site: Site) -> None:
    lui = visiter(PRINCIPAL)
    remplir(lui, "Doubleclic")
    lui.page.get_by_role("button", name="Envoyer au groupe").dblclick()
    lui.page.get_by_role("heading", name="Élias Doubleclic").wait_for()
    assert recus(site, "Doubleclic") == 1
