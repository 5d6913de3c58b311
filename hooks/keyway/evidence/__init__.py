"""What endpoints answered, and what it says of our facts. Opens no socket."""
