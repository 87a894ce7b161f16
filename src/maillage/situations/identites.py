"""The only module that reads and writes names. Everything else handles pseudonymous ids.

One door, so that the encryption of identities (spec of keys) changes one file. Names are decrypted,
searched and compared here, in Python, over what the actor may see, inside one cercle; no index, no
SQL search exists on a personal column.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from maillage.droit.api import age
from maillage.situations.doublons import Personne, a_rapprocher, correspond, plat
from maillage.situations.models import Identite, Representant
from maillage.socle.refus import Introuvable
from maillage.socle.requetes import Requete
from maillage.socle.services import modifier


@dataclass(frozen=True, slots=True)
class DonneesIdentite:
    """The closed list of CNIL délibération 2014-262, art. 3; empty strings for what was not given."""

    nom: str
    prenom: str
    sexe: str = ""
    naissance: date | None = None
    naissance_estimee: bool = False
    adresse: str = ""
    telephone: str = ""
    courriel: str = ""


@dataclass(frozen=True, slots=True)
class DonneesRepresentant:
    nom: str
    prenom: str
    lien: str
    adresse: str = ""
    telephone: str = ""


@dataclass(frozen=True, slots=True)
class IdentiteVue:
    """An identity as a page shows it to those who may read the file."""

    cle: int
    public_id: UUID
    version: int
    donnees: DonneesIdentite
    representants: tuple[DonneesRepresentant, ...] = ()

    @property
    def nom_complet(self) -> str:
        return f"{self.donnees.prenom} {self.donnees.nom}".strip()

    @property
    def nom_de_liste(self) -> str:
        return f"{self.donnees.nom} {self.donnees.prenom}".strip()

    @property
    def initiales(self) -> str:
        """First name and initial: what a shared office may see on a day page."""
        return f"{self.donnees.prenom} {self.donnees.nom[:1]}.".strip()

    @property
    def ne(self) -> str:
        """« né », « née », or both when the sex was not given."""
        return {"F": "née", "M": "né"}.get(self.donnees.sexe, "né ou née")

    def age_le(self, jour: date) -> int | None:
        naissance = self.donnees.naissance
        return age(naissance, jour) if naissance is not None and naissance <= jour else None


def _vue(ligne: Identite, representants: Iterable[DonneesRepresentant] = ()) -> IdentiteVue:
    return IdentiteVue(
        cle=ligne.pk,
        public_id=ligne.public_id,
        version=ligne.version,
        donnees=DonneesIdentite(
            nom=ligne.nom,
            prenom=ligne.prenom,
            sexe=ligne.sexe,
            naissance=ligne.naissance,
            naissance_estimee=ligne.naissance_estimee,
            adresse=ligne.adresse,
            telephone=ligne.telephone,
            courriel=ligne.courriel,
        ),
        representants=tuple(representants),
    )


def creer(*, cercle: int, donnees: DonneesIdentite, representants: Iterable[DonneesRepresentant] = ()) -> int:
    """Record an identity in a cercle; returns its key. Called by services, inside their savepoint."""
    ligne = Identite.objects.create(
        cercle_id=cercle,
        nom=donnees.nom.strip(),
        prenom=donnees.prenom.strip(),
        sexe=donnees.sexe,
        naissance=donnees.naissance,
        naissance_estimee=donnees.naissance_estimee,
        adresse=donnees.adresse,
        telephone=donnees.telephone,
        courriel=donnees.courriel,
    )
    for representant in representants:
        ajouter_representant(cercle=cercle, identite=ligne.pk, donnees=representant)
    return ligne.pk


def ajouter_representant(*, cercle: int, identite: int, donnees: DonneesRepresentant) -> None:
    """Record a legal representative of a minor."""
    Representant.objects.create(
        cercle_id=cercle,
        identite_id=identite,
        nom=donnees.nom.strip(),
        prenom=donnees.prenom.strip(),
        lien=donnees.lien,
        adresse=donnees.adresse,
        telephone=donnees.telephone,
    )


def corriger(*, identite: int, version: int, donnees: DonneesIdentite) -> None:
    """Rectify an identity at its expected version (RGPD, art. 16)."""
    modifier(
        Identite.objects.filter(pk=identite),
        version=version,
        nom=donnees.nom.strip(),
        prenom=donnees.prenom.strip(),
        sexe=donnees.sexe,
        naissance=donnees.naissance,
        naissance_estimee=donnees.naissance_estimee,
        adresse=donnees.adresse,
        telephone=donnees.telephone,
        courriel=donnees.courriel,
    )


def avec_naissance(donnees: DonneesIdentite, *, naissance: date, estimee: bool) -> DonneesIdentite:
    """The same identity with that birth date."""
    return replace(donnees, naissance=naissance, naissance_estimee=estimee)


def avec(donnees: DonneesIdentite, champ: str, valeur: str | date) -> DonneesIdentite:
    """The same identity with one datum set; a birth date given on proof is no longer an estimate."""
    valeurs: dict[str, Any] = {champ: valeur}
    if champ == "naissance":
        valeurs["naissance_estimee"] = False
    return replace(donnees, **valeurs)


def effacer(cles: Iterable[int]) -> Counter[str]:
    """Erase identities no file names any more, with their representatives. Run as ``m_maintenance``."""
    lues = set(cles)
    return Counter(
        representant=Representant.objects.filter(identite__in=lues).delete()[0],
        identite=Identite.objects.filter(pk__in=lues).delete()[0],
    )


#: What a page of one file needs, for the written query that reads it beside the file (``i``).
D_UN_DOSSIER: Final = f"""i.id, i.public_id, i.version,
  {", ".join(f"i.{champ.name}" for champ in fields(DonneesIdentite))},
  ARRAY(SELECT ARRAY[{", ".join(f"r.{champ.name}::text" for champ in fields(DonneesRepresentant))}]
        FROM situations_representant r
        WHERE r.identite_id = i.id AND r.cercle_id = i.cercle_id ORDER BY r.id)"""
_UNE: Final = Requete(f"SELECT {D_UN_DOSSIER} FROM situations_identite i WHERE i.id = %(cle)s::bigint")


def cle_dans(cercle: int, identite: UUID) -> int:
    """The key of the identity of that public id in that cercle. Raises ``Introuvable``."""
    cle = Identite.objects.filter(cercle=cercle, public_id=identite).values_list("pk", flat=True).first()
    if cle is None:
        raise Introuvable(identite)
    return cle


def lire(cle: int) -> IdentiteVue:
    """One identity with its legal representatives. Raises ``Introuvable`` where the wall hides it."""
    ligne = _UNE.ligne(cle=cle)
    if ligne is None:
        raise Introuvable()
    return d_un_dossier(ligne)


def d_un_dossier(valeurs: Sequence[Any]) -> IdentiteVue:
    """The identity and its representatives, from those columns in that order."""
    cle, public_id, version, *donnees, representants = valeurs
    return IdentiteVue(
        cle,
        public_id,
        version,
        DonneesIdentite(*donnees),
        tuple(DonneesRepresentant(*un) for un in representants),
    )


#: Columns a line of a list needs, for the written query that reads them beside the file.
DE_LISTE: Final = ("id", "public_id", "version", "nom", "prenom", "sexe", "naissance", "naissance_estimee")


def de_liste(valeurs: Sequence[Any]) -> IdentiteVue:
    """The identity of a line, from those columns in that order."""
    cle, public_id, version, *donnees = valeurs
    return IdentiteVue(cle, public_id, version, DonneesIdentite(*donnees))


def lire_plusieurs(cles: Iterable[int]) -> Mapping[int, IdentiteVue]:
    """Identities of a page of a list, by key, in one query; representatives are left out."""
    return {ligne.pk: _vue(ligne) for ligne in Identite.objects.filter(pk__in=set(cles))}


def _du_cercle(cercle: int) -> Iterable[tuple[int, Personne]]:
    lignes = Identite.objects.filter(cercle_id=cercle).order_by("pk")
    return (
        (pk, Personne(nom, prenom, jour))
        for pk, nom, prenom, jour in lignes.values_list("pk", "nom", "prenom", "naissance")
    )


def rapprochements(
    *, cercle: int, nom: str, prenom: str, naissance: date | None, sauf: int | None = None
) -> list[tuple[int, tuple[str, ...]]]:
    """Identities of the cercle that may be this person, with the reasons in words; no score."""
    connues = ((cle, personne) for cle, personne in _du_cercle(cercle) if cle != sauf)
    return a_rapprocher(Personne(nom, prenom, naissance), connues)


def chercher(*, cercles: Iterable[int], demande: str) -> list[int]:
    """Keys of the identities whose names answer what was typed, accents and near spelling accepted."""
    return [
        cle for cercle in cercles for cle, personne in _du_cercle(cercle) if correspond(demande, personne)
    ]


def cles_par_nom(cles: Iterable[int]) -> list[int]:
    """The same keys, in the order of the names, as French sorts them without accents."""
    vues = lire_plusieurs(cles).values()
    return [v.cle for v in sorted(vues, key=lambda v: (plat(v.donnees.nom), plat(v.donnees.prenom), v.cle))]
