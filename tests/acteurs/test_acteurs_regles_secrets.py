"""The pure rules of secrets: entropy, known passwords, recovery codes, failed attempts."""

import random
import string
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.acteurs import divulgues
from maillage.acteurs.regles_secrets import (
    ALPHABET_DES_CODES,
    ATTENTE,
    ESSAIS_PAR_ADRESSE,
    ESSAIS_PAR_COMPTE,
    FREINE,
    JOURNEE,
    REPERE,
    SECRET,
    SEUL,
    Essais,
    Identite,
    apres_echec,
    bits_d_un_code,
    decouper_code,
    entropie,
    essais_par_jour,
    juger_mot_de_passe,
    presenter_code,
)
from maillage.droit.api import AucuneValeur, entier

MIDI = datetime(2026, 11, 24, 12, tzinfo=UTC)
JOUR = date(2026, 11, 24)
PERSONNE = Identite("Hélène", "Olivet", "h.olivet@mairie.exemple")
PAR_JOUR = 25


def juger(mot_de_passe, **options):
    return juger_mot_de_passe(
        mot_de_passe, identite=PERSONNE, divulgue=divulgues.divulgue, le=JOUR, **options
    ).codes


@pytest.mark.parametrize(
    ("mot_de_passe", "bits"),
    [
        ("aB3-aB3-aB3-", 80),  # twelve signs of four kinds, among 99
        ("aB3aB3aB3aB3aB", 83),  # fourteen of three kinds, among 62
        ("un deux trois quatre cinq sept huit neuf", 80),  # seven words of three letters or more
        ("azertyuiopqsdf", 11),  # letters alone are one word, however long
        ("", 0),
    ],
)
def test_l_entropie_se_compte_comme_la_cnil(mot_de_passe, bits):
    assert entropie(mot_de_passe) == bits


@pytest.mark.parametrize(
    "mot_de_passe",
    ["Bruyere-Calm3", "BruyereCalme474", "sept mots bien choisis font cela aussi parfois"],
)
def test_un_mot_de_passe_assez_riche_est_accepte(mot_de_passe):
    assert juger(mot_de_passe) == ()


@pytest.mark.parametrize(
    "mot_de_passe",
    [
        "Court-7a",
        "minuscules-seulement",
        "Bruyere-Calm",
        "six mots ne suffisent pas encore",
        "Azert123456789-",
    ],
)
def test_un_mot_de_passe_trop_simple_est_refuse_et_la_phrase_dit_combien_il_manque(mot_de_passe):
    verdict = juger_mot_de_passe(mot_de_passe, identite=PERSONNE, divulgue=divulgues.divulgue, le=JOUR)
    motif = next(motif for motif in verdict.motifs if motif.code == "mot_de_passe_faible")
    assert f"{entropie(mot_de_passe)} bits" in motif.texte
    assert "il en faut 80" in motif.texte
    assert "2022-100" in motif.base_legale


def test_un_secret_dont_les_essais_sont_limites_demande_moins_et_la_regle_est_datee():
    assert "mot_de_passe_faible" in juger("Bruyer-7a")
    assert juger("Bruyer-7a", exigence=FREINE) == ()
    assert (entier(SEUL, JOUR), entier(FREINE, JOUR)) == (80, 50)
    with pytest.raises(AucuneValeur):
        juger_mot_de_passe("x", identite=PERSONNE, divulgue=lambda mot: False, le=date(2022, 1, 1))


@given(st.text(min_size=1, max_size=40), st.integers(min_value=0, max_value=39))
def test_repeter_un_signe_n_ajoute_rien(texte, rang):
    rang = min(rang, len(texte) - 1)
    if texte[rang].isspace():
        return
    redouble = texte[: rang + 1] + texte[rang:]
    if sum(len(mot) >= 3 for mot in redouble.split()) == sum(len(mot) >= 3 for mot in texte.split()):
        assert entropie(redouble) <= entropie(texte)


@given(st.randoms(use_true_random=False))
def test_un_tirage_de_quinze_signes_des_quatre_sortes_suffit_toujours(hasard: random.Random):
    def tirer(signes: str, nombre: int) -> list[str]:
        return [hasard.choice(signes) for _ in range(nombre)]

    signes = tirer("acegikmoqsuwy", 4) + tirer("ACEGIKMOQSUWY", 4) + tirer("02468", 4) + tirer("!$&-;", 3)
    par_rang = [signes[rang::4] for rang in range(4)]
    mele = "".join(signe for sorte in zip(*par_rang, strict=False) for signe in sorte) + "!aA0"
    if all(abs(ord(a) - ord(b)) > 1 for a, b in pairwise(mele)):
        assert entropie(mele) >= 80


@pytest.mark.parametrize(
    "mot_de_passe",
    [
        "P@ssword2026!",
        "MotDePasse-2026",
        "--AZERTYuiop99",
        "Mot-de-Passe-2026",
        "Iloveyou-2026-!!",
        "Préfecture-2026",
    ],
)
def test_un_mot_de_passe_divulgue_reste_refuse_sous_son_deguisement(mot_de_passe):
    assert "mot_de_passe_courant" in juger(mot_de_passe)


def test_la_liste_est_celle_de_sa_fiche_et_connait_les_plus_courants():
    fiche = divulgues.fiche()
    assert divulgues.intacte()
    assert fiche.nombre > 50_000
    assert fiche.etablie_le >= date(2026, 11, 23)
    assert len(fiche.sources) == 3
    for connu in ("password", "PASSWORD", "123456", "azertyuiop", "trustno1", "été"):
        assert divulgues.divulgue(connu), connu
    assert not any(
        divulgues.divulgue("".join(random.choices(string.ascii_letters, k=16))) for _ in range(2_000)
    )


