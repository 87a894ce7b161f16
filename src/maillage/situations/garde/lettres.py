"""Text without accents nor capitals, of the same length: positions found are positions in the text."""

from typing import Final

_ACCENTS: Final = str.maketrans(
    "àâäáãçéèêëíîïìñóôöòõúùûüýÿÀÂÄÁÇÉÈÊËÍÎÏÌÑÓÔÖÒÚÙÛÜÝ’‘ʼ\u00a0\u202f\t\n\r\u2010\u2011",
    "aaaaaceeeeiiiinooooouuuuyyaaaaceeeeiiiinoooouuuuy'''     --",
)


def aplatir(texte: str) -> str:
    """Lower case without accents, of the same length."""
    return texte.translate(_ACCENTS).lower()
