"""From a groupe to the family council: the identity passes once, and no row leads from one to the other."""

import uuid
from dataclasses import replace
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from tests.instances import fabriques as f
from tests.maire.fabriques_familles import ENFANT, INSTANT, PARENTS, conseil
from tests.situations.fabriques import Groupe, decider, signaler, un_groupe

from maillage.maire.models import DossierFamille, LigneDeRegistre
from maillage.maire.services.familles import saisir_depuis_un_groupe
from maillage.situations.api import lire_identite
from maillage.situations.models import Identite, Signalement
from maillage.situations.rules.signalement import juger_remise
from maillage.socle.contexte import en_maintenance
from maillage.socle.models import EntreeJournal, FaitStatistique
from maillage.socle.refus import Introuvable, Refus

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def le_jour(horloge):
    horloge(INSTANT)


def propose(decision: str = "cddf", **qui: object):
    """A family council, a groupe of its council, and a signalement the groupe decided on."""
    cddf, maire = conseil()
    ici = un_groupe()
    enfant = replace(ENFANT, **qui)
    signale = signaler(ici, qui=enfant, representants=PARENTS[:1])
    decider(ici, signale, decision)
    f.membre(cddf, ici.coordonnatrice, role="coordonnateur")
    return cddf, maire, ici, signale


def remettre(cddf, signale, **champs: object) -> DossierFamille:
    valeurs = {
        "conseil": cddf.cercle.public_id,
        "personne": ENFANT,
        "representants": PARENTS[:1],
        "motif": "absenteisme",
        **champs,
    }
    return saisir_depuis_un_groupe(signalement=signale.public_id, **valeurs)


def rien_n_est_ouvert(signale, suite: str) -> None:
    with en_maintenance():
        assert not DossierFamille.objects.exists()
        assert not LigneDeRegistre.objects.exists()
        assert Signalement.objects.get(pk=signale.pk).suite == suite
        assert Identite.objects.count() == 1
        assert not FaitStatistique.objects.filter(evenement="famille_saisie").exists()


def test_the_child_passes_once_with_a_row_of_its_own_and_no_link(au_nom_de):
    cddf, _, ici, signale = propose()
    with au_nom_de(ici.coordonnatrice):
        dossier = remettre(cddf, signale)
        assert dossier.identite_id != signale.identite_id
        assert lire_identite(dossier.identite_id).nom_complet == "Noé Lormier"
        assert (dossier.origine, dossier.motif) == ("groupe", "absenteisme")
        with pytest.raises(Refus) as encore:
            remettre(cddf, signale)
        assert encore.value.verdict.codes == ("deja_remis",)
    with en_maintenance():
        assert DossierFamille.objects.count() == 1
        lu = Signalement.objects.get(pk=signale.pk)
        assert lu.suite == "cddf_remis"
        # Nothing of the one row is written in the other, nor told in one entry of the journal.
        assert str(dossier.public_id) not in str(vars(lu))
        assert str(signale.public_id) not in str(vars(DossierFamille.objects.get(pk=dossier.pk)))
        assert dossier.fil != lu.fil
        for entree in EntreeJournal.objects.all():
            dit = f"{entree.objet} {entree.details}"
            assert not (str(dossier.public_id) in dit and str(signale.public_id) in dit)


@pytest.mark.parametrize("decision", ["non_retenu", "droit_commun"])
def test_what_the_groupe_did_not_propose_does_not_pass(decision, au_nom_de):
    cddf, _, ici, signale = propose(decision)
    with au_nom_de(ici.coordonnatrice), pytest.raises(Refus) as refus:
        remettre(cddf, signale)
    assert refus.value.verdict.codes == ("sans_decision_collective",)
    rien_n_est_ouvert(signale, decision)


def test_a_refusal_of_the_council_leaves_the_gate_open(au_nom_de):
    """A child who came of age, a motif off the list: nothing is handed over, the gate still serves."""
    cddf, _, ici, signale = propose()
    with au_nom_de(ici.coordonnatrice):
        for champs in (
            {"motif": "inconnu"},
            {"personne": replace(ENFANT, naissance=date(2005, 1, 1))},
        ):
            with pytest.raises(Refus):
                remettre(cddf, signale, **champs)
    rien_n_est_ouvert(signale, "cddf")
    with au_nom_de(ici.coordonnatrice):
        assert remettre(cddf, signale).etat == "saisi"


