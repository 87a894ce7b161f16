"""A séance from its preparation to its record, with real files on its agenda."""

import html
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.situations.fabriques import Groupe, signaler, un_groupe, une_situation

from maillage.instances import api as instances
from maillage.instances.models import Point, PointTheme, Presence, Seance, Signature
from maillage.instances.services.seances import annuler_seance, retirer_point
from maillage.situations.models import Signalement, Situation
from maillage.socle.contexte import contexte, en_maintenance
from maillage.socle.models import EntreeJournal, FaitStatistique
from maillage.socle.refus import Introuvable, Refus

pytestmark = pytest.mark.django_db


def demain() -> datetime:
    return datetime.now(UTC) + timedelta(days=1)


def preparer(de: Groupe, **champs: object) -> Seance:
    valeurs = {
        "modele": "ordinaire",
        "commence_le": demain(),
        "duree_minutes": 120,
        "lieu": "Mairie",
        **champs,
    }
    with contexte(de.coordonnatrice.pk):
        return instances.preparer_seance(formation=de.formation.public_id, **valeurs)


def ouvrir(de: Groupe, *, presents: int = 2) -> tuple[Seance, Point]:
    """An open séance with one signalement on its agenda and that many members present."""
    signalement = signaler(de)
    seance = preparer(de)
    with contexte(de.coordonnatrice.pk):
        instances.convoquer(seance=seance.public_id, version=1)
        instances.inscrire_points(seance=seance.public_id, objets=[signalement.public_id])
        instances.ouvrir_seance(seance=seance.public_id, version=2, avant_sa_date=True)
        attendus = instances.presences_de(seance)
        etats = {attendu.pk: "present" for attendu in attendus[:presents]}
        instances.noter_presences(seance=seance.public_id, etats=etats)
        return seance, Point.objects.get(seance=seance)


def decider(de: Groupe, seance: Seance, point: Point, decision: str, version: int = 1) -> None:
    with contexte(de.coordonnatrice.pk):
        instances.decider_point(
            seance=seance.public_id, point=point.public_id, decision=decision, version=version
        )


def codes(refus: pytest.ExceptionInfo[Refus]) -> tuple[str, ...]:
    return refus.value.verdict.codes


# -- services ---------------------------------------------------------------------------------------


def test_a_prepared_seance_takes_the_agenda_of_its_template_and_the_next_number():
    de = un_groupe()
    premiere, seconde = preparer(de), preparer(de, modele="ecole_securite")
    assert (premiere.numero, seconde.numero) == (1, 2)
    assert PointTheme.objects.filter(seance=seconde).values("partie").distinct().count() == 2


def test_a_seance_is_not_prepared_for_yesterday():
    de = un_groupe()
    with pytest.raises(Refus) as refus:
        preparer(de, commence_le=datetime.now(UTC) - timedelta(days=1))
    assert codes(refus) == ("date_passee",)
    assert not Seance.objects.exists()


def test_only_the_coordination_of_the_groupe_prepares_its_seances():
    ici, ailleurs = un_groupe(), un_groupe()
    with contexte(ici.membre.pk), pytest.raises(Refus) as refus:
        instances.preparer_seance(
            formation=ici.formation.public_id,
            modele="ordinaire",
            commence_le=demain(),
            duree_minutes=60,
            lieu="Mairie",
        )
    assert codes(refus) == ("conduite_reservee",)
    seance = preparer(ici)
    with contexte(ailleurs.coordonnatrice.pk), pytest.raises(Introuvable):
        instances.convoquer(seance=seance.public_id, version=1)
    assert Seance.objects.get().etat == "preparee"


def test_convening_expects_every_member_in_force():
    de = un_groupe()
    seance = preparer(de)
    with contexte(de.coordonnatrice.pk):
        assert instances.convoquer(seance=seance.public_id, version=1) == 2
    assert set(Presence.objects.values_list("compte", flat=True)) == {de.coordonnatrice.pk, de.membre.pk}


