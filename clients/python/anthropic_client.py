"""Anthropic's client for Python."""

from anthropic import Anthropic
from pydantic import BaseModel
from tasks import TOOL, TOOL_DESCRIPTION, TOOL_SCHEMA, result_of, serve

TOOLS = [{"name": TOOL, "description": TOOL_DESCRIPTION, "input_schema": TOOL_SCHEMA}]


class Reply(BaseModel):
    reply: str
    count: int


def messages(task):
    return Anthropic(base_url=task["url"], api_key="any").messages


def asking(task, turns=None, **more):
    turns = turns or [{"role": "user", "content": task["prompt"]}]
    return {"model": task["model"], "max_tokens": 1000, "messages": turns, **more}


def outcome(message):
    return {
        "text": "".join(block.text for block in message.content if block.type == "text"),
        "finish": message.stop_reason,
        "calls": calls_of(message),
        "usage": {"input": message.usage.input_tokens, "output": message.usage.output_tokens},
    }


def calls_of(message):
    return [
        {"name": block.name, "arguments": block.input}
        for block in message.content
        if block.type == "tool_use"
    ]


def answer(task):
    return outcome(messages(task).create(**asking(task)))


def image(task):
    source = {"type": "base64", "media_type": "image/png", "data": task["image"]}
    blocks = [{"type": "image", "source": source}, {"type": "text", "text": task["prompt"]}]
    return outcome(messages(task).create(**asking(task, [{"role": "user", "content": blocks}])))


def streamed(task, turns=None, **more):
    ids, pieces = set(), 0
    with messages(task).stream(**asking(task, turns, **more)) as stream:
        for event in stream:
            if event.type == "message_start":
                ids.add(event.message.id)
            pieces += event.type == "text"
        message = stream.get_final_message()
    return message, {"ids": sorted(ids | {message.id}), "pieces": pieces}


def stream(task):
    message, seen = streamed(task)
    return outcome(message) | seen


def tools(task):
    return rounds(task, lambda turns: messages(task).create(**asking(task, turns, tools=TOOLS)))


def stream_tools(task):
    return rounds(task, lambda turns: streamed(task, turns, tools=TOOLS)[0])


def rounds(task, ask):
    turns, calls = [{"role": "user", "content": task["prompt"]}], []
    while True:
        message = ask(turns)
        calls += calls_of(message)
        if message.stop_reason != "tool_use":
            return outcome(message) | {"calls": calls}
        turns.append({"role": "assistant", "content": message.content})
        turns.append({"role": "user", "content": results(message)})


def results(message):
    uses = [block for block in message.content if block.type == "tool_use"]
    return [
        {"type": "tool_result", "tool_use_id": use.id, "content": result_of(number)}
        for number, use in enumerate(uses, start=1)
    ]


def schema(task):
    message = messages(task).parse(**asking(task), output_format=Reply)
    return {"parsed": message.parsed_output.model_dump()}


def cancel(task):
    pieces = 0
    with messages(task).stream(**asking(task)) as stream:
        for _ in stream.text_stream:
            pieces += 1
            if pieces == task["pieces"]:
                break
    return {"pieces": pieces}


def count(task):
    counted = messages(task).count_tokens(
        model=task["model"], messages=[{"role": "user", "content": task["prompt"]}]
    )
    return {"tokens": counted.input_tokens}


serve(
    {
        "answer": answer,
        "image": image,
        "stream": stream,
        "tools": tools,
        "stream tools": stream_tools,
        "schema": schema,
        "cancel": cancel,
        "count": count,
    }
)
