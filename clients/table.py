"""The clients: how each is started, which API it speaks, and the names of its errors."""

import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "target" / "clients"

# The name of an error in the clients of Python and JavaScript, by what went wrong.
ERRORS = {
    "unknown model": "NotFoundError",
    "rate limit": "RateLimitError",
    "server error": "InternalServerError",
    "prompt too long": "BadRequestError",
    "broken stream": "APIError",
}
RESPONSES_ERRORS = ERRORS | {"unknown model": "BadRequestError"}
JAVA_ERRORS = {
    "unknown model": "NotFoundException",
    "rate limit": "RateLimitException",
    "server error": "InternalServerException",
    "prompt too long": "BadRequestException",
    "broken stream": "SseException",
}

LANGCHAIN4J_ERRORS = {
    "unknown model": "ModelNotFoundException",
    "rate limit": "RateLimitException",
    "server error": "InternalServerException",
    "prompt too long": "InvalidRequestException",
    "broken stream": "",
}
LANGCHAIN_ERRORS = {
    "unknown model": "ModelNotFoundError",
    "rate limit": "RateLimitError",
    "server error": "APIError",
    "prompt too long": "ContextOverflowError",
}

# The package of a client, and the list that says its version.
PACKAGES = {
    "openai for Python": ("\nopenai[realtime]==", "python/requirements.txt"),
    "openai for Python by WebSocket": ("\nopenai[realtime]==", "python/requirements.txt"),
    "openai for JavaScript by WebSocket": ('"openai"', "node/package.json"),
    "Codex by WebSocket": ("codex", "codex/package.json"),
    "openai-agents": ("openai-agents", "python/requirements.txt"),
    "LlamaIndex": ("llama-index-llms-openai-like", "llamaindex/requirements.txt"),
    "@langchain/openai": ("@langchain/openai", "node/package.json"),
    "@langchain/anthropic": ("@langchain/anthropic", "node/package.json"),
    "LangChain4j": ("langchain4j-open-ai</artifactId>", "langchain4j/pom.xml"),
    "Spring AI": ("spring-ai-openai</artifactId>", "spring-ai/pom.xml"),
    "google-genai for Python": ("google-genai", "python/requirements.txt"),
    "google-genai for JavaScript": ("@google/genai", "node/package.json"),
    "openai for JavaScript": ('"openai"', "node/package.json"),
    "openai for Java": ("openai-java</artifactId>", "java/pom.xml"),
    "openai for Go": ("openai-go/v3", "go/go.mod"),
    "langchain-openai": ("langchain-openai", "python/requirements.txt"),
    "@ai-sdk/openai-compatible": ("@ai-sdk/openai-compatible", "node/package.json"),
    "anthropic for Python": ("anthropic", "python/requirements.txt"),
    "anthropic for JavaScript": ("@anthropic-ai/sdk", "node/package.json"),
    "langchain-anthropic": ("langchain-anthropic", "python/requirements.txt"),
    "@ai-sdk/anthropic": ("@ai-sdk/anthropic", "node/package.json"),
    "Claude Code": ("claude-code", "claude-code/package.json"),
    "Codex": ("codex", "codex/package.json"),
}


@dataclass(frozen=True)
class Client:
    """A client program.

    requires: what has to be installed for it, a key of install.INSTALLERS
    api: the gateway's API that it speaks: a key of report.APIS
    errors: the name of its error by what went wrong; empty where it takes an error in a stream
        for the end of the stream, and only the finish reason is missing
    tries: how often it sends a request that is refused with x-should-retry: false
        (the AI SDK does not read that header)
    tool: what it calls the tool "search"
    shows_status, shows_headers: whether its errors have an HTTP status and headers
    scenarios: the names of the only scenarios that it can run; empty for all that are not optional
    more: the names of the optional ones that it can run, too
    cannot: pairs of a scenario and a target that it cannot run without the gateway either
    """

    name: str
    requires: str
    api: str
    command: list
    errors: dict = field(default_factory=lambda: ERRORS)
    tries: int = 1
    tool: str = "search"
    shows_status: bool = True
    shows_headers: bool = True
    scenarios: tuple = ()
    more: tuple = ()
    cannot: tuple = ()

    @property
    def title(self):
        """Its name among all clients."""
        return f"{self.name}, {self.api}"

    @property
    def is_agent(self):
        """Whether it answers prompts by itself."""
        return self.requires in ("claude-code", "codex")

    def can_run(self, scenario):
        """Whether it can do what the scenario asks for."""
        if scenario.api:
            return scenario.api == self.api
        if self.scenarios:
            return scenario.name in self.scenarios
        return not scenario.optional or scenario.name in self.more

    def version(self):
        """As the list of its packages pins it."""
        package, file = PACKAGES[self.name]
        text = (ROOT / "clients" / file).read_text()
        return re.search(re.escape(package) + r"[^0-9]*([0-9.]+[0-9])", text).group(1)


