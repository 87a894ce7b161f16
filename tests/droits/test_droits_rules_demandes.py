"""The clock of a request and what may be answered, day by day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.droits.rules import demandes as regles
from maillage.droits.states import FINIES, TRANSITIONS_DEMANDE_DE_DROIT, EtatDemande

RECUE = date(2026, 1, 31)
JOURS = st.dates(min_value=date(2018, 5, 25), max_value=date(2040, 1, 1))


def test_la_reponse_est_due_un_mois_apres_la_reception_trois_une_fois_prolongee():
    assert regles.echeance(date(2026, 3, 2)) == date(2026, 4, 2)
    assert regles.echeance(date(2026, 3, 2), prolongee=True) == date(2026, 6, 2)


def test_un_mois_se_compte_jusqu_au_dernier_jour_d_un_mois_plus_court():
    assert regles.echeance(RECUE) == date(2026, 2, 28)


@given(JOURS)
def test_prolonger_repousse_toujours_et_tout_a_une_fin(jour):
    assert jour < regles.echeance(jour) < regles.echeance(jour, prolongee=True)
    assert regles.echeance(jour) < regles.jamais_repondue(regles.echeance(jour))
    assert jour < regles.fichier_jusqu_au(jour) < regles.effacee_le(jour)


@given(JOURS, st.integers(min_value=0, max_value=120))
def test_un_groupe_repond_avant_la_personne_qui_attend(jour, apres):
    limite = jour + timedelta(days=apres)
    assert regles.repondre_avant(jour, limite) <= limite


@given(st.sampled_from(list(EtatDemande)))
def test_rien_ne_sort_d_une_demande_finie(etat):
    assert bool(TRANSITIONS_DEMANDE_DE_DROIT[etat]) != (etat in FINIES)


def juger(**champs):
    valeurs = {"droit": "acces", "listes_connues": True, "recue_le": RECUE, "naissance": None, **champs}
    return regles.juger_reception(regles.Reception(**valeurs), le=date(2026, 2, 10)).codes


@pytest.mark.parametrize(
    ("champs", "attendu"),
    [
        ({"listes_connues": False}, ("valeur_inconnue",)),
        ({"recue_le": date(2026, 2, 11)}, ("date_future",)),
        ({"recue_le": date(2024, 2, 1)}, ("demande_ancienne",)),
        ({"naissance": date(2026, 2, 5)}, ("naissance_apres",)),
        ({"droit": "rectification"}, ("rectification_incomplete",)),
        ({"champ": "nom", "valeur": "Autre"}, ("valeur_de_trop",)),
        ({"droit": "rectification", "champ": "naissance", "valeur": "mai"}, ("naissance_illisible",)),
        ({"droit": "rectification", "champ": "naissance", "valeur": "04/05/2011"}, ()),
        ({}, ()),
    ],
)
def test_une_demande_se_recoit_entiere_et_sans_rien_de_trop(champs, attendu):
    assert juger(**champs) == attendu


def prolonger(**champs):
    valeurs = {"etat": "recue", "motif_connu": True, "recue_le": RECUE, "deja": False, **champs}
    return regles.juger_prolongation(**{"le": date(2026, 2, 28), **valeurs}).codes


def test_le_delai_ne_se_prolonge_qu_une_fois_et_dans_le_premier_mois():
    assert prolonger() == ()
    assert prolonger(deja=True) == ("deja_prolongee",)
    assert prolonger(le=date(2026, 3, 1)) == ("prolongation_tardive",)
    assert prolonger(etat="repondue") == ("etape_impossible",)


def repondre(decision="accordee", motif="", **champs):
    faits = {"etat": "instruite", "droit": "acces", "interroges": 2, "en_attente": 0, **champs}
    reponse = regles.Reponse(decision, True, motif, True, opposables=("acces",) if motif else ())
    return regles.juger_reponse(reponse, **faits).codes


def test_une_reponse_accordee_dit_tout_ce_qui_est_su():
    assert repondre() == ()
    assert repondre(en_attente=1) == ("reponses_attendues",)
    assert repondre(interroges=0) == ("personne_interroge",)
    assert repondre("partielle") == ("refus_sans_motif",)
    assert repondre("accordee", "manifestement_infondee") == ("motif_de_trop",)


def test_sans_identite_verifiee_la_seule_reponse_est_le_refus_pour_ce_motif():
    assert repondre(etat="recue") == ("identite_a_verifier",)
    assert repondre("refusee", "manifestement_infondee", etat="recue") == ("identite_a_verifier",)
    assert repondre("refusee", "identite_non_etablie", etat="recue", interroges=0) == ()


def test_un_motif_qui_ne_vise_pas_ce_droit_ne_s_oppose_pas():
    assert repondre("refusee", "manifestement_infondee", droit="limitation") == ("motif_inopposable",)


def constater(**champs):
    valeurs = {
        "genre": "groupe",
        "role": "coordonnateur",
        "constat": "extrait",
        "droit": "acces",
        "trouvee": True,
        "motif": "",
        "motif_connu": False,
        "deja": False,
        **champs,
    }
    return regles.juger_constat(**valeurs).codes


@pytest.mark.parametrize(
    ("champs", "attendu"),
    [
        ({}, ()),
        ({"role": "membre"}, ("ne_tient_pas",)),
        ({"role": "maire"}, ("ne_tient_pas",)),
        ({"genre": "prestataire"}, ("ne_tient_pas",)),
        ({"deja": True}, ("deja_repondu",)),
        ({"constat": "non_trouve"}, ("constat_incoherent",)),
        ({"constat": "fait"}, ("constat_incoherent",)),
        ({"constat": "non_trouve", "trouvee": False}, ()),
        ({"constat": "refus"}, ("refus_sans_motif",)),
        ({"constat": "refus", "motif": "obligation_legale", "motif_connu": True}, ()),
        ({"droit": "effacement", "constat": "fait"}, ()),
    ],
)
def test_qui_tient_les_dossiers_dit_ce_qu_il_trouve_et_ce_qu_il_fait(champs, attendu):
    assert constater(**champs) == attendu
