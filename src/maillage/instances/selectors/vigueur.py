"""Mandates in force with everything a page says of them, in one written query.

Every nominative page asks it twice (the actor's own, then all readers of the cercle). Written out, it costs a
fifth of what composing it costs each time; a test holds it to ``selectors.acces.habilites``, row for row.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final, TypeVar

from django.db import connection
from django.db.models import Model

from maillage.acteurs.api import Compte, NomOrganisme, Organisme
from maillage.instances.models import Cercle, Conseil, EtatTexte, Formation, GenreTexte, Habilitation, Siege
from maillage.socle.memoire import une_fois
from maillage.socle.temps import maintenant

M = TypeVar("M", bound=Model)

#: Left to be read when asked for: a password's hash is no page's business, the snapshot of the law is long.
NON_LUS: Final = frozenset({"password", "last_login", "obligatoire"})
ALIAS: Final = (
    ("h", Habilitation),
    ("ce", Cercle),
    ("s", Siege),
    ("f", Formation),
    ("co", Conseil),
    ("o", Organisme),
    ("c", Compte),
)


def _colonnes(modele: type[Model]) -> list[str]:
    return [str(champ.column) for champ in modele._meta.concrete_fields if champ.column not in NON_LUS]


def _attributs(modele: type[Model]) -> list[str]:
    return [champ.attname for champ in modele._meta.concrete_fields if champ.column not in NON_LUS]


#: ``adoptee`` and ``charte_signee``: a charter is in force, and the account has signed it.
REQUETE: Final = f"""
SELECT {", ".join(f"{alias}.{colonne}" for alias, modele in ALIAS for colonne in _colonnes(modele))},
  EXISTS (SELECT FROM instances_texte t WHERE t.formation_id = f.id
          AND t.genre = '{GenreTexte.CHARTE}' AND t.etat = '{EtatTexte.ADOPTE}'),
  EXISTS (SELECT FROM instances_texte t JOIN instances_signature g ON g.texte_id = t.id
          WHERE t.formation_id = f.id AND t.genre = '{GenreTexte.CHARTE}' AND t.etat = '{EtatTexte.ADOPTE}'
          AND g.compte_id = h.compte_id),
  ARRAY(SELECT ARRAY[n.nom, n.depuis::text, n.jusqua::text] FROM acteurs_nomorganisme n
        WHERE n.organisme_id = o.id ORDER BY n.depuis)
FROM instances_habilitation h
JOIN instances_cercle ce ON ce.id = h.cercle_id
JOIN instances_siege s ON s.id = h.siege_id
JOIN instances_formation f ON f.id = s.formation_id AND f.cercle_id = h.cercle_id
JOIN instances_conseil co ON co.id = f.conseil_id
JOIN acteurs_organisme o ON o.id = s.organisme_id AND o.actif
JOIN acteurs_compte c ON c.id = h.compte_id AND c.actif
WHERE h.periode @> %(instant)s AND ce.ouvert_le <= %(instant)s AND s.depuis <= %(instant)s
  AND (ce.ferme_le IS NULL OR ce.ferme_le > %(instant)s)
  AND (s.jusqua IS NULL OR s.jusqua > %(instant)s)
"""
PAR_CERCLE: Final = REQUETE + "AND h.cercle_id = %(cle)s ORDER BY c.nom, c.prenom, h.id"
PAR_COMPTE: Final = REQUETE + "AND h.compte_id = %(cle)s ORDER BY h.id"


@une_fois
def mandats_du_cercle(cercle: int) -> list[Habilitation]:
    """Every mandate in force there, signed or not, by name."""
    return _lire(PAR_CERCLE, cercle)


def mandats_du_compte(compte: int) -> list[Habilitation]:
    """The mandates in force of one account, signed or not."""
    return _lire(PAR_COMPTE, compte)


def _lire(requete: str, cle: int) -> list[Habilitation]:
    with connection.cursor() as curseur:
        curseur.execute(requete, {"cle": cle, "instant": maintenant()})
        return [_mandat(ligne) for ligne in curseur.fetchall()]


def _mandat(ligne: Sequence[Any]) -> Habilitation:
    valeurs = iter(ligne)
    mandat = _objet(Habilitation, valeurs)
    mandat.cercle = _objet(Cercle, valeurs)
    mandat.siege = _objet(Siege, valeurs)
    formation = mandat.siege.formation = _objet(Formation, valeurs)
    formation.cercle = mandat.cercle
    formation.conseil = _objet(Conseil, valeurs)
    organisme = mandat.siege.organisme = _objet(Organisme, valeurs)
    mandat.compte = _objet(Compte, valeurs)
    mandat.__dict__["adoptee"], mandat.__dict__["charte_signee"] = next(valeurs), next(valeurs)
    organisme.poser_noms(
        NomOrganisme(
            organisme_id=organisme.pk,
            nom=nom,
            depuis=date.fromisoformat(depuis),
            jusqua=date.fromisoformat(jusqua) if jusqua else None,
        )
        for nom, depuis, jusqua in next(valeurs)
    )
    return mandat


def _objet(modele: type[M], valeurs: Iterable[Any]) -> M:
    """The next columns of the row as an instance; what was not read stays deferred."""
    attributs = _ATTRIBUTS[modele]
    suite = iter(valeurs)
    return modele.from_db("default", attributs, [next(suite) for _ in attributs])


_ATTRIBUTS: Final[dict[type[Model], list[str]]] = {modele: _attributs(modele) for _, modele in ALIAS}
