"""The day of a council is that of its territory: each date is compared with what its clocks show."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.acteurs.fabriques import creer_organisme
from tests.instances.fabriques import coordonnateur, membre
from tests.situations.fabriques import signaler, un_groupe
from tests.situations.test_situations_seances import decider, ouvrir, preparer

from maillage.instances import api as instances
from maillage.instances.models import Conseil
from maillage.instances.services.conseils import creer_conseil
from maillage.situations.cercles import prochaine_seance
from maillage.situations.models import Signalement, Situation
from maillage.socle.contexte import contexte, en_maintenance
from maillage.socle.models import FaitStatistique
from maillage.socle.refus import Refus
from maillage.territoires.models import Commune, Departement, Population, Region

pytestmark = pytest.mark.django_db

#: Commune, its time zone: Fort-de-France, Saint-Denis, Nouméa, Papeete, Toulouse.
TERRITOIRES = {
    "97209": "America/Martinique",
    "97411": "Indian/Reunion",
    "98818": "Pacific/Noumea",
    "98735": "Pacific/Tahiti",
    "31555": "Europe/Paris",
}
#: Around midnight, and the hours at which the day is not the same in Paris nor in UTC.
HEURES = (time(0, 5), time(7, 0), time(12, 0), time(22, 30), time(23, 55))


def un_groupe_de(commune: str):
    ici = un_groupe()
    with en_maintenance():
        Conseil.objects.update(
            commune_code=commune, departement_code=commune[:3] if commune > "96" else commune[:2]
        )
    ici.formation.refresh_from_db()
    return ici


@pytest.mark.parametrize("heure", HEURES)
@pytest.mark.parametrize("commune", TERRITOIRES)
def test_une_decision_le_31_decembre_est_de_ce_jour_et_de_cette_annee(horloge, commune, heure):
    jour, lieu = date(2026, 12, 31), ZoneInfo(TERRITOIRES[commune])
    horloge(datetime.combine(jour, heure, lieu))
    ici = un_groupe_de(commune)
    instant = datetime.combine(jour, heure, lieu) + timedelta(seconds=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tests.situations.test_situations_seances.demain", lambda: instant)
        seance, point = ouvrir(ici)
    decider(ici, seance, point, "retenu")
    with contexte(ici.coordonnatrice.pk):
        instances.clore_seance(seance=seance.public_id, version=3)
    with en_maintenance():
        situation, signalement = Situation.objects.get(), Signalement.objects.get()
        mois = set(FaitStatistique.objects.exclude(evenement="terme").values_list("mois", flat=True))
    assert (signalement.recu_le, signalement.decision_le, situation.ouverte_le) == (jour, jour, jour)
    assert situation.numero.startswith("2026-")
    assert mois == {date(2026, 12, 1)}


@pytest.mark.parametrize("commune", TERRITOIRES)
def test_la_prochaine_seance_a_sept_heures_porte_le_jour_du_territoire(horloge, commune):
    jour, lieu = date(2026, 6, 11), ZoneInfo(TERRITOIRES[commune])
    horloge(datetime.combine(date(2026, 6, 1), time(12), lieu))
    ici = un_groupe_de(commune)
    preparer(ici, commence_le=datetime.combine(jour, time(7), lieu))
    with contexte(ici.coordonnatrice.pk):
        vue = prochaine_seance(ici.cle)
    assert vue is not None
    assert (vue.date(), vue.hour) == (jour, 7)


def enregistrer(commune: str, departement: str) -> None:
    """The commune in the register, alone in its département."""
    with en_maintenance():
        region = Region.objects.create(code="00", nom="Région", chef_lieu=commune, zone="metro")
        ou = Departement.objects.create(
            code=departement, nom="Département", region=region, chef_lieu=commune, zone="metro"
        )
        creee = Commune.objects.create(code=commune, nom="Commune", departement=ou)
        Population.objects.create(commune=creee, habitants=20_000)


@pytest.mark.parametrize("commune", ["97209", "98818", "98735", "31555"])
def test_une_deliberation_du_jour_est_acceptee_et_celle_du_lendemain_refusee(horloge, commune):
    jour, lieu = date(2026, 3, 4), ZoneInfo(TERRITOIRES[commune])
    enregistrer(commune, commune[:3] if commune > "96" else commune[:2])
    for heure in HEURES:
        horloge(datetime.combine(jour, heure, lieu))
        tient = coordonnateur(commune)
        with contexte(tient.pk), pytest.raises(Refus) as refus:
            creer_conseil(
                genre="clspd",
                commune_code=commune,
                schema="communal",
                delibere_le=jour + timedelta(days=1),
            )
        assert refus.value.statut == 422
    with contexte(tient.pk):
        cree = creer_conseil(genre="clspd", commune_code=commune, schema="communal", delibere_le=jour)
    assert cree.delibere_le == jour


@pytest.mark.parametrize("commune", TERRITOIRES)
def test_un_mandat_qui_finit_a_minuit_lit_jusqu_a_la_derniere_minute_de_son_jour(horloge, commune):
    lieu = ZoneInfo(TERRITOIRES[commune])
    fin = datetime.combine(date(2026, 9, 1), time(0), lieu)
    ici = un_groupe_de(commune)
    agent = membre(ici.formation, organisme=creer_organisme("Bailleur", "bailleur"), fin=fin)
    horloge(datetime(2026, 8, 20, 12, tzinfo=UTC))
    signaler(ici)
    lus = []
    for instant in (fin - timedelta(seconds=1), fin):
        horloge(instant)
        with contexte(agent.pk):
            lus.append(Signalement.objects.count())
    assert lus == [1, 0]
