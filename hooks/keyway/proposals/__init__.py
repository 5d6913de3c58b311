"""From verdicts to edits of the YAML that leave every other byte alone."""
