"""A family's file as its page shows it, and the list of a council, as this reader may see them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from maillage.acteurs.api import Compte, Organisme, nom_affiche
from maillage.instances.api import fuseau_du_cercle, mandats_du_cercle, place_dans
from maillage.maire.etats_familles import LIBELLES, EtatAccompagnement, EtatFamille
from maillage.maire.lieux import Lieu
from maillage.maire.models import (
    AccompagnementParental,
    AuditionFamille,
    BilanFamille,
    ConvocationFamille,
    DossierFamille,
    SaisineDepartement,
    SuiteFamille,
)
from maillage.maire.selectors.familles import dossiers
from maillage.situations.api import IdentiteVue, est_mineur, lire_identite, lire_identites, ouvrir_recits
from maillage.strategie.api import liste

GENRES = {
    EtatFamille.SAISI: "bientot",
    EtatFamille.CONVOQUE: "encours",
    EtatFamille.ENTENDU: "encours",
    EtatFamille.CARENCE: "retard",
    EtatFamille.ACCOMPAGNE: "encours",
    EtatFamille.DIFFERE: "vide",
    EtatFamille.CLOS: "fait",
}


@dataclass(frozen=True, slots=True)
class LigneFamille:
    """One file in the list of a council."""

    dossier: DossierFamille
    nom: str
    etat: str
    genre: str
    motif: str
    audition_le: datetime | None
    en_retard: bool


def liste_des_familles(ou: Lieu) -> list[LigneFamille]:
    """Every file of the council, the one to look at first on top; closed ones by their number."""
    lus = list(dossiers(ou))
    noms = lire_identites(d.identite_id for d in lus if d.etat != EtatFamille.CLOS)
    attendues = ConvocationFamille.objects.filter(cercle=ou.cercle, dossier__in=lus, issue="")
    prevues = dict(attendues.values_list("dossier", "audition_le"))
    motifs, lieu_ = liste("motifs_famille"), fuseau_du_cercle(ou.cercle)
    lignes = [
        LigneFamille(
            dossier=d,
            nom=noms[d.identite_id].nom_complet if d.identite_id in noms else f"Dossier n° {d.reference}",
            etat=LIBELLES[d.etat],
            genre=GENRES[EtatFamille(d.etat)],
            motif=motifs.item(d.motif).libelle,
            audition_le=prevues[d.pk].astimezone(lieu_).replace(tzinfo=None) if d.pk in prevues else None,
            en_retard=d.etat != EtatFamille.CLOS and d.revue_le < ou.jour,
        )
        for d in lus
    ]
    return sorted(lignes, key=lambda ligne: (ligne.dossier.etat == EtatFamille.CLOS, ligne.dossier.revue_le))


def nom_d_organisme(organisme: Organisme, ou: Lieu) -> str:
    """The name of a body, or the words that mask it from this reader."""
    return nom_affiche(organisme, ou.compte, place=place_dans(ou.cercle, ou.compte))


def membres_du_conseil(ou: Lieu) -> list[tuple[int, str]]:
    """Who may be announced to a family: the members who read the council now."""
    return [
        (mandat.compte_id, f"{mandat.nom}, {mandat.qualite or mandat.fonction or mandat.role_en_clair}")
        for mandat in mandats_du_cercle(ou.cercle)
        if mandat.signee
    ]


def elus_du_conseil(ou: Lieu) -> list[tuple[int, str]]:
    """Those of them who sit as mayor, or in the mayor's name."""
    elus = {m.compte_id for m in mandats_du_cercle(ou.cercle) if m.signee and m.role == "maire"}
    return [membre for membre in membres_du_conseil(ou) if membre[0] in elus]


def noms_des_membres(ou: Lieu, comptes: list[int]) -> list[str]:
    """The members as a letter names them: name and quality; only the name of one who has left since."""
    presents = dict(membres_du_conseil(ou))
    anciens = Compte.objects.filter(pk__in=[pk for pk in comptes if pk not in presents])
    tous = presents | {compte.pk: compte.nom_complet for compte in anciens}
    return [tous[pk] for pk in comptes if pk in tous]


@dataclass(frozen=True, slots=True)
class FaitDuDossier:
    """One dated line of what happened to the file."""

    le: date
    titre: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class FamilleVue:
    """Everything the page of a file holds."""

    dossier: DossierFamille
    identite: IdentiteVue
    mineur: bool
    attendue: ConvocationFamille | None
    audition_prevue: datetime | None
    audition: AuditionFamille | None
    accompagnement: AccompagnementParental | None
    saisine: SaisineDepartement | None
    recommandation: SuiteFamille | None
    organisme: str
    faits: tuple[FaitDuDossier, ...]

    @property
    def etat(self) -> str:
        return LIBELLES[self.dossier.etat]

    @property
    def genre(self) -> str:
        return GENRES[EtatFamille(self.dossier.etat)]

    @property
    def clos(self) -> bool:
        return self.dossier.etat == EtatFamille.CLOS

    @property
    def propose(self) -> bool:
        return self.accompagnement is not None and self.accompagnement.etat == EtatAccompagnement.PROPOSE

    @property
    def en_cours(self) -> bool:
        return self.accompagnement is not None and self.accompagnement.etat == EtatAccompagnement.EN_COURS


