"""Measure the guard of free text on its labelled corpus, and write the page that publishes the figures.

Run: python outils/mesurer_garde.py            the figures of both parts
     python outils/mesurer_garde.py --erreurs  and the sentences of the tuning part that it gets wrong

The sentences of the other part, `epreuve`, are never shown: nobody tunes the guard on them.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from maillage.situations.garde import CATEGORIES, examiner
from maillage.situations.garde.mesure import version

CORPUS = Path(__file__).resolve().parent.parent / "tests" / "situations" / "corpus_garde"
REGLAGE, EPREUVE = "reglage", "epreuve"
PARTIES = (REGLAGE, EPREUVE)
#: What the project asks of both figures, on the part never used to tune.
CIBLE = 0.95


@dataclass(frozen=True, slots=True)
class Phrase:
    """One sentence and the codes that the guard owes it; none when it must pass."""

    texte: str
    attendus: frozenset[str]


@dataclass(frozen=True, slots=True)
class Reponse:
    """What the guard answered to a sentence."""

    phrase: Phrase
    trouves: frozenset[str]

    @property
    def juste(self) -> bool:
        return bool(self.trouves) == bool(self.phrase.attendus)


@dataclass(frozen=True, slots=True)
class Mesure:
    """The answers on one part of the corpus."""

    reponses: tuple[Reponse, ...]

    def _compte(self, *, attendue: bool, refusee: bool) -> int:
        return sum(bool(r.phrase.attendus) is attendue and bool(r.trouves) is refusee for r in self.reponses)

    @property
    def permises(self) -> int:
        return sum(not r.phrase.attendus for r in self.reponses)

    @property
    def precision(self) -> float:
        """Of the sentences refused, the share that had to be."""
        justes = self._compte(attendue=True, refusee=True)
        return justes / max(1, justes + self.refusees_a_tort)

    @property
    def rappel(self) -> float:
        """Of the sentences to refuse, the share refused."""
        justes = self._compte(attendue=True, refusee=True)
        return justes / max(1, justes + self.manquees)

    @property
    def refusees_a_tort(self) -> int:
        return self._compte(attendue=False, refusee=True)

    @property
    def manquees(self) -> int:
        return self._compte(attendue=True, refusee=False)

    def par_code(self, code: str) -> tuple[int, int, int, int]:
        """To refuse for this code, refused at all, refused for it; and permitted sentences it refused."""
        siennes = [r for r in self.reponses if code in r.phrase.attendus]
        return (
            len(siennes),
            sum(bool(r.trouves) for r in siennes),
            sum(code in r.trouves for r in siennes),
            sum(code in r.trouves and not r.phrase.attendus for r in self.reponses),
        )


def phrases(partie: str) -> Iterator[Phrase]:
    """The sentences of a part, with what the guard owes them."""
    for fichier in sorted(CORPUS.glob(f"{partie}*.yaml")):
        for groupe in yaml.safe_load(fichier.read_text(encoding="utf-8"))["groupes"]:
            for texte in groupe["phrases"]:
                yield Phrase(texte, frozenset(groupe["attendus"]))


def premieres_vues() -> Iterator[tuple[object, ...]]:
    """The batches of the tuning part: what the guard was worth on each before it was tuned on it."""
    for fichier in sorted(CORPUS.glob(f"{REGLAGE}_*.yaml")):
        lu = yaml.safe_load(fichier.read_text(encoding="utf-8"))
        vue, total = lu["premiere_vue"], sum(len(groupe["phrases"]) for groupe in lu["groupes"])
        yield f"`{fichier.stem}`", total, vue["quand"], pour_cent(vue["precision"]), pour_cent(vue["rappel"])


def mesurer(ensemble: Iterable[Phrase]) -> Mesure:
    """The guard's answers to these sentences."""
    return Mesure(tuple(Reponse(p, frozenset(s.code for s in examiner(p.texte))) for p in ensemble))


def pour_cent(part: float) -> str:
    return f"{part * 100:.1f} %".replace(".", ",")


def lignes_generales(mesures: dict[str, Mesure]) -> Iterator[tuple[object, ...]]:
    for partie, mesure in mesures.items():
        total = len(mesure.reponses)
        yield (
            f"`{partie}`",
            total,
            mesure.permises,
            total - mesure.permises,
            pour_cent(mesure.precision),
            pour_cent(mesure.rappel),
            mesure.refusees_a_tort,
            mesure.manquees,
        )


ENTETES = (
    "Partie",
    "Phrases",
    "À laisser",
    "À refuser",
    "Précision",
    "Rappel",
    "Refusées à tort",
    "Manquées",
)
ENTETES_LOTS = ("Lot", "Phrases", "Mesuré", "Précision", "Rappel")
ENTETES_CODES = ("Ce qui est cherché", "Code", "À refuser", "Refusées", "Pour ce motif", "À tort")


def lignes_par_code(mesure: Mesure) -> Iterator[tuple[object, ...]]:
    for categorie in CATEGORIES:
        yield (categorie.libelle, f"`{categorie.code}`", *mesure.par_code(categorie.code))


