"""Claude Code, unchanged and without a terminal, as a client program.

It has a new home for each task, so nothing of this machine's own settings is read or changed, and
the folder in which it works is thrown away with it.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "clients" / "python"))

from tasks import serve  # noqa: E402 (the folder has to be known first)

PACKAGES = ROOT / "target" / "clients" / "claude-code" / "node_modules" / "@anthropic-ai"
SEARCH_SERVER = ROOT / "clients" / "search_server.py"
TIMEOUT_S = 100
# Without them it would put a text of its own before each prompt.
SETTINGS = {"attribution": {"commit": "", "pr": ""}, "includeCoAuthoredBy": False}
SEARCH = "mcp__clients__search"


class ExitCode(Exception):
    """Claude Code says that it failed."""


def run(task, *options, **variables):
    """The messages that it prints, the last of which is the result."""
    with tempfile.TemporaryDirectory() as home:
        file = Path(home) / ".claude" / "settings.json"
        file.parent.mkdir()
        file.write_text(json.dumps(SETTINGS))
        done = subprocess.run(
            [
                next(PACKAGES.glob("claude-code-*/claude")),
                "--print",
                task["prompt"],
                "--output-format",
                "stream-json",
                "--verbose",
                *options,
            ],
            env=environment(task, home) | variables,
            cwd=home,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=TIMEOUT_S,
        )
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    result = lines[-1] if lines else {}
    if done.returncode != 0 or result.get("type") != "result" or result.get("is_error"):
        said = result.get("result") or done.stderr or done.stdout
        raise ExitCode(f"exit code {done.returncode}: {said}")
    return lines


def environment(task, home):
    return {
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "HOME": home,
        "IS_SANDBOX": "1",
        "ANTHROPIC_BASE_URL": task["url"],
        "ANTHROPIC_API_KEY": "any",
        "ANTHROPIC_MODEL": task["model"],
        "ANTHROPIC_DEFAULT_HAIKU_MODEL": task["model"],
        "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC": "1",
        "DISABLE_TELEMETRY": "1",
        "DISABLE_AUTOUPDATER": "1",
    }


def stream(task):
    return outcome(run(task))


def tools(task):
    servers = {"clients": {"command": sys.executable, "args": [str(SEARCH_SERVER)]}}
    options = ["--strict-mcp-config", "--mcp-config", json.dumps({"mcpServers": servers})]
    # Else the tool would be hidden until the model searches for it.
    variables = {"ENABLE_TOOL_SEARCH": "false"}
    result = outcome(run(task, *options, "--allowedTools", SEARCH, **variables))
    for call in result["calls"]:
        call["name"] = call["name"].replace(SEARCH, "search")
    return result


def outcome(lines):
    result = lines[-1]
    blocks = [
        block
        for line in lines
        if line.get("type") == "assistant"
        for block in line["message"]["content"]
    ]
    usage = result["usage"]
    return {
        "text": result["result"],
        "finish": result.get("stop_reason") or "stop",
        "calls": [
            {"name": block["name"], "arguments": block["input"]}
            for block in blocks
            if block["type"] == "tool_use"
        ],
        "usage": {"input": usage["input_tokens"], "output": usage["output_tokens"]},
    }


if __name__ == "__main__":
    serve({"answer": stream, "stream": stream, "stream tools": tools})
