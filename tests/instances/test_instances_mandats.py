"""Mandates: given by another, to an agent of the body that sits, to the minute."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.acteurs.fabriques import creer_compte, creer_organisme
from tests.instances import fabriques as f

from maillage.instances.api import mes_cercles
from maillage.instances.models import Habilitation
from maillage.instances.services.mandats import habiliter, mettre_fin, renouveler
from maillage.socle.contexte import en_maintenance
from maillage.socle.refus import Introuvable, Refus

pytestmark = pytest.mark.django_db

MATIN = datetime(2027, 3, 2, 8, 30, tzinfo=UTC)


def codes(erreur) -> tuple[str, ...]:
    return erreur.value.verdict.codes


def candidat(groupe, *fonctions, genre="mission_locale"):
    """A seat and an account of the body that holds it."""
    organisme = creer_organisme(genre=genre)
    return f.siege(groupe, organisme), creer_compte(*(fonctions or ("membre",)), organisme=organisme)


def test_a_mandate_opens_the_groupe_once_the_charter_is_signed_and_closes_at_its_minute(au_nom_de, horloge):
    groupe = f.groupe()
    siege, agent = candidat(groupe)
    horloge(MATIN)
    with au_nom_de(f.coordonnateur()):
        mandat = habiliter(siege=siege.public_id, compte=agent.public_id, fin=MATIN + timedelta(minutes=30))
    assert (mandat.debut, mandat.fin) == (MATIN, MATIN + timedelta(minutes=30))
    with au_nom_de(agent):
        assert mes_cercles() == []
    f.signer(agent, groupe)
    horloge(MATIN + timedelta(minutes=29, seconds=59))
    with au_nom_de(agent):
        assert mes_cercles() == [groupe.cercle_id]
    horloge(MATIN + timedelta(minutes=30))
    with au_nom_de(agent):
        assert mes_cercles() == []


def test_a_mandate_to_come_opens_nothing_before_its_beginning(au_nom_de, horloge):
    groupe = f.groupe()
    siege, agent = candidat(groupe)
    horloge(MATIN)
    with au_nom_de(f.coordonnateur()):
        habiliter(siege=siege.public_id, compte=agent.public_id, debut=MATIN + timedelta(days=1))
    f.signer(agent, groupe)
    with au_nom_de(agent):
        assert mes_cercles() == []
    horloge(MATIN + timedelta(days=1))
    with au_nom_de(agent):
        assert mes_cercles() == [groupe.cercle_id]


def test_nobody_habilitates_oneself_and_the_mayor_habilitates_the_coordinator(au_nom_de):
    groupe = f.groupe()
    mairie = creer_organisme("Mairie", "commune")
    siege = f.siege(groupe, mairie)
    coordonnatrice = f.coordonnateur(organisme=mairie)
    maire = f.exercer(creer_compte(organisme=mairie), "maire", f.COMMUNE)
    demande = {"siege": siege.public_id, "compte": coordonnatrice.public_id, "role": "coordonnateur"}
    with au_nom_de(coordonnatrice), pytest.raises(Refus) as refus:
        habiliter(**demande)
    assert codes(refus) == ("habilitation_de_soi_meme",)
    with au_nom_de(maire):
        habiliter(**demande)
    assert Habilitation.objects.get().accordee_par_id == maire.pk


@pytest.mark.parametrize(
    ("role", "fonction", "genre", "attendus"),
    [
        ("coordonnateur", "membre", "mission_locale", ("fonction_du_role",)),
        ("maire", "membre", "commune", ("fonction_du_role",)),
        ("parquet", "procureur", "mission_locale", ("role_du_parquet",)),
        ("parquet", "membre", "procureur", ("fonction_du_role",)),
        ("membre", "procureur", "procureur", ("role_du_parquet",)),
        ("membre", "administrateur_technique", "commune", ("administrateur_ecarte",)),
        ("parquet", "procureur", "procureur", ()),
        ("referent", "referent_parcours", "mission_locale", ()),
    ],
)
def test_a_role_asks_for_its_function_and_its_seat(role, fonction, genre, attendus, au_nom_de):
    groupe = f.groupe()
    siege, agent = candidat(groupe, fonction, genre=genre)
    with au_nom_de(f.coordonnateur()):
        if not attendus:
            assert habiliter(siege=siege.public_id, compte=agent.public_id, role=role).role == role
            return
        with pytest.raises(Refus) as refus:
            habiliter(siege=siege.public_id, compte=agent.public_id, role=role)
    assert codes(refus) == attendus
    assert not Habilitation.objects.exists()


def test_only_an_agent_of_the_body_that_sits_is_habilitated(au_nom_de):
    groupe = f.groupe()
    siege, _ = candidat(groupe)
    etranger = creer_compte("membre", organisme=creer_organisme())
    with au_nom_de(f.coordonnateur()), pytest.raises(Refus) as refus:
        habiliter(siege=siege.public_id, compte=etranger.public_id)
    assert codes(refus) == ("autre_organisme",)


def test_a_closed_account_a_past_end_and_a_second_mandate_are_refused(au_nom_de):
    groupe = f.groupe()
    siege, agent = candidat(groupe)
    ferme = creer_compte("membre", organisme=agent.organisme, actif=False)
    with au_nom_de(f.coordonnateur()):
        with pytest.raises(Refus) as refus:
            habiliter(siege=siege.public_id, compte=ferme.public_id)
        assert codes(refus) == ("compte_ferme",)
        with pytest.raises(Refus) as refus:
            habiliter(siege=siege.public_id, compte=agent.public_id, fin=f.DEBUT)
        assert codes(refus) == ("dates_incoherentes",)
        habiliter(siege=siege.public_id, compte=agent.public_id)
        with pytest.raises(Refus) as refus:
            habiliter(siege=siege.public_id, compte=agent.public_id)
        assert codes(refus) == ("deja_habilite",)
    assert Habilitation.objects.count() == 1


def test_nobody_is_habilitated_where_no_person_is_named(au_nom_de):
    pleniere = f.formation(f.conseil())
    siege, agent = candidat(pleniere)
    with au_nom_de(f.coordonnateur()), pytest.raises(Introuvable):
        habiliter(siege=siege.public_id, compte=agent.public_id)


def test_the_coordinator_of_another_council_gives_ends_and_renews_nothing_here(au_nom_de):
    groupe = f.groupe()
    f.groupe(f.conseil(f.AUTRE))
    compte = f.membre(groupe)
    siege, agent = candidat(groupe)
    mandat = Habilitation.objects.get(compte=compte)
    with au_nom_de(f.coordonnateur(f.AUTRE)):
        with pytest.raises(Introuvable):
            habiliter(siege=siege.public_id, compte=agent.public_id)
        with pytest.raises(Introuvable):
            mettre_fin(habilitation=mandat.public_id, motif="depart")
        with pytest.raises(Introuvable):
            renouveler(habilitation=mandat.public_id, fin=None)
    with au_nom_de(compte):  # sees the groupe, and does not keep it
        with pytest.raises(Refus) as refus:
            mettre_fin(habilitation=mandat.public_id, motif="depart")
        assert refus.value.statut == 403
        assert mes_cercles() == [groupe.cercle_id]
    assert Habilitation.objects.get().fin_motif == ""


def test_ending_a_mandate_ends_the_reading_the_same_second(au_nom_de):
    groupe = f.groupe()
    compte = f.membre(groupe)
    mandat = Habilitation.objects.get(compte=compte)
    with au_nom_de(f.coordonnateur()):
        mettre_fin(habilitation=mandat.public_id, motif="manquement")
        with pytest.raises(Introuvable):
            mettre_fin(habilitation=mandat.public_id, motif="manquement")
    with au_nom_de(compte):
        assert mes_cercles() == []
    mandat.refresh_from_db()
    assert mandat.fin_motif == "manquement"


def test_a_mandate_to_come_is_cancelled_not_shortened_before_its_beginning(au_nom_de, horloge):
    groupe = f.groupe()
    siege, agent = candidat(groupe)
    horloge(MATIN)
    mandat = f.habiliter(agent, siege, debut=MATIN + timedelta(days=3))
    with au_nom_de(f.coordonnateur()):
        mettre_fin(habilitation=mandat.public_id, motif="demande")
    mandat.refresh_from_db()
    assert mandat.periode.isempty
    horloge(MATIN + timedelta(days=4))
    f.signer(agent, groupe)
    with au_nom_de(agent):
        assert mes_cercles() == []


def test_a_renewal_follows_the_mandate_without_a_gap_nor_an_overlap(au_nom_de, horloge):
    groupe = f.groupe()
    fin = MATIN + timedelta(days=10)
    compte = f.membre(groupe, fin=fin)
    ancien = Habilitation.objects.get(compte=compte)
    horloge(MATIN)
    with au_nom_de(f.coordonnateur()):
        nouveau = renouveler(habilitation=ancien.public_id, fin=fin + timedelta(days=365))
    assert (nouveau.debut, nouveau.role, nouveau.siege_id) == (fin, ancien.role, ancien.siege_id)
    horloge(fin)
    with au_nom_de(compte):
        assert mes_cercles() == [groupe.cercle_id]


def test_a_renewal_is_refused_once_the_body_no_longer_sits(au_nom_de):
    groupe = f.groupe()
    compte = f.membre(groupe)
    mandat = Habilitation.objects.get(compte=compte)
    with en_maintenance():
        type(mandat.siege).objects.update(jusqua=f.DEBUT + timedelta(days=1))
    with au_nom_de(f.coordonnateur()), pytest.raises(Refus) as refus:
        renouveler(habilitation=mandat.public_id, fin=None)
    assert codes(refus) == ("non_membre",)
    mandat.refresh_from_db()
    assert mandat.fin is None
