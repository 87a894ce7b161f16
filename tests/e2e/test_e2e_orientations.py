"""The person's path on screen: from the séance to a job by a PMSMP; community work up to what follows it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Locator
from tests.e2e.gestes import (
    COORDINATION,
    GROUPE,
    PERSONNE,
    PRINCIPAL,
    REFERENTE,
    decider,
    designer_la_referente,
    inscrire_et_ouvrir,
    preparer_la_seance,
    signaler,
)
from tests.e2e.navigation import Visiteur, jour
from tests.e2e.serveur import Site

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("e2e")]

HOTE, JUDICIAIRE = "Rosa Cabanac", "Julie Peyrolles"
AUTRE, REVUE = "Noé Brassac", "Maël Durrieu"
SUIVIS = (PERSONNE, AUTRE, REVUE)
#: Old enough for a work experience and for community work, whatever the day of the year.
AGE = 17


def ouvrir(visiteur: Visiteur, personne: str) -> None:
    """The situation of that person, from the list of situations."""
    prenom, nom = personne.split()
    visiteur.menu("Situations")
    visiteur.suivre(f"{nom} {prenom}")
    assert visiteur.titre == personne


@pytest.fixture(scope="module")
def decides_en_seance(navigateur: Browser, site: Site) -> None:
    """Young people whom the groupe retained in séance, each with the référente."""
    lui, elle = (Visiteur.ouvrir(navigateur, site.adresse) for _ in range(2))
    lui.se_connecter(PRINCIPAL)
    for personne in SUIVIS:
        signaler(lui, *personne.split(), age=AGE)
    elle.se_connecter(COORDINATION)
    preparer_la_seance(elle)
    inscrire_et_ouvrir(elle)
    for personne in SUIVIS:
        decider(elle, personne, "Retenu")
    for personne in SUIVIS:
        ouvrir(elle, personne)
        designer_la_referente(elle)
    assert lui.plaintes + elle.plaintes == []
    lui.fermer()
    elle.fermer()


def proposer(elle: Visiteur, personne: str, dispositif: str) -> None:
    """From the situation, the référente proposes and notes the person's yes."""
    ouvrir(elle, personne)
    elle.suivre("Voir le parcours")
    assert "Aucune orientation" in elle.texte
    elle.suivre("Proposer une orientation")
    elle.page.locator("main [name=dispositif]").select_option(dispositif)
    elle.page.get_by_role("group", name="quartier prioritaire").get_by_label("Oui").check()
    assert elle.presser("Proposer", exact=True) == 200
    # Nothing is handed over before the person agrees.
    assert not elle.page.get_by_role("link", name="Transmettre").count()
    elle.suivre("Noter la réponse")
    elle.page.get_by_label("Elle accepte").check()
    assert elle.presser("Noter la réponse") == 200
    assert "Acceptée par la personne" in elle.texte


def choisir_l_offre(elle: Visiteur, intitule: str, jours: int) -> None:
    elle.suivre("Transmettre")
    liste = elle.page.get_by_label("Lieu d’accueil", exact=True)
    mots = [texte for texte in liste.locator("option").all_inner_texts() if texte.startswith(intitule)]
    liste.select_option(label=mots[0])
    elle.page.get_by_label("Début prévu").fill(jour().isoformat())
    elle.page.get_by_label("Fin prévue").fill(jour(jours).isoformat())


def accomplir(visiteur: Visiteur, acte: str, bouton: str) -> None:
    """An act whose page proposes today: open it, confirm it."""
    visiteur.suivre(acte)
    assert visiteur.presser(bouton) == 200


def noter_un_jour(visiteur: Visiteur, heures: str) -> None:
    visiteur.suivre("Noter une présence")
    visiteur.page.get_by_label("Heures faites").fill(heures)
    assert visiteur.presser("Noter ce jour") == 200


