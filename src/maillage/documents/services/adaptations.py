"""Adapt a template to a council, without code: a new dated version, the former ones are kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from maillage.documents.models import Adaptation
from maillage.documents.perms import MODELES_ADAPTER
from maillage.documents.rules import adaptations as regles
from maillage.documents.selectors.adaptations import en_vigueur, modele_connu, prochain_numero
from maillage.documents.services.commun import exiger
from maillage.droit.api import Force, Motif, Verdict
from maillage.instances.api import conseil_visible, exiger_charge, fuseau_du_conseil
from maillage.socle.contexte import acteur_requis
from maillage.socle.journal import journaliser
from maillage.socle.services import commande
from maillage.socle.temps import aujourd_hui, maintenant

#: First key of the advisory lock that numbers the versions of a council.
VERROU_DES_VERSIONS = 0x4D41_4441
DEPUIS_HIER = Motif(
    "depuis_passe",
    "Une version prend effet aujourd’hui ou plus tard : les documents déjà faits gardent la leur.",
    "Règle d’usage : un document signé ne change pas de présentation",
    Force.USAGE,
)
SANS_DESCRIPTION = Motif(
    "logo_sans_description",
    "Décrivez le logo en quelques mots : une personne aveugle les entendra à sa place.",
    "Loi n° 2005-102 du 11 février 2005, art. 47",
    Force.LOI,
)


@dataclass(frozen=True, slots=True)
class Presentation:
    """What the form gives. ``logo`` None and ``garder_le_logo``: the one in force stays."""

    depuis: date
    entete: Sequence[str] = ()
    signataire: str = ""
    qualite: str = ""
    paragraphes: Mapping[str, str] | None = None
    logo: bytes | None = None
    logo_description: str = ""
    garder_le_logo: bool = False


@commande
def adapter(*, conseil: UUID, modele: str, presentation: Presentation) -> Adaptation:
    """Write the next version of a council's presentation. Refused to who does not keep that council."""
    lu = conseil_visible(conseil)
    exiger_charge(lu, MODELES_ADAPTER.fonctions)
    jour = aujourd_hui(fuseau_du_conseil(lu))
    du_jour = modele_connu(modele, jour)
    paragraphes = {place: t.strip() for place, t in (presentation.paragraphes or {}).items() if t.strip()}
    entete = [ligne.strip() for ligne in presentation.entete if ligne.strip()]
    exiger(
        regles.juger_adaptation(
            entete=entete,
            signataire=presentation.signataire.strip(),
            qualite=presentation.qualite.strip(),
            paragraphes=paragraphes,
            places=[place for place, _ in du_jour.ajouts],
        ),
        conseil,
    )
    if presentation.depuis < jour:
        exiger(Verdict.refus([DEPUIS_HIER]), conseil)
    octets, genre, description = _logo(presentation, en_vigueur(lu, modele, jour), conseil)
    with connection.cursor() as curseur:
        curseur.execute("SELECT pg_advisory_xact_lock(%s, %s)", [VERROU_DES_VERSIONS, lu.pk % 2**31])
    ecrite = Adaptation.objects.create(
        conseil=lu,
        modele=modele,
        numero=prochain_numero(lu, modele),
        depuis=presentation.depuis,
        entete=entete,
        logo=octets,
        logo_genre=genre,
        logo_description=description,
        signataire=presentation.signataire.strip(),
        qualite=presentation.qualite.strip(),
        paragraphes=paragraphes,
        par_id=acteur_requis(),
        le=maintenant(),
    )
    journaliser("modele_adapte", objet=ecrite.public_id, details={"modele": modele, "numero": ecrite.numero})
    return ecrite


def _logo(
    presentation: Presentation, actuelle: Adaptation | None, conseil: UUID
) -> tuple[bytes | None, str, str]:
    """The bytes, their kind as read in them, and the words that stand for the image."""
    description = presentation.logo_description.strip()
    if presentation.logo is None:
        if presentation.garder_le_logo and actuelle is not None and actuelle.logo is not None:
            garde = description or actuelle.logo_description
            return bytes(actuelle.logo), actuelle.logo_genre, garde
        return None, "", ""
    exiger(regles.juger_logo(presentation.logo), conseil)
    if not description:
        exiger(Verdict.refus([SANS_DESCRIPTION]), conseil)
    return (
        regles.sans_metadonnees(presentation.logo),
        regles.genre_de_logo(presentation.logo) or "",
        description,
    )