def test_who_reads_only_one_of_the_two_hands_nothing_over(au_nom_de):
    """Each holds the same right: in the groupe alone, in this council alone, in the council next door."""
    cddf, maire, ici, signale = propose()
    voisin_cddf, voisin = conseil(f.VOISINE)
    f.membre(ici.formation, voisin)
    for qui, ou in ((ici.membre, cddf), (maire, cddf), (voisin, cddf)):
        with au_nom_de(qui), pytest.raises(Introuvable):
            remettre(ou, signale)
    rien_n_est_ouvert(signale, "cddf")
    with au_nom_de(ici.coordonnatrice), pytest.raises(Introuvable):
        remettre(voisin_cddf, signale)
    rien_n_est_ouvert(signale, "cddf")


def test_the_mayor_reads_the_signalement_and_leaves_its_handing_over_to_the_groupe(au_nom_de):
    cddf, maire, ici, signale = propose()
    f.membre(ici.formation, maire, role="maire")
    with au_nom_de(maire), pytest.raises(Refus) as refus:
        remettre(cddf, signale)
    assert refus.value.verdict.codes == ("lecture_seule",)
    rien_n_est_ouvert(signale, "cddf")


@pytest.mark.parametrize(
    ("suite", "role", "codes"),
    [
        ("cddf", "membre", ()),
        ("cddf_remis", "membre", ("deja_remis",)),
        ("", "membre", ("sans_decision_collective",)),
        ("cddf", "maire", ("lecture_seule",)),
    ],
)
def test_the_gate_opens_once_on_that_decision(suite, role, codes):
    verdict = juger_remise(suite=suite, decision="cddf", role=role)
    assert (verdict.ok, verdict.codes) == (not codes, codes)


def client(compte) -> Client:
    ouvert = Client()
    ouvert.force_login(compte)
    return ouvert


def test_the_page_of_the_signalement_leads_to_the_form_filled_in_and_says_it_was_handed_over():
    cddf, _, ici, signale = propose()
    coordination = client(ici.coordonnatrice)
    page = reverse("situations:signalement", args=[signale.public_id])
    porte = reverse("familles:depuis_un_groupe", args=[cddf.cercle.public_id, signale.public_id])
    assert porte in coordination.get(page).content.decode()
    # Who sits in the groupe alone is offered nothing, and finds nothing there.
    assert porte not in client(ici.membre).get(page).content.decode()
    assert client(ici.membre).get(porte).status_code == 404
    contenu = coordination.get(porte).content.decode()
    assert 'value="Lormier"' in contenu
    assert "1 rue des Exemples" in contenu
    assert "Le groupe ne lira pas ce dossier" in contenu
    jeton = str(uuid.uuid4())
    saisi = {
        "jeton": jeton,
        "nom": "Lormier",
        "prenom": "Noé",
        "sexe": "M",
        "naissance_0": "4",
        "naissance_1": "5",
        "naissance_2": "2013",
        "naissance_jour": "4",
        "naissance_mois": "5",
        "naissance_annee": "2013",
        "departement": "31",
        "parent1_nom": "Lormier",
        "parent1_prenom": "Ada",
        "parent1_lien": "mere",
        "origine": "groupe",
        "motif": "",
    }
    vide = coordination.post(porte, saisi)
    assert vide.status_code == 422
    assert 'value="Lormier"' in vide.content.decode()
    saisi["motif"] = "absenteisme"
    faite = coordination.post(porte, saisi)
    assert faite.status_code == 302
    # The same form sent again leads to what it opened; another one is told that the gate served.
    assert coordination.post(porte, saisi)["Location"] == faite["Location"]
    assert coordination.post(porte, saisi | {"jeton": str(uuid.uuid4())}).status_code == 422
    assert coordination.get(porte).status_code == 422
    apres = coordination.get(page).content.decode()
    assert porte not in apres
    assert "a été remise là où le groupe l’avait proposé" in apres
    with en_maintenance():
        assert DossierFamille.objects.count() == 1


def test_of_the_origins_a_gate_offers_only_its_own():
    cddf, _, ici, signale = propose()
    porte = reverse("familles:depuis_un_groupe", args=[cddf.cercle.public_id, signale.public_id])
    contenu = client(ici.coordonnatrice).get(porte).content.decode()
    assert 'value="groupe"' in contenu
    assert 'value="caf"' not in contenu


def test_a_signalement_of_this_groupe_is_no_key_to_another_groupe_s(au_nom_de):
    cddf, _, _, signale = propose()
    autre: Groupe = un_groupe()
    f.membre(cddf, autre.coordonnatrice, role="coordonnateur")
    with au_nom_de(autre.coordonnatrice), pytest.raises(Introuvable):
        remettre(cddf, signale)
    rien_n_est_ouvert(signale, "cddf")
