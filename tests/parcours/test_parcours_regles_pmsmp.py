from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.cas_regles import codes, juger

from maillage.droit.api import fin_de_periode, jours_inclus
from maillage.parcours.rules.pmsmp import Objet, Partie, Periode, Prescripteur, pmsmp

UN_JOUR = timedelta(days=1)
DECOUVERTE, CONFIRMATION, RECRUTEMENT = Objet
TROIS = (Partie.BENEFICIAIRE, Partie.PRESCRIPTEUR, Partie.STRUCTURE_ACCUEIL)


def periode(debut, fin, objet=CONFIRMATION, renouvellement=False, accueil="A"):
    return Periode(accueil, date.fromisoformat(debut), date.fromisoformat(fin), objet, renouvellement)


def verdict(nouvelle, *historique, **cles):
    complets = {"tuteur": True, "salarie": False, "parties": TROIS, "prescripteur": Prescripteur.SIAE}
    return pmsmp(le=nouvelle.debut, nouvelle=nouvelle, historique=historique, **{**complets, **cles})


@pytest.mark.parametrize(
    ("debut", "fin", "ok"),
    [
        ("2026-03-02", "2026-03-31", True),
        ("2026-03-02", "2026-04-01", True),
        ("2026-03-02", "2026-04-02", False),
        ("2026-01-31", "2026-02-28", True),
        ("2026-01-31", "2026-03-01", False),
        ("2024-01-31", "2024-02-29", True),
        ("2024-01-30", "2024-02-29", True),
        ("2024-01-30", "2024-03-01", False),
        ("2024-02-29", "2024-03-28", True),
        ("2024-02-29", "2024-03-29", False),
        ("2026-12-15", "2027-01-14", True),
        ("2026-12-15", "2027-01-15", False),
        ("2026-03-02", "2026-03-02", True),
    ],
)
def test_a_period_lasts_one_month_at_most_date_to_date(debut, fin, ok):
    jugement = verdict(periode(debut, fin))
    assert jugement.codes == (() if ok else ("duree_max",))
    limite = jugement.echeances["fin_au_plus_tard"]
    assert (periode(debut, fin).fin <= limite) is ok


@given(debut=st.dates(date(2000, 1, 1), date(2100, 1, 1)), ecart=st.integers(-3, 3))
def test_around_the_last_day_only_what_follows_it_is_too_long(debut, ecart):
    fin = fin_de_periode(debut, 1) + timedelta(days=ecart)
    jugement = verdict(Periode("A", debut, fin, DECOUVERTE))
    assert ("duree_max" in jugement.codes) is (ecart > 0)


@pytest.mark.parametrize(("fin", "ok"), [("2026-02-09", True), ("2026-02-10", True), ("2026-02-11", False)])
def test_sixty_days_in_one_host_over_twelve_months_are_accepted_and_sixty_one_are_not(fin, ok):
    passee = periode("2025-11-01", "2025-11-30")
    passee_renouvelee = periode("2025-12-01", "2025-12-19", renouvellement=True)
    nouvelle = periode("2026-01-31", fin, DECOUVERTE)
    assert (
        jours_inclus(passee.debut, passee.fin) + 19 + jours_inclus(nouvelle.debut, nouvelle.fin)
        == 60 + (nouvelle.fin - date(2026, 2, 10)).days
    )
    jugement = verdict(nouvelle, passee, passee_renouvelee)
    assert jugement.codes == (() if ok else ("cumul_structure_12_mois",))


def test_another_host_does_not_count():
    dates = [("2025-11-01", "2025-11-30"), ("2025-12-01", "2025-12-31")]
    ailleurs = [periode(*deux, accueil="B") for deux in dates]
    assert verdict(periode("2026-01-02", "2026-02-01", DECOUVERTE), *ailleurs).ok
    ici = [periode(*deux) for deux in dates]
    assert verdict(periode("2026-01-02", "2026-02-01", DECOUVERTE), *ici).codes == (
        "cumul_structure_12_mois",
        "nombre_conventions_12_mois",
    )


@pytest.mark.parametrize(
    ("debut", "codes_attendus"),
    [
        # The window that opens on the last past day, 30 April 2025, closes on 29 April 2026.
        ("2026-04-28", ("nombre_conventions_12_mois",)),
        ("2026-04-29", ("nombre_conventions_12_mois",)),
        ("2026-04-30", ()),
    ],
)
def test_the_same_object_is_refused_until_no_window_holds_both(debut, codes_attendus):
    passee = periode("2025-04-15", "2025-04-30")
    jugement = verdict(periode(debut, debut), passee)
    assert jugement.codes == codes_attendus
    if codes_attendus:
        assert jugement.echeances["premier_jour_possible"] == date(2026, 4, 30)
    else:
        assert "premier_jour_possible" not in jugement.echeances