def blocs(tableau: Callable[..., str]) -> Iterator[str]:
    """The computed page, without its title: figures first, then what they are worth."""
    mesures = {nom: mesurer(phrases(nom)) for nom in PARTIES}
    epreuve = mesures[EPREUVE]
    tenue = "tenue" if min(epreuve.precision, epreuve.rappel) >= CIBLE else "manquée"
    yield (
        "Avant d’enregistrer un texte, et pendant la frappe, Maillage cherche ce qui ne s’enregistre pas : "
        "santé, histoire familiale, contenu d’un entretien, détail d’une procédure, origine, convictions, "
        "vie intime, jugement, prédiction, nom d’un tiers, coordonnées. Il cite les mots, dit la règle et "
        "propose quoi écrire. Rien ne sort du serveur et rien de ce qui est lu n’est gardé ; "
        "`maillage garde` juge n’importe quel texte de la même façon, sans base ni réseau."
    )
    yield "## Précision et rappel"
    yield tableau(ENTETES, lignes_generales(mesures))
    yield (
        "Précision : parmi les phrases refusées, la part qui devait l’être. Rappel : parmi les phrases à "
        f"refuser, la part qui l’est. La cible est de {pour_cent(CIBLE)} pour les deux sur `epreuve` : elle "
        f"est **{tenue}** ({pour_cent(epreuve.precision)} et {pour_cent(epreuve.rappel)})."
    )
    yield "## À première vue"
    yield (
        "Chaque lot ajouté au réglage a été écrit avant de connaître ses résultats, puis mesuré avant tout "
        "réglage : ces chiffres estiment ce que la garde vaut sur des phrases jamais lues. Le but, "
        f"{pour_cent(CIBLE)} pour les deux et deux fois de suite, n’a été atteint sur aucun lot."
    )
    yield tableau(ENTETES_LOTS, premieres_vues())
    yield "## Par motif, sur la partie `epreuve`"
    yield (
        "« Refusées » compte toute phrase refusée, quel que soit le motif ; « À tort » compte les phrases "
        "permises que ce motif refuse."
    )
    yield tableau(ENTETES_CODES, lignes_par_code(epreuve))
    yield "## Par motif, sur la partie `reglage`"
    yield tableau(ENTETES_CODES, lignes_par_code(mesures[REGLAGE]))
    yield "## Ce que ces chiffres valent"
    yield (
        "- Les phrases ont été écrites pour Maillage, d’après ce que ces métiers écrivent ; aucune ne vient "
        "d’un dossier. La moitié est légitime et proche de la limite.\n"
        "- `reglage` a servi à écrire le lexique : ses chiffres ne prouvent rien. `epreuve` a été écrite "
        "après lui, exprès avec d’autres tournures, et ne sert pas à le régler : ses erreurs sont comptées, "
        "ses phrases ne sont montrées par aucun outil.\n"
        "- Une première épreuve, écrite avant le lexique mais par la même main, donnait 99,4 % et 100 % : "
        "l’auteur s’en souvenait. Elle a été versée dans `reglage`.\n"
        "- La même main a écrit le lexique et les lots : leurs chiffres à première vue restent flatteurs. "
        "L’épreuve a été mesurée cinq fois, en totaux et par motif, et rien n’a été réglé d’après ses "
        "erreurs ; trois de ses phrases ont pourtant été affichées, après, par un essai en échec, et trois "
        "phrases des lots s’y trouvaient déjà "
        "(elles en ont été retirées).\n"
        "- L’écart entre les deux parties dit la limite d’une garde de mots : elle reconnaît le vocabulaire, "
        "pas l’allusion. Une mesure sur des phrases de professionnels "
        "reste à faire.\n"
        "- La garde ne remplace pas les listes fermées : un texte libre reste court et rare."
    )
    yield "## Refaire la mesure"
    yield (
        "Les phrases sont dans [reglage.yaml](../tests/situations/corpus_garde/reglage.yaml) et les "
        "lots qui le suivent, et [epreuve.yaml](../tests/situations/corpus_garde/epreuve.yaml). "
        "`python outils/mesurer_garde.py --erreurs` montre ce que la garde manque dans la première. "
        "Le lexique est dans [situations/garde](../src/maillage/situations/garde/__init__.py) et, pour sa "
        "plus grande part, dans des listes dont l’[écriture](../src/maillage/situations/garde/ecriture.py) "
        "est expliquée ; `python -m bench garde` mesure sa vitesse."
    )


def gardee() -> str:
    """What an installation keeps of the measure, to say it of its own guard."""
    epreuve = mesurer(phrases(EPREUVE))
    lue = {
        "lexique": version(),
        "phrases": len(epreuve.reponses),
        "precision": round(epreuve.precision, 4),
        "rappel": round(epreuve.rappel, 4),
    }
    return json.dumps(lue, indent=1) + "\n"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--erreurs", action="store_true", help="montrer les erreurs de la partie de réglage")
    montrer = parser.parse_args(arguments).erreurs
    for partie in PARTIES:
        mesure = mesurer(phrases(partie))
        print(
            f"{partie} : {len(mesure.reponses)} phrases, précision {pour_cent(mesure.precision)}, "
            f"rappel {pour_cent(mesure.rappel)}"
        )
        if montrer and partie == REGLAGE:
            for reponse in mesure.reponses:
                if not reponse.juste:
                    codes = ", ".join(sorted(reponse.trouves)) or "rien trouvé"
                    print(f"  {reponse.phrase.texte} ({codes})")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
