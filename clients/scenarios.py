"""The scenarios: what a client is asked to do, how providers behave, and what has to come out."""

import json
import time
from dataclasses import dataclass, field
from typing import Callable

from servers import ATTEMPTS

# One pixel.
IMAGE = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJg"
    "gg=="
)
TEXT = "Grüße, 世界 👋"
TOOL = "Please call {tool}."
TWO_TOOLS = "Please call {tool} for two things."


class Wrong(Exception):
    """An outcome is not what it has to be."""


def expect(what, actual, wanted):
    if actual != wanted:
        raise Wrong(f"{what} is {actual!r}, expected {wanted!r}")


@dataclass(frozen=True)
class Scenario:
    """One thing that each client is asked to do.

    over: "targets" runs it with each provider alone, "chains" with a first and a second provider,
        "gateway" once
    settings: how the first provider behaves
    check: raises Wrong; is given the outcome and the Run
    direct: whether it can also run against a provider without the gateway
    api: the only API whose clients run it; empty for all
    recorded: whether it is recorded what the client and the gateway send
    optional: whether only the clients that name it run it
    """

    name: str
    over: str
    action: str
    prompt: str
    check: Callable
    settings: dict = field(default_factory=dict)
    direct: bool = False
    api: str = ""
    recorded: bool = False
    optional: bool = False


@dataclass(frozen=True)
class Run:
    """One scenario with one client and one target or chain.

    model: the model that the client asks for
    first, last: the providers that are asked first, and that finish
    recorder: what the client and the gateway sent, if the scenario is recorded
    """

    client: object
    scenario: Scenario
    target: str
    model: str
    first: object
    last: object
    gateway: object
    recorder: object

    def task(self, url):
        return {
            "action": self.scenario.action,
            "url": url,
            "model": self.model,
            "prompt": self.prompt,
            "pieces": 3,
            "image": IMAGE,
            "inputs": [self.prompt, f"not {self.prompt}", self.prompt],
        }

    @property
    def prompt(self):
        return self.scenario.prompt.format(tool=self.client.tool)


# --- what has to come out


def good(outcome):
    if "error" in outcome:
        raise Wrong(f"the client says {describe(outcome['error'])}")


def describe(error):
    message = " ".join(str(error.get("message")).split())[:300]
    return f"{error.get('type')} (status {error.get('status')}): {message}"


def has_text(outcome, run, results=()):
    told = ", ".join(f"“{result}”" for result in results)
    told = f" with the tool result {told}" if told else ""
    expect(
        "the text",
        outcome["text"],
        f"This is a mock answer to “{run.prompt}”{told}. Each word of it is a chunk of its"
        f" own, so a lost or doubled word shows. Finished by {run.last.label}.",
    )


def is_finished(outcome):
    if outcome["finish"].lower() not in ("stop", "end_turn", "completed"):
        raise Wrong(f"the finish reason is {outcome['finish']!r}")


def has_usage(outcome):
    usage = outcome.get("usage") or {}
    if not usage.get("input") or not usage.get("output"):
        raise Wrong(f"the usage is {usage}")


def answered(outcome, run):
    good(outcome)
    has_text(outcome, run)
    is_finished(outcome)
    has_usage(outcome)


def streamed(outcome, run):
    answered(outcome, run)
    if outcome.get("pieces", 5) < 5:
        raise Wrong(f"the text came in {outcome['pieces']} pieces")
    if len(outcome.get("ids", ["one"])) != 1:
        raise Wrong(f"the stream has the ids {outcome['ids']}")


def seen(outcome, run):
    """The image has come to the provider as it was."""
    if run.client.is_agent:  # which puts the file's name into the prompt
        answered_somehow(outcome, run)
    else:
        answered(outcome, run)
    body = run.first.mock.requests()[-1]["body"]
    if run.client.api == "gemini" and run.first.name == "gemini":
        body = body.replace("-", "+")  # the other alphabet of Base64 passes as it is
    if IMAGE not in body:
        raise Wrong("the provider has not got the image")


def answered_somehow(outcome, run):
    good(outcome)
    if run.prompt not in outcome["text"] or not outcome["text"].endswith(f"{run.last.label}."):
        raise Wrong(f"the text is {outcome['text']!r}")


def counted(outcome, run):
    good(outcome)
    if not outcome["tokens"]:
        raise Wrong(f"the count of tokens is {outcome['tokens']}")


