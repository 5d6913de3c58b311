"""What the site gives beside its pages: filters, snippets, documents, feeds, and the tools' data."""
