"""What outlives one build under `mkdocs serve`, where `events.py` itself is loaded anew for each."""


class Session:
    """The last good edition of the site, and what is wrong with the newest one."""

    serving = False
    engine = None
    edition = None
    problems: tuple[str, ...] = ()
    nav: list = []
    not_found: dict[str, str] = {}