def test_two_conventions_with_different_objects_are_accepted_and_a_third_is_not():
    premiere, deuxieme = periode("2025-09-01", "2025-09-05"), periode("2025-10-01", "2025-10-05", RECRUTEMENT)
    assert verdict(periode("2026-01-05", "2026-01-09", DECOUVERTE), premiere).ok
    refus = verdict(periode("2026-01-05", "2026-01-09", DECOUVERTE), premiere, deuxieme)
    assert refus.codes == ("nombre_conventions_12_mois",)
    assert refus.motifs[0].texte.startswith("3 conventions")
    assert refus.echeances["premier_jour_possible"] == date(2026, 9, 5)


def test_a_renewal_adds_days_but_no_convention():
    passee = periode("2025-09-01", "2025-09-30")
    assert verdict(periode("2025-10-01", "2025-10-30", renouvellement=True), passee).ok
    assert verdict(periode("2025-10-01", "2025-10-31", renouvellement=True), passee).codes == (
        "cumul_structure_12_mois",
    )


def test_a_convention_is_renewed_once_for_the_same_object():
    passees = [
        periode("2025-09-01", "2025-09-05"),
        periode("2025-09-06", "2025-09-10", renouvellement=True),
    ]
    encore = periode("2025-09-11", "2025-09-15", renouvellement=True)
    assert verdict(encore, *passees).codes == ("renouvellement_max",)
    autre = [periode("2025-09-06", "2025-09-10", RECRUTEMENT), encore]
    assert verdict(periode("2025-09-21", "2025-09-22", RECRUTEMENT, True), passees[0], *autre).ok


def test_a_renewal_on_the_command_line_is_no_new_convention():
    passee = {
        "structure_accueil": "A",
        "debut": "2026-02-02",
        "fin": "2026-02-27",
        "objet": "decouverte",
    }
    assert codes("pmsmp", historique=[passee]) == ("nombre_conventions_12_mois",)
    assert codes("pmsmp", historique=[passee], renouvellement=True) == ()
    # The history may be incomplete: a renewal of a convention nobody listed is judged on its days alone.
    assert codes("pmsmp", renouvellement=True) == ()


def test_an_excess_of_old_blocks_nothing():
    vieilles = [periode("2023-01-01", "2023-03-31"), periode("2023-05-01", "2023-05-30")]
    assert verdict(periode("2026-01-05", "2026-01-09"), *vieilles).ok


def test_what_follows_the_new_period_counts_too():
    apres = periode("2026-06-01", "2026-06-30", RECRUTEMENT)
    nouvelle = periode("2026-01-01", "2026-01-31", DECOUVERTE)
    jugement = verdict(nouvelle, apres)
    assert jugement.codes == ("cumul_structure_12_mois",)
    # Waiting would bring the two closer: no first day is promised.
    assert jugement.echeances["premier_jour_possible"] is None


@pytest.mark.parametrize("partie", TROIS)
def test_each_party_signs(partie):
    reste = [p for p in TROIS if p is not partie]
    nouvelle = periode("2026-01-05", "2026-01-09")
    assert verdict(nouvelle, parties=reste).codes == ("partie_manquante",)
    assert verdict(nouvelle, parties=[*reste, *reste]).codes == ("partie_manquante",)


def test_the_employer_signs_for_an_employee_only():
    nouvelle = periode("2026-01-05", "2026-01-09")
    assert verdict(nouvelle, salarie=True).codes == ("partie_manquante",)
    assert verdict(nouvelle, salarie=True, parties=[*TROIS, Partie.EMPLOYEUR]).ok
    assert verdict(nouvelle, parties=[*TROIS, Partie.STRUCTURE_ACCOMPAGNEMENT]).ok


def test_every_prescriber_is_competent_but_the_one_who_is_said_not_to_be():
    nouvelle = periode("2026-01-05", "2026-01-09")
    for prescripteur in Prescripteur:
        attendu = () if prescripteur is not Prescripteur.NON_HABILITE else ("prescripteur_non_habilite",)
        assert verdict(nouvelle, prescripteur=prescripteur).codes == attendu


def test_a_period_that_ends_before_it_starts_is_incoherent():
    assert codes("pmsmp", fin="2026-03-01") == ("dates_incoherentes",)
    assert codes("pmsmp", fin="2026-03-02") == ()
    assert codes("pmsmp", debut="2199-12-31", fin="1900-01-01", tuteur=False) == (
        "tuteur_absent",
        "dates_incoherentes",
    )


def test_a_period_of_three_centuries_and_a_long_history_are_judged_at_once():
    passee = {"structure_accueil": "A", "debut": "1900-01-01", "fin": "2199-12-31", "objet": "recrutement"}
    jugement = juger("pmsmp", debut="2010-01-01", fin="2199-12-31", historique=[passee] * 2000)
    assert jugement.codes == ("duree_max", "cumul_structure_12_mois", "nombre_conventions_12_mois")


