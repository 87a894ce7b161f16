"""The exit plan: what commands write, refuse and count; what is erased; what the day of the référent says."""

from datetime import timedelta
from uuid import uuid4

import pytest
from tests.acteurs.fabriques import creer_organisme
from tests.parcours.plans import DOMAINES, un_groupe_judiciaire, une_sortie
from tests.situations.fabriques import un_groupe, une_situation

from maillage.acteurs.api import NOM_MASQUE
from maillage.parcours.models import EtapeDeSortie, FinDeplacee, PlanDeSortie
from maillage.parcours.selectors.sortie import DOMAINE_NEUTRE, composer
from maillage.parcours.services import sortie
from maillage.pilotage.journee.dossiers import taches
from maillage.situations.api import echeances, ici, purger
from maillage.situations.services import cloture, referents, suivi
from maillage.socle.models import EntreeJournal, FaitStatistique
from maillage.socle.refus import Introuvable, Refus

pytestmark = pytest.mark.django_db
UN_JOUR = timedelta(days=1)


def codes(refus: pytest.ExceptionInfo[Refus]) -> set[str]:
    return {motif.code for motif in refus.value.verdict.motifs}


def vu(de, compte=None):
    from maillage.socle.contexte import contexte

    with contexte((compte or de.groupe.coordonnatrice).pk):
        return composer(PlanDeSortie.objects.get(pk=de.plan.pk), ici(de.groupe.cle))


# --- Opening ---------------------------------------------------------------------------------------


def test_un_membre_judiciaire_ouvre_le_plan_et_un_fait_anonyme_le_compte(fabrique):
    de = une_sortie(dans=40)
    with fabrique():
        fait = FaitStatistique.objects.get(evenement="plan_de_sortie")
        assert (fait.origine, fait.issue, fait.delai_jours) == ("prison", "ouvert", 40)
        assert fait.fil == de.situation.fil
        assert EntreeJournal.objects.filter(
            evenement="plan_de_sortie_ouvert", objet=str(de.situation.public_id)
        ).exists()


def test_un_autre_membre_n_ouvre_pas_avant_qu_un_membre_judiciaire_ait_parle(fabrique, au_nom_de):
    groupe, conseiller = un_groupe_judiciaire()
    situation = une_situation(groupe)
    fin = situation.ouverte_le + 30 * UN_JOUR
    demande = {"situation": situation.public_id, "origine": "prison", "fin_prevue_le": fin}
    with au_nom_de(groupe.membre), pytest.raises(Refus) as refus:
        sortie.ouvrir_plan(**demande)
    assert codes(refus) == {"judiciaire_reserve"}
    with fabrique():
        assert not PlanDeSortie.objects.exists()
    with au_nom_de(conseiller):
        suivi.partager_element(
            situation=situation.public_id, categorie="nature_suivi_judiciaire", precision="Détention"
        )
    with au_nom_de(groupe.membre):
        assert sortie.ouvrir_plan(**demande).pk


def test_sans_siege_judiciaire_aucune_fin_de_mesure_ne_se_prepare(au_nom_de, fabrique):
    groupe = un_groupe()
    situation = une_situation(groupe)
    with au_nom_de(groupe.coordonnatrice), pytest.raises(Refus) as refus:
        sortie.ouvrir_plan(
            situation=situation.public_id, origine="cef", fin_prevue_le=situation.ouverte_le + UN_JOUR
        )
    assert codes(refus) == {"judiciaire_absent"}
    assert not refus.value.verdict.motifs[0].levee_possible
    with fabrique():
        assert not PlanDeSortie.objects.exists()


def test_un_plan_s_ouvre_avant_la_fin_et_un_seul_a_la_fois(au_nom_de):
    de = une_sortie()
    with au_nom_de(de.conseiller), pytest.raises(Refus) as refus:
        sortie.ouvrir_plan(
            situation=de.cle, origine="ailleurs", fin_prevue_le=de.situation.ouverte_le - UN_JOUR
        )
    assert codes(refus) == {"plan_en_cours", "origine_hors_liste", "fin_passee"}


