"""The content security policy of a page: its own host only, and of inline scripts only those it was built with."""

import re
from base64 import b64encode
from hashlib import sha256

INLINE_SCRIPT = re.compile(
    r"<script(?![^>]*\b(?:src|type=\"application/(?:json|ld\+json)\"))[^>]*>(.*?)</script>", re.DOTALL
)
CHARSET = re.compile(r'<meta charset="utf-8">', re.IGNORECASE)


class NoPlaceForPolicy(ValueError):
    """The page has no charset line, before which nothing may load."""


def content_security_policy(html: str, *, served: bool = False) -> str:
    """The policy for a page, with a hash for each inline script that it has now.

    `served` pages get MkDocs' own script for live reload added later, so inline scripts run there.
    Search runs WebAssembly from the own host, which browsers count as evaluating code.
    """
    hashes = ["'unsafe-inline'"] if served else sorted({_hash(script) for script in INLINE_SCRIPT.findall(html)})
    rules = {
        "default-src": ["'none'"],
        "script-src": ["'self'", "'wasm-unsafe-eval'", *hashes],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }
    return "; ".join(f"{name} {' '.join(values)}" for name, values in rules.items())


def _hash(script: str) -> str:
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"


def with_policy(html: str, *, served: bool = False) -> str:
    """Put the policy into a page, right after its charset; raises NoPlaceForPolicy where there is none."""
    rules = content_security_policy(html, served=served)
    meta = f'<meta http-equiv="Content-Security-Policy" content="{rules}"><meta name="referrer" content="no-referrer">'
    secured, count = CHARSET.subn(lambda match: match[0] + meta, html, count=1)
    if not count:
        raise NoPlaceForPolicy("the page has no <meta charset>")
    return secured
