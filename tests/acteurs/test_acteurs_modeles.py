"""What the tables of the room accept and refuse."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.acteurs.fabriques import creer_compte, donner

from maillage.acteurs.api import comptes_exercant, portees_de, purger_connexions
from maillage.acteurs.models import Compte, FonctionExercee, NomOrganisme, Organisme, Session
from maillage.socle.contexte import en_maintenance

pytestmark = pytest.mark.django_db


def test_un_organisme_porte_le_nom_de_la_date_demandee(fabrique):
    with fabrique():
        organisme = Organisme.objects.create(genre="france_travail")
        NomOrganisme.objects.create(
            organisme=organisme, nom="Pôle emploi", depuis=date(2008, 12, 19), jusqua=date(2024, 1, 1)
        )
        NomOrganisme.objects.create(organisme=organisme, nom="France Travail", depuis=date(2024, 1, 1))

    assert organisme.nom_le(date(2023, 12, 31)) == "Pôle emploi"
    assert organisme.nom_le(date(2024, 1, 1)) == "France Travail"
    assert organisme.nom_le(date(2001, 1, 1)) == "Pôle emploi"


def test_un_organisme_ne_porte_pas_deux_noms_le_meme_jour(fabrique):
    with fabrique():
        organisme = Organisme.objects.create(genre="france_travail")
        NomOrganisme.objects.create(organisme=organisme, nom="A", depuis=date(2020, 1, 1))
        with pytest.raises(IntegrityError), transaction.atomic():
            NomOrganisme.objects.create(organisme=organisme, nom="B", depuis=date(2021, 1, 1))


MIDI = datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_une_fonction_commence_et_finit_a_la_seconde(horloge):
    compte = creer_compte()
    donner(compte, "maire", depuis=MIDI, jusqua=MIDI + timedelta(hours=1))
    for instant, attendues in (
        (MIDI - timedelta(seconds=1), set()),
        (MIDI, {"maire"}),
        (MIDI + timedelta(minutes=59, seconds=59), {"maire"}),
        (MIDI + timedelta(hours=1), set()),
    ):
        horloge(instant)
        assert Compte.objects.get(pk=compte.pk).fonctions == attendues


def test_la_meme_fonction_ne_s_exerce_pas_deux_fois_au_meme_endroit():
    compte = creer_compte("dpo")
    with pytest.raises(IntegrityError), transaction.atomic():
        donner(compte, "dpo", depuis=MIDI)


def test_un_territoire_local_a_toujours_son_code():
    compte = creer_compte()
    with pytest.raises(IntegrityError), transaction.atomic(), en_maintenance():
        FonctionExercee.objects.create(compte=compte, code="maire", portee_genre="commune", depuis=MIDI)


def test_on_sait_qui_exerce_une_fonction_sur_un_territoire_et_le_compte_ferme_n_y_est_plus():
    ici, ailleurs, ferme = creer_compte(), creer_compte(), creer_compte(actif=False)
    with en_maintenance():
        for compte, commune in ((ici, "31149"), (ailleurs, "31557"), (ferme, "31149")):
            FonctionExercee.objects.create(
                compte=compte,
                code="maire",
                portee_genre="commune",
                portee_code=commune,
                depuis=MIDI.replace(2020),
            )
    assert list(comptes_exercant("maire", portee_genre="commune", portee_code="31149")) == [ici]
    assert set(comptes_exercant("maire")) == {ici, ailleurs}
    assert portees_de(ici, "maire") == {("commune", "31149")}


def test_la_purge_efface_les_sessions_finies_et_se_repete_sans_effet():
    with en_maintenance():
        for rang, expire in enumerate((datetime(2020, 1, 1, tzinfo=UTC), datetime(2999, 1, 1, tzinfo=UTC))):
            Session.objects.create(session_key=f"cle{rang}", session_data="", expire_date=expire)
    assert purger_connexions() == 1
    assert purger_connexions() == 0
    assert Session.objects.count() == 1
