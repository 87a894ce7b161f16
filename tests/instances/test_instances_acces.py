"""Access: every condition, one by one, through the ORM and through raw SQL as the web role."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from tests.acteurs.fabriques import creer_compte, creer_organisme
from tests.instances import fabriques as f

from maillage.acteurs.models import Compte, Organisme
from maillage.instances.api import cercles_visibles, habilites, lecteurs, mes_cercles, role_dans
from maillage.instances.models import Cercle, Habilitation, Siege, Signature, Texte
from maillage.instances.selectors.composition import mandats
from maillage.instances.selectors.vigueur import mandats_du_cercle, mandats_du_compte
from maillage.socle.contexte import en_maintenance
from maillage.socle.temps import maintenant

pytestmark = pytest.mark.django_db

MIDI = datetime(2026, 6, 10, 10, 0, tzinfo=UTC)


def test_a_member_with_mandate_seat_and_signature_reads_the_groupe_and_no_other(au_nom_de):
    groupe, autre = f.groupe(), f.groupe(f.conseil(f.AUTRE))
    compte = f.membre(groupe)
    f.membre(autre)
    with au_nom_de(compte):
        assert mes_cercles() == [groupe.cercle_id]
        assert role_dans(groupe.cercle_id) == "membre"
        assert role_dans(autre.cercle_id) is None
        [vu] = cercles_visibles()
    assert (vu.public_id, vu.formation, vu.volet) == (groupe.cercle.public_id, groupe.nom, "jeune")


def test_without_an_actor_nobody_reads_anything():
    f.membre(f.groupe())
    assert mes_cercles() == []
    assert cercles_visibles() == []


def test_functions_alone_open_no_cercle(au_nom_de):
    f.groupe()
    for code in ("coordonnateur", "maire", "administrateur_technique", "national"):
        with au_nom_de(creer_compte(code)):
            assert mes_cercles() == []


def test_a_mandate_ends_at_its_very_second(au_nom_de, horloge):
    groupe = f.groupe()
    compte = f.membre(groupe, fin=MIDI)
    horloge(MIDI - timedelta(seconds=1))
    with au_nom_de(compte):
        assert mes_cercles() == [groupe.cercle_id]
    horloge(MIDI)
    with au_nom_de(compte):
        assert mes_cercles() == []
        assert role_dans(groupe.cercle_id) is None


def _retirer_le_siege(groupe, compte):
    Siege.objects.filter(formation=groupe).update(jusqua=maintenant())


def _fermer_le_compte(groupe, compte):
    type(compte).objects.filter(pk=compte.pk).update(actif=False)


def _retirer_l_organisme(groupe, compte):
    type(compte.organisme).objects.filter(pk=compte.organisme_id).update(actif=False)


def _fermer_le_cercle(groupe, compte):
    Cercle.objects.filter(pk=groupe.cercle_id).update(ferme_le=maintenant())


def _remplacer_la_charte(groupe, compte):
    Texte.objects.filter(formation=groupe).update(etat="remplace")
    f.charte(groupe, version=2)


def _rester_sans_charte(groupe, compte):
    Texte.objects.filter(formation=groupe).update(etat="remplace")


def _asseoir_ailleurs(groupe, compte):
    Habilitation.objects.filter(compte=compte).update(siege=f.siege(f.groupe(f.conseil(f.AUTRE))))


@pytest.mark.parametrize(
    "rompre",
    [
        _retirer_le_siege,
        _fermer_le_compte,
        _retirer_l_organisme,
        _fermer_le_cercle,
        _remplacer_la_charte,
        _rester_sans_charte,
        _asseoir_ailleurs,
    ],
)
def test_each_condition_that_breaks_ends_the_access(rompre, au_nom_de):
    groupe = f.groupe()
    compte, temoin = f.membre(groupe), f.membre(groupe)
    with au_nom_de(compte):
        assert mes_cercles() == [groupe.cercle_id]
    with en_maintenance():
        rompre(groupe, compte)
    with au_nom_de(compte):
        assert mes_cercles() == []
        assert compte.nom_complet not in [lecteur.nom for lecteur in lecteurs(groupe.cercle_id)]
    assert temoin.pk != compte.pk


def test_a_new_signature_gives_the_access_back(au_nom_de):
    groupe = f.groupe()
    compte = f.membre(groupe)
    with en_maintenance():
        _remplacer_la_charte(groupe, compte)
    f.signer(compte, groupe)
    with au_nom_de(compte):
        assert mes_cercles() == [groupe.cercle_id]


def test_readers_are_those_of_the_wall_and_unsigned_ones_are_waiting(au_nom_de):
    groupe = f.groupe()
    lectrice, attend = f.membre(groupe), f.membre(groupe, signe=False)
    f.membre(f.groupe(f.conseil(f.AUTRE)))
    with au_nom_de(lectrice):
        vus = lecteurs(groupe.cercle_id)
    assert [(lecteur.nom, lecteur.vous) for lecteur in vus] == [(lectrice.nom_complet, True)]
    assert [lecteur.nom for lecteur in vus.en_attente] == [attend.nom_complet]
    assert any("maire" in phrase for phrase in vus.non_lecteurs)


SPIP = "SPIP de la Haute-Garonne"


def au_spip(groupe):
    """A member whose body and whose function would each tell a judicial follow-up."""
    organisme = creer_organisme(SPIP, "spip", sensible=True)
    compte = creer_compte(
        "membre", organisme=organisme, fonction_libelle="Conseillère d’insertion et de probation"
    )
    return f.membre(groupe, compte)


def montre(groupe, lecteur_, de, au_nom_de):
    with au_nom_de(lecteur_):
        [vu] = [vu for vu in lecteurs(groupe.cercle_id) if vu.nom == de.nom_complet]
    return vu


def test_a_sensitive_body_and_its_function_are_masked_from_a_member_who_must_not_know(
    au_nom_de,
):
    groupe = f.groupe()
    spip = au_spip(groupe)
    maire = f.membre(groupe, role="maire", fonction="maire", organisme=creer_organisme("Mairie", "commune"))
    for lecteur_ in (f.membre(groupe), maire, creer_compte("membre"), creer_compte("porteur_action")):
        vu = montre(groupe, lecteur_, spip, au_nom_de)
        assert vu.masque
        assert (vu.organisme, vu.fonction) == ("Organisme masqué", "Membre")


def test_they_are_shown_to_who_must_know(au_nom_de):
    groupe = f.groupe()
    spip = au_spip(groupe)
    collegue = f.membre(groupe, creer_compte("membre", organisme=spip.organisme))
    pjj = f.membre(groupe, organisme=creer_organisme("PJJ", "pjj", sensible=True))
    mairie = creer_organisme("Mairie", "commune")
    elle = f.membre(groupe, role="coordonnateur", fonction="coordonnateur", organisme=mairie)
    for lecteur_ in (spip, collegue, pjj, elle, f.coordonnateur()):
        vu = montre(groupe, lecteur_, spip, au_nom_de)
        assert not vu.masque
        assert (vu.organisme, vu.fonction) == (SPIP, "Conseillère d’insertion et de probation")


def test_a_member_who_has_not_signed_stands_nowhere(au_nom_de):
    groupe = f.groupe()
    spip = au_spip(groupe)
    attend = f.membre(groupe, creer_compte("membre", organisme=spip.organisme), signe=False)
    assert montre(groupe, attend, spip, au_nom_de).masque


def test_the_table_of_mandates_masks_as_the_box_does(au_nom_de):
    groupe = f.groupe()
    spip, membre_ = au_spip(groupe), f.membre(groupe)
    noms = {}
    for qui in (membre_, f.coordonnateur()):
        with au_nom_de(qui):
            lignes = mandats(groupe, f.DEBUT.date())
        noms[qui] = {ligne.nom: ligne.organisme for ligne in lignes}[spip.nom_complet]
    assert list(noms.values()) == ["Organisme masqué", SPIP]


def test_listing_readers_costs_the_same_for_one_and_for_thirty(au_nom_de, django_assert_num_queries):
    groupe = f.groupe()
    compte = f.membre(groupe)
    with au_nom_de(compte), django_assert_num_queries(3):
        lecteurs(groupe.cercle_id)
    for _ in range(30):
        f.membre(groupe)
    with au_nom_de(compte), django_assert_num_queries(3):
        assert len(lecteurs(groupe.cercle_id)) == 31


def test_two_mandates_of_one_agent_in_one_cercle_never_overlap():
    groupe = f.groupe()
    compte = f.membre(groupe)
    with pytest.raises(Exception, match="habilitation_sans_recouvrement"), en_maintenance():
        f.habiliter(compte, Siege.objects.get(formation=groupe))


def test_the_owner_of_the_wall_reads_the_columns_it_needs_and_no_name():
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT has_column_privilege('m_resolveur', 'acteurs_compte', 'actif', 'SELECT'), "
            "has_column_privilege('m_resolveur', 'acteurs_compte', 'nom', 'SELECT'), "
            "has_column_privilege('m_resolveur', 'acteurs_compte', 'courriel', 'SELECT'), "
            "has_column_privilege('m_resolveur', 'instances_texte', 'contenu', 'SELECT')"
        )
        assert curseur.fetchone() == (True, False, False, False)


@pytest.mark.parametrize("heures", [-48, -1, 0, 1, 48])
def test_the_written_query_of_mandates_agrees_with_the_composed_one(horloge, heures):
    """One rule read twice: a mandate over, a seat lost, an account closed, a body gone, nothing signed."""
    ici, ailleurs = f.groupe(), f.groupe(f.conseil(f.AUTRE))
    f.membre(ailleurs)
    comptes = [f.membre(ici) for _ in range(6)]
    with en_maintenance():
        Habilitation.objects.filter(compte=comptes[0]).update(
            periode=DateTimeTZRange(MIDI - timedelta(days=9), MIDI)
        )
        Siege.objects.filter(habilitations__compte=comptes[1]).update(jusqua=MIDI)
        Compte.objects.filter(pk=comptes[2].pk).update(actif=False)
        Organisme.objects.filter(sieges__habilitations__compte=comptes[3]).update(actif=False)
        Signature.objects.filter(compte=comptes[4]).delete()
    horloge(MIDI + timedelta(hours=heures))
    for formation in (ici, ailleurs):
        composes = list(habilites(maintenant()).filter(cercle=formation.cercle_id))
        attendu = {(h.compte_id, h.role, h.fin, h.signee, h.siege.organisme_id) for h in composes}
        ecrits = {
            (m.compte_id, m.role, m.fin, m.signee, m.organisme.pk)
            for m in mandats_du_cercle(formation.cercle_id)
        }
        assert ecrits == attendu
        for compose in composes:
            assert compose.pk in {h.pk for h in mandats_du_compte(compose.compte_id)}
