"""What came out: a line for each run, a summary, and the table of docs/clients.md."""

import re
import threading

from contracts import table as contracts_table
from table import CLIENTS, FOLDER, ROOT

PAGE = ROOT / "docs" / "clients.md"
START, END = "<!-- {}: written by make clients -->\n", "<!-- end -->\n"
APIS = {
    "chat": "`/v1/chat/completions`",
    "messages": "`/v1/messages`",
    "responses": "`/v1/responses`",
    "gemini": "`/v1beta/models/…`",
    "forwarded": "`/v1/embeddings`, `/v1/moderations`, `/v1/images/…`, `/v1/audio/…`",
}


class Report:
    """Collects the results of one call of make clients; several threads may add to it."""

    def __init__(self):
        self.lock = threading.Lock()
        self.results = []
        self.skipped = []
        self.failed = 0

    def add(self, client, scenario, target, problem):
        """A run with what was wrong, or None."""
        with self.lock:
            self.results.append((client, scenario, target, problem))
            self.say(f"{client.title:<33} {scenario.name:<29} {target}", problem)

    def say(self, what, problem):
        """A line for people."""
        self.failed += bool(problem)
        word = "FAILED" if problem else "ok"
        print(f"{word:<7} {what}" + (f": {problem}" if problem else ""), flush=True)

    def skip(self, client, reason):
        """A client that was not run."""
        self.skipped.append(client.title)
        print(f"skipped {client.title:<33} {reason}", flush=True)

    def summarize(self, seconds):
        """Says how many runs there were."""
        skipped = f"; skipped: {', '.join(self.skipped)}" if self.skipped else ""
        runs = len(self.results)
        print(f"\n{runs} runs, {self.failed} failed, in {seconds:.0f} s{skipped}", flush=True)

    def exit_code(self):
        """0 where something was run and nothing failed."""
        return 0 if self.results and not self.failed else 1

    def check_page(self):
        """A page that tells something else than this run has found is a failure."""
        page = PAGE.read_text()
        said = page == self.put_into(page)
        self.say("docs/clients.md", None if said else f"is not what came out, see {self.write()}")

    def write(self):
        """Writes the table beside the logs and returns where."""
        path = FOLDER / "report.md"
        path.write_text("\n".join(self.tables().values()))
        return path.relative_to(ROOT)

    def update_page(self):
        """Puts the tables into the page."""
        PAGE.write_text(self.put_into(PAGE.read_text()))

    def put_into(self, page):
        for name, table in self.tables().items():
            before, rest = page.split(START.format(name))
            page = before + START.format(name) + table + END + rest.split(END, 1)[1]
        return page

    def tables(self):
        """Each table of the page by its name."""
        agents = ("Claude Code", "Codex")
        contracts = {name: contracts_table(name, self.results) for name in agents}
        return {"what passes": self.table(), **contracts}

    def table(self):
        """A row for each client that was run: how much of it passed, and what did not."""
        lines = ["| client | version | API | scenarios | runs | fails |", "| --- " * 6 + "|"]
        for client in CLIENTS:
            results = [result for result in self.results if result[0] is client]
            if results:
                scenarios = {result[1].name for result in results}
                wrong = list(dict.fromkeys(result[1].name for result in results if result[3]))
                lines.append(
                    f"| {client.name} | {client.version()} | {APIS[client.api]} | {len(scenarios)}"
                    f" | {len(results)} | {', '.join(wrong) or 'none'} |"
                )
        return re.sub(" +", " ", "\n".join(lines)) + "\n"
