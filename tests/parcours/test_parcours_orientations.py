"""From the proposal to what follows: who may, in what order, and what is counted."""

from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from tests.parcours.decor_orientations import (
    CONVENTION,
    accepter,
    commencee,
    enoncer_une_peine,
    proposer,
    transmettre,
    un_decor,
    une_participation,
    vers_l_offre,
)
from tests.situations.fabriques import seance_avec_decision, un_groupe

from maillage.parcours.accueils import ouvrir
from maillage.parcours.models import (
    Accueil,
    Orientation,
    Participation,
    PeineEnoncee,
    PhaseSuivie,
    Place,
    Presence,
)
from maillage.parcours.rules.pmsmp import Objet
from maillage.parcours.services import conservation, orientations, participations, suites
from maillage.parcours.services.levees import lever
from maillage.parcours.services.orientations import Transmission
from maillage.situations.services.conservation import purger
from maillage.socle.models import EntreeJournal, FaitStatistique
from maillage.socle.refus import Introuvable, Refus
from maillage.socle.temps import aujourd_hui

pytestmark = pytest.mark.django_db


def codes(refus: pytest.ExceptionInfo[Refus]) -> set[str]:
    return set(refus.value.verdict.codes)


def test_seul_le_referent_propose_et_un_autre_membre_du_groupe_ne_le_peut_pas(au_nom_de, fabrique):
    decor = un_decor()
    autre = decor.groupe.ajouter("mission_locale")
    with pytest.raises(Refus) as refus:
        proposer(decor, par=autre)
    assert codes(refus) == {"proposition_du_referent"}
    with fabrique():
        assert Orientation.objects.count() == 0
    proposer(decor)
    with fabrique():
        assert Orientation.objects.get().etat == "proposee"


def test_ce_que_la_seance_decide_se_complete_une_seule_fois(au_nom_de):
    decor = un_decor()
    coordonnatrice = decor.groupe.coordonnatrice
    with pytest.raises(Refus):
        proposer(decor, par=coordonnatrice)
    seance_avec_decision(
        decor.groupe, decor.situation.public_id, "orienter", genre="situation", precision="mission_locale"
    )
    le = aujourd_hui()
    ecrite = proposer(decor, par=coordonnatrice, destination="mission_locale", decidee_le=le)
    assert (ecrite.destination, ecrite.decidee_le) == ("mission_locale", le)
    with pytest.raises(Refus) as refus:
        proposer(decor, par=coordonnatrice, destination="mission_locale", decidee_le=le)
    assert codes(refus) == {"deja_oriente"}


def test_rien_n_est_remis_avant_l_accord_date_de_la_personne(fabrique):
    decor = un_decor()
    orientation = proposer(decor)
    with pytest.raises(Refus) as refus:
        transmettre(decor, orientation)
    assert "accord_manquant" in codes(refus)
    with fabrique():
        assert Participation.objects.count() == Accueil.objects.count() == Place.objects.count() == 0


def test_un_refus_de_la_personne_ferme_l_orientation(au_nom_de):
    decor = un_decor()
    orientation = proposer(decor)
    with au_nom_de(decor.referent):
        orientations.noter_reponse(
            orientation=orientation.public_id, version=1, accepte=False, le=orientation.proposee_le
        )
        orientation.refresh_from_db()
    assert orientation.etat == "refusee_par_la_personne"
    with pytest.raises(Refus):
        transmettre(decor, orientation)


def test_une_seule_participation_ouverte_par_orientation_et_une_place_prise(fabrique):
    decor = un_decor()
    orientation = accepter(decor, proposer(decor))
    transmettre(decor, orientation)
    orientation.version += 1
    with pytest.raises(Refus) as refus:
        transmettre(decor, orientation)
    assert "participation_en_cours" in codes(refus)
    with fabrique():
        assert Participation.objects.count() == Place.objects.count() == 1


