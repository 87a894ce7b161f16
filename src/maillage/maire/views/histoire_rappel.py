"""What was done on a rappel à l'ordre, in words: each step with its day and its author."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from maillage.instances.api import fuseau_du_cercle
from maillage.interface.typographie import date_longue
from maillage.interface.typographie import heure as en_heures
from maillage.maire.documents_rappel import QUALITES, dire_le_parquet, mot, presents
from maillage.maire.models import Audition, Convocation
from maillage.maire.selectors.rappel import RappelVu, remplace_par


@dataclass(frozen=True, slots=True)
class Evenement:
    """A line of the history."""

    le: date
    titre: str
    detail: str
    par: str


def histoire(vu: RappelVu) -> list[Evenement]:
    """What was done, the last first: each with its author, in what quality where it is an act."""
    faits = [*_avant(vu), *_audition_et_acte(vu), *_apres(vu)]
    faits.reverse()
    faits.sort(key=lambda fait: fait.le, reverse=True)
    return faits


def _avant(vu: RappelVu) -> Iterator[Evenement]:
    rappel = vu.rappel
    origine = f"{mot('origines_rappel', rappel.origine)}."
    yield Evenement(rappel.recu_le, "Saisine", origine, rappel.recu_par.nom_complet)
    for enonce in vu.enonces:
        source = mot("sources_enonce", enonce.source)
        detail = f"{source}, le {date_longue(enonce.enonce_le)}."
        dit = mot("enonces_procedure", enonce.enonce)
        yield Evenement(enonce.le, dit, detail, enonce.par.nom_complet)
    for faite in vu.consultations:
        yield Evenement(faite.le, "Parquet", dire_le_parquet(faite), faite.par.nom_complet)
    for convocation in vu.convocations:
        detail = _convocation(convocation, vu)
        yield Evenement(convocation.le, "Convocation", detail, convocation.par.nom_complet)


def _convocation(convocation: Convocation, vu: RappelVu) -> str:
    pour = convocation.pour.astimezone(fuseau_du_cercle(vu.ou.cercle))
    lieu = mot("lieux_audition", convocation.lieu).lower()
    detail = f"Pour le {date_longue(pour.date())} à {en_heures(pour)}, {lieu}."
    if convocation.impossibilite:
        raison = mot("impossibilites_representants", convocation.impossibilite).lower()
        detail += f" Parents non prévenus : {raison}."
    return detail


def _audition_et_acte(vu: RappelVu) -> Iterator[Evenement]:
    for audition in vu.auditions:
        yield Evenement(audition.le, *_audition(audition), audition.par.nom_complet)
    if vu.acte is not None:
        arrete = f", arrêté n° {vu.acte.arrete}" if vu.acte.arrete else ""
        detail = f"Le {date_longue(vu.acte.prononce_le)}, en qualité de {QUALITES[vu.acte.qualite]}{arrete}."
        yield Evenement(vu.acte.le, "Rappel à l’ordre, de vive voix", detail, vu.acte.par.nom_complet)


def _audition(audition: Audition) -> tuple[str, str]:
    le = f"Le {date_longue(audition.tenue_le)}"
    if audition.issue == "tenue":
        return "Audition", f"{le}. {presents(audition)}."
    if audition.issue == "carence":
        return "Absence à l’audition", f"{le}."
    return "Audition reportée", f"{mot('raisons_report', audition.raison)}."


def _apres(vu: RappelVu) -> Iterator[Evenement]:
    for rang, ecrit in enumerate(vu.comptes_rendus):
        rappelees = " ; ".join(mot("regles_rappelees", code) for code in ecrit.regles)
        detail = f"{mot('positions_rappel', ecrit.position)}. {rappelees}."
        titre = "Compte rendu"
        if rang:
            titre = f"Compte rendu corrigé ({mot('motifs_rectification', ecrit.motif).lower()})"
        yield Evenement(ecrit.le, titre, detail, ecrit.par.nom_complet)
    for levee in vu.levees:
        precision = f" : {levee.precision}" if levee.precision else ""
        detail = f"{mot('motifs_levee_maire', levee.raison)}{precision}. Code : {levee.code}."
        yield Evenement(levee.le, "Raison écartée par le maire", detail, levee.par.nom_complet)
    if vu.suite is not None:
        detail = f"{mot('suites_rappel', vu.suite.suite)}."
        yield Evenement(vu.suite.le, "Suite", detail, vu.suite.par.nom_complet)
    if vu.rectification is not None:
        autre = remplace_par(vu.rectification)
        detail = mot("motifs_rectification", vu.rectification.motif)
        detail += f" : remplacé par le n° {autre.reference}." if autre else " : retiré."
        yield Evenement(vu.rectification.le, "Rectification", detail, vu.rectification.par.nom_complet)
