"""Facts added up by the database give what facts read one by one give: every count, every mark."""

import random
import uuid
from collections import Counter
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from tests.instances.fabriques import AUTRE, VOISINE, conseil
from tests.pilotage.fabriques import noter

from maillage.pilotage.calcul import publications_de, seuil_de
from maillage.pilotage.comptes import AXES, THEMES, Fait
from maillage.pilotage.protection import publier
from maillage.socle.models import FaitStatistique
from maillage.strategie.api import liste

pytestmark = pytest.mark.django_db

MOTIFS = [item.code for item in liste("motifs_signalement")][:4]
DECISIONS = [item.code for item in liste("decisions_signalement")]
COLONNES = ("volet", "genre", "exposition", "tranche_age", "origine", "motif", "issue", "qpv")


@pytest.fixture(autouse=True)
def novembre_2026(db, horloge):
    horloge(datetime(2026, 11, 24, 9, tzinfo=UTC))


def faits_un_par_un(un_conseil, jusqu_en):
    """Every row as it stands, each with all it says; a term counts once its year is over, unless closed."""
    nets = Counter()
    termes, clos = {}, set()
    for ligne in FaitStatistique.objects.filter(instance=un_conseil.pk).order_by("pk"):
        if ligne.evenement == "cloture":
            clos.add(ligne.fil)
        if ligne.evenement == "terme":
            termes[ligne.fil] = ligne
        elif ligne.evenement != "seance" and ligne.mois.year <= jusqu_en:
            cle = (ligne.evenement, ligne.mois, *(getattr(ligne, nom) for nom in COLONNES))
            nets[cle] += ligne.nombre
    lus = [
        Fait(un_conseil.pk, evenement, mois.year, (mois.month + 2) // 3, *reste, nombre)
        for (evenement, mois, *reste), nombre in nets.items()
        if nombre
    ]
    for fil, terme in termes.items():
        if fil not in clos and terme.mois.year <= min(jusqu_en, 2025):
            lus.append(Fait(un_conseil.pk, "cloture", terme.mois.year, 4, terme.volet, issue=terme.issue))
    return lus


def remplir(un_conseil, alea):
    """Facts of every event, of every shape, with ends at the age limit and facts taken back."""
    for _ in range(160):
        mois = date(alea.choice([2024, 2025, 2026]), alea.randint(1, 12), 1)
        evenement = alea.choice([*sorted(AXES), "seance"])
        colonnes = {
            "volet": alea.choice(["jeune", "victime"]),
            "genre": alea.choice([*DECISIONS, "prolonger", "orienter", ""]),
            "exposition": alea.choice(["delinquance", "recidive", ""]),
            "tranche_age": alea.choice(["de_12_a_15", "de_16_a_17"]),
            "origine": alea.choice(["mission_locale", "ecole"]),
            "motif": alea.choice(MOTIFS),
            "issue": alea.choice(["objectifs_atteints", "refus"]),
            "sexe": alea.choice(["f", "m", ""]),
            "qpv": alea.choice(["oui", "non", ""]),
            "fil": uuid.uuid4(),
        }
        if evenement == "cloture":
            colonnes["volet"] = "jeune"
            noter(un_conseil, "ouverture", date(2024, 1, 1), **colonnes)
        noter(un_conseil, evenement, mois, **colonnes)
        if alea.random() < 0.1:
            noter(un_conseil, evenement, mois, **{**colonnes, "nombre": -1})
    for rang in range(12):
        fil = uuid.uuid4()
        commun = {"fil": fil, "issue": "limite_age", "tranche_age": "de_16_a_17", "genre": "accompagnement"}
        noter(un_conseil, "ouverture", date(2024, 2, 1), **commun)
        for annee in {2025, 2024 + rang % 4}:
            noter(un_conseil, "terme", date(annee, 1 + rang, 1), **commun)
        if rang % 3 == 0:
            noter(un_conseil, "cloture", date(2025, 3, 1), **{**commun, "issue": "refus"})


@pytest.mark.parametrize("graine", range(4))
def test_les_faits_ajoutes_par_la_base_donnent_les_chiffres_des_faits_lus_un_par_un(graine):
    alea = random.Random(graine)
    conseils = [conseil(), conseil(VOISINE), conseil(AUTRE)]
    for un_conseil in conseils[:2]:
        remplir(un_conseil, alea)
    for annee in (2024, 2025, 2026):
        publiees = publications_de([un_conseil.pk for un_conseil in conseils], annee)
        for un_conseil in conseils:
            attendues = publier(faits_un_par_un(un_conseil, annee), derniere=annee, seuil=seuil_de)
            assert publiees[un_conseil.pk] == attendues
    assert any(not cellule.publiee for cellule in publiees[conseils[0].pk][2026].cellules.values())


def test_chaque_axe_d_un_theme_est_lu_pour_son_evenement():
    assert all(set(axes) <= AXES[evenement] for evenement, axes in THEMES.values())


def test_les_fins_par_l_age_se_trouvent_par_leur_index():
    """Without it, the report of one council read the closings of the whole country."""
    with connection.cursor() as curseur:
        curseur.execute("SELECT indexname FROM pg_indexes WHERE tablename = 'socle_fait_statistique'")
        assert {"fait_cloture", "fait_terme"} <= {nom for (nom,) in curseur.fetchall()}
