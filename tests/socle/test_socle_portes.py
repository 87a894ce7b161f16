"""Small doors every room relies on: one-use tokens, anonymous facts, an instant replayed."""

import uuid
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.acteurs.fabriques import creer_compte

from maillage.socle.contexte import contexte
from maillage.socle.faits import EvenementInconnuError, noter
from maillage.socle.jetons import consommer, deja_recu, nouveau_jeton, purger_jetons, une_seule_fois
from maillage.socle.models import EntreeJournal, FaitStatistique, JetonFormulaire
from maillage.socle.refus import Refus
from maillage.socle.temps import RepriseInterditeError, aujourd_hui, maintenant, rejouer

pytestmark = pytest.mark.django_db


def test_un_jeton_mene_au_premier_resultat_et_n_agit_qu_une_fois(fabrique):
    compte = creer_compte("membre")
    jeton, faits = nouveau_jeton(), []

    def faire() -> str:
        faits.append(1)
        return f"/resultat/{len(faits)}/"

    with contexte(compte.pk):
        assert deja_recu(jeton) is None
        assert une_seule_fois(jeton, faire) == "/resultat/1/"
        assert une_seule_fois(jeton, faire) == "/resultat/1/"
    assert faits == [1]


def test_un_jeton_n_est_que_celui_de_son_compte(fabrique):
    une, autre = creer_compte("membre"), creer_compte("membre")
    jeton = nouveau_jeton()
    with contexte(une.pk):
        consommer(jeton, "/a/")
    with contexte(autre.pk):
        assert deja_recu(jeton) is None


def test_le_second_envoi_simultane_est_defait_tout_entier(fabrique):
    compte = creer_compte("membre")
    jeton = nouveau_jeton()

    def faire() -> str:
        noter("seance", le=date(2026, 3, 5), instance=1, departement="31")
        consommer(jeton, "/le-premier/")
        return "/le-second/"

    with contexte(compte.pk), pytest.raises(Refus) as refus:
        une_seule_fois(jeton, faire)
    assert refus.value.statut == 409
    with fabrique():
        assert not FaitStatistique.objects.exists()
        assert not JetonFormulaire.objects.exists()


def test_un_jeton_d_une_semaine_s_efface_et_pas_celui_de_la_veille(fabrique, horloge):
    midi = datetime(2026, 11, 24, 12, tzinfo=UTC)
    compte = creer_compte("membre")
    for jours in (8, 1):
        horloge(midi - timedelta(days=jours))
        with contexte(compte.pk):
            une_seule_fois(nouveau_jeton(), lambda jours=jours: f"/il-y-a-{jours}/")
    horloge(midi)
    with fabrique():
        assert purger_jetons() == 1
        assert JetonFormulaire.objects.get().resultat == "/il-y-a-1/"


def test_un_fait_ne_garde_que_le_mois(fabrique):
    fil = uuid.uuid4()
    noter(
        "contact",
        le=date(2026, 3, 17),
        instance=4,
        departement="31",
        volet="jeune",
        fil=fil,
        genre="entretien",
    )
    with fabrique():
        fait = FaitStatistique.objects.get()
    assert (fait.mois, fait.fil, fait.genre, fait.nombre) == (date(2026, 3, 1), fil, "entretien", 1)


def test_un_evenement_non_declare_ne_se_compte_pas():
    with pytest.raises(EvenementInconnuError):
        noter("humeur", le=date(2026, 3, 17), instance=4, departement="31")


def test_le_passe_se_rejoue_pour_une_reprise_et_le_journal_garde_le_vrai_instant(fabrique):
    passe = datetime(2025, 9, 8, 12, tzinfo=UTC)
    with fabrique(), contexte(1), rejouer(passe):
        from maillage.socle.journal import journaliser

        assert maintenant() == passe
        assert aujourd_hui(ZoneInfo("Pacific/Noumea")) == date(2025, 9, 8)
        journaliser("reprise")
    assert maintenant() - passe > timedelta(days=1)
    with fabrique():
        assert EntreeJournal.objects.get().le > passe


def test_le_role_web_ne_choisit_pas_son_heure():
    with contexte(1), pytest.raises(RepriseInterditeError), rejouer(datetime(2025, 1, 1, tzinfo=UTC)):
        pass


def test_un_instant_sans_fuseau_ne_dit_pas_quand(fabrique):
    with (
        fabrique(),
        pytest.raises(ValueError, match="fuseau"),
        rejouer(datetime(2025, 1, 1, tzinfo=UTC).replace(tzinfo=None)),
    ):
        pass