def test_le_premier_et_le_dernier_de_la_liste_se_trouvent():
    liste = divulgues._liste()
    trouves = 0
    for mot in ("123456", "dragon", "soleil", "maillage", "clspd", "zxcvbnm"):
        trouves += divulgues.divulgue(mot)
    assert trouves == 6
    rangs = [liste[debut : debut + divulgues.OCTETS] for debut in range(0, len(liste), divulgues.OCTETS)]
    assert rangs == sorted(set(rangs))


def test_un_mot_de_passe_ne_contient_pas_le_nom_de_la_personne_meme_sans_accent():
    assert "mot_de_passe_personnel" in juger("Helene-en-2026-ici")


def test_un_mot_de_passe_ne_repete_pas_quatre_signes():
    assert "mot_de_passe_repetitif" in juger("aA1-aA1-aA1-aA1")


# --- Recovery codes --------------------------------------------------------------------------------


def test_un_code_de_secours_tient_l_entropie_d_un_secret_freine():
    assert bits_d_un_code() >= entier(FREINE, JOUR)


CODES = st.text(ALPHABET_DES_CODES, min_size=REPERE + SECRET, max_size=REPERE + SECRET)


@given(CODES)
def test_un_code_imprime_se_relit_meme_en_minuscules_et_espace(code):
    repere, secret = code[:REPERE], code[REPERE:]
    imprime = presenter_code(repere, secret)
    for saisi in (imprime, imprime.lower(), imprime.replace("-", " "), f"  {code} "):
        assert decouper_code(saisi) == (repere, secret)


@pytest.mark.parametrize(
    "saisi", ["", "123456", "0K-ABCD-EFGH-JKM", "7K-ABCD-EFGH-JK", "7K-ABCD-EFGH-JKMN", "é" * 13]
)
def test_ce_qui_n_est_pas_un_code_ne_se_lit_pas(saisi):
    assert decouper_code(saisi) is None


# --- Failed attempts -------------------------------------------------------------------------------


def echouer(essais, instant, *, par_jour=PAR_JOUR, seuil=ESSAIS_PAR_COMPTE):
    return apres_echec(essais, instant=instant, seuil=seuil, par_jour=par_jour)


def test_le_cinquieme_echec_bloque_quinze_minutes_et_pas_le_quatrieme():
    essais = None
    for _ in range(ESSAIS_PAR_COMPTE - 1):
        essais = echouer(essais, MIDI)
    assert not essais.bloque(MIDI)
    essais = echouer(essais, MIDI)
    assert essais.bloque(MIDI + ATTENTE - timedelta(seconds=1))
    assert not essais.bloque(MIDI + ATTENTE)


def test_un_essai_pendant_le_blocage_ne_le_prolonge_pas():
    bloque = Essais(5, MIDI, MIDI + ATTENTE)
    assert echouer(bloque, MIDI + timedelta(minutes=14)) == bloque


def test_chaque_attente_d_un_compte_double_la_precedente():
    essais, instant, attentes = None, MIDI, []
    for _ in range(4):
        for _ in range(ESSAIS_PAR_COMPTE):
            essais = echouer(essais, instant)
        attentes.append(essais.bloque_jusqua - instant)
        instant = essais.bloque_jusqua
    assert attentes == [ATTENTE, 2 * ATTENTE, 4 * ATTENTE, 8 * ATTENTE]


def test_au_vingt_cinquieme_echec_du_jour_le_compte_attend_le_lendemain():
    essais, instant = None, MIDI
    for _ in range(PAR_JOUR):
        instant = essais.bloque_jusqua if essais and essais.bloque(instant) else instant
        essais = echouer(essais, instant)
    assert essais.bloque(MIDI + JOURNEE - timedelta(seconds=1))
    assert not essais.bloque(MIDI + JOURNEE)
    assert echouer(essais, MIDI + JOURNEE) == Essais(1, MIDI + JOURNEE)


def test_une_adresse_partagee_n_attend_jamais_plus_d_un_quart_d_heure():
    essais, instant = None, MIDI
    for _ in range(4 * ESSAIS_PAR_ADRESSE):
        instant = essais.bloque_jusqua if essais and essais.bloque(instant) else instant
        essais = echouer(essais, instant, par_jour=None, seuil=ESSAIS_PAR_ADRESSE)
        assert essais.bloque_jusqua is None or essais.bloque_jusqua - instant == ATTENTE
    assert echouer(essais, essais.bloque_jusqua, par_jour=None, seuil=ESSAIS_PAR_ADRESSE).echecs == 1


@given(st.lists(st.integers(min_value=0, max_value=5 * 24 * 3600), max_size=300).map(sorted))
def test_un_compte_ne_supporte_jamais_plus_de_vingt_cinq_essais_par_jour(secondes):
    """Counted from the first failure of each day; two days that meet bear twice as many at most."""
    essais, passes = None, []
    for seconde in secondes:
        instant = MIDI + timedelta(seconds=seconde)
        if essais is None or not essais.bloque(instant):
            passes.append((instant, essais is None or instant - essais.premier_le >= JOURNEE))
        essais = echouer(essais, instant)
    debuts = [instant for instant, premier in passes if premier]
    for debut in debuts:
        assert sum(debut <= instant < debut + JOURNEE for instant, _ in passes) <= PAR_JOUR


def test_le_nombre_d_essais_du_jour_est_une_valeur_datee():
    assert essais_par_jour(JOUR) == PAR_JOUR