def test_la_porte_remet_le_minimum_et_le_groupe_ne_le_relit_pas(au_nom_de):
    decor = un_decor()
    une_participation(decor)
    with au_nom_de(decor.referent):
        assert Accueil.objects.count() == 0
    with au_nom_de(decor.prestataire):
        recu = Accueil.objects.get()
        assert b"Zucanari" not in bytes(recu.scelle)
        assert ouvrir([recu])[recu.public_id].nom.startswith("Zucanari")
        assert Orientation.objects.count() == 0
        assert PhaseSuivie.objects.count() == 0


def test_un_dispositif_sensible_se_dit_au_lieu_d_accueil_en_mots_neutres(au_nom_de):
    decor = un_decor("tapaj")
    une_participation(decor)
    with au_nom_de(decor.prestataire):
        recu = Accueil.objects.get()
        assert ouvrir([recu])[recu.public_id].intitule == "Travail à la journée, accompagné"


def test_le_parcours_pmsmp_va_de_la_transmission_a_l_emploi(au_nom_de, fabrique):
    decor = un_decor()
    lue = commencee(decor)
    with au_nom_de(decor.prestataire):
        participations.noter_presence(
            participation=lue.public_id, le=lue.commencee_le, etat="present", heures=Decimal(7)
        )
        participations.terminer(
            participation=lue.public_id, version=lue.version, resultat="cdd", le=lue.commencee_le
        )
    with au_nom_de(decor.referent):
        orientation = Orientation.objects.get()
        orientations.decider_retour(
            orientation=orientation.public_id,
            version=orientation.version,
            suite="droit_commun",
            le=lue.commencee_le,
        )
        orientation.refresh_from_db()
    assert orientation.etat == "retour"
    with fabrique():
        faits = FaitStatistique.objects.filter(genre="pmsmp").order_by("pk")
        assert list(faits.values_list("evenement", "issue")) == [
            ("proposition", ""),
            ("participation", ""),
            ("fin_participation", "cdd"),
        ]
        assert {fait.fil for fait in faits} == {decor.situation.fil}


def test_ce_que_le_lieu_ecrit_se_compte_dans_l_acte_et_une_seule_fois(au_nom_de, fabrique):
    decor = un_decor(capacite=1)
    lue = commencee(decor)
    with fabrique():
        debut = FaitStatistique.objects.get(evenement="participation")
    assert (debut.fil, debut.genre, debut.delai_jours) == (decor.situation.fil, "pmsmp", 0)
    with au_nom_de(decor.prestataire):
        participations.terminer(
            participation=lue.public_id, version=lue.version, resultat="cdi", le=lue.commencee_le
        )
    with fabrique():
        fin = FaitStatistique.objects.get(evenement="fin_participation")
        assert (fin.fil, fin.issue, fin.instance) == (debut.fil, "cdi", debut.instance)
        assert Place.objects.get().au == lue.commencee_le
        suites.regulariser(lue.pk)
    assert suites.tout_regulariser() == 0
    with fabrique():
        assert FaitStatistique.objects.filter(evenement__contains="participation").count() == 2


def test_compter_pour_un_autre_ne_rend_rien_et_ne_compte_que_ce_qui_est_arrive(au_nom_de, fabrique):
    """The function answers alike for a hidden row, an absent one, and one where nothing happened."""
    lue, ailleurs = une_participation(un_decor()), un_decor(groupe=un_groupe())
    with fabrique():
        avant = FaitStatistique.objects.count()
    with au_nom_de(ailleurs.prestataire), connection.cursor() as curseur:
        for cle in (lue.pk, 999_999):
            curseur.execute("SELECT socle.compter_participation(%s)", [cle])
            assert curseur.fetchall() == [("",)]
    with fabrique():
        assert FaitStatistique.objects.count() == avant
        assert Participation.objects.get(pk=lue.pk).version == 1


def test_ce_qui_n_a_pas_ete_compte_l_est_au_passage_du_jour(fabrique):
    lue = commencee(un_decor())
    with fabrique():
        FaitStatistique.objects.filter(evenement="participation").delete()
        Participation.objects.update(compte_debut=False)
    assert suites.tout_regulariser() == 1
    assert suites.tout_regulariser() == 0
    with fabrique():
        assert FaitStatistique.objects.filter(evenement="participation").count() == 1
        assert Participation.objects.get(pk=lue.pk).version == lue.version


