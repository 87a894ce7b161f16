"""Compute a report: read anonymous facts and plain tables, protect, compose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from maillage.droit.api import entier
from maillage.instances.api import ChiffresDeConseil, Conseil, chiffres_de_conseils, libelle_modele
from maillage.interface.typographie import accord
from maillage.pilotage import cadre, composition, selectors, sommes
from maillage.pilotage.bilan import Bilan, Chiffre, Ligne, Niveau, Obligation, Tableau
from maillage.pilotage.comptes import Fait
from maillage.pilotage.protection import Publication, publier
from maillage.socle.diffusion import Cellule
from maillage.socle.temps import FUSEAU_METROPOLE, aujourd_hui
from maillage.strategie.api import fiche
from maillage.territoires.api import Departement, fuseau, fuseau_de_commune

SEUIL = "statistique.effectif_a_depasser"
PREMIERE_ANNEE = 2000

UNE_FOIS_PAR_GROUPE = (
    "Un suivi compte une fois par groupe. La même personne suivie dans deux groupes compte deux fois : "
    "rien ne relie deux groupes, et ce bilan ne peut donc pas compter des personnes."
)
CALCULE = (
    "Tous les chiffres sont calculés sur ce qui a été enregistré ; aucun n’est saisi. Ceux des suivis "
    "viennent de faits sans nom, gardés après l’effacement des dossiers : un bilan passé ne change pas."
)
LIGNES_VIDES = "Une ligne sans aucun fait sur les années montrées n’apparaît pas."


#: Beyond it, proving that a national sum gives back no council's figure needs more than this program does.
CONSEILS_AU_PLUS = 200


class SommeImpossibleError(ValueError):
    """Too many councils for the protection of a national sum to be proved here."""

    def __init__(self, conseils: int) -> None:
        super().__init__(
            f"{conseils} conseils : la protection de leur somme n’est établie que jusqu’à {CONSEILS_AU_PLUS}."
        )


class AnneeImpossibleError(ValueError):
    """The year asked has not begun, or is before any report."""


def seuil_de(annee: int) -> int:
    """Counts are shown above it, that year."""
    return entier(SEUIL, date(annee, 12, 31))


def secret(seuil: int) -> str:
    """How small counts are protected, as the report says it."""
    return (
        f"Un effectif de {seuil} ou moins ne se montre pas : « {seuil} ou moins ». Un autre, « non publié », "
        "se tait avec lui quand un total permettrait de le retrouver. Zéro se montre. Une médiane ne se "
        f"montre qu’au-dessus de {seuil} suivis."
    )


def verifier_annee(annee: int, jour: date) -> None:
    """Refuse a year that has no report. Raises ``AnneeImpossibleError``."""
    if not PREMIERE_ANNEE <= annee <= jour.year:
        raise AnneeImpossibleError(f"Il n’y a pas de bilan pour {annee}.")


def fuseau_de(conseil: Conseil) -> ZoneInfo:
    """Where the council's year begins and ends."""
    if conseil.commune_code:
        return fuseau_de_commune(conseil.commune_code)
    return fuseau(conseil.departement_code)


def bilan_de_conseil(conseil: Conseil, annee: int) -> Bilan:
    """The annual report of a council."""
    lieu = fuseau_de(conseil)
    jour = aujourd_hui(lieu)
    verifier_annee(annee, jour)
    publiees = publications_de([conseil.pk], annee)[conseil.pk]
    activite = {an: _activite([conseil.pk], an, jour, lieu)[conseil.pk] for an in (annee - 1, annee)}
    reference = min(date(annee, 12, 31), jour)
    communes = cadre.communes_de(conseil, reference)
    return _composer(
        niveau=Niveau.INSTANCE,
        code=str(conseil.public_id),
        nom=conseil.nom,
        territoire=", ".join(communes.values()),
        annee=annee,
        jour=jour,
        publiees=publiees,
        ranges={conseil.departement_code: [conseil.pk]},
        activite=(activite[annee - 1], activite[annee]),
        obligations=cadre.du_conseil(conseil, annee, jour, communes, activite[annee]),
    )


def publications_de(conseils: Collection[int], annee: int) -> dict[int, dict[int, Publication]]:
    """What each council publishes, year by year, from one reading of the facts."""
    par_conseil: dict[int, list[Fait]] = {conseil: [] for conseil in conseils}
    for fait in selectors.faits(conseils, jusqu_en=annee):
        par_conseil[fait.instance].append(fait)
    return {conseil: publier(lus, derniere=annee, seuil=seuil_de) for conseil, lus in par_conseil.items()}


