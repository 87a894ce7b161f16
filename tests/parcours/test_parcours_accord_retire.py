"""An agreement taken back after the transmission stops the body before the first day, without a word why."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError, ProgrammingError
from hypothesis import given
from hypothesis import strategies as st
from tests.parcours.decor_orientations import (
    Decor,
    accepter,
    commencee,
    enoncer,
    proposer,
    renaitre,
    transmettre,
    un_decor,
    une_participation,
)
from tests.parcours.test_parcours_enonces import MEDIATION, une_mediation
from tests.situations.fabriques import un_groupe

from maillage.droit.api import Force, Motif, Verdict
from maillage.parcours.models import Participation, Presence
from maillage.parcours.rules import orientation as regles
from maillage.parcours.services import participations, pas, suspensions
from maillage.situations import identites
from maillage.socle.contexte import contexte, en_maintenance
from maillage.socle.models import EntreeJournal
from maillage.socle.refus import Introuvable, Refus
from maillage.socle.temps import aujourd_hui

JOUR = date(2026, 3, 2)
DB = pytest.mark.django_db

# --- Rules -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("champs", "codes"),
    [
        ({}, ()),
        ({"etat": "accusee"}, ()),
        ({"etat": "commencee"}, ("deja_commencee",)),
        ({"etat": "terminee"}, ("deja_commencee",)),
        ({"suspendue": True}, ("deja_suspendue",)),
        ({"le": JOUR + timedelta(days=1)}, ("date_future",)),
        ({"le": JOUR - timedelta(days=9)}, ("date_avant",)),
    ],
)
def test_an_agreement_is_taken_back_before_the_first_day_and_once(champs, codes):
    faits = {
        "etat": "transmise",
        "suspendue": False,
        "le": JOUR,
        "accord_le": JOUR - timedelta(days=5),
        "aujourd_hui": JOUR,
        **champs,
    }
    assert regles.juger_retrait(**faits).codes == codes


LOI = Motif("consentement_manquant", "Il manque un consentement.", "CPP, art. 10-1", Force.LOI)
USAGE = Motif("autre", "Une habitude.", "Usage", Force.USAGE)


@pytest.mark.parametrize(
    ("champs", "codes"),
    [
        ({}, ()),
        ({"suspendue_le": None}, ("rien_a_reprendre",)),
        ({"etat": "abandonnee"}, ("rien_a_reprendre",)),
        ({"le": JOUR - timedelta(days=3)}, ("date_avant",)),
        ({"entree": Verdict.refus([LOI])}, ("consentement_manquant",)),
        ({"entree": Verdict.refus([USAGE])}, ()),
    ],
)
def test_a_new_agreement_opens_again_what_the_law_leaves_open(champs, codes):
    faits = {
        "etat": "accusee",
        "suspendue_le": JOUR - timedelta(days=2),
        "le": JOUR,
        "aujourd_hui": JOUR,
        "entree": Verdict.accord(),
        **champs,
    }
    assert regles.juger_nouvel_accord(**faits).codes == codes


@given(etat=st.sampled_from(["transmise", "accusee", "commencee", "terminee", "abandonnee", "declinee"]))
def test_whatever_its_state_a_suspended_participation_does_not_begin(etat):
    def juger(*, suspendue: bool) -> Verdict:
        return regles.juger_passage(
            etat=etat, vers="commencee", le=JOUR, pas_avant=JOUR, aujourd_hui=JOUR, suspendue=suspendue
        )

    assert not juger(suspendue=True).ok
    assert set(juger(suspendue=True).codes) - set(juger(suspendue=False).codes) == {"ne_pas_commencer"}


# --- Services --------------------------------------------------------------------------------------


def recue(decor: Decor | None = None) -> tuple[Decor, Participation]:
    """Handed over and acknowledged: the first day is all that is awaited."""
    decor = decor or un_decor(groupe=un_groupe())
    lue = une_participation(decor)
    with contexte(decor.prestataire.pk):
        participations.accuser_reception(participation=lue.public_id, version=1, le=lue.transmise_le)
    return decor, relue(lue)


def relue(lue: Participation) -> Participation:
    with en_maintenance():
        return Participation.objects.get(pk=lue.pk)


def retirer(decor: Decor, lue: Participation, par: object = None) -> Participation:
    with contexte((par or decor.referent).pk):
        suspensions.retirer_l_accord(participation=lue.public_id, version=lue.version, le=aujourd_hui())
    return relue(lue)


def rendre(decor: Decor, lue: Participation) -> Participation:
    with contexte(decor.referent.pk):
        suspensions.noter_un_nouvel_accord(participation=lue.public_id, version=lue.version, le=aujourd_hui())
    return relue(lue)


def commencer(decor: Decor, lue: Participation) -> None:
    with contexte(decor.prestataire.pk):
        participations.commencer(participation=lue.public_id, version=lue.version, le=aujourd_hui())


@DB
def test_the_body_does_not_begin_until_the_person_agrees_again():
    decor, lue = recue()
    lue = retirer(decor, lue)
    with pytest.raises(Refus) as refus:
        commencer(decor, lue)
    assert refus.value.verdict.codes == ("ne_pas_commencer",)
    dit = " ".join(f"{m.texte} {m.base_legale}" for m in refus.value.verdict.motifs)
    assert "accord" not in dit.lower()
    assert "consentement" not in dit.lower()
    assert relue(lue).etat == "accusee"
    lue = rendre(decor, lue)
    commencer(decor, lue)
    assert relue(lue).etat == "commencee"
    with en_maintenance():
        suivis = EntreeJournal.objects.filter(objet=str(lue.public_id), evenement__startswith="accord_")
        dits = list(suivis.order_by("pk").values_list("evenement", flat=True))
    assert dits == ["accord_retire", "accord_rendu"]


@DB
def test_once_begun_it_is_stopped_with_its_cause_and_not_suspended():
    decor = un_decor(groupe=un_groupe())
    lue = commencee(decor)
    with pytest.raises(Refus) as refus:
        retirer(decor, lue)
    assert refus.value.verdict.codes == ("deja_commencee",)
    assert relue(lue).suspendue_le is None


@DB
def test_neither_the_body_nor_another_groupe_notes_it():
    decor, lue = recue()
    ailleurs, _ = recue()
    with pytest.raises(Refus) as refus:
        retirer(decor, lue, par=decor.prestataire)
    assert (refus.value.statut, refus.value.verdict.codes) == (403, ("reserve_au_groupe",))
    for intrus in (ailleurs.referent, ailleurs.prestataire):
        with pytest.raises(Introuvable):
            retirer(decor, lue, par=intrus)
    assert relue(lue).suspendue_le is None


@DB
def test_raw_sql_of_the_body_neither_lifts_the_suspension_nor_begins_in_spite_of_it():
    decor, lue = recue()
    retirer(decor, lue)
    essais = (
        ("suspendue_le = NULL", ProgrammingError, "Only the groupe"),
        ("jours_longs_le = transmise_le", ProgrammingError, "Only the groupe"),
        ("etat = 'commencee', commencee_le = transmise_le", IntegrityError, "suspendue_attend"),
    )
    with contexte(decor.prestataire.pk), connection.cursor() as curseur:
        for change, erreur, dit in essais:
            with pytest.raises(erreur, match=dit), transaction.atomic():
                curseur.execute(f"UPDATE parcours_participation SET {change} WHERE id = %s", [lue.pk])
        curseur.execute("UPDATE parcours_participation SET version = version WHERE id = %s", [lue.pk])
        assert curseur.rowcount == 1
    assert (relue(lue).suspendue_le, relue(lue).etat) == (aujourd_hui(), "accusee")


@DB
def test_a_consent_stated_as_taken_back_stops_the_restorative_measure_that_has_not_begun():
    decor, orientation = une_mediation()
    decor, lue = recue_de(decor, orientation)
    enoncer(decor, "consentement_victime", oui=False)
    assert relue(lue).suspendue_le == aujourd_hui()
    with pytest.raises(Refus) as refus:
        commencer(decor, relue(lue))
    assert refus.value.verdict.codes == ("ne_pas_commencer",)
    # The référent cannot undo it alone: the law of the measure is asked again.
    with pytest.raises(Refus) as refus:
        rendre(decor, relue(lue))
    assert refus.value.verdict.codes == ("consentement_manquant",)
    enoncer(decor, "consentement_victime")
    assert relue(lue).suspendue_le == aujourd_hui()
    commencer(decor, rendre(decor, relue(lue)))
    assert relue(lue).etat == "commencee"


@DB
def test_a_condition_that_is_no_consent_and_another_scheme_suspend_nothing():
    decor, orientation = une_mediation()
    decor, lue = recue_de(decor, orientation)
    enoncer(decor, "animateur_forme", oui=False)
    assert relue(lue).suspendue_le is None
    autre = transmettre_ailleurs(decor)
    enoncer(decor, "consentement_auteur", oui=False)
    assert relue(lue).suspendue_le == aujourd_hui()
    assert relue(autre).suspendue_le is None


def recue_de(decor: Decor, orientation: object) -> tuple[Decor, Participation]:
    lue = transmettre(decor, orientation, fin=None)
    with contexte(decor.prestataire.pk):
        participations.accuser_reception(participation=lue.public_id, version=1, le=lue.transmise_le)
    return decor, relue(lue)


def transmettre_ailleurs(decor: Decor) -> Participation:
    """Another scheme of the same person, handed over without an offer."""
    from maillage.parcours.services import orientations
    from maillage.parcours.services.orientations import Transmission

    orientation = accepter(decor, proposer(decor, "soin_mda"))
    with contexte(decor.referent.pk):
        return orientations.transmettre(
            orientation=orientation.public_id,
            version=orientation.version,
            vers=Transmission(organisme=decor.organisme.public_id, debut=aujourd_hui()),
        )


# --- Pages -----------------------------------------------------------------------------------------


@DB
def test_the_body_reads_that_it_waits_and_never_why(client):
    decor, lue = recue()
    client.force_login(decor.referent)
    adresse = f"/participations/{lue.public_id}/retrait/"
    page = client.get(adresse)
    assert page.status_code == 200
    assert "sans la raison" in page.content.decode()
    envoi = {"version": lue.version, "le": aujourd_hui().isoformat()}
    assert client.post(adresse, envoi).status_code == 302
    with en_maintenance():
        orientation = relue(lue).orientation.public_id
    groupe = client.get(f"/orientations/{orientation}/").content.decode()
    assert "Accord retiré le" in groupe
    assert "Noter un nouvel accord" in groupe

    client.force_login(decor.prestataire)
    chez_lui = client.get(f"/accueils/{lue.public_id}/").content.decode()
    assert "Ne commencez pas." in chez_lui
    assert "Noter le premier jour" not in chez_lui
    dedans = chez_lui.split("<main", 1)[1].split("m-lecteurs")[0].lower()
    assert "accord" not in dedans
    assert "consentement" not in dedans
    assert "Ne pas commencer" in client.get("/accueils/").content.decode()
    force = client.post(f"/accueils/{lue.public_id}/commencer/", {**envoi, "version": relue(lue).version})
    assert force.status_code == 422
    assert "demande de ne pas commencer" in force.content.decode()
    assert relue(lue).etat == "accusee"
    assert client.get(f"/accueils/{lue.public_id}/retrait/").status_code == 404


# --- Liftings: what the body is told, what a lifting rests on --------------------------------------


def en_phase() -> tuple[Decor, Participation]:
    decor = un_decor("tapaj", groupe=un_groupe())
    lue = commencee(decor)
    with contexte(decor.referent.pk):
        participations.passer_phase(
            participation=lue.public_id, version=lue.version, code="premiere", le=lue.commencee_le
        )
    return decor, relue(lue)


def six_heures(decor: Decor, lue: Participation) -> Presence:
    with contexte(decor.prestataire.pk):
        return participations.noter_presence(
            participation=lue.public_id, le=aujourd_hui(), etat="present", heures=Decimal(6)
        )


def ecarter(decor: Decor, lue: Participation) -> object:
    with contexte(decor.referent.pk):
        return pas.ecarter(
            orientation=lue.orientation.public_id, code="heures_du_jour", raison="decision_groupe"
        )


@DB
def test_the_body_is_told_that_a_longer_day_is_allowed_and_may_note_it(client):
    decor, lue = en_phase()
    with pytest.raises(Refus) as refus:
        six_heures(decor, lue)
    assert refus.value.verdict.codes == ("heures_du_jour",)
    ecarter(decor, lue)
    assert relue(lue).jours_longs_le == aujourd_hui()
    client.force_login(decor.prestataire)
    chez_lui = client.get(f"/accueils/{lue.public_id}/").content.decode()
    assert "le groupe permet davantage depuis le" in chez_lui
    assert decor.referent.nom not in chez_lui.split("m-lecteurs")[0]
    assert six_heures(decor, lue).heures == 6


@DB
def test_what_is_taken_back_is_no_longer_told_to_the_body():
    decor, lue = en_phase()
    levee = ecarter(decor, lue)
    with contexte(decor.referent.pk):
        pas.reprendre(orientation=lue.orientation.public_id, levee=levee.public_id)
    assert relue(lue).jours_longs_le is None
    with pytest.raises(Refus):
        six_heures(decor, lue)


@DB
def test_a_lifting_falls_with_the_birth_date_it_was_judged_on_and_the_page_says_so(client):
    decor = un_decor("smv", age=16, groupe=un_groupe())
    orientation = accepter(decor, proposer(decor, "smv"))
    with contexte(decor.groupe.coordonnatrice.pk):
        pas.ecarter(orientation=orientation.public_id, code="age_min", raison="decision_groupe")
    with en_maintenance():
        avant = identites.lire(decor.situation.identite_id).donnees.naissance
    renaitre(decor, avant + timedelta(days=1))
    with pytest.raises(Refus) as refus:
        transmettre(decor, orientation)
    assert refus.value.verdict.codes == ("age_min",)
    with en_maintenance():
        assert not Participation.objects.exists()
    client.force_login(decor.groupe.coordonnatrice)
    assert "ne compte plus" in client.get(f"/orientations/{orientation.public_id}/").content.decode()
    with contexte(decor.groupe.coordonnatrice.pk):
        pas.ecarter(orientation=orientation.public_id, code="age_min", raison="decision_groupe")
    assert transmettre(decor, orientation).pk


@DB
def test_what_the_rule_reads_of_the_offer_is_part_of_what_was_judged():
    from maillage.parcours.services.orientations import empreinte_de_l_entree
    from maillage.situations.api import ici

    decor, orientation = une_mediation()
    with en_maintenance():
        decor.offre.tuteur_forme = False
    with contexte(decor.referent.pk):
        la = (orientation, decor.situation, ici(decor.situation.cercle_id), aujourd_hui())
        sans, non_formee = empreinte_de_l_entree(*la), empreinte_de_l_entree(*la, decor.offre)
        decor.offre.tuteur_forme = True
        assert sans == non_formee != empreinte_de_l_entree(*la, decor.offre)
    assert orientation.dispositif_code == MEDIATION
