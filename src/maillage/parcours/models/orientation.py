"""What is proposed to one person, and what becomes of it: facts, dates, hours and codes; no narrative."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from maillage.instances.api import LigneNominative
from maillage.parcours.states import EtatOrientation, EtatParticipation, EtatPresence
from maillage.socle.contraintes import CleComposee, CleLiee, Mur, MurDePorte, MurPartage

_SANS_MUR = [c for c in LigneNominative.Meta.constraints if not isinstance(c, Mur)]


class Orientation(LigneNominative):
    """A scheme proposed to a person. Only the groupe reads it: the body knows the participation alone.

    ``destination`` and ``decidee_le``: the decision of the séance it completes, empty when the référent
    proposed. ``qpv``: oui, non, or empty when not known; a column of figures, nothing else.
    """

    situation = models.ForeignKey(
        "situations.Situation", on_delete=models.PROTECT, related_name="orientations", db_constraint=False
    )
    dispositif_code = models.CharField(max_length=48)
    statut = models.CharField(max_length=40, blank=True, default="")
    destination = models.CharField(max_length=40, blank=True, default="")
    decidee_le = models.DateField(null=True)
    qpv = models.CharField(max_length=3, blank=True, default="")
    etat = models.CharField(max_length=24, default=EtatOrientation.PROPOSEE)
    proposee_le = models.DateField()
    par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reponse_le = models.DateField(null=True)
    retour_le = models.DateField(null=True)
    suite = models.CharField(max_length=40, blank=True, default="")

    class Meta(LigneNominative.Meta):
        abstract = False
        constraints = [
            *LigneNominative.Meta.constraints,
            CleComposee(champ="situation", name="orientation_situation"),
            models.CheckConstraint(
                condition=Q(etat__in=[etat.value for etat in EtatOrientation]), name="orientation_etat"
            ),
            # The person's agreement is dated before anything is handed over.
            models.CheckConstraint(
                condition=Q(etat="proposee") | Q(reponse_le__isnull=False), name="orientation_repondue"
            ),
            models.CheckConstraint(condition=Q(qpv__in=["", "oui", "non"]), name="orientation_qpv"),
        ]
        indexes = [models.Index(fields=["cercle", "situation", "etat"], name="orientation_du_dossier")]


class Participation(LigneNominative):
    """What the body and the groupe both read: dates, hours, codes. No name, and no scheme: some tell a care
    or a sentence. ``cercle_prestataire`` is None when the body has no account: the référent writes for it.

    ``suspendue_le``: the groupe asks that it does not begin, since that day; nothing tells the body why.
    ``jours_longs_le``, ``paie_tardive_le``: the day the groupe allowed it, for the body that cannot read the
    lifting. The base lets the groupe alone write these three (``socle.tenir_la_part_du_groupe``).

    ``compte_debut`` and ``compte_fin``: the anonymous fact is written, by the base alone
    (``socle.compter_participation``). ``place`` is the key of an anonymous place.
    """

    situation = models.ForeignKey(
        "situations.Situation", on_delete=models.PROTECT, related_name="participations", db_constraint=False
    )
    orientation = models.ForeignKey(
        Orientation, on_delete=models.PROTECT, related_name="participations", db_constraint=False
    )
    cercle_prestataire = models.ForeignKey(
        "instances.Cercle", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    organisme = models.ForeignKey("acteurs.Organisme", on_delete=models.PROTECT, related_name="+", null=True)
    offre = models.UUIDField(null=True)
    place = models.UUIDField(null=True)
    objet = models.CharField(max_length=40, blank=True, default="")
    renouvellement = models.BooleanField(default=False)
    debut_prevu = models.DateField(null=True)
    fin_prevue = models.DateField(null=True)
    heures_prevues = models.PositiveSmallIntegerField(null=True)
    paie_du_jour = models.BooleanField(default=False)
    transmise_le = models.DateField()
    accuse_avant = models.DateField()
    etat = models.CharField(max_length=12, default=EtatParticipation.TRANSMISE)
    accusee_le = models.DateField(null=True)
    commencee_le = models.DateField(null=True)
    finie_le = models.DateField(null=True)
    resultat = models.CharField(max_length=40, blank=True, default="")
    cause = models.CharField(max_length=40, blank=True, default="")
    heures_jour_max = models.PositiveSmallIntegerField(null=True)
    evaluation_le = models.DateField(null=True)
    reunion_le = models.DateField(null=True)
    apres = models.CharField(max_length=40, blank=True, default="")
    suspendue_le = models.DateField(null=True)
    jours_longs_le = models.DateField(null=True)
    paie_tardive_le = models.DateField(null=True)
    compte_debut = models.BooleanField(default=False)
    compte_fin = models.BooleanField(default=False)

    class Meta(LigneNominative.Meta):
        abstract = False
        constraints = [
            *_SANS_MUR,
            MurPartage(
                name="participation_mur",
                modifiables=(
                    "etat",
                    "accusee_le",
                    "commencee_le",
                    "finie_le",
                    "fin_prevue",
                    "resultat",
                    "cause",
                    "heures_jour_max",
                    "evaluation_le",
                    "reunion_le",
                    "apres",
                    "suspendue_le",
                    "jours_longs_le",
                    "paie_tardive_le",
                ),
            ),
            CleComposee(champ="situation", name="participation_situation"),
            CleComposee(champ="orientation", name="participation_orientation"),
            models.UniqueConstraint(
                fields=["cercle", "cercle_prestataire", "id"], name="participation_partagee"
            ),
            models.UniqueConstraint(
                fields=["cercle", "orientation"],
                condition=Q(etat__in=["transmise", "accusee", "commencee"]),
                name="participation_une_ouverte",
            ),
            models.CheckConstraint(
                condition=Q(etat__in=[etat.value for etat in EtatParticipation]), name="participation_etat"
            ),
            models.CheckConstraint(
                condition=Q(etat__in=["transmise", "accusee", "commencee"], finie_le__isnull=True)
                | Q(etat="terminee", finie_le__isnull=False) & ~Q(resultat="")
                | Q(etat__in=["declinee", "abandonnee"], finie_le__isnull=False) & ~Q(cause=""),
                name="participation_finie_dit_comment",
            ),
            models.CheckConstraint(
                condition=Q(etat__in=["transmise", "accusee", "declinee", "abandonnee"])
                | Q(commencee_le__isnull=False),
                name="participation_commencee_datee",
            ),
            models.CheckConstraint(
                condition=Q(suspendue_le__isnull=True) | ~Q(etat="commencee"),
                name="participation_suspendue_attend",
            ),
            models.CheckConstraint(
                condition=Q(finie_le__isnull=True)
                | Q(commencee_le__isnull=True)
                | Q(finie_le__gte=F("commencee_le")),
                name="participation_dates",
            ),
        ]
        indexes = [
            models.Index(fields=["cercle", "situation"], name="participation_du_dossier"),
            models.Index(fields=["cercle_prestataire", "etat"], name="participation_confiee"),
            models.Index(fields=["cercle", "etat", "accuse_avant"], name="participation_attendue"),
        ]


class PhaseSuivie(LigneNominative):
    """A phase of the scheme as it was lived; the groupe's own, since its words may tell the scheme."""

    participation = models.ForeignKey(
        Participation, on_delete=models.PROTECT, related_name="phases", db_constraint=False
    )
    code = models.CharField(max_length=40)
    rang = models.PositiveSmallIntegerField()
    depuis = models.DateField()
    jusqua = models.DateField(null=True)

    class Meta(LigneNominative.Meta):
        abstract = False
        constraints = [
            *LigneNominative.Meta.constraints,
            CleComposee(champ="participation", name="phasesuivie_participation"),
            models.UniqueConstraint(fields=["cercle", "participation", "rang"], name="phasesuivie_rang"),
        ]


