"""Pure rules of the room: passwords, throttling, who may hold what, what is masked.

No Django here; dates and lists are passed in.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from maillage.droit.api import Force, Motif, Verdict

CNIL_2022: Final = "Délibération CNIL n° 2022-100 du 21 juillet 2022 (mots de passe)"

# --- Passwords -------------------------------------------------------------------------------------

LONGUEUR_QUATRE_SORTES: Final = 12
LONGUEUR_TROIS_SORTES: Final = 14
MOTS_D_UNE_PHRASE: Final = 7

#: Accounts have no other shield than the password before the second factor: 80 bits at least.
REGLE_MOT_DE_PASSE: Final = (
    "Douze caractères au moins avec minuscules, majuscules, chiffres et signes ; "
    "ou quatorze avec minuscules, majuscules et chiffres ; ou une phrase d’au moins sept mots."
)


@dataclass(frozen=True)
class Identite:
    """What a password must not contain: the words by which its owner is known."""

    prenom: str
    nom: str
    courriel: str

    def mots(self) -> frozenset[str]:
        morceaux = re.split(r"[^a-z0-9]+", _plat(f"{self.prenom} {self.nom} {self.courriel}"))
        return frozenset(mot for mot in morceaux if len(mot) >= 4)


def _plat(texte: str) -> str:
    sans_accent = unicodedata.normalize("NFD", texte.casefold())
    return "".join(signe for signe in sans_accent if not unicodedata.combining(signe))


def _assez_long(mot_de_passe: str) -> bool:
    sortes = [
        any(signe.islower() for signe in mot_de_passe),
        any(signe.isupper() for signe in mot_de_passe),
        any(signe.isdigit() for signe in mot_de_passe),
        any(not signe.isalnum() and not signe.isspace() for signe in mot_de_passe),
    ]
    mots = {mot for mot in mot_de_passe.casefold().split() if len(mot) >= 3}
    return (
        (len(mot_de_passe) >= LONGUEUR_QUATRE_SORTES and all(sortes))
        or (len(mot_de_passe) >= LONGUEUR_TROIS_SORTES and all(sortes[:3]))
        or len(mots) >= MOTS_D_UNE_PHRASE
    )


_SUBSTITUTIONS: Final = str.maketrans("@4310$5!7", "aaeiossit")


def _noyaux(mot_de_passe: str) -> frozenset[str]:
    """The known word a password is dressed from: ``P@ssword2026!`` holds ``password``."""
    plat = _plat(mot_de_passe).strip()
    nu = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", plat)
    return frozenset({plat, nu, plat.translate(_SUBSTITUTIONS), nu.translate(_SUBSTITUTIONS)} - {""})


def juger_mot_de_passe(mot_de_passe: str, *, identite: Identite, courants: Collection[str]) -> Verdict:
    """Whether a password may protect an account. ``courants`` holds known passwords in lower case."""
    motifs = []
    if not _assez_long(mot_de_passe):
        motifs.append(_motif("mot_de_passe_faible", f"Ce mot de passe est trop simple. {REGLE_MOT_DE_PASSE}"))
    if any(noyau in courants for noyau in _noyaux(mot_de_passe)):
        motifs.append(
            _motif(
                "mot_de_passe_courant",
                "Ce mot de passe figure, à quelques signes près, dans les listes de mots de passe divulgués.",
            )
        )
    if any(mot in _plat(mot_de_passe) for mot in identite.mots()):
        motifs.append(
            _motif(
                "mot_de_passe_personnel", "Ce mot de passe contient votre nom ou votre adresse électronique."
            )
        )
    if len(set(mot_de_passe)) < 5:
        motifs.append(_motif("mot_de_passe_repetitif", "Ce mot de passe répète toujours les mêmes signes."))
    return Verdict.refus(motifs) if motifs else Verdict.accord()


def _motif(code: str, texte: str) -> Motif:
    return Motif(code=code, texte=texte, base_legale=CNIL_2022, force=Force.DOCTRINE)


# --- Throttling ------------------------------------------------------------------------------------

ESSAIS_PAR_COMPTE: Final = 5
#: A town hall leaves by one address: many agents share it.
ESSAIS_PAR_ADRESSE: Final = 20
ATTENTE: Final = timedelta(minutes=15)


@dataclass(frozen=True)
class Essais:
    """Failures counted under one key since ``premier_le``."""

    echecs: int
    premier_le: datetime
    bloque_jusqua: datetime | None = None

    def bloque(self, instant: datetime) -> bool:
        return self.bloque_jusqua is not None and instant < self.bloque_jusqua


def apres_echec(essais: Essais | None, *, instant: datetime, seuil: int) -> Essais:
    """The count after one more failure. An attempt made while blocked does not lengthen the wait."""
    if essais is not None and essais.bloque(instant):
        return essais
    if essais is None or essais.bloque_jusqua is not None or instant - essais.premier_le >= ATTENTE:
        essais = Essais(echecs=0, premier_le=instant)
    echecs = essais.echecs + 1
    return replace(essais, echecs=echecs, bloque_jusqua=instant + ATTENTE if echecs >= seuil else None)


# --- Functions -------------------------------------------------------------------------------------

ADMINISTRATEUR: Final = "administrateur_technique"
ELEVATION: Final = timedelta(minutes=10)


def juger_attribution(*, code: str, deja: Iterable[str], pour_soi: bool) -> Verdict:
    """Whether a function may be given to an account that already holds ``deja``.

    The technical administrator sees accounts and no situation: the function stands alone (for the
    DPO, GDPR art. 38.6 says it too), and nobody gives a function to oneself.
    """
    autres = set(deja) - {code}
    motifs = []
    if pour_soi:
        motifs.append(
            Motif(
                code="fonction_a_soi_meme",
                texte="Nul ne se donne une fonction : une autre personne chargée des comptes doit le faire.",
                base_legale="Règle de l’application : séparation des tâches",
                force=Force.USAGE,
            )
        )
    if (code == ADMINISTRATEUR and autres) or (code != ADMINISTRATEUR and ADMINISTRATEUR in autres):
        motifs.append(
            Motif(
                code="administrateur_seul",
                texte="La personne qui administre les comptes n’exerce aucune autre fonction : "
                "elle n’a pas à connaître des situations.",
                base_legale="Code de la sécurité intérieure, art. L. 132-5 ; RGPD, art. 32",
                force=Force.DOCTRINE,
            )
        )
    return Verdict.refus(motifs) if motifs else Verdict.accord()


def juger_retrait_administrateur(*, restants: int, pour_soi: bool) -> Verdict:
    """Whether an administrator may lose the function or the account; ``restants`` others remain."""
    motifs = []
    if restants == 0:
        motifs.append(
            Motif(
                code="dernier_administrateur",
                texte="C’est la dernière personne qui administre les comptes : nul n’en ouvrirait plus.",
                base_legale="Règle de l’application : continuité du service",
                force=Force.USAGE,
            )
        )
    if pour_soi:
        motifs.append(
            Motif(
                code="compte_de_soi_meme",
                texte="Vous ne pouvez pas fermer votre propre compte ni y retirer votre fonction.",
                base_legale="Règle de l’application : séparation des tâches",
                force=Force.USAGE,
            )
        )
    return Verdict.refus(motifs) if motifs else Verdict.accord()


# --- Masking ---------------------------------------------------------------------------------------

NOM_MASQUE: Final = "Organisme masqué"

#: Those who lead an action or accompany from outside the circles: the name of a SPIP or of a CSAPA
#: beside a person would tell them what they may not know (CASF art. L. 226-2-2 ; CSI art. L. 132-5).
LECTEURS_EXTERIEURS: Final = frozenset(
    {"porteur_action", "mediateur", "parrain", "recruteur_smv", "evaluateur"}
)


#: Kinds of body that hear of judicial follow-ups by their office (CSI art. L. 132-5).
GENRES_JUDICIAIRES: Final = frozenset({"procureur", "spip", "pjj"})


@dataclass(frozen=True, slots=True)
class Place:
    """Where the reader stands in a cercle: role, kind and key of the body they sit for.

    Empty for who is no member of it.
    """

    role: str = ""
    genre: str = ""
    organisme: int | None = None


def organisme_masque(
    *,
    sensible: bool,
    fonctions: Collection[str],
    place: Place | None = None,
    organisme: int | None = None,
) -> bool:
    """Whether this reader must not read the name of a body, nor the function that tells it.

    The one rule of the product. Who only leads an action, or exercises nothing, never reads the name
    of a sensitive body. Where a cercle is concerned (``place``), a named person or a followed one stands
    beside it: the name is then for the coordination, the judicial members and that body's own agents.
    """
    if not sensible:
        return False
    if not set(fonctions) - LECTEURS_EXTERIEURS:
        return True
    if place is None:
        return False
    doit_savoir = place.role in {"coordonnateur", "parquet"} or place.genre in GENRES_JUDICIAIRES
    return not doit_savoir and (organisme is None or organisme != place.organisme)
