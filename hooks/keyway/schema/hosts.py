"""Which hosts this project trusts, and with what.

Whoever edits an address decides where readers paste their keys, so the lists stand in code,
which code owners review, and not in the catalogue.
"""

import re
from urllib.parse import urlsplit

from ..source.characters import codepoint

KEY_HOSTS = {
    "mistral": {
        "api.mistral.ai": "MISTRAL_API_KEY",
        "api.eu.mistral.ai": "MISTRAL_API_KEY",
        "api.us.mistral.ai": "MISTRAL_API_KEY",
        "codestral.mistral.ai": "CODESTRAL_API_KEY",
    },
    "deepseek": {"api.deepseek.com": "DEEPSEEK_API_KEY"},
    "zhipu": {"api.z.ai": "ZHIPU_API_KEY", "open.bigmodel.cn": "BIGMODEL_API_KEY"},
    "moonshot": {"api.moonshot.ai": "MOONSHOT_API_KEY", "api.moonshot.cn": "MOONSHOT_API_KEY"},
    "kimi-code": {"api.kimi.com": "KIMI_API_KEY", "api.kimi.ai": "KIMI_API_KEY"},
    "groq": {"api.groq.com": "GROQ_API_KEY"},
}
"""Provider -> host -> the one environment variable whose key may be sent to that host."""

KEY_PAGE_HOSTS = {
    "mistral": frozenset(("console.mistral.ai",)),
    "deepseek": frozenset(("platform.deepseek.com",)),
    "zhipu": frozenset(("z.ai",)),
    "moonshot": frozenset(("platform.kimi.ai", "platform.kimi.com")),
    "kimi-code": frozenset(("www.kimi.com", "www.kimi.ai")),
    "groq": frozenset(("console.groq.com",)),
}
"""Provider -> its own hosts beside those of KEY_HOSTS on which a reader makes, sees and pastes its keys."""

OPEN_HOSTS = frozenset(
    """
    github.com gist.github.com www.reddit.com hub.continue.dev marketplace.visualstudio.com open-vsx.org
    """.split()
)
"""Hosts where anybody may publish a page: good to cite, never a place for a key."""

LINK_HOSTS = OPEN_HOSTS | frozenset(
    """
    mistral.ai docs.mistral.ai console.mistral.ai chat.mistral.ai
    help.mistral.ai admin.mistral.ai legal.mistral.ai status.mistral.ai
    deepseek.com www.deepseek.com api-docs.deepseek.com platform.deepseek.com status.deepseek.com
    z.ai docs.z.ai www.bigmodel.cn bigmodel.cn docs.bigmodel.cn open.bigmodel.cn www.zhipuai.cn zhipuai.cn
    docs.github.com code.claude.com
    www.moonshot.ai www.kimi.com www.kimi.ai platform.kimi.ai platform.kimi.com
    zoocode.dev docs.zoocode.dev www.zoocode.dev roocode.com docs.roocode.com cline.bot docs.cline.bot
    kilocode.ai kilo.ai docs.kilo.ai continue.dev docs.continue.dev
    cursor.com docs.cursor.com www.cursor.com lobehub.com lobechat.com
    docs.newapi.pro www.newapi.ai newapi.pro openwebui.com docs.openwebui.com
    cherry-ai.com docs.cherry-ai.com www.cherry-ai.com aider.chat zed.dev opencode.ai
    litellm.ai docs.litellm.ai ai-sdk.dev sdk.vercel.ai curl.se platform.openai.com
    groq.com console.groq.com siliconflow.cn ai.google.dev build.nvidia.com www.ovhcloud.com
    models.dev openrouter.ai developers.cloudflare.com www.librechat.ai librechat.ai
    creativecommons.org
    """.split()
)
"""Hosts that pages may link to, beside those that get and give keys."""

LOOPBACK = frozenset(("127.0.0.1", "localhost", "::1"))
"""The reader's own machine: what is sent there goes to nobody else, so http and any port will do."""


def key_hosts() -> frozenset[str]:
    """Every host that may receive some key."""
    return frozenset(host for hosts in KEY_HOSTS.values() for host in hosts)


def own_hosts(provider: str) -> frozenset[str]:
    """The hosts that a key of the provider may be made on or sent to; never one where anybody may publish."""
    return (KEY_PAGE_HOSTS.get(provider, frozenset()) | KEY_HOSTS.get(provider, {}).keys()) - OPEN_HOSTS


LONGEST = 500
"""Characters of an address; the longest of the catalogue has 130."""
ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})|%[01][0-9A-Fa-f]|%7[Ff]|%2[EeFf]|%5[Cc]")
"""What no percent sign may begin: nothing, a control character, or a dot or slash that changes the path."""


def address_problem(value: object) -> str | None:
    """Say why `value` is no address that a page may show, or None when it is one."""
    if problem := _text_problem(value):
        return problem
    try:
        parts = urlsplit(str(value))
        host, port = parts.hostname, parts.port
    except ValueError:
        return "is not an address; write it as https://host/path"
    if not str(value).startswith("https:"):
        return "is not an https address; write it as https://host/path"
    if parts.username is not None or parts.password is not None or "@" in parts.netloc:
        return "names a user; write the address without the part before @"
    if not host:
        return "names no host; write it as https://host/path"
    if port is not None or parts.netloc != host:
        return "names more than a host in small letters; write the host alone, in lower case and without a port"
    if host not in LINK_HOSTS and not any(host in own_hosts(provider) for provider in KEY_HOSTS):
        return f"is on the host {host}, which hosts.py does not list; ask a maintainer to add it, or use another page"
    return _path_problem(str(value), parts.path)


def base_url_problem(value: object) -> str | None:
    """Say why `value` is no base URL of an endpoint, or None when it is one: the loopback may be asked in plain http"""
    if not isinstance(value, str) or not value.startswith("http://"):
        return address_problem(value)
    if problem := _text_problem(value):
        return problem
    try:
        parts = urlsplit(value)
        written = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
        place = f"{written}:{parts.port}" if parts.port else written
    except ValueError:
        return "is not an address; write it as http://127.0.0.1:PORT"
    if parts.hostname not in LOOPBACK or parts.netloc != place:
        return "is not an https address; plain http goes to the reader's own machine alone, as http://127.0.0.1:PORT"
    return _path_problem(parts.path, parts.path)


def _text_problem(value: object) -> str | None:
    """What no address can have, whatever it leads to."""
    if not isinstance(value, str):
        return "is not an address; write it as text, such as https://docs.mistral.ai/"
    strange = next((c for c in value if not c.isascii()), None)
    if strange:
        return f"has the character {codepoint(strange)}; write ASCII alone: check the host, and percent-encode the path"
    if any(c <= " " or c in "\"'<>\\^`{|}" for c in value):
        return "has characters that an address cannot have; percent-encode them"
    if len(value) > LONGEST:
        return f"has {len(value)} characters; {LONGEST} are the most"
    if escape := ESCAPE.search(value):
        return f"has {escape[0]}, which no path needs; write a page's address as its site gives it"
    return None


def _path_problem(value: str, path: str) -> str | None:
    if {".", ".."} & set(path.split("/")) or "[" in value or "]" in value:
        return "has steps (. or ..) or brackets in its path; write the address that the browser shows"
    return None
