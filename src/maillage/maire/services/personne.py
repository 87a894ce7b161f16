"""What a person obtains on the files of this room: their end (RGPD, art. 17 and 21)."""

from datetime import date

from maillage.maire.selectors.personne import dossiers_de_la_personne
from maillage.socle.journal import journaliser
from maillage.socle.services import commande, modifier


@commande
def effacer_les_actes(*, cercle: int, identite: int, le: date) -> int:
    """Bring every file about this person to its term; the next retention run erases and certifies.

    The line of the register stays, without a name. Returns how many files.
    """
    nombre = 0
    for dossier, _ in dossiers_de_la_personne(cercle, identite):
        modifier(
            type(dossier)._default_manager.filter(pk=dossier.pk, cercle=cercle),
            version=dossier.version,
            expire_le=max(le, dossier.recu_le),
        )
        journaliser("effacement_demande", objet=dossier.public_id, cercle=cercle)
        nombre += 1
    return nombre
