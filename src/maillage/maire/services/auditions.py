"""Ask a family to come, say whether it came, record the hearing and what was proposed there."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from maillage.acteurs.api import Compte
from maillage.droit.api import Verdict
from maillage.instances.api import fuseau_du_cercle, mandats_du_cercle
from maillage.maire.etats_familles import EtatFamille
from maillage.maire.models import (
    AuditionFamille,
    ConvocationFamille,
    SuiteFamille,
)
from maillage.maire.rules import familles as regles
from maillage.maire.selectors.familles import convocation_attendue
from maillage.maire.services.familles import (
    Famille,
    compter,
    famille_a_modifier,
    poursuivre,
    qui_agit,
)
from maillage.situations.api import creer_recit, exiger, refuser_le_secret
from maillage.socle.journal import journaliser
from maillage.socle.refus import Introuvable
from maillage.socle.services import commande, modifier
from maillage.strategie.api import liste

ENFANT_ABSENT = "absente"


def membres_ici(lue: Famille, comptes: Collection[int]) -> list[int]:
    """Those accounts, when each reads this council now. Raises ``Introuvable`` for anyone else."""
    lecteurs = {mandat.compte_id for mandat in mandats_du_cercle(lue.ou.cercle) if mandat.signee}
    if not set(comptes) <= lecteurs:
        raise Introuvable(lue.dossier.public_id)
    return sorted(set(comptes))


@commande
def convoquer(
    *,
    dossier: UUID,
    version: int,
    audition_le: datetime,
    lieu: str,
    moyen: str,
    membres: Sequence[int],
) -> ConvocationFamille:
    """Write to the parents: when, where, before whom. One letter for each parent is then composed."""
    lue = famille_a_modifier(dossier)
    presents = membres_ici(lue, membres)
    exiger(
        regles.juger_convocation(
            lue.etat,
            audition_le=audition_le.astimezone(fuseau_du_cercle(lue.ou.cercle)).date(),
            membres=presents,
            moyen_connu=moyen in liste("moyens_remise", lue.jour),
            lieu=lieu,
            le=lue.jour,
        ),
        lue.dossier,
    )
    refuser_le_secret(lieu, lue.dossier)
    siennes = ConvocationFamille.objects.filter(cercle=lue.ou.cercle, dossier=lue.dossier)
    convocation = ConvocationFamille.objects.create(
        **_acte(lue),
        rang=siennes.count() + 1,
        audition_le=audition_le,
        lieu=lieu.strip(),
        moyen=moyen,
        membres=presents,
    )
    poursuivre(lue, version, etat=EtatFamille.CONVOQUE.value)
    journaliser("famille_convoquee", objet=dossier, cercle=lue.ou.cercle, details={"rang": convocation.rang})
    return convocation


@commande
def noter_absence(*, dossier: UUID, version: int, issue: str) -> EtatFamille:
    """The family did not come, or the hearing was called off. Returns where the file stands then."""
    lue = famille_a_modifier(dossier)
    attendue = convocation_attendue(lue.dossier)
    issues = liste("issues_convocation", lue.jour)
    connue = issue in issues and issue != "venue"
    prevue = _jour_prevu(lue, attendue)
    exiger(
        regles.juger_absence(
            lue.etat,
            issue_connue=connue,
            audition_le=prevue or lue.jour,
            annule=issue in {"annulee", "excusee"},
            le=lue.jour,
        ),
        lue.dossier,
    )
    assert attendue is not None  # the file is convened
    _conclure(attendue, issue, lue.jour)
    manquees = sum(
        bool(issues.item(code).attributs["manquee"])
        for code in ConvocationFamille.objects.filter(
            cercle=lue.ou.cercle, dossier=lue.dossier, issue__in=[item.code for item in issues]
        ).values_list("issue", flat=True)
    )
    vers = regles.apres_une_absence(manquees, lue.jour) if issue == ENFANT_ABSENT else EtatFamille.SAISI
    poursuivre(lue, version, etat=vers.value)
    journaliser("famille_absente", objet=dossier, cercle=lue.ou.cercle, details={"issue": issue})
    return vers


@commande
def entendre(
    *, dossier: UUID, version: int, preside_par: int, membres: Sequence[int], famille: Sequence[str]
) -> AuditionFamille:
    """Record the hearing. ``preside_par``: the mayor or the member they delegated, in force that day."""
    lue = famille_a_modifier(dossier)
    presents = membres_ici(lue, [*membres, preside_par])
    attendue = convocation_attendue(lue.dossier)
    president = replace(lue.ou, compte=Compte.objects.get(pk=preside_par))
    qualite, refus = qui_agit(president)
    places = liste("presences_famille", lue.jour)
    inconnus = [code for code in famille if code not in places]
    exiger(Verdict.selon([regles.CHOIX_INCONNU] if inconnus else []), lue.dossier)
    exiger(
        regles.juger_audition(
            lue.etat,
            prevue_le=_jour_prevu(lue, attendue) or lue.jour,
            presidence=refus,
            membres=presents,
            famille=famille,
            parents={item.code for item in places if item.attributs["parent"]},
            le=lue.jour,
        ),
        lue.dossier,
    )
    assert attendue is not None
    _conclure(attendue, "venue", lue.jour)
    audition = AuditionFamille.objects.create(
        **_acte(lue) | {"qualite": qualite.qualite.value, "arrete": qualite.arrete},
        convocation=attendue,
        preside_par_id=preside_par,
        membres=presents,
        famille=sorted(set(famille)),
    )
    poursuivre(lue, version, etat=EtatFamille.ENTENDU.value)
    compter(
        "famille_entendue",
        lue,
        origine=lue.dossier.origine,
        delai_jours=(lue.jour - lue.dossier.recu_le).days,
    )
    journaliser("famille_entendue", objet=dossier, cercle=lue.ou.cercle)
    return audition


@commande
def proposer_suite(
    *,
    dossier: UUID,
    version: int,
    genre: str,
    types: Sequence[str] = (),
    precision: str = "",
    debut: date | None = None,
    fin: date | None = None,
) -> SuiteFamille:
    """A recommendation, a PAR protocol, or nothing more: by codes, and a short text the guard has read."""
    lue = famille_a_modifier(dossier)
    suites = liste("suites_famille", lue.jour)
    connue = genre in suites and bool(suites.item(genre).attributs["proposee"])
    attendus = connue and bool(suites.item(genre).attributs["types"])
    datee = connue and bool(suites.item(genre).attributs["dates"])
    recommandations = liste("recommandations_famille", lue.jour)
    exiger(
        regles.juger_suite(
            lue.etat,
            connue=connue and all(code in recommandations for code in types),
            types=attendus,
            precisee=bool(types),
            debut=debut,
            fin=fin,
            datee=datee,
        ),
        lue.dossier,
    )
    refuser_le_secret(precision, lue.dossier)
    suite = noter_suite(
        lue,
        genre,
        types=sorted(set(types)) if attendus else [],
        precision=precision,
        debut=debut if datee else None,
        fin=fin if datee else None,
    )
    poursuivre(lue, version)
    return suite


def noter_suite(lue: Famille, genre: str, precision: str = "", **valeurs: object) -> SuiteFamille:
    """Record what befalls the file, count it and journal it; the caller writes the file's state."""
    suite = creer_recit(
        SuiteFamille,
        identite=lue.dossier.identite_id,
        texte=precision,
        **_acte(lue),
        genre=genre,
        **valeurs,
    )
    compter("famille_suite", lue, genre=genre)
    journaliser("famille_suite", objet=lue.dossier.public_id, cercle=lue.ou.cercle, details={"genre": genre})
    return suite


def acte(lue: Famille) -> dict[str, object]:
    """What every act carries: the file, the day, who records it and in what quality."""
    return _acte(lue)


def _acte(lue: Famille) -> dict[str, object]:
    qui, _ = qui_agit(lue.ou)
    return {
        "cercle_id": lue.ou.cercle,
        "dossier": lue.dossier,
        "le": lue.jour,
        "par_id": lue.ou.compte.pk,
        "qualite": qui.qualite.value,
        "arrete": qui.arrete,
    }


def _jour_prevu(lue: Famille, attendue: ConvocationFamille | None) -> date | None:
    if attendue is None:
        return None
    return attendue.audition_le.astimezone(fuseau_du_cercle(lue.ou.cercle)).date()


def _conclure(convocation: ConvocationFamille, issue: str, le: date) -> None:
    modifier(
        ConvocationFamille.objects.filter(pk=convocation.pk),
        version=convocation.version,
        issue=issue,
        issue_le=le,
    )
