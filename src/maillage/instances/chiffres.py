"""Figures of councils, from tables that name no followed person: séances, groupes, mandates, charters.

Read by the annual report. Nothing here is erased with a file, so a past year stays as it was.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q

from maillage.instances.etats_seance import EtatSeance
from maillage.instances.modeles_seance import modeles
from maillage.instances.models import (
    Formation,
    GenreFormation,
    GenreTexte,
    Habilitation,
    Role,
    Signature,
    Texte,
)
from maillage.instances.models.formation import GENRES_COMMUNAUX
from maillage.instances.models.seance import Seance


@dataclass(frozen=True, slots=True)
class ChiffresDeConseil:
    """What a council was at the end of a period, and the séances it held within it.

    ``seances``: number closed in the period, by template. ``plenieres``: days of the plenary ones.
    ``mandats`` counts agents habilitated in a groupe, once by groupe; ``chartes_signees`` those of them who
    had signed the charter then in force. ``registres``: registers beside the groupes, by kind of formation.
    """

    groupes_nominatifs: int = 0
    groupes_sans_noms: int = 0
    mandats: int = 0
    chartes_signees: int = 0
    referents: int = 0
    chartes: int = 0
    reglements: int = 0
    seances: Mapping[str, int] = field(default_factory=dict)
    plenieres: tuple[date, ...] = ()
    registres: Mapping[str, int] = field(default_factory=dict)


def libelle_modele(code: str) -> str:
    """The words of a template of séance, even one no longer offered."""
    return modeles()[code].libelle if code in modeles() else code


def chiffres(conseils: Collection[int], *, debut: datetime, fin: datetime) -> dict[int, ChiffresDeConseil]:
    """Figures of each council, in six queries whatever their number. ``fin`` is excluded."""
    groupes = _groupes(conseils, fin)
    textes = _textes(conseils, fin)
    mandats = _mandats(conseils, fin)
    seances, plenieres = _seances(conseils, debut, fin)
    registres = registres_communaux(conseils, fin=fin)
    return {
        conseil: ChiffresDeConseil(
            groupes_nominatifs=groupes[conseil, True],
            groupes_sans_noms=groupes[conseil, False],
            mandats=mandats[conseil, "tous"],
            chartes_signees=mandats[conseil, "signes"],
            referents=mandats[conseil, Role.REFERENT.value],
            chartes=textes[conseil, GenreTexte.CHARTE.value],
            reglements=textes[conseil, GenreTexte.REGLEMENT.value],
            seances=dict(seances[conseil]),
            plenieres=tuple(sorted(plenieres[conseil])),
            registres={genre: n for (de, genre), n in registres.items() if de == conseil},
        )
        for conseil in conseils
    }


def registres_communaux(conseils: Collection[int], *, fin: datetime) -> Counter[tuple[int, str]]:
    """How many family councils, cells and registers of mayor's acts each council has, by kind."""
    lignes = Formation.objects.actives(fin).filter(conseil__in=conseils, genre__in=GENRES_COMMUNAUX)
    return Counter(lignes.values_list("conseil_id", "genre"))


def _groupes(conseils: Collection[int], fin: datetime) -> Counter[tuple[int, bool]]:
    lignes = Formation.objects.actives(fin).filter(conseil__in=conseils, genre=GenreFormation.GROUPE)
    return Counter(
        (conseil, cercle is not None) for conseil, cercle in lignes.values_list("conseil_id", "cercle_id")
    )


def _en_vigueur(fin: datetime) -> Q:
    """Texts in force at that instant, replaced since or not."""
    return Q(adopte_le__lt=fin) & (Q(remplace_le__isnull=True) | Q(remplace_le__gte=fin))


def _textes(conseils: Collection[int], fin: datetime) -> Counter[tuple[int, str]]:
    lignes = Texte.objects.filter(
        _en_vigueur(fin), formation__conseil__in=conseils, formation__genre=GenreFormation.GROUPE
    )
    return Counter(lignes.values_list("formation__conseil_id", "genre"))


def _mandats(conseils: Collection[int], fin: datetime) -> Counter[tuple[int, str]]:
    signatures = Signature.objects.filter(
        compte=OuterRef("compte_id"),
        texte__formation__cercle=OuterRef("cercle_id"),
        texte__genre=GenreTexte.CHARTE,
        texte__adopte_le__lt=fin,
        le__lt=fin,
    ).exclude(texte__remplace_le__lt=fin)
    lignes = (
        Habilitation.objects.en_vigueur(fin)
        .filter(cercle__formation__conseil__in=conseils, cercle__formation__genre=GenreFormation.GROUPE)
        .annotate(a_signe=Exists(signatures))
        .values_list("cercle__formation__conseil_id", "role", "a_signe")
    )
    comptes: Counter[tuple[int, str]] = Counter()
    for conseil, role, a_signe in lignes:
        comptes[conseil, "tous"] += 1
        comptes[conseil, "signes"] += a_signe
        comptes[conseil, role] += 1
    return comptes


def _seances(
    conseils: Collection[int], debut: datetime, fin: datetime
) -> tuple[defaultdict[int, Counter[str]], defaultdict[int, list[date]]]:
    par_modele: defaultdict[int, Counter[str]] = defaultdict(Counter)
    plenieres: defaultdict[int, list[date]] = defaultdict(list)
    lignes = Seance.objects.filter(
        formation__conseil__in=conseils,
        etat=EtatSeance.CLOSE,
        commence_le__gte=debut,
        commence_le__lt=fin,
    )
    for conseil, genre, modele, le in lignes.values_list(
        "formation__conseil_id", "formation__genre", "modele", "commence_le"
    ):
        par_modele[conseil][modele] += 1
        if genre == GenreFormation.PLENIERE:
            plenieres[conseil].append(le.astimezone(debut.tzinfo).date())
    return par_modele, plenieres
