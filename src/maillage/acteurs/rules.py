"""Pure rules of the room: who may hold what, how fresh a proof must be, what is masked.

No Django here; dates and lists are passed in. Passwords and attempts are in ``regles_secrets``.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from maillage.droit.api import Force, Motif, Verdict

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
