"""Setting aside a reason that is not the law: who may, for which reason, and what is left afterwards. Pure.

A verdict says no for every reason, whatever its force (spec of the fiches). A doctrine of the strategy and a
usage of the application may be set aside by the person in charge, in writing; the law never. What was set
aside stays shown: a lifted reason is marked, never hidden.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from types import MappingProxyType
from typing import Final
from uuid import UUID

from maillage.droit.api import Echeances, Force, Motif, Verdict

FICHE_4: Final = "Stratégie nationale 2020-2024, fiches 1 et 4"
USAGE: Final = "Règle d’usage : une règle écartée l’est par une personne responsable, par écrit"
PRECISION_MAX: Final = 140

#: Roles in the cercle that may set aside a reason of this force.
COMPETENTS: Final[Mapping[Force, tuple[str, ...]]] = MappingProxyType(
    {
        Force.LOI: (),
        Force.DOCTRINE: ("coordonnateur", "maire"),
        Force.USAGE: ("referent", "coordonnateur", "maire"),
    }
)
_QUI: Final = {
    "referent": "le référent de parcours",
    "coordonnateur": "la personne qui coordonne le groupe",
    "maire": "le maire ou son élu délégué",
}


def competents(motif: Motif) -> tuple[str, ...]:
    """Roles that may set this reason aside; none where it is the law."""
    return COMPETENTS[motif.force]


def peut_lever(motif: Motif, role: str, *, designe: bool = False) -> bool:
    """Whether that role may. ``designe``: the référent named for this very file, whatever their mandate."""
    return role in competents(motif) or (designe and "referent" in competents(motif))


def empreinte(*jugees: object) -> str:
    """The print of what a rule was asked: another day, another scheme, and a lifting holds no more."""
    return sha256("\n".join("" if une is None else str(une) for une in jugees).encode()).hexdigest()


def juger_reprise(*, auteur: bool, deja: bool, repose: bool) -> Verdict:
    """Whether a lifting may be taken back: by its author, while nothing was done on the strength of it."""
    motifs = []
    if not auteur:
        texte = "Seule la personne qui l’a écrite peut reprendre cette décision."
        motifs.append(Motif("reprise_d_un_autre", texte, USAGE, Force.USAGE))
    if deja:
        motifs.append(Motif("deja_reprise", "Cette décision est déjà reprise.", USAGE, Force.USAGE))
    if repose:
        texte = "Quelque chose a déjà été fait sur cette décision : elle reste écrite."
        motifs.append(Motif("reprise_trop_tard", texte, USAGE, Force.USAGE))
    return Verdict.selon(motifs)


def qui_leve(force: Force) -> str:
    """Who may set aside a reason of this force, in words; empty where nobody may."""
    noms = [_QUI[role] for role in COMPETENTS[force]]
    return " ou ".join([", ".join(noms[:-1]), noms[-1]]) if len(noms) > 1 else "".join(noms)


def juger_levee(
    *,
    verdict: Verdict,
    code: str,
    role: str,
    raison: str,
    raisons: Collection[str],
    precision: str,
    precision_requise: bool,
    deja: bool,
    designe: bool = False,
) -> Verdict:
    """Whether the actor may set aside the reason ``code`` of this refusal. ``raisons``: the closed list.

    ``deja``: somebody has set it aside before. The reasons are those of the rule of the day, never what the
    page sent.
    """
    vise = next((motif for motif in verdict.motifs if motif.code == code), None)
    if verdict.ok or vise is None:
        texte = "Cette raison ne s’oppose à rien : il n’y a rien à écarter."
        return Verdict.refus([Motif("levee_sans_objet", texte, USAGE, Force.USAGE)])
    if not vise.levee_possible:
        texte = "Cette raison est une règle de droit : personne ne peut l’écarter."
        return Verdict.refus([Motif("levee_loi", texte, vise.base_legale, Force.LOI)])
    motifs = []
    if not peut_lever(vise, role, designe=designe):
        texte = f"Seuls peuvent écarter cette raison : {qui_leve(vise.force)}."
        motifs.append(Motif("levee_incompetent", texte, FICHE_4, Force.DOCTRINE))
    if deja:
        texte = "Cette raison est déjà écartée."
        motifs.append(Motif("levee_deja_faite", texte, USAGE, Force.USAGE))
    if raison not in raisons:
        texte = "Choisissez pourquoi dans la liste."
        motifs.append(Motif("levee_raison_inconnue", texte, USAGE, Force.USAGE))
    elif precision_requise and not precision.strip():
        texte = "Précisez en quelques mots pourquoi cette raison est écartée."
        motifs.append(Motif("levee_precision_manquante", texte, USAGE, Force.USAGE))
    if len(precision.strip()) > PRECISION_MAX:
        texte = f"La précision tient en {PRECISION_MAX} signes."
        motifs.append(Motif("levee_precision_longue", texte, USAGE, Force.USAGE))
    return Verdict.selon(motifs)


@dataclass(frozen=True, slots=True)
class LeveeFaite:
    """A reason set aside, as recorded: which, why (words of the closed list), by whom, on which day."""

    code: str
    raison: str
    precision: str
    par: str
    le: date
    cle: UUID | None = None
    auteur: int | None = None


@dataclass(frozen=True, slots=True)
class MotifJuge:
    """A reason of a verdict, and how it was set aside: None while it still opposes."""

    motif: Motif
    levee: LeveeFaite | None

    @property
    def oppose(self) -> bool:
        return self.levee is None


@dataclass(frozen=True, slots=True)
class VerdictLeve:
    """A verdict with its lifted reasons marked. ``ok``: nothing opposes any more.

    ``verdict`` is the answer of the rule, untouched: the reasons keep their order.
    """

    verdict: Verdict
    motifs: tuple[MotifJuge, ...]

    @property
    def ok(self) -> bool:
        return self.verdict.ok or all(not juge.oppose for juge in self.motifs)

    @property
    def restants(self) -> tuple[Motif, ...]:
        """The reasons that still oppose; none when the rule agreed."""
        return () if self.verdict.ok else tuple(juge.motif for juge in self.motifs if juge.oppose)

    @property
    def leves(self) -> tuple[MotifJuge, ...]:
        return tuple(juge for juge in self.motifs if not juge.oppose)

    @property
    def echeances(self) -> Echeances:
        return self.verdict.echeances

    def en_verdict(self) -> Verdict:
        """A plain verdict for a service: agreed, or refused for what is left only."""
        if self.ok:
            return Verdict.accord(self.echeances)
        return Verdict.refus(self.restants, self.echeances)


def avec_levees(verdict: Verdict, faites: Iterable[LeveeFaite]) -> VerdictLeve:
    """The verdict once the recorded liftings count.

    A reason that has become law since it was set aside opposes again, whatever was recorded.
    """
    par_code = {faite.code: faite for faite in faites}
    juges = (
        MotifJuge(motif, par_code.get(motif.code) if motif.levee_possible and not verdict.ok else None)
        for motif in verdict.motifs
    )
    return VerdictLeve(verdict, tuple(juges))