def bilan_de_departement(departement: Departement, annee: int) -> Bilan:
    """The sum of the councils of a département, protected beside each of their reports."""
    lieu = fuseau(departement.code)
    jour = aujourd_hui(lieu)
    verifier_annee(annee, jour)
    lus = list(Conseil.objects.filter(departement_code=departement.code).order_by("pk"))
    cles = [conseil.pk for conseil in lus]
    faits = selectors.faits(cles, jusqu_en=annee)
    avant, apres = (_activite(cles, an, jour, lieu) for an in (annee - 1, annee))
    return _composer(
        niveau=Niveau.DEPARTEMENT,
        code=departement.code,
        nom=f"Conseils de prévention, {departement.nom}",
        territoire=accord(len(lus), "conseil enregistré,conseils enregistrés"),
        annee=annee,
        jour=jour,
        publiees=_du_departement(faits, annee),
        ranges={departement.code: cles},
        activite=(_ajouter(avant.values()), _ajouter(apres.values())),
        obligations=cadre.du_departement(departement.code, lus, apres, annee, jour),
    )


def bilan_national(annee: int) -> Bilan:
    """The sum of every council recorded here, protected beside the reports of councils and départements."""
    jour = aujourd_hui()
    verifier_annee(annee, jour)
    lus = list(Conseil.objects.order_by("departement_code", "pk"))
    if len(lus) > CONSEILS_AU_PLUS:
        raise SommeImpossibleError(len(lus))
    cles = [conseil.pk for conseil in lus]
    faits = selectors.faits(cles, jusqu_en=annee)
    dedans: dict[int, str] = {conseil.pk: conseil.departement_code for conseil in lus}
    par_departement = _ranger(faits, lambda fait: dedans[fait.instance])
    enfants = {code: _du_departement(siens, annee) for code, siens in par_departement.items()}
    avant, apres = (_activite(cles, an, jour, FUSEAU_METROPOLE) for an in (annee - 1, annee))
    return _composer(
        niveau=Niveau.NATIONAL,
        code="FR",
        nom="Conseils de prévention, France",
        territoire=accord(len(lus), "conseil enregistré,conseils enregistrés"),
        annee=annee,
        jour=jour,
        publiees=publier(faits, derniere=annee, seuil=seuil_de, enfants=enfants),
        ranges=_par_departement(lus),
        activite=(_ajouter(avant.values()), _ajouter(apres.values())),
        obligations=cadre.national(lus, apres, annee, jour),
    )


def _du_departement(faits: Collection[Fait], annee: int) -> dict[int, Publication]:
    """What a département publishes, once each of its councils has published."""
    par_conseil = _ranger(faits, lambda fait: str(fait.instance))
    enfants = {nom: publier(siens, derniere=annee, seuil=seuil_de) for nom, siens in par_conseil.items()}
    return publier(faits, derniere=annee, seuil=seuil_de, enfants=enfants)


def _par_departement(conseils: Collection[Conseil]) -> dict[str, list[int]]:
    ranges: dict[str, list[int]] = {}
    for conseil in conseils:
        ranges.setdefault(conseil.departement_code, []).append(conseil.pk)
    return ranges


def _ranger(faits: Collection[Fait], cle: Callable[[Fait], str]) -> dict[str, list[Fait]]:
    ranges: dict[str, list[Fait]] = {}
    for fait in faits:
        ranges.setdefault(cle(fait), []).append(fait)
    return ranges


def _composer(
    *,
    niveau: Niveau,
    code: str,
    nom: str,
    territoire: str,
    annee: int,
    jour: date,
    publiees: Mapping[int, Publication],
    ranges: Mapping[str, Collection[int]],
    activite: tuple[ChiffresDeConseil, ChiffresDeConseil],
    obligations: tuple[Obligation, ...],
) -> Bilan:
    an, avant = publiees[annee], publiees[annee - 1]
    conseils = [conseil for groupe in ranges.values() for conseil in groupe]
    jours = selectors.delais(conseils, annees=(annee - 1, annee))
    seuils = seuil_de(annee - 1), seuil_de(annee)
    delais = tuple(
        composition.delai(
            delai,
            selectors.mediane(jours.get((delai, annee), []), seuils[1]),
            selectors.mediane(jours.get((delai, annee - 1), []), seuils[0]),
        )
        for delai, _, _ in composition.DELAIS
        if delai not in composition.AU_BESOIN or any(jours.get((delai, an)) for an in (annee - 1, annee))
    )
    return Bilan(
        niveau=niveau,
        code=code,
        nom=nom,
        territoire=territoire,
        annee=annee,
        calcule_le=jour,
        provisoire=annee == jour.year,
        seuil=seuils[1],
        chiffres=(
            *composition.chiffres(an, avant),
            *_chiffres_d_activite(*activite),
            *sommes.chiffres(ranges, annee, seuils),
            _doublement(an, avant),
        ),
        delais=delais,
        tableaux=(*composition.tableaux(an, avant, annee), *_tableau_des_seances(activite, annee)),
        obligations=obligations,
        avertissements=(
            UNE_FOIS_PAR_GROUPE,
            secret(seuils[1]),
            CALCULE,
            LIGNES_VIDES,
            _definition_nationale(),
        ),
    )


