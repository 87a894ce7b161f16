"""What commands write, refuse and count."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from tests.instances.fabriques import membre
from tests.situations.fabriques import (
    decider,
    personne,
    seance_avec_decision,
    signaler,
    un_groupe,
    une_situation,
)

from maillage.droit.api import echeance_mois
from maillage.instances.models.seance import Seance
from maillage.situations import identites
from maillage.situations.models import (
    Bilan,
    Contact,
    Designation,
    Element,
    Lettre,
    Objectif,
    Signalement,
    Situation,
)
from maillage.situations.services import cloture, referents, suivi
from maillage.situations.services.ouverture import ouvrir_situation
from maillage.situations.services.signalements import decider_du_signalement, faire_signalement
from maillage.socle.models import EntreeJournal, FaitStatistique
from maillage.socle.refus import Introuvable, Refus
from maillage.socle.temps import FUSEAU_METROPOLE

pytestmark = pytest.mark.django_db


def codes(refus: pytest.ExceptionInfo[Refus]) -> set[str]:
    return {motif.code for motif in refus.value.verdict.motifs}


def test_un_signalement_porte_sa_date_d_effacement_et_compte_un_fait_anonyme(fabrique):
    ici = un_groupe()
    cree = signaler(ici)

    assert cree.etat == "recu"
    assert cree.expire_le == echeance_mois(cree.recu_le, 1)
    with fabrique():
        fait = FaitStatistique.objects.get(evenement="signalement")
        entree = EntreeJournal.objects.get(evenement="signalement")
    assert (fait.motif, fait.tranche_age, fait.sexe, fait.fil) == (
        "absences_repetees",
        "de_16_a_17",
        "M",
        cree.fil,
    )
    assert fait.mois == cree.recu_le.replace(day=1)
    assert entree.objet == str(cree.public_id)
    assert "Maravalle" not in str(entree.details)


def test_un_signalement_attend_la_seance_prevue_sans_etre_efface_avant(fabrique):
    ici = un_groupe()
    prevue = datetime.now(UTC) + timedelta(days=40)
    with fabrique():
        Seance.objects.create(
            formation=ici.formation,
            numero=1,
            modele="ordinaire",
            commence_le=prevue,
            lieu="Mairie",
            preparee_par=ici.coordonnatrice,
        )
    assert signaler(ici).expire_le == echeance_mois(prevue.astimezone(FUSEAU_METROPOLE).date(), 1)


def test_rien_ne_depasse_le_vingt_cinquieme_anniversaire(fabrique):
    ici = un_groupe()
    demain_25 = datetime.now(UTC).date() + timedelta(days=10)
    qui = personne(naissance=demain_25.replace(year=demain_25.year - 25))
    assert signaler(ici, qui=qui, motif="sans_solution").expire_le == demain_25


@pytest.mark.parametrize(
    ("champs", "code"),
    [
        ({"motif": "origine_supposee"}, "motif_inconnu"),
        ({"motif": "violences_couple"}, "motif_hors_volet"),
        ({"origine": "une voisine"}, "origine_inconnue"),
        ({"motif": "suivi_judiciaire", "exposition": "recidive"}, "judiciaire_sans_siege"),
        ({"origine": "spip"}, "judiciaire_reserve"),
        ({"texte": "Suivi au CMP depuis l’été."}, "garde_sante"),
        ({"texte": "Son père est en prison."}, "garde_histoire_familiale"),
    ],
)
def test_un_signalement_refuse_ce_que_la_loi_refuse(fabrique, champs, code):
    ici = un_groupe()
    with pytest.raises(Refus) as refus:
        signaler(ici, **champs)
    assert code in codes(refus)
    assert refus.value.statut == 422
    with fabrique():
        assert not Signalement.objects.exists()
        assert not FaitStatistique.objects.exists()


def test_un_membre_judiciaire_enonce_un_suivi_la_ou_il_siege(fabrique):
    ici = un_groupe()
    pjj = ici.ajouter("pjj", sensible=True)
    with pytest.raises(Refus) as refus:
        signaler(ici, motif="suivi_judiciaire", exposition="recidive", origine="pjj")
    assert codes(refus) == {"judiciaire_reserve"}
    cree = signaler(ici, pjj, motif="suivi_judiciaire", exposition="recidive", origine="pjj", texte="")
    assert cree.exposition == "recidive"


def test_le_membre_d_un_autre_groupe_ne_signale_pas_ici(fabrique):
    ici, la_bas = un_groupe(), un_groupe()
    with pytest.raises(Introuvable):
        signaler(ici, la_bas.membre)
    with fabrique():
        assert not Signalement.objects.exists()


def test_une_naissance_inconnue_demande_la_tranche_d_age(fabrique):
    ici = un_groupe()
    with pytest.raises(Refus) as refus:
        signaler(ici, qui=personne(naissance=None))
    assert codes(refus) == {"tranche_inconnue"}
    cree = signaler(ici, qui=personne(naissance=None), tranche="de_12_a_15")
    assert cree.tranche_age == "de_12_a_15"


def test_reconnaitre_une_personne_ne_l_enregistre_pas_deux_fois(fabrique, au_nom_de):
    ici = un_groupe()
    premier = signaler(ici)
    with fabrique():
        connue = premier.identite.public_id
    with au_nom_de(ici.membre):
        second = faire_signalement(
            cercle=ici.cercle,
            personne=personne(),
            exposition="delinquance",
            motif="decrochage",
            origine="mission_locale",
            rapprocher_de=connue,
        )
    assert second.identite_id == premier.identite_id


def test_le_groupe_ouvre_une_situation_par_une_decision_collective(fabrique):
    ici = un_groupe()
    recu = signaler(ici)
    ouverte = decider(ici, recu)

    assert ouverte.numero == f"{recu.recu_le.year}-001"
    assert ouverte.expire_le == date(2035, 4, 12)
    assert ouverte.revue_le == echeance_mois(recu.recu_le, 6)
    assert decider(ici, signaler(ici)).numero.endswith("-002")
    with fabrique():
        recu.refresh_from_db()
        evenements = list(FaitStatistique.objects.filter(fil=recu.fil).values_list("evenement", flat=True))
    assert recu.etat == "ouvert"
    assert sorted(evenements) == ["decision", "ouverture", "signalement", "terme"]


def test_sans_decision_inscrite_rien_ne_s_ouvre(fabrique, au_nom_de):
    ici = un_groupe()
    recu = signaler(ici)
    autre = seance_avec_decision(ici, uuid4(), "retenu")
    with au_nom_de(ici.coordonnatrice):
        for decision in ("retenu", "non_retenu"):
            with pytest.raises(Refus) as refus:
                decider_du_signalement(
                    cercle=ici.cle,
                    signalement=recu.public_id,
                    decision=decision,
                    precision="",
                    seance=autre.public_id,
                    le=recu.recu_le,
                )
            assert codes(refus) == {"sans_decision_collective"}
        from maillage.situations.cercles import ici as situer

        with pytest.raises(Refus) as refus:
            ouvrir_situation(
                acteur=situer(ici.cle), signalement=recu, seance=autre.public_id, le=recu.recu_le
            )
    assert "decision_collective_requise" in codes(refus)
    with fabrique():
        recu.refresh_from_db()
        assert recu.etat == "recu"
        assert not Situation.objects.exists()


def test_une_naissance_inconnue_apres_dix_huit_ans_doit_etre_completee_avant_l_ouverture(fabrique):
    ici = un_groupe()
    recu = signaler(ici, qui=personne(naissance=None), tranche="de_18_a_25", motif="sans_solution")
    with pytest.raises(Refus) as refus:
        decider(ici, recu)
    assert codes(refus) == {"naissance_requise"}


def test_un_signalement_non_retenu_est_efface_un_mois_apres_la_decision(fabrique):
    ici = un_groupe()
    recu = signaler(ici)
    decider(ici, recu, "non_retenu", le=recu.recu_le + timedelta(days=3))
    with fabrique():
        recu.refresh_from_db()
    assert recu.etat == "non_retenu"
    assert recu.expire_le == echeance_mois(recu.recu_le + timedelta(days=3), 1)
    with pytest.raises(Refus) as refus:
        decider(ici, recu)
    assert codes(refus) == {"deja_decide"}
    assert refus.value.statut == 409


def _contact(situation, **champs):
    return suivi.noter_contact(
        **{
            "situation": situation.public_id,
            "le": situation.ouverte_le,
            "moyen": "entretien",
            "avec": "personne",
            "duree_min": 30,
            "suite": "rendez_vous",
            **champs,
        }
    )


def test_le_suivi_s_ecrit_et_se_compte(fabrique, au_nom_de):
    ici = un_groupe()
    educateur = ici.ajouter("centre_social")
    situation = une_situation(ici)
    with au_nom_de(ici.membre):
        _contact(situation)
        suivi.noter_remise_lettre(
            situation=situation.public_id,
            destinataire="personne",
            remise_le=situation.ouverte_le,
            moyen="main_propre",
        )
        element = suivi.partager_element(
            situation=situation.public_id,
            categorie="suivi_prevention_specialisee",
            precision="Contact établi",
        )
        objectif = suivi.poser_objectif(
            situation=situation.public_id,
            libelle="Reprendre les cours cinq matins sur cinq",
            domaine="scolarite",
            echeance=situation.ouverte_le + timedelta(days=60),
        )
        suivi.changer_etat_objectif(objectif=objectif.public_id, etat="en_cours", version=1)
        bilan = suivi.ecrire_bilan(
            situation=situation.public_id, texte="Trois rencontres, assiduité revenue."
        )
        with pytest.raises(Refus) as refus:
            suivi.contresigner_bilan(bilan=bilan.public_id, version=1)
    assert codes(refus) == {"contreseing_de_soi"}
    assert element.nature == "confidentielle"
    with au_nom_de(educateur):
        suivi.contresigner_bilan(bilan=bilan.public_id, version=1)
    with fabrique():
        objectif.refresh_from_db()
        bilan.refresh_from_db()
        faits = set(FaitStatistique.objects.filter(fil=situation.fil).values_list("evenement", flat=True))
    assert (objectif.etat, objectif.version) == ("en_cours", 2)
    assert bilan.contresigne_par_id == educateur.pk
    assert {"contact", "lettre", "bilan"} <= faits


def test_le_contreseing_est_celui_du_travail_social(fabrique, au_nom_de):
    ici = un_groupe()
    bailleur = ici.ajouter("bailleur")
    situation = une_situation(ici)
    with au_nom_de(ici.membre):
        bilan = suivi.ecrire_bilan(situation=situation.public_id, texte="Trois rencontres.")
    with au_nom_de(bailleur), pytest.raises(Refus) as refus:
        suivi.contresigner_bilan(bilan=bilan.public_id, version=1)
    assert codes(refus) == {"contreseing_hors_travail_social"}


def test_un_element_est_enonce_par_qui_en_a_la_charge(fabrique, au_nom_de):
    ici = un_groupe()
    pjj = ici.ajouter("pjj", sensible=True)
    situation = une_situation(ici)
    with au_nom_de(ici.membre):
        for categorie, precision, code in [
            ("existence_suivi_judiciaire", "", "judiciaire_reserve"),
            ("assiduite_scolaire", "Irrégulière", "element_reserve"),
            ("diagnostic", "", "categorie_inconnue"),
            ("suivi_prevention_specialisee", "Parlons-en", "valeur_hors_liste"),
            ("offre_dispositif", "Réservé aux jeunes en dépression", "garde_sante"),
        ]:
            with pytest.raises(Refus) as refus:
                suivi.partager_element(
                    situation=situation.public_id, categorie=categorie, precision=precision
                )
            assert code in codes(refus)
    with au_nom_de(pjj):
        suivi.partager_element(
            situation=situation.public_id, categorie="nature_suivi_judiciaire", precision="Milieu ouvert"
        )
    with fabrique():
        assert Element.objects.count() == 1


def test_le_referent_est_un_professionnel_du_groupe_jamais_l_educateur_de_la_pjj(fabrique, au_nom_de):
    ici, la_bas = un_groupe(), un_groupe()
    pjj = ici.ajouter("pjj", sensible=True)
    maire = ici.ajouter("services_communaux", role="maire", fonction="maire")
    non_signe = membre(ici.formation, signe=False)
    situation = une_situation(ici)
    refuses = [
        (pjj, "referent_judiciaire"),
        (maire, "referent_non_professionnel"),
        (la_bas.membre, "referent_non_membre"),
        (non_signe, "referent_non_membre"),
    ]
    with au_nom_de(ici.coordonnatrice):
        for compte, code in refuses:
            with pytest.raises(Refus) as refus:
                referents.designer_referent(
                    situation=situation.public_id,
                    referent=compte.public_id,
                    profession="educateur_specialise",
                    depuis=situation.ouverte_le,
                )
            assert code in codes(refus)
        with pytest.raises(Refus) as refus:
            referents.designer_referent(
                situation=situation.public_id,
                referent=ici.membre.public_id,
                profession="coach",
                depuis=situation.ouverte_le,
            )
        assert codes(refus) == {"profession_non_prevue"}
    with fabrique():
        assert not Designation.objects.exists()


def test_un_nouveau_referent_prend_le_relais_du_precedent(fabrique, au_nom_de):
    ici = un_groupe()
    suivant = ici.ajouter("mission_locale")
    situation = une_situation(ici)
    with au_nom_de(ici.coordonnatrice):
        premiere = referents.designer_referent(
            situation=situation.public_id,
            referent=ici.membre.public_id,
            profession="educateur_specialise",
            depuis=situation.ouverte_le,
        )
        seconde = referents.designer_referent(
            situation=situation.public_id,
            referent=suivant.public_id,
            profession="conseiller_insertion",
            depuis=situation.ouverte_le,
            relais_le=situation.ouverte_le + timedelta(days=90),
        )
    with au_nom_de(suivant):
        referents.noter_accord(designation=seconde.public_id, version=1, le=situation.ouverte_le)
    with fabrique():
        premiere.refresh_from_db()
        seconde.refresh_from_db()
    assert (premiere.jusqua, premiere.motif_fin) == (situation.ouverte_le, "relais")
    assert seconde.jusqua is None
    assert seconde.accord_personne_le == situation.ouverte_le


def test_clore_ferme_l_archive_et_date_l_effacement(fabrique, au_nom_de):
    ici = un_groupe()
    situation = une_situation(ici)
    with au_nom_de(ici.membre), pytest.raises(Refus) as refus:
        cloture.clore(
            situation=situation.public_id, version=1, issue="objectifs_atteints", le=situation.ouverte_le
        )
    assert codes(refus) == {"cloture_reservee"}
    with au_nom_de(ici.coordonnatrice):
        referents.designer_referent(
            situation=situation.public_id,
            referent=ici.membre.public_id,
            profession="educateur_specialise",
            depuis=situation.ouverte_le,
        )
        cloture.clore(
            situation=situation.public_id, version=1, issue="objectifs_atteints", le=situation.ouverte_le
        )
        with pytest.raises(Refus) as refus:
            _contact(situation)
    assert "situation_close" in codes(refus)
    with fabrique():
        situation.refresh_from_db()
        assert Designation.objects.get().motif_fin == "cloture"
        fait = FaitStatistique.objects.get(evenement="cloture")
        assert not Contact.objects.exists()
    assert situation.expire_le == echeance_mois(situation.close_le, 3)
    assert fait.issue == "objectifs_atteints"


def test_deux_clotures_simultanees_n_en_font_qu_une(fabrique, au_nom_de):
    ici = un_groupe()
    situation = une_situation(ici)
    with au_nom_de(ici.coordonnatrice), pytest.raises(Refus) as refus:
        cloture.clore(situation=situation.public_id, version=7, issue="terme", le=situation.ouverte_le)
    assert refus.value.statut == 409
    with fabrique():
        situation.refresh_from_db()
        assert situation.etat == "ouverte"
        assert not FaitStatistique.objects.filter(evenement="cloture").exists()


def test_la_seance_prolonge_ou_clot(fabrique, au_nom_de):
    ici = un_groupe()
    situation = une_situation(ici)
    jour = situation.ouverte_le
    for decision, precision in (("prolonger", ""), ("clore", "sans_contact")):
        seance = seance_avec_decision(
            ici, situation.public_id, decision, genre="situation", precision=precision
        )
        with au_nom_de(ici.coordonnatrice):
            cloture.decider_de_la_situation(
                cercle=ici.cle,
                situation=situation.public_id,
                decision=decision,
                precision=precision,
                seance=seance.public_id,
                le=jour,
            )
    with fabrique():
        situation.refresh_from_db()
    assert (situation.etat, situation.issue, situation.version) == ("close", "sans_contact", 3)


def test_corriger_la_naissance_corrige_la_fin_de_conservation(fabrique, au_nom_de):
    ici = un_groupe()
    situation = une_situation(ici)
    with au_nom_de(ici.membre):
        vue = identites.lire(situation.identite_id)
        suivi.corriger_identite(
            situation=situation.public_id,
            version=1,
            personne=identites.avec_naissance(vue.donnees, naissance=date(2009, 4, 12), estimee=False),
        )
    with fabrique():
        situation.refresh_from_db()
    assert situation.expire_le == date(2034, 4, 12)


def test_l_archive_s_ouvre_a_la_coordination_pour_un_motif(fabrique, au_nom_de):
    ici = un_groupe()
    situation = une_situation(ici)
    with au_nom_de(ici.coordonnatrice):
        cloture.clore(situation=situation.public_id, version=1, issue="terme", le=situation.ouverte_le)
        with pytest.raises(Refus) as refus:
            cloture.ouvrir_archive(situation=situation.public_id, motif="par curiosité")
        assert codes(refus) == {"motif_archive"}
        cloture.ouvrir_archive(situation=situation.public_id, motif="demande_personne")
    with au_nom_de(ici.membre), pytest.raises(Refus) as refus:
        cloture.ouvrir_archive(situation=situation.public_id, motif="demande_personne")
    assert refus.value.statut == 403
    with fabrique():
        assert EntreeJournal.objects.filter(evenement="archive_consultee").count() == 1


def _ecritures(situation, membre_id):
    jour = situation.ouverte_le
    cle = situation.public_id
    return [
        lambda: _contact(situation),
        lambda: suivi.noter_remise_lettre(
            situation=cle, destinataire="personne", remise_le=jour, moyen="courrier"
        ),
        lambda: suivi.partager_element(situation=cle, categorie="offre_dispositif", precision="Ouvert mardi"),
        lambda: suivi.poser_objectif(situation=cle, libelle="Sport", domaine="loisirs", echeance=jour),
        lambda: suivi.ecrire_bilan(situation=cle, texte="Trois rencontres."),
        lambda: referents.designer_referent(
            situation=cle, referent=membre_id, profession="educateur_specialise", depuis=jour
        ),
        lambda: cloture.clore(situation=cle, version=1, issue="terme", le=jour),
        lambda: cloture.ouvrir_archive(situation=cle, motif="controle"),
    ]


def test_le_meme_droit_dans_un_autre_groupe_n_ouvre_rien_ici(fabrique, au_nom_de):
    ici, la_bas = un_groupe(), un_groupe()
    situation = une_situation(ici)
    une_situation(la_bas)
    for intrus in (la_bas.membre, la_bas.coordonnatrice):
        for ecrire in _ecritures(situation, la_bas.membre.public_id):
            with au_nom_de(intrus), pytest.raises(Introuvable):
                ecrire()
    with fabrique():
        for modele in (Lettre, Element, Designation, Objectif, Contact, Bilan):
            assert not modele.objects.exists()
        situation.refresh_from_db()
        assert (situation.version, situation.etat) == (1, "ouverte")


def test_le_maire_habilite_lit_et_n_ecrit_pas(fabrique, au_nom_de):
    ici = un_groupe()
    maire = ici.ajouter("services_communaux", role="maire", fonction="maire")
    situation = une_situation(ici)
    with au_nom_de(maire):
        assert Situation.objects.count() == 1
        with pytest.raises(Refus) as refus:
            _contact(situation)
    assert codes(refus) == {"lecture_seule"}


def test_une_victime_n_est_exposee_a_rien_et_n_a_pas_de_plafond_d_age(fabrique):
    ici = un_groupe("victime")
    with pytest.raises(Refus) as refus:
        signaler(ici, exposition="delinquance")
    assert codes(refus) == {"exposition_incoherente"}
    ouverte = decider(ici, signaler(ici, qui=personne(naissance=date(1950, 1, 1))))
    assert (ouverte.volet, ouverte.exposition, ouverte.expire_le) == ("victime", "", None)