def called(count):
    """A check of a round trip with so many calls of the tool."""

    def check(outcome, run):
        good(outcome)
        calls = [(call["name"], parsed(call["arguments"])) for call in outcome["calls"]]
        expect("the calls", calls, [("search", {"query": run.prompt})] * count)
        has_text(outcome, run, [f"result {number + 1}" for number in range(count)])
        is_finished(outcome)
        has_usage(outcome)

    return check


def parsed(arguments):
    return json.loads(arguments) if isinstance(arguments, str) else arguments


def structured(outcome, run):
    good(outcome)
    wanted = {"reply": run.prompt, "count": 1}
    if run.client.is_agent:  # which may have added to the prompt
        wanted["reply"] = str(outcome["parsed"].get("reply") or wanted["reply"])
    expect("the structure", outcome["parsed"], wanted)


def refused(status):
    """A check of an error with this status, or one of these."""

    def check(outcome, run):
        error = outcome.get("error")
        if not error:
            raise Wrong("the client says nothing of an error")
        wanted = run.client.errors[run.scenario.name]
        if error["type"] != wanted:
            raise Wrong(f"expected {wanted}, but the client says {describe(error)}")
        allowed = status if isinstance(status, tuple) else (status,)
        if run.client.shows_status and error.get("status") not in allowed:
            raise Wrong(f"expected status {status}, but the client says {describe(error)}")

    return check


def unknown(outcome, run):
    refused(400 if run.client.api == "responses" else 404)(outcome, run)


def rate_limited(outcome, run):
    refused(429)(outcome, run)
    if run.client.shows_headers:
        expect("Retry-After", outcome["error"]["retry_after"], "1")


def failed(outcome, run):
    refused(502)(outcome, run)
    # A client that obeys x-should-retry adds none to what the gateway has tried.
    wanted = ATTEMPTS * run.client.tries
    expect("the count of requests at the provider", run.first.mock.seen(), wanted)


def too_long(outcome, run):
    refused(400)(outcome, run)
    expect("the count of requests at the provider", run.first.mock.seen(), 1)
    error = outcome["error"]
    if run.client.api == "messages" and "prompt is too long" not in error["message"].lower():
        raise Wrong(f"Claude Code looks for other words: {describe(error)}")
    if run.client.api == "chat" and error["code"] not in ("context_length_exceeded", None):
        raise Wrong(f"the code is {error['code']}")


def cut_off(outcome, run):
    error = outcome.get("error")
    wanted = run.client.errors[run.scenario.name]
    if not error and not wanted and outcome["finish"] is None:
        return
    if not error:
        raise Wrong(f"a broken stream looks whole: {outcome}")
    if error["type"] != wanted:
        raise Wrong(f"expected {wanted}, but the client says {describe(error)}")


def continued(outcome, run):
    streamed(outcome, run)
    mocks = {run.first.mock, run.last.mock}
    expect("the count of requests at the providers", sum(mock.seen() for mock in mocks), 2)


def waited(outcome, run):
    """The client has repeated the request, as late as it was told to."""
    answered(outcome, run)
    first, second = run.first.mock.requests()
    pause = second["monotonic_ms"] - first["monotonic_ms"]
    if pause < 1000:
        raise Wrong(f"the client waited for {pause} ms")


def overloaded(outcome, run):
    """Claude Code obeys x-should-retry, Codex asks again."""
    answers = [seen.status for seen in run.recorder.seen]
    if run.client.api == "messages":
        if "error" not in outcome:
            raise Wrong("the client says nothing of an error")
        expect("the answers", answers, [529])
        expect("the header", run.recorder.seen[0].answer.get("x-should-retry"), "false")
    else:
        answered(outcome, run)
        expect("the answers", answers, [503, 200])
    expect("the count of requests", run.first.mock.seen(), ATTEMPTS + len(answers) - 1)


def kept(outcome, run):
    """What was sent comes to a provider of the same format as it was, and to others without what
    is for the vendor alone."""
    answered(outcome, run)
    sent, got = run.recorder.seen[-1], run.first.mock.requests()[-1]
    if "content-encoding" in sent.answer:
        raise Wrong("the answer is compressed")
    asked = json.loads(sent.body)
    if run.client.api == "messages":
        if "request-id" not in sent.answer:
            raise Wrong("the answer has no request-id")
        if run.first.name == "anthropic":
            return same(sent, got, run)
    for tool in asked["tools"]:
        if tool.get("type", "custom") in ("function", "custom") and "name" in tool:
            if f'"{tool["name"]}"' not in got["body"]:
                raise Wrong(f"the provider has not got the tool {tool['name']}")
    # Bedrock takes the same format from this client.
    if run.first.name != "bedrock" and "x-anthropic-billing-header" in got["body"]:
        raise Wrong("the provider has got the block about billing")
    for name in got["headers"]:
        if name.startswith(VENDORS_OWN):
            raise Wrong(f"the provider has got the header {name}")