def test_a_stale_version_is_told_and_nothing_changes():
    de = un_groupe()
    seance = preparer(de)
    with contexte(de.coordonnatrice.pk):
        instances.convoquer(seance=seance.public_id, version=1)
        with pytest.raises(Refus) as refus:
            instances.ouvrir_seance(seance=seance.public_id, version=1, avant_sa_date=True)
    assert (codes(refus), refus.value.statut) == (("modifie_entre_temps",), 409)
    assert Seance.objects.get().etat == "convoquee"


def test_a_retained_signalement_opens_a_situation():
    de = un_groupe()
    seance, point = ouvrir(de)
    decider(de, seance, point, "retenu")
    with contexte(de.coordonnatrice.pk):
        assert Situation.objects.get().ouverte_en_seance == seance.public_id


def test_a_decision_taken_by_one_person_is_refused():
    de = un_groupe()
    seance, point = ouvrir(de, presents=1)
    with pytest.raises(Refus) as refus:
        decider(de, seance, point, "retenu")
    assert codes(refus) == ("decision_non_collective",)
    with contexte(de.coordonnatrice.pk):
        assert not Situation.objects.exists()
        assert Point.objects.get().decision == ""


def test_nobody_is_noted_present_before_signing_the_charter(client):
    de = un_groupe()
    seance, _ = ouvrir(de, presents=2)
    with en_maintenance():
        Signature.objects.filter(compte=de.membre).delete()
        presence = Presence.objects.get(seance=seance, compte=de.membre)
        Presence.objects.filter(pk=presence.pk).update(etat="attendu")
    page = entrer(client, de.coordonnatrice)
    adresse = reverse("seances:presences", args=[seance.public_id])
    assert "charte non signée" in page.get(adresse).content.decode()
    reponse = page.post(adresse, _presences(seance) | {f"presence_{presence.pk}": "present"})
    assert reponse.status_code == 422
    assert "n’a pas signé la charte en vigueur" in reponse.content.decode()
    with en_maintenance():
        assert Presence.objects.get(pk=presence.pk).etat == "attendu"
    assert page.post(adresse, _presences(seance) | {f"presence_{presence.pk}": "excuse"}).status_code == 302


def test_two_people_noting_presences_do_not_undo_each_other(client):
    de = un_groupe()
    seance, _ = ouvrir(de, presents=0)
    page = entrer(client, de.coordonnatrice)
    adresse = reverse("seances:presences", args=[seance.public_id])
    opened = _presences(seance)
    first, second = sorted(opened)[:2]
    # Both pages were opened on « attendu »; each notes one person and sends the other as it was shown.
    shown = opened | {f"initial-{name}": state for name, state in opened.items()}
    page.post(adresse, shown | {first: "present"})
    page.post(adresse, shown | {second: "excuse"})
    assert _presences(seance)[second] == "excuse"
    assert _presences(seance)[first] == "present"


def _presences(seance: Seance) -> dict[str, str]:
    with en_maintenance():
        return {f"presence_{p.pk}": p.etat for p in Presence.objects.filter(seance=seance)}


def test_a_point_is_decided_once():
    de = un_groupe()
    seance, point = ouvrir(de)
    decider(de, seance, point, "non_retenu")
    with pytest.raises(Refus) as refus:
        decider(de, seance, point, "retenu", version=2)
    assert (codes(refus), refus.value.statut) == (("deja_decide",), 409)
    with contexte(de.coordonnatrice.pk):
        assert Signalement.objects.get().etat == "non_retenu"
        assert not Situation.objects.exists()


def test_an_unknown_decision_is_refused():
    de = un_groupe()
    seance, point = ouvrir(de)
    with pytest.raises(Refus) as refus:
        decider(de, seance, point, "punir")
    assert codes(refus) == ("decision_impossible",)


