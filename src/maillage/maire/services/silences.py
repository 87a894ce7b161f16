"""The daily reading of silence: the register says what the days already mean, no act is written."""

from maillage.instances.api import Formation, GenreFormation, fuseau_du_conseil
from maillage.maire.etats_transaction import EtatTransaction
from maillage.maire.models import LigneDeRegistre, PropositionDeTransaction, Registre
from maillage.socle.contexte import en_maintenance
from maillage.socle.journal import journaliser
from maillage.socle.temps import aujourd_hui


def conclure_les_silences() -> int:
    """Conclude the lines of proposals left without an answer, by today in each territory. How many.

    The file keeps its state: an answer given in time and recorded late opens the line again, and the act
    that sends the file to the procureur is the one that rests on the silence (CPP, art. R. 15-33-61).
    """
    conclues = 0
    with en_maintenance():
        for formation in Formation.objects.filter(genre=GenreFormation.ACTES_MAIRE).select_related("conseil"):
            jour = aujourd_hui(fuseau_du_conseil(formation.conseil))
            muettes = PropositionDeTransaction.objects.filter(
                cercle=formation.cercle_id,
                reponse_avant__lt=jour,
                dossier__etat=EtatTransaction.PROPOSEE.value,
            )
            lignes = LigneDeRegistre.objects.filter(
                cercle=formation.cercle_id,
                registre=Registre.TRANSACTIONS,
                objet__in=list(muettes.values_list("dossier__public_id", flat=True)),
                issue="",
            )
            objets = [str(objet) for objet in lignes.values_list("objet", flat=True)]
            if objets:
                conclues += lignes.update(issue="silence", issue_le=jour)
                journaliser("silence_lu", cercle=formation.cercle_id, details={"actes": objets})
    return conclues
