"""Pages of signalements: what waits for the groupe, a new one, one of them."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from maillage.instances.api import cercles_visibles, lecteurs
from maillage.interface.formulaires import Option
from maillage.interface.navigation import Lien
from maillage.situations import identites, recits
from maillage.situations.cercles import Ici, ici, ici_par_public_id, prochaine_seance
from maillage.situations.forms.personnes import CompleterNaissance, FaireSignalement
from maillage.situations.models import Signalement
from maillage.situations.perms import SIGNALEMENTS_LIRE, SIGNALER
from maillage.situations.rapprochements import a_rapprocher
from maillage.situations.remises import est_remis, liens_de
from maillage.situations.rules import conservation
from maillage.situations.rules.signalement import parentalite_d_abord
from maillage.situations.selectors import archives_de, signalements, une
from maillage.situations.services.signalements import faire_signalement
from maillage.situations.services.suivi import corriger_naissance_signalee, exiger_a_examiner
from maillage.situations.states import A_EXAMINER, LIBELLES, EtatSignalement
from maillage.situations.views.commun import PageDeFormulaire, traiter
from maillage.situations.views.presentation import groupes_d_un_volet, lecteurs_des_groupes, lus_par
from maillage.socle.journal import journaliser
from maillage.socle.permissions import exige
from maillage.strategie.api import liste

ETATS = [
    ("a_examiner", "À examiner"),
    *((e.value, LIBELLES[e]) for e in EtatSignalement if e not in A_EXAMINER),
]


@exige(SIGNALEMENTS_LIRE)
@require_GET
def liste_des_signalements(request: HttpRequest) -> HttpResponse:
    cercles = cercles_visibles()
    etat = request.GET.get("etat", "a_examiner")
    etat = etat if etat in dict(ETATS) else "a_examiner"
    choisi = request.GET.get("groupe", "")
    montres = groupes_d_un_volet(cercles, choisi)
    page = signalements([c.id for c in montres], etat=etat, curseur=request.GET.get("apres", ""))
    groupes = {c.id: c.nom for c in cercles}
    contexte = {
        "page": page,
        "lignes": [_ligne(s, identite, groupes[s.cercle_id]) for s, identite in page.lignes],
        "etat": etat,
        "etats": ETATS,
        "plusieurs": len(montres) > 1,
        "groupes": [(str(c.public_id), c.nom) for c in cercles] if len(cercles) > 1 else [],
        "groupe": choisi,
        "aucun_groupe": not cercles,
        **lecteurs_des_groupes(montres),
        "suivante": f"?etat={etat}&groupe={choisi}&apres={page.suivante}" if page.suivante else "",
    }
    return render(request, "situations/signalements.html", contexte)


def _ligne(signalement: Signalement, identite: identites.IdentiteVue, groupe: str) -> dict[str, Any]:
    return {
        "signalement": signalement,
        "identite": identite,
        "groupe": groupe,
        "motif": liste("motifs_signalement").item(signalement.motif).libelle,
        "etat": LIBELLES[signalement.etat],
    }


@exige(SIGNALER)
@require_GET
def choisir_le_groupe(request: HttpRequest) -> HttpResponse:
    """A signalement is made in one groupe: with a single one there is nothing to choose."""
    cercles = cercles_visibles()
    if len(cercles) == 1:
        return redirect("situations:signaler", cercles[0].public_id)
    return render(request, "situations/choisir_groupe.html", {"cercles": cercles})


@exige(SIGNALER)
@require_http_methods(["GET", "POST"])
def signaler(request: HttpRequest, cercle: UUID) -> HttpResponse:
    acteur = ici_par_public_id(cercle)
    formulaire = FaireSignalement(request.POST or None, ici=acteur)
    if formulaire.is_bound and formulaire.is_valid():
        proches = _choix_de_rapprochement(acteur, formulaire)
        if proches:
            formulaire = FaireSignalement(request.POST, ici=acteur, rapprochements=proches)
    seance = prochaine_seance(acteur.cercle)
    efface_le = conservation.expiration_signalement(
        recu_le=acteur.jour, seance_le=seance.date() if seance is not None else None
    )
    page = PageDeFormulaire(
        titre="Faire un signalement",
        phrase=f"{acteur.vu.nom}, {acteur.vu.conseil}. Le groupe décidera ensemble de la suite.",
        bouton="Envoyer au groupe",
        icone="signalement",
        retour=reverse("situations:signalements"),
        cercle=acteur.cercle,
        modele="situations/signaler.html",
        message="Signalement reçu. Visible par les {nombre} lecteurs de ce groupe.",
        fil=(Lien("Signalements", reverse("situations:signalements")), Lien("Faire un signalement")),
        contexte={"efface_le": efface_le, "groupe": acteur.vu},
    )
    return traiter(request, page, formulaire, lambda lues: _enregistrer(cercle, formulaire, lues))


def _choix_de_rapprochement(acteur: Ici, formulaire: FaireSignalement) -> list[tuple[str, Option]]:
    personne = formulaire.personne()
    proches = a_rapprocher(acteur, nom=personne.nom, prenom=personne.prenom, naissance=personne.naissance)
    return [
        (str(proche.identite.public_id), Option(f"Oui : {proche.titre}", proche.pourquoi))
        for proche in proches
    ]


def _enregistrer(cercle: UUID, formulaire: FaireSignalement, lues: dict[str, Any]) -> str:
    choisi = lues.get("rapprocher", "autre")
    cree = faire_signalement(
        cercle=cercle,
        personne=formulaire.personne(),
        exposition=lues.get("exposition", ""),
        motif=lues["motif"],
        origine=lues["origine"],
        texte=lues["texte"],
        tranche=lues["tranche"],
        representants=formulaire.representants(),
        rapprocher_de=None if choisi == "autre" else UUID(choisi),
    )
    return reverse("situations:signalement", args=[cree.public_id])


@exige(SIGNALEMENTS_LIRE)
@require_GET
def detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    lu = une(Signalement, public_id)
    for archive in archives_de([lu]).values():
        return redirect("situations:situation", archive.public_id)
    acteur = ici(lu.cercle_id)
    journaliser("lecture_signalement", objet=public_id, cercle=lu.cercle_id)
    identite = identites.lire(lu.identite_id)
    recits.poser([lu], identite.public_id)
    donnees = identite.donnees
    prochaine = prochaine_seance(lu.cercle_id)
    contexte = {
        "signalement": lu,
        "identite": identite,
        "age": identite.age_le(acteur.jour),
        "motif": liste("motifs_signalement").item(lu.motif),
        "origine": liste("origines_signalement").item(lu.origine),
        "tranche": liste("tranches_age").item(lu.tranche_age),
        "exposition": liste("expositions").item(lu.exposition) if lu.exposition else None,
        "etat": LIBELLES[lu.etat],
        "a_examiner": lu.etat in A_EXAMINER,
        "situation": lu.situations.first(),
        "parentalite": parentalite_d_abord(lu.tranche_age),
        "proches": a_rapprocher(
            acteur, nom=donnees.nom, prenom=donnees.prenom, naissance=donnees.naissance, sauf=identite.cle
        ),
        "seance": prochaine.date() if prochaine is not None else None,
        "remises": liens_de(lu),
        "remis": est_remis(lu),
        **lus_par(lecteurs(lu.cercle_id)),
        "groupe": acteur.vu,
        "ecrit": acteur.membre.role != "maire",
        "fil": (Lien("Signalements", reverse("situations:signalements")), Lien(identite.nom_complet)),
    }
    return render(request, "situations/signalement.html", contexte)


@exige(SIGNALER)
@require_http_methods(["GET", "POST"])
def completer_naissance(request: HttpRequest, public_id: UUID) -> HttpResponse:
    lu = une(Signalement, public_id)
    exiger_a_examiner(lu)
    acteur = ici(lu.cercle_id)
    identite = identites.lire(lu.identite_id)
    url = reverse("situations:signalement", args=[public_id])
    formulaire = CompleterNaissance(
        request.POST or None,
        ici=acteur,
        initial={
            "naissance": identite.donnees.naissance,
            "naissance_estimee": identite.donnees.naissance_estimee,
            "version": identite.version,
        },
    )
    page = PageDeFormulaire(
        titre="Compléter la date de naissance",
        phrase=f"{identite.nom_complet}. Elle fixe la fin de la conservation.",
        bouton="Enregistrer la date",
        retour=url,
        cercle=lu.cercle_id,
        fil=(Lien("Signalements", reverse("situations:signalements")), Lien(identite.nom_complet, url)),
    )
    return traiter(
        request,
        page,
        formulaire,
        lambda lues: corriger_naissance_signalee(
            signalement=public_id,
            version=lues["version"],
            naissance=lues["naissance"],
            estimee=lues["naissance_estimee"],
        ),
    )
