"""Where an orientation leads: required, shown, masked to who must not know, counted by family only."""

import pytest
from django.test import Client
from django.urls import reverse
from tests.situations.fabriques import seance_avec_decision, un_groupe, une_situation

from maillage.acteurs.api import NOM_MASQUE
from maillage.instances.api import points_de
from maillage.instances.forms_seance import DeciderPoint
from maillage.instances.models import Point
from maillage.situations import points
from maillage.situations.dossier import lire
from maillage.situations.rules import suivi as regles
from maillage.situations.services.cloture import decider_de_la_situation
from maillage.socle.contexte import contexte
from maillage.socle.models import FaitStatistique
from maillage.socle.refus import Refus
from maillage.strategie.api import FAMILLES, acteur, liste

pytestmark = pytest.mark.django_db

DESTINATIONS = liste("destinations_orientation")
SENSIBLES = {i.code for i in DESTINATIONS if acteur(i.attributs["acteur"]).sensible}


def orienter(ici, situation, vers):
    seance = seance_avec_decision(ici, situation.public_id, "orienter", genre="situation", precision=vers)
    with contexte(ici.coordonnatrice.pk):
        decider_de_la_situation(
            cercle=ici.cle,
            situation=situation.public_id,
            decision="orienter",
            precision=vers,
            seance=seance.public_id,
            le=situation.ouverte_le,
        )
    return seance


def vue(ici, compte, situation, seance):
    """What the page of the situation and the record of the séance say of it to that account."""
    with contexte(compte.pk):
        frise = [e.texte for e in lire(situation.public_id).frise if e.titre == "Le groupe oriente"]
        return frise, [ligne.libelle_decision for ligne in points_de(seance)]


def test_chaque_destination_est_un_partenaire_des_fiches():
    assert all(acteur(item.attributs["acteur"]).famille in FAMILLES for item in DESTINATIONS)
    assert {"csapa", "tapaj", "cap_emploi", "centre_medico_psychologique", "aide_victimes"} <= SENSIBLES
    assert {"mission_locale", "ccas", "sport", "hebergement"}.isdisjoint(SENSIBLES)


@pytest.mark.parametrize("vers", ["", "ailleurs"])
def test_orienter_demande_une_destination_de_la_liste(vers):
    ici = un_groupe()
    with pytest.raises(Refus) as refus:
        orienter(ici, une_situation(ici), vers)
    assert refus.value.verdict.codes == ("destination_manquante",)


def test_le_formulaire_de_seance_demande_vers_quel_service():
    ici = un_groupe()
    situation = une_situation(ici)
    with contexte(ici.coordonnatrice.pk):
        decisions = list(points.decisions_de_la_situation(ici.cle, situation.public_id))
        sans = DeciderPoint({"decision": "orienter", "version": 1}, decisions=decisions)
        assert not sans.is_valid()
        avec = {"decision": "orienter", "precision_orienter": "ccas", "version": 1}
        assert DeciderPoint(avec, decisions=decisions).is_valid()


def test_la_destination_se_lit_sur_la_situation_et_au_releve():
    ici = un_groupe()
    situation = une_situation(ici)
    seance = orienter(ici, situation, "mission_locale")
    for compte in (ici.coordonnatrice, ici.membre):
        frise, releve = vue(ici, compte, situation, seance)
        assert frise == ["Vers : Mission locale."]
        assert releve == ["Orienter vers un dispositif : Mission locale"]


@pytest.mark.parametrize("vers", ["csapa", "tapaj", "aide_victimes"])
def test_un_service_sensible_est_masque_a_qui_n_a_pas_a_le_connaitre(vers):
    ici = un_groupe()
    situation = une_situation(ici)
    seance = orienter(ici, situation, vers)
    spip = ici.ajouter("spip", sensible=True)
    genre = DESTINATIONS.item(vers).attributs["acteur"]
    du_service = ici.ajouter(genre, sensible=True)
    maire = ici.ajouter("commune", role="maire", fonction="maire")
    nom = DESTINATIONS.item(vers).libelle
    for compte in (ici.coordonnatrice, spip, du_service):
        frise, releve = vue(ici, compte, situation, seance)
        assert frise == [f"Vers : {nom}."]
        assert releve[0].endswith(nom)
    for compte in (ici.membre, maire):
        frise, releve = vue(ici, compte, situation, seance)
        assert frise == [f"Vers : {NOM_MASQUE.lower()}."]
        assert releve[0].endswith(NOM_MASQUE.lower())


def test_le_nom_masque_n_est_dans_aucune_page_servie_a_ce_membre():
    ici = un_groupe()
    situation = une_situation(ici)
    seance = orienter(ici, situation, "csapa")
    client = Client()
    client.force_login(ici.membre)
    for adresse in (
        reverse("situations:situation", args=[situation.public_id]),
        reverse("seances:detail", args=[seance.public_id]),
        reverse("seances:releve", args=[seance.public_id]),
    ):
        page = client.get(adresse)
        assert page.status_code == 200, adresse
        assert "CSAPA" not in page.content.decode(), adresse
        assert "organisme masqué" in page.content.decode(), adresse


def test_les_chiffres_ne_gardent_que_la_famille_et_ne_menent_a_aucun_suivi(fabrique):
    ici = un_groupe()
    situation = une_situation(ici)
    orienter(ici, situation, "csapa")
    with fabrique():
        fait = FaitStatistique.objects.get(evenement="orientation")
        assert Point.objects.get(objet=situation.public_id).precision == "csapa"
    assert fait.genre == regles.famille_de_destination("csapa") == "sante"
    assert fait.fil != situation.fil


@pytest.mark.parametrize(
    ("volet", "motif", "genre"),
    [
        ("jeune", "decrochage", "scolarite"),
        ("jeune", "fugue", "famille"),
        ("majeur", "isolement", "autonomie"),
        ("victime", "isolement", "victime"),
    ],
)
def test_le_genre_du_suivi_est_deduit_du_motif_a_l_ouverture(fabrique, volet, motif, genre):
    ici = un_groupe(volet=volet)
    situation = une_situation(ici, motif=motif)
    assert situation.genre_suivi == genre
    with fabrique():
        assert FaitStatistique.objects.get(evenement="ouverture").genre == genre


def test_chaque_motif_nomme_un_genre_de_suivi():
    genres = {item.code for item in liste("genres_suivi")}
    for item in liste("motifs_signalement"):
        for volet in item.attributs["volets"]:
            assert regles.genre_de_suivi(volet=volet, motif=item.code) in genres
