"""The simulated rows are those the services would have left, and never join real ones."""

import hashlib
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.db import transaction
from django.db.models import Exists, OuterRef
from hypothesis import given
from hypothesis import strategies as st
from tests.acteurs.fabriques import creer_compte
from tests.simulees import en_proprietaire

from maillage.acteurs.models import Compte
from maillage.demo.api import BaseReelleError, Echelle, VolumeImpossibleError, refuser_le_reel, simuler
from maillage.demo.simulation import recits
from maillage.demo.simulation.plan import PLANCHER, repartir, volumes
from maillage.demo.simulation.tables import COLONNES, ColonnesInattenduesError, tables
from maillage.instances.api import habilites, mes_cercles
from maillage.instances.models import Conseil, Habilitation
from maillage.instances.models.seance import Point, Seance
from maillage.projet import cli
from maillage.situations.api import examiner, lire_identites, purger
from maillage.situations.models import (
    Bilan,
    Contact,
    Designation,
    Element,
    Identite,
    Lettre,
    Numerotation,
    Objectif,
    Signalement,
    Situation,
)
from maillage.situations.recits import poser_plusieurs
from maillage.situations.rules import conservation
from maillage.situations.rules import signalement as regles_signalement
from maillage.situations.rules import suivi as regles
from maillage.situations.rules.ages import tranche
from maillage.socle.contexte import contexte, en_maintenance
from maillage.socle.controles import tout_controler
from maillage.socle.models import FaitStatistique, Installation
from maillage.socle.temps import aujourd_hui, maintenant
from maillage.strategie.api import liste

HORS_DE_LA_SUITE = {"base_role", "base_horloge"}


@pytest.fixture
def lecture(base_simulee):
    """Read every row, as an operator."""
    with en_proprietaire(), en_maintenance():
        yield


def ouverts(lignes, de_qui):
    """Rows with their sealed texts open."""
    return poser_plusieurs((ligne, de_qui(ligne).public_id) for ligne in lignes)


def test_les_invariants_du_systeme_tiennent_sur_une_base_simulee(base_simulee):
    rouges = [r for r in tout_controler() if not r.ok and r.code not in HORS_DE_LA_SUITE]
    assert not rouges


def test_la_base_devient_une_demonstration_pour_toujours(lecture):
    assert Installation.objects.get().demo


def test_les_volumes_sont_exactement_ceux_demandes(lecture):
    assert Situation.objects.count() == volumes(Echelle.DEPARTEMENT, 0.03)[0]


def test_rien_n_attend_la_purge(base_simulee):
    with en_proprietaire():
        assert purger(essai=True).vide


def test_chaque_situation_a_ete_ouverte_par_une_decision_du_groupe_en_seance(lecture):
    decision = Point.objects.filter(
        cercle=OuterRef("cercle_id"),
        seance__public_id=OuterRef("ouverte_en_seance"),
        seance__etat="close",
        seance__formation__cercle=OuterRef("cercle_id"),
        objet=OuterRef("signalement__public_id"),
        decision="retenu",
    )
    assert Situation.objects.exists()
    assert not Situation.objects.exclude(Exists(decision)).exists()


def test_les_numeros_se_suivent_et_ne_sont_jamais_rendus(lecture):
    derniers = {(n.cercle_id, n.annee): n.dernier for n in Numerotation.objects.all()}
    for situation in Situation.objects.all():
        annee, rang = map(int, situation.numero.split("-"))
        assert annee == situation.ouverte_le.year
        assert rang <= derniers[situation.cercle_id, annee]


def test_revues_et_effacements_sont_ceux_des_regles(lecture):
    personnes = lire_identites(Identite.objects.values_list("pk", flat=True))
    for s in Situation.objects.select_related("signalement"):
        naissance = personnes[s.identite_id].donnees.naissance
        terme = conservation.echeances_situation(
            volet=s.volet,
            le=s.close_le or s.ouverte_le,
            naissance=naissance,
            cloture=s.close_le,
        ).destruction
        assert s.expire_le == terme
        decisions = Point.objects.filter(objet=s.public_id, cercle=s.cercle_id).order_by("decide_le")
        assert s.version == 1 + decisions.count()
        limite = conservation.echeances_situation(
            volet=s.volet, le=s.ouverte_le, naissance=naissance, cloture=None
        ).destruction
        prolongee = [p.decide_le.date() for p in decisions if p.decision == "prolonger"]
        depart = prolongee[-1] if prolongee else s.ouverte_le
        assert s.revue_le == conservation.prochaine_revue(le=depart, destruction=limite)
        if s.close_le:
            cloture = decisions.last()
            assert (cloture.decision, cloture.precision) == ("clore", s.issue)
            assert cloture.decide_le.date() == s.close_le


def test_chaque_decision_etait_ouverte_au_groupe(lecture):
    ouvertes = {
        "signalement": {i.code for i in liste("decisions_signalement")},
        "situation": {i.code for i in liste("decisions_situation")},
    }
    for point in Point.objects.exclude(decision="").select_related("seance"):
        assert point.decision in ouvertes[point.genre]
        assert point.seance.ouverte_le <= point.decide_le <= point.seance.close_le
    assert {i.code for i in liste("issues_cloture")} >= set(recits.ISSUES)


