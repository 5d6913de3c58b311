"""The text of a YAML file: bytes to plain values that know their places. Knows nothing of models."""
