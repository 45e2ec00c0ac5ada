"""Reads tasks, one JSON object a line, and answers each with an outcome, one JSON object a line.

What a task and an outcome are made of is written in clients/README.md.
"""

import base64
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


REPLY_SCHEMA = {
    "type": "object",
    "properties": {"reply": {"type": "string"}, "count": {"type": "integer"}},
    "required": ["reply", "count"],
    "additionalProperties": False,
}


def result_of(call_number):
    """What the tool answers to the call of that number, counted from 1."""
    return f"result {call_number}"


def image_of(task):
    """The bytes of the image that comes with the task, a PNG."""
    return base64.b64decode(task["image"])


def image_url(task):
    """The same as a URL."""
    return "data:image/png;base64," + task["image"]


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


def serve(actions, describe=error_of):
    """Runs the action that each task names until standard input ends."""
    for line in sys.stdin:
        task = json.loads(line)
        try:
            outcome = actions[task["action"]](task)
        except Exception as error:  # whatever a client throws is what is to be reported
            outcome = {"error": describe(error)}
        print(json.dumps(outcome), flush=True)
