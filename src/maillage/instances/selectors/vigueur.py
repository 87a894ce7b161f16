"""Mandates in force with everything a page says of them, in written queries.

Every nominative page asks two things: the actor's own mandates, and all readers of the cercle. Written out
and planned once, they cost a tenth of what composing them costs; a test holds them to
``selectors.acces.habilites``, row for row.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypeVar

from django.db.models import Model

from maillage.acteurs.api import NomDate, Organisme
from maillage.instances.models import (
    Cercle,
    Conseil,
    EtatTexte,
    Formation,
    GenreTexte,
    Habilitation,
    Role,
    Siege,
)
from maillage.socle.memoire import une_fois
from maillage.socle.requetes import Requete
from maillage.socle.temps import maintenant

M = TypeVar("M", bound=Model)

#: Left to be read when asked for: the snapshot of the law is long.
NON_LUS: Final = frozenset({"obligatoire"})
ALIAS: Final = (("h", Habilitation), ("ce", Cercle), ("s", Siege), ("f", Formation), ("co", Conseil))


def _colonnes(modele: type[Model]) -> list[str]:
    return [str(champ.column) for champ in modele._meta.concrete_fields if champ.column not in NON_LUS]


def _attributs(modele: type[Model]) -> list[str]:
    return [champ.attname for champ in modele._meta.concrete_fields if champ.column not in NON_LUS]


#: A charter is in force; the account has signed it.
_ADOPTEE: Final = f"""EXISTS (SELECT FROM instances_texte t WHERE t.formation_id = f.id
    AND t.genre = '{GenreTexte.CHARTE}' AND t.etat = '{EtatTexte.ADOPTE}')"""
_SIGNEE: Final = f"""EXISTS (SELECT FROM instances_texte t JOIN instances_signature g ON g.texte_id = t.id
    WHERE t.formation_id = f.id AND t.genre = '{GenreTexte.CHARTE}' AND t.etat = '{EtatTexte.ADOPTE}'
    AND g.compte_id = h.compte_id)"""
_EN_VIGUEUR: Final = """
FROM instances_habilitation h
JOIN instances_cercle ce ON ce.id = h.cercle_id
JOIN instances_siege s ON s.id = h.siege_id
JOIN instances_formation f ON f.id = s.formation_id AND f.cercle_id = h.cercle_id
JOIN acteurs_organisme o ON o.id = s.organisme_id AND o.actif
JOIN acteurs_compte c ON c.id = h.compte_id AND c.actif
{conseil}
WHERE h.periode @> %(instant)s::timestamptz
  AND ce.ouvert_le <= %(instant)s AND (ce.ferme_le IS NULL OR ce.ferme_le > %(instant)s)
  AND s.depuis <= %(instant)s AND (s.jusqua IS NULL OR s.jusqua > %(instant)s)
"""
#: The same for a written query of a higher room, which adds its own condition on ``h``.
MANDATS_EN_VIGUEUR: Final = _EN_VIGUEUR.format(conseil="")
DU_COMPTE: Final = Requete(
    f"SELECT {', '.join(f'{alias}.{colonne}' for alias, modele in ALIAS for colonne in _colonnes(modele))},"
    f" o.id, o.genre, {_ADOPTEE}, {_SIGNEE}"
    + _EN_VIGUEUR.format(conseil="JOIN instances_conseil co ON co.id = f.conseil_id")
    + "AND h.compte_id = %(compte)s ORDER BY h.id"
)
DES_CERCLES: Final = Requete(
    f"SELECT h.cercle_id, h.compte_id, h.role, upper(h.periode), {_SIGNEE}, s.qualite, c.prenom, c.nom,"
    " c.fonction_libelle, o.id, o.genre, o.sensible,"
    " ARRAY(SELECT ARRAY[n.nom, n.depuis::text, n.jusqua::text] FROM acteurs_nomorganisme n"
    " WHERE n.organisme_id = o.id ORDER BY n.depuis)"
    + _EN_VIGUEUR.format(conseil="")
    + "AND h.cercle_id = ANY(%(cercles)s::bigint[]) ORDER BY h.cercle_id, c.nom, c.prenom, h.id"
)

_SIEGE_D_UN_GENRE: Final = Requete("""
SELECT EXISTS (SELECT FROM instances_formation f
  JOIN instances_siege s ON s.formation_id = f.id
  JOIN acteurs_organisme o ON o.id = s.organisme_id AND o.actif AND o.genre = ANY(%(genres)s::text[])
  WHERE f.cercle_id = %(cercle)s::bigint
    AND s.depuis <= %(instant)s::timestamptz AND (s.jusqua IS NULL OR s.jusqua > %(instant)s))
