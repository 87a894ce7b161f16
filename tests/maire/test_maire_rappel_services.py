"""A rappel à l'ordre from the referral to its end, and each way it stops."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from tests.acteurs.fabriques import creer_compte
from tests.instances import fabriques as f
from tests.maire import fabriques_rappel as fr

from maillage.maire.models import (
    ActeDeRappel,
    DossierFamille,
    LeveeDuMaire,
    LigneDeRegistre,
    Pouvoir,
    Rappel,
    Rectification,
)
from maillage.maire.protocoles import Protocole
from maillage.maire.selectors import rappel as selecteur
from maillage.maire.services import conduite_rappel, fin_rappel, rappel
from maillage.maire.services.rappel import Connu, Ecart
from maillage.situations.models import Identite, Signalement
from maillage.socle.models import FaitStatistique
from maillage.socle.refus import Introuvable, Refus

pytestmark = pytest.mark.django_db


def codes(refus) -> list[str]:
    return [motif.code for motif in refus.value.verdict.motifs]


@pytest.fixture
def ici(horloge):
    horloge(fr.INSTANT)
    return fr.mairie()


@pytest.fixture
def apres(horloge):
    return lambda: horloge(fr.AUDITION + timedelta(hours=1))


def protocole(monkeypatch, **champs):
    lu = Protocole(
        **{
            "reference": uuid4(),
            "debut": date(2026, 1, 1),
            "fin": date(2028, 12, 31),
            "consultation_prealable": True,
            "delai_jours": 8,
            "silence": "accord",
            "numero": 1,
            "pouvoirs": frozenset({Pouvoir.RAPPEL}),
            "contraventions": frozenset(),
            **champs,
        }
    )
    monkeypatch.setattr(selecteur, "protocole_en_vigueur", lambda *_: lu)
    return lu


def test_a_rappel_goes_from_the_referral_to_its_end_and_stands_in_the_register(ici, au_nom_de, apres):
    with au_nom_de(ici.agent):
        lu = fr.convoque(fr.saisi(ici))
    apres()
    with au_nom_de(ici.agent):
        lu = fr.entendu(lu)
    with au_nom_de(ici.maire):
        lu = fr.prononce(lu)
        acte = ActeDeRappel.objects.get()
        assert (acte.qualite, acte.arrete, acte.prononce_le) == ("maire", "", fr.AUDITION.date())
    with au_nom_de(ici.agent):
        lu = fr.consigne(lu, engagements=["excuses"])
        fin_rappel.donner_suite(rappel=lu.public_id, version=lu.version, suite="aucune")
        lu = fr.relu(lu)
        ligne = LigneDeRegistre.objects.get()
    assert lu.etat == "clos"
    assert lu.expire_le == date(2026, 6, 9)
    assert (ligne.reference, ligne.nature, ligne.issue) == ("2026-001", "incivilite_mineur", "aucune")
    faits = FaitStatistique.objects.filter(evenement__startswith="rappel").order_by("pk")
    assert [(f.evenement, f.genre, f.motif, f.tranche_age, f.delai_jours) for f in faits] == [
        ("rappel", "maire", "incivilite_mineur", "de_12_a_15", 17),
        ("rappel_position", "reconnait", "incivilite_mineur", "de_12_a_15", 0),
        ("rappel_suite", "aucune", "incivilite_mineur", "de_12_a_15", 0),
    ]


@pytest.mark.parametrize(
    ("champs", "attendus"),
    [
        ({"qualification": "delit"}, ["qualification_exclue"]),
        ({"qualification": "crime"}, ["qualification_exclue"]),
        ({"lieu_commune": f.VOISINE}, ["hors_commune"]),
        ({"qualification": "absenteisme"}, ["qualification_incoherente"]),
        ({"faits": "vol"}, ["valeur_inconnue"]),
        ({"faits_le": fr.JOUR + timedelta(days=1)}, ["faits_a_venir"]),
        ({"faits_le": date(2011, 5, 3)}, ["faits_avant_naissance"]),
    ],
)
def test_a_referral_that_is_not_the_mayors_leaves_no_name_and_no_number(ici, au_nom_de, champs, attendus):
    with au_nom_de(ici.agent):
        with pytest.raises(Refus) as refus:
            fr.saisi(ici, **champs)
        assert codes(refus) == attendus
        assert not Rappel.objects.exists()
        assert not Identite.objects.exists()
        assert not LigneDeRegistre.objects.exists()


def test_the_same_person_is_not_referred_twice_for_the_same_facts_of_the_same_day(ici, au_nom_de):
    with au_nom_de(ici.agent):
        fr.saisi(ici)
        with pytest.raises(Refus) as refus:
            fr.saisi(ici)
        assert codes(refus) == ["faits_deja_inscrits"]
        assert "2026-001" in refus.value.verdict.motifs[0].texte
        jumelle = fr.DonneesIdentite(nom="Maravalle", prenom="Zoé", naissance=fr.MINEUR.naissance)
        assert fr.saisi(ici, jumelle).reference == "2026-002"
        assert fr.saisi(ici, faits_le=fr.JOUR).reference == "2026-003"


def test_only_the_mayor_sets_aside_the_doctrine_that_opposes_a_referral(ici, au_nom_de):
    ecart = Ecart("accord_parquet")
    demande = {
        "registre": ici.cle,
        "personne": fr.MINEUR,
        "saisine": fr.saisine(qualification="delit"),
        "ecart": ecart,
    }
    with au_nom_de(ici.agent):
        with pytest.raises(Refus) as refus:
            rappel.saisir(**demande)
        assert codes(refus) == ["levee_incompetent"]
        assert not Rappel.objects.exists()
    with au_nom_de(ici.maire):
        lu = rappel.saisir(**demande)
        levee = LeveeDuMaire.objects.get()
    assert (levee.objet, levee.code, levee.force) == (lu.public_id, "qualification_exclue", "doctrine")


def test_a_law_is_set_aside_by_nobody(ici, au_nom_de):
    with au_nom_de(ici.maire), pytest.raises(Refus) as refus:
        rappel.saisir(
            registre=ici.cle,
            personne=fr.MINEUR,
            saisine=fr.saisine(lieu_commune=f.VOISINE),
            ecart=Ecart("accord_parquet"),
        )
    assert codes(refus) == ["hors_commune"]


def test_a_convocation_waits_for_what_is_known_of_a_complaint(ici, au_nom_de):
    with au_nom_de(ici.agent):
        lu = fr.saisi(ici, connu=None)
        with pytest.raises(Refus) as refus:
            fr.convoque(lu)
        assert codes(refus) == ["enonce_manquant"]
        assert fr.relu(lu).etat == "recu"


def test_the_parents_of_a_minor_are_told_or_it_is_said_why_not(ici, au_nom_de):
    with au_nom_de(ici.agent):
        lu = fr.saisi(ici, representants=())
        with pytest.raises(Refus) as refus:
            fr.convoque(lu)
        assert codes(refus) == ["representants_a_prevenir"]
        rappel.ajouter_representant(rappel=lu.public_id, version=lu.version, representant=fr.MERE)
        assert fr.convoque(fr.relu(lu)).etat == "convoque"


def test_a_protocol_asks_for_the_parquet_first_and_says_what_its_silence_means(
    ici, au_nom_de, monkeypatch, horloge
):
    protocole(monkeypatch)
    with au_nom_de(ici.agent):
        lu = fr.saisi(ici)
        with pytest.raises(Refus) as refus:
            fr.convoque(lu)
        assert codes(refus) == ["parquet_non_consulte"]
        faite = conduite_rappel.consulter_le_parquet(rappel=lu.public_id, version=lu.version)
        assert faite.echeance == date(2026, 3, 10)
        lu = fr.relu(lu)
        with pytest.raises(Refus) as refus:
            fr.convoque(lu)
        assert codes(refus) == ["parquet_attendu"]
    horloge(fr.INSTANT + timedelta(days=9))
    with au_nom_de(ici.agent):
        conduite_rappel.convoquer(
            rappel=lu.public_id,
            version=lu.version,
            le=date(2026, 3, 20),
            heure=fr.time(9, 0),
            lieu="hotel_de_ville",
        )
        assert fr.relu(lu).etat == "convoque"


@pytest.mark.parametrize(("reponse", "attendus"), [("opposition", ["parquet_oppose"]), ("accord", [])])
def test_what_the_parquet_answers_is_followed(ici, au_nom_de, monkeypatch, reponse, attendus):
    protocole(monkeypatch, silence="attente")
    with au_nom_de(ici.agent):
        lu = fr.saisi(ici)
        conduite_rappel.consulter_le_parquet(rappel=lu.public_id, version=lu.version)
        lu = fr.relu(lu)
        conduite_rappel.noter_la_reponse(
            rappel=lu.public_id, version=lu.version, reponse=reponse, reponse_le=fr.JOUR
        )
        lu = fr.relu(lu)
        if not attendus:
            assert fr.convoque(lu).etat == "convoque"
            return
        with pytest.raises(Refus) as refus:
            fr.convoque(lu)
        assert codes(refus) == attendus


def test_a_complaint_known_after_the_convocation_stops_the_file(ici, au_nom_de, apres):
    with au_nom_de(ici.agent):
        lu = fr.convoque(fr.saisi(ici))
        rappel.enoncer(rappel=lu.public_id, version=lu.version, connu=fr.PLAINTE)
        lu = fr.relu(lu)
        assert lu.etat == "arrete"
    apres()
    with au_nom_de(ici.agent):
        with pytest.raises(Refus) as refus:
            fr.entendu(lu)
        assert codes(refus) == ["etape_impossible"]
        with pytest.raises(Refus) as refus:
            rappel.reprendre(rappel=lu.public_id, version=lu.version)
        assert codes(refus) == ["plainte_ou_procedure"]
        fin_rappel.transmettre_au_parquet(rappel=lu.public_id, version=lu.version)
        lu = fr.relu(lu)
        assert (lu.etat, LigneDeRegistre.objects.get().issue) == ("transmis", "transmis")
        with pytest.raises(Refus):
            rappel.reprendre(rappel=lu.public_id, version=lu.version)
    with au_nom_de(ici.maire), pytest.raises(Refus):
        fr.prononce(lu)
    assert not ActeDeRappel.objects.exists()


def test_a_stopped_file_goes_on_when_the_parquet_says_so_or_the_mayor_lifts_the_doctrine(ici, au_nom_de):
    with au_nom_de(ici.agent):
        un = fr.saisi(ici, connu=fr.PLAINTE)
        rappel.enoncer(
            rappel=un.public_id, version=un.version, connu=Connu("aucune", "police_municipale", fr.JOUR)
        )
        un = fr.relu(un)
        with pytest.raises(Refus):
            rappel.reprendre(rappel=un.public_id, version=un.version)
        rappel.enoncer(rappel=un.public_id, version=un.version, connu=Connu("aucune", "parquet", fr.JOUR))
        un = fr.relu(un)
        rappel.reprendre(rappel=un.public_id, version=un.version)
        autre = fr.saisi(ici, connu=fr.PLAINTE, faits_le=fr.JOUR)
        with pytest.raises(Refus) as refus:
            fin_rappel.ecarter(
                rappel=autre.public_id,
                version=autre.version,
                code="plainte_ou_procedure",
                raison="classement",
            )
        assert codes(refus) == ["levee_incompetent"]
    with au_nom_de(ici.maire):
        fin_rappel.ecarter(
            rappel=autre.public_id, version=autre.version, code="plainte_ou_procedure", raison="classement"
        )
        autre = fr.relu(autre)
        rappel.reprendre(rappel=autre.public_id, version=autre.version)
        assert (fr.relu(un).etat, fr.relu(autre).etat) == ("recu", "recu")


@pytest.mark.parametrize(
    ("presence", "entendu"),
    [
        ({"representants": False}, False),
        ({"representants": False, "responsable_educatif": True}, True),
        ({"representants": False, "impossibilite": "introuvables"}, True),
    ],
)
def test_a_minor_is_not_heard_alone(ici, au_nom_de, apres, presence, entendu):
    with au_nom_de(ici.agent):
        lu = fr.convoque(fr.saisi(ici))
    apres()
    with au_nom_de(ici.agent):
        if entendu:
            assert fr.entendu(lu, **presence).etat == "entendu"
            return
        with pytest.raises(Refus) as refus:
            fr.entendu(lu, **presence)
        assert codes(refus) == ["mineur_sans_representant"]
        assert fr.relu(lu).etat == "convoque"
        assert fr.entendu(lu, issue="reportee", raison="mineur_seul").etat == "reporte"


def test_nobody_came_is_recorded_and_the_file_may_end_there(ici, au_nom_de, apres):
    with au_nom_de(ici.agent):
        lu = fr.convoque(fr.saisi(ici))
        with pytest.raises(Refus) as refus:
            fin_rappel.clore_sans_acte(rappel=lu.public_id, version=lu.version, fin="carence")
        assert codes(refus) == ["sans_carence"]
    apres()
    with au_nom_de(ici.agent):
        lu = fr.entendu(lu, issue="carence")
        fin_rappel.clore_sans_acte(rappel=lu.public_id, version=lu.version, fin="carence")
        assert fr.relu(lu).etat == "sans_acte"


def elue(ici, commune=f.COMMUNE):
    return f.membre(ici.actes, f.exercer(creer_compte(), "elu_delegue", commune), role="maire")


def test_the_act_is_refused_to_whoever_is_not_the_mayor_nor_their_delegate(ici, au_nom_de, apres):
    """A president of an EPCI, an agent, a deputy without a decision, and the mayor of another commune."""
    president = f.membre(ici.actes, f.exercer(creer_compte(), "president_epci", "243100518", "epci"))
    voisin = f.membre(ici.actes, f.exercer(creer_compte(), "maire", f.VOISINE), role="maire")
    adjointe = elue(ici)
    with au_nom_de(ici.agent):
        lu = fr.convoque(fr.saisi(ici))
    apres()
    with au_nom_de(ici.agent):
        lu = fr.entendu(lu)
    for compte in (president, ici.agent, adjointe, voisin):
        with au_nom_de(compte):
            with pytest.raises(Refus) as refus:
                fr.prononce(lu)
            assert codes(refus) == ["autorite_incompetente"]
            assert not ActeDeRappel.objects.exists()
            assert fr.relu(lu).etat == "entendu"
    fr.deleguer(adjointe)
    with au_nom_de(adjointe):
        fr.prononce(lu)
        acte = ActeDeRappel.objects.get()
        assert (acte.qualite, acte.arrete, acte.par_id) == ("adjoint_delegue", "2026-14", adjointe.pk)


def test_the_mayor_next_door_finds_no_file_here(ici, au_nom_de):
    ailleurs = fr.mairie(f.VOISINE)
    with au_nom_de(ici.agent):
        lu = fr.saisi(ici)
    with au_nom_de(ailleurs.maire):
        with pytest.raises(Introuvable):
            fin_rappel.transmettre_au_parquet(rappel=lu.public_id, version=lu.version)
        with pytest.raises(Introuvable):
            fr.saisi(ici)
    with au_nom_de(ici.agent):
        assert fr.relu(lu).etat == "recu"


def test_the_parquet_reads_the_register_and_prepares_nothing(ici, au_nom_de):
    procureure = f.membre(ici.actes, fonction="procureur", role="parquet")
    with au_nom_de(procureure), pytest.raises(Refus) as refus:
        fr.saisi(ici)
    assert codes(refus) == ["parquet_lit_seulement"]


def test_a_file_that_was_wrong_is_replaced_by_another_and_no_longer_counts(ici, au_nom_de, apres):
    with au_nom_de(ici.agent):
        lu = fr.convoque(fr.saisi(ici))
    apres()
    with au_nom_de(ici.maire):
        lu = fr.consigne(fr.prononce(fr.entendu(lu)))
    with au_nom_de(ici.agent):
        nouveau = rappel.corriger(
            rappel=lu.public_id,
            version=lu.version,
            motif="faits",
            personne=fr.MINEUR,
            saisine=fr.saisine(),
            representants=(fr.MERE,),
        )
        faite = Rectification.objects.get()
        assert (faite.objet, faite.par_objet, faite.motif) == (lu.public_id, nouveau.public_id, "faits")
        assert list(LigneDeRegistre.objects.order_by("numero").values_list("numero", "issue")) == [
            (1, "rectifie"),
            (2, ""),
        ]
        assert ActeDeRappel.objects.filter(dossier=lu).exists()
    comptes = FaitStatistique.objects.filter(evenement__startswith="rappel").values_list(
        "evenement", "nombre"
    )
    totaux: dict[str, int] = {}
    for evenement, nombre in comptes:
        totaux[evenement] = totaux.get(evenement, 0) + nombre
    assert set(totaux.values()) == {0}


def test_a_record_is_corrected_by_another_with_its_reason(ici, au_nom_de, apres):
    with au_nom_de(ici.agent):
        lu = fr.convoque(fr.saisi(ici))
    apres()
    with au_nom_de(ici.maire):
        lu = fr.consigne(fr.prononce(fr.entendu(lu)))
        with pytest.raises(Refus):
            fr.consigne(lu, position="conteste")
        lu = fr.consigne(lu, position="conteste", motif="saisie")
        vu = selecteur.composer(*selecteur.un_rappel(lu.public_id))
        assert [ecrit.position for ecrit in vu.comptes_rendus] == ["reconnait", "conteste"]


def test_the_follow_up_reaches_only_a_groupe_whose_member_the_actor_is(ici, au_nom_de, apres):
    groupe, ferme = f.groupe(ici.actes.conseil), f.groupe(ici.actes.conseil)
    f.membre(groupe, ici.agent)
    with au_nom_de(ici.agent):
        lu = fr.convoque(fr.saisi(ici))
    apres()
    with au_nom_de(ici.maire):
        lu = fr.consigne(fr.prononce(fr.entendu(lu)))
    with au_nom_de(ici.agent):
        demande = {"rappel": lu.public_id, "version": lu.version, "suite": "groupe"}
        with pytest.raises(Refus) as refus:
            fin_rappel.donner_suite(**demande)
        assert codes(refus) == ["destinataire_manquant"]
        with pytest.raises(Introuvable):
            fin_rappel.donner_suite(**demande, vers=ferme.cercle.public_id)
        assert fr.relu(lu).etat == "consigne"
        fin_rappel.donner_suite(**demande, vers=groupe.cercle.public_id)
        signalement = Signalement.objects.get()
    assert (signalement.cercle_id, signalement.motif) == (groupe.cercle_id, "incivilites")


def test_the_follow_up_reaches_the_family_council_by_its_gate(ici, au_nom_de, apres):
    cddf = f.registre(ici.actes.conseil, genre="cddf")
    f.membre(cddf, ici.agent)
    with au_nom_de(ici.agent):
        lu = fr.convoque(fr.saisi(ici))
    apres()
    with au_nom_de(ici.maire):
        lu = fr.consigne(fr.prononce(fr.entendu(lu)))
        demande = {"rappel": lu.public_id, "suite": "cddf", "vers": cddf.cercle.public_id}
        with pytest.raises(Introuvable):
            fin_rappel.donner_suite(version=lu.version, **demande)
    with au_nom_de(ici.agent):
        fin_rappel.donner_suite(version=lu.version, **demande)
        recu = DossierFamille.objects.get()
    assert (recu.cercle_id, recu.motif, recu.origine) == (cddf.cercle_id, "incivilites", "rappel")
    assert recu.identite_id != lu.identite_id


def test_two_pages_open_at_once_do_not_overwrite_each_other(ici, au_nom_de):
    with au_nom_de(ici.agent):
        lu = fr.saisi(ici)
        fr.convoque(lu)
        with pytest.raises(Refus) as refus:
            rappel.enoncer(rappel=lu.public_id, version=lu.version, connu=fr.PLAINTE)
        assert refus.value.statut == 409
        assert fr.relu(lu).etat == "convoque"
