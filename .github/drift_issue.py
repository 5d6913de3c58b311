"""Keeps one issue a provider about what `keyway drift` found, and one for each watch: opens it, updates it, closes it.

    python3 .github/drift_issue.py PROVIDER CODE REPORT DIFF
    python3 .github/drift_issue.py witnesses CODE REPORT DIFF    of `keyway drift --against …`
    python3 .github/drift_issue.py stale CODE REPORT DIFF        of `keyway stale`

CODE is the exit code of `keyway drift`, REPORT its output, DIFF what `--write` made of the YAML. Needs `gh`
and a token that may write issues; the standard library is all it uses. Without a verdict (3), or with a
wrong key (2), the issue stays as it is and this exits with CODE, so that the run is seen to have failed.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

SAME, DIFFERENT = 0, 1
WATCHES = {
    "witnesses": ("Other catalogues differ from ours", "keyway drift --against litellm,genai-prices,models.dev"),
    "stale": ("Facts that want another look", "keyway stale"),
}
"""What is watched beside the providers' lists -> the title of its issue, and the command that found it."""
LONGEST = 60_000
"""Characters; an issue takes 65,536."""


def main(provider: str, code: int, report: str, diff: str) -> int:
    """Bring the issue in line with what was found; return the exit code."""
    title, command = WATCHES.get(
        provider, (f"The models list of {provider} differs from the catalogue", f"keyway drift {provider}")
    )
    if code not in (SAME, DIFFERENT):
        sys.stderr.write(report)
        return code
    number = existing(title)
    if code == SAME:
        if number:
            said = (
                "Nothing is left of it." if provider in WATCHES else "The endpoint says what the catalogue says again."
            )
            gh("issue", "close", number, "--comment", said)
        return 0
    text = body(command, report, diff)
    if number:
        gh("issue", "edit", number, "--body-file", "-", given=text)
    else:
        gh("issue", "create", "--title", title, "--body-file", "-", given=text)
    return 0


def existing(title: str) -> str | None:
    """The number of the open issue with this title that this workflow opened."""
    listed = gh(
        "issue", "list", "--app", "github-actions", "--state", "open", "--limit", "200", "--json", "number,title"
    )
    numbers = [str(issue["number"]) for issue in json.loads(listed) if issue["title"] == title]
    return min(numbers, key=int, default=None)


def body(command: str, report: str, diff: str) -> str:
    """The issue's text; what endpoints say stays inside fences."""
    parts = [f"`{command}` found:", fenced(report, "text")]
    if diff.strip():
        parts += ["What `keyway drift --write` makes of it, to be read before it is taken over:", fenced(diff, "diff")]
    parts.append("This text is replaced by each run, and the issue is closed when nothing differs any more.")
    return "\n\n".join(parts) + "\n"


def fenced(text: str, language: str) -> str:
    """`text` in a fence that nothing in it can close, cut where it is too long."""
    half = LONGEST // 2
    if len(text) > half:
        text = text[:half] + "\n… cut; run the command to see the rest\n"
    fence = "`" * max(3, *(len(run) + 1 for run in re.findall("`+", text)), 3)
    return f"{fence}{language}\n{text.rstrip()}\n{fence}"


def gh(*arguments: str, given: str | None = None) -> str:
    """What `gh` prints; raises CalledProcessError."""
    command = ["gh", *arguments]
    return subprocess.run(command, input=given, capture_output=True, text=True, check=True).stdout  # noqa: S603


if __name__ == "__main__":
    _, name, exit_code, report_file, diff_file = sys.argv
    sys.exit(main(name, int(exit_code), Path(report_file).read_text(), Path(diff_file).read_text()))
