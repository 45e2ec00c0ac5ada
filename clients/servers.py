"""The mock providers and the gateway, started on free ports of loopback."""

import json
import re
import socket
import subprocess
import time
import urllib.request
from contextlib import ExitStack
from dataclasses import dataclass

from recorder import Recorder
from table import ROOT

# How a provider is called by the gateway, its format, and the model that it is asked for.
PROVIDERS = {
    "openai": ("openai", "gpt-4o"),
    "openai-2": ("openai", "gpt-4o"),
    "anthropic": ("anthropic", "claude-sonnet-5-5"),
    "anthropic-2": ("anthropic", "claude-haiku-4-5"),
    "gemini": ("gemini", "gemini-2.5-flash"),
    "bedrock": ("bedrock", "eu.anthropic.claude-sonnet-4-5-20250929-v1:0"),
}
# What a provider of a format needs beside its address and key.
OPENAI_FORMATS = ["chat", "embeddings", "moderations", "images", "audio"]
MORE = {"openai": {"formats": OPENAI_FORMATS}, "bedrock": {"region": "eu-central-1"}}
TARGETS = ["openai", "anthropic", "gemini", "bedrock"]
CHAINS = [
    ("openai", "openai-2"),
    ("openai", "anthropic"),
    ("openai", "gemini"),
    ("anthropic", "anthropic-2"),
    ("anthropic", "openai"),
    ("anthropic", "gemini"),
    ("gemini", "openai"),
    ("gemini", "anthropic"),
    ("anthropic", "bedrock"),
    ("bedrock", "openai"),
]
# Providers of the same model, for what cannot be answered by another one.
SHARED = [("openai", "openai-2")]
# The attempts that the gateway makes for one request.
ATTEMPTS = 3
START_TIMEOUT_S = 60
CALL_TIMEOUT_S = 60
# A proxy in the environment is not for loopback.
OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def call(url, body=None, method=None):
    """Sends JSON, or nothing, and returns the answer's JSON."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(
        url, data=data, method=method, headers={"content-type": "application/json"}
    )
    with OPENER.open(request, timeout=CALL_TIMEOUT_S) as response:
        text = response.read()
    return json.loads(text) if text else None


@dataclass(frozen=True)
class Provider:
    """One of the gateway's providers.

    label: how the simulated provider signs its answers
    """

    name: str
    mock: "Mock"
    label: str


class Mock:
    """The simulated provider of one format."""

    def __init__(self, url):
        self.url = url

    def reset(self):
        call(self.url + "/reset", {})

    def behave(self, settings):
        call(self.url + "/config/failures", settings)

    def requests(self):
        return call(self.url + "/stats")["requests"]

    def seen(self):
        return call(self.url + "/stats")["total"]

    def client_gone(self):
        requests = self.requests()
        return bool(requests) and requests[-1]["client_gone"]


class Gateway:
    """The gateway under test."""

    def __init__(self, url, management):
        self.url = url
        self.management = management

    def last_outcome(self, model):
        """The journal's outcome of the newest request; none while it runs, or of another model."""
        newest = call(f"{self.management}/api/requests?limit=1")["requests"]
        return newest[0]["outcome"] if newest and newest[0]["model"] == model else None

    def forget_failures(self):
        """Ends the pauses and closes the circuits of all providers."""
        for provider in PROVIDERS:
            base = f"{self.management}/api/providers/{provider}"
            call(base + "/pause", {"action": "lift"}, "PUT")
            call(base + "/circuit", {"action": "reset"}, "PUT")


def alone(provider):
    """The model that only this provider answers."""
    return f"only-{provider}"


def chained(first, second):
    """The model that the first provider answers, and the second one where that fails."""
    return f"{first}-then-{second}"


def shared(first, second):
    """The model that both providers serve, the first one before the second."""
    return f"{first}-and-{second}"


def configuration(mocks, port, management_port, folder):
    """The gateway's configuration, as JSON, which is YAML."""
    providers = []
    for name, (format_name, upstream) in PROVIDERS.items():
        models = [alone(name)] + [chained(*chain) for chain in CHAINS if chain[0] == name]
        models += [shared(*pair) for pair in SHARED if name in pair]
        providers.append(
            {
                "name": name,
                "type": format_name,
                "base_url": mocks[format_name].url,
                "api_key": "mock-key",
                "models": dict.fromkeys(models, upstream),
                "priority": 1 + len(providers),
                **MORE.get(format_name, {}),
            }
        )
    return {
        "server": {"host": "127.0.0.1", "port": port, "lame_duck": "0s"},
        "observability": {"metrics_port": management_port},
        "retry": {
            "max_attempts": ATTEMPTS,
            "base_backoff": "20ms",
            "max_backoff": "100ms",
            "max_retry_after": "500ms",
        },
        "circuit_breaker": {"threshold": 100, "minimum_calls": 100},
        "providers": providers,
        "fallbacks": {chained(*chain): [alone(chain[1])] for chain in CHAINS},
        "journal": {"url": f"sqlite:{folder}/journal.db"},
    }


class Servers:
    """The running processes; leaving the context stops them."""

    def __init__(self, folder):
        self.folder = folder
        self.processes = []
        self.ends = ExitStack()

    def __enter__(self):
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *problem):
        self.stop()

    def start(self):
        formats = sorted({format_name for format_name, _ in PROVIDERS.values()})
        ports = [part for name in formats for part in (f"--{name}-port", "0")]
        log = self.launch("mock", [ROOT / "bin" / "mock-provider", *ports])
        self.mocks = {name: Mock(address(log, name)) for name in formats}
        self.providers = {
            name: Provider(name, self.mocks[format_name], f"{format_name}/{model}")
            for name, (format_name, model) in PROVIDERS.items()
        }
        port, management_port = free_port(), free_port()
        config = self.folder / "gateway.json"
        config.write_text(
            json.dumps(configuration(self.mocks, port, management_port, self.folder), indent=1)
        )
        self.launch("gateway", [ROOT / "bin" / "gateway", "serve", "--config", config])
        self.gateway = Gateway(f"http://127.0.0.1:{port}", f"http://127.0.0.1:{management_port}")
        self.wait_for(self.gateway.url + "/health")
        self.recorder = self.ends.enter_context(Recorder(self.gateway.url))

    def launch(self, name, command):
        log = self.folder / f"{name}.log"
        with log.open("w") as output:
            self.processes.append(
                subprocess.Popen(command, stdout=output, stderr=output, stdin=subprocess.DEVNULL)
            )
        return log

    def wait_for(self, url):
        deadline = time.monotonic() + START_TIMEOUT_S
        while True:
            try:
                return call(url)
            except OSError:
                if time.monotonic() > deadline or self.processes[-1].poll() is not None:
                    raise SystemExit((self.folder / "gateway.log").read_text()) from None
                time.sleep(0.1)

    def stop(self):
        self.ends.close()
        for process in reversed(self.processes):
            process.terminate()
        for process in self.processes:
            process.wait()


def address(log, name):
    """The address that the mock provider prints once it listens."""
    deadline = time.monotonic() + START_TIMEOUT_S
    while time.monotonic() < deadline:
        found = re.search(rf"{name} +(http://127\.0\.0\.1:\d+)", log.read_text())
        if found:
            return found.group(1)
        time.sleep(0.1)
    raise SystemExit(log.read_text())


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
