"""Keyway's engine: facts from `data/`, evidence from `data/recordings/`, pages from `docs/`.

Nothing here imports mkdocs; `hooks/events.py` is the only bridge to it.
"""