def test_les_signalements_auraient_ete_acceptes_par_la_regle(lecture):
    genres = dict(Habilitation.objects.values_list("compte", "siege__organisme__genre"))
    personnes = lire_identites(Identite.objects.values_list("pk", flat=True))
    for s in ouverts(Signalement.objects.select_related("cercle", "identite"), lambda s: s.identite):
        naissance = personnes[s.identite_id].donnees.naissance
        assert s.tranche_age == tranche(naissance, s.recu_le)
        verdict = regles_signalement.juger_signalement(
            forum=regles_signalement.Forum(
                volet=s.cercle.volet,
                judiciaire_siege=True,
                acteur_judiciaire=genres[s.auteur_id] in regles_signalement.GENRES_JUDICIAIRES,
            ),
            expose=regles_signalement.Expose(s.motif, s.origine, s.exposition, s.tranche_age, naissance),
            le=s.recu_le,
        )
        assert verdict.ok, verdict.codes
        assert not examiner(s.texte)
        assert s.expire_le > aujourd_hui() or s.etat == "ouvert"


def test_les_suivis_auraient_ete_acceptes_par_les_regles(lecture):
    roles = dict(Habilitation.objects.filter(fin_motif="").values_list("compte", "role"))
    genres = dict(Habilitation.objects.values_list("compte", "siege__organisme__genre"))
    jour = aujourd_hui()

    def membre(compte):
        return regles.Membre(roles[compte], genres[compte])

    for e in ouverts(Element.objects.select_related("situation__identite"), lambda e: e.situation.identite):
        assert regles.juger_element(
            categorie=e.categorie,
            precision=e.precision,
            etat="ouverte",
            volet=e.situation.volet,
            membre=membre(e.partage_par_id),
            judiciaire_siege=True,
            le=e.partage_le,
        ).ok
        assert e.nature == liste("elements_partageables").item(e.categorie).attributs["nature"]
    for d in Designation.objects.select_related("situation"):
        assert regles.juger_designation(
            profession=d.profession,
            etat="ouverte",
            referent=membre(d.referent_id),
            depuis=d.depuis,
            ouverte_le=d.situation.ouverte_le,
            aujourd_hui=jour,
        ).ok
        assert (d.jusqua is None) == (d.motif_fin == "")
        assert d.jusqua is not None or d.situation.etat == "ouverte"
    for c in Contact.objects.select_related("situation"):
        assert regles.juger_contact(
            etat="ouverte",
            role=roles[c.par_id],
            le=c.le,
            ouverte_le=c.situation.ouverte_le,
            aujourd_hui=c.situation.close_le or jour,
            moyen=c.moyen,
            avec=c.avec,
            suite=c.suite,
        ).ok
    for o in Objectif.objects.select_related("situation"):
        assert regles.juger_objectif(
            etat="ouverte", role="membre", domaine=o.domaine, echeance=o.echeance, aujourd_hui=o.pose_le
        ).ok
        assert o.pose_le <= o.etat_le <= (o.situation.close_le or jour)
    for ligne in Lettre.objects.select_related("situation"):
        assert ligne.situation.ouverte_le <= ligne.remise_le <= (ligne.situation.close_le or jour)
        assert ligne.moyen in liste("moyens_remise")


def test_aucun_texte_simule_n_arrete_la_garde():
    for texte in (recits.TEXTE, recits.BILAN, *(libelle for libelle, _ in recits.OBJECTIFS)):
        assert not examiner(texte)


def test_les_bilans_sont_contresignes_par_un_autre_du_travail_social(lecture):
    genres = dict(Habilitation.objects.values_list("compte", "siege__organisme__genre"))
    for b in Bilan.objects.filter(contresigne_par__isnull=False):
        assert genres[b.contresigne_par_id] in regles.GENRES_TRAVAIL_SOCIAL


def test_ceux_qui_ecrivent_lisent_leur_groupe_et_signent_la_charte(base_simulee):
    with en_proprietaire(), en_maintenance():
        auteurs = set(Contact.objects.values_list("par_id", "cercle_id"))
        auteurs |= set(Signalement.objects.values_list("auteur_id", "cercle_id"))
        auteurs |= set(
            Seance.objects.exclude(formation__cercle=None).values_list("preparee_par_id", "formation__cercle")
        )
        signes = {(h.compte_id, h.cercle_id) for h in habilites(maintenant()) if h.signee}
    assert auteurs
    assert auteurs <= signes
    for compte, cercle in sorted(auteurs)[:20]:
        with contexte(compte):
            assert cercle in mes_cercles()


