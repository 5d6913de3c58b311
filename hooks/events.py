"""MkDocs events, and nothing else: they hand the engine's pages to MkDocs and its output to the site.

static-i18n builds each language as a build of its own inside the first one. The catalogue is read,
and every page of every language rendered, before the first of them starts: nothing may raise inside.
"""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

from markupsafe import escape
from mkdocs import utils
from mkdocs.exceptions import PluginError
from mkdocs.plugins import CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel

log = get_plugin_logger("keyway")  # below `mkdocs.plugins`, so that --strict counts its warnings

HOOKS = Path(__file__).parent
BEFORE_I18N, AFTER_I18N = 0, -200  # static-i18n's own events stand at -100

# Bytecode written below a watched folder would start the next rebuild.
sys.dont_write_bytecode = True

# MkDocs puts this folder on the path only while it loads this file.
from serve import described, surviving, watch_patiently  # noqa: E402
from serve_state import STATE  # noqa: E402


def on_startup(*, command: str, dirty: bool) -> None:
    STATE.serving = command == "serve"


def on_serve(server, *, config, builder):
    """Watch folders that may be away for a while, and outlive builds that fail."""
    watch_patiently(server)
    hooks = (Path(__file__), *sorted(HOOKS.glob("serve*.py")))
    server.builder = surviving(builder, config.site_dir, HOOKS.parent, hooks)
    return server


def _load_engine():
    """Import the engine anew, so that an edit of its modules takes effect under `serve`."""
    for name in [name for name in sys.modules if name == "keyway" or name.startswith("keyway.")]:
        del sys.modules[name]
    importlib.invalidate_caches()
    sys.path.insert(0, str(HOOKS))
    try:
        return importlib.import_module("keyway.site.build")
    finally:
        sys.path.remove(str(HOOKS))


def _read(config) -> None:
    """Read and render everything, or keep the last good edition and remember what is wrong."""
    try:
        engine = _load_engine()
        STATE.site = engine.build_site(Path(config.config_file_path).parent, engine.build_day())
        STATE.problems = ()
    except Exception as error:
        STATE.problems = tuple(str(problem) for problem in getattr(error, "problems", ())) or (
            described(error, HOOKS.parent),
        )
        if not STATE.serving:
            raise PluginError("\n".join(("The site was not built.", *STATE.problems))) from error
        for problem in STATE.problems:
            log.error(problem)  # noqa: TRY400 - its writer needs file and line, not our frames


def _language(config) -> str:
    return config.plugins["i18n"].current_language


@event_priority(AFTER_I18N)
def on_config(config):
    if not config.plugins["i18n"].building:
        _read(config)
    if not config.repo_url:
        config.edit_uri = None  # MkDocs would warn of an address that it cannot make
    config.extra["problems"] = STATE.problems
    config.extra["words"] = {}
    config.nav = None
    if STATE.site:
        config.nav = STATE.site.nav(_language(config))
        config.site_description = escape(STATE.site.description(_language(config)))
        config.extra["words"] = STATE.site.words(_language(config))
        config.extra["feed"] = STATE.site.feed_path(_language(config)) if config.site_url else None
    return config


def _pages() -> Iterator:
    return iter(STATE.site.pages if STATE.site else ())


@event_priority(BEFORE_I18N)
def _announce(files: Files, *, config) -> Files:
    """Name every page of every language, so that static-i18n finds its alternates."""
    for file in list(files.documentation_pages(inclusion=lambda level: True)):
        files.remove(file)
    for language in config.plugins["i18n"].build_languages:
        for page in _pages():
            level = InclusionLevel.INCLUDED if page.path in STATE.site.shown else InclusionLevel.NOT_IN_NAV
            uri = f"{language}/{page.path}"
            files.append(File(uri, config.docs_dir, config.site_dir, config.use_directory_urls, inclusion=level))
        if not STATE.site:
            files.append(File(f"{language}/index.md", config.docs_dir, config.site_dir, config.use_directory_urls))
    return files


@event_priority(AFTER_I18N)
def _fill(files: Files, *, config) -> Files:
    """Put the text into the pages that static-i18n kept for this language."""
    language = _language(config)
    if not STATE.site:
        files.src_uris[f"{language}/index.md"].content_string = "# Keyway\n"
        return files
    for page in _pages():
        file = files.src_uris[f"{language}/{page.path}"]
        file.content_string = STATE.site.markdown(language, page.path)
    return files


on_files = CombinedEvent(_announce, _fill)


def on_page_markdown(markdown: str, *, page, config, files) -> str:
    """Give the page its title and description; the theme prints both as they are, so they go in escaped."""
    if STATE.site:
        path = page.file.src_uri.partition("/")[2]
        for key, value in STATE.site.text(_language(config), path).meta.items():
            page.meta[key] = escape(value) if isinstance(value, str) else value
    return markdown


def on_page_content(html: str, *, page, config, files) -> str:
    if not STATE.site:
        return html
    return STATE.site.content_html(html, _language(config), page.file.src_uri.partition("/")[2])


def on_page_context(context, *, page, config, nav):
    """Give the page where its files are changed, and the head its absolute addresses in every language.

    Without a repository there is no link to edit rather than a wrong one; search engines take absolute addresses alone.
    """
    if config.repo_url and STATE.site:
        docs = urljoin(f"{config.repo_url.rstrip('/')}/", config.edit_uri)  # edit/main/docs/
        path = page.file.src_uri.partition("/")[2]
        context["edit_links"] = STATE.site.edit_links(_language(config), path, urljoin(docs, ".."))
    if config.site_url:
        context["alternates"] = {
            language: urljoin(config.site_url, file.url) for language, file in page.file.alternates.items()
        }
    return context


def on_post_page(output: str, *, page, config) -> str:
    return STATE.site.page_html(output, served=STATE.serving) if STATE.site else output


def on_post_template(output: str, *, template_name: str, config) -> str:
    """Keep one 404 page a language; static-i18n would leave the last language's at the root."""
    if template_name != "404.html" or not STATE.site:
        return output
    i18n = config.plugins["i18n"]
    output = STATE.not_found[i18n.current_language] = STATE.site.page_html(output, served=STATE.serving)
    if i18n.is_default_language_build:
        return output
    utils.write_file(output.encode(), str(Path(config.site_dir, i18n.current_language, "404.html")))
    return STATE.not_found[i18n.default_language]


@event_priority(AFTER_I18N)
def on_post_build(*, config) -> None:
    if STATE.site and not config.plugins["i18n"].building:
        STATE.site.finish(Path(config.site_dir), config.site_url or "")
