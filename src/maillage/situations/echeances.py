"""What waits for the actor in the files: for the day page of a higher room.

First name and initial only, dates, and codes: the page is read in shared offices. One journal entry holds
the pseudonyms of everything it shows; the number of queries does not grow with the files.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from maillage.droit.api import echeance_mois, entier
from maillage.instances.api import MANDATS_EN_VIGUEUR, CercleVu, Role, cercles_visibles, mes_mandats
from maillage.situations import identites
from maillage.situations.rules.ages import est_mineur
from maillage.situations.rules.suivi import GENRES_TRAVAIL_SOCIAL
from maillage.situations.states import A_EXAMINER, EtatObjectif, EtatSignalement, EtatSituation
from maillage.socle.contexte import acteur_courant
from maillage.socle.journal import journaliser
from maillage.socle.requetes import Requete
from maillage.socle.temps import maintenant
from maillage.strategie.api import liste

#: Longest list of one kind on a day page: beyond, its own page shows them all.
LIMITE = 50
#: The individual letter is handed over within a month of the opening (RGPD, art. 14, § 3).
MOIS_POUR_INFORMER = 1
#: A bilan is prepared before the review: the groupe decides on it (fiche 4).
JOURS_AVANT_REVUE = 14


@dataclass(frozen=True, slots=True)
class Echeance:
    """Something due on a file. ``genre`` says what; ``objet`` is the public id its page answers to.

    ``qui`` is « Théo M. ». ``detail`` is a code or a count the page puts into words.
    """

    genre: str
    objet: UUID
    groupe: str
    qui: str
    le: date
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Brute:
    """The same before names are read: the cercle and the identity it is about."""

    genre: str
    objet: UUID
    cercle: int
    identite: int
    le: date
    detail: str = ""


#: What a higher room adds: (cercles the actor reads, today, horizon) -> what is due there.
Source = Callable[[Mapping[int, CercleVu], date, date], Iterable[Brute]]
_sources: dict[str, Source] = {}


def enregistrer_source(nom: str, source: Source) -> None:
    """Register a room's deadlines at start; two under one name is an error."""
    if _sources.setdefault(nom, source) is not source:
        raise ValueError(f"source d’échéances déjà enregistrée : {nom}")


def echeances(*, jour: date, horizon: date, depuis: date) -> tuple[Echeance, ...]:
    """Everything due to the actor up to ``horizon``, and new since ``depuis``, by date. Journalled once."""
    cercles = {vu.id: vu for vu in cercles_visibles()}
    if not cercles:
        return ()
    brutes = list(_des_dossiers(cercles, jour, horizon, depuis))
    for source in _sources.values():
        brutes += source(cercles, jour, horizon)
    if not brutes:
        return ()
    noms = identites.lire_plusieurs(brute.identite for brute in brutes)
    objets = sorted({str(brute.objet) for brute in brutes})
    journaliser("lecture_liste", details={"liste": "journee", "objets": objets})
    return tuple(
        sorted(
            (
                Echeance(
                    brute.genre,
                    brute.objet,
                    cercles[brute.cercle].nom,
                    noms[brute.identite].initiales,
                    brute.le,
                    brute.detail,
                )
                for brute in brutes
            ),
            key=lambda echeance: (echeance.le, echeance.genre, echeance.qui),
        )
    )


# --- The files --------------------------------------------------------------------------------------
#
# Twelve kinds of dates in one written query: composing the twelve took half of the day page. Each part
# starts from cercles the actor reads, in the role that must act; the wall judges every table besides.

_OUVERTE: Final = f"s.etat = '{EtatSituation.OUVERTE}'"
#: Open situations of which the actor is the référent now.
_MES_SUIVIS: Final = f"""situations_situation s
  JOIN situations_designation d ON d.situation_id = s.id AND d.cercle_id = s.cercle_id
    AND d.referent_id = %(acteur)s::bigint AND d.jusqua IS NULL
  WHERE s.cercle_id = ANY(%(lus)s::bigint[]) AND {_OUVERTE}"""