def test_un_membre_d_un_autre_groupe_ne_trouve_rien_et_rien_ne_change(au_nom_de, fabrique):
    de = une_sortie()
    etape = de.prevoir("emploi", "mission_locale", 5)
    ailleurs, conseiller = un_groupe_judiciaire()
    for compte in (ailleurs.coordonnatrice, conseiller):
        with au_nom_de(compte):
            for acte in (
                lambda: sortie.prevoir_etape(situation=de.cle, domaine="droits", acteur="ccas"),
                lambda: sortie.confirmer_etape(
                    situation=de.cle, etape=etape.public_id, version=1, effective_le=de.situation.ouverte_le
                ),
                lambda: sortie.deplacer_fin(
                    situation=de.cle, version=1, vers=de.fin + UN_JOUR, motif="correction"
                ),
                lambda: sortie.clore_plan(situation=de.cle, version=1),
            ):
                with pytest.raises(Introuvable):
                    acte()
    with fabrique():
        assert EtapeDeSortie.objects.count() == 1
        assert PlanDeSortie.objects.get().version == 1
        assert not FinDeplacee.objects.exists()


def test_l_etape_d_un_autre_plan_est_introuvable(au_nom_de, fabrique):
    ou = un_groupe_judiciaire()
    un, autre = une_sortie(ou=ou), une_sortie(ou=ou)
    etape = autre.prevoir("emploi", "mission_locale", 5)
    with au_nom_de(un.groupe.coordonnatrice), pytest.raises(Introuvable):
        sortie.abandonner_etape(situation=un.cle, etape=etape.public_id, version=1)
    with fabrique():
        etape.refresh_from_db()
        assert etape.etat == "prevue"


# --- Steps and gaps --------------------------------------------------------------------------------


def test_une_sortie_dont_chaque_domaine_a_un_relais_le_lendemain_n_a_pas_de_trou():
    de = une_sortie()
    assert {trou.domaine for trou in vu(de).continuite.trous} == set(DOMAINES)
    de.combler()
    assert vu(de).continuite.continue_


def test_le_trou_se_voit_se_comble_et_disparait(au_nom_de):
    de = une_sortie()
    de.combler(sauf="hebergement")
    etape = de.prevoir("hebergement", "siao", 13)
    (trou,) = vu(de).continuite.trous
    assert (trou.domaine, trou.jours, trou.du) == ("hebergement", 12, de.fin + UN_JOUR)
    with au_nom_de(de.groupe.coordonnatrice):
        sortie.modifier_etape(
            situation=de.cle,
            etape=etape.public_id,
            version=1,
            acteur="siao",
            prevue_le=de.fin + UN_JOUR,
        )
    assert vu(de).continuite.continue_


def test_un_motif_ferme_un_domaine_sauf_si_le_besoin_demeure(au_nom_de):
    de = une_sortie()
    de.combler(sauf="famille")
    with au_nom_de(de.groupe.coordonnatrice):
        etape = sortie.noter_sans_relais(situation=de.cle, domaine="famille", raison="sans_offre")
    assert [trou.domaine for trou in vu(de).continuite.trous] == ["famille"]
    with au_nom_de(de.groupe.coordonnatrice):
        with pytest.raises(Refus) as refus:
            sortie.noter_sans_relais(situation=de.cle, domaine="famille", raison="sans_besoin")
        assert codes(refus) == {"domaine_deja_tenu"}
        sortie.abandonner_etape(situation=de.cle, etape=etape.public_id, version=1)
        sortie.noter_sans_relais(situation=de.cle, domaine="famille", raison="sans_besoin")
    assert vu(de).continuite.continue_


def test_un_acteur_d_un_autre_domaine_ou_un_organisme_d_un_autre_genre_est_refuse(au_nom_de, fabrique):
    de = une_sortie()
    ailleurs = creer_organisme("Bailleur", "bailleur")
    with au_nom_de(de.groupe.coordonnatrice):
        with pytest.raises(Refus) as refus:
            sortie.prevoir_etape(situation=de.cle, domaine="famille", acteur="siao")
        assert codes(refus) == {"acteur_hors_liste"}
        for organisme in (ailleurs.public_id, uuid4()):
            with pytest.raises(Refus) as refus:
                sortie.prevoir_etape(
                    situation=de.cle, domaine="hebergement", acteur="siao", organisme=organisme
                )
            assert codes(refus) == {"organisme_hors_annuaire"}
        with pytest.raises(Refus) as refus:
            sortie.prevoir_etape(
                situation=de.cle, domaine="emploi", acteur="iae", prevue_le=de.fin, fin_le=de.fin - UN_JOUR
            )
        assert codes(refus) == {"dates_inversees"}
    with fabrique():
        assert not EtapeDeSortie.objects.exists()


