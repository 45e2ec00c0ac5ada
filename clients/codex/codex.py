"""Codex, unchanged and without a terminal, as a client program; with the argument websocket it
speaks WebSocket.

It has a new home for each task, so nothing of this machine's own settings is read or changed, and
the folder in which it works is thrown away with it.
"""

import json
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "clients" / "python"))

from tasks import REPLY_SCHEMA, image_of, serve  # noqa: E402 (the folder has to be known first)

CODEX = ROOT / "target" / "clients" / "codex" / "node_modules" / ".bin" / "codex"
SEARCH_SERVER = ROOT / "clients" / "search_server.py"
TIMEOUT_S = 100
# Its request is on its way, and the answer takes longer.
ASKED_AFTER_S = 1.5
# Without the first three lines it would put texts of its own beside the prompt.
SETTINGS = """
include_environment_context = false
include_permissions_instructions = false
include_apps_instructions = false
model_provider = "gateway"
[model_providers.gateway]
name = "gateway"
base_url = "{url}/v1"
env_key = "GATEWAY_KEY"
wire_api = "responses"
supports_websockets = {websocket}
[mcp_servers.clients]
command = "{python}"
args = ["{server}"]
"""
# What it writes before the result of a tool.
PREAMBLE = re.compile(r"Wall time: [\d.]+ seconds\nOutput:\n?")


class ExitCode(Exception):
    """Codex says that it failed."""


def run(task, **options):
    """The events that it prints; an option's value is the content of a file."""
    with tempfile.TemporaryDirectory() as home:
        words = []
        for option, content in options.items():
            file = Path(home) / (option + ".png")
            file.write_bytes(content)
            words += ["--" + option.replace("_", "-"), str(file)]
        done = subprocess.run(
            command(task, home, *words),
            **surroundings(home),
            capture_output=True,
            timeout=TIMEOUT_S,
        )
    events = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    if done.returncode != 0 or not events or events[-1]["type"] != "turn.completed":
        said = json.dumps(events[-1]) if events else done.stderr
        raise ExitCode(f"exit code {done.returncode}: {said}")
    return events


def command(task, home, *words):
    file = Path(home) / ".codex" / "config.toml"
    file.parent.mkdir()
    websocket = "true" if "websocket" in sys.argv else "false"
    file.write_text(
        SETTINGS.format(
            url=task["url"], python=sys.executable, server=SEARCH_SERVER, websocket=websocket
        )
    )
    return [
        CODEX,
        "exec",
        task["prompt"],
        "--json",
        "--skip-git-repo-check",
        "--dangerously-bypass-approvals-and-sandbox",
        "--model",
        task["model"],
        *words,
    ]


def surroundings(home):
    return {
        "env": {"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": home, "GATEWAY_KEY": "any"},
        "cwd": home,
        "stdin": subprocess.DEVNULL,
        "encoding": "utf-8",
    }


def image(task):
    return stream(task, image=image_of(task))


def schema(task):
    schema = json.dumps(REPLY_SCHEMA).encode()
    return {"parsed": json.loads(stream(task, output_schema=schema)["text"])}


def cancel(task):
    """Stops it in the middle of the stream; it prints texts only when they are whole."""
    with tempfile.TemporaryDirectory() as home:
        codex = subprocess.Popen(command(task, home), **surroundings(home), stdout=subprocess.PIPE)
        for line in codex.stdout:
            if '"turn.started"' in line:
                break
        time.sleep(ASKED_AFTER_S)
        codex.send_signal(signal.SIGINT)
        codex.stdout.close()
        codex.wait(TIMEOUT_S)
    return {}


def stream(task, **options):
    events = run(task, **options)
    items = [event["item"] for event in events if event["type"] == "item.completed"]
    texts = [item["text"] for item in items if item["type"] == "agent_message"]
    usage = events[-1]["usage"]
    return {
        "text": PREAMBLE.sub("", texts[-1]),
        "finish": "stop",
        "calls": [
            {"name": item["tool"], "arguments": item["arguments"]}
            for item in items
            if item["type"] == "mcp_tool_call"
        ],
        "usage": {"input": usage["input_tokens"], "output": usage["output_tokens"]},
    }


if __name__ == "__main__":
    serve(
        {
            "answer": stream,
            "image": image,
            "stream": stream,
            "stream tools": stream,
            "schema": schema,
            "cancel": cancel,
        }
    )
