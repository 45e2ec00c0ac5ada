"""OpenAI's client for Python with the Responses API over a WebSocket.

Each answer is one response.create; the rounds of tools go on from the last response by its id and
send nothing but the new items.
"""

import json

from openai import OpenAI
from openai_responses import TOOLS, asking, calls_in, calls_of, outcome
from tasks import REPLY_SCHEMA, error_of, image_url, result_of, serve

ENDS = ("response.completed", "response.incomplete")


class ErrorEvent(Exception):
    """The event that stands for the errors of HTTP."""

    def __init__(self, event):
        super().__init__(event.error.message)
        self.code = event.error.code
        self.status_code = event.status
        self.headers = event.error.headers or {}


def connected(task):
    client = OpenAI(base_url=task["url"] + "/v1", api_key="any")
    return client.responses.connect()


def answered(connection, task, items=None, **more):
    connection.response.create(**asking(task, items, store=False, **more))
    ids, pieces = set(), 0
    for event in connection:
        if event.type == "error":
            raise ErrorEvent(event)
        if hasattr(event, "response"):
            ids.add(event.response.id)
        pieces += event.type == "response.output_text.delta"
        if event.type in ENDS:
            return event.response, {"ids": sorted(ids), "pieces": pieces}
    raise EOFError("the connection has ended")


def stream(task, items=None, **more):
    with connected(task) as connection:
        response, seen = answered(connection, task, items, **more)
        return outcome(response) | seen


def image(task):
    parts = [
        {"type": "input_text", "text": task["prompt"]},
        {"type": "input_image", "image_url": image_url(task), "detail": "auto"},
    ]
    return stream(task, [{"role": "user", "content": parts}])


def tools(task):
    calls = []
    with connected(task) as connection:
        response, _ = answered(connection, task, tools=TOOLS)
        while calls_in(response):
            calls += calls_of(response)
            results = [
                {
                    "type": "function_call_output",
                    "call_id": call.call_id,
                    "output": result_of(number),
                }
                for number, call in enumerate(calls_in(response), start=1)
            ]
            response, _ = answered(
                connection, task, results, tools=TOOLS, previous_response_id=response.id
            )
        return outcome(response) | {"calls": calls}


def schema(task):
    form = {"type": "json_schema", "name": "reply", "schema": REPLY_SCHEMA, "strict": True}
    return {"parsed": json.loads(stream(task, text={"format": form})["text"])}


def cancel(task):
    pieces = 0
    with connected(task) as connection:
        connection.response.create(**asking(task))
        for event in connection:
            pieces += event.type == "response.output_text.delta"
            if pieces == task["pieces"]:
                break
    return {"pieces": pieces}


def described(error):
    headers = getattr(error, "headers", {})
    return error_of(error) | {"retry_after": headers.get("retry-after")}


if __name__ == "__main__":
    serve(
        {
            "answer": stream,
            "image": image,
            "stream": stream,
            "tools": tools,
            "stream tools": tools,
            "schema": schema,
            "cancel": cancel,
        },
        described,
    )