def test_a_reported_point_is_proposed_again():
    de = un_groupe()
    seance, point = ouvrir(de)
    decider(de, seance, point, "reporter")
    with contexte(de.coordonnatrice.pk):
        instances.clore_seance(seance=seance.public_id, version=3)
    suivante = preparer(de)
    with contexte(de.coordonnatrice.pk):
        proposes = [p.objet for _, liste in instances.propositions(suivante) for p in liste]
    assert proposes == [point.objet]


def test_a_seance_with_an_undecided_point_stays_open():
    de = un_groupe()
    seance, _ = ouvrir(de)
    with contexte(de.coordonnatrice.pk), pytest.raises(Refus) as refus:
        instances.clore_seance(seance=seance.public_id, version=3)
    assert codes(refus) == ("points_sans_decision",)
    assert Seance.objects.get().etat == "ouverte"


def test_a_seance_is_closed_once_and_counted_once():
    de = un_groupe()
    seance, point = ouvrir(de)
    decider(de, seance, point, "non_retenu")
    with contexte(de.coordonnatrice.pk):
        instances.clore_seance(seance=seance.public_id, version=3)
        with pytest.raises(Refus) as refus:
            instances.clore_seance(seance=seance.public_id, version=4)
    assert (codes(refus), refus.value.statut) == (("seance_deja_close",), 409)
    assert FaitStatistique.objects.filter(evenement="seance").count() == 1


def test_the_file_of_another_groupe_is_not_put_on_the_agenda():
    ici, ailleurs = un_groupe(), un_groupe()
    etranger = signaler(ailleurs)
    seance = preparer(ici)
    with contexte(ici.coordonnatrice.pk):
        with pytest.raises(Introuvable):
            instances.inscrire_points(seance=seance.public_id, objets=[etranger.public_id])
        assert not Point.objects.exists()


def test_the_points_of_a_seance_are_hidden_from_another_groupe():
    ici, ailleurs = un_groupe(), un_groupe()
    seance, _ = ouvrir(ici)
    with contexte(ailleurs.membre.pk):
        assert not Point.objects.exists()
        assert list(instances.seances_visibles()) == []
    with contexte(ici.membre.pk):
        assert [vue.pk for vue in instances.seances_visibles()] == [seance.pk]


# -- a signalement follows the agendas ----------------------------------------------------------------


def inscrire(de: Groupe, seance: Seance, signalement: Signalement) -> Point:
    with contexte(de.coordonnatrice.pk):
        instances.inscrire_points(seance=seance.public_id, objets=[signalement.public_id])
        return Point.objects.get(seance=seance)


def etat_de(de: Groupe, signalement: Signalement) -> str:
    with contexte(de.membre.pk):
        return Signalement.objects.get(pk=signalement.pk).etat


def test_a_signalement_on_an_agenda_is_inscrit_until_the_point_is_withdrawn():
    de = un_groupe()
    signalement, autre = signaler(de), signaler(de)
    seance = preparer(de)
    point = inscrire(de, seance, signalement)
    assert (etat_de(de, signalement), etat_de(de, autre)) == ("inscrit", "recu")
    with contexte(de.coordonnatrice.pk):
        retirer_point(seance=seance.public_id, point=point.public_id)
    assert etat_de(de, signalement) == "recu"


def test_a_cancelled_seance_gives_its_signalements_back_unless_another_one_waits():
    de = un_groupe()
    ici, deux_fois = signaler(de), signaler(de)
    premiere, seconde = preparer(de), preparer(de)
    inscrire(de, seconde, deux_fois)
    with contexte(de.coordonnatrice.pk):
        instances.inscrire_points(seance=premiere.public_id, objets=[ici.public_id, deux_fois.public_id])
        annuler_seance(seance=premiere.public_id, version=1)
    assert (etat_de(de, ici), etat_de(de, deux_fois)) == ("recu", "inscrit")


