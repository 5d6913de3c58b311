"""The rules that go between fields and between files, each named and each switched on here."""

from . import clients, lists, models, names, providers, sources
from .rule import Rule

RULES: tuple[Rule, ...] = (
    models.models_have_a_provider,
    models.replacement_exists,
    models.replacement_is_another,
    models.replacements_do_not_circle,
    models.routed_to_exists,
    models.routed_when_retired,
    models.alias_is_no_id,
    models.alias_belongs_to_one_model,
    models.disputed_field_exists,
    models.disputes_have_sides,
    models.retired_is_not_unlisted,
    models.temperature_in_range,
    models.flags_where_it_chats,
    models.output_within_context,
    models.cached_is_not_dearer,
    providers.provider_is_trusted,
    providers.endpoint_key_exists,
    providers.endpoint_plan_exists,
    providers.endpoint_models_exist,
    providers.keys_are_used,
    providers.base_url_takes_this_key,
    providers.base_url_has_no_end,
    providers.requests_have_a_route,
    providers.recommended_can_be_used,
    providers.instead_is_accepted,
    providers.ignored_is_not_ours,
    providers.bounds_are_in_order,
    providers.documentation_has_words,
    clients.native_providers_exist,
    clients.successors_are_alive,
    clients.an_end_has_a_day,
    clients.labels_have_a_version,
    clients.native_models_have_a_day,
    lists.observations_are_in_order,
    lists.nothing_is_listed_twice,
    names.ids_do_not_look_alike,
    names.clients_do_not_look_alike,
    names.choices_have_words,
    sources.sources_exist,
    sources.sources_are_used,
)

__all__ = ["RULES", "Rule"]
