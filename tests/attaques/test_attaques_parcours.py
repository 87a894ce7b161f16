"""A curious body and a stolen web password: what a provider of one participation may do to any other."""

import psycopg
import pytest
from psycopg import errors
from tests.instances.fabriques import VOISINE, coordonnateur
from tests.parcours.decor_orientations import commencee, un_decor, une_participation
from tests.situations.fabriques import un_groupe

from maillage.instances.models import Cercle
from maillage.parcours.models import Accueil, Participation, empreinte
from maillage.socle.contexte import en_maintenance


@pytest.fixture
def proie(base_neuve, django_db_blocker):
    """Two bodies, each with one participation of its own; the second belongs to another groupe."""
    with django_db_blocker.unblock():
        decor, ailleurs = un_decor(), un_decor(groupe=un_groupe())
        decor.lue, ailleurs.lue = commencee(decor), une_participation(ailleurs)
        with en_maintenance():
            decor.accueil = Accueil.objects.get(participation=decor.lue)
            ailleurs.accueil = Accueil.objects.get(participation=ailleurs.lue)
        yield decor, ailleurs


@pytest.fixture
def web(proie, connexion_web: psycopg.Connection) -> psycopg.Connection:
    connexion_web.autocommit = True
    return connexion_web


def nommer(web: psycopg.Connection, acteur: object) -> None:
    web.execute("SELECT set_config('maillage.acteur', %s, false)", [str(acteur)])


def refuse(web: psycopg.Connection, ordre: str, *causes: type[Exception]) -> None:
    with pytest.raises(causes or (errors.InsufficientPrivilege,)), web.transaction():
        web.execute(ordre.encode())


def test_un_lieu_d_accueil_ne_lit_que_ses_participations_et_rien_du_groupe(web, proie):
    decor, ailleurs = proie
    nommer(web, decor.prestataire.pk)
    assert web.execute("SELECT id FROM parcours_participation").fetchall() == [(decor.lue.pk,)]
    assert web.execute("SELECT participation_id FROM parcours_accueil").fetchall() == [(decor.lue.pk,)]
    for table in (
        "situations_situation",
        "situations_identite",
        "parcours_orientation",
        "parcours_phasesuivie",
    ):
        assert web.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table
    nommer(web, ailleurs.prestataire.pk)
    assert web.execute("SELECT id FROM parcours_participation").fetchall() == [(ailleurs.lue.pk,)]


def test_un_lieu_d_accueil_ne_change_aucune_colonne_de_cercle(web, proie):
    decor, ailleurs = proie
    nommer(web, decor.prestataire.pk)
    for colonne, valeur in (
        ("cercle_id", ailleurs.groupe.cle),
        ("cercle_prestataire_id", ailleurs.cercle_prestataire),
        ("situation_id", ailleurs.situation.pk),
        ("orientation_id", ailleurs.lue.orientation_id),
        ("organisme_id", "NULL"),
        ("heures_prevues", "400"),
        ("compte_debut", "true"),
        ("compte_fin", "true"),
    ):
        refuse(web, f"UPDATE parcours_participation SET {colonne} = {valeur}")
    refuse(web, f"UPDATE parcours_accueil SET cercle_id = {ailleurs.cercle_prestataire}")
    refuse(web, "UPDATE parcours_accueil SET scelle = '\\x00'")
    refuse(web, "UPDATE parcours_presence SET heures = 24")
    autre = f"UPDATE parcours_participation SET etat = 'terminee' WHERE id = {ailleurs.lue.pk}"
    assert web.execute(autre.encode()).rowcount == 0
    for table in ("parcours_participation", "parcours_accueil", "parcours_presence"):
        refuse(web, f"DELETE FROM {table}")


def _presence(decor, *, cercle: int, participation: int, prestataire: object) -> str:
    return (
        "INSERT INTO parcours_presence (public_id, version, cercle_id, cercle_prestataire_id, "
        "participation_id, le, etat, heures, par_id) VALUES (gen_random_uuid(), 1, "
        f"{cercle}, {prestataire}, {participation}, current_date, 'present', 4, {decor.prestataire.pk})"
    )


def test_un_lieu_d_accueil_ne_note_aucun_jour_chez_un_autre(web, proie):
    decor, ailleurs = proie
    nommer(web, decor.prestataire.pk)
    sien = decor.cercle_prestataire
    # His own cercle on the row of another: the composite key answers alike, hidden or absent.
    for cle in (ailleurs.lue.pk, 999_999):
        ordre = _presence(decor, cercle=ailleurs.groupe.cle, participation=cle, prestataire=sien)
        refuse(web, ordre, errors.ForeignKeyViolation)
    # The true cercles of the other: the wall refuses before anything is looked for.
    ordre = _presence(
        decor,
        cercle=ailleurs.groupe.cle,
        participation=ailleurs.lue.pk,
        prestataire=ailleurs.cercle_prestataire,
    )
    refuse(web, ordre)
    refuse(
        web, _presence(decor, cercle=ailleurs.groupe.cle, participation=ailleurs.lue.pk, prestataire="NULL")
    )
    web.execute(
        _presence(decor, cercle=decor.groupe.cle, participation=decor.lue.pk, prestataire=sien).encode()
    )


