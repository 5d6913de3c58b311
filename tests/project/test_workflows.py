"""The workflows: least permissions, pinned actions, keys in one step; and the script that keeps the issues."""

import json
import os
import re
import subprocess
import sys
from itertools import product
from pathlib import Path

import pytest
import yaml
from _pytest.mark.expression import Expression
from keyway.schema.hosts import KEY_HOSTS
from support.paths import PROJECT

FILES = sorted((PROJECT / ".github" / "workflows").glob("*.yml"))
SCRIPT = PROJECT / ".github" / "drift_issue.py"
TITLE = "The models list of mistral differs from the catalogue"


def workflow(file: Path) -> dict:
    text = file.read_text()
    return yaml.safe_load(text) | {"text": text, "on": yaml.safe_load(text)[True]}  # YAML 1.1 reads `on` as true


def steps(flow: dict) -> list[dict]:
    return [step for job in flow["jobs"].values() for step in job["steps"]]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_workflow_is_given_nothing_that_it_does_not_name(file: Path) -> None:
    flow = workflow(file)
    assert flow["permissions"] == {}
    assert all(job["permissions"] for job in flow["jobs"].values())
    assert all(job["timeout-minutes"] for job in flow["jobs"].values())
    assert "pull_request_target" not in flow["text"]
    for step in steps(flow):
        if "uses" in step:
            assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", step["uses"])
            assert re.search(rf"{re.escape(step['uses'])} # v\d+\.\d+\.\d+\n", flow["text"])
        if step.get("uses", "").startswith("actions/checkout"):
            assert step["with"] == {"persist-credentials": False}
        assert "${{" not in step.get("run", ""), "what is not ours goes through the environment, never into a script"


def test_the_check_of_a_pull_request_needs_no_secret_and_writes_nothing() -> None:
    flow = workflow(PROJECT / ".github" / "workflows" / "check.yml")
    assert "pull_request" in flow["on"]
    assert not re.search(r"secrets\W*[A-Z_]", flow["text"])
    assert all(job["permissions"] == {"contents": "read"} for job in flow["jobs"].values())


def test_the_checks_of_a_pull_request_run_every_test_that_needs_no_key_once() -> None:
    """By the marks of a test: whatever it has, one of the runs takes it, and no two of them do."""
    commands = (PROJECT / ".github" / "workflows" / "check.yml").read_text() + (PROJECT / "Makefile").read_text()
    runs = [Expression.compile(marks) for marks in re.findall(r'pytest -m "([^"]+)"', commands)]
    assert len(runs) == 3
    for has in product((False, True), repeat=3):
        marks = {"live": False, **dict(zip(("browser", "clients", "slow"), has, strict=True))}
        assert sum(run.evaluate(marks.__getitem__) for run in runs) == 1, marks
        assert not any(run.evaluate({**marks, "live": True}.__getitem__) for run in runs), marks


