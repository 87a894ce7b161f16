"""Step 6: the walls seen from inside. Each role is refused what it must be; each attempt is journalled."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.e2e.gestes import COORDINATION, GROUPE, PRINCIPAL
from tests.e2e.navigation import Visiteur
from tests.e2e.serveur import Site

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("e2e")]

MAIRE, SPIP, SANS_SIGNATURE = "Bernard Castelviel", "Julie Peyrolles", "Inès Grenade"
#: They steer, serve or supervise; none of them reaches a person.
SANS_PERSONNE = ("Olivier Lauzerte", "Agnès Villemur", "Thomas Rieumes", "Camille Auterive")
#: The page each of them works on: an entry of the menu, and its picture in the guide.
LEUR_PAGE = {
    "Olivier Lauzerte": ("Tableau de bord", "tableau-de-bord"),
    "Agnès Villemur": ("Qui peut quoi", "qui-peut-quoi"),
    "Thomas Rieumes": ("Comptes", "comptes"),
    "Camille Auterive": ("Communes", "communes"),
}
DEPARTEMENT = "Nadia Montgiscard"
COORDINATION_DE_TOULOUSE = "Paul Verfeil"
REFUSE = (403, 404)
PHRASES = ("ne vous est pas ouverte", "n’existe pas, ou ne vous est pas ouverte")


def premiere_situation(elle: Visiteur) -> tuple[str, str]:
    """Address and name of the first situation of the coordinator's list."""
    elle.menu("Situations")
    elle.page.locator("main table a[href*='/situations/']").first.wait_for()
    elle.page.locator("tbody th a").first.click()
    return elle.chemin, elle.titre


def refuse(visiteur: Visiteur, chemin: str, nom: str) -> None:
    assert visiteur.aller(chemin) in REFUSE, chemin
    assert any(phrase in visiteur.texte for phrase in PHRASES)
    assert nom not in visiteur.page.content()


def refus_journalises(site: Site, nom: str) -> int:
    [(nombre,)] = site.lire(
        "SELECT count(*) FROM socle_journal j JOIN acteurs_compte c ON c.id = j.acteur"
        " WHERE j.evenement IN ('refus', 'introuvable') AND c.prenom || ' ' || c.nom = %s",
        (nom,),
    )
    return int(nombre)


@pytest.mark.parametrize("qui", SANS_PERSONNE)
def test_qui_pilote_ou_administre_n_atteint_aucune_personne(
    visiter: Callable[..., Visiteur], site: Site, qui: str
) -> None:
    chemin, nom = premiere_situation(visiter(COORDINATION))
    visiteur = visiter(qui)
    for entree in ("Situations", "Signalements"):
        assert visiteur.page.locator("#navigation").get_by_role("link", name=entree).count() == 0
    entree, image = LEUR_PAGE[qui]
    visiteur.menu(entree)
    assert nom not in visiteur.page.content()
    visiteur.capturer(image)
    for demande in (chemin, f"{chemin}contact/", "/situations/", "/signalements/", "/signalements/nouveau/"):
        refuse(visiteur, demande, nom)
    assert refus_journalises(site, qui) >= 5


def test_le_meme_droit_ailleurs_ne_donne_rien_ici(visiter: Callable[..., Visiteur], site: Site) -> None:
    chemin, nom = premiere_situation(visiter(COORDINATION))
    voisin = visiter(COORDINATION_DE_TOULOUSE)
    refuse(voisin, chemin, nom)
    voisin.menu("Situations")
    assert chemin not in voisin.page.content()
    assert refus_journalises(site, COORDINATION_DE_TOULOUSE) == 1
    voisin.aller(chemin)
    voisin.capturer("refus")


def test_le_departement_sans_habilitation_ne_lit_aucun_groupe(visiter: Callable[..., Visiteur]) -> None:
    chemin, nom = premiere_situation(visiter(COORDINATION))
    departement = visiter(DEPARTEMENT)
    refuse(departement, chemin, nom)
    for entree in ("Situations", "Signalements"):
        departement.menu(entree)
        assert "Aucun groupe ne vous est ouvert" in departement.texte
    departement.capturer("aucun-groupe")


def test_sans_signature_rien_ne_se_voit(visiter: Callable[..., Visiteur]) -> None:
    chemin, nom = premiere_situation(visiter(COORDINATION))
    membre = visiter(SANS_SIGNATURE)
    refuse(membre, chemin, nom)
    membre.menu("Situations")
    assert "Aucun groupe ne vous est ouvert" in membre.texte
    membre.menu("Instances et groupes")
    membre.suivre(GROUPE)
    assert membre.titre == "Signez la charte pour ouvrir ce groupe"
    membre.capturer("charte")


def test_le_maire_lit_son_groupe_et_n_y_ecrit_pas(visiter: Callable[..., Visiteur]) -> None:
    maire = visiter(MAIRE)
    chemin, _ = premiere_situation(maire)
    maire.capturer("situation-maire")
    for action in ("Noter un contact", "Clore", "Ajouter un élément", "Poser un objectif"):
        assert maire.page.get_by_role("link", name=action).count() == 0
    assert maire.aller(f"{chemin}contact/") in REFUSE


def test_un_organisme_sensible_se_lit_masque(visiter: Callable[..., Visiteur]) -> None:
    elle, spip, lui = visiter(COORDINATION), visiter(SPIP), visiter(PRINCIPAL)
    chemin, _ = premiere_situation(elle)
    spip.aller(chemin)
    spip.suivre("Ajouter un élément")
    spip.suivre("Choisir", dans=spip.page.locator("main"))
    if spip.page.get_by_role("radio").count():
        spip.page.get_by_role("radio").first.check()
    assert spip.presser("Partager avec le groupe") == 200

    lui.aller(chemin)
    elements = lui.page.get_by_role("region", name="Éléments partagés")
    assert "organisme masqué" in elements.inner_text()
    assert SPIP not in elements.inner_text()
    assert "SPIP, antenne" not in lui.page.content()
    elle.aller(chemin)
    assert "SPIP, antenne" in elle.texte