def test_une_etape_se_confirme_un_jour_passe_et_se_reprend(au_nom_de):
    de = une_sortie()
    etape = de.prevoir("droits", "ccas", -35)
    jour = de.situation.ouverte_le
    with au_nom_de(de.groupe.coordonnatrice):
        with pytest.raises(Refus) as refus:
            sortie.confirmer_etape(
                situation=de.cle, etape=etape.public_id, version=1, effective_le=jour + UN_JOUR
            )
        assert codes(refus) == {"date_future"}
        sortie.confirmer_etape(situation=de.cle, etape=etape.public_id, version=1, effective_le=jour)
        with pytest.raises(Refus) as refus:
            sortie.confirmer_etape(situation=de.cle, etape=etape.public_id, version=1, effective_le=jour)
        assert codes(refus) == {"passage_impossible"}
        sortie.reprendre_etape(situation=de.cle, etape=etape.public_id, version=2)
        etape.refresh_from_db()
        assert (etape.etat, etape.effective_le) == ("prevue", None)


def test_une_saisie_perimee_ne_change_rien(au_nom_de):
    de = une_sortie()
    etape = de.prevoir("emploi", "iae", 3)
    with au_nom_de(de.groupe.coordonnatrice):
        sortie.modifier_etape(situation=de.cle, etape=etape.public_id, version=1, acteur="formation")
        with pytest.raises(Refus) as refus:
            sortie.modifier_etape(situation=de.cle, etape=etape.public_id, version=1, acteur="iae")
        etape.refresh_from_db()
    assert refus.value.statut == 409
    assert etape.acteur == "formation"


def test_la_fin_deplacee_recompte_les_trous_et_garde_l_histoire(au_nom_de):
    de = une_sortie()
    de.combler()
    with au_nom_de(de.groupe.coordonnatrice):
        sortie.deplacer_fin(situation=de.cle, version=1, vers=de.fin - 10 * UN_JOUR, motif="reduction")
        (gardee,) = FinDeplacee.objects.all()
    assert (gardee.de, gardee.vers, gardee.pire_avant, gardee.pire_apres) == (
        de.fin,
        de.fin - 10 * UN_JOUR,
        0,
        10,
    )
    assert {trou.jours for trou in vu(de).continuite.trous} == {10}


# --- Closing ---------------------------------------------------------------------------------------


def test_un_plan_ne_se_clot_qu_apres_la_mesure_avec_une_reponse_par_domaine(au_nom_de, fabrique):
    de = une_sortie(dans=0)
    with au_nom_de(de.groupe.coordonnatrice):
        with pytest.raises(Refus) as refus:
            sortie.clore_plan(situation=de.cle, version=1)
        assert "mesure_en_cours" in codes(refus)
        assert {f"domaine_{etat}" for etat in ("vide",)} <= codes(refus)
        sortie.constater_fin(situation=de.cle, version=1, le=de.fin - UN_JOUR)
        for domaine in DOMAINES[1:]:
            sortie.noter_sans_relais(situation=de.cle, domaine=domaine, raison="sans_besoin")
        etape = sortie.prevoir_etape(situation=de.cle, domaine="hebergement", acteur="siao", prevue_le=de.fin)
        with pytest.raises(Refus) as refus:
            sortie.clore_plan(situation=de.cle, version=2)
        assert codes(refus) == {"domaine_a_confirmer"}
        sortie.confirmer_etape(situation=de.cle, etape=etape.public_id, version=1, effective_le=de.fin)
        sortie.clore_plan(situation=de.cle, version=2)
        with pytest.raises(Introuvable):
            sortie.prevoir_etape(situation=de.cle, domaine="emploi", acteur="iae")
    with fabrique():
        assert PlanDeSortie.objects.get().etat == "clos"
        issues = FaitStatistique.objects.filter(evenement="plan_de_sortie").values_list("issue", flat=True)
        assert sorted(issues) == ["ouvert", "sans_trou"]


