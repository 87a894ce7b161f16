"""A measure of a sports venue, from the facts to its end, and everything that is refused on the way."""

from datetime import date, timedelta
from threading import Barrier, Thread

import psycopg
import pytest
from django.db import connection
from django.db.models import Sum
from psycopg import errors
from tests.acteurs.fabriques import creer_compte
from tests.instances import fabriques as f
from tests.maire.fabriques_protocoles import protocole
from tests.maire.fabriques_rappel import INSTANT, JOUR, MAJEURE, MERE, MINEUR, mairie
from tests.maire.fabriques_sport import COMMISSION, entendue, invitee, ouvrir, projet, relire

from maillage.maire.models import (
    DecisionSport,
    Delegation,
    LeveeDuMaire,
    LigneDeRegistre,
    MesureSport,
    RecoursSport,
    ReparationSport,
)
from maillage.maire.selectors.sport import mesure_vue, mesures_vues
from maillage.maire.services import reparation_sport, sport
from maillage.maire.services.conservation import purger_actes
from maillage.situations.api import lire_identites
from maillage.situations.models import Identite
from maillage.socle.contexte import contexte, en_maintenance
from maillage.socle.models import FaitStatistique
from maillage.socle.refus import Introuvable, Refus

DB = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _jour(request):
    if request.node.get_closest_marker("django_db") is not None:
        request.getfixturevalue("horloge")(INSTANT)


def codes(erreur) -> tuple[str, ...]:
    return erreur.value.verdict.codes


@DB
def test_a_measure_goes_from_the_facts_to_a_notified_and_limited_exclusion(au_nom_de):
    ici = mairie()
    with au_nom_de(ici.agent):
        mesure = entendue(ici)
    with au_nom_de(ici.maire):
        sport.decider(mesure=mesure.public_id, version=mesure.version, projet=projet())
        sport.notifier(mesure=mesure.public_id, version=relire(mesure).version, notifiee_le=JOUR)
        vue = mesure_vue(mesure.public_id)
    assert (vue.mesure.etat, vue.exclue, vue.decision.qualite) == ("notifiee", True, "maire")
    assert vue.notification.recours_avant == date(2026, 5, 2)
    with en_maintenance():
        ligne = LigneDeRegistre.objects.get(objet=mesure.public_id)
    assert (ligne.reference, ligne.nature, ligne.issue) == ("2026-001", "degradation", "exclusion")
    assert vue.mesure.expire_le > vue.decision.fin


@DB
@pytest.mark.parametrize(
    ("preparer", "change", "attendu"),
    [
        (ouvrir, {}, "contradictoire_manquant"),
        (invitee, {}, "contradictoire_manquant"),
        (entendue, {"motifs": []}, "decision_non_motivee"),
        (entendue, {"base": " "}, "decision_non_motivee"),
        (entendue, {"fin": JOUR + timedelta(days=90)}, "duree_max_reglement"),
        (entendue, {"fin": None}, "duree_absente"),
        (entendue, {"debut": JOUR - timedelta(days=1)}, "dates_incoherentes"),
        (entendue, {"decision": "bannissement"}, "valeur_inconnue"),
    ],
)
def test_an_exclusion_without_hearing_reasons_or_limit_is_refused_and_nothing_changes(
    preparer, change, attendu, au_nom_de
):
    ici = mairie()
    with au_nom_de(ici.maire):
        mesure = preparer(ici)
        avant = (mesure.etat, mesure.version)
        with pytest.raises(Refus) as refus:
            sport.decider(mesure=mesure.public_id, version=mesure.version, projet=projet(**change))
    assert codes(refus) == (attendu,)
    with en_maintenance():
        assert not DecisionSport.objects.exists()
    assert (relire(mesure).etat, mesure.version) == avant