class Presence(LigneNominative):
    """A day of a participation, written by the body or by the référent for it."""

    cercle_prestataire = models.ForeignKey(
        "instances.Cercle", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    participation = models.ForeignKey(
        Participation, on_delete=models.PROTECT, related_name="presences", db_constraint=False
    )
    le = models.DateField()
    etat = models.CharField(max_length=8)
    heures = models.DecimalField(max_digits=4, decimal_places=1, default=0)
    paye_le = models.DateField(null=True)
    par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta(LigneNominative.Meta):
        abstract = False
        constraints = [
            *_SANS_MUR,
            MurPartage(name="presence_mur", modifiables=("paye_le",), deux_cotes=True),
            CleComposee(champ="participation", name="presence_participation"),
            CleLiee(
                champ="participation",
                liens=(("cercle", "cercle"), ("cercle_prestataire", "cercle_prestataire")),
                name="presence_partagee",
            ),
            models.UniqueConstraint(fields=["cercle", "participation", "le"], name="presence_un_jour"),
            models.CheckConstraint(
                condition=Q(etat__in=[etat.value for etat in EtatPresence]), name="presence_etat"
            ),
            models.CheckConstraint(condition=Q(heures__gte=0, heures__lte=24), name="presence_heures"),
        ]


class Accueil(LigneNominative):
    """The body's own row: who comes, as the gate handed it over. The groupe writes it and never reads it.

    Sealed (``parcours.accueils``): a key of its own, bound to its row. Erased after the end of the
    participation (``parcours.accueil_effacement_jours``), and with the situation at the latest.
    """

    cercle_origine = models.ForeignKey(
        "instances.Cercle", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    participation = models.ForeignKey(
        Participation, on_delete=models.PROTECT, related_name="accueils", db_constraint=False
    )
    scelle = models.BinaryField()
    recu_le = models.DateField()

    class Meta(LigneNominative.Meta):
        abstract = False
        constraints = [
            *_SANS_MUR,
            MurDePorte(name="accueil_mur"),
            CleLiee(
                champ="participation",
                liens=(("cercle_origine", "cercle"), ("cercle", "cercle_prestataire")),
                name="accueil_participation",
            ),
            models.UniqueConstraint(fields=["cercle", "participation"], name="accueil_unique"),
        ]
