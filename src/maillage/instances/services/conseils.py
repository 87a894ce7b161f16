"""Record a council as it was deliberated, dissolve it, confirm the strands it may follow."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from maillage.acteurs.api import Compte
from maillage.droit.api import Verdict
from maillage.instances.models import (
    Cercle,
    Conseil,
    ConseilCommune,
    Formation,
    GenreConseil,
    Schema,
    VoletConfirme,
)
from maillage.instances.regles_conseil import VOLETS_A_CONFIRMER, ProjetDeConseil, juger_conseil
from maillage.instances.selectors.conseils import acteur, conseil_visible, couvre, portees
from maillage.instances.selectors.creation import ressort
from maillage.instances.services.gestion import HORS_TERRITOIRE, exiger, exiger_presidence
from maillage.instances.territoire import (
    aujourd_hui_du_conseil,
    codes_membres,
    departement_de,
    epci_du_registre,
    instantane,
    nommer,
)
from maillage.socle.journal import journaliser
from maillage.socle.refus import Introuvable, Refus
from maillage.socle.services import MODIFIE_ENTRE_TEMPS, commande, modifier
from maillage.socle.temps import aujourd_hui, maintenant
from maillage.territoires.api import fuseau

DPO = frozenset({"dpo"})
SIGLES = {
    GenreConseil.CLSPD.value: "CLSPD",
    GenreConseil.CISPD.value: "CISPD",
    GenreConseil.CMSPD.value: "CMSPD",
    GenreConseil.INTER_CLSPD.value: "Inter-CLSPD",
}


@commande
def creer_conseil(
    *,
    genre: str,
    delibere_le: date,
    schema: str,
    commune_code: str = "",
    epci_code: str = "",
    communes: Collection[str] = (),
    opposees: Collection[str] = (),
    nom: str = "",
) -> Conseil:
    """Record a council from its deliberation, with the verdict of the day on what the law asked.

    ``communes``: member communes (INSEE); by default the commune, or all those of the EPCI.
    ``opposees``: communes of the EPCI that opposed it (CSI L. 132-13).
    """
    le = aujourd_hui()
    epci = epci_du_registre(epci_code) if epci_code else None
    if epci_code and epci is None:
        raise Introuvable(epci_code)
    membres = list(dict.fromkeys([*communes, *([commune_code] if commune_code else [])]))
    if epci_code and not communes:
        membres = codes_membres(epci_code, le)
    departement = departement_de(commune_code=commune_code, epci_code=epci_code, communes=membres, le=le)
    exiger_ressort(acteur(), commune_code, epci_code, departement)
    le = aujourd_hui(fuseau(departement))  # at Nouméa a deliberation of this morning is not one of tomorrow
    nommees = nommer([*membres, *opposees], le)
    projet = ProjetDeConseil(
        genre=GenreConseil(genre).value,
        commune=commune_code,
        epci=epci_code,
        nature_epci=epci.nature if epci else "",
        communes=membres,
        delibere_le=delibere_le,
        populations={c.code: c.population or 0 for c in nommees},
        opposees=opposees,
    )
    noms = {c.code: c.nom for c in nommees}
    existants, deja = _existants(projet)
    exiger(
        juger_conseil(
            projet, le=le, existants=existants, deja_membres=[noms.get(code, code) for code in deja]
        )
    )
    siege = epci.nom if epci else noms.get(commune_code, commune_code)
    try:
        with transaction.atomic():
            conseil = Conseil.objects.create(
                genre=projet.genre,
                nom=nom.strip() or f"{SIGLES[projet.genre]} de {siege}",
                commune_code=commune_code,
                epci_code=epci_code,
                departement_code=departement,
                delibere_le=delibere_le,
                obligatoire=instantane(membres, le),
                schema=Schema(schema).value,
                cree_le=maintenant(),
            )
    except IntegrityError:  # another person recorded it meanwhile
        raise Refus(Verdict.refus([MODIFIE_ENTRE_TEMPS]), statut=409) from None
    ConseilCommune.objects.bulk_create(
        ConseilCommune(conseil=conseil, commune_code=code, depuis=delibere_le) for code in membres
    )
    journaliser(
        "conseil_cree", objet=conseil.public_id, details={"genre": conseil.genre, "communes": len(membres)}
    )
    return conseil


def exiger_ressort(compte: Compte, commune: str, epci: str, departement: str) -> None:
    """Who presides or coordinates there, or the prefecture of the département."""
    if not ressort(compte).comprend(commune=commune, epci=epci, departement=departement):
        raise Refus(Verdict.refus([HORS_TERRITOIRE]), statut=403)


def _existants(projet: ProjetDeConseil) -> tuple[list[str], list[str]]:
    actifs = Conseil.objects.actifs(maintenant()).filter(genre=projet.genre)
    memes = actifs.filter(commune_code=projet.commune, epci_code=projet.epci)
    membres = ConseilCommune.objects.filter(
        conseil__in=actifs, commune_code__in=projet.communes, jusqua__isnull=True
    )
    return list(memes.values_list("nom", flat=True)), list(membres.values_list("commune_code", flat=True))


@commande
def dissoudre_conseil(*, public_id: UUID, version: int) -> None:
    """End a council: its formations are dissolved and its cercles closed the same second."""
    conseil = conseil_visible(public_id, verrou=True)
    exiger_presidence(conseil)
    instant = maintenant()
    modifier(
        Conseil.objects.filter(pk=conseil.pk, dissous_le__isnull=True), version=version, dissous_le=instant
    )
    Cercle.objects.filter(formation__conseil=conseil, ferme_le__isnull=True).update(ferme_le=instant)
    Formation.objects.filter(conseil=conseil, dissoute_le__isnull=True).update(dissoute_le=instant)
    journaliser("conseil_dissous", objet=public_id)


@commande
def confirmer_volet(*, public_id: UUID, volet: str, analyse_du: date) -> VoletConfirme:
    """The DPO confirms that the council may follow adults or victims, after an impact assessment."""
    conseil = conseil_visible(public_id, verrou=True)
    compte = _exiger_dpo(conseil)
    if volet not in VOLETS_A_CONFIRMER or analyse_du > aujourd_hui_du_conseil(conseil):
        raise Introuvable(public_id)
    confirme, nouveau = VoletConfirme.objects.get_or_create(
        conseil=conseil,
        volet=volet,
        retire_le__isnull=True,
        defaults={"confirme_le": maintenant(), "confirme_par": compte, "analyse_du": analyse_du},
    )
    if nouveau:
        journaliser("volet_confirme", objet=public_id, details={"volet": volet})
    return confirme


@commande
def retirer_volet(*, public_id: UUID, volet: str) -> None:
    """The DPO withdraws the confirmation: no new groupe of that strand; those open are closed at once."""
    conseil = conseil_visible(public_id, verrou=True)
    _exiger_dpo(conseil)
    instant = maintenant()
    if not VoletConfirme.objects.filter(conseil=conseil, volet=volet, retire_le__isnull=True).update(
        retire_le=instant
    ):
        raise Introuvable(public_id)
    fermes = Cercle.objects.filter(formation__conseil=conseil, volet=volet, ferme_le__isnull=True)
    Formation.objects.filter(cercle__in=fermes.values("pk")).update(dissoute_le=instant)
    fermes.update(ferme_le=instant)
    journaliser("volet_retire", objet=public_id, details={"volet": volet})


def _exiger_dpo(conseil: Conseil) -> Compte:
    compte = acteur()
    ou = portees(compte, DPO)
    if couvre(
        ou, commune=conseil.commune_code, epci=conseil.epci_code, instance=str(conseil.public_id)
    ) or ou & {("national", ""), ("departement", conseil.departement_code)}:
        return compte
    raise Refus(Verdict.refus([HORS_TERRITOIRE]), statut=403, objet=conseil.public_id)
