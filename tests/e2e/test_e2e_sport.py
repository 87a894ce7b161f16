"""A venue and a notice in a browser: to a notified exclusion, and what is refused on the way."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.e2e.exigences import defauts
from tests.e2e.navigation import TELEPHONE, Visiteur, jour

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("e2e")]

AGENTE, MAIRE = "Yvette Gimont", "Bernard Castelviel"


def remplir(elle: Visiteur, **champs: str) -> None:
    for nom, valeur in champs.items():
        champ = elle.page.locator(f"[name='{nom}']").first
        if champ.evaluate("c => c.tagName") == "SELECT":
            champ.select_option(valeur)
        elif champ.get_attribute("type") in ("radio", "checkbox"):
            elle.page.locator(f"[name='{nom}'][value='{valeur}']").check()
        else:
            champ.fill(valeur)


def ouvrir(elle: Visiteur, proprietaire: str = "commune", **champs: str) -> int:
    valeurs = {
        "origine": "club",
        "faits": "menaces",
        "faits_le": jour(-2).isoformat(),
        "equipement_genre": "gymnase",
        "equipement": "Gymnase Victor-Hugo",
        "proprietaire": proprietaire,
        "nom": "Puyloubier",
        "prenom": "Malo",
        "naissance_jour": "4",
        "naissance_mois": "5",
        "naissance_annee": "1998",
    }
    remplir(elle, **{**valeurs, **champs})
    return elle.presser("Ouvrir", exact=True)


def test_une_exclusion_va_a_son_terme_apres_que_la_personne_s_est_expliquee(
    visiter: Callable[..., Visiteur],
) -> None:
    elle = visiter(AGENTE)
    elle.menu("Équipements sportifs")
    assert not defauts(elle.page)
    elle.suivre("Ouvrir un dossier")
    assert ouvrir(elle, "epci") == 422
    assert "président de l’intercommunalité" in elle.texte
    remplir(elle, proprietaire="commune")
    assert elle.presser("Ouvrir", exact=True) == 200
    assert "Puyloubier" not in elle.chemin
    dossier = elle.chemin
    elle.suivre("Inviter à s’expliquer")
    for fonction in ("maire", "club", "gestionnaire"):
        remplir(elle, composition=fonction)
    assert elle.presser("Inviter", exact=True) == 200

    lui = visiter(MAIRE)
    lui.aller(dossier)
    lui.suivre("Décider")
    assert decider(lui) == 422
    assert "invitée à s’expliquer" in lui.texte

    elle.suivre("Noter les observations")
    remplir(elle, mode="orales")
    assert elle.presser("Noter", exact=True) == 200
    elle.suivre("Décider")
    assert decider(elle) == 422
    assert "le maire ou l’élu délégué" in elle.texte

    lui.aller(dossier)
    lui.suivre("Décider")
    assert decider(lui) == 200
    lui.suivre("Notifier")
    assert lui.presser("Noter la remise") == 200
    assert "Exclusion en cours" in lui.texte
    assert not defauts(lui.page)
    with lui.page.expect_download() as telecharge:
        lui.page.get_by_role("link", name="PDF").last.click()
    assert telecharge.value.suggested_filename.startswith("decision-")
    _aller_au_recours(lui)


def _aller_au_recours(lui: Visiteur) -> None:
    """An appeal shortens the exclusion, never lengthens it; then nothing more is awaited."""
    lui.suivre("Enregistrer un recours")
    remplir(lui, genre="gracieux", recu_le=jour().isoformat())
    assert lui.presser("Noter", exact=True) == 200
    lui.suivre("Conclure le recours")
    remplir(lui, issue="reduite", fin=jour(30).isoformat())
    assert lui.presser("Noter", exact=True) == 422
    assert "finit avant celle de la décision" in lui.texte
    remplir(lui, issue="reduite", fin=jour(5).isoformat())
    assert lui.presser("Noter", exact=True) == 200
    assert "Exclusion en cours" in lui.texte
    lui.suivre("Clore le dossier")
    assert lui.presser("Clore", exact=True) == 200
    assert "Close" in lui.texte


def test_une_reparation_va_a_son_terme_sous_le_protocole_et_jamais_pour_un_mineur_seul(
    visiter: Callable[..., Visiteur],
) -> None:
    elle = visiter(AGENTE)
    elle.menu("Équipements sportifs")
    elle.suivre("Ouvrir un dossier")
    assert ouvrir(elle, faits="degradation", prenom="Ange", naissance_annee="2012") == 200
    dossier = elle.chemin
    assert "parent ou son représentant" in elle.texte

    elle.suivre("Inviter à s’expliquer")
    for fonction in ("maire", "club", "gestionnaire"):
        remplir(elle, composition=fonction)
    assert elle.presser("Inviter", exact=True) == 422
    assert "La personne est mineure" in elle.texte
    assert convenir(elle, dossier, "10") == 422
    assert "La personne est mineure" in elle.texte
    elle.aller(dossier)
    assert "Espace réparation" not in elle.texte
    assert "Reçue" in elle.texte

    elle.suivre("Ajouter un parent")
    remplir(elle, parent_nom="Puyloubier", parent_prenom="Inès", lien="mere")
    assert elle.presser("Ajouter", exact=True) == 200
    assert convenir(elle, dossier, "31") == 422
    assert "De 1 à 30 heures" in elle.texte
    assert convenir(elle, dossier, "10") == 200
    assert "Espace réparation" in elle.texte
    elle.suivre("Noter la fin de la réparation")
    remplir(elle, heures_faites="12")
    assert elle.presser("Noter", exact=True) == 422
    remplir(elle, heures_faites="10")
    assert elle.presser("Noter", exact=True) == 200
    assert "10 heures faites" in elle.texte
    elle.suivre("Clore le dossier")
    assert elle.presser("Clore", exact=True) == 200
    assert "Close" in elle.texte
    assert not defauts(elle.page)
    assert "Puyloubier" not in elle.chemin


def convenir(elle: Visiteur, dossier: str, heures: str) -> int:
    elle.aller(dossier)
    elle.suivre("Convenir d’une réparation")
    remplir(elle, tache="entretien_terrain", heures=heures, accord_le=jour().isoformat())
    return elle.presser("Noter", exact=True)


def test_les_chiffres_de_l_annee_se_lisent_sans_un_nom(visiter: Callable[..., Visiteur]) -> None:
    lui = visiter(MAIRE)
    lui.menu("Chiffres des actes")
    assert not defauts(lui.page)
    lui.suivre("CLSPD de Colomiers", exact=True)
    assert "Rappels à l’ordre" in lui.texte
    assert "Puyloubier" not in lui.texte
    assert not defauts(lui.page)
    au_telephone = visiter(MAIRE, ecran=TELEPHONE)
    au_telephone.aller(lui.chemin)
    assert not defauts(au_telephone.page)


def decider(qui: Visiteur) -> int:
    remplir(
        qui,
        decision="exclusion",
        motifs="faits_etablis",
        base="Règlement de 2024, art. 7",
        maximum_jours="60",
        debut=jour().isoformat(),
        fin=jour(20).isoformat(),
    )
    return qui.presser("Décider", exact=True)


def test_un_avis_se_note_sans_nom_se_relance_et_se_lit_au_telephone(visiter: Callable[..., Visiteur]) -> None:
    elle = visiter(AGENTE)
    elle.menu("Avis dus au maire")
    assert "en retard" in elle.texte
    assert not defauts(elle.page)
    elle.suivre("Noter un avis attendu")
    remplir(
        elle,
        genre="suites_signalement",
        cause_le=jour(-45).isoformat(),
        demande_le=jour(-45).isoformat(),
        reference="Puyloubier",
    )
    assert elle.presser("Noter", exact=True) == 422
    assert "Jamais un nom" in elle.texte
    remplir(elle, reference="26/777")
    assert elle.presser("Noter", exact=True) == 200
    elle.suivre("Relancer", exact=True)
    assert elle.presser("Dater la relance") == 200
    lui = visiter(AGENTE, ecran=TELEPHONE)
    lui.aller("/actes/avis/")
    assert not defauts(lui.page)
