"""The content security policy: what a page may run is what it was built with."""

import base64
import hashlib

import pytest
from keyway.site.csp import NoPlaceForPolicy, content_security_policy, with_policy

PAGE = '<head><meta charset="utf-8">{}</head>'


def digest(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def test_each_inline_script_is_allowed_by_its_hash_and_no_other() -> None:
    html = PAGE.format("<script>a()</script><script>b()</script>")
    assert digest("a()") in content_security_policy(html)
    assert digest("b()") in content_security_policy(html)
    assert "unsafe-inline" not in content_security_policy(html)
    assert digest("c()") not in content_security_policy(html)


def test_scripts_with_an_address_and_data_blocks_need_no_hash() -> None:
    html = PAGE.format('<script src="x.js"></script><script type="application/json">{"a": 1}</script>')
    assert "sha256" not in content_security_policy(html)


def test_the_policy_stands_before_anything_that_loads() -> None:
    html = with_policy(PAGE.format('<link rel="stylesheet" href="a.css"><script src="x.js"></script>'))
    assert html.index("Content-Security-Policy") < html.index("<link")


def test_every_kind_of_loading_is_the_own_host_or_nothing() -> None:
    for rule in content_security_policy(PAGE).split("; "):
        name, *sources = rule.split()
        assert all(source in ("'self'", "'none'", "'wasm-unsafe-eval'", "data:") for source in sources), name


def test_while_it_is_served_the_script_for_live_reload_runs() -> None:
    served = content_security_policy(PAGE.format("<script>a()</script>"), served=True)
    assert "script-src 'self' 'wasm-unsafe-eval' 'unsafe-inline'" in served


def test_a_page_without_a_charset_is_refused() -> None:
    with pytest.raises(NoPlaceForPolicy):
        with_policy("<html></html>")
