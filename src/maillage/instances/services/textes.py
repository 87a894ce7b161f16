"""The groupe proposes, the council adopts, each member signs (CSI L. 132-5)."""

from datetime import date
from uuid import UUID

from django.db.models import Max

from maillage.instances.models import EtatTexte, GenreTexte, Signature, Texte
from maillage.instances.regles_conseil import juger_adoption, juger_proposition, juger_signature
from maillage.instances.selectors.conseils import acteur, formation_visible
from maillage.instances.selectors.textes import est_membre, mandat_en_cours, texte_visible
from maillage.instances.services.gestion import exiger, exiger_presidence
from maillage.instances.territoire import aujourd_hui_du_conseil
from maillage.socle.journal import journaliser
from maillage.socle.refus import Introuvable
from maillage.socle.services import commande
from maillage.socle.temps import maintenant


@commande
def proposer_texte(*, formation: UUID, genre: str, contenu: str) -> Texte:
    """A member of the groupe proposes a version; a former proposal gives way to it."""
    lue, instant = formation_visible(formation, verrou=True), maintenant()
    compte, genre = acteur(), GenreTexte(genre).value
    textes = lue.textes.filter(genre=genre)
    en_vigueur = textes.filter(etat=EtatTexte.ADOPTE).first()
    exiger(
        juger_proposition(
            membre=est_membre(compte, lue),
            formation_active=lue.active(instant),
            contenu=contenu,
            en_vigueur=en_vigueur.contenu if en_vigueur else "",
        ),
        lue.public_id,
    )
    textes.filter(etat=EtatTexte.PROPOSE).update(etat=EtatTexte.REMPLACE, remplace_le=instant)
    projet = textes.filter(etat=EtatTexte.PROJET).first()
    valeurs = {
        "contenu": contenu.strip(),
        "etat": EtatTexte.PROPOSE,
        "propose_le": instant,
        "propose_par": compte,
    }
    if projet is not None:
        Texte.objects.filter(pk=projet.pk).update(**valeurs)
        projet.refresh_from_db()
        texte = projet
    else:
        dernier = textes.aggregate(n=Max("version_texte"))["n"] or 0
        texte = Texte.objects.create(
            formation=lue, genre=genre, version_texte=dernier + 1, cree_le=instant, **valeurs
        )
    journaliser(
        "texte_propose",
        objet=texte.public_id,
        cercle=lue.cercle_id,
        details={"genre": genre, "version": texte.version_texte},
    )
    return texte


@commande
def adopter_texte(*, texte: UUID, delibere_le: date, deliberation: str = "") -> Texte:
    """Record that the plenary adopted the text. A new charter: nobody reads before signing it."""
    lu, instant = texte_visible(texte), maintenant()
    formation = formation_visible(lu.formation.public_id, verrou=True)
    compte = exiger_presidence(formation.conseil)
    lu.refresh_from_db()
    exiger(
        juger_adoption(
            etat=lu.etat,
            delibere_le=delibere_le,
            le=aujourd_hui_du_conseil(formation.conseil),
            formation_active=formation.active(instant),
        ),
        lu.public_id,
    )
    formation.textes.filter(genre=lu.genre, etat=EtatTexte.ADOPTE).update(
        etat=EtatTexte.REMPLACE, remplace_le=instant
    )
    Texte.objects.filter(pk=lu.pk).update(
        etat=EtatTexte.ADOPTE,
        adopte_le=instant,
        adopte_par=compte,
        delibere_le=delibere_le,
        deliberation=deliberation.strip(),
    )
    journaliser(
        "texte_adopte",
        objet=lu.public_id,
        cercle=formation.cercle_id,
        details={"genre": lu.genre, "version": lu.version_texte},
    )
    lu.refresh_from_db()
    return lu


@commande
def signer_charte(*, texte: UUID) -> Signature:
    """Sign the version in force. From this second the account reads the cercle of its mandate."""
    compte, instant = acteur(), maintenant()
    lu = (
        Texte.objects.select_for_update(of=("self",))
        .select_related("formation")
        .filter(public_id=texte, genre=GenreTexte.CHARTE)
        .first()
    )
    if lu is None or mandat_en_cours(compte, lu.formation) is None:
        raise Introuvable(texte)
    exiger(
        juger_signature(
            habilite=True, etat=lu.etat, deja=Signature.objects.filter(compte=compte, texte=lu).exists()
        ),
        lu.public_id,
    )
    signature = Signature.objects.create(compte=compte, texte=lu, le=instant)
    journaliser(
        "charte_signee",
        objet=lu.public_id,
        cercle=lu.formation.cercle_id,
        details={"version": lu.version_texte},
    )
    return signature
