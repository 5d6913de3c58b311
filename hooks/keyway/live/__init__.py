"""Asking an endpoint now: the only room that opens a socket. Pages never come here."""
