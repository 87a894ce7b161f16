"""The plan as a timeline: one track a domain, the days without support drawn and written."""

from datetime import date

from maillage.interface.chronologie import Bande, Chronologie, Genre, Piste, chronologie
from maillage.interface.typographie import accord, date_longue, en_lettres
from maillage.parcours.etats_sortie import EtatEtape
from maillage.parcours.rules.continuite import Continuite, Trou
from maillage.parcours.selectors.sortie import DomaineVu, EtapeVue, PlanVu


def dessiner(vu: PlanVu, aujourd_hui: date) -> Chronologie:
    """The timeline of a plan, as its reader may see it."""
    mesure = Piste(
        "Mesure",
        (Bande(min(vu.plan.cree_le, vu.fin), vu.fin, Genre.MESURE),),
        (f"jusqu’au {date_longue(vu.fin)}",),
    )
    return chronologie(
        constat(vu),
        legende=f"Relais après la fin de la mesure, le {date_longue(vu.fin)}",
        pistes=[mesure, *(_piste(domaine) for domaine in vu.domaines)],
        repere=vu.fin,
        repere_texte="Fin de la mesure",
        aujourd_hui=aujourd_hui,
    )


def constat(vu: PlanVu) -> str:
    """The finding, in one sentence."""
    calcul = vu.continuite
    sans_date = [trou for trou in calcul.trous if trou.jours is None]
    if sans_date:
        nombre = len({trou.domaine for trou in sans_date})
        if nombre == 1:
            return f"{_libelle(vu, sans_date[0].domaine)} : aucun relais daté après la mesure"
        return f"{en_lettres(nombre).capitalize()} domaines n’ont aucun relais daté après la mesure"
    pire = calcul.pire
    if pire is None:
        return "Aucun jour sans relais après la fin de la mesure"
    return f"{accord(pire.jours or 0, 'jour,jours')} sans relais : {_libelle(vu, pire.domaine).lower()}"


def _libelle(vu: PlanVu, code: str) -> str:
    return next(domaine.libelle for domaine in vu.domaines if domaine.code == code)


def _piste(domaine: DomaineVu) -> Piste:
    tenues = [vue for vue in domaine.etapes if vue.etape.etat != EtatEtape.ABANDONNEE]
    bandes = [
        Bande(
            vue.debut,
            vue.etape.fin_le,
            Genre.EFFECTIF if vue.etape.etat == EtatEtape.EFFECTIVE else Genre.PREVU,
        )
        for vue in tenues
        if vue.debut is not None
    ]
    bandes += [Bande(trou.du, trou.au, Genre.TROU, _court(trou)) for trou in domaine.trous]
    return Piste(
        domaine.libelle,
        tuple(bandes),
        tuple(_relais(vue) for vue in tenues) or ("aucun",),
        tuple(en_toutes_lettres(trou) for trou in domaine.trous),
    )


def _relais(vue: EtapeVue) -> str:
    if vue.etape.raison or vue.debut is None:
        return f"{vue.qui}, sans date" if not vue.etape.raison else vue.qui
    mot = "depuis le" if vue.etape.etat == EtatEtape.EFFECTIVE else "prévu le"
    fin = f", jusqu’au {date_longue(vue.etape.fin_le)}" if vue.etape.fin_le else ""
    return f"{vue.qui}, {mot} {date_longue(vue.debut)}{fin}"


def _court(trou: Trou) -> str:
    return "aucun relais daté" if trou.jours is None else f"{accord(trou.jours, 'jour,jours')} sans relais"


def en_toutes_lettres(trou: Trou) -> str:
    """« 12 jours, du 1er au 12 avril 2027 »."""
    if trou.au is None or trou.jours is None:
        return f"aucun relais daté depuis le {date_longue(trou.du)}"
    if trou.jours == 1:
        return f"un jour, le {date_longue(trou.du)}"
    annee = trou.du.year != trou.au.year
    return (
        f"{accord(trou.jours, 'jour,jours')}, du {date_longue(trou.du, annee=annee)} "
        f"au {date_longue(trou.au)}"
    )


def phrase_des_trous(calcul: Continuite) -> str:
    """« 12 jours sans relais », for a block of the situation's page."""
    pire = calcul.pire
    return "" if pire is None else _court(pire)
