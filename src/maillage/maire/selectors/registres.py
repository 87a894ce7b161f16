"""The yearly registers as they are shown, printed and downloaded: lines without names."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from maillage.maire.lieux import Lieu, lieux_des_actes, lieux_des_familles
from maillage.maire.models import LigneDeRegistre, Rectification, Registre
from maillage.strategie.api import liste

#: Registers of the family councils; the others are the mayors' own.
DES_FAMILLES = frozenset({Registre.FAMILLES})

#: register -> the closed lists its codes of nature and of outcome belong to, in the order they are tried.
NATURES: dict[str, Sequence[str]] = {Registre.RAPPELS: ("faits_rappel",)}
ISSUES: dict[str, Sequence[str]] = {Registre.RAPPELS: ("suites_rappel", "fins_rappel")}
#: Outcomes that are states of a file.
ETATS = {
    "transmis": "Transmis au parquet",
    "rectifie": "Rectifié",
    "retire": "Retiré",
    "retiree": "Retiré",
    "sans_decision": "Clos sans décision",
    "reparation": "Clos après réparation",
}


def enregistrer_mots(registre: Registre, natures: Sequence[str], issues: Sequence[str]) -> None:
    """Where the words of a register's codes are."""
    NATURES[registre], ISSUES[registre] = natures, issues


def mot(code: str, listes: Sequence[str]) -> str:
    """The words of a code; the code itself where no list has it."""
    for nom in listes:
        lue = liste(nom)
        if code in lue:
            return lue.item(code).libelle
    return ETATS.get(code, code)


@dataclass(frozen=True, slots=True)
class LigneVue:
    """A line as it is read: a number, what it was, what became of it."""

    reference: str
    inscrit_le: date
    nature: str
    issue: str
    issue_le: date | None
    rectification: str


@dataclass(frozen=True, slots=True)
class RegistreVu:
    """A register of one place and one year. ``trous``: the numbers missing, none in a sound register."""

    ou: Lieu
    registre: Registre
    annee: int
    lignes: tuple[LigneVue, ...]
    trous: tuple[int, ...]
    rectifies: int

    @property
    def suivi(self) -> bool:
        """Numbers follow each other from 1."""
        return not self.trous


def lieux_du_registre(registre: Registre) -> list[Lieu]:
    return lieux_des_familles() if registre in DES_FAMILLES else lieux_des_actes()


def registres(registre: Registre, annee: int) -> list[RegistreVu]:
    """That register in every place the actor reads."""
    return [un_registre(ou, registre, annee) for ou in lieux_du_registre(registre)]


def un_registre(ou: Lieu, registre: Registre, annee: int) -> RegistreVu:
    lues = list(
        LigneDeRegistre.objects.filter(cercle=ou.cercle, registre=registre, annee=annee).order_by("numero")
    )
    motifs = dict(
        Rectification.objects.filter(
            cercle=ou.cercle, registre=registre, objet__in=[ligne.objet for ligne in lues]
        ).values_list("objet", "motif")
    )
    numeros = {ligne.numero for ligne in lues}
    dernier = max(numeros, default=0)
    return RegistreVu(
        ou=ou,
        registre=registre,
        annee=annee,
        lignes=tuple(
            LigneVue(
                ligne.reference,
                ligne.inscrit_le,
                mot(ligne.nature, NATURES.get(registre, ())),
                mot(ligne.issue, ISSUES.get(registre, ())) if ligne.issue else "",
                ligne.issue_le,
                mot(motifs[ligne.objet], ("motifs_rectification",)) if ligne.objet in motifs else "",
            )
            for ligne in lues
        ),
        trous=tuple(numero for numero in range(1, dernier + 1) if numero not in numeros),
        rectifies=sum(ligne.issue == "rectifie" for ligne in lues),
    )


def annees(registre: Registre) -> list[int]:
    """Years that hold a line, the last first."""
    cercles = [ou.cercle for ou in lieux_du_registre(registre)]
    lues = LigneDeRegistre.objects.filter(cercle__in=cercles, registre=registre)
    return sorted(set(lues.values_list("annee", flat=True)), reverse=True)


def tenus() -> list[tuple[Registre, list[int]]]:
    """Registers that hold at least one line for the actor."""
    lus = [(registre, annees(registre)) for registre in Registre]
    return [(registre, quand) for registre, quand in lus if quand]
