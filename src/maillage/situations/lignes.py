"""The lines of the list of situations, in one written query: the page opened most.

Both belts apply: the cercles the actor reads, and the wall on each table. Only what a line shows is read:
no address, no telephone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from maillage.acteurs.api import NomDate, Organisme
from maillage.instances.api import mes_cercles
from maillage.situations import identites
from maillage.situations.states import EtatObjectif, EtatSituation
from maillage.socle.requetes import Requete


@dataclass(frozen=True, slots=True)
class ReferentDeListe:
    """The référent of today and their body; whether its name may be read is judged by who shows it."""

    nom: str
    structure: Organisme


@dataclass(frozen=True, slots=True)
class LigneDeSituation:
    """One line. ``prochaine``: the nearest of the review and the earliest unfinished objective.

    ``prochaine_quoi`` is a code the page turns into words: archive, lettre, revue or objectif.
    """

    public_id: UUID
    cercle: int
    numero: str
    exposition: str
    etat: str
    expire_le: date | None
    identite: identites.IdentiteVue
    referent: ReferentDeListe | None
    prochaine: date
    prochaine_quoi: str

    @property
    def close(self) -> bool:
        return self.etat == EtatSituation.CLOSE


_PROCHAINE: Final = f"""LEAST(s.revue_le, (SELECT min(o.echeance) FROM situations_objectif o
    WHERE o.situation_id = s.id AND o.cercle_id = s.cercle_id
    AND o.etat IN ('{EtatObjectif.A_DEMARRER}', '{EtatObjectif.EN_COURS}')))"""
_LUES: Final = f"""s.public_id, s.cercle_id, s.numero, s.exposition, s.etat, s.expire_le, s.revue_le,
  {_PROCHAINE},
  EXISTS (SELECT FROM situations_lettre l WHERE l.situation_id = s.id AND l.cercle_id = s.cercle_id),
  c.prenom, c.nom, b.id, b.sensible,
  ARRAY(SELECT ARRAY[n.nom, n.depuis::text, n.jusqua::text] FROM acteurs_nomorganisme n
        WHERE n.organisme_id = b.id ORDER BY n.depuis),
  {", ".join(f"i.{colonne}" for colonne in identites.DE_LISTE)}"""
_JOINTES: Final = """
JOIN situations_situation s ON s.id = demandee.cle
JOIN situations_identite i ON i.id = s.identite_id AND i.cercle_id = s.cercle_id
LEFT JOIN situations_designation d ON d.situation_id = s.id AND d.cercle_id = s.cercle_id AND d.jusqua IS NULL
LEFT JOIN acteurs_compte c ON c.id = d.referent_id
LEFT JOIN acteurs_organisme b ON b.id = d.structure_id
WHERE s.cercle_id = ANY(%(cercles)s::bigint[])
ORDER BY demandee.rang
"""
_REQUETE: Final = Requete(
    f"SELECT {_LUES} FROM unnest(%(cles)s::bigint[]) WITH ORDINALITY AS demandee (cle, rang) {_JOINTES}"
)
_PREMIERES: Final = Requete(f"""
WITH trouvees AS MATERIALIZED (
  SELECT t.cle, row_number() OVER (ORDER BY t.jour, t.cle) AS rang
  FROM (SELECT s.id AS cle, {_PROCHAINE} AS jour FROM situations_situation s
        WHERE s.cercle_id = ANY(%(cercles)s::bigint[]) AND s.etat = %(etat)s::text
        ORDER BY 2, 1 LIMIT %(au_plus)s::int) t)
SELECT demandee.cle, (SELECT count(*) FROM trouvees), {_LUES}
FROM (SELECT cle, rang FROM trouvees ORDER BY rang LIMIT %(par_page)s::int) AS demandee {_JOINTES}""")


def lire(cles: Sequence[int]) -> tuple[LigneDeSituation, ...]:
    """The lines of these situations, in their order; one the actor does not read is left out."""
    if not cles:
        return ()
    return _lignes(_REQUETE.lignes(cles=list(cles), cercles=mes_cercles()))


@dataclass(frozen=True, slots=True)
class PremieresLignes:
    """The first page of a list that nothing narrows, its keys, and the count up to what was asked."""

    lignes: tuple[LigneDeSituation, ...]
    cles: tuple[int, ...]
    nombre: int


def premieres(*, cercles: Iterable[int], etat: str, par_page: int, au_plus: int) -> PremieresLignes:
    """Count, order by the nearest date and read, at once: how the list opens, for everyone, every day."""
    lus = set(mes_cercles())
    lues = _PREMIERES.lignes(
        cercles=[cercle for cercle in cercles if cercle in lus], etat=etat, par_page=par_page, au_plus=au_plus
    )
    return PremieresLignes(
        lignes=_lignes([valeurs[2:] for valeurs in lues]),
        cles=tuple(valeurs[0] for valeurs in lues),
        nombre=lues[0][1] if lues else 0,
    )


def _lignes(lues: Sequence[Sequence[Any]]) -> tuple[LigneDeSituation, ...]:
    """The identities are opened all at once: their keys are one question for the page."""
    des_identites = len(identites.DE_LISTE)
    vues = identites.des_listes([valeurs[-des_identites:] for valeurs in lues])
    return tuple(_ligne(valeurs[:-des_identites], vue) for valeurs, vue in zip(lues, vues, strict=True))


def _ligne(valeurs: Sequence[Any], identite: identites.IdentiteVue) -> LigneDeSituation:
    public, cercle, numero, exposition, etat, expire, revue, prochaine, informee, *referent = valeurs
    return LigneDeSituation(
        public_id=public,
        cercle=cercle,
        numero=numero,
        exposition=exposition,
        etat=etat,
        expire_le=expire,
        identite=identite,
        referent=_referent(*referent),
        prochaine=prochaine,
        prochaine_quoi=_quoi(etat, informee=informee, revue=prochaine == revue),
    )


def _referent(
    prenom: str | None, nom: str | None, cle: int | None, sensible: bool | None, noms: Sequence[Any]
) -> ReferentDeListe | None:
    if cle is None:
        return None
    structure = Organisme.from_db("default", ["id", "sensible"], [cle, sensible])
    structure.poser_noms(NomDate.lire(*un) for un in noms)
    return ReferentDeListe(f"{prenom} {nom}".strip(), structure)


def _quoi(etat: str, *, informee: bool, revue: bool) -> str:
    if etat == EtatSituation.CLOSE:
        return "archive"
    if not informee:
        return "lettre"
    return "revue" if revue else "objectif"
