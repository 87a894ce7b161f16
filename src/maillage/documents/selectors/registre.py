"""The register of conventions: those of one's councils, and those of one's cercles. Nothing else exists.

Filtered, ordered and cut by the database, on the steps each act writes (``rules.paliers``): as many queries
for one line as for fifty.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import (
    Case,
    DateField,
    Expression,
    ExpressionWrapper,
    F,
    Func,
    JSONField,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, JSONObject

from maillage.documents.familles import NOMINATIVE, SANS_NOM, Famille, Lue, UneConvention, faits_de
from maillage.documents.models import ConventionNominative
from maillage.documents.rules import conventions as regles
from maillage.documents.rules.genres import Genre, genres
from maillage.documents.selectors.conventions import nom_de_partie, nominatives, sans_nom
from maillage.documents.sources import ObjetPresente, source
from maillage.documents.states import LIBELLES, VIVANTS, EtatConvention
from maillage.instances.api import acteur, formation_du_cercle
from maillage.socle.temps import aujourd_hui
from maillage.territoires.api import fuseau, fuseau_de_commune, heures_d_ailleurs

PAR_PAGE: Final = 25
#: The day page tells the nearest reminders; a longer list is the register's.
RAPPELS_AU_PLUS: Final = 100
#: The step of a day, as SQL/JSON reads it.
DU_JOUR: Final = "$[*] ? (@.depuis <= $jour && @.jusqua > $jour)"


@dataclass(frozen=True, slots=True)
class Filtres:
    """``etat``: a state, or « vivantes » for what may still be signed, amended or ended.

    ``objet``: the pseudonym of the file they are about.
    """

    genre: str = ""
    etat: str = "vivantes"
    terme_avant: date | None = None
    objet: UUID | None = None


@dataclass(frozen=True, slots=True)
class LigneDeConvention:
    """One line of the register; ``objet`` is None between bodies."""

    public_id: Any
    numero: int
    genre: Genre
    etat: EtatConvention
    terme: date
    parties: str
    lieu: str
    objet: ObjetPresente | None
    rappels: tuple[regles.Rappel, ...]

    @property
    def libelle_etat(self) -> str:
        return LIBELLES[self.etat]


@dataclass(frozen=True, slots=True)
class PageDuRegistre:
    """A page, and the cursor of the next one."""

    lignes: tuple[LigneDeConvention, ...]
    suivante: str = ""


#: Each family with the way from its row to its council.
FAMILLES: Final = ((SANS_NOM, "conseil__"), (NOMINATIVE, "cercle__formation__conseil__"))


def _visibles(famille: Famille) -> QuerySet[Any]:
    return nominatives() if famille.nominative else sans_nom()


def _jour(chemin: str) -> Expression:
    """Today where the council is: of one day everywhere, but for the hours when the islands keep another."""
    ici = aujourd_hui()
    communes, departements = heures_d_ailleurs()
    cas = [
        When(**{f"{chemin}commune_code": code}, then=Value(jour, DateField()))
        for code in communes
        if (jour := aujourd_hui(fuseau_de_commune(code))) != aujourd_hui(fuseau(code[:3]))
    ]
    cas += [
        When(**{f"{chemin}departement_code": code}, then=Value(jour, DateField()))
        for code in departements
        if (jour := aujourd_hui(fuseau(code))) != ici
    ]
    return Case(*cas, default=Value(ici, DateField()), output_field=DateField())


def _au_jour(famille: Famille, chemin: str) -> QuerySet[Any]:
    """The visible rows with their ``etat`` and ``terme`` of today, as the database computes them."""
    jour = _jour(chemin)
    palier = Func(
        F("paliers"),
        Cast(Value(DU_JOUR), _CheminJson()),
        JSONObject(jour=Cast(Cast(jour, DateField()), TextField())),
        function="jsonb_path_query_first",
        output_field=JSONField(),
    )
    lignes: QuerySet[Any] = _visibles(famille).annotate(
        jour=jour,
        etat=KeyTextTransform("etat", palier),
        terme=Cast(KeyTextTransform("terme", palier), DateField()),
    )
    return lignes


class _CheminJson(TextField):
    """The type of a SQL/JSON path."""

    def db_type(self, connection: Any) -> str:
        return "jsonpath"

    def cast_db_type(self, connection: Any) -> str:
        return "jsonpath"


def _filtrees(lignes: QuerySet[Any], filtres: Filtres) -> QuerySet[Any]:
    if filtres.genre:
        lignes = lignes.filter(genre=filtres.genre)
    if filtres.etat == "vivantes":
        lignes = lignes.filter(etat__in=[etat.value for etat in VIVANTS])
    elif filtres.etat:
        lignes = lignes.filter(etat=filtres.etat)
    if filtres.objet is not None:
        lignes = lignes.filter(objet=filtres.objet) if lignes.model is ConventionNominative else lignes.none()
    if filtres.terme_avant is not None:
        lignes = lignes.filter(terme__lte=filtres.terme_avant)
    return lignes


def registre(filtres: Filtres, *, curseur: str = "", par_page: int = PAR_PAGE) -> PageDuRegistre:
    """A page, the nearest term first. Cursor ``AAAA-MM-JJ.famille.cle``: stable as rows appear before it."""
    depuis = _lire_curseur(curseur)
    trouvees: list[tuple[tuple[date, int, int], Famille, Any]] = []
    for rang, (famille, chemin) in enumerate(FAMILLES):
        lignes = _filtrees(_au_jour(famille, chemin), filtres)
        if depuis is not None:
            lignes = lignes.filter(_apres(depuis, rang))
        lues = lignes.order_by("terme", "pk").prefetch_related("parties__organisme__noms", "avenants")
        trouvees += [((ligne.terme, rang, ligne.pk), famille, ligne) for ligne in lues[: par_page + 1]]
    trouvees.sort(key=lambda trouvee: trouvee[0])
    page = trouvees[:par_page]
    suivante = ""
    if len(trouvees) > par_page:
        jour, rang, cle = page[-1][0]
        suivante = f"{jour.isoformat()}.{rang}.{cle}"
    return PageDuRegistre(_lignes([(famille, ligne) for _, famille, ligne in page]), suivante)


def conventions_de_l_objet(objet: UUID) -> tuple[LigneDeConvention, ...]:
    """The conventions about one file, as its page lists them."""
    return registre(Filtres(etat="", objet=objet)).lignes


def _lire_curseur(curseur: str) -> tuple[date, int, int] | None:
    """The place of a cursor; None when it is not one of ours (the first page is shown)."""
    try:
        jour, rang, cle = curseur.split(".")
        return date.fromisoformat(jour), int(rang), min(int(cle), 2**63 - 1)
    except ValueError:
        return None


def _apres(depuis: tuple[date, int, int], rang: int) -> Q:
    jour, leur_rang, cle = depuis
    plus_loin = Q(terme__gt=jour)
    if rang > leur_rang:
        return plus_loin | Q(terme=jour)
    return plus_loin | Q(terme=jour, pk__gt=cle) if rang == leur_rang else plus_loin


def a_rappeler() -> tuple[LigneDeConvention, ...]:
    """The lines with a reminder to tell, the nearest first: the database keeps those that may have one."""
    avance = timedelta(days=max(max(genre.rappels_jours) for genre in genres().values()))
    gardees: list[tuple[Famille, Any]] = []
    for famille, chemin in FAMILLES:
        lignes = _au_jour(famille, chemin).annotate(
            limite=ExpressionWrapper(F("terme") - F("preavis_jours"), output_field=DateField()),
            horizon=Cast(F("jour") + Value(avance), DateField()),
        )
        a_signer = Q(etat__in=[EtatConvention.A_PREPARER, EtatConvention.A_SIGNER], debut__lte=F("horizon"))
        finit = Q(etat=EtatConvention.EN_VIGUEUR, limite__lte=F("horizon"))
        lues = lignes.filter(a_signer | finit).order_by("terme", "pk")
        lues = lues.prefetch_related("parties__organisme__noms", "avenants")
        gardees += [(famille, ligne) for ligne in lues[:RAPPELS_AU_PLUS]]
    return tuple(ligne for ligne in _lignes(gardees) if ligne.rappels)


def _lignes(page: Sequence[tuple[Famille, UneConvention]]) -> tuple[LigneDeConvention, ...]:
    lecteur = acteur()
    objets = _presentes([ligne for _, ligne in page])
    lignes = []
    for famille, ligne in page:
        lue = Lue(ligne, famille)
        faits = faits_de(ligne, tuple(ligne.avenants.all()))
        etat, terme = ligne.__dict__["etat"], ligne.__dict__["terme"]
        noms = [nom_de_partie(partie, lue, lecteur) for partie in ligne.parties.all()]
        lignes.append(
            LigneDeConvention(
                public_id=ligne.public_id,
                numero=ligne.numero,
                genre=lue.genre,
                etat=EtatConvention(etat),
                terme=terme,
                parties=", ".join(sorted(filter(None, noms))),
                lieu=formation_du_cercle(lue.cercle).nom if lue.cercle is not None else lue.conseil.nom,
                objet=objets.get(ligne.pk) if famille.nominative else None,
                rappels=regles.rappels(faits, lue.jour, lue.genre.rappels_jours),
            )
        )
    return tuple(lignes)


def _presentes(page: Sequence[UneConvention]) -> dict[int, ObjetPresente]:
    """The files of a page of nominative conventions, one call a kind and a cercle."""
    groupes: dict[tuple[str, int], list[ConventionNominative]] = {}
    for ligne in page:
        if isinstance(ligne, ConventionNominative):
            groupes.setdefault((ligne.genre, ligne.cercle_id), []).append(ligne)
    trouves: dict[int, ObjetPresente] = {}
    for (genre_, cercle), lignes in groupes.items():
        vus = source(genre_).presenter(cercle, [ligne.objet for ligne in lignes])
        trouves |= {ligne.pk: vus[ligne.objet] for ligne in lignes if ligne.objet in vus}
    return trouves
