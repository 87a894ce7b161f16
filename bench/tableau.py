"""The tables of README.md, from the JSON results; nothing is typed by hand."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

LISEZMOI = Path(__file__).resolve().parent / "README.md"
DEBUT, FIN = "<!-- calculé : résultats -->", "<!-- fin : résultats -->"
#: Pages with a target: p95 in milliseconds, number of queries.
CIBLES = {"liste": (20.0, 12), "situation": (20.0, 12)}
MURS_AU_PLUS = 1.15
DISPOSITIFS_MS = 30.0
NOMS = {
    "liste": "Liste des situations",
    "recherche": "Recherche par le nom",
    "recherche_resultats": "Résultats de la recherche",
    "situation": "Une situation",
    "journee": "Ma journée",
    "seance": "Une séance",
    "bilan_annuel": "Bilan annuel d’un conseil",
    "liste_parquet": "Liste d’un magistrat, membre de plusieurs groupes",
    "bilan_departement": "Bilan d’un département",
    "tableau_de_bord_national": "Tableau de bord national",
}


def lire(dossier: Path) -> list[dict[str, Any]]:
    """Results by volume, the smallest first."""
    lus = [json.loads(chemin.read_text(encoding="utf-8")) for chemin in dossier.glob("volume-*.json")]
    return sorted(lus, key=lambda lu: lu["volume_pour_cent"])


def ecrire(dossier: Path, page: Path = LISEZMOI) -> None:
    """Fill the computed part of the page. The text around it is left as it is."""
    texte = page.read_text(encoding="utf-8")
    avant, trouve, reste = texte.partition(DEBUT)
    _, clos, apres = reste.partition(FIN)
    if not (trouve and clos):
        raise ValueError(f"il manque « {DEBUT} » ou « {FIN} » dans {page.name}")
    page.write_text(f"{avant}{DEBUT}\n\n{rendre(lire(dossier))}\n{FIN}{apres}", encoding="utf-8")


def rendre(resultats: Sequence[dict[str, Any]]) -> str:
    """The whole computed part, in Markdown."""
    if not resultats:
        return "Aucun résultat enregistré.\n"
    blocs = [_machine(resultats), _simulations(resultats), _pages(resultats)]
    for resultat in resultats:
        titre = f"{_nombre(resultat['base']['situations'])} situations"
        if "murs" in resultat:
            blocs.append(f"### Coût des murs, {titre}\n\n{_murs(resultat['murs'])}")
        if "journal" in resultat:
            blocs.append(f"### Coût du journal, {titre}\n\n{_journal(resultat['journal'])}")
        if "debit" in resultat:
            blocs.append(f"### Débit, {titre}\n\n{_debit(resultat['debit'])}")
        if "gardien" in resultat:
            blocs.append(f"### La même liste par django-guardian, {titre}\n\n{_gardien(resultat['gardien'])}")
        if "dispositifs" in resultat:
            titre = f"### Les dispositifs d’une personne, {titre}"
            blocs.append(f"{titre}\n\n{_dispositifs(resultat['dispositifs'])}")
    return "\n\n".join(blocs) + "\n"


def _table(entetes: Sequence[str], lignes: Iterable[Sequence[str]]) -> str:
    droite = " | ".join(["---", *["---:"] * (len(entetes) - 1)])
    return "\n".join(
        [
            f"| {' | '.join(entetes)} |",
            f"| {droite} |",
            *(f"| {' | '.join(ligne)} |" for ligne in lignes),
        ]
    )


def _nombre(valeur: float) -> str:
    return f"{valeur:,.0f}".replace(",", " ")


def _ms(valeur: float) -> str:
    return f"{valeur:.1f}".replace(".", ",")


def _machine(resultats: Sequence[dict[str, Any]]) -> str:
    lignes = []
    for resultat in resultats:
        machine = resultat["machine"]
        charge = " ".join(_ms(une) for une in machine["charge_au_depart"])
        lignes.append(
            (
                f"{resultat['volume_pour_cent']:g} %",
                machine["date"][:16].replace("T", " "),
                machine["commit"],
                f"{machine['processeur']}, {machine['coeurs']} cœurs, {_nombre(machine['memoire_mio'])} Mio",
                f"Python {machine['python']}, PostgreSQL {machine['postgresql']}",
                charge,
                f"{_ms(machine['repere']['calcul_ms'])} ms, {_ms(machine['repere']['aller_retour_us'])} µs"
                if "repere" in machine
                else "",
            )
        )
    entetes = ["Volume", "Date (UTC)", "Version", "Machine", "Logiciels", "Charge au départ (1, 5, 15 min)"]
    return _table([*entetes, "Repère"], lignes)


def _simulations(resultats: Sequence[dict[str, Any]]) -> str:
    lignes = [
        (
            f"{resultat['volume_pour_cent']:g} %",
            _nombre(resultat["simulation"]["conseils"]),
            _nombre(resultat["base"]["groupes"]),
            _nombre(resultat["simulation"]["situations"]),
            _nombre(resultat["simulation"]["lignes"]),
            _nombre(resultat["simulation"]["lignes_par_seconde"]),
        )
        for resultat in resultats
    ]
    return _table(
        ["Volume", "Conseils", "Groupes nominatifs", "Situations", "Lignes écrites", "Lignes par seconde"],
        lignes,
    )


def _pages(resultats: Sequence[dict[str, Any]]) -> str:
    volumes = [f"{resultat['volume_pour_cent']:g} %" for resultat in resultats]
    lignes = []
    for nom, libelle in NOMS.items():
        mesures = [resultat["pages"].get(nom) for resultat in resultats]
        derniere = next(mesure for mesure in reversed(mesures) if mesure)
        lignes.append(
            (
                libelle,
                *(
                    f"{_ms(mesure['mediane_ms'])} / {_ms(mesure['p95_ms'])}" if mesure else ""
                    for mesure in mesures
                ),
                _ms(derniere["processeur_ms"]) if "processeur_ms" in derniere else "",
                str(derniere["requetes"]),
                _nombre(derniere["memoire_kio"]),
                _verdict(nom, derniere),
            )
        )
    titre = "### Temps du serveur : médiane / 95e centile, en millisecondes"
    entetes = ["Page", *volumes, "Processeur (ms)", "Requêtes", "Mémoire (Kio)", "Cible"]
    return f"{titre}\n\n{_table(entetes, lignes)}"


def _verdict(nom: str, mesure: dict[str, Any]) -> str:
    if nom not in CIBLES:
        return ""
    p95, requetes = CIBLES[nom]
    tenue = mesure["p95_ms"] <= p95 and mesure["requetes"] <= requetes
    return f"{'tenue' if tenue else 'manquée'} (≤ {p95:g} ms, ≤ {requetes} requêtes)"


def _murs(murs: dict[str, Any]) -> str:
    lignes = [
        (
            NOMS[nom],
            _ms(lu["avec_murs"]["mediane_ms"]),
            _ms(lu["sans_murs"]["mediane_ms"]),
            f"{(lu['rapport'] - 1) * 100:+.1f} %".replace(".", ","),
            "tenue" if lu["rapport"] <= MURS_AU_PLUS else "manquée",
        )
        for nom, lu in murs.items()
    ]
    return _table(["Page", "Avec les murs (ms)", "Sans (ms)", "Surcoût", "Cible (≤ 15 %)"], lignes)


def _journal(journal: dict[str, Any]) -> str:
    lignes = [
        (
            NOMS[nom],
            f"{_ms(lu['avec']['mediane_ms'])} / {_ms(lu['avec']['p95_ms'])}",
            f"{_ms(lu['sans']['mediane_ms'])} / {_ms(lu['sans']['p95_ms'])}",
            f"{(lu['rapport'] - 1) * 100:+.1f} %".replace(".", ","),
        )
        for nom, lu in journal["pages"].items()
    ]
    scelle = {cle: _nombre(valeur) for cle, valeur in journal["scellement"].items()}
    phrase = (
        f"{scelle['entrees']} entrées : {scelle['ecrites_par_seconde']} écrites par seconde, "
        f"{scelle['scellees_par_seconde']} numérotées, hachées et signées par seconde."
    )
    return f"{_table(['Page', 'Avec le journal (ms)', 'Sans (ms)', 'Surcoût'], lignes)}\n\n{phrase}"


def _debit(debit: dict[str, Any]) -> str:
    lignes = [
        (
            NOMS[nom.rpartition("_")[0]],
            str(lu["travailleurs"]),
            str(lu["lecteurs"]),
            _ms(lu["pages_par_seconde"]),
            f"{_ms(lu['mediane_ms'])} / {_ms(lu['p95_ms'])}",
        )
        for nom, lu in debit.items()
    ]
    entetes = [
        "Page",
        "Travailleurs",
        "Lecteurs à la fois",
        "Pages par seconde",
        "Médiane / 95e centile (ms)",
    ]
    return _table(entetes, lignes)


def _dispositifs(lu: dict[str, Any]) -> str:
    colonnes = {
        "Offres": _nombre(lu["offres"]),
        "Médiane / 95e centile (ms)": f"{_ms(lu['mediane_ms'])} / {_ms(lu['p95_ms'])}",
        "Processeur (ms)": _ms(lu["processeur_ms"]),
        "Requêtes": str(lu["requetes"]),
        "Mémoire (Kio)": _nombre(lu["memoire_kio"]),
        "Charge": _ms(lu["charge_au_depart"][0]),
        f"Cible (médiane ≤ {DISPOSITIFS_MS:g} ms)": "tenue"
        if lu["mediane_ms"] <= DISPOSITIFS_MS
        else "manquée",
    }
    return _table([*colonnes], [[*colonnes.values()]])


def _gardien(gardien: dict[str, Any]) -> str:
    droits = gardien["droits"]
    lignes = [
        (
            {"coordination": "Coordination d’un groupe", "parquet": "Magistrat de plusieurs groupes"}[nom],
            _nombre(gardien[nom]["visibles"]),
            _ms(gardien[nom]["murs"]["mediane_ms"]),
            _ms(gardien[nom]["guardian"]["mediane_ms"]),
            f"× {gardien[nom]['rapport']:g}".replace(".", ","),
        )
        for nom in ("coordination", "parquet")
    ]
    entetes = ["Lecteur", "Situations visibles", "Par les murs (ms)", "Par guardian (ms)", "Rapport"]
    phrase = (
        f"django-guardian demande {_nombre(droits['lignes'])} droits d’objet "
        f"({_nombre(droits['taille_mio'])} Mio), à tenir à jour à chaque arrivée, départ ou charte ; "
        "les murs n’en demandent aucun. "
        "Les deux listes ont exactement les mêmes identifiants, vérifiés avant la mesure."
    )
    return f"{_table(entetes, lignes)}\n\n{phrase}"
