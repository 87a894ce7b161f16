"""What names a person is sealed with a key of its own; the keys live in another database.

``scelle``: what a sealed value is. ``maitre``: the key that wraps the others, outside PostgreSQL.
``schema`` and ``coffre``: the store. ``operateur``: what only an operator does (rotate, destroy, sweep).
``detenteurs``: which rows a key opens, told by the rooms that hold them.
"""