def test_un_lieu_d_accueil_n_ouvre_aucune_participation_ni_aucun_accueil(web, proie, django_db_blocker):
    decor, ailleurs = proie
    nommer(web, decor.prestataire.pk)
    colonnes = (
        "public_id, version, cercle_id, cercle_prestataire_id, situation_id, orientation_id, objet, "
        "renouvellement, paie_du_jour, transmise_le, accuse_avant, etat, resultat, cause, apres, "
        "compte_debut, compte_fin"
    )
    for groupe, situation, orientation in (
        (decor.groupe.cle, decor.situation.pk, decor.lue.orientation_id),
        (ailleurs.groupe.cle, ailleurs.situation.pk, ailleurs.lue.orientation_id),
    ):
        refuse(
            web,
            f"INSERT INTO parcours_participation ({colonnes}) VALUES (gen_random_uuid(), 1, {groupe}, "
            f"{decor.cercle_prestataire}, {situation}, {orientation}, '', false, false, current_date, "
            "current_date, 'transmise', '', '', '', false, false)",
        )
    refuse(
        web,
        "INSERT INTO parcours_accueil (public_id, version, cercle_id, cercle_origine_id, participation_id, "
        f"scelle, recu_le) VALUES (gen_random_uuid(), 1, "
        f"{decor.cercle_prestataire}, "
        f"{decor.groupe.cle}, {decor.lue.pk}, '\\x00', current_date)",
    )


def test_un_groupe_n_ouvre_une_participation_qu_a_un_lieu_d_accueil_et_ne_relit_pas_l_identite(web, proie):
    decor, ailleurs = proie
    nommer(web, decor.referent.pk)
    assert web.execute("SELECT count(*) FROM parcours_accueil").fetchone() == (0,)
    # Opened to another groupe instead of a body: refused, whoever asks.
    colonnes = (
        "public_id, version, cercle_id, cercle_prestataire_id, situation_id, orientation_id, objet, "
        "renouvellement, paie_du_jour, transmise_le, accuse_avant, etat, cause, resultat, apres, "
        "compte_debut, compte_fin, finie_le"
    )
    refuse(
        web,
        f"INSERT INTO parcours_participation ({colonnes}) VALUES (gen_random_uuid(), 1, {decor.groupe.cle}, "
        f"{ailleurs.groupe.cle}, {decor.situation.pk}, {decor.lue.orientation_id}, '', false, false, "
        "current_date, current_date, 'declinee', 'dates', '', '', false, false, current_date)",
    )
    # Handed over to a body that has no such participation: the composite key refuses.
    refuse(
        web,
        "INSERT INTO parcours_accueil (public_id, version, cercle_id, cercle_origine_id, participation_id, "
        f"scelle, recu_le) VALUES (gen_random_uuid(), 1, "
        f"{ailleurs.cercle_prestataire}, "
        f"{decor.groupe.cle}, {decor.lue.pk}, '\\x00', current_date)",
        errors.ForeignKeyViolation,
    )


def test_le_mandat_fini_le_lieu_d_accueil_ne_lit_plus_rien_a_la_seconde(web, proie, django_db_blocker):
    decor, _ = proie
    with django_db_blocker.unblock(), en_maintenance():
        Cercle.objects.filter(pk=decor.cercle_prestataire).update(ferme_le=decor.formation.cercle.ouvert_le)
    nommer(web, decor.prestataire.pk)
    assert web.execute("SELECT count(*) FROM parcours_accueil").fetchone() == (0,)
    assert web.execute("SELECT count(*) FROM parcours_participation").fetchone() == (0,)
    with django_db_blocker.unblock(), en_maintenance():
        assert Participation.objects.count() == 2


def _places(web) -> list[tuple]:
    return web.execute("SELECT id, offre_id, du, au, jeton FROM parcours_place ORDER BY id").fetchall()


def test_nul_ne_touche_a_la_place_qu_un_autre_tient(web, proie, django_db_blocker):
    """Everybody reads how full an offer is; its rows move only by the hand of who holds them."""
    decor, ailleurs = proie
    with django_db_blocker.unblock():
        voisine = coordonnateur(VOISINE)
    prise = empreinte(decor.lue.place)
    nommer(web, decor.referent.pk)
    avant = _places(web)
    assert len(avant) == 2
    tenir = {
        "DELETE": f"DELETE FROM parcours_place WHERE jeton = '{prise}'",
        "UPDATE": f"UPDATE parcours_place SET au = du WHERE jeton = '{prise}'",
        "LOCK": f"SELECT 1 FROM parcours_place WHERE jeton = '{prise}' FOR UPDATE",
    }
    # A coordinator of another council, a member and a body of another groupe, nobody at all.
    for qui in (voisine.pk, ailleurs.referent.pk, ailleurs.prestataire.pk, ""):
        nommer(web, qui)
        for ordre in tenir.values():
            assert web.execute(ordre.encode()).rowcount == 0, (qui, ordre)
        assert _places(web) == avant
    # What everybody reads of a place does not hold it: a row of one's own that pretends to changes nothing.
    nommer(web, ailleurs.referent.pk)
    web.execute(
        "INSERT INTO parcours_participation (public_id, version, cercle_id, situation_id, orientation_id, "
        "place, objet, renouvellement, paie_du_jour, transmise_le, accuse_avant, etat, cause, resultat, "
        "apres, compte_debut, compte_fin, finie_le) VALUES (gen_random_uuid(), 1, %s, %s, %s, %s, '', false, "
        "false, current_date, current_date, 'declinee', 'dates', '', '', false, false, current_date)",
        [ailleurs.groupe.cle, ailleurs.situation.pk, ailleurs.lue.orientation_id, prise],
    )
    for ordre in tenir.values():
        assert web.execute(ordre.encode()).rowcount == 0
    assert _places(web) == avant
    for colonne in ("offre_id = offre_id", "du = du", "jeton = jeton"):
        refuse(web, f"UPDATE parcours_place SET {colonne}")
    # The groupe that took it does hold it, and so does the coordination of the council of the offer.
    for qui in (decor.referent.pk, decor.groupe.coordonnatrice.pk):
        nommer(web, qui)
        assert web.execute(tenir["UPDATE"].encode()).rowcount == 1
    assert web.execute(tenir["DELETE"].encode()).rowcount == 1