_REMISE: Final = """EXISTS (SELECT FROM situations_lettre l WHERE l.situation_id = s.id
  AND l.cercle_id = s.cercle_id AND l.destinataire = '{}')"""


def _lues(alias: str, genre: str, le: str, detail: str = "''") -> str:
    return (
        f"SELECT '{genre}', {alias}.public_id, {alias}.cercle_id, {alias}.identite_id, {le}, {detail}::text"
    )


_PARTIES: Final = (
    # Coordination: signalements to examine, reviews, files without a référent who reads, letters, erasures.
    f"""{_lues("g", "signalement", "g.expire_le", "g.etat")} FROM situations_signalement g
  WHERE g.cercle_id = ANY(%(coordonnes)s::bigint[]) AND g.etat = ANY(%(a_examiner)s::text[])
  ORDER BY g.expire_le, g.id""",
    f"""{_lues("s", "revue", "s.revue_le")} FROM situations_situation s
  WHERE s.cercle_id = ANY(%(coordonnes)s::bigint[]) AND {_OUVERTE} AND s.revue_le <= %(horizon)s::date
  ORDER BY s.revue_le, s.id""",
    # The référent is no longer a member of the groupe: another one takes over (fiche 4).
    f"""{_lues("s", "relais", "%(jour)s::date")} FROM situations_designation d
  JOIN situations_situation s ON s.id = d.situation_id AND s.cercle_id = d.cercle_id AND {_OUVERTE}
  WHERE d.cercle_id = ANY(%(coordonnes)s::bigint[]) AND d.jusqua IS NULL
    AND NOT EXISTS (SELECT {MANDATS_EN_VIGUEUR} AND h.cercle_id = d.cercle_id
                    AND h.compte_id = d.referent_id)
  ORDER BY d.id""",
    # Letters not handed over yet: to the person, and to a legal representative of a minor.
    f"""{_lues("s", "lettre", "s.ouverte_le", "CASE WHEN s.informee THEN 'representant' ELSE 'personne' END")}
  FROM (SELECT s.*, {_REMISE.format("personne")} AS informee FROM situations_situation s
        WHERE s.cercle_id = ANY(%(coordonnes)s::bigint[]) AND {_OUVERTE}) s
  WHERE NOT s.informee
    OR (s.tranche_age = ANY(%(mineures)s::text[]) AND NOT {_REMISE.format("representant")})
  ORDER BY s.ouverte_le, s.id""",
    # What will be erased by itself: nothing to do, unless it should come back to a séance.
    f"""{_lues("g", "effacement_signalement", "g.expire_le")} FROM situations_signalement g
  WHERE g.cercle_id = ANY(%(coordonnes)s::bigint[])
    AND g.etat IN ('{EtatSignalement.ORIENTE}', '{EtatSignalement.NON_RETENU}')
    AND g.expire_le <= %(horizon)s::date
  ORDER BY g.expire_le, g.id""",
    f"""{_lues("s", "effacement", "s.expire_le", "s.etat")} FROM situations_situation s
  WHERE s.cercle_id = ANY(%(coordonnes)s::bigint[]) AND s.expire_le <= %(horizon)s::date
  ORDER BY s.expire_le, s.id""",
    # Référent: contacts, objectives and bilans.
    f"""{_lues("s", "contact", "s.dernier", "to_char(s.dernier, 'YYYY-MM-DD')")}
  FROM (SELECT s.*, coalesce((SELECT max(c.le) FROM situations_contact c WHERE c.situation_id = s.id
                              AND c.cercle_id = s.cercle_id), d.depuis) AS dernier FROM {_MES_SUIVIS}) s
  WHERE s.dernier <= %(sans_contact)s::date
  ORDER BY s.dernier, s.id""",
    f"""{_lues("s", "objectif", "o.echeance", "o.domaine")} FROM situations_objectif o
  JOIN (SELECT s.* FROM {_MES_SUIVIS}) s ON s.id = o.situation_id AND s.cercle_id = o.cercle_id
  WHERE o.etat IN ('{EtatObjectif.A_DEMARRER}', '{EtatObjectif.EN_COURS}')
    AND o.echeance <= %(horizon)s::date
  ORDER BY o.echeance, o.id""",
    f"""{_lues("s", "bilan", "s.revue_le")} FROM {_MES_SUIVIS}
    AND s.revue_le <= %(a_preparer)s::date
    AND NOT EXISTS (SELECT FROM situations_bilan b WHERE b.situation_id = s.id AND b.cercle_id = s.cercle_id
                    AND b.le >= %(recents)s::date)
  ORDER BY s.revue_le, s.id""",
    # Bilans that wait for a member of the social work, who did not write them (fiche 4).
    f"""{_lues("s", "contreseing", "b.le")} FROM situations_bilan b
  JOIN situations_situation s ON s.id = b.situation_id AND s.cercle_id = b.cercle_id AND {_OUVERTE}
  WHERE b.cercle_id = ANY(%(sociaux)s::bigint[]) AND b.contresigne_le IS NULL
    AND b.par_id <> %(acteur)s::bigint
  ORDER BY b.le, b.id""",
    # News: what the members' groupes received or opened lately.
    f"""{_lues("g", "nouveau_signalement", "g.recu_le", "g.motif")} FROM situations_signalement g
  WHERE g.cercle_id = ANY(%(membres)s::bigint[]) AND g.etat = ANY(%(a_examiner)s::text[])
    AND g.recu_le >= %(depuis)s::date AND g.auteur_id <> %(acteur)s::bigint
  ORDER BY g.recu_le DESC, g.id DESC""",
    f"""{_lues("s", "nouvelle_situation", "s.ouverte_le")} FROM situations_situation s
  WHERE s.cercle_id = ANY(%(membres)s::bigint[]) AND {_OUVERTE} AND s.ouverte_le >= %(depuis)s::date
  ORDER BY s.ouverte_le DESC, s.id DESC""",
)
_REQUETE: Final = Requete("\nUNION ALL\n".join(f"({partie} LIMIT {LIMITE})" for partie in _PARTIES))
#: The elected official is not disturbed by news.
_DES_MEMBRES: Final = (Role.COORDONNATEUR, Role.MEMBRE, Role.PARQUET, Role.REFERENT)


