"""Claude Code, unchanged and without a terminal, as a client program.

It has a new home for each task, so nothing of this machine's own settings is read or changed, and
the folder in which it works is thrown away with it.
"""

import json
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "clients" / "python"))

from tasks import REPLY_SCHEMA, serve  # noqa: E402 (the folder has to be known first)

PACKAGES = ROOT / "target" / "clients" / "claude-code" / "node_modules" / "@anthropic-ai"
SEARCH_SERVER = ROOT / "clients" / "search_server.py"
TIMEOUT_S = 100
# Without them it would put a text of its own before each prompt.
SETTINGS = {"attribution": {"commit": "", "pr": ""}, "includeCoAuthoredBy": False}
SEARCH = "mcp__clients__search"


class ExitCode(Exception):
    """Claude Code says that it failed."""


def run(task, *options, said=None, **variables):
    """The messages that it prints, the last of which is the result.

    said: what is written to its standard input in place of the prompt
    """
    with tempfile.TemporaryDirectory() as home:
        file = Path(home) / ".claude" / "settings.json"
        file.parent.mkdir()
        file.write_text(json.dumps(SETTINGS))
        done = subprocess.run(
            [
                *command(None if said else task["prompt"]),
                *options,
            ],
            env=environment(task, home) | variables,
            cwd=home,
            input=said or "",
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


def command(*prompt):
    claude = next(PACKAGES.glob("claude-code-*/claude"))
    words = [word for word in prompt if word]
    return [claude, "--print", *words, "--output-format", "stream-json", "--verbose"]


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


def image(task):
    source = {"type": "base64", "media_type": "image/png", "data": task["image"]}
    content = [{"type": "image", "source": source}, {"type": "text", "text": task["prompt"]}]
    message = {"type": "user", "message": {"role": "user", "content": content}}
    said = json.dumps(message) + "\n"
    return outcome(run(task, "--input-format", "stream-json", said=said))


def schema(task):
    lines = run(task, "--json-schema", json.dumps(REPLY_SCHEMA))
    return {"parsed": lines[-1]["structured_output"]}


def cancel(task):
    """Stops it like a user who presses Ctrl-C after some pieces of text."""
    pieces = 0
    with tempfile.TemporaryDirectory() as home:
        claude = subprocess.Popen(
            [*command(task["prompt"]), "--include-partial-messages"],
            env=environment(task, home),
            cwd=home,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        for line in claude.stdout:
            pieces += '"text_delta"' in line
            if pieces == task["pieces"]:
                break
        claude.send_signal(signal.SIGINT)
        claude.stdout.close()
        claude.wait(TIMEOUT_S)
    return {"pieces": pieces}


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
    serve(
        {
            "answer": stream,
            "image": image,
            "stream": stream,
            "stream tools": tools,
            "schema": schema,
            "cancel": cancel,
        }
    )
