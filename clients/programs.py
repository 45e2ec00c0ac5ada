"""Runs a client program and hands it tasks."""

import json
import os
import queue
import subprocess
import threading

from table import FOLDER

TIMEOUT_S = 60


class Died(Exception):
    """The program ended, or did not answer in time."""


class Program:
    """A client program, started with its first task."""

    def __init__(self, client):
        self.client = client
        self.log = FOLDER / "logs" / (client.title.replace("/", "-") + ".log")
        self.process = None

    def __enter__(self):
        return self

    def __exit__(self, *problem):
        self.stop()

    def run(self, task):
        """The outcome of a task."""
        if self.process is None:
            self.start()
        try:
            self.process.stdin.write(json.dumps(task) + "\n")
            self.process.stdin.flush()
            line = self.lines.get(timeout=TIMEOUT_S)
        except (OSError, queue.Empty):
            line = ""
        if not line:
            self.stop()
            raise Died(f"the program ended or was silent for {TIMEOUT_S} s, see {self.log}")
        return json.loads(line)

    def start(self):
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("a") as errors:
            self.process = subprocess.Popen(
                self.client.command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                env=environment(),
                encoding="utf-8",
            )
        self.lines = queue.Queue()
        threading.Thread(target=self.read, args=(self.process, self.lines), daemon=True).start()

    @staticmethod
    def read(process, lines):
        for line in process.stdout:
            if line.startswith("{"):
                lines.put(line)
        lines.put("")

    def stop(self):
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None


def environment():
    """Nothing of the machine's own keys, proxies and settings reaches a client."""
    home = FOLDER / "home"
    home.mkdir(parents=True, exist_ok=True)
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
    }
