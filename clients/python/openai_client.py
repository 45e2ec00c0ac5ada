"""OpenAI's client for Python."""

from openai import OpenAI
from pydantic import BaseModel
from tasks import TOOL, TOOL_DESCRIPTION, TOOL_SCHEMA, image_url, result_of, serve

TOOLS = [
    {
        "type": "function",
        "function": {
            "name": TOOL,
            "description": TOOL_DESCRIPTION,
            "parameters": TOOL_SCHEMA,
            "strict": True,
        },
    }
]


class Reply(BaseModel):
    reply: str
    count: int


def completions(task):
    return OpenAI(base_url=task["url"] + "/v1", api_key="any").chat.completions


def question(task):
    return [{"role": "user", "content": task["prompt"]}]


def outcome(completion):
    choice = completion.choices[0]
    return {
        "text": choice.message.content,
        "finish": choice.finish_reason,
        "calls": calls_of(choice.message),
        "usage": {
            "input": completion.usage.prompt_tokens,
            "output": completion.usage.completion_tokens,
        },
    }


def calls_of(message):
    return [
        {"name": call.function.name, "arguments": call.function.arguments}
        for call in message.tool_calls or []
    ]


def answer(task):
    return outcome(completions(task).create(model=task["model"], messages=question(task)))


def image(task):
    picture = {"type": "image_url", "image_url": {"url": image_url(task)}}
    parts = [{"type": "text", "text": task["prompt"]}, picture]
    messages = [{"role": "user", "content": parts}]
    return outcome(completions(task).create(model=task["model"], messages=messages))


def streamed(task, messages, **more):
    ids, pieces = set(), 0
    with completions(task).stream(
        model=task["model"],
        messages=messages,
        stream_options={"include_usage": True},
        **more,
    ) as stream:
        for event in stream:
            if event.type == "chunk":
                ids.add(event.chunk.id)
            pieces += event.type == "content.delta"
        completion = stream.get_final_completion()
    return completion, {"ids": sorted(ids), "pieces": pieces}


def stream(task):
    completion, seen = streamed(task, question(task))
    return outcome(completion) | seen


def tools(task):
    messages = question(task)
    while True:
        completion = completions(task).create(model=task["model"], messages=messages, tools=TOOLS)
        if not add_results(messages, completion):
            return outcome(completion) | {"calls": called(messages)}


def stream_tools(task):
    messages = question(task)
    while True:
        completion, _ = streamed(task, messages, tools=TOOLS)
        if not add_results(messages, completion):
            return outcome(completion) | {"calls": called(messages)}


def add_results(messages, completion):
    message = completion.choices[0].message
    messages.append(message.model_dump(exclude_none=True, exclude={"parsed"}))
    for number, call in enumerate(message.tool_calls or [], start=1):
        messages.append({"role": "tool", "tool_call_id": call.id, "content": result_of(number)})
    return bool(message.tool_calls)


def called(messages):
    return [
        {"name": call["function"]["name"], "arguments": call["function"]["arguments"]}
        for message in messages
        for call in message.get("tool_calls", [])
    ]


def schema(task):
    completion = completions(task).parse(
        model=task["model"], messages=question(task), response_format=Reply
    )
    return {"parsed": completion.choices[0].message.parsed.model_dump()}


def cancel(task):
    stream = completions(task).create(model=task["model"], messages=question(task), stream=True)
    pieces = 0
    for chunk in stream:
        pieces += bool(chunk.choices and chunk.choices[0].delta.content)
        if pieces == task["pieces"]:
            break
    stream.close()
    return {"pieces": pieces}


serve(
    {
        "answer": answer,
        "image": image,
        "stream": stream,
        "tools": tools,
        "stream tools": stream_tools,
        "schema": schema,
        "cancel": cancel,
    }
)