def python(name, api, *command, folder="python", **more):
    program, *arguments = command
    interpreter = FOLDER / folder / "bin" / "python"
    path = ROOT / "clients" / folder / program
    return Client(name, folder, api, [interpreter, "-B", path, *arguments], **more)


def node(name, api, *command, **more):
    program, *arguments = command
    return Client(name, "node", api, ["node", FOLDER / "node" / program, *arguments], **more)


def java(name, folder, api, *program, **more):
    path = f"{FOLDER}/{folder}/classes:{FOLDER}/{folder}/lib/*"
    return Client(name, folder, api, ["java", "-cp", path, *program], **more)


def langchain4j(api, vendor, **more):
    """LangChain4j: its exceptions tell nothing of an answer's headers."""
    errors = LANGCHAIN4J_ERRORS | more.pop("errors", {})
    program = ["LangChain4j", vendor]
    name = "LangChain4j"
    return java(name, "langchain4j", api, *program, errors=errors, shows_headers=False, **more)


def go(api, **more):
    """OpenAI's client for Go: one program for all APIs."""
    errors = every("openai.Error") | {"broken stream": "*ssestream.StreamError"}
    command = [FOLDER / "go" / "client", api]
    return Client("openai for Go", "go", api, command, errors, **more)


# What clients of APIs that are forwarded run beside the scenarios of forwarded.py.
REFUSALS = ("unknown model", "rate limit", "server error", "prompt too long")


def langchain(vendor):
    """LangChain's own classes; a broken stream is its vendor's."""
    return ERRORS | {what: vendor + name for what, name in LANGCHAIN_ERRORS.items()}


def every(name):
    return dict.fromkeys(ERRORS, name)


# What the recorder shows, which speaks no WebSocket.
RECORDED = ("request kept", "overload")
OF_AGENTS = (
    "stream",
    "streamed tool call",
    "streamed parallel tool calls",
    "image",
    "structured output",
    "cancelled stream",
    "request kept",
    "rate limit, waited for",
    "overload",
    "prompt too long",
    "stream by another",
    "rate limit, then another",
    "cut stream",
)


def agent(name, folder, api, *command, scenarios=OF_AGENTS, **more):
    """A program that answers prompts by itself, always in streams."""
    program, *arguments = command
    return Client(
        name,
        folder,
        api,
        [sys.executable, "-B", ROOT / "clients" / folder / program, *arguments],
        every("ExitCode"),
        tool="mcp__clients__search",
        shows_status=False,
        scenarios=scenarios,
        **more,
    )


