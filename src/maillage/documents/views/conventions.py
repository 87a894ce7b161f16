"""Pages of conventions: the register, one convention, its files."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from maillage.documents.envoi import fichier as en_fichier
from maillage.documents.familles import Lue, UnAvenant
from maillage.documents.fichiers import document_de, parties_utiles, phrase_du_mode
from maillage.documents.forms.conventions import FiltrerRegistre
from maillage.documents.modeles import modele
from maillage.documents.models import Moyen
from maillage.documents.perms import CONVENTIONS_SIGNER, CONVENTIONS_TENIR, CONVENTIONS_VOIR
from maillage.documents.rules import conventions as regles
from maillage.documents.selectors.conventions import (
    convention_visible,
    nom_de_partie,
    objet_de,
    peut_tenir,
)
from maillage.documents.selectors.registre import Filtres, LigneDeConvention, registre
from maillage.documents.services.commun import noter_au_journal
from maillage.documents.services.vie import dernier_jour, peut_signer_ici
from maillage.documents.sorties import FORMATS
from maillage.documents.states import LIBELLES, SIGNEES, VIVANTS, EtatAvenant, EtatConvention
from maillage.documents.views.outils import ouvre
from maillage.droit.api import jour_en_lettres
from maillage.instances.api import acteur, lecteurs
from maillage.interface.navigation import Lien
from maillage.socle.journal import journaliser
from maillage.socle.permissions import exige

#: State -> shape of its badge.
FORMES = {
    EtatConvention.A_PREPARER: "",
    EtatConvention.A_SIGNER: "encours",
    EtatConvention.SIGNEE: "fait",
    EtatConvention.EN_VIGUEUR: "fait",
    EtatConvention.ECHUE: "vide",
    EtatConvention.RESILIEE: "vide",
    EtatConvention.RENOUVELEE: "vide",
}
MOTS_DU_RAPPEL = {
    "signatures": "Il manque des signatures avant le premier jour",
    "preavis": "Dernier jour pour refuser le renouvellement tacite",
    "renouveler": "Prend fin : préparez le renouvellement",
    "terme": "Prend fin",
}


#: Why a line of the register calls the eye: its badge keeps the state, this says what comes.
POURQUOI = {
    "signatures": "à faire signer avant le",
    "preavis": "bientôt reconduite, à refuser au plus tard le",
    "renouveler": "bientôt échue, à renouveler avant le",
    "terme": "bientôt échue, le",
}


@exige(CONVENTIONS_VOIR)
@require_GET
def liste(request: HttpRequest) -> HttpResponse:
    """The register: the nearest term first; a nominative line is journalled as a reading."""
    formulaire = FiltrerRegistre(request.GET if request.GET else None, initial={"etat": "vivantes"})
    filtres = Filtres()
    if formulaire.is_bound and formulaire.is_valid():
        lu = formulaire.cleaned_data
        etat = lu["etat"] or "vivantes"
        filtres = Filtres(lu["genre"], "" if etat == "toutes" else etat, lu["terme_avant"])
    page = registre(filtres, curseur=request.GET.get("apres", ""))
    nommees = [str(ligne.public_id) for ligne in page.lignes if ligne.objet is not None]
    if nommees:
        journaliser("lecture_liste", details={"liste": "conventions", "objets": nommees})
    contexte = {
        "formulaire": formulaire,
        "lignes": [(ligne, FORMES[ligne.etat], _pourquoi(ligne)) for ligne in page.lignes],
        "suivante": _suite(request, page.suivante),
        "filtre": formulaire.is_bound,
        "nommees": bool(nommees),
        "tient": ouvre(request, CONVENTIONS_TENIR),
    }
    return render(request, "documents/registre.html", contexte)


def _suite(request: HttpRequest, apres: str) -> str:
    """The address of the next page, under the same filters; empty on the last one."""
    garde = {nom: valeur for nom, valeur in request.GET.dict().items() if valeur}
    return f"?{urlencode({**garde, 'apres': apres})}" if apres else ""


@dataclass(frozen=True, slots=True)
class PartieVue:
    """A party on the page; ``url`` signs for it, empty where the reader may not or need not."""

    role: str
    libelle: str
    nom: str
    signataire: str
    requise: bool
    signature: str
    url: str


@dataclass(frozen=True, slots=True)
class AvenantVu:
    avenant: UnAvenant
    etat: str
    parties: tuple[PartieVue, ...]


@exige(CONVENTIONS_VOIR)
@require_GET
def detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    lue = convention_visible(public_id)
    noter_au_journal("lecture_convention", lue)
    faits, jour = lue.faits, lue.jour
    etat = regles.etat(faits, jour)
    tient = ouvre(request, CONVENTIONS_TENIR) and peut_tenir(lue)
    contexte = {
        "convention": lue.ligne,
        "genre": lue.genre,
        "etat": etat.value,
        "libelle_etat": LIBELLES[etat],
        "forme": FORMES[etat],
        "objet": objet_de(lue),
        "lieu": lue.conseil.nom,
        "nominative": lue.cercle is not None,
        "lecteurs": lecteurs(lue.cercle) if lue.cercle is not None else None,
        "parties": parties_vues(lue, None, tient=tient, signe=ouvre(request, CONVENTIONS_SIGNER)),
        "avenants": [_avenant_vu(request, lue, avenant, tient=tient) for avenant in lue.avenants],
        "dernier_jour": dernier_jour(lue),
        "mode": phrase_du_mode(faits.renouvellement),
        "rappels": [
            (MOTS_DU_RAPPEL[rappel.genre], rappel.avant_le)
            for rappel in regles.rappels(faits, jour, lue.genre.rappels_jours)
        ],
        "champs": _champs(lue),
        "formats": [(code, format_.libelle) for code, format_ in FORMATS.items()],
        "actes": _actes(lue, etat) if tient else [],
        "fil": fil(lue),
    }
    return render(request, "documents/convention.html", contexte)


def _pourquoi(ligne: LigneDeConvention) -> str:
    """What comes next for that convention, in words; empty where nothing does."""
    dits = [f"{POURQUOI[rappel.genre]} {jour_en_lettres(rappel.avant_le)}" for rappel in ligne.rappels]
    return "\u00a0; ".join(dits)


def fil(lue: Lue, *suite: str) -> tuple[Lien, ...]:
    """From the register to the convention, then to the page itself when it is deeper."""
    ici = reverse("documents:convention", args=[lue.ligne.public_id]) if suite else ""
    return (
        Lien("Conventions", reverse("documents:registre")),
        Lien(f"{lue.genre.libelle}, n°\u00a0{lue.ligne.numero}", ici),
        *map(Lien, suite),
    )


def parties_vues(lue: Lue, avenant: UnAvenant | None, *, tient: bool, signe: bool) -> tuple[PartieVue, ...]:
    """The parties with their signature; a way to sign for those the reader may sign or record."""
    lecteur, ouverte = acteur(), bool(lue.ligne.requises) and _se_signe(lue, avenant)
    vues = []
    for partie in parties_utiles(lue) if lue.ligne.requises else lue.parties:
        prevue = lue.genre.partie(partie.role)
        cle = avenant.pk if avenant else None
        faite = next((s for s in partie.signatures.all() if s.avenant_id == cle), None)
        possible = ouverte and faite is None and (tient or (signe and peut_signer_ici(lue, partie, lecteur)))
        nom = nom_de_partie(partie, lue, lecteur)
        if prevue is not None and prevue.personne:
            nom = nom or "Nommé par le dossier"
        vues.append(
            PartieVue(
                role=partie.role,
                libelle=prevue.libelle if prevue else partie.role,
                nom=nom,
                signataire=", ".join(filter(None, (partie.signataire, partie.qualite))),
                requise=partie.role in lue.requises,
                signature=f"{Moyen(faite.moyen).label}, le {faite.le:%d/%m/%Y}" if faite else "",
                url=_url_de_signature(lue, partie.role, avenant) if possible else "",
            )
        )
    return tuple(vues)


def _se_signe(lue: Lue, avenant: UnAvenant | None) -> bool:
    etat = regles.etat(lue.faits, lue.jour)
    if avenant is not None:
        return etat in SIGNEES and avenant.signe_le is None
    return etat is EtatConvention.A_SIGNER


def _url_de_signature(lue: Lue, role: str, avenant: UnAvenant | None) -> str:
    if avenant is None:
        return reverse("documents:signer", args=[lue.ligne.public_id, role])
    return reverse("documents:signer_avenant", args=[lue.ligne.public_id, avenant.public_id, role])


def _avenant_vu(request: HttpRequest, lue: Lue, avenant: UnAvenant, *, tient: bool) -> AvenantVu:
    faits = next(f for f in lue.faits.avenants if f.numero == avenant.numero)
    etat: EtatAvenant = regles.etat_avenant(faits, lue.jour)
    parties = parties_vues(lue, avenant, tient=tient, signe=ouvre(request, CONVENTIONS_SIGNER))
    return AvenantVu(avenant, LIBELLES[etat], parties)


def _champs(lue: Lue) -> list[tuple[str, str]]:
    choisi = modele(lue.genre.modele, version=lue.ligne.modele_version)
    lignes = [
        (champ.libelle, champ.en_clair(lue.ligne.champs.get(champ.code, ""))) for champ in choisi.saisis()
    ]
    return [(libelle, valeur) for libelle, valeur in lignes if valeur]


def _actes(lue: Lue, etat: EtatConvention) -> list[tuple[str, str, bool]]:
    """What may be done now: (address, words, whether it is the step forward)."""
    public, mode = lue.ligne.public_id, regles.Mode(lue.ligne.mode)
    actes: list[tuple[str, str, bool]] = []
    if etat in VIVANTS:
        mot = "Abandonner" if etat is EtatConvention.A_PREPARER else "Résilier"
        actes.append((reverse("documents:resilier", args=[public]), mot, False))
    if etat is EtatConvention.A_PREPARER:
        actes.append((reverse("documents:corriger", args=[public]), "Corriger", False))
        actes.append((reverse("documents:envoyer", args=[public]), "Envoyer à la signature", True))
    if etat in SIGNEES and all(avenant.signe_le for avenant in lue.avenants):
        actes.append((reverse("documents:amender", args=[public]), "Préparer un avenant", False))
    refusable = mode is regles.Mode.TACITE and lue.ligne.denoncee_le is None
    if etat is EtatConvention.EN_VIGUEUR and refusable:
        actes.append((reverse("documents:denoncer", args=[public]), "Refuser le renouvellement", False))
    if etat in {EtatConvention.EN_VIGUEUR, EtatConvention.ECHUE} and mode is not regles.Mode.AUCUN:
        actes.append((reverse("documents:renouveler", args=[public]), "Renouveler", True))
    return actes


@exige(CONVENTIONS_VOIR)
@require_GET
def telecharger(request: HttpRequest, public_id: UUID, fichier: str) -> HttpResponse:
    """The convention as a file, journalled; its name holds a kind and a number only."""
    lue = convention_visible(public_id)
    reponse = en_fichier(document_de(lue), fichier, f"convention-{lue.ligne.genre}-{lue.ligne.numero}")
    noter_au_journal("convention_exportee", lue, format=fichier)
    return reponse
