"""OpenAI's client for Python with the Responses API."""

from openai import OpenAI
from pydantic import BaseModel
from tasks import TOOL, TOOL_DESCRIPTION, TOOL_SCHEMA, image_url, result_of, serve

TOOLS = [
    {
        "type": "function",
        "name": TOOL,
        "description": TOOL_DESCRIPTION,
        "parameters": TOOL_SCHEMA,
        "strict": True,
    }
]


class Reply(BaseModel):
    reply: str
    count: int


def responses(task):
    return OpenAI(base_url=task["url"] + "/v1", api_key="any").responses


def asking(task, items=None, **more):
    return {"model": task["model"], "input": items or task["prompt"], **more}


def outcome(response):
    usage = response.usage
    return {
        "text": response.output_text,
        "finish": response.status,
        "calls": calls_of(response),
        "usage": {"input": usage.input_tokens, "output": usage.output_tokens},
    }


def calls_of(response):
    return [{"name": call.name, "arguments": call.arguments} for call in calls_in(response)]


def calls_in(response):
    return [item for item in response.output if item.type == "function_call"]


def answer(task):
    return outcome(responses(task).create(**asking(task)))


def image(task):
    parts = [
        {"type": "input_text", "text": task["prompt"]},
        {"type": "input_image", "image_url": image_url(task), "detail": "auto"},
    ]
    return outcome(responses(task).create(**asking(task, [{"role": "user", "content": parts}])))


def streamed(task, items=None, **more):
    ids, pieces = set(), 0
    with responses(task).stream(**asking(task, items, **more)) as stream:
        for event in stream:
            if hasattr(event, "response"):
                ids.add(event.response.id)
            pieces += event.type == "response.output_text.delta"
        response = stream.get_final_response()
    return response, {"ids": sorted(ids), "pieces": pieces}


def stream(task):
    response, seen = streamed(task)
    return outcome(response) | seen


def tools(task):
    return rounds(task, lambda items: responses(task).create(**asking(task, items, tools=TOOLS)))


def stream_tools(task):
    return rounds(task, lambda items: streamed(task, items, tools=TOOLS)[0])


def rounds(task, ask):
    items, calls = [{"role": "user", "content": task["prompt"]}], []
    while True:
        response = ask(items)
        calls += calls_of(response)
        if not calls_in(response):
            return outcome(response) | {"calls": calls}
        items += response.output
        items += [
            {
                "type": "function_call_output",
                "call_id": call.call_id,
                "output": result_of(number),
            }
            for number, call in enumerate(calls_in(response), start=1)
        ]


def schema(task):
    response = responses(task).parse(**asking(task), text_format=Reply)
    return {"parsed": response.output_parsed.model_dump()}


def cancel(task):
    pieces = 0
    with responses(task).create(**asking(task, stream=True)) as events:
        for event in events:
            pieces += event.type == "response.output_text.delta"
            if pieces == task["pieces"]:
                break
    return {"pieces": pieces}


def count(task):
    return {"tokens": responses(task).input_tokens.count(**asking(task)).input_tokens}


if __name__ == "__main__":
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
