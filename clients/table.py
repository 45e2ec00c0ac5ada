"""The clients: how each is started, which API it speaks, and the names of its errors."""

import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "target" / "clients"
PYTHON = FOLDER / "python" / "bin" / "python"

# The name of an error in the clients of Python and JavaScript, by what went wrong.
ERRORS = {
    "unknown model": "NotFoundError",
    "rate limit": "RateLimitError",
    "server error": "InternalServerError",
    "prompt too long": "BadRequestError",
    "broken stream": "APIError",
}
JAVA_ERRORS = {
    "unknown model": "NotFoundException",
    "rate limit": "RateLimitException",
    "server error": "InternalServerException",
    "prompt too long": "BadRequestException",
    "broken stream": "SseException",
}

LANGCHAIN_ERRORS = {
    "unknown model": "ModelNotFoundError",
    "rate limit": "RateLimitError",
    "server error": "APIError",
    "prompt too long": "ContextOverflowError",
}

# The package of a client, and the list that says its version.
PACKAGES = {
    "openai for Python": ("\nopenai", "python/requirements.txt"),
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
    api: the gateway's API that it speaks: "chat", "messages" or "responses"
    errors: the name of its error by what went wrong
    tries: how often it sends a request that is refused with x-should-retry: false
        (the AI SDK does not read that header)
    tool: what it calls the tool "search"
    shows_status: whether its errors have an HTTP status
    scenarios: the names of the only scenarios that it can run; empty for all
    """

    name: str
    requires: str
    api: str
    command: list
    errors: dict = field(default_factory=lambda: ERRORS)
    tries: int = 1
    tool: str = "search"
    shows_status: bool = True
    scenarios: tuple = ()

    def version(self):
        """As the list of its packages pins it."""
        package, file = PACKAGES[self.name]
        text = (ROOT / "clients" / file).read_text()
        return re.search(re.escape(package) + r"[^0-9]*([0-9.]+[0-9])", text).group(1)


def python(name, api, *command, **more):
    program, *arguments = command
    path = ROOT / "clients" / "python" / program
    return Client(name, "python", api, [PYTHON, "-B", path, *arguments], **more)


def node(name, api, *command, **more):
    program, *arguments = command
    return Client(name, "node", api, ["node", FOLDER / "node" / program, *arguments], **more)


def langchain(vendor):
    """LangChain's own classes; a broken stream is its vendor's."""
    return ERRORS | {what: vendor + name for what, name in LANGCHAIN_ERRORS.items()}


def every(name):
    return dict.fromkeys(ERRORS, name)


def agent(name, folder, api, program):
    """A program that answers prompts by itself, always in streams."""
    return Client(
        name,
        folder,
        api,
        [sys.executable, "-B", ROOT / "clients" / folder / program],
        every("ExitCode"),
        tool="mcp__clients__search",
        shows_status=False,
        scenarios=(
            "stream",
            "streamed tool call",
            "streamed parallel tool calls",
            "prompt too long",
            "stream by another",
            "rate limit, then another",
            "cut stream",
        ),
    )


CLIENTS = [
    agent("Claude Code", "claude-code", "messages", "claude_code.py"),
    agent("Codex", "codex", "responses", "codex.py"),
    python("openai for Python", "chat", "openai_client.py"),
    node("openai for JavaScript", "chat", "openai_client.mjs"),
    Client(
        "openai for Java",
        "java",
        "chat",
        ["java", "-cp", f"{FOLDER}/java/classes:{FOLDER}/java/lib/*", "OpenAiClient"],
        JAVA_ERRORS,
    ),
    Client(
        "openai for Go",
        "go",
        "chat",
        [FOLDER / "go" / "client"],
        every("openai.Error") | {"broken stream": "*ssestream.StreamError"},
    ),
    python(
        "langchain-openai", "chat", "langchain_client.py", "openai", errors=langchain("OpenAI")
    ),
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
    ),
    node("anthropic for JavaScript", "messages", "anthropic_client.mjs"),
    python(
        "langchain-anthropic",
        "messages",
        "langchain_client.py",
        "anthropic",
        errors=langchain("Anthropic") | {"broken stream": "APIStatusError"},
    ),
    node(
        "@ai-sdk/anthropic",
        "messages",
        "ai_sdk.mjs",
        "anthropic",
        errors=every("APICallError") | {"broken stream": "StreamProviderError"},
        tries=3,
    ),
]