@DB
def test_silence_lets_the_commission_decide_only_once_the_delay_is_over(au_nom_de, horloge):
    ici = mairie()
    with au_nom_de(ici.maire):
        mesure = invitee(ici)
    dernier = JOUR + timedelta(days=15)
    horloge(INSTANT + timedelta(days=15))
    with au_nom_de(ici.maire), pytest.raises(Refus):
        sport.decider(
            mesure=mesure.public_id, version=mesure.version, projet=projet(debut=dernier, fin=dernier)
        )
    horloge(INSTANT + timedelta(days=16))
    lendemain = dernier + timedelta(days=1)
    with au_nom_de(ici.maire):
        sport.decider(
            mesure=mesure.public_id, version=mesure.version, projet=projet(debut=lendemain, fin=lendemain)
        )
    assert relire(mesure).etat == "decidee"


@DB
def test_only_the_mayor_or_a_member_delegated_for_that_decides_here(au_nom_de):
    """Each of them reads this register; the neighbour is mayor next door, the president heads the EPCI."""
    ici, ailleurs = mairie(), mairie(f.VOISINE)
    voisin = f.membre(ici.actes, ailleurs.maire)
    president = f.membre(ici.actes, f.exercer(creer_compte(), "president_epci", "243100518", "epci"))
    adjointe = f.membre(ici.actes, f.exercer(creer_compte(), "elu_delegue", f.COMMUNE), role="maire")
    with au_nom_de(ici.agent):
        mesure = entendue(ici)
    for qui in (ici.agent, voisin, president, adjointe):
        with au_nom_de(qui), pytest.raises(Refus) as refus:
            sport.decider(mesure=mesure.public_id, version=mesure.version, projet=projet())
        assert codes(refus) == ("autorite_incompetente",)
    with en_maintenance():
        assert not DecisionSport.objects.exists()
    with en_maintenance():
        Delegation.objects.create(
            compte=adjointe,
            commune_code=f.COMMUNE,
            enregistree_par=ici.maire,
            qualite="adjoint_delegue",
            pouvoirs=["sport"],
            arrete_numero="2026-14",
            arrete_le=date(2026, 1, 5),
            depuis=date(2026, 1, 5),
        )
    with au_nom_de(adjointe):
        faite = sport.decider(mesure=mesure.public_id, version=mesure.version, projet=projet())
    assert (faite.qualite, faite.arrete) == ("adjoint_delegue", "2026-14")


@DB
def test_the_venue_of_an_epci_is_not_in_the_register_of_a_mayor(au_nom_de):
    ici = mairie()
    with au_nom_de(ici.maire), pytest.raises(Refus) as refus:
        ouvrir(ici, proprietaire="epci")
    assert codes(refus) == ("autorite_incompetente",)
    assert "président de l’intercommunalité" in refus.value.verdict.motifs[0].texte
    with en_maintenance():
        assert not MesureSport.objects.exists()
    with en_maintenance():
        assert not LigneDeRegistre.objects.exists()


@DB
def test_the_same_person_is_not_excluded_twice_for_the_same_day_but_a_withdrawn_file_frees_it(au_nom_de):
    ici = mairie()
    with au_nom_de(ici.agent):
        mesure = ouvrir(ici)
        with pytest.raises(Refus) as refus:
            ouvrir(ici, faits="menaces")
        assert codes(refus) == ("mesure_existante",)
        assert "2026-001" in refus.value.verdict.motifs[0].texte
        ouvrir(ici, personne=MAJEURE, representants=())
        sport.retirer(mesure=mesure.public_id, version=mesure.version, motif="double")
        assert ouvrir(ici).reference == "2026-003"


@DB
def test_the_parents_of_a_minor_are_known_before_the_invitation(au_nom_de):
    ici = mairie()
    with au_nom_de(ici.agent):
        mesure = ouvrir(ici, representants=())
        with pytest.raises(Refus) as refus:
            sport.inviter(mesure=mesure.public_id, version=mesure.version, composition=COMMISSION)
        assert codes(refus) == ("representant_absent",)
        sport.ajouter_parent(mesure=mesure.public_id, version=mesure.version, representant=MERE)
        sport.inviter(mesure=mesure.public_id, version=relire(mesure).version, composition=COMMISSION)
    assert relire(mesure).etat == "invitee"