def transmettre_la_pmsmp(elle: Visiteur) -> None:
    choisir_l_offre(elle, "Aide de cuisine", 2)
    page = elle.page
    page.get_by_label("Préparer un recrutement").check()
    page.get_by_label("Prescripteur", exact=True).select_option(label="Mission locale")
    for partie in ("La personne", "Le prescripteur", "Le lieu d’accueil", "La structure qui accompagne"):
        page.get_by_role("group", name="Signataires").get_by_label(partie, exact=True).check()
    # Without a tutor, the law refuses; what was typed stays, only the tutor is to be added.
    assert elle.presser("Transmettre", exact=True) == 422
    assert "tuteur" in elle.texte
    page.get_by_label("Un tuteur est désigné").check()
    assert elle.presser("Transmettre", exact=True) == 200
    assert "Réception attendue avant le" in elle.texte


def accueillir(lui: Visiteur) -> None:
    """The body, on its own pages: reception, first day, attendance, what it made possible."""
    lui.menu("Mes accueils")
    lui.suivre(PERSONNE)
    assert "Groupe Jeunesse" not in lui.texte
    accomplir(lui, "Accuser réception", "Accuser réception")
    accomplir(lui, "Noter le premier jour", "Noter le début")
    noter_un_jour(lui, "7")
    lui.capturer("accueil-en-cours")
    lui.suivre("Terminer")
    lui.page.get_by_label("Contrat à durée déterminée ou intérim").check()
    assert lui.presser("Terminer la participation") == 200
    assert "contrat à durée déterminée" in lui.texte
    # Once it is over, the family name is no longer shown there.
    assert "Vauzelle" not in lui.texte


def test_une_decision_mene_par_une_pmsmp_a_un_contrat(
    visiter: Callable[..., Visiteur], decides_en_seance: None
) -> None:
    elle = visiter(REFERENTE)
    proposer(elle, PERSONNE, "pmsmp")
    transmettre_la_pmsmp(elle)
    orientation = elle.chemin
    accueillir(visiter(HOTE))

    elle.aller(orientation)
    for trace in ("Réception accusée", "Premier jour", "présent", "Contrat à durée déterminée ou intérim"):
        assert trace in elle.texte
    elle.suivre("Décider la suite")
    elle.page.get_by_label("Relais au droit commun").check()
    assert elle.presser("Enregistrer la suite") == 200
    assert "Suite décidée" in elle.texte
    elle.capturer("orientation-emploi")

    ouvrir(elle, PERSONNE)
    bloc = elle.page.locator("main .m-bloc").filter(has_text="Voir le parcours")
    assert "Contrat à durée déterminée ou intérim" in bloc.inner_text()


def enoncer_la_peine(elle: Visiteur) -> None:
    """Only a judicial member may: what the court said, and nothing of the facts but their day."""
    ouvrir(elle, AUTRE)
    elle.suivre("Voir le parcours")
    elle.suivre("Voir ce qui a été énoncé")
    elle.suivre("Énoncer un travail d’intérêt général")
    elle.page.get_by_label("Heures prononcées").fill("40")
    elle.page.get_by_label("Jour de la décision").fill(jour().isoformat())
    elle.page.get_by_label("Jour des faits").fill(jour(-30).isoformat())
    assert elle.presser("Enregistrer") == 200
    assert "Heures prononcées" in elle.texte


def transmettre_le_tig(elle: Visiteur) -> None:
    choisir_l_offre(elle, "Entretien des espaces verts", 60)
    assert elle.presser("Transmettre", exact=True) == 200
    assert "Ce lieu n’a pas d’accès" in elle.texte


