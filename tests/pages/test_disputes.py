"""Who says what of a request field, and which fields changed their fate."""

from keyway.pages.disputes import changed, claims
from keyway.schema.requests import FieldHistory, RequestField, RequestRoute


def route(**fields: RequestField) -> RequestRoute:
    return RequestRoute(closed=True, fields=fields, sources=("openapi", "sdk"))


def test_a_source_that_describes_the_route_and_lacks_the_field_says_so() -> None:
    disputed = RequestField(state="disputed", sources=("sdk",))
    assert [(claim.source, claim.says) for claim in claims(route(top_k=disputed), "top_k")] == [
        ("sdk", "named"),
        ("openapi", "unnamed"),
    ]


def test_only_a_change_of_fate_is_a_history() -> None:
    seen = FieldHistory(seen="2025-12", state="refused", source="a")
    later = FieldHistory(seen="2026-02", state="accepted", source="a")
    fields = {
        "once": RequestField(state="refused", sources=("a",), history=(seen,)),
        "one": RequestField(sources=("a",), history=(seen, later)),
        "other": RequestField(sources=("a",), history=(seen, later)),
        "open": RequestField(state="disputed", sources=("a",), history=(seen, later)),
    }
    assert changed(route(**fields)) == {("one", "other"): (seen, later)}
