"""From the files in `data/` to the catalogue, or to every problem at once."""
