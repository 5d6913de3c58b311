"""What the catalogue says: the types of its records, and which hosts may stand in them."""