def test_the_check_is_given_the_day_of_the_commit_and_one_more(tmp_path: Path) -> None:
    """What it is given, by its own script: in a repository of one commit, written late in the evening of New York."""
    flow = workflow(PROJECT / ".github" / "workflows" / "check.yml")
    (script,) = [step["run"] for step in steps(flow) if "keyway check" in step.get("run", "")]
    keyway = tmp_path / ".venv" / "bin" / "keyway"
    keyway.parent.mkdir(parents=True)
    keyway.write_text('#!/bin/sh\necho "$@"\n')
    keyway.chmod(0o755)
    who = {f"GIT_{role}_{what}": "x" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    environment = (
        os.environ | who | {"GIT_COMMITTER_DATE": "2026-10-08T23:30:00-05:00", "GIT_CONFIG_GLOBAL": os.devnull}
    )
    for command in (["git", "init", "-q"], ["git", "commit", "-q", "--allow-empty", "-m", "x"]):
        subprocess.run(command, cwd=tmp_path, env=environment, check=True)
    said = subprocess.run(
        ["sh", "-ec", script], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert said.stdout == "check --format github --day 2026-10-10\n"


def test_the_whole_suite_runs_weekly_on_a_fresh_machine_and_on_the_newest_python() -> None:
    flow = workflow(PROJECT / ".github" / "workflows" / "weekly.yml")
    assert [when["cron"].split()[2:4] for when in flow["on"]["schedule"]] == [["*", "*"]]
    assert "cache" not in flow["text"], "a fresh machine has nothing of the week before"
    suite, newest = (flow["jobs"][name]["steps"] for name in ("suite", "newest-python"))
    assert suite[-1] == {"run": "make test"}
    (python,) = [step["with"] for step in newest if step.get("uses", "").startswith("actions/setup-python@")]
    assert python == {"python-version": "3"}
    assert {"run": "make test-quick PYTHON=python3"} in newest


def test_updates_wait_a_week_and_every_lock_gets_them() -> None:
    """A release that is malicious is mostly found within days."""
    updates = yaml.safe_load((PROJECT / ".github" / "dependabot.yml").read_text(encoding="utf-8"))["updates"]
    asked = {one["package-ecosystem"]: set(one.get("directories", [one.get("directory")])) for one in updates}
    locks = {f"/{lock.parent.relative_to(PROJECT).as_posix()}" for lock in PROJECT.glob("tests/*/package-lock.json")}
    assert asked == {"github-actions": {"/"}, "uv": {"/"}, "npm": locks}
    assert all(one["cooldown"]["default-days"] >= 7 for one in updates)


def test_keys_are_in_one_step_which_has_no_token_and_each_goes_to_its_own_provider() -> None:
    flow = workflow(PROJECT / ".github" / "workflows" / "drift.yml")
    with_keys = [
        step for step in steps(flow) if any("secrets." in str(value) for value in step.get("env", {}).values())
    ]
    (step,) = with_keys
    expected = {
        variable: f"${{{{ matrix.provider == '{provider}' && secrets.{variable} || '' }}}}"
        for provider, hosts in KEY_HOSTS.items()
        for variable in hosts.values()
    }
    assert step["env"] == expected
    assert flow["jobs"]["drift"]["strategy"]["matrix"]["provider"] == list(KEY_HOSTS)
    assert flow["text"].count("secrets.") == len(expected)


GH = """#!{python}
import json, os, sys
state = os.environ["GH_STATE"]
issues = json.load(open(state))
what, how, *rest = sys.argv[1:]
assert what == "issue"
options = dict(zip(rest[0::2], rest[1::2])) if how in ("list", "create") else dict(zip(rest[1::2], rest[2::2]))
text = sys.stdin.read() if options.get("--body-file") == "-" else None
if how == "list":
    assert (options["--app"], options["--state"]) == ("github-actions", "open")
    print(json.dumps([{{"number": i["number"], "title": i["title"]}} for i in issues if i["open"] and i["app"]]))
elif how == "create":
    issues.append({{"number": len(issues) + 1, "title": options["--title"], "body": text, "open": True, "app": True}})
else:
    (issue,) = [i for i in issues if str(i["number"]) == rest[0]]
    issue.update({{"body": text}} if how == "edit" else {{"open": False}})
json.dump(issues, open(state, "w"))
"""


class Tracker:
    """The issues of a repository, kept by a program named gh that stands in front of every other."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.state = folder, folder / "issues.json"
        program = folder / "gh"
        program.write_text(GH.format(python=sys.executable))
        program.chmod(0o755)
        self.state.write_text("[]")

    def run(self, code: int, report: str = "", diff: str = "") -> int:
        for name, text in (("report", report), ("diff", diff)):
            (self.folder / name).write_text(text)
        done = subprocess.run(
            [sys.executable, SCRIPT, "mistral", str(code), self.folder / "report", self.folder / "diff"],
            env=os.environ | {"PATH": f"{self.folder}{os.pathsep}{os.environ['PATH']}", "GH_STATE": str(self.state)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return done.returncode

    @property
    def issues(self) -> list[dict]:
        return json.loads(self.state.read_text())


@pytest.fixture
def tracker(tmp_path: Path) -> Tracker:
    return Tracker(tmp_path)


def test_one_issue_is_opened_updated_and_closed(tracker: Tracker) -> None:
    assert tracker.run(0) == 0
    assert tracker.issues == []
    assert tracker.run(1, "first", "-a\n+b\n") == 0
    assert tracker.run(1, "second", "-a\n+c\n") == 0
    (issue,) = tracker.issues
    assert (issue["title"], issue["open"]) == (TITLE, True)
    assert "```text\nsecond\n```" in issue["body"]
    assert "```diff\n-a\n+c\n```" in issue["body"]
    assert "first" not in issue["body"]
    assert tracker.run(0) == 0
    assert [one["open"] for one in tracker.issues] == [False]
    assert tracker.run(1, "third") == 0
    assert [one["open"] for one in tracker.issues] == [False, True]
    assert "```diff" not in tracker.issues[1]["body"]


@pytest.mark.parametrize("code", [2, 3])
def test_without_a_verdict_the_issue_stays_and_the_run_fails(code: int, tracker: Tracker) -> None:
    tracker.run(1, "first")
    before = tracker.issues
    assert tracker.run(code, "no-verdict") == code
    assert tracker.issues == before


def test_an_issue_that_somebody_else_opened_is_left_alone(tracker: Tracker) -> None:
    tracker.state.write_text(json.dumps([{"number": 1, "title": TITLE, "body": "mine", "open": True, "app": False}]))
    assert tracker.run(1, "found") == 0
    assert [one["body"] == "mine" for one in tracker.issues] == [True, False]
    assert tracker.run(0) == 0
    assert [one["open"] for one in tracker.issues] == [True, False]


def test_what_an_endpoint_says_cannot_leave_its_fence(tracker: Tracker) -> None:
    tracker.run(1, "new  ````@everybody `` is in the list", "+```\n")
    body = tracker.issues[0]["body"]
    assert "`````text\nnew  ````@everybody `` is in the list\n`````\n" in body
    assert "````diff\n+```\n````\n" in body


def test_a_long_report_is_cut_to_what_an_issue_takes(tracker: Tracker) -> None:
    tracker.run(1, "line\n" * 20_000, "+x\n" * 40_000)
    assert len(tracker.issues[0]["body"]) < 65_536
    assert tracker.issues[0]["body"].count("… cut; run the command to see the rest") == 2
