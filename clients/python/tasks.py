"""Reads tasks, one JSON object a line, and answers each with an outcome, one JSON object a line.

What a task and an outcome are made of is written in clients/README.md.
"""

import json
import sys

TOOL = "search"
TOOL_DESCRIPTION = "Looks something up."
TOOL_SCHEMA = {
    "type": "object",
    "properties": {"query": {"type": "string"}},
    "required": ["query"],
    "additionalProperties": False,
}


def result_of(call_number):
    """What the tool answers to the call of that number, counted from 1."""
    return f"result {call_number}"


def error_of(error):
    """An exception of the official Python clients as the outcome's error."""
    response = getattr(error, "response", None)
    return {
        "type": type(error).__name__,
        "status": getattr(error, "status_code", None),
        "code": getattr(error, "code", None),
        "retry_after": response.headers.get("retry-after") if response is not None else None,
        "message": str(error),
    }


def serve(actions):
    """Runs the action that each task names until standard input ends."""
    for line in sys.stdin:
        task = json.loads(line)
        try:
            outcome = actions[task["action"]](task)
        except Exception as error:  # whatever a client throws is what is to be reported
            outcome = {"error": error_of(error)}
        print(json.dumps(outcome), flush=True)
