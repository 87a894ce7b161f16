"""Whether an offer can take a person that day: open, agreed, staffed, habilitated, with room. Pure.

The scheme itself is judged elsewhere (``entree``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from maillage.droit.api import Force, Motif, anniversaire, jour_en_lettres
from maillage.parcours.catalogue import Dispositif
from maillage.parcours.rules.places import Periode, occupees, premier_jour_libre

MAJORITE: Final = 18
_OFFRE: Final = "Règle de l’application : une offre dit vrai, ou elle n’est pas proposée"
_TUTEUR: Final = "Stratégie nationale de prévention de la délinquance 2020-2024, fiches 9 et 13"


@dataclass(frozen=True, slots=True)
class OffreConnue:
    """What is known of an offer. ``accueil`` names the host for counts over twelve months.

    ``habilitee_jusqua`` None: no habilitation is asked of this host. ``places`` are the occupations that are
    not over.
    """

    accueil: str
    depuis: date
    jusqua: date | None = None
    fermee_le: date | None = None
    accord: bool = True
    tuteur: bool = True
    tuteur_forme: bool = True
    age_min: int | None = None
    age_max: int | None = None
    mineurs: bool = True
    heures_min: int | None = None
    heures_max: int | None = None
    habilitee_jusqua: date | None = None
    capacite: int = 1
    places: tuple[Periode, ...] = ()

    def habilitee(self, le: date) -> bool:
        return self.habilitee_jusqua is None or le <= self.habilitee_jusqua

    @property
    def age_utile(self) -> int | None:
        """The least age it takes."""
        minimum = self.age_min or 0
        return max(minimum, 0 if self.mineurs else MAJORITE) or None


def _usage(code: str, texte: str) -> Motif:
    return Motif(code, texte, _OFFRE, Force.USAGE)


def motifs(
    dispositif: Dispositif, offre: OffreConnue, naissance: date | None, heures: int | None, le: date
) -> Iterator[Motif]:
    """Everything that opposes this offer that day; ``heures`` is a sentence's, where one is known."""
    yield from _ouverture(offre, le)
    yield from _encadrement(dispositif, offre, le)
    if naissance is not None:
        yield from _ages(offre, naissance, le)
    if heures is not None and offre.heures_min is not None and heures < offre.heures_min:
        yield _usage("heures_offre", f"Ce lieu demande au moins {offre.heures_min} heures.")
    if heures is not None and offre.heures_max is not None and heures > offre.heures_max:
        yield _usage("heures_offre", f"Ce lieu prend au plus {offre.heures_max} heures.")
    if occupees(offre.places, le) >= offre.capacite:
        libre = premier_jour_libre(offre.places, offre.capacite, le)
        suite = f" : libre le {jour_en_lettres(libre)}." if libre else ", sans fin connue."
        yield _usage("complet", f"Toutes les places sont prises{suite}")


def _ouverture(offre: OffreConnue, le: date) -> Iterator[Motif]:
    if offre.fermee_le is not None and offre.fermee_le <= le:
        yield _usage("offre_fermee", f"L’offre est fermée depuis le {jour_en_lettres(offre.fermee_le)}.")
    if le < offre.depuis:
        yield _usage("offre_a_venir", f"L’offre ouvre le {jour_en_lettres(offre.depuis)}.")
    if offre.jusqua is not None and le > offre.jusqua:
        yield _usage("offre_finie", f"L’offre a pris fin le {jour_en_lettres(offre.jusqua)}.")
    if not offre.accord:
        yield _usage("sans_accord", "Le lieu d’accueil n’a pas encore donné son accord.")


def _encadrement(dispositif: Dispositif, offre: OffreConnue, le: date) -> Iterator[Motif]:
    if dispositif.tuteur_forme and not offre.tuteur:
        yield Motif("tuteur_absent", "Personne n’accompagne dans ce lieu.", _TUTEUR, Force.DOCTRINE)
    elif dispositif.tuteur_forme and not offre.tuteur_forme:
        yield Motif("tuteur_non_forme", "Qui accompagne n’est pas encore formé.", _TUTEUR, Force.DOCTRINE)
    if not offre.habilitee(le) and offre.habilitee_jusqua is not None:
        fin = jour_en_lettres(offre.habilitee_jusqua)
        yield _usage("habilitation_finie", f"L’habilitation du lieu a pris fin le {fin}.")


def _ages(offre: OffreConnue, naissance: date, le: date) -> Iterator[Motif]:
    minimum = offre.age_utile
    if minimum is not None and le < (premier := anniversaire(naissance, minimum)):
        yield _usage(
            "age_offre_min", f"Ce lieu prend à partir de {minimum} ans : le {jour_en_lettres(premier)}."
        )
    if offre.age_max is not None:
        dernier = anniversaire(naissance, offre.age_max + 1) - timedelta(days=1)
        if le > dernier:
            yield _usage("age_offre_max", f"Ce lieu prend jusqu’à {offre.age_max} ans.")


def bornes(offre: OffreConnue, naissance: date | None, le: date) -> Iterator[date]:
    """Days on which one of these reasons may stop holding."""
    yield offre.depuis
    if naissance is not None and offre.age_utile is not None:
        yield anniversaire(naissance, offre.age_utile)
    for _, au in offre.places:
        if au is not None and le <= au < date.max:
            yield au + timedelta(days=1)