def test_a_reported_signalement_waits_for_an_agenda_again():
    de = un_groupe()
    seance, point = ouvrir(de)
    decider(de, seance, point, "reporter")
    with contexte(de.coordonnatrice.pk):
        assert Signalement.objects.get().etat == "recu"


def test_a_decided_signalement_keeps_its_decision_when_another_agenda_is_withdrawn():
    de = un_groupe()
    seance, point = ouvrir(de)
    autre = preparer(de)
    with contexte(de.coordonnatrice.pk):
        instances.inscrire_points(seance=autre.public_id, objets=[point.objet])
    decider(de, seance, point, "non_retenu")
    with contexte(de.coordonnatrice.pk):
        annuler_seance(seance=autre.public_id, version=1)
        assert Signalement.objects.get().etat == "non_retenu"


def test_an_agenda_is_withdrawn_even_when_the_signalement_was_erased():
    de = un_groupe()
    signalement, seance = signaler(de), preparer(de)
    inscrire(de, seance, signalement)
    with en_maintenance():
        Signalement.objects.filter(pk=signalement.pk).delete()
    with contexte(de.coordonnatrice.pk):
        annuler_seance(seance=seance.public_id, version=1)
    assert Seance.objects.get().etat == "annulee"


def test_the_page_of_a_signalement_says_that_it_is_on_an_agenda(client):
    de = un_groupe()
    signalement, seance = signaler(de), preparer(de)
    inscrire(de, seance, signalement)
    page = entrer(client, de.membre).get(reverse("situations:signalement", args=[signalement.public_id]))
    assert "Inscrit à une séance" in page.content.decode()


# -- pages ------------------------------------------------------------------------------------------


def entrer(client: Client, compte: object) -> Client:
    client.force_login(compte)
    return client


def test_the_coordinator_runs_a_whole_seance_in_the_browser(client):
    de = un_groupe()
    signalement = signaler(de)
    page = entrer(client, de.coordonnatrice)
    reponse = page.post(
        reverse("seances:preparer", args=[de.formation.public_id]),
        {
            "jour": demain().date().isoformat(),
            "heure": "14:30",
            "duree_minutes": "120",
            "lieu": "Salle du conseil",
            "modele": "ordinaire",
        },
    )
    seance = Seance.objects.get()
    adresse = reverse("seances:detail", args=[seance.public_id])
    assert (reponse.status_code, reponse["Location"]) == (302, adresse)
    page.post(reverse("seances:inscrire", args=[seance.public_id]), {"objet": [str(signalement.public_id)]})
    for version, pas in ((1, "convoquer"), (2, "ouvrir")):
        page.post(
            reverse("seances:avancer", kwargs={"public_id": seance.public_id, "pas": pas}),
            {"version": version, "avant_sa_date": "oui"},
        )
    presences = {f"presence_{cle}": "present" for cle in Presence.objects.values_list("pk", flat=True)}
    assert page.post(reverse("seances:presences", args=[seance.public_id]), presences).status_code == 302
    with contexte(de.coordonnatrice.pk):
        point = Point.objects.get()
    ou = reverse("seances:point", args=[seance.public_id, point.public_id])
    assert "Maravalle" in page.get(ou).content.decode()
    assert page.post(ou, {"decision": "retenu", "version": 1}).status_code == 302
    cloture = reverse("seances:avancer", kwargs={"public_id": seance.public_id, "pas": "clore"})
    avant = page.get(cloture).content.decode()
    assert "ne changeront plus" in avant
    assert Seance.objects.get().etat == "ouverte"
    page.post(cloture, {"version": 3})
    assert page.get(cloture)["Location"] == adresse
    releve = page.get(reverse("seances:releve", args=[seance.public_id])).content.decode()
    assert "Retenu" in releve
    assert "Maravalle" in releve


