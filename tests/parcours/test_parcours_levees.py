"""A reason that is not the law is set aside by the person in charge, in writing; the law by nobody."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st
from tests.situations.fabriques import un_groupe, une_situation

from maillage.droit.api import Force, Motif, Verdict
from maillage.parcours.api import composer_levees, juger_avec_levees, lever
from maillage.parcours.forms.levee import EcarterRaison
from maillage.parcours.models import Levee
from maillage.parcours.rules.levee import COMPETENTS, LeveeFaite, avec_levees, juger_levee, qui_leve
from maillage.parcours.selectors.levees import levees_de, levees_par_objet
from maillage.situations.api import purger
from maillage.situations.models import Situation
from maillage.situations.services import cloture
from maillage.socle.contexte import contexte, en_maintenance
from maillage.socle.models import EntreeJournal
from maillage.socle.refus import Introuvable, Refus
from maillage.socle.temps import aujourd_hui

base = pytest.mark.django_db

LOI = Motif("age_min", "Il faut avoir 16 ans.", "Code du travail, art. L. 1", Force.LOI)
DOCTRINE = Motif("duree_min", "Le parrainage est trop court.", "Stratégie, fiche 9", Force.DOCTRINE)
HABITUDE = Motif("duree_max", "Le parrainage est trop long.", "Règle d’usage", Force.USAGE)
REFUS = Verdict.refus([LOI, DOCTRINE, HABITUDE])
ROLES = ("coordonnateur", "maire", "referent", "membre", "parquet")
RAISONS = frozenset({"decision_groupe", "autre"})


def essayer(motif=DOCTRINE, role="coordonnateur", **champs):
    valeurs = {
        "verdict": REFUS,
        "raison": "decision_groupe",
        "raisons": RAISONS,
        "precision": "",
        "precision_requise": False,
        "deja": False,
        **champs,
    }
    return juger_levee(code=motif.code, role=role, **valeurs).codes


@pytest.mark.parametrize("role", ROLES)
def test_the_law_is_lifted_by_nobody(role):
    assert essayer(LOI, role) == ("levee_loi",)


@pytest.mark.parametrize(
    ("motif", "role", "ok"),
    [
        (DOCTRINE, "coordonnateur", True),
        (DOCTRINE, "maire", True),
        (DOCTRINE, "referent", False),
        (DOCTRINE, "membre", False),
        (DOCTRINE, "parquet", False),
        (HABITUDE, "coordonnateur", True),
        (HABITUDE, "maire", True),
        (HABITUDE, "referent", True),
        (HABITUDE, "membre", False),
        (HABITUDE, "parquet", False),
    ],
)
def test_a_doctrine_is_the_coordination_s_or_the_mayor_s_and_a_usage_also_the_referent_s(motif, role, ok):
    assert essayer(motif, role) == (() if ok else ("levee_incompetent",))


@pytest.mark.parametrize(
    ("champs", "code"),
    [
        ({"raison": "caprice"}, "levee_raison_inconnue"),
        ({"raison": "autre", "precision_requise": True}, "levee_precision_manquante"),
        ({"raison": "autre", "precision_requise": True, "precision": "  "}, "levee_precision_manquante"),
        ({"precision": "x" * 141}, "levee_precision_longue"),
        ({"deja": True}, "levee_deja_faite"),
        ({"verdict": Verdict.accord()}, "levee_sans_objet"),
        ({"verdict": Verdict.accord(motifs=[DOCTRINE])}, "levee_sans_objet"),
        ({"verdict": Verdict.refus([LOI])}, "levee_sans_objet"),
    ],
)
def test_each_fault_of_a_lifting_has_its_refusal(champs, code):
    assert essayer(**champs) == (code,)


def test_who_may_is_said_in_words():
    assert qui_leve(Force.LOI) == ""
    assert qui_leve(Force.DOCTRINE).endswith("ou le maire ou son élu délégué")
    assert set(COMPETENTS[Force.DOCTRINE]) < set(COMPETENTS[Force.USAGE])


def faite(code):
    return LeveeFaite(code, "Décision du groupe", "", "Hélène Olivet", date(2026, 11, 23))


MOTIFS = st.lists(
    st.builds(
        Motif, st.sampled_from("abcdefgh"), st.just("Non."), st.just("Texte"), st.sampled_from(list(Force))
    ),
    min_size=1,
    max_size=8,
    unique_by=lambda motif: motif.code,
)


@given(motifs=MOTIFS, leves=st.sets(st.sampled_from("abcdefgh")))
def test_a_lifted_verdict_agrees_exactly_when_every_reason_is_lifted_and_none_is_the_law(motifs, leves):
    juge = avec_levees(Verdict.refus(motifs), [faite(code) for code in sorted(leves)])
    opposent = [m.code for m in motifs if m.force is Force.LOI or m.code not in leves]
    assert [motif.code for motif in juge.restants] == opposent
    assert juge.ok is (not opposent)
    assert juge.en_verdict().ok is juge.ok
    assert juge.en_verdict().codes == tuple(opposent)
    assert [un.motif for un in juge.motifs] == motifs  # nothing is hidden, nothing changes place


@given(motifs=MOTIFS, leves=st.sets(st.sampled_from("abcdefgh")))
def test_liftings_change_nothing_to_a_yes(motifs, leves):
    juge = avec_levees(Verdict.accord(motifs=motifs), [faite(code) for code in leves])
    assert juge.ok
    assert not juge.restants
    assert not juge.leves


def ecarter(situation, par, motif=DOCTRINE, *, objet=None, verdict=REFUS, **champs):
    valeurs = {"raison": "decision_groupe", "precision": "", **champs}
    with contexte(par.pk):
        return lever(
            situation=situation.public_id,
            objet=objet or uuid4(),
            regle="parrainage",
            verdict=verdict,
            code=motif.code,
            **valeurs,
        )


def restent():
    with en_maintenance():
        return Levee.objects.count()


def codes(refus):
    return refus.value.verdict.codes


@base
def test_the_coordination_lifts_a_doctrine_and_the_verdict_says_so_to_the_members_only():
    ici = un_groupe()
    situation, objet = une_situation(ici), uuid4()
    ailleurs = un_groupe()
    verdict = Verdict.refus([DOCTRINE, HABITUDE])
    ecarter(situation, ici.coordonnatrice, objet=objet, verdict=verdict)
    with contexte(ici.membre.pk):
        juge = juger_avec_levees(verdict, objet=objet, regle="parrainage")
        assert [motif.code for motif in juge.restants] == ["duree_max"]
        assert juge.leves[0].levee.par == ici.coordonnatrice.nom_complet
        assert juger_avec_levees(verdict, objet=objet, regle="tapaj").restants == verdict.motifs
        assert juger_avec_levees(verdict, objet=uuid4(), regle="parrainage").restants == verdict.motifs
    ecarter(situation, ici.coordonnatrice, HABITUDE, objet=objet, verdict=verdict)
    with contexte(ici.membre.pk):
        assert juger_avec_levees(verdict, objet=objet, regle="parrainage").ok
        assert len(levees_par_objet([objet])[objet, "parrainage"]) == 2
    with contexte(ailleurs.coordonnatrice.pk):
        assert levees_de(objet, "parrainage") == ()
        assert not juger_avec_levees(verdict, objet=objet, regle="parrainage").ok


@base
def test_the_journal_says_who_lifted_what_and_never_the_words():
    ici = un_groupe()
    situation, objet = une_situation(ici), uuid4()
    ecarter(situation, ici.coordonnatrice, objet=objet, raison="autre", precision="Place libre en mai")
    with en_maintenance():
        entree = EntreeJournal.objects.get(evenement="motif_leve")
    assert (entree.acteur, entree.objet) == (ici.coordonnatrice.pk, str(situation.public_id))
    assert entree.details == {
        "sur": str(objet),
        "regle": "parrainage",
        "code": "duree_min",
        "raison": "autre",
    }


@base
@pytest.mark.parametrize("motif", [LOI, DOCTRINE, HABITUDE])
def test_the_coordination_of_another_groupe_finds_nothing_to_lift(motif):
    situation = une_situation(un_groupe())
    ailleurs = un_groupe()
    une_situation(ailleurs)
    with pytest.raises(Introuvable):
        ecarter(situation, ailleurs.coordonnatrice, motif)
    assert restent() == 0


@base
def test_a_member_who_coordinates_another_groupe_lifts_nothing_here():
    ici, ailleurs = un_groupe(), un_groupe()
    chez_eux = une_situation(ailleurs)
    ecarter(chez_eux, ailleurs.coordonnatrice)
    situation = une_situation(ici)
    with pytest.raises(Refus) as refus:
        ecarter(situation, ici.membre)
    assert codes(refus) == ("levee_incompetent",)
    assert restent() == 1


@base
def test_the_referent_lifts_a_usage_and_no_doctrine():
    ici = un_groupe()
    referente = ici.ajouter("prevention_specialisee", role="referent", fonction="referent_parcours")
    situation = une_situation(ici)
    ecarter(situation, referente, HABITUDE)
    with pytest.raises(Refus) as refus:
        ecarter(situation, referente, DOCTRINE)
    assert codes(refus) == ("levee_incompetent",)
    assert restent() == 1


@base
def test_the_mayor_who_only_reads_still_lifts_a_doctrine():
    ici = un_groupe()
    maire = ici.ajouter("commune", role="maire", fonction="maire")
    ecarter(une_situation(ici), maire)
    assert restent() == 1


@base
def test_the_law_is_refused_and_nothing_is_written():
    ici = un_groupe()
    with pytest.raises(Refus) as refus:
        ecarter(une_situation(ici), ici.coordonnatrice, LOI)
    assert codes(refus) == ("levee_loi",)
    assert restent() == 0


@base
def test_a_secret_in_the_words_is_refused_and_nothing_is_written():
    ici = un_groupe()
    with pytest.raises(Refus) as refus:
        ecarter(
            une_situation(ici),
            ici.coordonnatrice,
            raison="autre",
            precision="Suivi pour une dépression",
        )
    assert all(code.startswith("garde_") for code in codes(refus))
    assert restent() == 0


@base
def test_a_closed_situation_takes_no_lifting():
    ici = un_groupe()
    situation = une_situation(ici)
    with contexte(ici.coordonnatrice.pk):
        cloture.clore(
            situation=situation.public_id,
            issue="objectifs_atteints",
            version=situation.version,
            le=aujourd_hui(),
        )
    with pytest.raises(Refus) as refus:
        ecarter(situation, ici.coordonnatrice)
    assert "situation_close" in codes(refus)
    assert restent() == 0


@base
def test_a_reason_is_lifted_once():
    ici = un_groupe()
    situation, objet = une_situation(ici), uuid4()
    ecarter(situation, ici.coordonnatrice, objet=objet)
    with pytest.raises(Refus) as refus:
        ecarter(situation, ici.coordonnatrice, objet=objet)
    assert codes(refus) == ("levee_deja_faite",)
    assert restent() == 1


@base
def test_the_database_itself_refuses_to_lift_the_law_and_to_write_in_another_cercle():
    ici, ailleurs = un_groupe(), un_groupe()
    situation = une_situation(ici)
    ligne = ecarter(situation, ici.coordonnatrice)
    valeurs = {
        champ: getattr(ligne, champ)
        for champ in ("cercle_id", "situation_id", "regle", "code", "raison", "par_id", "le")
    }
    with contexte(ici.coordonnatrice.pk), pytest.raises(DatabaseError), transaction.atomic():
        Levee.objects.create(**valeurs, objet=uuid4(), force="loi")
    with contexte(ailleurs.coordonnatrice.pk), pytest.raises(DatabaseError), transaction.atomic():
        Levee.objects.create(**valeurs, objet=uuid4(), force="usage")
    assert restent() == 1


@base
def test_a_lifting_is_erased_with_its_situation_and_the_others_stay():
    ici = un_groupe()
    finie, suivie = une_situation(ici), une_situation(ici)
    ecarter(finie, ici.coordonnatrice)
    gardee = ecarter(suivie, ici.coordonnatrice)
    with en_maintenance():
        Situation.objects.filter(pk=finie.pk).update(expire_le=aujourd_hui() - timedelta(days=1))
    certificat = purger()
    assert certificat.lignes["levee"] == 1
    with en_maintenance():
        assert list(Levee.objects.values_list("pk", flat=True)) == [gardee.pk]


@base
@pytest.mark.parametrize(
    ("role", "codes_proposes"),
    [("coordonnateur", ["duree_min", "duree_max"]), ("referent", ["duree_max"]), ("membre", None)],
)
def test_the_form_offers_only_what_its_reader_may_lift(role, codes_proposes):
    juge = avec_levees(REFUS, [])
    vue = composer_levees(juge, role=role, jour=date(2026, 11, 23))
    proposes = vue.formulaire and [code for code, _ in vue.formulaire.fields["code"].choices]
    assert proposes == codes_proposes
    page = render_to_string("parcours/_levees.html", {"levee": vue, "adresse": "/ici/"})
    assert ("Écarter cette raison" in page) is (codes_proposes is not None)
    assert "C’est la loi : personne ne peut l’écarter." in page


def test_a_lifted_reason_stays_on_the_page_with_who_and_when():
    vue = composer_levees(
        avec_levees(REFUS, [faite("duree_min"), faite("duree_max")]), role="maire", jour=date(2026, 11, 23)
    )
    page = render_to_string("parcours/_levees.html", {"levee": vue, "adresse": "/ici/"})
    assert page.count("Écartée") == 2
    assert "Hélène Olivet" in page
    assert "<form" not in page


@base
def test_the_form_gives_the_service_its_arguments_and_guards_the_words():
    donnees = {"code": "duree_min", "raison": "autre", "precision": "Place libre en mai"}
    rempli = EcarterRaison(donnees, levables=[DOCTRINE], jour=date(2026, 11, 23))
    assert rempli.is_valid()
    assert rempli.cleaned_data == donnees
    garde = EcarterRaison(
        {**donnees, "precision": "Suivi pour une dépression"},
        levables=[DOCTRINE],
        jour=date(2026, 11, 23),
    )
    assert "precision" in garde.errors
    intrus = EcarterRaison({**donnees, "code": "age_min"}, levables=[DOCTRINE], jour=date(2026, 11, 23))
    assert "code" in intrus.errors
