"""The rows of models lists, one module for each vendor that says more in them than an id."""
