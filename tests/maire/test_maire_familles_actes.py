"""A family's file from the convocation to its end, the bad days, and who may do what."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from tests.acteurs.fabriques import creer_compte, creer_organisme
from tests.instances import fabriques as f
from tests.maire.fabriques_familles import ENFANT, INSTANT, conseil, saisie

from maillage.maire.models import (
    AccompagnementParental,
    AuditionFamille,
    ConvocationFamille,
    DossierFamille,
    LigneDeRegistre,
    SaisineDepartement,
    SuiteFamille,
)
from maillage.maire.services import aides, auditions
from maillage.situations.api import DonneesRepresentant, lire_identite, lire_recits
from maillage.situations.models import Signalement
from maillage.socle.contexte import courant, en_maintenance
from maillage.socle.models import FaitStatistique
from maillage.socle.refus import Introuvable, Refus

pytestmark = pytest.mark.django_db
AUDITION = datetime(2026, 3, 16, 16, tzinfo=UTC)


@pytest.fixture(autouse=True)
def le_jour(horloge):
    """Set the clock, also for the transaction under way."""

    def regler(instant: datetime) -> None:
        horloge(instant)
        if (ici := courant()) is not None:
            object.__setattr__(ici, "instant", instant)

    regler(INSTANT)
    return regler


class Dossier:
    """A file under test: each act is done at the version just read."""

    def __init__(self, cddf, maire, **champs):
        self.cddf, self.maire = cddf, maire
        self.cle = saisie(cddf, **champs).public_id

    def lu(self) -> DossierFamille:
        return DossierFamille.objects.get(public_id=self.cle)

    def faire(self, commande, **champs):
        return commande(dossier=self.cle, version=self.lu().version, **champs)

    def convoquer(self, le=AUDITION, **champs):
        valeurs = {"lieu": "Salle des mariages", "moyen": "courrier", "membres": [self.maire.pk], **champs}
        return self.faire(auditions.convoquer, audition_le=le, **valeurs)

    def entendre(self, **champs):
        valeurs = {
            "preside_par": self.maire.pk,
            "membres": [self.maire.pk],
            "famille": ["mere", "enfant"],
            **champs,
        }
        return self.faire(auditions.entendre, **valeurs)


def codes(refus) -> set[str]:
    return set(refus.value.verdict.codes)


def test_from_the_convocation_to_the_attestation_the_state_and_the_register_follow(au_nom_de, le_jour):
    cddf, maire = conseil()
    organisme = creer_organisme()
    with au_nom_de(maire):
        dossier = Dossier(cddf, maire)
        dossier.convoquer()
        assert dossier.lu().etat == "convoque"
        le_jour(AUDITION + timedelta(hours=1))
        dossier.entendre()
        dossier.faire(auditions.proposer_suite, genre="recommandation", types=["assiduite", "horaires"])
        dossier.faire(aides.proposer_accompagnement, organisme=organisme.public_id)
        dossier.faire(
            aides.noter_reponse,
            oui=True,
            debut=date(2026, 3, 16),
            fin=date(2026, 9, 16),
            referent=maire.pk,
        )
        assert dossier.lu().etat == "accompagne"
        dossier.faire(
            aides.faire_le_point,
            resultat="progres",
            fait_le=date(2026, 3, 16),
            prochain_le=date(2026, 5, 4),
        )
        assert dossier.lu().revue_le == date(2026, 5, 4)
        le_jour(datetime(2026, 9, 16, 8, tzinfo=UTC))
        dossier.faire(aides.terminer_accompagnement, issue="suivi", fini_le=date(2026, 9, 16))
        dossier.faire(aides.clore_famille, issue="aidee")
        lu = dossier.lu()
        audition = AuditionFamille.objects.get()
        ligne = LigneDeRegistre.objects.get(objet=dossier.cle)
    assert (lu.etat, lu.issue, lu.expire_le) == ("clos", "aidee", date(2026, 12, 16))
    assert (audition.qualite, audition.famille) == ("maire", ["enfant", "mere"])
    assert (ligne.issue, ligne.issue_le) == ("aidee", date(2026, 9, 16))
    with en_maintenance():
        faits = list(FaitStatistique.objects.order_by("pk").values_list("evenement", "genre", "issue"))
    assert faits == [
        ("famille_saisie", "", ""),
        ("famille_entendue", "", ""),
        ("famille_suite", "recommandation", ""),
        ("famille_suite", "accompagnement", "accepte"),
        ("famille_close", "", "aidee"),
    ]


def test_a_family_that_does_not_come_is_written_to_again_then_is_absent(au_nom_de, le_jour):
    cddf, maire = conseil()
    with au_nom_de(maire):
        dossier = Dossier(cddf, maire)
        dossier.convoquer()
        with pytest.raises(Refus) as trop_tot:
            dossier.faire(auditions.noter_absence, issue="absente")
        le_jour(AUDITION)
        dossier.faire(auditions.noter_absence, issue="absente")
        assert dossier.lu().etat == "saisi"
        seconde = dossier.convoquer(AUDITION + timedelta(days=10))
        le_jour(AUDITION + timedelta(days=10))
        dossier.faire(auditions.noter_absence, issue="absente")
        assert (seconde.rang, dossier.lu().etat) == (2, "carence")
        dossier.faire(aides.saisir_departement, departement="31")
        with pytest.raises(Refus) as attendue:
            dossier.faire(aides.clore_famille, issue="carence")
        dossier.faire(aides.noter_reponse_du_departement, reponse="sans_suite", reponse_le=dossier_jour(10))
        dossier.faire(aides.clore_famille, issue="carence")
        assert dossier.lu().etat == "clos"
    assert codes(trop_tot) == {"jour_a_venir"}
    assert codes(attendue) == {"reponse_attendue"}


def dossier_jour(jours: int) -> date:
    return (AUDITION + timedelta(days=jours)).date()


def test_an_excused_family_is_not_counted_absent(au_nom_de):
    cddf, maire = conseil()
    with au_nom_de(maire):
        dossier = Dossier(cddf, maire)
        for _ in range(3):
            dossier.convoquer()
            dossier.faire(auditions.noter_absence, issue="excusee")
        assert dossier.lu().etat == "saisi"
        assert list(ConvocationFamille.objects.order_by("rang").values_list("rang", flat=True)) == [1, 2, 3]


@pytest.mark.parametrize(
    ("champs", "code"),
    [
        ({"le": INSTANT + timedelta(days=7)}, "convocation_tardive"),
        ({"membres": []}, "sans_membre"),
        ({"moyen": "pigeon"}, "choix_inconnu"),
        ({"lieu": " "}, "choix_inconnu"),
    ],
)
def test_a_letter_says_when_where_and_before_whom_early_enough(champs, code, au_nom_de):
    cddf, maire = conseil()
    with au_nom_de(maire):
        dossier = Dossier(cddf, maire)
        with pytest.raises(Refus) as refus:
            dossier.convoquer(**champs)
        assert code in codes(refus)
        assert (dossier.lu().etat, ConvocationFamille.objects.count()) == ("saisi", 0)


def test_nobody_who_does_not_read_the_council_is_announced_to_the_family(au_nom_de):
    cddf, maire = conseil()
    _, voisin = conseil(f.VOISINE)
    with au_nom_de(maire):
        dossier = Dossier(cddf, maire)
        with pytest.raises(Introuvable):
            dossier.convoquer(membres=[maire.pk, voisin.pk])


@pytest.mark.parametrize(
    ("champs", "code"),
    [({"famille": ["enfant"]}, "sans_parent"), ({"famille": ["oncle"]}, "choix_inconnu")],
)
def test_a_hearing_without_a_parent_is_none(champs, code, au_nom_de, le_jour):
    cddf, maire = conseil()
    with au_nom_de(maire):
        dossier = Dossier(cddf, maire)
        dossier.convoquer()
        le_jour(AUDITION)
        with pytest.raises(Refus) as refus:
            dossier.entendre(**champs)
        assert code in codes(refus)
        assert not AuditionFamille.objects.exists()
        assert dossier.lu().etat == "convoque"


def test_only_the_mayor_or_a_delegated_member_presides_and_proposes(au_nom_de, le_jour):
    """The agent writes in this council; the neighbour is mayor elsewhere and reads here too."""
    cddf, maire = conseil()
    agent = f.membre(cddf)
    voisin = f.membre(cddf, f.exercer(creer_compte(), "maire", f.VOISINE))
    organisme = creer_organisme()
    with au_nom_de(agent):
        dossier = Dossier(cddf, maire)
        dossier.convoquer()
        le_jour(AUDITION)
        for autre in (agent, voisin):
            with pytest.raises(Refus) as refus:
                dossier.entendre(preside_par=autre.pk)
            assert codes(refus) == {"autorite_incompetente"}
        dossier.entendre()
    for autre in (agent, voisin):
        with au_nom_de(autre):
            with pytest.raises(Refus) as refus:
                dossier.faire(aides.proposer_accompagnement, organisme=organisme.public_id)
            assert codes(refus) == {"autorite_incompetente"}
            with pytest.raises(Refus) as refus:
                dossier.faire(aides.saisir_departement, departement="31")
            assert codes(refus) == {"autorite_incompetente"}
    with en_maintenance():
        assert not AccompagnementParental.objects.exists()
        assert not SaisineDepartement.objects.exists()


def test_parents_who_refuse_the_support_change_nothing_but_their_answer(au_nom_de, le_jour):
    cddf, maire = conseil()
    organisme = creer_organisme()
    with au_nom_de(maire):
        dossier = Dossier(cddf, maire)
        dossier.convoquer()
        le_jour(AUDITION)
        dossier.entendre()
        dossier.faire(aides.proposer_accompagnement, organisme=organisme.public_id)
        with pytest.raises(Refus) as deux:
            dossier.faire(aides.proposer_accompagnement, organisme=organisme.public_id)
        dossier.faire(aides.noter_reponse, oui=False)
        assert dossier.lu().etat == "entendu"
        assert AccompagnementParental.objects.get().etat == "refuse"
        dossier.faire(aides.clore_famille, issue="refus")
    assert codes(deux) == {"accompagnement_en_cours"}


@pytest.mark.parametrize(
    ("naissance", "fin", "code"),
    [
        (ENFANT.naissance, date(2026, 9, 17), "duree"),
        (date(2008, 6, 1), date(2026, 6, 2), "enfant_majeur"),
        (ENFANT.naissance, date(2026, 3, 15), "dates"),
    ],
)
def test_a_support_lasts_no_longer_than_the_parameter_nor_beyond_minority(
    naissance, fin, code, au_nom_de, le_jour
):
    cddf, maire = conseil()

    organisme = creer_organisme()
    with au_nom_de(maire):
        dossier = Dossier(cddf, maire, personne=replace(ENFANT, naissance=naissance))
        dossier.convoquer()
        le_jour(AUDITION)
        dossier.entendre()
        dossier.faire(aides.proposer_accompagnement, organisme=organisme.public_id)
        with pytest.raises(Refus) as refus:
            dossier.faire(aides.noter_reponse, oui=True, debut=date(2026, 3, 16), fin=fin, referent=maire.pk)
        assert AccompagnementParental.objects.get().etat == "propose"
    assert codes(refus) == {code}


def test_a_child_who_comes_of_age_during_the_support_ends_it(au_nom_de, le_jour):

    cddf, maire = conseil()
    organisme = creer_organisme()
    with au_nom_de(maire):
        dossier = Dossier(cddf, maire, personne=replace(ENFANT, naissance=date(2008, 6, 1)))
        dossier.convoquer()
        le_jour(AUDITION)
        dossier.entendre()
        dossier.faire(aides.proposer_accompagnement, organisme=organisme.public_id)
        dossier.faire(
            aides.noter_reponse, oui=True, debut=date(2026, 3, 16), fin=date(2026, 6, 1), referent=maire.pk
        )
        with pytest.raises(Refus) as mineur:
            dossier.faire(aides.terminer_accompagnement, issue="majorite", fini_le=date(2026, 3, 16))
        le_jour(datetime(2026, 6, 1, 8, tzinfo=UTC))
        dossier.faire(aides.terminer_accompagnement, issue="majorite", fini_le=date(2026, 6, 1))
        with pytest.raises(Refus) as majeur:
            dossier.convoquer(datetime(2026, 6, 20, 8, tzinfo=UTC))
        dossier.faire(aides.clore_famille, issue="majorite")
    assert codes(mineur) == {"encore_mineur"}
    assert codes(majeur) == {"enfant_majeur"}


def test_before_an_existing_follow_up_the_council_abstains_until_the_mayor_or_its_end_says_otherwise(
    au_nom_de,
):
    cddf, maire = conseil()
    agent = f.membre(cddf)
    with au_nom_de(agent):
        dossier = Dossier(cddf, maire)
        dossier.convoquer()
        dossier.faire(aides.s_abstenir, suivi="suivi_existant")
        assert (dossier.lu().etat, dossier.lu().suivi_existant) == ("differe", "suivi_existant")
        assert ConvocationFamille.objects.get().issue == "annulee"
        with pytest.raises(Refus) as refus:
            dossier.convoquer()
        with pytest.raises(Refus) as elu:
            dossier.faire(aides.reprendre, raison="accord_du_service")
        assert dossier.lu().etat == "differe"
    motif = refus.value.verdict.motifs[0]
    assert (motif.code, motif.levee_possible) == ("suivi_existant", True)
    assert codes(elu) == {"autorite_incompetente"}
    with au_nom_de(maire):
        dossier.faire(aides.reprendre, raison="accord_du_service")
        assert (dossier.lu().etat, dossier.lu().suivi_existant) == ("saisi", "")
        reprise = SuiteFamille.objects.get(genre="reprise")
    assert (reprise.types, reprise.qualite) == (["accord_du_service"], "maire")


def test_the_département_of_another_address_is_the_one_asked(au_nom_de, le_jour):
    cddf, maire = conseil()
    with au_nom_de(maire):
        dossier = Dossier(cddf, maire, departement="82")
        dossier.convoquer()
        le_jour(AUDITION)
        dossier.entendre()
        with pytest.raises(Refus):
            dossier.faire(aides.saisir_departement, departement="999")
        dossier.faire(aides.saisir_departement, departement=dossier.lu().departement)
        with pytest.raises(Refus) as deux:
            dossier.faire(aides.saisir_departement, departement="82")
        assert SaisineDepartement.objects.get().departement == "82"
    assert codes(deux) == {"deja_saisi"}


def test_another_parent_is_written_to_as_well(au_nom_de):
    cddf, maire = conseil()
    with au_nom_de(maire):
        dossier = Dossier(cddf, maire, representants=())
        dossier.faire(aides.ajouter_parent, parent=DonneesRepresentant("Vasseur", "Karl", "pere"))
        assert [p.nom for p in lire_identite(dossier.lu().identite_id).representants] == ["Vasseur"]


def test_the_identity_alone_passes_to_a_groupe_of_the_actor(au_nom_de, le_jour):

    cddf, maire = conseil()
    groupe, ailleurs = f.groupe(cddf.conseil), f.groupe(cddf.conseil)
    f.membre(groupe, maire)
    with au_nom_de(maire):
        dossier = Dossier(cddf, maire)
        dossier.convoquer()
        le_jour(AUDITION)
        dossier.entendre()
        passe = {"exposition": "delinquance", "motif": "absences_repetees", "origine": "services_mairie"}
        with pytest.raises(Introuvable):
            dossier.faire(aides.passer_au_groupe, groupe=ailleurs.cercle.public_id, **passe)
        assert not SuiteFamille.objects.exists()
        dossier.faire(aides.passer_au_groupe, groupe=groupe.cercle.public_id, **passe)
        (signalement,) = lire_recits(Signalement.objects.all())
        assert signalement.identite_id != dossier.lu().identite_id
        assert lire_identite(signalement.identite_id).nom_complet == "Noé Lormier"
        assert signalement.texte == ""


def test_an_act_typed_over_an_older_version_is_refused(au_nom_de):
    cddf, maire = conseil()
    with au_nom_de(maire):
        dossier = Dossier(cddf, maire)
        version = dossier.lu().version
        dossier.convoquer()
        with pytest.raises(Refus) as refus:
            aides.s_abstenir(dossier=dossier.cle, version=version, suivi="procedure")
        assert refus.value.statut == 409
        assert dossier.lu().etat == "convoque"
        assert ConvocationFamille.objects.get().issue == ""


def test_the_member_of_another_council_finds_no_such_file(au_nom_de):
    cddf, maire = conseil()
    _, voisin = conseil(f.VOISINE)
    with au_nom_de(maire):
        dossier = Dossier(cddf, maire)
    with au_nom_de(voisin), pytest.raises(Introuvable):
        aides.clore_famille(dossier=dossier.cle, version=1, issue="sans_objet")
    with au_nom_de(maire):
        assert dossier.lu().etat == "saisi"
