"""From facts and templates to the pages of three languages. Knows nothing of MkDocs."""
