"""The pages of the family council: every one opens to a member, none to the member of another."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.acteurs.fabriques import creer_compte, creer_organisme
from tests.instances import fabriques as f
from tests.maire.fabriques_familles import INSTANT, conseil, saisie

from maillage.maire.models import DossierFamille
from maillage.maire.services import aides, auditions
from maillage.socle.contexte import contexte, en_maintenance

pytestmark = pytest.mark.django_db
AUDITION = datetime(2026, 3, 16, 16, tzinfo=UTC)
ACTES = (
    "convoquer",
    "absence",
    "entendre",
    "suite",
    "accompagnement",
    "reponse",
    "point",
    "terminer",
    "departement",
    "repondu",
    "groupe",
    "abstenir",
    "reprendre",
    "parent",
    "clore",
)


@pytest.fixture(autouse=True)
def le_jour(horloge):
    horloge(INSTANT)
    return horloge


@pytest.fixture
def ici():
    """A council, its mayor, a file, and the mayor of a neighbouring council."""
    cddf, maire = conseil()
    _, voisin = conseil(f.VOISINE)
    with contexte(maire.pk):
        dossier = saisie(cddf)
    return cddf, maire, dossier, voisin


def client(compte) -> Client:
    ouvert = Client()
    ouvert.force_login(compte)
    return ouvert


def version(dossier) -> int:
    with en_maintenance():
        return DossierFamille.objects.get(pk=dossier.pk).version


def test_every_form_opens_to_a_member_and_to_no_one_of_another_council(ici):
    cddf, maire, dossier, voisin = ici
    chemins = [reverse(f"familles:{acte}", args=[dossier.public_id]) for acte in ACTES]
    chemins += [reverse("familles:dossier", args=[dossier.public_id])]
    chemins += [reverse(f"familles:{nom}", args=[cddf.cercle.public_id]) for nom in ("saisir", "registre")]
    le_maire, l_autre = client(maire), client(voisin)
    for chemin in chemins:
        assert le_maire.get(chemin).status_code == 200, chemin
        assert l_autre.get(chemin).status_code == 404, chemin
    liste = reverse("familles:liste")
    assert "Noé Lormier" in le_maire.get(liste).content.decode()
    assert "Lormier" not in l_autre.get(liste).content.decode()


def test_the_judiciary_opens_the_file_and_no_form(ici):
    cddf, _, dossier, _ = ici
    parquet = client(f.membre(cddf, role="parquet"))
    page = parquet.get(reverse("familles:dossier", args=[dossier.public_id]))
    assert page.status_code == 200
    assert "Convoquer la famille" not in page.content.decode()
    assert parquet.get(reverse("familles:convoquer", args=[dossier.public_id])).status_code == 422


def test_a_family_is_brought_in_by_the_form_and_the_same_child_is_asked_about(ici):
    cddf, maire, dossier, _ = ici
    chemin = reverse("familles:saisir", args=[cddf.cercle.public_id])
    saisi = {
        "nom": "Lormier",
        "prenom": "Noe",
        "naissance_jour": "4",
        "naissance_mois": "5",
        "naissance_annee": "2013",
        "departement": "31",
        "parent1_nom": "Lormier",
        "parent1_lien": "mere",
        "origine": "parents",
        "motif": "demande_parents",
    }
    navigateur = client(maire)
    demande = navigateur.post(chemin, saisi)
    assert demande.status_code == 422
    assert "Le conseil connaît déjà un enfant proche" in demande.content.decode()
    identite = DossierFamille.objects.filter(pk=dossier.pk).values_list("identite_id", flat=True)
    with en_maintenance():
        connu = str(identite.get())
    encore = navigateur.post(chemin, {**saisi, "rapprocher": connu})
    assert encore.status_code == 422
    assert "Un dossier est déjà en cours" in encore.content.decode()
    autre = navigateur.post(chemin, {**saisi, "rapprocher": "autre"})
    assert autre.status_code == 302
    with en_maintenance():
        assert DossierFamille.objects.count() == 2


def test_each_parent_has_a_letter_and_a_paper_of_another_council_does_not_exist(ici, le_jour):
    _, maire, dossier, voisin = ici
    organisme = creer_organisme()
    le_maire, l_autre = client(maire), client(voisin)

    def lire(code: str, rang: int, sortie: str = "odt", qui: Client = le_maire):
        return qui.get(reverse("familles:document", args=[dossier.public_id, code, rang, sortie]))

    assert lire("famille_convocation", 1).status_code == 404
    with contexte(maire.pk):
        auditions.convoquer(
            dossier=dossier.public_id,
            version=version(dossier),
            audition_le=AUDITION,
            lieu="Hôtel de ville",
            moyen="courrier",
            membres=[maire.pk],
        )
    deux = [lire("famille_convocation", rang) for rang in (1, 2)]
    assert [reponse.status_code for reponse in deux] == [200, 200]
    assert deux[0].content != deux[1].content
    assert "Lormier" not in deux[0]["Content-Disposition"]
    assert lire("famille_convocation", 3).status_code == 404
    assert lire("famille_convocation", 1, qui=l_autre).status_code == 404
    assert lire("famille_feuille", 0, "pdf").status_code == 200
    le_jour(AUDITION + timedelta(hours=1))
    with contexte(maire.pk):
        commun = {"dossier": dossier.public_id}
        auditions.entendre(
            **commun, version=version(dossier), preside_par=maire.pk, membres=[maire.pk], famille=["pere"]
        )
        auditions.proposer_suite(
            **commun, version=version(dossier), genre="recommandation", types=["assiduite"]
        )
        aides.saisir_departement(**commun, version=version(dossier), departement="31")
        aides.proposer_accompagnement(**commun, version=version(dossier), organisme=organisme.public_id)
        aides.noter_reponse(
            **commun,
            version=version(dossier),
            oui=True,
            debut=AUDITION.date(),
            fin=AUDITION.date(),
            referent=maire.pk,
        )
        aides.terminer_accompagnement(
            **commun, version=version(dossier), issue="suivi", fini_le=AUDITION.date()
        )
    for code in ("famille_recommandation", "famille_departement", "famille_attestation"):
        assert lire(code, 0).status_code == 200, code
    assert le_maire.get(reverse("familles:dossier", args=[dossier.public_id])).status_code == 200


def test_a_text_that_holds_secret_information_is_refused_with_what_was_typed(ici, le_jour):
    _, maire, dossier, _ = ici
    saisi = {
        "version": version(dossier),
        "jour": "2026-03-16",
        "heure": "17:00",
        "lieu": "Chez le psychiatre qui suit la mère pour dépression",
        "moyen": "courrier",
        "membres": [maire.pk],
    }
    page = client(maire).post(reverse("familles:convoquer", args=[dossier.public_id]), saisi)
    assert page.status_code == 422
    assert "psychiatre" in page.content.decode()
    with en_maintenance():
        assert DossierFamille.objects.get(pk=dossier.pk).etat == "saisi"


def test_who_sits_in_no_family_council_is_told_so(ici):
    membre = f.membre(f.groupe(f.conseil(f.AUTRE)), creer_compte("membre"))
    page = client(membre).get(reverse("familles:liste"))
    assert "Aucun conseil des familles ne vous est ouvert" in page.content.decode()


def test_a_family_council_prepares_a_séance_of_its_own(ici):
    """Its agenda holds no file of a groupe, and each hearing has a day of its own."""
    cddf, _, _, _ = ici
    coordination = f.membre(cddf, f.coordonnateur(), role="coordonnateur")
    page = client(coordination).get(reverse("seances:preparer", args=[cddf.public_id]))
    assert page.status_code == 200
    assert "Réunion du conseil des familles" in page.content.decode()