@DB
def test_a_commission_of_two_is_no_commission(au_nom_de):
    ici = mairie()
    with au_nom_de(ici.agent):
        mesure = ouvrir(ici)
        with pytest.raises(Refus) as refus:
            sport.inviter(mesure=mesure.public_id, version=mesure.version, composition=["maire", "club"])
    assert codes(refus) == ("commission_incomplete",)


@DB
def test_an_appeal_shortens_or_ends_the_exclusion_never_lengthens_it(au_nom_de):
    ici = mairie()
    with au_nom_de(ici.maire):
        mesure = entendue(ici)
        cle = mesure.public_id
        sport.decider(mesure=cle, version=mesure.version, projet=projet())
        with pytest.raises(Refus) as trop_tot:
            sport.enregistrer_recours(
                mesure=cle, version=relire(mesure).version, genre="gracieux", recu_le=JOUR
            )
        assert codes(trop_tot) == ("decision_non_notifiee",)
        sport.notifier(mesure=cle, version=relire(mesure).version, notifiee_le=JOUR)
        recours = sport.enregistrer_recours(
            mesure=cle, version=relire(mesure).version, genre="gracieux", recu_le=JOUR
        )
        with pytest.raises(Refus):
            sport.conclure_recours(
                mesure=cle,
                version=relire(mesure).version,
                recours=recours.public_id,
                issue="reduite",
                fin=JOUR + timedelta(days=60),
            )
        assert RecoursSport.objects.get().issue == ""
        sport.conclure_recours(
            mesure=cle,
            version=relire(mesure).version,
            recours=recours.public_id,
            issue="reduite",
            fin=JOUR + timedelta(days=3),
        )
        assert mesure_vue(cle).fin == JOUR + timedelta(days=3)


@DB
def test_a_reparation_asks_a_protocol_with_the_parquet(au_nom_de):
    ici = mairie()
    with au_nom_de(ici.agent):
        mesure = ouvrir(ici)
        with pytest.raises(Refus) as refus:
            reparation_sport.convenir(
                mesure=mesure.public_id,
                version=mesure.version,
                tache="entretien_terrain",
                heures=31,
                accord_le=JOUR,
            )
    assert codes(refus) == ("protocole_manquant", "heures_max")
    with en_maintenance():
        assert not ReparationSport.objects.exists()


def instantane():
    """Everything a measure holds: a refusal leaves it as it was."""
    with en_maintenance():
        return [
            list(table.objects.order_by("pk").values())
            for table in (MesureSport, ReparationSport, LigneDeRegistre, LeveeDuMaire, FaitStatistique)
        ]


def convenir(mesure, **champs):
    return reparation_sport.convenir(
        **{
            "mesure": mesure.public_id,
            "version": relire(mesure).version,
            "tache": "entretien_terrain",
            "heures": 10,
            "accord_le": JOUR,
            **champs,
        }
    )


@DB
def test_under_a_protocol_a_reparation_goes_to_its_end_and_counts_its_hours(au_nom_de):
    ici = mairie()
    protocole(ici.actes.conseil, f.coordonnateur(), sport="oui")
    with au_nom_de(ici.agent):
        mesure = ouvrir(ici)
        faite = convenir(mesure)
        assert faite.protocole is not None
        reparation_sport.finir(
            mesure=mesure.public_id, version=relire(mesure).version, heures_faites=8, faite_le=JOUR
        )
        sport.clore(mesure=mesure.public_id, version=relire(mesure).version)
    with en_maintenance():
        assert LigneDeRegistre.objects.get().issue == "reparation"
        assert FaitStatistique.objects.get(evenement="sport_heures").nombre == 8