""")


@dataclass(frozen=True, slots=True)
class MandatLu:
    """A mandate in force, as a list of readers shows it. ``fin`` is the first instant after it."""

    compte_id: int
    role: str
    fin: datetime | None
    signee: bool
    qualite: str
    nom: str
    fonction: str
    organisme: Organisme

    @property
    def role_en_clair(self) -> str:
        return str(Role(self.role).label)


@une_fois
def mandats_du_cercle(cercle: int) -> tuple[MandatLu, ...]:
    """Every mandate in force there, signed or not, by name."""
    return mandats_des_cercles((cercle,)).get(cercle, ())


@une_fois
def mandats_des_cercles(cercles: tuple[int, ...]) -> Mapping[int, tuple[MandatLu, ...]]:
    """The same for several cercles, in one query; one without mandate has no entry."""
    lus: dict[int, list[MandatLu]] = {}
    organismes: dict[int, Organisme] = {}
    for cercle, compte, role, fin, signee, qualite, *agent, cle, genre, sensible, noms in DES_CERCLES.lignes(
        cercles=list(cercles), instant=maintenant()
    ):
        if cle not in organismes:
            organismes[cle] = _organisme(cle, genre, sensible, noms)
        prenom, nom, fonction = agent
        mandat = MandatLu(
            compte, role, fin, signee, qualite, f"{prenom} {nom}".strip(), fonction, organismes[cle]
        )
        lus.setdefault(cercle, []).append(mandat)
    return {cercle: tuple(mandats) for cercle, mandats in lus.items()}


def _organisme(cle: int, genre: str, sensible: bool, noms: Iterable[Sequence[Any]]) -> Organisme:
    organisme = Organisme.from_db("default", ["id", "genre", "sensible"], [cle, genre, sensible])
    organisme.poser_noms(NomDate.lire(*nom) for nom in noms)
    return organisme


def mandats_du_compte(compte: int) -> list[Habilitation]:
    """The mandates in force of one account, signed or not, with their seat, formation and council."""
    return [_mandat(ligne) for ligne in DU_COMPTE.lignes(compte=compte, instant=maintenant())]


def _mandat(ligne: Sequence[Any]) -> Habilitation:
    valeurs = iter(ligne)
    mandat = _objet(Habilitation, valeurs)
    mandat.cercle = _objet(Cercle, valeurs)
    mandat.siege = _objet(Siege, valeurs)
    formation = mandat.siege.formation = _objet(Formation, valeurs)
    formation.cercle = mandat.cercle
    formation.conseil = _objet(Conseil, valeurs)
    cle, genre, adoptee, signee = valeurs
    mandat.siege.organisme = Organisme.from_db("default", ["id", "genre"], [cle, genre])
    mandat.__dict__["adoptee"], mandat.__dict__["charte_signee"] = adoptee, signee
    return mandat


def _objet(modele: type[M], valeurs: Iterable[Any]) -> M:
    """The next columns of the row as an instance; what was not read stays deferred."""
    attributs = _ATTRIBUTS[modele]
    suite = iter(valeurs)
    return modele.from_db("default", attributs, [next(suite) for _ in attributs])


_ATTRIBUTS: Final[dict[type[Model], list[str]]] = {modele: _attributs(modele) for _, modele in ALIAS}


def siege_d_un_genre(cercle: int, genres: Iterable[str]) -> bool:
    """Whether a body of one of these kinds sits there now."""
    ((siege,),) = _SIEGE_D_UN_GENRE.lignes(cercle=cercle, genres=sorted(genres), instant=maintenant())
    return bool(siege)
