"""Every page of the product opens on a simulated database, for whoever may open it."""

import pytest
from django.test import Client
from django.urls import reverse
from tests.simulees import en_proprietaire

from maillage.acteurs.models import Compte
from maillage.instances.models import Conseil, Formation, Siege, Texte
from maillage.instances.models.habilitation import Habilitation
from maillage.instances.models.seance import Point, Seance
from maillage.situations.models import Signalement, Situation
from maillage.socle.contexte import en_maintenance


def client_de(fonction: str) -> Client:
    """Signed in with one click, as in any demonstration."""
    compte = Compte.objects.filter(fonctions_exercees__code=fonction).order_by("pk").first()
    client = Client()
    client.post(reverse("acteurs:connexion_demonstration"), {"compte": str(compte.public_id)})
    return client


@pytest.fixture(scope="module")
def objets(base_simulee):
    """One object of each kind, as public ids."""
    with en_proprietaire(), en_maintenance():
        formation = Formation.objects.exclude(cercle=None).order_by("pk").first()
        ouvertes = Situation.objects.filter(cercle=formation.cercle, etat="ouverte")
        point = Point.objects.filter(cercle=formation.cercle).exclude(decision="").first()
        return {
            "conseil": Conseil.objects.get().public_id,
            "formation": formation.public_id,
            "pleniere": Formation.objects.get(genre="pleniere").public_id,
            "cercle": formation.cercle.public_id,
            "siege": Siege.objects.filter(formation=formation).first().public_id,
            "habilitation": Habilitation.objects.filter(cercle=formation.cercle, fin_motif="", role="membre")
            .first()
            .public_id,
            "texte": Texte.objects.filter(formation=formation, etat="adopte").first().public_id,
            "tenue": point.seance.public_id,
            "a_venir": Seance.objects.filter(formation=formation).order_by("-commence_le").first().public_id,
            "pleniere_tenue": Seance.objects.filter(formation__genre="pleniere").first().public_id,
            "ouverte": ouvertes.first().public_id,
            "close": Situation.objects.filter(cercle=formation.cercle, etat="close").first().public_id,
            "recu": Signalement.objects.filter(cercle=formation.cercle, etat__in=["recu", "inscrit"])
            .first()
            .public_id,
        }


ADRESSES = [
    ("situations:liste", ()),
    ("situations:liste", (), {"tri": "nom"}),
    ("situations:liste", (), {"tri": "conservation", "etat": "close"}),
    ("situations:liste", (), {"referent": "sans"}),
    ("situations:referents", ()),
    ("situations:signalements", ()),
    ("situations:nouveau_signalement", ()),
    ("situations:signaler", ("cercle",)),
    ("situations:signalement", ("recu",)),
    ("situations:naissance", ("recu",)),
    ("situations:situation", ("ouverte",)),
    ("situations:situation", ("close",)),
    ("situations:contact", ("ouverte",)),
    ("situations:categories", ("ouverte",)),
    ("situations:objectif", ("ouverte",)),
    ("situations:referent", ("ouverte",)),
    ("situations:lettre", ("ouverte",)),
    ("situations:bilan", ("ouverte",)),
    ("situations:identite", ("ouverte",)),
    ("situations:representant", ("ouverte",)),
    ("situations:clore", ("ouverte",)),
    ("instances:liste", ()),
    ("instances:conseil", ("conseil",)),
    ("instances:formation", ("formation",)),
    ("instances:formation", ("pleniere",)),
    ("instances:formation_nouvelle", ("conseil",)),
    ("instances:formation_dissoudre", ("formation",)),
    ("instances:siege_nouveau", ("formation",)),
    ("instances:siege_retirer", ("siege",)),
    ("instances:habilitation_nouvelle", ("formation",)),
    ("instances:habilitation_fin", ("habilitation",)),
    ("instances:habilitation_renouveler", ("habilitation",)),
    ("instances:texte", ("texte",)),
    ("instances:chartes", ()),
    ("seances:liste", ()),
    ("seances:preparer", ("formation",)),
    ("seances:detail", ("tenue",)),
    ("seances:detail", ("a_venir",)),
    ("seances:detail", ("pleniere_tenue",)),
    ("seances:releve", ("tenue",)),
    ("seances:calendrier", ("a_venir",)),
    ("seances:presences", ("a_venir",)),
    ("pilotage:journee", ()),
    ("pilotage:bilans", ()),
    ("pilotage:bilan", ("conseil",)),
    ("acteurs:compte", ()),
    ("acteurs:organismes", ()),
]


@pytest.mark.parametrize("cas", ADRESSES, ids=lambda cas: "-".join([cas[0], *cas[1], *map(str, cas[2:])]))
def test_la_coordination_ouvre_chaque_page(objets, cas):
    nom, cles, *parametres = cas
    adresse = reverse(nom, args=[objets[cle] for cle in cles])
    reponse = client_de("coordonnateur").get(adresse, *parametres, follow=True)
    assert reponse.status_code == 200


def test_le_referent_lit_son_dossier_et_sa_journee(objets):
    client = client_de("referent_parcours")
    assert client.get(reverse("situations:situation", args=[objets["ouverte"]])).status_code == 200
    assert client.get(reverse("pilotage:journee")).status_code == 200


@pytest.mark.parametrize("fonction", ["prefecture", "national", "procureur", "dpo"])
def test_chaque_role_ouvre_sa_journee(objets, fonction):
    assert client_de(fonction).get(reverse("pilotage:journee")).status_code == 200


@pytest.mark.parametrize("annee", [2024, 2025])
def test_les_bilans_du_passe_se_lisent_a_tous_les_niveaux(objets, annee):
    prefecture, national = client_de("prefecture"), client_de("national")
    assert prefecture.get(reverse("pilotage:departement", args=["31", annee])).status_code == 200
    assert prefecture.get(reverse("pilotage:tableau_de_bord")).status_code == 200
    assert national.get(reverse("pilotage:tableau_de_bord")).status_code == 200


def test_la_prefecture_ne_lit_aucun_dossier_simule(objets):
    reponse = client_de("prefecture").get(reverse("situations:situation", args=[objets["ouverte"]]))
    assert reponse.status_code in {403, 404}


def test_la_page_de_connexion_propose_les_comptes(base_simulee):
    assert Client().get(reverse("acteurs:connexion")).status_code == 200