def _siens(modele: Any, dossier: DossierFamille) -> list[Any]:
    return list(
        modele.objects.filter(cercle=dossier.cercle_id, dossier=dossier).select_related("par").order_by("pk")
    )


def composer(dossier: DossierFamille, ou: Lieu) -> FamilleVue:
    """The file, its acts in order, and the bodies named where this reader may read them."""
    convocations = _siens(ConvocationFamille, dossier)
    auditions = _siens(AuditionFamille, dossier)
    accompagnements = _siens(AccompagnementParental, dossier)
    saisines = _siens(SaisineDepartement, dossier)
    attendue = next((c for c in reversed(convocations) if not c.issue), None)
    dernier = accompagnements[-1] if accompagnements else None
    identite = lire_identite(dossier.identite_id)
    suites = ouvrir_recits(_siens(SuiteFamille, dossier), identite.public_id)
    noms = Organisme.objects.filter(pk__in=_organismes(accompagnements)).prefetch_related("noms")
    corps = {organisme.pk: organisme for organisme in noms}
    faits = [FaitDuDossier(dossier.recu_le, "Dossier reçu", _origine(dossier))]
    faits += [_de_convocation(c, ou) for c in convocations]
    faits += [_d_audition(a, ou) for a in auditions]
    faits += [_de_suite(s) for s in suites]
    for a in accompagnements:
        faits += _d_accompagnement(a, nom_d_organisme(corps[a.organisme_id], ou))
    faits += [
        FaitDuDossier(b.le, "Point avec la famille", liste("bilans_famille").item(b.resultat).libelle)
        for b in _siens(BilanFamille, dossier)
    ]
    for s in saisines:
        faits.append(FaitDuDossier(s.le, "Président du département saisi", f"Département {s.departement}"))
        if s.reponse:
            mots = liste("reponses_departement").item(s.reponse).libelle
            faits.append(FaitDuDossier(s.reponse_le, "Réponse du département", mots))
    if dossier.clos_le:
        mots = liste("issues_famille").item(dossier.issue).libelle
        faits.append(FaitDuDossier(dossier.clos_le, "Dossier clos", mots))
    return FamilleVue(
        dossier=dossier,
        identite=identite,
        mineur=est_mineur(identite.donnees.naissance, dossier.tranche_age, ou.jour),
        attendue=attendue,
        audition_prevue=_local(attendue.audition_le, ou) if attendue else None,
        audition=auditions[-1] if auditions else None,
        accompagnement=dernier,
        saisine=saisines[-1] if saisines else None,
        recommandation=next((s for s in reversed(suites) if s.genre == "recommandation"), None),
        organisme=nom_d_organisme(corps[dernier.organisme_id], ou) if dernier else "",
        faits=tuple(sorted(faits, key=lambda fait: fait.le, reverse=True)),
    )


def _organismes(accompagnements: list[Any]) -> set[int]:
    return {a.organisme_id for a in accompagnements}


def _local(instant: datetime, ou: Lieu) -> datetime:
    return instant.astimezone(fuseau_du_cercle(ou.cercle)).replace(tzinfo=None)


def _origine(dossier: DossierFamille) -> str:
    return liste("origines_famille").item(dossier.origine).libelle


def _de_convocation(c: Any, ou: Lieu) -> FaitDuDossier:
    rang = "Convocation" if c.rang == 1 else f"Convocation n° {c.rang}"
    quand = _local(c.audition_le, ou)
    detail = f"Audition prévue le {quand:%d/%m/%Y} à {quand:%H h %M}."
    if c.issue:
        detail += f" {liste('issues_convocation').item(c.issue).libelle}."
    return FaitDuDossier(c.le, rang, detail)


def _d_audition(a: Any, ou: Lieu) -> FaitDuDossier:
    presents = ", ".join(liste("presences_famille").item(code).libelle.lower() for code in a.famille)
    combien = len(a.membres)
    mots = "membre" if combien == 1 else "membres"
    return FaitDuDossier(a.le, "Famille entendue", f"Présents : {presents} ; {combien} {mots} du conseil.")


def _de_suite(s: Any) -> FaitDuDossier:
    titre = liste("suites_famille").item(s.genre).libelle
    listes = {"recommandation": "recommandations_famille", "differe": "suivis_existants"}
    source = liste(listes.get(s.genre, "reprises_famille"))
    details = [source.item(code).libelle for code in s.types]
    if s.precision:
        details.append(s.precision)
    if s.debut and s.fin:
        details.append(f"du {s.debut:%d/%m/%Y} au {s.fin:%d/%m/%Y}")
    return FaitDuDossier(s.le, titre, ". ".join(details))


def _d_accompagnement(a: Any, organisme: str) -> list[FaitDuDossier]:
    faits = [FaitDuDossier(a.le, "Accompagnement parental proposé", organisme)]
    if a.repondu_le:
        accepte = a.debut is not None
        dates = f"Du {a.debut:%d/%m/%Y} au {a.fin:%d/%m/%Y}." if accepte else ""
        titre = "Accepté par les parents" if accepte else "Refusé par les parents"
        faits.append(FaitDuDossier(a.repondu_le, titre, dates))
    if a.fini_le:
        mots = liste("fins_accompagnement").item(a.issue).libelle
        faits.append(FaitDuDossier(a.fini_le, "Fin de l’accompagnement", mots))
    return faits