# --- Who reads what --------------------------------------------------------------------------------


def test_qui_soigne_reste_cache_a_qui_n_a_pas_a_le_savoir():
    de = une_sortie()
    de.combler()
    de.prevoir("droits", "pad", 2)
    ouvert, cache = vu(de, de.conseiller), vu(de, de.groupe.membre)
    soins = next(d for d in ouvert.domaines if d.code == "soins")
    assert soins.libelle == "Accès aux soins"
    assert soins.etapes[0].qui == "CSAPA"
    soins = next(d for d in cache.domaines if d.code == "soins")
    assert (soins.libelle, soins.etapes[0].qui) == (DOMAINE_NEUTRE, NOM_MASQUE)
    droits = next(d for d in cache.domaines if d.code == "droits")
    assert [etape.qui for etape in droits.etapes] == ["CCAS ou CIAS", NOM_MASQUE]


# --- The day ---------------------------------------------------------------------------------------


def test_le_trou_est_dit_au_referent_avant_d_arriver_et_plus_une_fois_comble(au_nom_de):
    de = une_sortie(dans=40)
    jour = de.situation.ouverte_le
    with au_nom_de(de.groupe.coordonnatrice):
        referents.designer_referent(
            situation=de.cle,
            referent=de.groupe.membre.public_id,
            profession="educateur_specialise",
            depuis=jour,
        )
    de.combler(sauf="hebergement")
    etape = de.prevoir("hebergement", "siao", 13)

    def dues(compte):
        with au_nom_de(compte):
            lues = echeances(jour=jour, horizon=jour + 14 * UN_JOUR, depuis=jour)
            return [tache for tache in taches(lues, jour) if "relais" in tache.titre]

    (tache,) = dues(de.groupe.membre)
    assert tache.titre == "Trouver un relais pour Théo M. : hébergement"
    assert tache.le == de.fin + UN_JOUR - 30 * UN_JOUR
    assert "12\u00a0jours sans relais" in tache.pourquoi
    assert len(dues(de.groupe.coordonnatrice)) == 1
    # Another member of the groupe reads the file and is not asked.
    assert dues(de.conseiller) == []
    with au_nom_de(de.groupe.coordonnatrice):
        sortie.modifier_etape(
            situation=de.cle, etape=etape.public_id, version=1, acteur="siao", prevue_le=de.fin + UN_JOUR
        )
    assert dues(de.groupe.membre) == []


def test_un_relais_dont_le_jour_est_venu_est_a_confirmer(au_nom_de):
    de = une_sortie(dans=5)
    de.combler()
    de.prevoir("emploi", "iae", -5)
    jour = de.situation.ouverte_le
    with au_nom_de(de.groupe.coordonnatrice):
        lues = echeances(jour=jour, horizon=jour + 14 * UN_JOUR, depuis=jour)
        genres = [due.genre for due in lues]
    assert genres.count("relais_a_confirmer") == 6
    assert genres.count("fin_de_mesure") == 1


# --- The end ---------------------------------------------------------------------------------------


def test_le_plan_est_efface_avec_la_situation_et_ses_chiffres_restent(au_nom_de, fabrique, horloge):
    from datetime import UTC, datetime, time

    de = une_sortie()
    de.combler()
    with au_nom_de(de.groupe.coordonnatrice):
        sortie.deplacer_fin(situation=de.cle, version=1, vers=de.fin + UN_JOUR, motif="correction")
        cloture.clore(situation=de.cle, version=1, issue="objectifs_atteints", le=de.situation.ouverte_le)
    with fabrique():
        de.situation.refresh_from_db()
    horloge(datetime.combine(de.situation.expire_le, time(12), tzinfo=UTC))
    certificat = purger(de.situation.expire_le)
    assert certificat.lignes["etapedesortie"] == 5
    with fabrique():
        for modele in (PlanDeSortie, EtapeDeSortie, FinDeplacee):
            assert not modele.objects.exists()
        assert FaitStatistique.objects.filter(evenement="plan_de_sortie").count() == 1