@DB
def test_an_expired_protocol_or_one_that_does_not_cover_sport_opposes_a_reparation(au_nom_de, horloge):
    ici = mairie()
    protocole(ici.actes.conseil, f.coordonnateur(), sport="non")
    with au_nom_de(ici.agent):
        mesure = ouvrir(ici)
        avant = instantane()
        with pytest.raises(Refus) as refus:
            convenir(mesure)
        assert codes(refus) == ("protocole_manquant",)
        assert instantane() == avant
    ailleurs = mairie(f.VOISINE)
    fin = JOUR + timedelta(days=10)
    protocole(ailleurs.actes.conseil, f.coordonnateur(f.VOISINE), commune=f.VOISINE, sport="oui", fin=fin)
    with au_nom_de(ailleurs.agent):
        autre = ouvrir(ailleurs)
    horloge(INSTANT + timedelta(days=11))
    with au_nom_de(ailleurs.agent):
        avant = instantane()
        with pytest.raises(Refus) as refus:
            convenir(autre)
        assert codes(refus) == ("protocole_manquant",)
        assert instantane() == avant


@DB
def test_the_mayor_sets_aside_the_absence_of_a_protocol_and_nobody_else_does(au_nom_de):
    """The neighbour, mayor next door, reads this register too; the agent prepares, and lifts nothing."""
    ici, ailleurs = mairie(), mairie(f.VOISINE)
    voisin = f.membre(ici.actes, ailleurs.maire)
    with au_nom_de(ici.agent):
        mesure = ouvrir(ici)
    ecart = {"mesure": mesure.public_id, "code": "protocole_manquant", "raison": "accord_parquet"}
    for qui in (ici.agent, voisin):
        with au_nom_de(qui):
            avant = instantane()
            with pytest.raises(Refus) as refus:
                reparation_sport.lever(**ecart)
            assert codes(refus) == ("levee_incompetent",)
            assert instantane() == avant
    with au_nom_de(ici.maire):
        reparation_sport.lever(**ecart)
        with pytest.raises(Refus) as refus:
            reparation_sport.lever(**ecart)
        assert codes(refus) == ("levee_deja_faite",)
    with au_nom_de(ici.agent):
        with pytest.raises(Refus) as refus:
            convenir(mesure, heures=31)
        assert codes(refus) == ("heures_max",)
        assert convenir(mesure).protocole is None


@DB
def test_parents_that_cannot_be_found_no_longer_oppose_once_the_mayor_has_said_why(au_nom_de):
    ici = mairie()
    with au_nom_de(ici.agent):
        mesure = ouvrir(ici, representants=())
        with pytest.raises(Refus):
            sport.inviter(mesure=mesure.public_id, version=mesure.version, composition=COMMISSION)
    with au_nom_de(ici.maire):
        reparation_sport.lever(
            mesure=mesure.public_id, code="representant_absent", raison="autre", precision="Foyer prévenu"
        )
    with au_nom_de(ici.agent):
        with pytest.raises(Refus) as refus:
            sport.inviter(mesure=mesure.public_id, version=mesure.version, composition=["maire"])
        assert codes(refus) == ("commission_incomplete",)
        sport.inviter(mesure=mesure.public_id, version=mesure.version, composition=COMMISSION)
    assert relire(mesure).etat == "invitee"


@DB
def test_a_withdrawn_file_no_longer_counts_in_its_year_and_a_closed_year_keeps_it(au_nom_de, horloge):
    ici = mairie()
    with au_nom_de(ici.agent):
        mesure, autre = ouvrir(ici), ouvrir(ici, personne=MAJEURE, representants=())
        sport.retirer(mesure=mesure.public_id, version=mesure.version, motif="double")
    horloge(INSTANT.replace(year=INSTANT.year + 1))
    with au_nom_de(ici.agent):
        sport.retirer(mesure=autre.public_id, version=autre.version, motif="double")
    with en_maintenance():
        comptes = FaitStatistique.objects.filter(evenement="sport").values_list("mois__year")
        assert dict(comptes.annotate(n=Sum("nombre"))) == {INSTANT.year: 1}


