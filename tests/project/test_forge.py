"""What the forge reads of the project: who reviews what, the form for a wrong fact, how a hole is reported."""

import re

import yaml
from support.paths import PROJECT

GITHUB = PROJECT / ".github"
PLACEHOLDER = "@-OWNER-/maintainers"
"""No account can have this name; a repository puts its own team in its place."""
OWNER = re.compile(r"@[A-Za-z0-9][A-Za-z0-9-]*(/[a-z0-9][a-z0-9_-]*)?")
GUARDED = (
    "hooks/keyway/schema/hosts.py",
    "hooks/keyway/live/endpoint.py",
    "hooks/keyway/pages/markup.py",
    "hooks/keyway/site/csp.py",
    ".github/workflows/drift.yml",
    ".github/CODEOWNERS",
    "requirements.txt",
    "requirements-litellm.txt",
    "tests/worker/package-lock.json",
    "Makefile",
    "SECURITY.md",
)
"""What decides where keys go, which text becomes markup, or which code runs beside them."""
INPUTS = {"input", "textarea", "dropdown", "checkboxes"}


def owned() -> dict[str, list[str]]:
    """Pattern -> its owners."""
    lines = (GITHUB / "CODEOWNERS").read_text(encoding="utf-8").splitlines()
    return {line.split()[0]: line.split()[1:] for line in lines if line and not line.startswith("#")}


def covered(file: str) -> bool:
    """Whether a pattern of CODEOWNERS takes `file`: a file, a folder with its last slash, or a beginning and `*`."""
    return any(
        f"/{file}".startswith(pattern.rstrip("*")) if pattern.endswith(("/", "*")) else pattern == f"/{file}"
        for pattern in owned()
    )


def test_every_path_with_an_owner_is_there() -> None:
    assert [pattern for pattern in owned() if not list(PROJECT.glob(pattern.strip("/")))] == []


def test_every_line_names_an_owner_or_the_placeholder_that_nobody_can_be() -> None:
    assert not OWNER.fullmatch(PLACEHOLDER)
    for pattern, owners in owned().items():
        assert owners, pattern
        assert all(owner == PLACEHOLDER or OWNER.fullmatch(owner) for owner in owners), pattern


def test_what_guards_keys_has_an_owner() -> None:
    assert [file for file in GUARDED if not (PROJECT / file).is_file()] == []
    assert [file for file in GUARDED if not covered(file)] == []
    locks = [path.name for path in PROJECT.glob("requirements*")]
    assert [name for name in locks if not covered(name)] == []


def test_the_form_asks_for_the_page_what_is_wrong_and_right_the_source_and_the_day() -> None:
    form = yaml.safe_load((GITHUB / "ISSUE_TEMPLATE" / "wrong-fact.yml").read_text(encoding="utf-8"))
    assert set(form) >= {"name", "description", "body"}
    asked = {part["id"]: part for part in form["body"] if part["type"] in INPUTS}
    assert list(asked) == ["page", "wrong", "right", "source", "seen"]
    assert [name for name, part in asked.items() if not part["validations"]["required"]] == ["right"]
    assert [part for part in form["body"] if part["type"] not in INPUTS | {"markdown"}] == []
    for part in asked.values():
        assert part["attributes"]["label"].count(" · ") == 2, "in three languages"
        assert part["attributes"]["description"]


def test_the_choice_of_forms_is_valid() -> None:
    config = yaml.safe_load((GITHUB / "ISSUE_TEMPLATE" / "config.yml").read_text(encoding="utf-8"))
    assert config == {"blank_issues_enabled": True}


def test_no_address_of_somebody_is_invented() -> None:
    """Nobody knows where this is hosted, nor whom to write to."""
    for file in (*GITHUB.rglob("*"), PROJECT / "SECURITY.md"):
        if file.is_file() and file.suffix not in (".py", ".png"):
            text = file.read_text(encoding="utf-8")
            assert not re.search(r"[\w.]+@[\w-]+\.\w+", text), file
            assert not re.search(r"github\.com/[A-Za-z0-9]", text), file
