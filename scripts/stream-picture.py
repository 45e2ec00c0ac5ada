#!/usr/bin/env python3
"""stream-picture.py [FILE]: the README's picture, docs/images/stream.svg, made from a real run.

Starts the mock providers and a gateway on free ports, asks for a stream that the first provider
cuts, records what the client receives and when, and draws it as an SVG that plays by itself.
Needs nothing but Python's standard library; the jars are built first where they are missing.
"""

import html
import http.client
import json
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs/images/stream.svg"
QUESTION = "What happens when a provider breaks off?"
ANSWER = (
    "The gateway keeps every word that it has delivered. When the connection to the provider"
    " breaks, it asks another provider to continue from the last word, checks that the new text"
    " fits, and joins both. The client sees one stream: one id, one finish reason, one end."
)
CUT_AFTER_CHUNKS = 17
WORD_DELAY_MS = 70
HOLD_SECONDS = 4.0  # how long the finished picture stays before it plays again
START_SECONDS = 40


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def post(port, path, body):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request(
        "POST", path, json.dumps(body).encode(), {"content-type": "application/json"}
    )
    return connection.getresponse()


def await_health(port, process):
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
            connection.request("GET", "/health")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
    sys.exit(f"{process.args[0]} did not start on port {port}")


def configuration(port, management_port, openai_port, anthropic_port):
    return f"""
server: {{host: 127.0.0.1, port: {port}, lame_duck: 0s}}
observability: {{metrics_port: {management_port}}}
journal: {{url: none}}
providers:
  - {{name: openai, base_url: "http://127.0.0.1:{openai_port}", api_key: mock-key, models: [gpt-4]}}
  - {{name: anthropic, base_url: "http://127.0.0.1:{anthropic_port}", api_key: mock-key,
     models: [claude-3-opus], priority: 2}}
fallbacks: {{gpt-4: [claude-3-opus]}}
"""


def record(folder):
    """Runs the servers and one stream; returns the client's events and the gateway's log."""
    ports = [free_port() for _ in range(4)]
    gateway_port, management_port, openai_port, anthropic_port = ports
    config = folder / "config.yaml"
    config.write_text(configuration(*ports))
    log = folder / "gateway.log"
    processes = []
    try:
        with log.open("w") as out, (folder / "mock.log").open("w") as mock_out:
            processes.append(
                subprocess.Popen(
                    [ROOT / "bin/mock-provider", "--openai-port", str(openai_port),
                     "--anthropic-port", str(anthropic_port), "--gemini-port", "0",
                     "--bedrock-port", "0", "--cohere-port", "0"],
                    stdout=mock_out, stderr=mock_out))
            processes.append(
                subprocess.Popen(
                    [ROOT / "bin/gateway", "serve", "--config", config], stdout=out, stderr=out))
            await_health(openai_port, processes[0])
            await_health(gateway_port, processes[1])
            settings = {"answer": ANSWER, "token_delay_ms": WORD_DELAY_MS}
            post(anthropic_port, "/config/failures", settings).read()
            for warm_up in (True, False):
                cut = {"script": ["stream_cut"], "stream_fault_after_chunks": CUT_AFTER_CHUNKS}
                pace = {"token_delay_ms": 1} if warm_up else {}
                post(openai_port, "/config/failures", {**settings, **cut, **pace}).read()
                began, events = stream(gateway_port)
            time.sleep(0.3)  # the log is written in batches
    finally:
        for process in reversed(processes):
            process.send_signal(signal.SIGTERM)
            process.wait()
    return began, events, [json.loads(line) for line in log.read_text().splitlines() if line]


def stream(port):
    """Sends the request; returns when, and a list of (seconds, line of the stream)."""
    request = {
        "model": "gpt-4",
        "stream": True,
        "messages": [{"role": "user", "content": QUESTION}],
    }
    began = time.time()
    start = time.monotonic()
    response = post(port, "/v1/chat/completions", request)
    events = [(time.monotonic() - start, "HTTP", str(response.status))]
    for line in response:
        text = line.decode().strip()
        if text:
            events.append((time.monotonic() - start, *text.split(": ", 1)))
    return began, events


def words_of(events):
    """The words that the client received, as (seconds, text, model)."""
    for seconds, kind, value in events:
        if kind == "data" and value.startswith("{"):
            chunk = json.loads(value)
            for choice in chunk.get("choices", []):
                text = choice.get("delta", {}).get("content")
                if text:
                    yield seconds, text, chunk["model"]


