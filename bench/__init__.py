"""How fast and how large a build is, beside what Material for MkDocs makes of the same pages: `python -m bench`."""
