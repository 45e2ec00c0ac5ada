"""Stands between a client and the gateway, and remembers what each of them sent."""

import http.client
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

TIMEOUT_S = 60
HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "host"}


@dataclass(frozen=True)
class Recorded:
    """A request and the head of its answer; the names of headers are in lower case."""

    path: str
    headers: dict
    body: bytes
    status: int
    answer: dict


class Recorder:
    """Passes everything on to the gateway as it is; leaving the context stops it."""

    def __init__(self, gateway):
        self.gateway = urlsplit(gateway).netloc
        self.seen = []
        recorder = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                recorder.forward(self)

            do_POST = do_HEAD = do_GET

            def log_message(self, *words):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *problem):
        self.server.shutdown()
        self.server.server_close()

    def forward(self, client):
        body = client.rfile.read(int(client.headers.get("content-length") or 0))
        headers = {name.lower(): value for name, value in client.headers.items()}
        passed = {name: value for name, value in headers.items() if name not in HOP_BY_HOP}
        gateway = http.client.HTTPConnection(self.gateway, timeout=TIMEOUT_S)
        try:
            gateway.request(client.command, client.path, body, passed)
            answer = gateway.getresponse()
            told = {name.lower(): value for name, value in answer.getheaders()}
            self.seen.append(Recorded(client.path, headers, body, answer.status, told))
            client.send_response_only(answer.status)
            for name, value in told.items():
                if name not in HOP_BY_HOP:
                    client.send_header(name, value)
            client.send_header("connection", "close")
            client.end_headers()
            while data := answer.read1():
                client.wfile.write(data)
                client.wfile.flush()
        finally:
            gateway.close()
            client.close_connection = True
