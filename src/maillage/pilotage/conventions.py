"""Tables of a report about conventions, by kind: neither a party nor a followed person. Pure."""

from typing import Final

from maillage.documents.rules.genres import genres

CONVENTIONS: Final = {lu.code: lu.libelle for lu in genres().values()}
#: As in ``composition``: code, title, head of the first column, prefix of the paths, words, note.
DE_CONVENTIONS: Final = (
    (
        "conventions_signees",
        "Conventions signées par toutes leurs parties",
        "Sorte de convention",
        "conventions_signees.genre",
        CONVENTIONS,
        "Comptées au jour où la dernière signature est enregistrée ; un renouvellement exprès est une "
        "convention nouvelle.",
    ),
    (
        "conventions_amendees",
        "Avenants signés",
        "Sorte de convention",
        "conventions_amendees.genre",
        CONVENTIONS,
        "",
    ),
    (
        "conventions_resiliees",
        "Conventions arrêtées avant leur terme",
        "Sorte de convention",
        "conventions_resiliees.genre",
        CONVENTIONS,
        "Une convention qui arrive à son terme ne demande aucun acte : elle n’est pas comptée ici.",
    ),
)
