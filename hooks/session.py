"""What outlives one build under `mkdocs serve`, where `events.py` itself is loaded anew for each."""


class Session:
    """The last good site of the site, and what is wrong with the newest one."""

    serving = False
    site = None
    problems: tuple[str, ...] = ()
    nav: list = []
    not_found: dict[str, str] = {}