def test_a_person_not_born_yet_cannot_start():
    assert codes("pmsmp", {"personne.naissance": "2026-03-01", "debut": "2026-02-28"}) == ("entree_invalide",)


# The oracle counts day by day, window by window, with nothing of the product's arithmetic.


def fin_de_fenetre(depart):
    try:
        return depart.replace(year=depart.year + 1) - UN_JOUR
    except ValueError:
        return date(depart.year + 1, 2, 28)


def fenetres(nouvelle):
    depart = nouvelle.debut - timedelta(days=370)
    while depart <= nouvelle.fin:
        fin = fin_de_fenetre(depart)
        if fin >= nouvelle.debut:
            yield depart, fin
        depart += UN_JOUR


def jours(une):
    return [une.debut + timedelta(days=rang) for rang in range((une.fin - une.debut).days + 1)]


def oracle(nouvelle, historique):
    toutes = [nouvelle, *(p for p in historique if p.structure_accueil == nouvelle.structure_accueil)]
    listes = [(p, jours(p)) for p in toutes]
    trouves = set()
    for depart, fin in fenetres(nouvelle):
        dedans = [(p, sum(depart <= j <= fin for j in tous)) for p, tous in listes]
        if sum(n for _, n in dedans) > 60:
            trouves.add("cumul_structure_12_mois")
        conventions = [p.objet for p, n in dedans if n and not p.renouvellement]
        if len(conventions) > 2 or len(set(conventions)) < len(conventions):
            trouves.add("nombre_conventions_12_mois")
        renouvelees = [p.objet for p, n in dedans if n and p.renouvellement]
        if len(set(renouvelees)) < len(renouvelees):
            trouves.add("renouvellement_max")
    return trouves


@st.composite
def une_periode(tirer, debut=None):
    depart = debut or date(2023, 1, 1) + timedelta(days=tirer(st.integers(0, 900)))
    return Periode(
        tirer(st.sampled_from("AAAB")) if debut is None else "A",
        depart,
        depart + timedelta(days=tirer(st.integers(0, 45))),
        tirer(st.sampled_from(Objet)),
        tirer(st.booleans()) if debut is None else False,
    )


AUTOUR = st.sampled_from(
    [date(2024, 2, 28), date(2024, 2, 29), date(2024, 3, 1), date(2024, 9, 15), date(2025, 2, 28)]
)
FENETRE = {"cumul_structure_12_mois", "nombre_conventions_12_mois", "renouvellement_max"}


@settings(max_examples=60)
@given(donnees=st.data(), debut=AUTOUR, historique=st.lists(une_periode(), max_size=4))
def test_the_windows_agree_with_a_count_day_by_day(donnees, debut, historique):
    nouvelle = donnees.draw(une_periode(debut))
    assert set(verdict(nouvelle, *historique).codes) & FENETRE == oracle(nouvelle, historique)


@settings(max_examples=40)
@given(
    donnees=st.data(),
    fin=st.integers(1, 380),
    debut=AUTOUR,
    objet=st.sampled_from(Objet),
    longueur=st.integers(0, 59),
)
def test_one_past_period_near_the_edge_agrees_with_a_count_day_by_day(donnees, fin, debut, objet, longueur):
    """Histories that end about a year before, where one day changes the answer."""
    ecart = donnees.draw(st.sampled_from([fin, 364, 365, 366, 367]))
    derniere = debut - timedelta(days=ecart)
    passee = Periode("A", derniere - timedelta(days=longueur), derniere, objet)
    nouvelle = donnees.draw(une_periode(debut))
    assert set(verdict(nouvelle, passee).codes) & FENETRE == oracle(nouvelle, [passee])


@settings(max_examples=60)
@given(donnees=st.data(), debut=AUTOUR, historique=st.lists(une_periode(), min_size=1, max_size=4))
def test_the_first_possible_day_is_accepted_and_its_eve_is_not(donnees, debut, historique):
    nouvelle = donnees.draw(une_periode(debut))
    passees = [p for p in historique if p.fin < debut]
    jugement = verdict(nouvelle, *passees)
    jour = jugement.echeances.get("premier_jour_possible")
    assume(jour is not None)
    ecart = (jour - debut).days
    assert ecart > 0
    assert not set(verdict(nouvelle.decalee(ecart), *passees).codes) & FENETRE
    assert set(verdict(nouvelle.decalee(ecart - 1), *passees).codes) & FENETRE


@settings(max_examples=40)
@given(debut=AUTOUR, donnees=st.data(), historique=st.lists(une_periode(), max_size=3), de_plus=une_periode())
def test_one_more_past_period_never_removes_a_refusal(debut, donnees, historique, de_plus):
    nouvelle = donnees.draw(une_periode(debut))
    avant = set(verdict(nouvelle, *historique).codes)
    assert avant <= set(verdict(nouvelle, *historique, de_plus).codes)
