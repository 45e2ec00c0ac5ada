#!/usr/bin/env python3
"""Runs every client through every scenario, and says what came out; run.sh installs first."""

import argparse
import json
import os
import queue
import signal
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from forwarded import FORWARDED
from programs import Died, Program
from report import Report
from scenarios import SCENARIOS, Run, Wrong
from servers import CHAINS, PROVIDERS, SHARED, TARGETS, Servers, alone, chained, shared
from table import CLIENTS, FOLDER

# Most of the time a client waits: for its own start, or as long as Retry-After says.
LANES = 2
# The mock providers refuse what the real ones refuse.
STRICT = {"strict": True}
FORMATS = {
    "chat": "openai",
    "messages": "anthropic",
    "gemini": "gemini",
    "forwarded": "openai",
}


def arguments():
    parser = argparse.ArgumentParser(prog="make clients", description=__doc__)
    parser.add_argument("--client", action="append", help="only clients with this in their name")
    parser.add_argument("--scenario", action="append", help="only scenarios with this in it")
    parser.add_argument("--target", action="append", help="only targets with this in their name")
    parser.add_argument(
        "--direct", action="store_true", help="straight to the mock providers, without the gateway"
    )
    parser.add_argument(
        "--lanes", type=int, default=LANES, help="how many clients run at the same time"
    )
    parser.add_argument(
        "--write-docs", action="store_true", help="put what passes into docs/clients.md"
    )
    return parser.parse_args()


def wanted(name, filters):
    return not filters or any(part in name for part in filters)


def places(scenario, client):
    """The name of each target, with the first and the last provider and the model to ask for."""
    if scenario.over == "gateway":
        return [("gateway", TARGETS[0], TARGETS[0], "no-such-model")]
    targets, chains, name_of = TARGETS, CHAINS, chained
    if client.api == "forwarded":
        targets, chains, name_of = ["openai"], SHARED, shared
    if scenario.over == "targets":
        return [(name, name, name, alone(name)) for name in targets]
    return [(f"{first}, {last}", first, last, name_of(first, last)) for first, last in chains]


def planned(client, options):
    """The scenarios that the client can run and the options want."""
    for scenario in SCENARIOS + FORWARDED:
        if client.can_run(scenario) and wanted(scenario.name, options.scenario):
            yield scenario


def runs(client, servers, options):
    """The runs of a client that the options want."""
    for scenario in planned(client, options):
        for target, first, last, model in places(scenario, client):
            possible = (scenario.name, target) not in client.cannot
            if possible and wanted(target, options.target):
                yield Run(
                    client,
                    scenario,
                    target,
                    model,
                    servers.providers[first],
                    servers.providers[last],
                    servers.gateway,
                    servers.recorder,
                )


def run_directly(client, servers, options):
    """The runs of a client with the provider whose format it speaks, if a mock provider does."""
    if client.api not in FORMATS:
        return
    provider = servers.providers[FORMATS[client.api]]
    _, model = PROVIDERS[provider.name]
    for scenario in planned(client, options):
        if scenario.direct:
            name = f"{provider.name} itself"
            yield Run(
                client,
                scenario,
                name,
                model,
                provider,
                provider,
                servers.gateway,
                servers.recorder,
            )


def tried(run, program, servers, direct):
    """None, or what was wrong."""
    for mock in servers.mocks.values():
        mock.reset()
        mock.behave(STRICT)
    servers.gateway.forget_failures()
    run.first.mock.behave(STRICT | run.scenario.settings)
    run.recorder.seen.clear()
    url = run.recorder.url if run.scenario.recorded else run.gateway.url
    try:
        outcome = program.run(run.task(run.first.mock.url if direct else url))
        run.scenario.check(outcome, run)
    except (Died, Wrong) as problem:
        return str(problem)
    except (LookupError, TypeError, ValueError) as problem:
        return f"the outcome cannot be read: {problem!r}"
    return None


def lane(clients, options, report):
    """Takes one client after the other, with providers and a gateway of its own."""
    with tempfile.TemporaryDirectory() as folder, Servers(Path(folder)) as servers:
        while True:
            try:
                client = clients.get_nowait()
            except queue.Empty:
                return
            run_client(client, servers, options, report)


def run_client(client, servers, options, report):
    plan = run_directly if options.direct else runs
    with Program(client) as program:
        for run in plan(client, servers, options):
            problem = tried(run, program, servers, options.direct)
            report.add(client, run.scenario, run.target, problem)


def stop(*_):
    """Ends as after Ctrl-C, which reaches the servers and clients, too."""
    os.killpg(0, signal.SIGINT)


def main():
    options = arguments()
    signal.signal(signal.SIGTERM, stop)
    skipped = json.loads((FOLDER / "skipped.json").read_text())
    report = Report()
    started = time.monotonic()
    clients = queue.Queue()
    for client in CLIENTS:
        if not wanted(client.title, options.client):
            continue
        if client.requires in skipped:
            report.skip(client, skipped[client.requires])
        else:
            clients.put(client)
    with ThreadPoolExecutor() as pool:
        lanes = min(options.lanes, clients.qsize())
        ends = [pool.submit(lane, clients, options, report) for _ in range(lanes)]
    for end in ends:
        end.result()
    report.write()
    if not (options.client or options.scenario or options.target or options.direct or skipped):
        if options.write_docs:
            report.update_page()
        report.check_page()
    report.summarize(time.monotonic() - started)
    sys.exit(report.exit_code())


if __name__ == "__main__":
    main()