def test_chaque_dossier_garde_a_ses_faits_et_les_dossiers_effaces_ont_laisse_les_leurs(lecture):
    evenements = Counter(FaitStatistique.objects.values_list("evenement", "fil"))
    for s in Situation.objects.all():
        assert evenements["signalement", s.fil] == evenements["ouverture", s.fil] == 1
        assert evenements["cloture", s.fil] == (s.etat == "close")
        assert evenements["terme", s.fil] == (s.volet == "jeune")
    ouvertures = sum(1 for evenement, _ in evenements if evenement == "ouverture")
    assert ouvertures > Situation.objects.count()
    assert ouvertures == sum(Numerotation.objects.values_list("dernier", flat=True))
    seances = Seance.objects.filter(etat="close").count()
    assert sum(n for (evenement, _), n in evenements.items() if evenement == "seance") == seances


def test_le_conseil_est_celui_d_une_commune_reelle_qui_doit_en_avoir_un(lecture):
    for conseil in Conseil.objects.all():
        assert conseil.obligatoire["ok"]
        assert conseil.commune_code.startswith("31")


def test_les_noms_sont_inventes(lecture):
    from maillage.demo.territoire import description

    inventes = set(description()["noms"])
    vues = lire_identites(Identite.objects.values_list("pk", flat=True)).values()
    assert vues
    assert {vue.donnees.nom for vue in vues} <= inventes
    assert set(Compte.objects.values_list("nom", flat=True)) <= inventes
    assert not Compte.objects.exclude(courriel__endswith="@simulation.invalid").exists()


def _empreinte() -> str:
    condense = hashlib.sha256()
    for nom in COLONNES:
        modele = apps.get_model(nom)
        tires = {"id", "scelle", *(("public_id",) if modele is Identite else ())}
        champs = [c.attname for c in modele._meta.concrete_fields if c.attname not in tires]
        for ligne in sorted(map(repr, modele.objects.values_list(*champs))):
            condense.update(ligne.encode())
    for vue in lire_identites(Identite.objects.values_list("pk", flat=True)).values():
        condense.update(repr((vue.cle, vue.donnees)).encode())
    return condense.hexdigest()


def test_une_graine_donne_les_memes_lignes_et_une_autre_en_donne_d_autres(base_simulee):
    fin = datetime(2026, 10, 7, 9, tzinfo=UTC)

    def construire(graine: int) -> str:
        with en_proprietaire(), transaction.atomic():
            simuler(Echelle.NATIONAL, facteur=0.0002, graine=graine, fin=fin)
            with en_maintenance():
                empreinte = _empreinte()
            transaction.set_rollback(True)
        return empreinte

    premiere = construire(7)
    assert construire(7) == premiere
    assert construire(8) != premiere


def test_une_base_simulee_en_recoit_d_autres_dans_d_autres_communes(base_simulee):
    with en_proprietaire(), transaction.atomic():
        rendu = simuler(Echelle.DEPARTEMENT, facteur=0.2, fin=maintenant() - timedelta(days=1))
        with en_maintenance():
            communes = list(Conseil.objects.values_list("commune_code", flat=True))
        transaction.set_rollback(True)
    assert rendu.conseils == 2
    assert len(communes) == len(set(communes)) == 3


@pytest.mark.django_db
def test_une_base_reelle_est_refusee():
    refuser_le_reel()
    creer_compte("coordonnateur")
    with pytest.raises(BaseReelleError, match="jamais"):
        refuser_le_reel()
    with pytest.raises(BaseReelleError), en_maintenance():
        simuler(Echelle.DEPARTEMENT, facteur=0.03)
    assert not Conseil.objects.exists()


@pytest.mark.parametrize("facteur", [0.0, -1.0, float("nan"), float("inf"), 11.0])
def test_un_facteur_impossible_est_refuse(facteur):
    with pytest.raises(VolumeImpossibleError, match="facteur"):
        volumes(Echelle.NATIONAL, facteur)


@pytest.mark.parametrize("argument", ["0", "-2", "nan", "1000"])
def test_la_commande_refuse_en_une_phrase(monkeypatch, capsys, argument, base_simulee):
    from contextlib import nullcontext

    from maillage.projet import preparation
    from maillage.projet.commandes import _base

    monkeypatch.setattr(_base, "base_prete", nullcontext)
    monkeypatch.setattr(preparation, "preparer_simulation", lambda: None)
    assert cli.main(["simuler", "--echelle", "national", "--facteur", argument]) == 1
    erreur = capsys.readouterr().err
    assert erreur.count("\n") == 1
    assert "Traceback" not in erreur


def test_une_echelle_inconnue_est_un_mauvais_emploi():
    assert cli.main(["simuler", "--echelle", "mondiale"]) == 2


@given(
    total=st.integers(1, 5_000),
    poids=st.lists(st.floats(0.5, 2_000_000, allow_nan=False), min_size=1, max_size=60),
)
def test_les_parts_font_le_total_et_chacune_a_le_plancher(total, poids):
    parts = repartir(total, poids)
    assert sum(parts) == total
    assert min(parts) >= min(PLANCHER, total // len(poids))


def test_une_colonne_nouvelle_ne_passe_pas_inapercue(monkeypatch):
    monkeypatch.setitem(COLONNES, "situations.Bilan", "public_id cercle_id")
    with pytest.raises(ColonnesInattenduesError):
        tables()