def test_une_fin_dit_toujours_un_resultat_ou_une_cause(au_nom_de, fabrique):
    decor = un_decor()
    lue = commencee(decor)
    with au_nom_de(decor.prestataire):
        with pytest.raises(Refus) as refus:
            participations.terminer(
                participation=lue.public_id, version=lue.version, resultat="", le=lue.commencee_le
            )
        assert codes(refus) == {"resultat_manquant"}
        with pytest.raises(Refus) as refus:
            participations.abandonner(
                participation=lue.public_id, version=lue.version, cause="paresse", le=lue.commencee_le
            )
        assert codes(refus) == {"cause_manquante"}
    with fabrique():
        assert Participation.objects.get().etat == "commencee"


def test_tapaj_borne_les_heures_de_la_premiere_phase_et_paie_le_jour_meme(au_nom_de):
    decor = un_decor("tapaj")
    lue = commencee(decor)
    jour = lue.commencee_le
    with au_nom_de(decor.referent):
        participations.passer_phase(
            participation=lue.public_id, version=lue.version, code="premiere", le=jour
        )
    with au_nom_de(decor.prestataire):
        with pytest.raises(Refus) as refus:
            participations.noter_presence(
                participation=lue.public_id, le=jour, etat="present", heures=Decimal(6)
            )
        assert codes(refus) == {"heures_du_jour"}
        notee = participations.noter_presence(
            participation=lue.public_id, le=jour, etat="present", heures=Decimal(4)
        )
        with pytest.raises(Refus) as refus:
            participations.payer(presence=notee.public_id, version=1, le=jour + timedelta(days=1))
        assert codes(refus) == {"date_de_paie"}
        participations.payer(presence=notee.public_id, version=1, le=jour)
        notee.refresh_from_db()
    assert notee.paye_le == jour


def test_la_limite_d_heures_est_un_usage_que_le_groupe_peut_ecarter(au_nom_de):
    decor = un_decor("tapaj")
    lue = commencee(decor)
    jour = lue.commencee_le
    with au_nom_de(decor.referent):
        participations.passer_phase(
            participation=lue.public_id, version=lue.version, code="premiere", le=jour
        )
    with au_nom_de(decor.groupe.coordonnatrice):
        suivie = participations.participation_a_modifier(lue.public_id)
        verdict = participations.juger_presence(suivie, le=jour, etat="present", heures=Decimal(6))
        lever(
            situation=decor.situation.public_id,
            objet=lue.public_id,
            regle=participations.REGLE_PRESENCE,
            verdict=verdict,
            code="heures_du_jour",
            raison="decision_groupe",
            empreinte=participations.empreinte_des_jours(suivie.participation),
        )
        notee = participations.noter_presence(
            participation=lue.public_id, le=jour, etat="present", heures=Decimal(6)
        )
    assert notee.heures == 6


def test_le_tig_ne_depasse_jamais_le_total_prononce_et_personne_ne_peut_l_ecarter(au_nom_de, fabrique):
    decor = un_decor("tig", genre="commune", heures=20)
    lue = commencee(decor)
    with au_nom_de(decor.prestataire), pytest.raises(Refus) as refus:
        participations.noter_presence(
            participation=lue.public_id, le=lue.commencee_le, etat="present", heures=Decimal(21)
        )
    assert codes(refus) == {"heures_au_dela"}
    assert not refus.value.verdict.motifs[0].levee_possible
    with fabrique():
        assert Presence.objects.count() == 0


