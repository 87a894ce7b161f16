"""What a file holds, in one written query: seven kinds of rows that its page always shows together.

Both belts apply: the row starts from the cercles the actor reads, and the wall judges each table.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar, cast
from uuid import UUID

from django.db.models import BinaryField, Field, Model

from maillage.acteurs.api import Compte, NomDate, Organisme
from maillage.instances.api import mes_cercles
from maillage.situations import identites, recits
from maillage.situations.models import (
    Bilan,
    Contact,
    Designation,
    Element,
    Lettre,
    Objectif,
    Signalement,
    Situation,
)
from maillage.situations.selectors import visibles
from maillage.situations.states import EtatSituation
from maillage.socle.refus import Introuvable
from maillage.socle.requetes import Requete
from maillage.strategie.api import liste

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Pieces:
    """The rows of one file, each kind in the order the page shows it; accounts and bodies come with them."""

    identite: identites.IdentiteVue
    signalement: Signalement | None
    elements: tuple[Element, ...]
    designations: tuple[Designation, ...]
    objectifs: tuple[Objectif, ...]
    lettres: tuple[Lettre, ...]
    contacts: tuple[Contact, ...]
    bilans: tuple[Bilan, ...]
    #: Open situations of this cercle that the référent of today follows, this one included.
    charge: int


_DU_COMPTE: Final = ("id", "public_id", "prenom", "nom")
_COMPTE: Final = (
    "(SELECT jsonb_build_object("
    + ", ".join(f"'{cle}', c.{cle}" for cle in _DU_COMPTE)
    + ") FROM acteurs_compte c WHERE c.id = l.{nom}_id)"
)
_ORGANISME: Final = (
    "(SELECT to_jsonb(o) || jsonb_build_object('noms',"
    " (SELECT jsonb_agg(jsonb_build_array(n.nom, n.depuis, n.jusqua) ORDER BY n.depuis)"
    " FROM acteurs_nomorganisme n WHERE n.organisme_id = o.id))"
    " FROM acteurs_organisme o WHERE o.id = l.{nom}_id)"
)


@dataclass(frozen=True, slots=True)
class _Genre:
    """One kind of row: its order, and the relations that come with it."""

    modele: type[Model]
    ordre: str
    comptes: tuple[str, ...] = ()
    organismes: tuple[str, ...] = ()

    @property
    def sql(self) -> str:
        liens = [f"'{nom}', {_COMPTE.format(nom=nom)}" for nom in self.comptes]
        liens += [f"'{nom}', {_ORGANISME.format(nom=nom)}" for nom in self.organismes]
        ligne = f"to_jsonb(l) || jsonb_build_object({', '.join(liens)})" if liens else "to_jsonb(l)"
        return (
            f"(SELECT coalesce(jsonb_agg({ligne} ORDER BY {self.ordre}), '[]')"
            f" FROM {self.modele._meta.db_table} l WHERE l.situation_id = s.id AND l.cercle_id = s.cercle_id)"
        )


_GENRES: Final = {
    "elements": _Genre(Element, "l.partage_le DESC, l.id DESC", ("partage_par",), ("organisme",)),
    "designations": _Genre(Designation, "l.depuis DESC, l.id DESC", ("referent",), ("structure",)),
    "objectifs": _Genre(Objectif, "l.echeance, l.id"),
    "lettres": _Genre(Lettre, "l.remise_le, l.id"),
    "contacts": _Genre(Contact, "l.le DESC, l.id DESC", ("par",)),
    "bilans": _Genre(Bilan, "l.le DESC, l.id DESC", ("par", "contresigne_par")),
}
#: Those that hold a narrative, opened with the key of the page.
_ECRITS: Final = ("elements", "objectifs", "bilans")
_REQUETE: Final = Requete(f"""
SELECT jsonb_build_object(
  'signalement', (SELECT to_jsonb(g) FROM situations_signalement g
                  WHERE g.id = s.signalement_id AND g.cercle_id = s.cercle_id),
  'charge', (SELECT count(*) FROM situations_designation d
             JOIN situations_situation t ON t.id = d.situation_id AND t.cercle_id = d.cercle_id
             WHERE d.cercle_id = s.cercle_id AND d.jusqua IS NULL AND t.etat = '{EtatSituation.OUVERTE}'
               AND d.referent_id = (SELECT e.referent_id FROM situations_designation e
                 WHERE e.situation_id = s.id AND e.cercle_id = s.cercle_id AND e.jusqua IS NULL)),
  {", ".join(f"'{nom}', {genre.sql}" for nom, genre in _GENRES.items())}
)::text, {identites.D_UN_DOSSIER}
FROM situations_situation s
JOIN situations_identite i ON i.id = s.identite_id AND i.cercle_id = s.cercle_id
WHERE s.id = %(situation)s::bigint AND s.cercle_id = ANY(%(cercles)s::bigint[])
""")


_EN_TETE: Final = Requete(f"""
SELECT {", ".join(f"s.{champ.column}" for champ in Situation._meta.concrete_fields)}
FROM situations_situation s
WHERE s.public_id = %(public_id)s::uuid AND s.cercle_id = ANY(%(cercles)s::bigint[])
""")
_D_EN_TETE: Final = [champ.attname for champ in Situation._meta.concrete_fields]


def entete(public_id: UUID) -> Situation:
    """The row alone, as ``selectors.une`` reads it. Raises ``Introuvable``."""
    valeurs = _EN_TETE.ligne(public_id=public_id, cercles=mes_cercles())
    if valeurs is None:
        raise Introuvable(public_id)
    return Situation.from_db("default", _D_EN_TETE, valeurs)


def pieces_de(situation: Situation) -> Pieces:
    """Everything the file holds, as the actor may read it. Raises ``Introuvable`` where they may not."""
    ligne = _REQUETE.ligne(situation=situation.pk, cercles=mes_cercles())
    if ligne is None:
        raise Introuvable(situation.public_id)
    texte, *identite = ligne
    lu = json.loads(texte)
    qui = identites.d_un_dossier(identite)
    rangs = {
        nom: tuple(_ligne(genre, valeurs, situation) for valeurs in lu[nom]) for nom, genre in _GENRES.items()
    }
    signalement = _objet(Signalement, lu["signalement"]) if lu["signalement"] else None
    ecrits = [ligne for nom in _ECRITS for ligne in rangs[nom]]
    recits.poser([*ecrits, signalement] if signalement else ecrits, qui.public_id)
    return Pieces(
        identite=qui,
        signalement=signalement,
        charge=lu["charge"],
        **cast(Any, rangs),
    )


def suivi_judiciaire_enonce(situation: Situation) -> bool:
    """Whether a judicial member said in this file that a judicial follow-up exists."""
    codes = [item.code for item in liste("elements_partageables") if item.attributs["judiciaire"]]
    return visibles(Element).filter(situation=situation, categorie__in=codes).exists()


def _ligne(genre: _Genre, valeurs: Mapping[str, Any], situation: Situation) -> Model:
    ligne = _objet(genre.modele, valeurs)
    cast(Any, ligne).situation = situation
    for nom in genre.comptes:
        lu = valeurs[nom]
        setattr(ligne, nom, _objet(Compte, lu, _DU_COMPTE) if lu else None)
    for nom in genre.organismes:
        setattr(ligne, nom, _organisme(valeurs[nom]) if valeurs[nom] else None)
    return ligne


def _organisme(valeurs: Mapping[str, Any]) -> Organisme:
    organisme = _objet(Organisme, valeurs)
    organisme.poser_noms(NomDate.lire(*nom) for nom in valeurs["noms"] or ())
    return organisme


def _objet(modele: type[M], valeurs: Mapping[str, Any], colonnes: Iterable[str] | None = None) -> M:
    """A row of JSON as an instance: each field reads its own text; a column left out stays deferred."""
    retenues = set(colonnes) if colonnes is not None else None
    champs = [c for c in modele._meta.concrete_fields if retenues is None or c.column in retenues]
    return modele.from_db("default", [c.attname for c in champs], [_valeur(c, valeurs) for c in champs])


def _valeur(champ: "Field[Any, Any]", valeurs: Mapping[str, Any]) -> Any:
    lue = valeurs[str(champ.column)]
    # JSON writes bytes in hexadecimal, as PostgreSQL shows them: « \\x… ».
    return bytes.fromhex(lue[2:]) if isinstance(champ, BinaryField) else champ.to_python(lue)