def what_happened(began, events, log):
    """Lines below the text, as (seconds, text, style)."""
    lines = [(0.0, "POST /v1/chat/completions, answered by openai/gpt-4", "first")]
    request_id = next(line["request_id"] for line in reversed(log)
                      if line.get("event") == "request_succeeded")
    for line in log:
        if line.get("request_id") == request_id and line["event"] in (
                "attempt_failed", "stream_continued"):
            at = parse_time(line["ts"]) - began
            target = f"{line['provider']}/{line['model']}"
            if line["event"] == "attempt_failed":
                lines.append((at, f"{target}: {line['error']}", "bad"))
            else:
                lines.append((at, f"continued by {target}", "good"))
    end = next(seconds for seconds, kind, value in events if value == "[DONE]")
    words = list(words_of(events))
    models = len({model for _, _, model in words})
    ids = len({json.loads(value)["id"] for _, kind, value in events
               if kind == "data" and value.startswith("{")})
    lines.append((end, f"[DONE]  {len(words)} words, {models} providers, {ids} stream id", "plain"))
    return sorted(lines, key=lambda line: line[0])


def parse_time(text):
    import datetime

    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


WIDTH, COLUMN, LINE, LEFT, COLUMNS = 820, 8.4, 22, 24, 90
COLOURS = {"gpt-4": "#7ee787", "claude-3-opus": "#ffa657"}
STYLES = {"first": "#7ee787", "plain": "#8b949e", "bad": "#ff7b72", "good": "#ffa657"}


def draw(words, lines):
    end = lines[-1][0]
    cycle = end + HOLD_SECONDS
    css, body = [], []

    def appear(seconds):
        """The class of what is hidden until then, once in each cycle."""
        name = f"t{len(css)}"
        share = max(0.01, 100 * seconds / cycle)
        css.append(f"@keyframes {name}{{0%{{opacity:0}}{share:.2f}%,100%{{opacity:1}}}}"
                   f".{name}{{animation-name:{name}}}")
        return name

    def text(x, y, content, fill, seconds=None):
        cls = "" if seconds is None else f' class="a {appear(seconds)}"'
        body.append(f'<text x="{x:g}" y="{y:g}" fill="{fill}"{cls}>{html.escape(content)}</text>')

    text(LEFT, 36, "you", "#8b949e")
    text(LEFT + 6 * COLUMN, 36, QUESTION, "#e6edf3")
    column, row = 0, 0
    for seconds, word, model in words:
        if column + len(word.rstrip()) > COLUMNS:
            column, row = 0, row + 1
        word = word.lstrip() if column == 0 else word
        lead = len(word) - len(word.lstrip())
        text(LEFT + (column + lead) * COLUMN, 70 + row * LINE, word.strip(), COLOURS[model], seconds)
        column += len(word)
    top = 70 + (row + 1) * LINE + 18
    body.append(f'<path d="M{LEFT} {top - 22}H{WIDTH - LEFT}" stroke="#30363d"/>')
    for number, (seconds, line, style) in enumerate(lines):
        y = top + number * LINE
        text(LEFT, y, f"{seconds:5.2f} s", "#6e7681", seconds)
        text(LEFT + 10 * COLUMN, y, line, STYLES[style], seconds)
    height = top + (len(lines) - 1) * LINE + 24
    style = (
        "text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}"
        f".a{{animation:{cycle:.2f}s step-end infinite}}"
        "@media (prefers-reduced-motion:reduce){.a{animation:none}}" + "".join(css))
    title = "A stream that breaks at one provider and is continued by another"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}"'
        f' height="{height}" role="img"><title>{title}</title><style>{style}</style>'
        f'<rect width="{WIDTH}" height="{height}" rx="8" fill="#0d1117"/>'
        + "\n".join(body) + "</svg>\n")


def main():
    subprocess.run(
        [ROOT / "scripts/build.sh", "gateway", "mock-provider"],
        stdout=subprocess.DEVNULL, check=True)
    with tempfile.TemporaryDirectory() as folder:
        began, events, log = record(pathlib.Path(folder))
    words = list(words_of(events))
    received = "".join(word for _, word, _ in words)
    if received != ANSWER or len({model for _, _, model in words}) != 2:
        sys.exit(f"the stream was not cut and continued: {received!r}")
    picture = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURE
    picture.write_text(draw(words, what_happened(began, events, log)))
    print(f"{picture}: {picture.stat().st_size} bytes")


if __name__ == "__main__":
    main()
