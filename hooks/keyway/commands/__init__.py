"""The commands of `keyway`, one module each: SUMMARY, `add(parser)` and `run(arguments)`."""
