"""What Claude Code and Codex expect of a gateway: each rule with the scenario that proves it."""

from dataclasses import dataclass

TOOLS = ("streamed tool call", "streamed parallel tool calls")


@dataclass(frozen=True)
class Rule:
    """A rule of a client, which holds where each of the scenarios passed in every run."""

    client: str
    text: str
    scenarios: tuple


def rules(client, *pairs):
    return [
        Rule(client, text, (scenario,) if isinstance(scenario, str) else scenario)
        for text, scenario in pairs
    ]


RULES = rules(
    "Claude Code",
    ("`POST /v1/messages?beta=true` is answered, streamed, whatever the provider", "stream"),
    (
        "To Anthropic the body goes byte for byte but for the model's name, and all `anthropic-*`"
        " headers in their order: betas and the fields that need them stay together",
        "request kept",
    ),
    (
        "Elsewhere every tool arrives, also with a schema of a newer draft; `role: system` inside"
        " the conversation and `output_config` of a message are no error",
        "request kept",
    ),
    (
        "Its headers reach no other vendor, and the first block of its system prompt, which is"
        " about billing, no provider of another format",
        "request kept",
    ),
    ("The answer has `request-id` and is not compressed", "request kept"),
    ("Tool calls and their results go to and fro under any provider's ids", TOOLS),
    ("Images in messages", "image"),
    ("Structured output by a schema", "structured output"),
    ("Where it is stopped, the provider's stream is cancelled", "cancelled stream"),
    ("A prompt that is too long is recognised by its words, after one request", "prompt too long"),
    ("429 with `Retry-After`: it waits that long and asks again", "rate limit, waited for"),
    (
        "Overload is 529; the gateway has repeated the request, and `x-should-retry: false` keeps"
        " the client from asking again",
        "overload",
    ),
    ("A provider that is down costs nothing: another one answers", "stream by another"),
    ("A rate limit where another provider is free is not told", "rate limit, then another"),
    ("A stream that breaks goes on; nothing that was paid for is thrown away", "cut stream"),
) + rules(
    "Codex",
    ("`POST /v1/responses` is answered over HTTP, streamed, whatever the provider", "stream"),
    (
        "Every event that it builds its history from comes whole and in order:"
        " `response.created`, `output_item.done`, `response.completed` with usage",
        ("stream", *TOOLS),
    ),
    (
        "All its functions arrive; tools of other types, `client_metadata`, `prompt_cache_key` and"
        " ids of items are no error",
        "request kept",
    ),
    ("Its headers (`x-codex-*`, `session-id`, `originator`) reach no other vendor", "request kept"),
    ("The answer is not compressed", "request kept"),
    ("Calls of an MCP server's tools come back with `namespace` and `name`", TOOLS),
    ("Images of the prompt (`--image`)", "image"),
    (
        "Structured output by a schema (`--output-schema`); Gemini 2.5 has none beside functions",
        "structured output",
    ),
    ("Where it is stopped, the provider's stream is cancelled", "cancelled stream"),
    ("`context_length_exceeded` is told so, after one request", "prompt too long"),
    ("429 with `Retry-After`: it waits that long and asks again", "rate limit, waited for"),
    ("Overload is 503, after which it asks again", "overload"),
    ("A provider that is down costs nothing: another one answers", "stream by another"),
    ("A rate limit where another provider is free is not told", "rate limit, then another"),
    ("A stream that breaks goes on, and no text comes twice", "cut stream"),
)


def table(client, results):
    """The rules of a client; a mark for each that every run of its scenarios has proved."""
    passed = {}
    for run_client, scenario, _, problem in results:
        if run_client.name == client:
            passed[scenario.name] = passed.get(scenario.name, True) and not problem
    lines = ["| rule | proved by | |", "| --- | --- | --- |"]
    for rule in RULES:
        if rule.client == client:
            holds = all(passed.get(scenario) for scenario in rule.scenarios)
            proof = ", ".join(rule.scenarios)
            lines.append(f"| {rule.text} | {proof} | {'✓' if holds else '✗'} |")
    return "\n".join(lines) + "\n"
