"""Pure rules of what is known or held to sign in: passwords, recovery codes, failed attempts.

No Django here; dates and lists are passed in. The figures are the CNIL's, dated in ``droit``.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from math import log2
from typing import Final

from maillage.droit.api import Motif, ValeurDatee, Verdict, entier, valeur_datee

# --- Passwords -------------------------------------------------------------------------------------

#: How many signs of each kind may be drawn from; 37 others, as the CNIL counts them.
MINUSCULES, MAJUSCULES, CHIFFRES, SIGNES = 26, 26, 10, 37
#: Seven words make the eighty bits of a passphrase.
MOTS_D_UNE_PHRASE: Final = 7
BITS_PAR_MOT: Final = 80 / MOTS_D_UNE_PHRASE
#: Below three kinds of signs, a password is words: letters then say nothing of how it was chosen.
SORTES_MINIMALES: Final = 3

REGLE_MOT_DE_PASSE: Final = (
    "Douze caractères au moins avec minuscules, majuscules, chiffres et signes ; "
    "ou quatorze avec minuscules, majuscules et chiffres ; ou une phrase d’au moins sept mots."
)

#: Where a secret is protected by nothing else, and where attempts are slowed down.
SEUL, FREINE = "mot_de_passe.entropie_seul_bits", "mot_de_passe.entropie_freine_bits"

Divulgue = Callable[[str], bool]


@dataclass(frozen=True)
class Identite:
    """What a password must not contain: the words by which its owner is known."""

    prenom: str
    nom: str
    courriel: str

    def mots(self) -> frozenset[str]:
        morceaux = re.split(r"[^a-z0-9]+", plat(f"{self.prenom} {self.nom} {self.courriel}"))
        return frozenset(mot for mot in morceaux if len(mot) >= 4)


def plat(texte: str) -> str:
    """Lower case, without accents: how known passwords are compared."""
    sans_accent = unicodedata.normalize("NFD", texte.casefold())
    return "".join(signe for signe in sans_accent if not unicodedata.combining(signe))


def entropie(secret: str) -> int:
    """Bits of a secret, by the CNIL's count: signs drawn from their alphabet, or words of a phrase.

    A sign that repeats the one before, or follows it (abc, 321), adds nothing: nobody draws those.
    """
    sortes = (
        (MINUSCULES, any(signe.islower() for signe in secret)),
        (MAJUSCULES, any(signe.isupper() for signe in secret)),
        (CHIFFRES, any(signe.isdigit() for signe in secret)),
        (SIGNES, any(not signe.isalnum() for signe in secret)),
    )
    alphabet = sum(taille for taille, presente in sortes if presente)
    mots = {mot for mot in secret.casefold().split() if len(mot) >= 3}
    phrase = len(mots) * BITS_PAR_MOT
    if sum(presente for _, presente in sortes) < SORTES_MINIMALES:
        return round(phrase)
    return round(max(phrase, _signes_utiles(secret) * log2(alphabet)))


def _signes_utiles(secret: str) -> int:
    return 1 + sum(abs(ord(signe) - ord(avant)) > 1 for avant, signe in pairwise(secret))


_SUBSTITUTIONS: Final = str.maketrans("@4310$5!7", "aaeiossit")


def noyaux(mot_de_passe: str) -> frozenset[str]:
    """The known word a password is dressed from: ``P@ssword2026!`` holds ``password``."""
    tout = plat(mot_de_passe).strip()
    nu = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", tout)
    colle = re.sub(r"[\W_]+", "", nu)
    return frozenset({tout, nu, colle, tout.translate(_SUBSTITUTIONS), nu.translate(_SUBSTITUTIONS)} - {""})


def juger_mot_de_passe(
    mot_de_passe: str, *, identite: Identite, divulgue: Divulgue, le: date, exigence: str = SEUL
) -> Verdict:
    """Whether a password may protect an account on that day.

    ``divulgue`` says whether a word, flattened, is in the lists of known passwords. ``exigence`` is SEUL by
    default although attempts are slowed down: a stolen database is attacked without any brake.
    """
    seuil = valeur_datee(exigence, le)
    motifs = []
    bits = entropie(mot_de_passe)
    if bits < seuil.entier:
        motifs.append(
            seuil.motif(
                "mot_de_passe_faible",
                f"Ce mot de passe est trop simple : {bits} bits d’entropie, il en faut {seuil.entier}. "
                f"{REGLE_MOT_DE_PASSE}",
            )
        )
    if any(divulgue(noyau) for noyau in noyaux(mot_de_passe)):
        motifs.append(
            seuil.motif(
                "mot_de_passe_courant",
                "Ce mot de passe figure, à quelques signes près, dans les listes de mots de passe divulgués.",
            )
        )
    if any(mot in plat(mot_de_passe) for mot in identite.mots()):
        motifs.append(_personnel(seuil))
    if len(set(mot_de_passe)) < 5:
        motifs.append(
            seuil.motif("mot_de_passe_repetitif", "Ce mot de passe répète toujours les mêmes signes.")
        )
    return Verdict.refus(motifs) if motifs else Verdict.accord()


def _personnel(seuil: ValeurDatee) -> Motif:
    texte = "Ce mot de passe contient votre nom ou votre adresse électronique."
    return seuil.motif("mot_de_passe_personnel", texte)


# --- Recovery codes --------------------------------------------------------------------------------

#: Neither 0 nor O, 1 nor I nor L: read aloud and copied by hand. 31 signs, so nearly five bits each.
ALPHABET_DES_CODES: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
NOMBRE_DE_CODES: Final = 10
#: The first two signs only say which code of the sheet it is; the secret is what follows.
REPERE, SECRET = 2, 11
#: When that few are left, the person is told to make others.
CODES_PRESQUE_EPUISES: Final = 3


def bits_d_un_code(alphabet: int = len(ALPHABET_DES_CODES), longueur: int = SECRET) -> int:
    """Bits of the secret part of a recovery code, drawn at random."""
    return int(longueur * log2(alphabet))


def decouper_code(saisi: str) -> tuple[str, str] | None:
    """Which code of the sheet and its secret, from what was typed; None when it cannot be one."""
    propre = re.sub(r"[\s\-.]", "", saisi).upper()
    if len(propre) != REPERE + SECRET or not set(propre) <= set(ALPHABET_DES_CODES):
        return None
    return propre[:REPERE], propre[REPERE:]


def presenter_code(repere: str, secret: str) -> str:
    """As it is printed: ``7K-ABCD-EFGH-JKM``."""
    return f"{repere}-{secret[:4]}-{secret[4:8]}-{secret[8:]}"


# --- Failed attempts -------------------------------------------------------------------------------

ESSAIS_PAR_COMPTE: Final = 5
#: A town hall leaves by one address: many agents share it.
ESSAIS_PAR_ADRESSE: Final = 20
ATTENTE: Final = timedelta(minutes=15)
JOURNEE: Final = timedelta(hours=24)
ESSAIS_PAR_JOUR: Final = "mot_de_passe.essais_par_jour"


@dataclass(frozen=True)
class Essais:
    """Failures counted under one key since ``premier_le``."""

    echecs: int
    premier_le: datetime
    bloque_jusqua: datetime | None = None

    def bloque(self, instant: datetime) -> bool:
        return self.bloque_jusqua is not None and instant < self.bloque_jusqua


def apres_echec(
    essais: Essais | None, *, instant: datetime, seuil: int, par_jour: int | None = None
) -> Essais:
    """The count after one more failure. An attempt made while blocked does not lengthen the wait.

    Without ``par_jour`` (an address many share), each wait is a quarter of an hour and the count starts
    afresh after it. With it (an account), failures are counted over a day, each wait is twice the one
    before, and at ``par_jour`` failures nothing more is tried until the day of the first one is over.
    """
    if essais is not None and essais.bloque(instant):
        return essais
    if essais is None or _oublie(essais, instant, par_jour):
        essais = Essais(echecs=0, premier_le=instant)
    echecs = essais.echecs + 1
    apres = replace(essais, echecs=echecs, bloque_jusqua=None)
    if par_jour is not None and echecs >= par_jour:
        return replace(apres, bloque_jusqua=max(essais.premier_le + JOURNEE, instant + ATTENTE))
    if echecs % seuil:
        return apres
    paliers = 0 if par_jour is None else echecs // seuil - 1
    return replace(apres, bloque_jusqua=instant + ATTENTE * 2**paliers)


def _oublie(essais: Essais, instant: datetime, par_jour: int | None) -> bool:
    """Whether the former failures no longer count."""
    if par_jour is not None:
        return instant - essais.premier_le >= JOURNEE
    return essais.bloque_jusqua is not None or instant - essais.premier_le >= ATTENTE


def essais_par_jour(le: date) -> int:
    """How many wrong secrets an account bears in twenty-four hours."""
    return entier(ESSAIS_PAR_JOUR, le)
