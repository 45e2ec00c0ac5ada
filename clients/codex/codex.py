"""Codex, unchanged and without a terminal, as a client program.

It has a new home for each task, so nothing of this machine's own settings is read or changed, and
the folder in which it works is thrown away with it.
"""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "clients" / "python"))

from tasks import serve  # noqa: E402 (the folder has to be known first)

CODEX = ROOT / "target" / "clients" / "codex" / "node_modules" / ".bin" / "codex"
SEARCH_SERVER = ROOT / "clients" / "search_server.py"
TIMEOUT_S = 100
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
[mcp_servers.clients]
command = "{python}"
args = ["{server}"]
"""
# What it writes before the result of a tool.
PREAMBLE = re.compile(r"Wall time: [\d.]+ seconds\nOutput:\n?")


class ExitCode(Exception):
    """Codex says that it failed."""


def run(task):
    """The events that it prints."""
    with tempfile.TemporaryDirectory() as home:
        file = Path(home) / ".codex" / "config.toml"
        file.parent.mkdir()
        file.write_text(
            SETTINGS.format(url=task["url"], python=sys.executable, server=SEARCH_SERVER)
        )
        done = subprocess.run(
            [
                CODEX,
                "exec",
                "--json",
                "--skip-git-repo-check",
                "--dangerously-bypass-approvals-and-sandbox",
                "--model",
                task["model"],
                task["prompt"],
            ],
            env={"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": home, "GATEWAY_KEY": "any"},
            cwd=home,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=TIMEOUT_S,
        )
    events = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    if done.returncode != 0 or not events or events[-1]["type"] != "turn.completed":
        said = json.dumps(events[-1]) if events else done.stderr
        raise ExitCode(f"exit code {done.returncode}: {said}")
    return events


def stream(task):
    events = run(task)
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
    serve({"answer": stream, "stream": stream, "stream tools": stream})