CLIENTS = [
    agent("Claude Code", "claude-code", "messages", "claude_code.py"),
    # Its functions are always there, beside which Gemini 2.5 has no structured output.
    agent(
        "Codex",
        "codex",
        "responses",
        "codex.py",
        cannot=(("structured output", "gemini"),),
    ),
    agent(
        "Codex by WebSocket",
        "codex",
        "responses",
        "codex.py",
        "websocket",
        scenarios=tuple(name for name in OF_AGENTS if name not in RECORDED),
        cannot=(("structured output", "gemini"),),
    ),
    python("openai for Python", "chat", "openai_client.py"),
    node("openai for JavaScript", "chat", "openai_client.mjs"),
    java("openai for Java", "java", "chat", "OpenAiChat", errors=JAVA_ERRORS),
    go("chat"),
    python("langchain-openai", "chat", "langchain_client.py", "openai", errors=langchain("OpenAI")),
    node("@langchain/openai", "chat", "langchain.mjs", "openai"),
    langchain4j("chat", "OPENAI"),
    java("Spring AI", "spring-ai", "chat", "SpringAi", "openai", errors=JAVA_ERRORS),
    python("LlamaIndex", "chat", "llamaindex_client.py", folder="llamaindex"),
    python("openai-agents", "chat", "openai_agents_client.py", "chat"),
    node(
        "@ai-sdk/openai-compatible",
        "chat",
        "ai_sdk.mjs",
        "openai-compatible",
        errors=every("APICallError") | {"broken stream": "StreamProviderError"},
        tries=3,
    ),
    python(
        "anthropic for Python",
        "messages",
        "anthropic_client.py",
        errors=ERRORS | {"broken stream": "APIStatusError"},
        more=("token count",),
    ),
    node("anthropic for JavaScript", "messages", "anthropic_client.mjs", more=("token count",)),
    python(
        "langchain-anthropic",
        "messages",
        "langchain_client.py",
        "anthropic",
        errors=langchain("Anthropic") | {"broken stream": "APIStatusError"},
    ),
    node(
        "@langchain/anthropic",
        "messages",
        "langchain.mjs",
        "anthropic",
        errors=ERRORS | {"prompt too long": "ContextOverflowError"},
    ),
    langchain4j("messages", "ANTHROPIC", errors={"broken stream": "AnthropicStreamingException"}),
    java("Spring AI", "spring-ai", "messages", "SpringAi", "anthropic", errors=JAVA_ERRORS),
    node(
        "@ai-sdk/anthropic",
        "messages",
        "ai_sdk.mjs",
        "anthropic",
        errors=every("APICallError") | {"broken stream": "StreamProviderError"},
        tries=3,
    ),
    python(
        "openai for Python",
        "responses",
        "openai_responses.py",
        errors=RESPONSES_ERRORS,
        more=("token count",),
    ),
    node(
        "openai for JavaScript",
        "responses",
        "openai_responses.mjs",
        errors=RESPONSES_ERRORS,
        more=("token count",),
    ),
    python(
        "openai for Python by WebSocket",
        "responses",
        "openai_websocket.py",
        errors=every("ErrorEvent"),
    ),
    node(
        "openai for JavaScript by WebSocket",
        "responses",
        "openai_websocket.mjs",
        errors=every("WebSocketError"),
    ),
    java(
        "openai for Java",
        "java",
        "responses",
        "OpenAiResponses",
        errors=JAVA_ERRORS | {"unknown model": "BadRequestException"},
        more=("token count",),
    ),
    go("responses", more=("token count",)),
    python(
        "openai-agents",
        "responses",
        "openai_agents_client.py",
        "responses",
        errors=RESPONSES_ERRORS,
    ),
    node("@langchain/openai", "responses", "langchain.mjs", "responses", errors=RESPONSES_ERRORS),
    langchain4j(
        "responses",
        "RESPONSES",
        errors={"unknown model": "InvalidRequestException", "broken stream": "RuntimeException"},
    ),
    python("openai for Python", "forwarded", "openai_forwarded.py", scenarios=REFUSALS),
    node("openai for JavaScript", "forwarded", "openai_forwarded.mjs", scenarios=REFUSALS),
    java(
        "openai for Java",
        "java",
        "forwarded",
        "OpenAiForwarded",
        errors=JAVA_ERRORS,
        scenarios=REFUSALS,
    ),
    go("forwarded", scenarios=REFUSALS),
    python(
        "google-genai for Python",
        "gemini",
        "google_genai_client.py",
        errors=every("ClientError")
        | dict.fromkeys(["server error", "broken stream"], "ServerError"),
        more=("token count",),
    ),
    # It sends each result of parallel calls in a turn of its own, which Gemini refuses.
    langchain4j(
        "gemini",
        "GEMINI",
        cannot=(
            ("parallel tool calls", "gemini"),
            ("streamed parallel tool calls", "gemini"),
        ),
    ),
    node(
        "google-genai for JavaScript",
        "gemini",
        "google_genai.mjs",
        errors=every("ApiError"),
        more=("token count",),
    ),
]
