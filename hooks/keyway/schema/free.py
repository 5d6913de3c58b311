"""What the catalogue says of services that give some models free and have no page of their own here."""

from .fields import Address, Citation, Limit, Localized, Term, Text
from .limits import Limited


class FreeOffer(Limited):
    """What one source says a free account of a service gets."""

    name: Localized
    """Its name."""
    website: Address
    """Its home page, or the page of the offer."""
    models: tuple[Text, ...] = ()
    """Which models are free, by the service's ids; `*` stands for any text. Left out where the source gives none."""
    key: Term | None = None
    """False where it answers without a key."""
    card: Term | None = None
    """Whether a payment card is asked for."""
    identity: Term | None = None
    """Whether proof of identity is asked for."""
    requests_per_minute: Limit | None = None
    """Requests a minute, for one model."""
    requests_per_day: Limit | None = None
    """Requests a day, for one model."""
    tokens_per_minute: Limit | None = None
    """Tokens a minute, for one model."""
    notes: tuple[Localized, ...] = ()
    """What no field holds and matters to whoever uses it, a sentence each, without a full stop."""
    source: Citation
    """Where it was read."""
