"""The sealed journal: a Merkle log over the entries, signed heads, an export anyone can check offline.

Pure but for ``sequenceur``: the verifier imports neither Django nor a database.
"""
