"""Mistral's published description of three request bodies, as types that refuse every field they do not name.

Written from `openapi-public-doc.yaml` of August 2026, in which all these objects are closed, and checked against the
models of Mistral's own Python SDK, version 3.7.0. It owes nothing to this project's catalogue, so that a mistake there
cannot hide here.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class Closed(BaseModel):
    """An object that takes the fields it names and no others."""

    model_config = ConfigDict(extra="forbid")


class FunctionCall(Closed):
    name: str
    arguments: dict[str, Any] | str


class ToolCall(Closed):
    function: FunctionCall
    id: str = "null"
    type: str = "function"
    index: int = 0


Content = str | list[dict[str, Any]]


class SystemMessage(Closed):
    role: Literal["system"]
    content: Content


class UserMessage(Closed):
    role: Literal["user"]
    content: Content | None


class AssistantMessage(Closed):
    role: Literal["assistant"]
    content: Content | None = None
    tool_calls: list[ToolCall] | None = None
    prefix: bool = False


class ToolMessage(Closed):
    role: Literal["tool"]
    content: Content | None
    tool_call_id: str | None = None
    name: str | None = None


Message = Annotated[SystemMessage | UserMessage | AssistantMessage | ToolMessage, Field(discriminator="role")]
Penalty = Annotated[float, Field(ge=-2, le=2)]
Count = Annotated[int, Field(ge=0)]


class Sampling(Closed):
    """What chat and fill-in-the-middle requests share."""

    model: str
    temperature: Annotated[float, Field(ge=0, le=1.5)] | None = None
    top_p: Annotated[float, Field(gt=0, le=1)] | None = None
    max_tokens: Count | None = None
    stream: bool = False
    stop: str | list[str] | None = None
    random_seed: int | None = None
    metadata: dict[str, Any] | None = None
    prompt_cache_key: str | None = None


class ChatRequest(Sampling):
    messages: list[Message]
    response_format: dict[str, Any] | None = None
    tools: list[dict[str, Any]] | None = None
    tool_choice: str | dict[str, Any] | None = None
    presence_penalty: Penalty | None = None
    frequency_penalty: Penalty | None = None
    n: int | None = None
    prediction: dict[str, Any] | None = None
    parallel_tool_calls: bool | None = None
    reasoning_effort: str | None = None
    prompt_mode: str | None = None
    guardrails: list[dict[str, Any]] | None = None
    service_tier: Literal["auto", "standard_only"] | None = None
    safe_prompt: bool | None = None


class FimRequest(Sampling):
    prompt: str
    min_tokens: Count | None = None
    suffix: str | None = None


class EmbeddingRequest(Closed):
    model: str
    input: str | list[str]
    metadata: dict[str, Any] | None = None
    output_dimension: int | None = None
    output_dtype: Literal["float", "int8", "uint8", "binary", "ubinary"] | None = None
    encoding_format: Literal["float", "base64"] | None = None


BODIES: dict[str, type[Closed]] = {
    "/v1/chat/completions": ChatRequest,
    "/v1/fim/completions": FimRequest,
    "/v1/embeddings": EmbeddingRequest,
}