def _activite(
    conseils: Sequence[int], annee: int, jour: date, lieu: ZoneInfo
) -> dict[int, ChiffresDeConseil]:
    """Séances of the year, and groupes, mandates and charters at its end, or today if it is not over."""
    debut = datetime(annee, 1, 1, tzinfo=lieu)
    fin = datetime(annee + 1, 1, 1, tzinfo=lieu)
    if annee == jour.year:
        fin = datetime(jour.year, jour.month, jour.day, 23, 59, 59, tzinfo=lieu)
    return chiffres_de_conseils(conseils, debut=debut, fin=fin)


def _ajouter(activites: Collection[ChiffresDeConseil]) -> ChiffresDeConseil:
    seances: dict[str, int] = {}
    for activite in activites:
        for modele, nombre in activite.seances.items():
            seances[modele] = seances.get(modele, 0) + nombre
    registres: Counter[str] = Counter()
    for activite in activites:
        registres.update(activite.registres)
    return ChiffresDeConseil(
        groupes_nominatifs=sum(a.groupes_nominatifs for a in activites),
        groupes_sans_noms=sum(a.groupes_sans_noms for a in activites),
        mandats=sum(a.mandats for a in activites),
        chartes_signees=sum(a.chartes_signees for a in activites),
        referents=sum(a.referents for a in activites),
        chartes=sum(a.chartes for a in activites),
        reglements=sum(a.reglements for a in activites),
        seances=seances,
        plenieres=tuple(sorted(jour for a in activites for jour in a.plenieres)),
        registres=dict(registres),
    )


def _chiffres_d_activite(avant: ChiffresDeConseil, an: ChiffresDeConseil) -> tuple[Chiffre, ...]:
    return (
        composition.simple(
            "seances",
            "Séances tenues",
            sum(an.seances.values()),
            sum(avant.seances.values()),
            "Séances closes, toutes formations réunies.",
        ),
        composition.simple(
            "groupes",
            "Groupes de travail",
            an.groupes_nominatifs + an.groupes_sans_noms,
            avant.groupes_nominatifs + avant.groupes_sans_noms,
            "Groupes en activité en fin d’année, avec ou sans personnes nommées.",
        ),
        composition.simple(
            "referents",
            "Référents de parcours",
            an.referents,
            avant.referents,
            "Agents habilités comme référents en fin d’année, une fois par groupe.",
        ),
        composition.simple(
            "chartes_signees",
            "Chartes signées",
            an.chartes_signees,
            avant.chartes_signees,
            "Membres habilités en fin d’année qui avaient signé la charte alors en vigueur.",
        ),
        *(
            composition.simple(
                f"registres_{genre}", libelle, an.registres.get(genre, 0), avant.registres.get(genre, 0), quoi
            )
            for genre, libelle, quoi in composition.REGISTRES
        ),
    )


def _cible() -> tuple[int, int, str]:
    """The national starting point, the target and the day of the first, as fiche 4 states them."""
    suivis, fois = (
        next(chiffre for chiffre in fiche(4).chiffres if chiffre.unite == unite)
        for unite in ("jeunes", "fois")
    )
    depart = int(suivis.valeur)
    return depart, int(depart * fois.valeur), suivis.date or ""


def _definition_nationale() -> str:
    depart, cible, jour = _cible()
    le = date.fromisoformat(jour)
    return (
        f"Jeunes suivis : la stratégie nationale part de {depart:_} jeunes au {le:%d/%m/%Y} et vise leur "
        f"doublement, soit {cible:_} (fiche 4). Le bilan donne la contribution locale, pas une part "
        "de cet objectif : la série nationale vient des réponses des préfectures et n’est pas "
        "comparable d’une année à l’autre."
    ).replace("_", "\u00a0")


def _doublement(an: Publication, avant: Publication) -> Chiffre:
    depart, cible, _ = _cible()
    return Chiffre(
        "jeunes_suivis",
        "Jeunes suivis en fin d’année",
        an.cellule("en_cours.jeune"),
        avant.cellule("en_cours.jeune"),
        "Suivis en cours dans le volet des jeunes, une fois par groupe. "
        f"Contribution locale au doublement national, de {depart:_} à {cible:_} (fiche 4).".replace(
            "_", "\u00a0"
        ),
    )


def _tableau_des_seances(
    activite: tuple[ChiffresDeConseil, ChiffresDeConseil], annee: int
) -> tuple[Tableau, ...]:
    modeles = sorted({*activite[0].seances, *activite[1].seances}, key=libelle_modele)
    if not modeles:
        return ()
    lignes = tuple(
        Ligne(modele, libelle_modele(modele), tuple(Cellule(a.seances.get(modele, 0)) for a in activite))
        for modele in modeles
    )
    total = Ligne("total", "Ensemble", tuple(Cellule(sum(a.seances.values())) for a in activite))
    colonnes = (str(annee - 1), str(annee))
    return (Tableau("seances", "Séances par modèle", "Modèle", colonnes, lignes, total),)