def test_un_tig_montre_ses_heures_sa_reunion_de_fin_et_ce_qui_suit(
    visiter: Callable[..., Visiteur], decides_en_seance: None
) -> None:
    enoncer_la_peine(visiter(JUDICIAIRE))
    elle = visiter(REFERENTE)
    proposer(elle, AUTRE, "tig")
    transmettre_le_tig(elle)
    accomplir(elle, "Accuser réception", "Accuser réception")
    accomplir(elle, "Noter le premier jour", "Noter le début")
    assert "0 sur 40, reste 40" in elle.texte
    noter_un_jour(elle, "7")
    assert "7 sur 40, reste 33" in elle.texte
    assert "Feuille d’heures" in elle.texte

    elle.suivre("Préparer la fin de mesure")
    elle.page.get_by_label("Fiche du tuteur remise le").fill(jour().isoformat())
    elle.page.get_by_label("Réunion de fin de mesure le").fill(jour(10).isoformat())
    elle.page.get_by_label("Suite prévue").select_option(label="Relais au droit commun")
    assert elle.presser("Enregistrer") == 200
    assert "Suite prévue Relais au droit commun" in elle.texte
    reunion = elle.page.locator("dt", has_text="Réunion de fin de mesure").locator("+ dd")
    assert str(jour(10).year) in reunion.inner_text()
    # Thirty-three hours remain: the measure goes on, and its results are those of the scheme.
    assert "En cours" in elle.texte
    elle.suivre("Terminer")
    assert "Heures exécutées en entier" in elle.texte
    assert "Entrée en hébergement" not in elle.texte


def preparer_une_seance(elle: Visiteur, dans: int) -> None:
    elle.menu("Instances et groupes")
    elle.suivre(GROUPE)
    elle.suivre("Préparer une séance")
    elle.page.get_by_label("Jour").fill(jour(dans).isoformat())
    elle.page.get_by_label("Heure").fill("14:00")
    elle.page.get_by_label("Lieu").fill("Salle du conseil")
    assert elle.presser("Préparer la séance") == 200


def a_inscrire(elle: Visiteur, personne: str) -> Locator:
    """What the agenda of this séance is offered about that person."""
    return elle.page.locator("main form").filter(has_text=personne)


def decider_d_orienter(elle: Visiteur) -> None:
    """The review falls in six months: the séance of that month is offered it, that of tomorrow is not."""
    preparer_une_seance(elle, 1)
    assert not a_inscrire(elle, REVUE).count()
    preparer_une_seance(elle, 170)
    offerts = a_inscrire(elle, REVUE)
    for case in offerts.get_by_role("checkbox").all():
        case.uncheck()
    offerts.get_by_label(REVUE).check()
    assert elle.presser("Inscrire à l’ordre du jour", dans=offerts) == 200
    assert elle.presser("Convoquer les membres") == 200
    elle.suivre("Ouvrir la séance")
    assert elle.presser("Ouvrir la séance avant sa date") == 200
    elle.suivre("Noter les présences")
    for nom in (COORDINATION, PRINCIPAL, REFERENTE):
        elle.page.get_by_label(nom).select_option(label="Présent")
    assert elle.presser("Enregistrer les présences") == 200
    decider(elle, REVUE, "Orienter", "Parrainage")
    elle.suivre("Clore la séance")
    assert elle.presser("Clore la séance") == 200


def test_une_orientation_decidee_en_seance_va_jusqu_au_lieu_d_accueil(
    visiter: Callable[..., Visiteur], decides_en_seance: None
) -> None:
    elle = visiter(COORDINATION)
    decider_d_orienter(elle)

    ouvrir(elle, REVUE)
    elle.suivre("Voir le parcours")
    assert "Orienter vers : Parrainage" in elle.texte
    elle.suivre("Compléter")
    assert "Décidé par le groupe en séance" in elle.texte
    assert elle.page.locator("main [name=dispositif]").input_value() == "parrainage"
    elle.page.get_by_role("group", name="quartier prioritaire").get_by_label("Non", exact=True).check()
    assert elle.presser("Proposer", exact=True) == 200
    assert "Parrainage" in elle.titre
    assert not elle.page.get_by_role("link", name="Transmettre").count()

    sonia = visiter(REFERENTE)
    ouvrir(sonia, REVUE)
    sonia.suivre("Voir le parcours")
    assert "à compléter" not in sonia.texte
    sonia.suivre("Parrainage")
    sonia.suivre("Noter la réponse")
    sonia.page.get_by_label("Elle accepte").check()
    assert sonia.presser("Noter la réponse") == 200
    choisir_l_offre(sonia, "Marraine du bâtiment", 90)
    assert sonia.presser("Transmettre", exact=True) == 200
    assert "Réception attendue avant le" in sonia.texte