def test_des_heures_ne_se_disent_executees_que_si_la_feuille_les_porte_toutes(au_nom_de, fabrique):
    decor = un_decor("tig", genre="commune", heures=20)
    lue = commencee(decor)

    def finir(version: int) -> None:
        participations.terminer(
            participation=lue.public_id, version=version, resultat="heures_executees", le=lue.commencee_le
        )

    with au_nom_de(decor.prestataire), pytest.raises(Refus) as refus:
        finir(lue.version)
    assert codes(refus) == {"heures_restantes"}
    with fabrique():
        assert Participation.objects.get().etat == "commencee"
    with au_nom_de(decor.prestataire):
        participations.noter_presence(
            participation=lue.public_id, le=lue.commencee_le, etat="present", heures=Decimal(20)
        )
        finir(Participation.objects.get().version)
        assert Participation.objects.get().etat == "terminee"


def test_le_tig_garde_les_bornes_de_la_loi_des_qu_il_est_enonce(fabrique):
    decor = un_decor("tig", genre="commune")
    for heures, code in ((19, "heures_min"), (401, "heures_max")):
        with pytest.raises(Refus) as refus:
            enoncer_une_peine(decor, heures=heures)
        assert codes(refus) == {code}
    with fabrique():
        assert [peine.heures for peine in PeineEnoncee.objects.all()] == [40]


def test_un_tig_chez_une_entreprise_sans_habilitation_est_refuse():
    decor = un_decor("tig", genre="entreprise")
    orientation = accepter(decor, proposer(decor, "tig"))
    with pytest.raises(Refus) as refus:
        transmettre(decor, orientation)
    assert codes(refus) == {"accueil_non_habilite"}


def test_la_pmsmp_est_jugee_sur_ce_que_la_personne_a_deja_fait_dans_ce_cercle(au_nom_de):
    decor = un_decor()
    lue = commencee(decor)
    with au_nom_de(decor.referent):
        participations.terminer(
            participation=lue.public_id, version=lue.version, resultat="projet_confirme", le=lue.commencee_le
        )
    encore = accepter(decor, proposer(decor))
    with pytest.raises(Refus) as refus:
        transmettre(decor, encore)
    assert codes(refus) == {"nombre_conventions_12_mois"}
    transmettre(decor, encore, objet=Objet.CONFIRMATION.value)


def test_une_pmsmp_sans_convention_complete_n_est_pas_transmise():
    decor = un_decor()
    orientation = accepter(decor, proposer(decor))
    incomplete = CONVENTION.__class__("mission_locale", False, False, ("beneficiaire",))
    with pytest.raises(Refus) as refus:
        transmettre(decor, orientation, pmsmp=incomplete)
    assert codes(refus) == {"tuteur_absent", "partie_manquante"}


def test_l_age_du_dispositif_est_juge_au_premier_jour_prevu():
    decor = un_decor("smv", age=16)
    orientation = accepter(decor, proposer(decor, "smv"))
    with pytest.raises(Refus) as refus:
        transmettre(decor, orientation)
    assert "age_min" in codes(refus)


def test_un_lieu_qui_decline_laisse_l_orientation_ouverte_et_rend_la_place(au_nom_de, fabrique):
    decor = un_decor(capacite=1)
    lue = une_participation(decor)
    with au_nom_de(decor.prestataire):
        participations.decliner(
            participation=lue.public_id, version=1, cause="plus_de_place", le=lue.transmise_le
        )
    with fabrique():
        refuse = FaitStatistique.objects.get(genre="pmsmp", evenement="refus_accueil")
        assert (refuse.motif, refuse.issue, refuse.delai_jours) == ("plus_de_place", "", 0)
        assert FaitStatistique.objects.filter(genre="pmsmp").count() == 2
        orientation = Orientation.objects.get()
        assert orientation.etat == "transmise"
    transmettre(decor, orientation)
    with fabrique():
        assert Participation.objects.count() == 2


def test_sans_compte_au_lieu_d_accueil_le_referent_ecrit_a_sa_place(au_nom_de):
    decor = un_decor()
    orientation = accepter(decor, proposer(decor))
    with au_nom_de(decor.referent):
        lue = orientations.transmettre(
            orientation=orientation.public_id,
            version=orientation.version,
            vers=Transmission(
                organisme=decor.groupe.membre.organisme.public_id,
                debut=aujourd_hui(),
                fin=aujourd_hui(),
                objet="decouverte",
                pmsmp=CONVENTION,
            ),
        )
        assert lue.cercle_prestataire_id is None
        participations.accuser_reception(participation=lue.public_id, version=1, le=lue.transmise_le)
        participations.commencer(participation=lue.public_id, version=2, le=lue.transmise_le)
        participations.noter_presence(
            participation=lue.public_id, le=lue.transmise_le, etat="present", heures=Decimal(7)
        )