def _ou(cercles: Mapping[int, CercleVu], *roles: str) -> list[int]:
    return [cle for cle, vu in cercles.items() if vu.role in roles]


def _des_dossiers(
    cercles: Mapping[int, CercleVu], jour: date, horizon: date, depuis: date
) -> Iterable[Brute]:
    """What the files themselves make due to the coordinator, the référent, the social work, the members."""
    delai = timedelta(days=entier("situation.contact_jours", jour))
    lues = _REQUETE.lignes(
        acteur=acteur_courant(),
        instant=maintenant(),
        jour=jour,
        horizon=horizon,
        depuis=depuis,
        lus=list(cercles),
        coordonnes=_ou(cercles, Role.COORDONNATEUR),
        membres=_ou(cercles, *_DES_MEMBRES),
        sociaux=[
            mandat.cercle
            for mandat in mes_mandats()
            if mandat.cercle in cercles and mandat.genre in GENRES_TRAVAIL_SOCIAL
        ],
        a_examiner=[etat.value for etat in A_EXAMINER],
        mineures=[item.code for item in liste("tranches_age") if est_mineur(None, item.code, horizon)],
        sans_contact=horizon - delai,
        a_preparer=jour + timedelta(days=JOURS_AVANT_REVUE),
        recents=jour - timedelta(days=JOURS_AVANT_REVUE * 4),
    )
    for genre, objet, cercle, identite, le, detail in lues:
        du = le
        if genre == "contact":
            du = le + delai
        elif genre == "lettre":
            du = echeance_mois(le, MOIS_POUR_INFORMER)
            if du > horizon:
                continue
        yield Brute(genre, objet, cercle, identite, du, detail)
