#!/usr/bin/env python3
"""Installs the clients into target/clients, once for each state of their lists.

Writes target/clients/skipped.json: what could not be installed here, with the reason. That a client
program does not compile is an error.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from table import FOLDER, ROOT

CLIENTS = ROOT / "clients"
FETCH_TIMEOUT_S = 600


class Missing(Exception):
    """Something cannot be installed on this machine."""


def run(log, command, **more):
    """Runs a command whose output goes to the log; fails with the last line of it."""
    with log.open("a") as output:
        done = subprocess.run(
            [str(part) for part in command],
            stdout=output,
            stderr=output,
            stdin=subprocess.DEVNULL,
            timeout=FETCH_TIMEOUT_S,
            **more,
        )
    if done.returncode != 0:
        lines = [line.strip() for line in log.read_text().splitlines() if line.strip()]
        raise subprocess.SubprocessError(lines[-1] if lines else f"exit code {done.returncode}")


def fetch(log, command, **more):
    """The same for what needs the network, without which it is missing."""
    try:
        run(log, command, **more)
    except (OSError, subprocess.SubprocessError) as problem:
        raise Missing(f"cannot be fetched, see {log.relative_to(ROOT)}: {problem}") from None


def need(command, what):
    if shutil.which(command) is None:
        raise Missing(f"needs {what}")


def python(folder, log):
    fetch(log, [sys.executable, "-m", "venv", folder])
    requirements = CLIENTS / folder.name / "requirements.txt"
    pip = [folder / "bin" / "python", "-m", "pip", "install", "--quiet"]
    fetch(log, [*pip, "-r", requirements])


def node(folder, log):
    need("node", "Node.js")
    need("npm", "npm")
    shutil.copy(CLIENTS / folder.name / "package.json", folder)
    fetch(log, ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=folder)


def java(folder, log):
    plugin = "org.apache.maven.plugins:maven-dependency-plugin:3.11.0:copy-dependencies"
    source = CLIENTS / folder.name
    fetch(
        log,
        [
            ROOT / "scripts" / "mvn.sh",
            "--quiet",
            "--file",
            source / "pom.xml",
            plugin,
            f"-DoutputDirectory={folder}/lib",
        ],
    )
    javac = f"{os.environ['JAVA_HOME']}/bin/javac"
    programs = [CLIENTS / "java" / "Tasks.java", *source.glob("*.java")]
    command = [javac, "-proc:none", "-cp", f"{folder}/lib/*", "-d", folder / "classes"]
    run(log, [*command, *dict.fromkeys(programs)])


def go(folder, log):
    need("go", "Go")
    source = CLIENTS / "go"
    fetch(log, ["go", "mod", "download"], cwd=source)
    # The client is large: to optimize it takes minutes, and it runs for a moment.
    plain = "-gcflags=github.com/openai/...=-N -l"
    settings = os.environ | {"CGO_ENABLED": "0"}
    run(log, ["go", "build", plain, "-o", folder / "client", "."], cwd=source, env=settings)


INSTALLERS = {
    "python": python,
    "llamaindex": python,
    "node": node,
    "java": java,
    "langchain4j": java,
    "spring-ai": java,
    "go": go,
    "claude-code": node,
    "codex": node,
}
JAVA_SOURCES = ["pom.xml", "*.java", "../java/Tasks.java"]
# The files that an installation is made of, from the client's folder.
SOURCES = {
    "python": ["requirements.txt"],
    "llamaindex": ["requirements.txt"],
    "node": ["package.json"],
    "java": JAVA_SOURCES,
    "langchain4j": JAVA_SOURCES,
    "spring-ai": JAVA_SOURCES,
    "go": ["go.mod", "go.sum", "*.go"],
    "claude-code": ["package.json"],
    "codex": ["package.json"],
}


def install(name):
    """None, or why it is missing."""
    folder = FOLDER / name
    stamp = folder / "installed"
    state = state_of(name)
    if stamp.exists() and stamp.read_text() == state:
        return None
    print(f"Installing the clients for {name} ...", file=sys.stderr, flush=True)
    log = FOLDER / "logs" / f"install-{name}.log"
    log.unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        INSTALLERS[name](folder, log)
    except Missing as missing:
        return str(missing)
    stamp.write_text(state)
    return None


def state_of(name):
    """Changes with every file that the installation is made of."""
    digest = hashlib.sha256(sys.version.encode())
    for pattern in SOURCES[name]:
        for file in sorted((CLIENTS / name).glob(pattern)):
            digest.update(file.read_bytes())
    return digest.hexdigest()


def copy_scripts():
    """JavaScript finds its packages only from a folder beside or above it."""
    for script in (CLIENTS / "node").glob("*.mjs"):
        shutil.copy(script, FOLDER / "node")


def main():
    (FOLDER / "logs").mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor() as pool:
        reasons = dict(zip(INSTALLERS, pool.map(install, INSTALLERS)))
    copy_scripts()
    skipped = {name: reason for name, reason in reasons.items() if reason}
    (FOLDER / "skipped.json").write_text(json.dumps(skipped))


if __name__ == "__main__":
    main()