def test_le_lieu_d_accueil_n_ecrit_ni_phase_ni_bilan_de_mesure(au_nom_de):
    decor = un_decor("tapaj")
    lue = commencee(decor)
    with au_nom_de(decor.prestataire):
        for acte in (
            lambda: participations.passer_phase(
                participation=lue.public_id, version=lue.version, code="premiere", le=lue.commencee_le
            ),
            lambda: participations.noter_bilan(
                participation=lue.public_id,
                version=lue.version,
                evaluation_le=None,
                reunion_le=lue.commencee_le,
                apres="",
            ),
        ):
            with pytest.raises(Refus) as refus:
                acte()
            assert refus.value.statut == 403


def test_un_membre_d_un_autre_groupe_ne_trouve_ni_orientation_ni_participation(au_nom_de, fabrique):
    decor = un_decor()
    lue = une_participation(decor)
    voisin = un_groupe()
    with au_nom_de(voisin.membre):
        assert Orientation.objects.count() == Participation.objects.count() == 0
        with pytest.raises(Introuvable):
            participations.accuser_reception(participation=lue.public_id, version=1, le=lue.transmise_le)
        with pytest.raises(Introuvable):
            orientations.noter_reponse(
                orientation=lue.public_id, version=1, accepte=True, le=lue.transmise_le
            )
    with fabrique():
        assert Participation.objects.get().etat == "transmise"


def test_un_autre_lieu_d_accueil_ne_trouve_rien(au_nom_de):
    decor = un_decor()
    lue = une_participation(decor)
    ailleurs = un_decor(groupe=decor.groupe)
    une_participation(ailleurs)
    with au_nom_de(ailleurs.prestataire):
        assert Accueil.objects.count() == Participation.objects.count() == 1
        with pytest.raises(Introuvable):
            participations.decliner(
                participation=lue.public_id, version=1, cause="dates", le=lue.transmise_le
            )


def test_l_identite_remise_s_efface_apres_la_fin_et_le_reste_avec_la_situation(au_nom_de, fabrique, horloge):
    decor = un_decor()
    lue = commencee(decor)
    with au_nom_de(decor.prestataire):
        participations.terminer(
            participation=lue.public_id, version=lue.version, resultat="cdd", le=lue.commencee_le
        )
    assert conservation.purger_accueils() == 0
    horloge(datetime.combine(conservation.efface_le(lue.commencee_le), time(12, tzinfo=UTC)))
    assert conservation.purger_accueils() == 1
    with fabrique():
        assert Accueil.objects.count() == 0
        assert Participation.objects.count() == 1
        decor.situation.refresh_from_db()
    horloge(datetime.combine(decor.situation.expire_le, time(12, tzinfo=UTC)))
    purger()
    with fabrique():
        assert Orientation.objects.count() == Participation.objects.count() == Presence.objects.count() == 0
        assert FaitStatistique.objects.filter(evenement="fin_participation").count() == 1
        assert EntreeJournal.objects.filter(evenement="destruction").count() == 2


def test_le_journal_ne_tient_que_des_codes(au_nom_de, fabrique):
    decor = un_decor()
    commencee(decor)
    with fabrique():
        ecrites = str(list(EntreeJournal.objects.values_list("evenement", "objet", "details")))
    assert "identite_remise" in ecrites
    assert "Zucanari" not in ecrites


def test_le_dernier_jour_d_accuse_vient_du_parametre():
    decor = un_decor()
    lue = une_participation(decor)
    assert lue.accuse_avant == lue.transmise_le + timedelta(days=10)
    assert vers_l_offre(decor).debut == lue.debut_prevu
