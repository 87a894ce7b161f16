"""Who does what in one commune: the table of the law, answered with what is really recorded there.

Nothing here names a followed person: councils, registers opened, decisions of delegation by their number.
What no one recorded is said « non renseigné », never deduced.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Q

from maillage.droit.competences import (
    CONDITIONS,
    SCHEMAS,
    TRANSFERTS,
    Acte,
    Competence,
    Condition,
    SchemaLocal,
    competences,
    schema_local,
)
from maillage.instances.api import ConseilCommune, Formation, GenreFormation
from maillage.interface.typographie import accord
from maillage.maire.models import Delegation, Pouvoir
from maillage.territoires.api import communes_par_code, epci_des_communes, membres

NON_RENSEIGNE: Final = "Non renseigné"
INTERCOMMUNAUX: Final = frozenset({"cispd", "cmspd"})
#: The delegation that gives each act to a deputy.
POUVOIRS: Final[Mapping[Acte, Pouvoir]] = {
    Acte.RAPPEL: Pouvoir.RAPPEL,
    Acte.CONVOCATION: Pouvoir.RAPPEL,
    Acte.TRANSACTION: Pouvoir.TRANSACTION,
    Acte.EXCLUSION_COMMUNAL: Pouvoir.SPORT,
}


@dataclass(frozen=True, slots=True)
class ConseilIci:
    """A council recorded on the territory: of this commune, or of others of its intercommunality."""

    nom: str
    genre: str
    intercommunal: bool
    couvre: bool


@dataclass(frozen=True, slots=True)
class Topologie:
    """What is recorded on the territory of a commune, on a day."""

    commune: str
    nom: str
    epci: str
    conseils: tuple[ConseilIci, ...]
    registres: Mapping[str, str]
    delegations: Mapping[str, tuple[str, ...]]

    @property
    def cispd(self) -> ConseilIci | None:
        """The intercommunal council the commune takes part in."""
        return next((conseil for conseil in self.conseils if conseil.intercommunal and conseil.couvre), None)

    @property
    def clspd(self) -> ConseilIci | None:
        return next(
            (conseil for conseil in self.conseils if not conseil.intercommunal and conseil.couvre), None
        )

    @property
    def sans_conseil(self) -> bool:
        """Whether no council recorded here covers the commune: its registers cannot be opened yet."""
        return not any(conseil.couvre for conseil in self.conseils)

    @property
    def schema(self) -> SchemaLocal:
        """The pattern of the whole intercommunality, not of the commune alone."""
        return schema_local(
            intercommunal=any(conseil.intercommunal for conseil in self.conseils),
            communal=any(not conseil.intercommunal for conseil in self.conseils),
        )

    def remplies(self, acte: Acte) -> frozenset[Condition]:
        """The conditions that what is recorded here shows to be met."""
        remplies = set()
        if self.cispd is not None:
            remplies.add(Condition.COMPETENCE_EPCI)
        pouvoir = POUVOIRS.get(acte)
        if pouvoir is not None and self.delegations.get(pouvoir.value):
            remplies.add(Condition.DELEGATION)
        return frozenset(remplies)


@dataclass(frozen=True, slots=True)
class LigneDeRepartition:
    """One act here. ``ici``: who may do it today; ``sous_condition``: who could, if; ``note``: the record.

    ``renseigne`` is False where something that should be recorded is not.
    """

    acte: Acte
    libelle: str
    ici: tuple[str, ...]
    sous_condition: tuple[str, ...]
    note: str
    renseigne: bool
    transfert: str
    comment: str
    base_legale: str
    a_verifier: bool
    propre: bool


@dataclass(frozen=True, slots=True)
class Repartition:
    """The page: the pattern, then each theme with its acts."""

    topologie: Topologie
    le: date
    schema: SchemaLocal
    titre_schema: str
    phrase_schema: str
    themes: tuple[tuple[str, tuple[LigneDeRepartition, ...]], ...]

    @property
    def manques(self) -> tuple[str, ...]:
        """What nobody recorded, by act."""
        return tuple(ligne.libelle for _, lignes in self.themes for ligne in lignes if not ligne.renseigne)


def topologie(commune: str, le: date) -> Topologie | None:
    """What is recorded there, None for an unknown commune. Six queries, whatever the territory."""
    trouvee = communes_par_code([commune]).get(commune)
    if trouvee is None:
        return None
    epci = next(iter(epci_des_communes([commune], le).get(commune, ())), None)
    codes = {membre.code for membre in membres(epci.code, le)} if epci is not None else set()
    registres = Formation.objects.filter(
        Q(commune_code=commune) | Q(commune_code="", conseil__epci_code=epci.code if epci else "-"),
        genre__in=(GenreFormation.ACTES_MAIRE, GenreFormation.CDDF, GenreFormation.CCTP),
        dissoute_le__isnull=True,
        cree_le__date__lte=le,
    )
    delegations: dict[str, list[str]] = {}
    en_vigueur = Delegation.objects.en_vigueur(le).filter(commune_code=commune).order_by("depuis")
    for delegation in en_vigueur:
        for pouvoir in delegation.pouvoirs:
            delegations.setdefault(pouvoir, []).append(delegation.arrete_numero)
    return Topologie(
        commune=commune,
        nom=trouvee.nom,
        epci=epci.nom if epci is not None else "",
        conseils=_conseils(commune, {commune, *codes}, le),
        registres=dict(registres.order_by("-commune_code").values_list("genre", "nom")),
        delegations={pouvoir: tuple(numeros) for pouvoir, numeros in delegations.items()},
    )


def _conseils(commune: str, codes: set[str], le: date) -> tuple[ConseilIci, ...]:
    lignes = (
        ConseilCommune.objects.filter(
            commune_code__in=codes, depuis__lte=le, conseil__dissous_le__isnull=True
        )
        .exclude(jusqua__lte=le)
        .select_related("conseil")
    )
    vus: dict[int, ConseilIci] = {}
    for ligne in lignes.order_by("conseil__nom"):
        conseil = ligne.conseil
        couvre = ligne.commune_code == commune or (conseil.pk in vus and vus[conseil.pk].couvre)
        intercommunal = conseil.genre in INTERCOMMUNAUX
        vus[conseil.pk] = ConseilIci(conseil.nom, conseil.get_genre_display(), intercommunal, couvre)
    return tuple(sorted(vus.values(), key=lambda c: (not c.couvre, not c.intercommunal, c.nom)))


def repartition(lue: Topologie, le: date) -> Repartition:
    """Each act of the table, as it stands in that commune on that day."""
    themes: dict[str, list[LigneDeRepartition]] = {}
    for fiche in competences().values():
        if fiche.au(le) is not None:
            themes.setdefault(fiche.theme, []).append(_ligne(fiche, lue, le))
    titre, phrase = SCHEMAS[lue.schema]
    return Repartition(
        topologie=lue,
        le=le,
        schema=lue.schema,
        titre_schema=titre,
        phrase_schema=phrase,
        themes=tuple((theme, tuple(lignes)) for theme, lignes in themes.items()),
    )


def _ligne(fiche: Competence, lue: Topologie, le: date) -> LigneDeRepartition:
    valeur = fiche.au(le)
    assert valeur is not None  # only acts the law of that day knows
    remplies = lue.remplies(fiche.acte)
    ici, sous = [], []
    for competent in fiche.competents(le):
        if competent.condition is None or competent.condition in remplies:
            ici.append(competent.en_mots.removesuffix(_suffixe(competent.condition)))
        else:
            sous.append(competent.en_mots)
    note, renseigne = _note(fiche.acte, lue)
    return LigneDeRepartition(
        acte=fiche.acte,
        libelle=fiche.libelle,
        ici=tuple(ici),
        sous_condition=tuple(sous),
        note=note,
        renseigne=renseigne,
        transfert=TRANSFERTS[fiche.transfert],
        comment=fiche.comment,
        base_legale=valeur.base_legale,
        a_verifier=valeur.a_verifier,
        propre=fiche.transfert == "jamais",
    )


def _suffixe(condition: Condition | None) -> str:
    return f" {CONDITIONS[condition]}" if condition else ""


def _note(acte: Acte, lue: Topologie) -> tuple[str, bool]:
    """What is recorded about the act here, and whether what should be is."""
    pouvoir = POUVOIRS.get(acte)
    if pouvoir is not None:
        numeros = lue.delegations.get(pouvoir.value, ())
        if not numeros:
            return "Aucune délégation enregistrée : le maire agit seul.", True
        arretes = ", ".join(dict.fromkeys(numeros))
        return f"{accord(len(numeros), 'délégation,délégations')} : arrêté {arretes}.", True
    attendus = {
        Acte.REGISTRE_ACTES: lue.registres.get("actes_maire"),
        Acte.CDDF_COMMUNE: lue.registres.get("cddf"),
        Acte.CLSPD_CREATION: lue.clspd.nom if lue.clspd else None,
        Acte.CISPD_CREATION: lue.cispd.nom if lue.cispd else None,
    }
    if acte not in attendus:
        return "", True
    nom = attendus[acte]
    return (f"{nom}.", True) if nom else (f"{NON_RENSEIGNE}.", False)