# Headers of the agents that tell other vendors nothing, or too much.
VENDORS_OWN = (
    "anthropic-beta",
    "x-app",
    "x-claude-code",
    "x-codex",
    "x-stainless",
    "originator",
    "session",
    "thread",
)


def same(sent, got, run):
    model = json.loads(got["body"])["model"]
    body = sent.body.decode().replace(f'"model":"{run.model}"', f'"model":"{model}"', 1)
    if got["body"] != body:
        raise Wrong("the provider has got another body than the client has sent")
    for name, value in sent.headers.items():
        if name.startswith("anthropic-"):
            expect(f"the header {name}", got["headers"].get(name), value)


def left(outcome, run):
    good(outcome)
    expect("the count of pieces", outcome.get("pieces", 3), 3)
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        if run.gateway.last_outcome(run.model) == "cancelled" and run.first.mock.client_gone():
            return
        time.sleep(0.02)
    raise Wrong(
        f"the journal's outcome is {run.gateway.last_outcome(run.model)}, and the provider's client"
        f" {'has' if run.first.mock.client_gone() else 'has not'} left"
    )


SCENARIOS = [
    Scenario("whole answer", "targets", "answer", TEXT, answered, direct=True),
    Scenario(
        "stream",
        "targets",
        "stream",
        TEXT,
        streamed,
        {"crlf": True, "split_utf8": True},
        direct=True,
    ),
    Scenario("tool call", "targets", "tools", TOOL, called(1), direct=True),
    Scenario("streamed tool call", "targets", "stream tools", TOOL, called(1), direct=True),
    Scenario("parallel tool calls", "targets", "tools", TWO_TOOLS, called(2), direct=True),
    Scenario(
        "streamed parallel tool calls",
        "targets",
        "stream tools",
        TWO_TOOLS,
        called(2),
        direct=True,
    ),
    Scenario("image", "targets", "image", TEXT, seen, direct=True),
    Scenario("structured output", "targets", "schema", TEXT, structured, direct=True),
    Scenario("cancelled stream", "targets", "cancel", TEXT, left, {"token_delay_ms": 100}),
    Scenario("token count", "targets", "count", TEXT, counted, optional=True),
    Scenario("unknown model", "gateway", "answer", TEXT, unknown),
    Scenario(
        "rate limit",
        "targets",
        "answer",
        TEXT,
        rate_limited,
        {"rate_limit_probability": 1, "retry_after_seconds": 1},
    ),
    Scenario(
        "server error",
        "targets",
        "answer",
        TEXT,
        failed,
        {"server_error_probability": 1},
    ),
    Scenario(
        "prompt too long", "targets", "answer", TEXT, too_long, {"script": ["context_length"]}
    ),
    Scenario("broken stream", "targets", "stream", TEXT, cut_off, {"stream_cut_probability": 1}),
    Scenario("request kept", "targets", "stream", TEXT, kept, recorded=True, optional=True),
    Scenario(
        "rate limit, waited for",
        "targets",
        "stream",
        TEXT,
        waited,
        {"script": ["rate_limit"], "retry_after_seconds": 1},
        optional=True,
    ),
    Scenario(
        "overload",
        "targets",
        "stream",
        TEXT,
        overloaded,
        {"script": ["overloaded"] * ATTEMPTS},
        recorded=True,
        optional=True,
    ),
    Scenario(
        "answer by another",
        "chains",
        "answer",
        TEXT,
        answered,
        {"script": ["server_error", "server_error"]},
    ),
    Scenario(
        "stream by another",
        "chains",
        "stream",
        TEXT,
        streamed,
        {"script": ["overloaded", "overloaded"]},
    ),
    Scenario("cut stream", "chains", "stream", TEXT, continued, {"script": ["stream_cut"]}),
    Scenario(
        "rate limit, then another",
        "chains",
        "stream",
        TEXT,
        continued,
        {"script": ["rate_limit"]},
    ),
]
