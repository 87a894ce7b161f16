"""A settlement by the services: its normal way to the end, and every refusal, which changes nothing."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db.models import Sum
from tests.acteurs.fabriques import creer_compte
from tests.instances import fabriques as f
from tests.maire.fabriques_protocoles import protocole
from tests.maire.fabriques_transactions import (
    TRAVAIL,
    constat,
    constatee,
    envoyee,
    executer,
    homologuee,
    identite,
    lue,
    offre,
    proposee,
    repondue,
    une_mairie,
    version,
)

from maillage.maire.models import (
    ActeDeTransaction,
    Delegation,
    ExecutionDeTransaction,
    LeveeDuMaire,
    LigneDeRegistre,
    PropositionDeTransaction,
    Rectification,
    Transaction,
)
from maillage.maire.rules.transaction import Autorite, Nature
from maillage.maire.selectors.transactions import Filtres, echeance, toutes
from maillage.maire.services import transactions as debut
from maillage.maire.services import transactions_suite as suite
from maillage.socle.contexte import contexte, en_maintenance
from maillage.socle.models import FaitStatistique
from maillage.socle.refus import Introuvable, Refus

pytestmark = pytest.mark.django_db
INSTANT = datetime(2026, 3, 2, 9, tzinfo=UTC)
JOUR = date(2026, 3, 2)
TABLES = (
    Transaction,
    PropositionDeTransaction,
    ActeDeTransaction,
    ExecutionDeTransaction,
    LigneDeRegistre,
    Rectification,
    LeveeDuMaire,
    FaitStatistique,
)


@pytest.fixture(autouse=True)
def _le(horloge):
    horloge(INSTANT)


@pytest.fixture
def ici():
    return une_mairie()


def instantane():
    """Everything the room holds: a refusal leaves it as it was."""
    with en_maintenance():
        return [list(table.objects.order_by("pk").values()) for table in TABLES]


def refus(faire, *codes: str):
    avant = instantane()
    with pytest.raises(Refus) as leve:
        faire()
    assert leve.value.verdict.codes == codes
    assert instantane() == avant
    return leve.value


def ligne(dossier) -> LigneDeRegistre:
    with en_maintenance():
        return LigneDeRegistre.objects.get(objet=dossier.public_id)


# --- To the end -------------------------------------------------------------------------------------


def test_a_reparation_goes_from_the_pv_to_the_report_and_counts_its_euros(ici):
    dossier = homologuee(ici)
    assert not executer(ici, dossier, "100.25")
    assert executer(ici, dossier, "140.25", "comptable")
    with contexte(ici.agent.pk):
        suite.rendre_compte(dossier=dossier.public_id, version=version(dossier, ici.agent), fait_le=JOUR)
    vue = lue(dossier, ici.agent)
    assert (vue.ligne.etat, vue.close, ligne(dossier).issue) == ("close", True, "executee")
    with en_maintenance():
        euros = FaitStatistique.objects.filter(evenement="transaction_euros")
        assert sum(fait.nombre for fait in euros) == 24050
        pas = FaitStatistique.objects.filter(evenement="transaction").order_by("pk")
        assert [fait.issue for fait in pas] == [
            "constatee",
            "proposee",
            "acceptee",
            "homologuee",
            "executee",
            "close",
        ]


def test_unpaid_work_is_approved_by_the_judge_and_done_by_the_hour(ici):
    dossier = homologuee(ici, **TRAVAIL)
    assert not executer(ici, dossier, "8", "proprete")
    refus(lambda: executer(ici, dossier, "13", "proprete"), "execution_trop_forte")
    with pytest.raises(Introuvable):
        executer(ici, dossier, "4.5", "proprete")
    with pytest.raises(Introuvable):
        executer(ici, dossier, "4", "regisseur")
    assert executer(ici, dossier, "12", "services_techniques")
    with en_maintenance():
        heures = FaitStatistique.objects.filter(evenement="transaction_heures")
        assert sum(fait.nombre for fait in heures) == 20


def test_the_next_thing_to_do_and_its_last_day_follow_each_act(ici):
    dossier = constatee(ici)
    assert echeance(lue(dossier, ici.agent)).avant_le == date(2026, 3, 27)
    proposee(ici, dossier)
    assert echeance(lue(dossier, ici.agent)).jours == 15
    repondue(ici, dossier)
    assert echeance(lue(dossier, ici.agent)).quoi == "Envoyer pour homologation"
    envoyee(ici, dossier)
    assert echeance(lue(dossier, ici.agent)).quoi == "Homologation attendue"
    homologuee(ici, dossier)
    assert echeance(lue(dossier, ici.agent)).avant_le == JOUR + timedelta(days=75)


def test_each_act_of_the_settlement_starts_the_prescription_again(ici, horloge):
    dossier = constatee(ici)
    assert lue(dossier, ici.agent).prescription == date(2027, 2, 26)
    horloge(INSTANT + timedelta(days=10))
    proposee(ici, dossier)
    assert lue(dossier, ici.agent).prescription == date(2027, 3, 12)


# --- The PV -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("naissance", "attendus"),
    [
        (date(2008, 2, 27), ()),  # 18 on the day of the PV
        (date(2008, 2, 28), ("majeur_requis",)),  # of age before the proposal, a minor on the day of the PV
        (date(2010, 1, 1), ("majeur_requis",)),
    ],
)
def test_majority_is_judged_on_the_day_of_the_pv(ici, naissance, attendus):
    def faire():
        return constatee(ici, personne=identite(naissance=naissance), faits_le=date(2026, 2, 20))

    if attendus:
        refuse = refus(faire, *attendus)
        assert "Au jour du procès-verbal" in refuse.verdict.motifs[0].texte
    else:
        assert faire().etat == "constatee"


@pytest.mark.parametrize(
    ("champs", "attendus"),
    [
        ({"bien": "prive"}, ("prejudice_non_communal",)),
        ({"bien": "autre_collectivite"}, ("prejudice_non_communal",)),
        ({"contravention": "vol"}, ("hors_competence_pm",)),
        ({"lieu_commune": f.VOISINE}, ("hors_commune",)),
        ({"pv_le": date(2026, 1, 30), "faits_le": date(2026, 1, 30)}, ("delai_proposition",)),
        ({"faits_le": date(2026, 3, 1)}, ("dates_incoherentes",)),
        (
            {"faits_le": date(2025, 2, 1)},
            ("prescription_acquise",),
        ),
    ],
)
def test_a_pv_the_law_leaves_no_settlement_for_is_not_recorded(ici, champs, attendus):
    refus(lambda: constatee(ici, **champs), *attendus)


def test_a_public_action_already_started_leaves_no_settlement(ici):
    def faire():
        with contexte(ici.agent.pk):
            debut.constater(
                ou=ici.actes.cercle.public_id,
                identite=identite(),
                constat=constat(),
                action_publique=True,
            )

    refus(faire, "action_publique_engagee")


def test_the_same_pv_is_refused_with_the_number_that_holds_it(ici):
    premiere = constatee(ici, pv_numero="PM 2026/17")
    refuse = refus(lambda: constatee(ici, pv_numero=" pm  2026/17 "), "pv_deja_enregistre")
    assert premiere.reference in refuse.verdict.motifs[0].texte


def test_the_same_pv_number_of_another_commune_is_another_pv(ici):
    ailleurs = une_mairie(f.VOISINE)
    constatee(ici, pv_numero="PM 1")
    assert constatee(ailleurs, pv_numero="PM 1").reference == "2026-001"


def test_the_place_passes_the_guard(ici):
    avant = instantane()
    with pytest.raises(Refus) as leve:
        constatee(ici, lieu_precis="devant chez son psychiatre, il est schizophrène")
    assert any(code.startswith("garde_") for code in leve.value.verdict.codes)
    assert instantane() == avant


# --- The proposal -----------------------------------------------------------------------------------


def _proposer(dossier, par, **champs):
    with contexte(par.pk):
        debut.proposer(
            dossier=dossier.public_id,
            version=1,
            offre=offre(**champs),
            action_publique=champs.pop("action_publique", False),
        )


def test_more_than_thirty_hours_are_refused(ici):
    dossier = constatee(ici)
    refus(lambda: _proposer(dossier, ici.maire, **{**TRAVAIL, "heures": 31}), "heures_max")


def test_a_reparation_is_no_more_than_the_damage(ici):
    dossier = constatee(ici)
    refus(lambda: _proposer(dossier, ici.maire, montant=Decimal("240.51")), "montant_superieur")


def test_a_late_proposal_is_refused(ici, horloge):
    dossier = constatee(ici)
    horloge(datetime(2026, 3, 28, 9, tzinfo=UTC))
    refus(lambda: _proposer(dossier, ici.maire), "delai_proposition")


def test_dates_of_a_proposal_follow_each_other(ici):
    dossier = constatee(ici)
    refus(
        lambda: _proposer(dossier, ici.maire, executer_avant=JOUR + timedelta(days=15)), "dates_incoherentes"
    )
    refus(lambda: _proposer(dossier, ici.maire, reponse_avant=JOUR), "dates_incoherentes")


def test_nobody_proposes_but_the_mayor_or_a_delegated_member(ici):
    """Each holds a real quality, elsewhere or for another power: none of it counts here."""
    dossier = constatee(ici)
    voisin = f.membre(ici.actes, f.exercer(creer_compte(), "maire", f.VOISINE))
    president = f.membre(ici.actes, f.exercer(creer_compte(), "president_epci", "243100518", "epci"))
    adjointe = f.membre(ici.actes, f.exercer(creer_compte(), "elu_delegue", f.COMMUNE), role="maire")
    with en_maintenance():
        Delegation.objects.create(
            compte=adjointe,
            commune_code=f.COMMUNE,
            qualite="adjoint_delegue",
            pouvoirs=["rappel_a_l_ordre"],
            arrete_numero="2026-3",
            arrete_le=date(2026, 1, 5),
            depuis=date(2026, 1, 5),
            enregistree_par=adjointe,
        )
    for compte in (ici.agent, voisin, adjointe):
        refus(lambda compte=compte: _proposer(dossier, compte), "autorite_incompetente")
    refuse = refus(lambda: _proposer(dossier, president), "autorite_incompetente")
    assert "président d’une intercommunalité" in refuse.verdict.motifs[0].texte


def test_a_deputy_delegated_for_it_proposes_and_the_decision_is_kept(ici):
    dossier = constatee(ici)
    adjointe = f.membre(ici.actes, f.exercer(creer_compte(), "elu_delegue", f.COMMUNE), role="maire")
    with en_maintenance():
        Delegation.objects.create(
            compte=adjointe,
            commune_code=f.COMMUNE,
            qualite="adjoint_delegue",
            pouvoirs=["transaction"],
            arrete_numero="2026-4",
            arrete_le=date(2026, 1, 5),
            depuis=date(2026, 1, 5),
            enregistree_par=adjointe,
        )
    _proposer(dossier, adjointe)
    faite = lue(dossier, ici.agent).proposition
    assert (faite.qualite, faite.arrete) == ("adjoint_delegue", "2026-4")


def test_the_mayor_of_another_register_finds_nothing_here(ici):
    ailleurs = une_mairie(f.VOISINE)
    dossier = constatee(ici)
    avant = instantane()
    with pytest.raises(Introuvable):
        _proposer(dossier, ailleurs.maire)
    with pytest.raises(Introuvable), contexte(ailleurs.agent.pk):
        suite.transmettre(dossier=dossier.public_id, version=1, fait_le=JOUR)
    assert instantane() == avant
    with contexte(ailleurs.agent.pk):
        assert toutes(Filtres("toutes")) == []


def test_the_parquet_reads_the_register_and_writes_nothing_in_it(ici):
    dossier = constatee(ici)
    parquet = f.membre(ici.actes, creer_compte("procureur"), role="parquet")
    assert lue(dossier, parquet).ligne.pk == dossier.pk

    def faire():
        with contexte(parquet.pk):
            debut.consulter(dossier=dossier.public_id, version=1, fait_le=JOUR)

    assert refus(faire, "hors_charge").statut == 403


# --- The protocol -----------------------------------------------------------------------------------


def test_without_a_protocol_nothing_is_proposed_until_the_mayor_sets_it_aside_in_writing():
    ici = une_mairie(avec_protocole=False)
    dossier = constatee(ici)
    refus(lambda: _proposer(dossier, ici.maire), "protocole_manquant")

    def lever(par):
        with contexte(par.pk):
            suite.lever(dossier=dossier.public_id, code="protocole_manquant", raison="accord_parquet")

    refus(lambda: lever(ici.agent), "levee_incompetent")
    lever(ici.maire)
    _proposer(dossier, ici.maire)
    assert lue(dossier, ici.agent).ligne.etat == "proposee"


def test_a_contravention_out_of_the_protocol_is_refused(ici):
    dossier = constatee(ici, contravention="arrete_de_police")
    refus(lambda: _proposer(dossier, ici.maire), "contravention_hors_protocole")


def test_a_protocol_expired_between_the_proposal_and_the_approval_opposes(horloge):
    ici = une_mairie(avec_protocole=False)
    protocole(ici.conseil, ici.coordination, consultation="non", fin=JOUR + timedelta(days=5))
    dossier = envoyee(ici)
    horloge(INSTANT + timedelta(days=6))
    refus(lambda: homologuee(ici, dossier), "protocole_manquant")
    protocole(ici.conseil, ici.coordination, consultation="non")
    assert homologuee(ici, dossier).pk == dossier.pk


def _consulter(ici, dossier):
    with contexte(ici.agent.pk):
        debut.consulter(dossier=dossier.public_id, version=version(dossier, ici.agent), fait_le=JOUR)


def _avis(ici, dossier, *, favorable):
    with contexte(ici.agent.pk):
        debut.noter_avis(
            dossier=dossier.public_id,
            version=version(dossier, ici.agent),
            fait_le=JOUR,
            favorable=favorable,
        )


def test_where_the_protocol_wants_it_the_parquet_is_heard_before_the_proposal():
    ici = une_mairie(consultation="oui", silence="attente")
    dossier = constatee(ici)
    refus(lambda: proposee(ici, dossier), "parquet_non_consulte")
    _consulter(ici, dossier)
    refuse = refus(lambda: proposee(ici, dossier), "parquet_non_consulte")
    assert "pas encore répondu" in refuse.verdict.motifs[0].texte
    _avis(ici, dossier, favorable=True)
    proposee(ici, dossier)


def test_an_unfavourable_advice_opposes():
    ici = une_mairie(consultation="oui")
    dossier = constatee(ici)
    _consulter(ici, dossier)
    _avis(ici, dossier, favorable=False)
    refus(lambda: proposee(ici, dossier), "parquet_non_consulte")
    refus(lambda: _avis(ici, dossier, favorable=True), "deja_note")


@pytest.mark.parametrize(("silence", "passe"), [("accord", True), ("attente", False)])
def test_the_silence_of_the_parquet_means_what_the_protocol_says(silence, passe, horloge):
    ici = une_mairie(consultation="oui", silence=silence, delai="8")
    dossier = constatee(ici)
    _consulter(ici, dossier)
    horloge(INSTANT + timedelta(days=8))
    refus(lambda: proposee(ici, dossier), "parquet_non_consulte")
    horloge(INSTANT + timedelta(days=9))
    if passe:
        proposee(ici, dossier)
    else:
        refus(lambda: proposee(ici, dossier), "parquet_non_consulte")


# --- The answer -------------------------------------------------------------------------------------


def test_silence_is_a_refusal_the_day_after_without_any_task(ici, horloge):
    dossier = proposee(ici)
    horloge(INSTANT + timedelta(days=15))
    assert not lue(dossier, ici.agent).silencieuse
    horloge(INSTANT + timedelta(days=16))
    vue = lue(dossier, ici.agent)
    assert (vue.silencieuse, vue.libelle_etat) == (True, "Refusée, par silence")
    refus(lambda: repondue(ici, dossier), "refus_ou_silence")
    with contexte(ici.agent.pk):
        suite.transmettre(
            dossier=dossier.public_id,
            version=version(dossier, ici.agent),
            fait_le=date(2026, 3, 18),
        )
    assert (ligne(dossier).issue, lue(dossier, ici.agent).ligne.etat) == ("silence", "transmise")


def test_an_answer_given_in_time_counts_even_recorded_late(ici, horloge):
    dossier = proposee(ici)
    horloge(INSTANT + timedelta(days=20))
    with contexte(ici.agent.pk):
        debut.noter_reponse(
            dossier=dossier.public_id,
            version=version(dossier, ici.agent),
            accepte=True,
            fait_le=JOUR + timedelta(days=15),
            action_publique=False,
        )
    assert lue(dossier, ici.agent).ligne.etat == "acceptee"


def test_a_refusal_goes_to_the_procureur(ici):
    dossier = repondue(ici, accepte=False)
    assert ligne(dossier).issue == "refus"
    refus(lambda: envoyee(ici, dossier), "passage_impossible")
    with contexte(ici.agent.pk):
        suite.transmettre(dossier=dossier.public_id, version=version(dossier, ici.agent), fait_le=JOUR)
    assert lue(dossier, ici.agent).close


# --- Justice and execution --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("champs", "autorite"),
    [({}, Autorite.JUGE_TRIBUNAL_POLICE), (TRAVAIL, Autorite.PROCUREUR)],
)
def test_the_wrong_authority_approves_nothing(ici, champs, autorite):
    dossier = envoyee(ici, **champs)
    refus(lambda: homologuee(ici, dossier, autorite=autorite), "homologation_autorite")


def test_an_approval_follows_the_day_it_was_sent(ici):
    dossier = repondue(ici)
    refus(lambda: homologuee(ici, dossier), "a_envoyer")


def test_a_public_action_started_meanwhile_stops_the_approval_and_the_mayor_gives_up(ici):
    dossier = envoyee(ici)

    def noter():
        with contexte(ici.agent.pk):
            suite.noter_homologation(
                dossier=dossier.public_id,
                version=version(dossier, ici.agent),
                accordee=True,
                autorite=Autorite.PROCUREUR,
                fait_le=JOUR,
                action_publique=True,
            )

    refus(noter, "action_publique_engagee")
    with contexte(ici.maire.pk):
        suite.abandonner(dossier=dossier.public_id, version=version(dossier, ici.maire))
    assert ligne(dossier).issue == "abandonnee"


def test_an_approval_refused_goes_to_the_procureur(ici):
    dossier = homologuee(ici, accordee=False)
    assert (lue(dossier, ici.agent).ligne.etat, ligne(dossier).issue) == ("non_homologuee", "non_homologuee")
    refus(lambda: executer(ici, dossier, "10"), "passage_impossible")


def test_a_partial_execution_out_of_time_is_left_to_justice(ici, horloge):
    dossier = homologuee(ici)
    executer(ici, dossier, "100")

    def constater():
        with contexte(ici.agent.pk):
            suite.constater_inexecution(dossier=dossier.public_id, version=version(dossier, ici.agent))

    refus(constater, "delai_en_cours")
    horloge(INSTANT + timedelta(days=76))
    refus(lambda: executer(ici, dossier, "140.50"), "execution_hors_delai")
    # A payment made in time may still be recorded.
    executer(ici, dossier, "10", fait_le=JOUR + timedelta(days=75))
    assert lue(dossier, ici.agent).libelle_etat == "Non exécutée dans le délai"
    constater()
    assert ligne(dossier).issue == "non_executee"


# --- Correction -------------------------------------------------------------------------------------


def test_a_wrong_file_is_replaced_by_another_that_takes_its_pv(ici):
    dossier = proposee(ici, constatee(ici, pv_numero="PM 9"))
    with contexte(ici.agent.pk):
        bonne = suite.corriger(
            dossier=dossier.public_id,
            version=version(dossier, ici.agent),
            motif="identite",
            identite=identite(nom="Autre"),
            constat=constat(pv_numero="PM 9"),
            action_publique=False,
        )
    assert lue(dossier, ici.agent).ligne.etat == "rectifiee"
    assert (bonne.numero, ligne(dossier).issue) == (2, "rectifie")
    with en_maintenance():
        assert Rectification.objects.get().par_objet == bonne.public_id
        assert PropositionDeTransaction.objects.filter(dossier=dossier).exists()


def comptes_de(annee: int) -> dict[tuple[str, str], int]:
    """What reports count of that year, by event and outcome; what adds up to nothing is left out."""
    with en_maintenance():
        groupes = (
            FaitStatistique.objects.filter(mois__year=annee, evenement__startswith="transaction")
            .values_list("evenement", "issue")
            .annotate(n=Sum("nombre"))
        )
        return {(evenement, issue): n for evenement, issue, n in groupes if n}


def corriger(ici, dossier, **champs):
    v = version(dossier, ici.agent)
    with contexte(ici.agent.pk):
        return suite.corriger(
            dossier=dossier.public_id,
            version=v,
            motif="identite",
            identite=identite(nom="Autre"),
            constat=constat(**champs),
            action_publique=False,
        )


def test_a_corrected_proposal_takes_its_facts_back_and_the_new_file_counts_its_own(ici):
    dossier = repondue(ici)
    bonne = corriger(ici, dossier)
    assert comptes_de(2026) == {("transaction", "constatee"): 1}
    proposee(ici, bonne)
    assert comptes_de(2026) == {
        ("transaction", "constatee"): 1,
        ("transaction", "proposee"): 1,
        ("transaction_proposee", ""): 1,
    }


def test_a_correction_made_the_next_year_leaves_the_closed_year_as_it_was(ici, horloge):
    horloge(datetime(2026, 12, 30, 9, tzinfo=UTC))
    dossier = proposee(ici)
    close = comptes_de(2026)
    assert close[("transaction_proposee", "")] == 1
    horloge(datetime(2027, 1, 5, 9, tzinfo=UTC))
    repondue(ici, dossier)
    assert comptes_de(2027) == {("transaction", "acceptee"): 1}
    corriger(ici, dossier)
    assert comptes_de(2026) == close
    assert comptes_de(2027) == {("transaction", "constatee"): 1}


@pytest.mark.parametrize("autre", ["pm 2026-14", "PM2026/14", " Pm.2026 14 ", "p-m–2026_14"])
def test_two_numbers_that_differ_by_case_spaces_or_punctuation_are_one_pv(ici, autre):
    constatee(ici, pv_numero="PM 2026/14")
    erreur = refus(lambda: constatee(ici, pv_numero=autre), "pv_deja_enregistre")
    assert "2026-001" in erreur.verdict.motifs[0].texte
    constatee(ici, pv_numero="PM 2026/141")


def test_the_same_pv_may_stand_in_the_register_of_another_commune(ici):
    ailleurs = une_mairie(f.VOISINE)
    constatee(ici, pv_numero="PM 77")
    assert constatee(ailleurs, pv_numero="pm-77").numero == 1


def test_a_number_made_of_punctuation_alone_is_no_number(ici):
    refus(lambda: constatee(ici, pv_numero="- / -"), "pv_illisible")


def test_a_correction_that_is_refused_leaves_the_first_as_it_was(ici):
    dossier = constatee(ici)
    avant = instantane()
    with pytest.raises(Refus), contexte(ici.agent.pk):
        suite.corriger(
            dossier=dossier.public_id,
            version=1,
            motif="identite",
            identite=identite(naissance=date(2012, 1, 1)),
            constat=constat(pv_numero=dossier.pv_numero),
            action_publique=False,
        )
    assert instantane() == avant


def test_a_page_left_open_does_not_overwrite(ici):
    dossier = constatee(ici)
    proposee(ici, dossier)
    with pytest.raises(Refus) as leve, contexte(ici.agent.pk):
        debut.noter_reponse(
            dossier=dossier.public_id, version=1, accepte=True, fait_le=JOUR, action_publique=False
        )
    assert leve.value.statut == 409


def test_the_nature_of_a_proposal_wants_its_own_measure(ici):
    dossier = constatee(ici)
    refus(lambda: _proposer(dossier, ici.maire, montant=None), "proposition_incomplete")
    refus(lambda: _proposer(dossier, ici.maire, nature=Nature.TRAVAIL, heures=10), "travail_a_dire")