def test_avant_sa_date_une_seance_ne_s_ouvre_qu_en_le_confirmant(client):
    de = un_groupe()
    seance = preparer(de)
    with contexte(de.coordonnatrice.pk):
        instances.convoquer(seance=seance.public_id, version=1)
        with pytest.raises(Refus) as refus:
            instances.ouvrir_seance(seance=seance.public_id, version=2)
    assert codes(refus) == ("avant_la_date",)
    ouverture = reverse("seances:avancer", kwargs={"public_id": seance.public_id, "pas": "ouvrir"})
    page = entrer(client, de.coordonnatrice)
    fiche = page.get(reverse("seances:detail", args=[seance.public_id])).content.decode()
    assert f'href="{ouverture}"' in fiche
    assert f'action="{ouverture}"' not in fiche
    assert page.post(ouverture, {"version": 2}).status_code == 422
    assert Seance.objects.get().etat == "convoquee"
    assert "demain" in page.get(ouverture).content.decode()
    assert page.post(ouverture, {"version": 2, "avant_sa_date": "oui"}).status_code == 302
    assert Seance.objects.get().etat == "ouverte"
    with en_maintenance():
        assert EntreeJournal.objects.get(evenement="seance_avancee").details == {"jours": 1}


def test_le_jour_venu_une_seance_s_ouvre_d_un_seul_bouton(client, horloge):
    de = un_groupe()
    seance = preparer(de)
    with contexte(de.coordonnatrice.pk):
        instances.convoquer(seance=seance.public_id, version=1)
    horloge(seance.commence_le)
    ouverture = reverse("seances:avancer", kwargs={"public_id": seance.public_id, "pas": "ouvrir"})
    page = entrer(client, de.coordonnatrice)
    assert (
        f'action="{ouverture}"'
        in page.get(reverse("seances:detail", args=[seance.public_id])).content.decode()
    )
    assert page.get(ouverture).status_code == 302
    assert page.post(ouverture, {"version": 2}).status_code == 302
    with en_maintenance():
        assert Seance.objects.get().etat == "ouverte"
        assert not EntreeJournal.objects.filter(evenement="seance_avancee").exists()


def test_a_wrong_preparation_keeps_what_was_typed(client):
    de = un_groupe()
    reponse = entrer(client, de.coordonnatrice).post(
        reverse("seances:preparer", args=[de.formation.public_id]),
        {"jour": "2026-02-30", "heure": "14:30", "duree_minutes": "120", "lieu": "Salle bleue"},
    )
    assert reponse.status_code == 422
    assert "Salle bleue" in reponse.content.decode()
    assert not Seance.objects.exists()


def test_a_malformed_token_is_not_a_failure(client):
    de = un_groupe()
    donnees = {
        "jour": demain().date().isoformat(),
        "heure": "14:30",
        "duree_minutes": "120",
        "lieu": "Mairie",
        "modele": "ordinaire",
        "jeton": "pas-un-jeton",
    }
    adresse = reverse("seances:preparer", args=[de.formation.public_id])
    assert entrer(client, de.coordonnatrice).post(adresse, donnees).status_code < 500


def test_the_same_form_sent_twice_prepares_one_seance(client):
    de = un_groupe()
    donnees = {
        "jour": demain().date().isoformat(),
        "heure": "14:30",
        "duree_minutes": "120",
        "lieu": "Mairie",
        "modele": "ordinaire",
        "jeton": "0b54b9a4-5a5e-4c1c-9a4e-0d8f5a0f3f10",
    }
    adresse = reverse("seances:preparer", args=[de.formation.public_id])
    page = entrer(client, de.coordonnatrice)
    premiere, seconde = page.post(adresse, donnees), page.post(adresse, donnees)
    assert premiere["Location"] == seconde["Location"]
    assert Seance.objects.count() == 1


@pytest.mark.parametrize("nom", ["detail", "releve", "calendrier", "presences"])
def test_a_seance_does_not_exist_for_a_member_of_another_groupe(client, nom):
    ici, ailleurs = un_groupe(), un_groupe()
    seance, _ = ouvrir(ici)
    adresse = reverse(f"seances:{nom}", args=[seance.public_id])
    assert entrer(client, ailleurs.coordonnatrice).get(adresse).status_code == 404


