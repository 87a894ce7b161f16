"""The counts of a year, from anonymous facts, with every equality a reader may write between them. Pure.

A count is named by a path: ``signalements.motif.decrochage``, ``ouvertures.total``, ``en_cours.jeune``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from maillage.socle.diffusion import somme
from maillage.strategie.api import liste

TOTAL: Final = "total"
#: An exposure is not said of a victim (fiche 1): its code is empty, and it has its own line.
SANS_OBJET: Final = "sans_objet"

DECISIONS_SIGNALEMENT: Final = frozenset(item.code for item in liste("decisions_signalement"))
#: A postponed signalement is not decided yet: it does not end the delay.
DECISIONS_FINALES: Final = DECISIONS_SIGNALEMENT - {"ajourne"}


@dataclass(frozen=True, slots=True)
class Fait:
    """Facts of one kind in one year, added up. ``instance`` is the council's id.

    What its event is not divided by (``AXES``) may be left empty, the quarter 0.
    """

    instance: int
    evenement: str
    annee: int
    trimestre: int
    volet: str = ""
    genre: str = ""
    exposition: str = ""
    tranche: str = ""
    origine: str = ""
    motif: str = ""
    issue: str = ""
    qpv: str = ""
    nombre: int = 1


@dataclass(frozen=True, slots=True)
class Comptes:
    """Counts by path. Each equality is a weighted sum that is zero; ``totaux`` are hidden last."""

    valeurs: Mapping[str, int]
    egalites: Sequence[Mapping[str, int]]
    totaux: frozenset[str]


#: A parental support answered by the parents: a follow-up of a hearing that is counted apart.
ACCOMPAGNEMENT: Final = "accompagnement"

#: theme -> (event of the facts, what it is divided by). ``revues`` and ``decisions`` share an event, as do
#: ``suites_familles`` and ``accompagnements``.
THEMES: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "signalements": ("signalement", ("motif", "origine", "tranche", "exposition", "trimestre")),
    "decisions": ("decision", ("genre",)),
    "revues": ("decision", ("genre",)),
    "ouvertures": ("ouverture", ("volet", "tranche", "exposition", "genre")),
    "clotures": ("cloture", ("volet", "issue")),
    "orientations": ("orientation", ("genre",)),
    "contacts": ("contact", ("genre",)),
    "designations": ("designation", ("genre",)),
    "lettres": ("lettre", ("genre",)),
    "bilans": ("bilan", ()),
    "besoins": ("besoin_sans_reponse", ("genre", "motif")),
    "propositions": ("proposition", ("genre",)),
    "participations": ("participation", ("genre", "tranche", "qpv")),
    "refus": ("refus_accueil", ("genre", "motif")),
    "resultats": ("fin_participation", ("genre", "issue")),
    "rappels": ("rappel", ("motif", "tranche")),
    "positions": ("rappel_position", ("genre",)),
    "suites": ("rappel_suite", ("genre",)),
    "transactions": ("transaction_proposee", ("genre", "origine")),
    "issues_de_transaction": ("transaction_issue", ("genre",)),
    "etapes_de_transaction": ("transaction", ("issue",)),
    "sport": ("sport", ("genre", "tranche")),
    "decisions_de_sport": ("sport_decision", ("genre",)),
    "reparations": ("sport_reparation", ("genre",)),
    "avis_demandes": ("avis_demande", ("genre",)),
    "avis_recus": ("avis_recu", ("genre", "issue")),
    "familles_saisies": ("famille_saisie", ("motif", "origine", "tranche")),
    "familles_entendues": ("famille_entendue", ("motif",)),
    "suites_familles": ("famille_suite", ("genre",)),
    "accompagnements": ("famille_suite", ("issue",)),
    "reponses_departement": ("famille_departement", ("genre",)),
    "familles_closes": ("famille_close", ("issue",)),
    "conventions_signees": ("convention_signee", ("genre",)),
    "conventions_amendees": ("convention_amendee", ("genre",)),
    "conventions_resiliees": ("convention_resiliee", ("genre",)),
}
#: event -> what its facts are divided by, in every theme where it counts. A fact need not say anything else.
AXES: Final[Mapping[str, frozenset[str]]] = {
    evenement: frozenset(axe for autre, axes in THEMES.values() if autre == evenement for axe in axes)
    for evenement, _ in THEMES.values()
}
RETENUS: Final = "decisions.genre.retenu"
#: Openings are also crossed: age band × exposure (fiche 1).
CROISE: Final = "ouvertures.croise"


def theme_de(fait: Fait) -> str:
    """The theme a fact counts in; empty for a séance, which is not a count of persons."""
    if fait.evenement == "decision":
        return "decisions" if fait.genre in DECISIONS_SIGNALEMENT else "revues"
    if fait.evenement == "famille_suite":
        return "accompagnements" if fait.genre == ACCOMPAGNEMENT else "suites_familles"
    return next((theme for theme, (evenement, _) in THEMES.items() if evenement == fait.evenement), "")


def comptes_de(faits: Iterable[Fait], annee: int, avant: Mapping[str, int]) -> Comptes:
    """Counts of one year. ``avant``: follow-ups under way at the end of the year before, by strand."""
    valeurs: Counter[str] = Counter({RETENUS: 0, **{f"{theme}.{TOTAL}": 0 for theme in THEMES}})
    for fait in faits:
        if fait.annee == annee and (theme := theme_de(fait)):
            for chemin in _chemins(theme, fait):
                valeurs[chemin] += fait.nombre
    egalites = [egalite for theme in THEMES for egalite in _divisions(theme, valeurs)]
    egalites += _croisements(valeurs)
    egalites += _stocks(valeurs, avant)
    if valeurs[RETENUS] == valeurs["ouvertures.total"]:
        # Every opening is a decision to retain: the two counts say the same thing.
        egalites.append({RETENUS: 1, "ouvertures.total": -1})
    egalites += _memes_comptes(valeurs)
    totaux = frozenset(cle for cle in valeurs if cle.endswith(f".{TOTAL}"))
    return Comptes(dict(valeurs), egalites, totaux)


def _memes_comptes(valeurs: Mapping[str, int]) -> list[dict[str, int]]:
    """Counts a reader knows to be one: told twice under two names, each would give the other away."""
    paires = [
        ("orientations.total", "revues.genre.orienter"),
        ("ouvertures.genre.victime", "ouvertures.volet.victime"),
        # A rappel is counted with its record: the two counts differ only between the act and the record.
        ("rappels.total", "positions.total"),
        # A proposal, and each end of a settlement, is also one of its steps.
        ("transactions.total", "etapes_de_transaction.issue.proposee"),
        *(
            (chemin, chemin.replace("issues_de_transaction.genre", "etapes_de_transaction.issue"))
            for chemin in parties(valeurs, "issues_de_transaction.genre")
        ),
        # What a groupe or a mayor proposed to the family council, and what that council received from them.
        ("decisions.genre.cddf", "familles_saisies.origine.groupe"),
        ("suites.genre.cddf", "familles_saisies.origine.rappel"),
    ]
    if valeurs["ouvertures.total"] == valeurs["signalements.total"]:
        # Every signalement of the year was followed: their parts are the same too.
        paires += [
            (chemin, chemin.replace("ouvertures", "signalements"))
            for axe in ("tranche", "exposition")
            for chemin in parties(valeurs, f"ouvertures.{axe}")
        ]
    return [
        {un: 1, autre: -1}
        for un, autre in paires
        if un in valeurs and autre in valeurs and valeurs[un] == valeurs[autre]
    ]


def _code(valeur: object) -> str:
    return str(valeur) or SANS_OBJET


def _chemins(theme: str, fait: Fait) -> list[str]:
    """Every count this fact adds to."""
    chemins = [f"{theme}.{TOTAL}"]
    chemins += [f"{theme}.{axe}.{_code(getattr(fait, axe))}" for axe in THEMES[theme][1]]
    if theme == "ouvertures":
        chemins.append(f"{CROISE}.{_code(fait.tranche)}.{_code(fait.exposition)}")
    return chemins


def parties(valeurs: Iterable[str], prefixe: str) -> list[str]:
    """Paths right below a prefix, in order."""
    profondeur = prefixe.count(".") + 1
    return sorted(cle for cle in valeurs if cle.startswith(f"{prefixe}.") and cle.count(".") == profondeur)


def _divisions(theme: str, valeurs: Mapping[str, int]) -> list[dict[str, int]]:
    """A total is the sum of its parts, along each axis."""
    return [
        somme(trouvees, f"{theme}.{TOTAL}")
        for axe in THEMES[theme][1]
        if (trouvees := parties(valeurs, f"{theme}.{axe}"))
    ]


def _croisements(valeurs: Mapping[str, int]) -> list[dict[str, int]]:
    """The margins of the crossed table are the two simple divisions."""
    croisees = [cle for cle in valeurs if cle.startswith(f"{CROISE}.")]
    egalites = []
    for rang, axe in ((2, "tranche"), (3, "exposition")):
        for code in sorted({cle.split(".")[rang] for cle in croisees}):
            ici = [cle for cle in croisees if cle.split(".")[rang] == code]
            egalites.append(somme(ici, f"ouvertures.{axe}.{code}"))
    return egalites


def _stocks(valeurs: Counter[str], avant: Mapping[str, int]) -> list[dict[str, int]]:
    """Follow-ups under way at the end: those before, and the opened, without the closed. By strand."""
    ouverts = parties(valeurs, "ouvertures.volet")
    clos = parties(valeurs, "clotures.volet")
    volets = sorted({*avant, *(cle.split(".")[2] for cle in (*ouverts, *clos))})
    egalites = []
    for volet in (*volets, TOTAL):
        ouverte, close = (
            f"{theme}.{TOTAL}" if volet == TOTAL else f"{theme}.volet.{volet}"
            for theme in ("ouvertures", "clotures")
        )
        depart = sum(avant.values()) if volet == TOTAL else avant.get(volet, 0)
        # Every member of an equality is a count, were it zero.
        valeurs[ouverte], valeurs[close] = valeurs[ouverte], valeurs[close]
        valeurs[f"avant.{volet}"] = depart
        valeurs[f"suivies.{volet}"] = depart + valeurs[ouverte]
        valeurs[f"en_cours.{volet}"] = depart + valeurs[ouverte] - valeurs[close]
        egalites.append({f"avant.{volet}": 1, ouverte: 1, f"suivies.{volet}": -1})
        egalites.append({f"suivies.{volet}": 1, close: -1, f"en_cours.{volet}": -1})
    return egalites + [
        somme([f"{stock}.{volet}" for volet in volets], f"{stock}.{TOTAL}")
        for stock in ("avant", "suivies", "en_cours")
    ]
