"""The only module that reads and writes names. Everything else handles pseudonymous ids.

One door. A name is sealed in the database, under the key of that person (decision 25): names are opened,
searched and compared here, in Python, over what the actor may see, inside one cercle; no index, no SQL
search exists on a personal column.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any, Final, TypeVar
from uuid import UUID, uuid4

from django.db import transaction

from maillage.droit.api import age
from maillage.situations import scellement
from maillage.situations.doublons import Ecritures, Personne, a_rapprocher, correspond, plat
from maillage.situations.models import Identite, Representant
from maillage.socle.cles.acces import coffre
from maillage.socle.cles.coffre import Cles, CoffreFerme
from maillage.socle.cles.operateur import detruire
from maillage.socle.cles.page import cles_de
from maillage.socle.cles.scelle import CleDeDossier
from maillage.socle.contexte import en_maintenance
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


D = TypeVar("D", DonneesIdentite, DonneesRepresentant)
#: What stands for someone whose key was destroyed, in a backup brought back: nobody reads it any more.
EFFACEE: Final = DonneesIdentite(nom="Identité effacée", prenom="")
_EFFACE: Final = DonneesRepresentant(nom="Identité effacée", prenom="", lien="autre")


def creer(*, cercle: int, donnees: DonneesIdentite, representants: Iterable[DonneesRepresentant] = ()) -> int:
    """Record an identity in a cercle; returns its key. Called by services, inside their savepoint.

    The key is in the store before the row is written: a page undone leaves an orphan, swept the next day.
    """
    public = uuid4()
    cle = coffre().creer([public])[public]
    ligne = Identite.objects.create(
        cercle_id=cercle, public_id=public, scelle=scellement.fermer(cle, _rognee(donnees), public)
    )
    for representant in representants:
        _joindre(cle, cercle, ligne.pk, representant)
    return ligne.pk


def ajouter_representant(*, cercle: int, identite: int, donnees: DonneesRepresentant) -> None:
    """Record a legal representative of a minor."""
    _joindre(cle_de(identite), cercle, identite, donnees)


def corriger(*, identite: int, version: int, donnees: DonneesIdentite) -> None:
    """Rectify an identity at its expected version (RGPD, art. 16)."""
    cle = cle_de(identite)
    ferme = scellement.fermer(cle, _rognee(donnees), cle.objet, version=version + 1)
    modifier(Identite.objects.filter(pk=identite), version=version, scelle=ferme)


def _joindre(cle: CleDeDossier, cercle: int, identite: int, donnees: DonneesRepresentant) -> None:
    public = uuid4()
    ferme = scellement.fermer(cle, _rognee(donnees), public)
    Representant.objects.create(cercle_id=cercle, identite_id=identite, public_id=public, scelle=ferme)


def _rognee(donnees: D) -> D:
    return replace(donnees, nom=donnees.nom.strip(), prenom=donnees.prenom.strip())


def cle_de(identite: int) -> CleDeDossier:
    """The last key of an identity the actor sees, to write. Raises ``Introuvable``, also for one erased.

    The row is locked before the key is read: what is sealed here is sealed again by a renewal under way.
    """
    lues = Identite.objects.select_for_update(no_key=True).filter(pk=identite)
    public = lues.values_list("public_id", flat=True).first()
    cles = cles_des([public])[public] if public is not None else None
    if not cles:
        raise Introuvable()
    return cles[max(cles)]


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
    """Erase identities no file names any more, with their representatives. Run as ``m_maintenance``.

    Their keys are destroyed once the rows are gone for good; cut in between, the next sweep ends it.
    """
    lues = set(cles)
    publics = list(Identite.objects.filter(pk__in=lues).values_list("public_id", flat=True))
    lignes = Counter(
        representant=Representant.objects.filter(identite__in=lues).delete()[0],
        identite=Identite.objects.filter(pk__in=lues).delete()[0],
    )
    transaction.on_commit(partial(detruire, coffre(), publics))
    return lignes


#: What a page of one file needs, for the written query that reads it beside the file (``i``).
D_UN_DOSSIER: Final = f"""i.id, i.public_id, i.version, i.scelle, {
    ", ".join(
        f"ARRAY(SELECT r.{colonne} FROM situations_representant r "
        "WHERE r.identite_id = i.id AND r.cercle_id = i.cercle_id ORDER BY r.id)"
        for colonne in ("public_id", "scelle")
    )
}"""
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
    cle, public, version, ferme, publics, fermes = valeurs
    cles = cles_des([public])[public]
    return IdentiteVue(
        cle,
        public,
        version,
        scellement.ouvrir(cles, DonneesIdentite, ferme, public, version=version) if cles else EFFACEE,
        tuple(
            scellement.ouvrir(cles, DonneesRepresentant, un, de) if cles else _EFFACE
            for de, un in zip(publics, fermes, strict=True)
        ),
    )


def cles_des(publics: Collection[UUID]) -> Cles:
    """Their keys; none for the erased. Raises ``CoffreFerme`` for one that should be there."""
    lues = cles_de(publics)
    absentes = [public for public in publics if not lues.get(public)]
    if not absentes:
        return lues
    if set(absentes) - coffre().detruites(absentes):
        raise CoffreFerme("des clés d’identités ne sont pas dans le coffre : remettez sa copie.")
    return {**lues, **{public: {} for public in absentes}}


#: Columns a line of a list needs, for the written query that reads them beside the file.
DE_LISTE: Final = ("id", "public_id", "version", "scelle")


def des_listes(lignes: Iterable[Sequence[Any]]) -> list[IdentiteVue]:
    """The identities of a list, from those columns in that order: their keys are asked all at once."""
    lues = list(lignes)
    cles = cles_des([public for _, public, _, _ in lues])
    return [
        IdentiteVue(
            cle,
            public,
            version,
            scellement.ouvrir(cles[public], DonneesIdentite, ferme, public, version=version)
            if cles[public]
            else EFFACEE,
        )
        for cle, public, version, ferme in lues
    ]


def lire_plusieurs(cles: Iterable[int]) -> Mapping[int, IdentiteVue]:
    """Identities of a page of a list, by key, in one query; representatives are left out."""
    lignes = Identite.objects.filter(pk__in=set(cles)).values_list(*DE_LISTE)
    return {vue.cle: vue for vue in des_listes(lignes)}


def _du_cercle(cercle: int) -> Iterable[tuple[int, Personne]]:
    lignes = Identite.objects.filter(cercle_id=cercle).order_by("pk").values_list(*DE_LISTE)
    for vue in des_listes(lignes):
        yield vue.cle, Personne(vue.donnees.nom, vue.donnees.prenom, vue.donnees.naissance)


def rapprochements(
    *, cercle: int, nom: str, prenom: str, naissance: date | None, sauf: int | None = None
) -> list[tuple[int, tuple[str, ...]]]:
    """Identities of the cercle that may be this person, with the reasons in words; no score."""
    connues = ((cle, personne) for cle, personne in _du_cercle(cercle) if cle != sauf)
    return a_rapprocher(Personne(nom, prenom, naissance), connues)


def chercher(*, cercles: Iterable[int], demande: str) -> list[int]:
    """Keys of the identities whose names answer what was typed, accents and near spelling accepted."""
    ecritures = Ecritures()
    return [
        cle
        for cercle in cercles
        for cle, personne in _du_cercle(cercle)
        if correspond(demande, personne, ecritures)
    ]


def cles_par_nom(cles: Iterable[int]) -> list[int]:
    """The same keys, in the order of the names, as French sorts them without accents."""
    vues = lire_plusieurs(cles).values()
    return [v.cle for v in sorted(vues, key=lambda v: (plat(v.donnees.nom), plat(v.donnees.prenom), v.cle))]


def fermer_en_lot(
    lot: Sequence[tuple[UUID, UUID, DonneesIdentite | DonneesRepresentant]],
) -> list[bytes]:
    """For a bulk load: what each row seals, from the pseudonym of its identity, its own, and its fields."""
    cles = coffre().creer([objet for objet, _, _ in lot])
    return [scellement.fermer(cles[objet], donnees, ligne) for objet, ligne, donnees in lot]


def vivantes(publics: Collection[UUID]) -> set[UUID]:
    """Those of these identities that still have a row."""
    with en_maintenance():
        return set(Identite.objects.filter(public_id__in=publics).values_list("public_id", flat=True))


def resceller(publics: Collection[UUID], *, ensuite: Callable[[Cles], None] | None = None) -> int:
    """Seal these identities and their representatives again, each under its last key. Run as an operator.

    ``ensuite``: what else these keys close, in the same transaction, once these rows are locked.
    """
    cles = coffre().lire(publics)
    with en_maintenance():
        lignes = list(Identite.objects.select_for_update().filter(public_id__in=publics))
        proches = Representant.objects.select_for_update().filter(identite__in=lignes)
        publics_de = {ligne.pk: ligne.public_id for ligne in lignes}
        for ligne in lignes:
            connues = cles[ligne.public_id]
            lues = scellement.ouvrir(
                connues, DonneesIdentite, ligne.scelle, ligne.public_id, version=ligne.version
            )
            ferme = scellement.fermer(connues[max(connues)], lues, ligne.public_id, version=ligne.version)
            Identite.objects.filter(pk=ligne.pk).update(scelle=ferme)
        for proche in proches:
            connues = cles[publics_de[proche.identite_id]]
            lu = scellement.ouvrir(connues, DonneesRepresentant, proche.scelle, proche.public_id)
            ferme = scellement.fermer(connues[max(connues)], lu, proche.public_id)
            Representant.objects.filter(pk=proche.pk).update(scelle=ferme)
        if ensuite is not None:
            ensuite({public: cles[public] for public in publics_de.values()})
    return len(lignes)