def test_the_calendar_file_names_nobody(client):
    de = un_groupe()
    seance, _ = ouvrir(de)
    reponse = entrer(client, de.membre).get(reverse("seances:calendrier", args=[seance.public_id]))
    contenu = reponse.content.decode()
    assert reponse["Content-Type"].startswith("text/calendar")
    for mot in ("Maravalle", "Théo", de.membre.nom, de.coordonnatrice.nom, "Jeunesse"):
        assert mot not in contenu


def test_the_list_costs_the_same_for_one_seance_and_for_twenty(client, django_assert_max_num_queries):
    de = un_groupe()
    preparer(de)
    page = entrer(client, de.membre)
    page.get(reverse("seances:liste"))
    with django_assert_max_num_queries(40) as une:
        page.get(reverse("seances:liste"))
    for _ in range(15):
        preparer(de)
    with django_assert_max_num_queries(len(une.captured_queries)):
        page.get(reverse("seances:liste"))


def test_toutes_les_seances_passees_s_atteignent_page_apres_page(client):
    de = un_groupe()
    instant = datetime.now(UTC)
    with en_maintenance():
        for rang in range(1, 46):
            Seance.objects.create(
                formation=de.formation,
                numero=rang,
                modele="ordinaire",
                commence_le=instant - timedelta(days=rang),
                lieu="Mairie",
                etat="close",
                ouverte_le=instant - timedelta(days=rang),
                close_le=instant - timedelta(days=rang),
                preparee_par=de.coordonnatrice,
            )
    page, adresse, vues = entrer(client, de.coordonnatrice), reverse("seances:liste"), []
    for _ in range(3):
        lue = page.get(adresse).content.decode()
        vues += re.findall(r"<h3>[^<]*séance n° (\d+)</h3>", lue)
        suivante = re.search(r'href="(\?avant=[^"]+)" rel="next"', lue)
        adresse = reverse("seances:liste") + html.unescape(suivante.group(1)) if suivante else ""
    assert adresse == ""
    assert vues == [str(rang) for rang in range(1, 46)]
    assert page.get(reverse("seances:liste"), {"avant": "hier"}).status_code == 200


def test_an_agenda_is_offered_the_reviews_due_around_its_own_day_and_not_around_the_next_one():
    de = un_groupe()
    situation = une_situation(de)
    proche, lointaine = preparer(de), preparer(de, commence_le=demain() + timedelta(days=60))

    def proposees(seance: Seance) -> list[object]:
        with contexte(de.coordonnatrice.pk):
            return [p.objet for offre, lus in instances.propositions(seance) for p in lus]

    for jours, attendues in ((10, (True, True)), (70, (False, True)), (100, (False, False))):
        with en_maintenance():
            revue = proche.commence_le.date() + timedelta(days=jours)
            Situation.objects.filter(pk=situation.pk).update(revue_le=revue)
        offertes = tuple(situation.public_id in proposees(seance) for seance in (proche, lointaine))
        assert offertes == attendues, jours


def test_a_seance_whose_hour_has_passed_keeps_to_its_own_day():
    """The next one is far: what is due long after the one being held does not come before its time."""
    de = un_groupe()
    situation = une_situation(de)
    tenue, _ = preparer(de), preparer(de, commence_le=demain() + timedelta(days=200))
    hier = datetime.now(UTC) - timedelta(hours=3)
    with en_maintenance():
        Seance.objects.filter(pk=tenue.pk).update(commence_le=hier)
        for jours, offerte in ((40, False), (20, True)):
            Situation.objects.filter(pk=situation.pk).update(revue_le=hier.date() + timedelta(days=jours))
            with contexte(de.coordonnatrice.pk):
                lues = instances.propositions(Seance.objects.get(pk=tenue.pk))
            assert (situation.public_id in [p.objet for _, points in lues for p in points]) is offerte