@DB
def test_a_member_of_another_register_finds_no_measure_here(au_nom_de):
    ici, ailleurs = mairie(), mairie(f.VOISINE)
    with au_nom_de(ici.agent):
        mesure = ouvrir(ici)
    with au_nom_de(ailleurs.maire):
        ouvrir(ailleurs, personne=MAJEURE, representants=())
        assert [vue.mesure.cercle_id for vue in mesures_vues()] == [ailleurs.actes.cercle_id]
        for geste in (
            lambda: mesure_vue(mesure.public_id),
            lambda: sport.clore(mesure=mesure.public_id, version=1),
            lambda: ouvrir(ici, personne=MAJEURE),
        ):
            with pytest.raises(Introuvable):
                geste()
    assert relire(mesure).etat == "recue"


@DB
def test_the_file_goes_with_its_steps_and_its_person_and_its_line_stays(au_nom_de, horloge):
    ici = mairie()
    with au_nom_de(ici.maire):
        mesure = entendue(ici)
        sport.decider(
            mesure=mesure.public_id, version=mesure.version, projet=projet(decision="avertissement")
        )
        sport.notifier(mesure=mesure.public_id, version=relire(mesure).version, notifiee_le=JOUR)
        sport.clore(mesure=mesure.public_id, version=relire(mesure).version)
        terme = relire(mesure).expire_le
    assert terme == date(2026, 6, 2)
    horloge(INSTANT + timedelta(days=120))
    effaces = purger_actes()
    assert effaces["mesuresport"] == 1
    with en_maintenance():
        assert not MesureSport.objects.exists()
        assert not DecisionSport.objects.exists()
        restantes = lire_identites(Identite.objects.values_list("pk", flat=True))
        assert MINEUR.nom not in {vue.donnees.nom for vue in restantes.values()}
        assert LigneDeRegistre.objects.get().issue == "avertissement"
    assert purger_actes()["mesuresport"] == 0


def test_two_measures_opened_at_once_take_two_numbers_in_a_row(base_neuve):
    ici = mairie()
    depart, numeros = Barrier(2), []

    def enregistrer(personne) -> None:
        try:
            with contexte(ici.agent.pk):
                depart.wait(timeout=10)
                numeros.append(ouvrir(ici, personne=personne).numero)
        finally:
            connection.close()

    fils = [Thread(target=enregistrer, args=[qui]) for qui in (MINEUR, MAJEURE)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join(timeout=20)
    assert sorted(numeros) == [1, 2]


def test_raw_sql_neither_reads_another_register_nor_rewrites_a_decision(
    base_neuve, django_db_blocker, connexion_web
):
    with django_db_blocker.unblock():
        ici, ailleurs = mairie(), mairie(f.VOISINE)
        with contexte(ici.maire.pk):
            mesure = entendue(ici)
            jour = mesure.recu_le
            sport.decider(
                mesure=mesure.public_id,
                version=mesure.version,
                projet=projet(debut=jour, fin=jour + timedelta(days=3)),
            )
    web: psycopg.Connection = connexion_web
    web.autocommit = True
    web.execute("SELECT set_config('maillage.acteur', %s, false)", [str(ailleurs.maire.pk)])
    for table in ("mesuresport", "decisionsport", "invitationsport", "observationssport"):
        assert web.execute(f"SELECT count(*) FROM maire_{table}".encode()).fetchone() == (0,)
    web.execute("SELECT set_config('maillage.acteur', %s, false)", [str(ici.maire.pk)])
    for ordre in (
        "UPDATE maire_decisionsport SET fin = fin + 30",
        "UPDATE maire_mesuresport SET faits = 'menaces'",
        f"UPDATE maire_mesuresport SET cercle_id = {ailleurs.actes.cercle_id}",
        "DELETE FROM maire_decisionsport",
    ):
        with pytest.raises(errors.InsufficientPrivilege):
            web.execute(ordre.encode())
