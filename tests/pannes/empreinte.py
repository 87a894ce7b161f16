"""What the database holds, row by row, and what differs between two instants."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from tests.pannes.service import Service

#: Rows written besides a command: who is connected, since when, how much they read; the sealing of each
#: minute, by another process.
A_COTE = (
    *("acteurs_session", "acteurs_echecdeconnexion", "acteurs_saisiegardee", "acteurs_rythme"),
    *("socle_tetejournal", "django_", "territoires_"),
)
#: What the journal notes of a page that was read or refused.
LECTURES = ("lecture", "refus", "introuvable", "connexion", "recherche")

#: Tables whose primary key has another name.
CLES = {"socle_feuillejournal": "rang"}

Etat = dict[str, dict[str, tuple[str, str]]]


def lire(service: Service) -> Etat:
    """By table: the digest of each row, and its event for the journal."""
    tables = [
        nom
        for (nom,) in service.lire("SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'")
        if not nom.startswith(A_COTE)
    ]
    unions = " UNION ALL ".join(
        f"SELECT '{nom}', t.{CLES.get(nom, 'id')}::text, md5(t::text),"
        f" {'evenement' if nom == 'socle_journal' else chr(39) * 2}"
        f" FROM public.{nom} t"
        for nom in sorted(tables)
    )
    etat: Etat = {nom: {} for nom in tables}
    for nom, cle, empreinte, evenement in service.lire(unions):
        etat[nom][cle] = (empreinte, evenement)
    return etat


@dataclass(frozen=True)
class Ecart:
    """Rows added, changed, removed by table; events of the journal."""

    lignes: Counter[str]

    def __str__(self) -> str:
        mots = [nom if nombre == 1 else f"{nom}*{nombre}" for nom, nombre in sorted(self.lignes.items())]
        return " ".join(mots)


def ecart(avant: Etat, apres: Etat) -> Ecart:
    lignes: Counter[str] = Counter()
    for table, maintenant in apres.items():
        court = {"socle_jetonformulaire": "jeton", "socle_fait_statistique": "fait"}.get(
            table, table.split("_", 1)[1]
        )
        jadis = avant[table]
        if table == "socle_journal":
            nouveaux = (maintenant[cle][1] for cle in maintenant.keys() - jadis.keys())
            lignes.update(f"!{nom}" for nom in nouveaux if not nom.startswith(LECTURES))
        else:
            lignes[f"+{court}"] += len(maintenant.keys() - jadis.keys())
            lignes[f"~{court}"] += sum(
                jadis[cle] != maintenant[cle] for cle in maintenant.keys() & jadis.keys()
            )
        lignes[f"-{court}"] += len(jadis.keys() - maintenant.keys())
    return Ecart(Counter({nom: nombre for nom, nombre in lignes.items() if nombre}))
