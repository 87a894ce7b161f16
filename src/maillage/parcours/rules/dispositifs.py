"""Who may enter a scheme, for how long and where: TAPAJ, parrainage, SMV, SMA, EPIDE (fiches 8, 9 and 12).

One judgement serves them all: each scheme reads its own parameters, and one it does not have is not judged.
The age is that of the first day of the scheme; « de N à M ans » includes the whole year of age M.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from maillage.droit.api import (
    Obstacle,
    Releve,
    ValeurDatee,
    Verdict,
    anniversaire,
    fin_de_periode,
    jour_en_lettres,
    jours_inclus,
    valeur_ou_rien,
)

_JOURS_PAR_SEMAINE = 7


class Territoire(StrEnum):
    """Where the person lives: the two schemes of the armed forces share out the country."""

    METROPOLE = "metropole"
    OUTRE_MER = "outre_mer"


_LIEUX = {Territoire.METROPOLE: "en métropole", Territoire.OUTRE_MER: "outre-mer"}


def _ages(dispositif: str) -> tuple[Obstacle, ...]:
    return (
        Obstacle("age_min", "La personne est trop jeune au premier jour.", f"{dispositif}.age_minimum"),
        Obstacle("age_max", "La personne est trop âgée au premier jour.", f"{dispositif}.age_maximum"),
    )


def _territoire(dispositif: str) -> Obstacle:
    return Obstacle(
        "territoire_exclu", "Le dispositif n’existe pas sur ce territoire.", f"{dispositif}.territoire"
    )


OBSTACLES_TAPAJ = _ages("tapaj")
OBSTACLES_PARRAINAGE = (
    *_ages("parrainage"),
    Obstacle("duree_min", "Le parrainage est trop court.", "parrainage.duree_minimum_semaines"),
    Obstacle("duree_max", "Le parrainage est trop long.", "parrainage.duree_maximum_mois"),
)
OBSTACLES_SMV = (*_ages("smv"), _territoire("smv"))
OBSTACLES_SMA = (
    *_ages("sma"),
    Obstacle(
        "public_exclu",
        "Le SMA n’est pas adapté à un jeune que le membre judiciaire déclare multiréitérant.",
        "sma.multireiterant_exclu",
    ),
    _territoire("sma"),
)
OBSTACLES_EPIDE = (
    *_ages("epide"),
    Obstacle("duree_min", "Le contrat est trop court.", "epide.duree_minimum_mois"),
    Obstacle("duree_max", "Le contrat est trop long.", "epide.duree_maximum_mois"),
)


class _Examen:
    """One entry in one scheme, judged by the law of the day ``le``."""

    def __init__(self, dispositif: str, obstacles: tuple[Obstacle, ...], le: date) -> None:
        self.dispositif, self.le = dispositif, le
        self.releve = Releve(obstacles, le)
        self.echeances: dict[str, date | None] = {}

    def _valeur(self, nom: str) -> ValeurDatee | None:
        return valeur_ou_rien(f"{self.dispositif}.{nom}", self.le)

    def age(self, naissance: date, debut: date) -> None:
        minimum, maximum = self._valeur("age_minimum"), self._valeur("age_maximum")
        if minimum is not None:
            premier = anniversaire(naissance, minimum.entier)
            self.echeances["premier_jour_possible"] = premier
            if debut < premier:
                texte = f"Il faut avoir {minimum.entier} ans : pas avant le {jour_en_lettres(premier)}."
                self.releve.noter("age_min", texte)
        if maximum is not None:
            dernier = anniversaire(naissance, maximum.entier + 1) - timedelta(days=1)
            self.echeances["dernier_jour_possible"] = dernier
            if debut > dernier:
                texte = f"Il faut avoir {maximum.entier} ans au plus : jusqu’au {jour_en_lettres(dernier)}."
                self.releve.noter("age_max", texte)

    def semaines_au_moins(self, debut: date, fin: date) -> None:
        minimum = self._valeur("duree_minimum_semaines")
        if minimum is None:
            return
        jours = minimum.entier * _JOURS_PAR_SEMAINE
        self.echeances["fin_au_plus_tot"] = debut + timedelta(days=jours - 1)
        if jours_inclus(debut, fin) < jours:
            self.releve.noter("duree_min", f"Il faut au moins {minimum.entier} semaines ({jours} jours).")

    def mois_au_moins(self, debut: date, fin: date) -> None:
        minimum = self._valeur("duree_minimum_mois")
        if minimum is None:
            return
        au_plus_tot = fin_de_periode(debut, minimum.entier)
        self.echeances["fin_au_plus_tot"] = au_plus_tot
        if fin < au_plus_tot:
            texte = f"Il faut au moins {minimum.entier} mois : jusqu’au {jour_en_lettres(au_plus_tot)}."
            self.releve.noter("duree_min", texte)

    def mois_au_plus(self, debut: date, fin: date) -> None:
        maximum = self._valeur("duree_maximum_mois")
        if maximum is None:
            return
        au_plus_tard = fin_de_periode(debut, maximum.entier)
        self.echeances["fin_au_plus_tard"] = au_plus_tard
        if fin > au_plus_tard:
            texte = f"{maximum.entier} mois au plus : fin au plus tard le {jour_en_lettres(au_plus_tard)}."
            self.releve.noter("duree_max", texte)

    def contrats_successifs(self, debut: date) -> None:
        """The end of all contracts, counted from this one: exact when there was none before."""
        total = self._valeur("duree_totale_mois")
        if total is not None:
            self.echeances["fin_avec_renouvellements"] = fin_de_periode(debut, total.entier)

    def territoire(self, territoire: Territoire | None) -> None:
        couvert = self._valeur("territoire")
        if couvert is not None and territoire is not None and territoire != couvert.valeur:
            ou = _LIEUX[Territoire(str(couvert.valeur))]
            self.releve.noter("territoire_exclu", f"Le {self.dispositif.upper()} se fait {ou}.")

    def verdict(self) -> Verdict:
        return self.releve.verdict(self.echeances)


def tapaj(*, le: date, naissance: date, debut: date) -> Verdict:
    """Whether a youth may start TAPAJ that day; phases and hours are local settings."""
    examen = _Examen("tapaj", OBSTACLES_TAPAJ, le)
    examen.age(naissance, debut)
    return examen.verdict()


def parrainage(*, le: date, naissance: date, debut: date, fin: date) -> Verdict:
    """Whether a mentoring may run over these days; six weeks are 42 days, both ends included."""
    examen = _Examen("parrainage", OBSTACLES_PARRAINAGE, le)
    examen.age(naissance, debut)
    examen.semaines_au_moins(debut, fin)
    examen.mois_au_plus(debut, fin)
    return examen.verdict()


def smv(*, le: date, naissance: date, debut: date, territoire: Territoire | None = None) -> Verdict:
    """Whether a youth may enter the voluntary military service; the territory is judged where it is known."""
    examen = _Examen("smv", OBSTACLES_SMV, le)
    examen.age(naissance, debut)
    examen.territoire(territoire)
    return examen.verdict()


def sma(
    *,
    le: date,
    naissance: date,
    debut: date,
    territoire: Territoire | None = None,
    declaration_multireiterant: bool = False,
) -> Verdict:
    """Whether a youth may enter the adapted military service, overseas.

    ``declaration_multireiterant`` is stated by the judicial member of the groupe, never inferred.
    """
    examen = _Examen("sma", OBSTACLES_SMA, le)
    examen.age(naissance, debut)
    if declaration_multireiterant:
        examen.releve.noter("public_exclu")
    examen.territoire(territoire)
    return examen.verdict()


def epide(*, le: date, naissance: date, debut: date, fin: date) -> Verdict:
    """Whether a contract with EPIDE may run over these days (C. serv. nat., art. L. 130-1 and L. 130-2)."""
    examen = _Examen("epide", OBSTACLES_EPIDE, le)
    examen.age(naissance, debut)
    examen.mois_au_moins(debut, fin)
    examen.mois_au_plus(debut, fin)
    examen.contrats_successifs(debut)
    return examen.verdict()
