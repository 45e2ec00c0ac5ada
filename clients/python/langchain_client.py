"""LangChain's models for OpenAI and Anthropic: the first argument says which."""

import sys

from langchain_core.messages import HumanMessage, ToolMessage
from langchain_core.tools import tool
from pydantic import BaseModel
from tasks import TOOL, TOOL_DESCRIPTION, result_of, serve


class Reply(BaseModel):
    """A reply."""

    reply: str
    count: int


@tool(TOOL, description=TOOL_DESCRIPTION)
def search(query: str) -> str:
    return query


def model(task):
    if sys.argv[1] == "openai":
        from langchain_openai import ChatOpenAI

        return ChatOpenAI(base_url=task["url"] + "/v1", api_key="any", model=task["model"])
    from langchain_anthropic import ChatAnthropic

    return ChatAnthropic(base_url=task["url"], api_key="any", model=task["model"], max_tokens=1000)


def outcome(message):
    reason = message.response_metadata
    return {
        "text": message.text,
        "finish": reason.get("finish_reason") or reason.get("stop_reason"),
        "calls": calls_of(message),
        "usage": {
            "input": message.usage_metadata["input_tokens"],
            "output": message.usage_metadata["output_tokens"],
        },
    }


def calls_of(message):
    return [{"name": call["name"], "arguments": call["args"]} for call in message.tool_calls]


def answer(task):
    return outcome(model(task).invoke(task["prompt"]))


def image(task):
    picture = {"type": "image", "base64": task["image"], "mime_type": "image/png"}
    blocks = [{"type": "text", "text": task["prompt"]}, picture]
    return outcome(model(task).invoke([HumanMessage(content_blocks=blocks)]))


def streamed(chat, messages):
    whole, pieces = None, 0
    for chunk in chat.stream(messages, **USAGE):
        pieces += bool(chunk.text)
        whole = chunk if whole is None else whole + chunk
    return whole, pieces


USAGE = {"stream_usage": True}


def stream(task):
    whole, pieces = streamed(model(task), [HumanMessage(task["prompt"])])
    return outcome(whole) | {"pieces": pieces}


def tools(task):
    chat = model(task).bind_tools([search])
    return rounds(task, chat.invoke)


def stream_tools(task):
    chat = model(task).bind_tools([search])
    return rounds(task, lambda messages: streamed(chat, messages)[0])


def rounds(task, ask):
    messages, calls = [HumanMessage(task["prompt"])], []
    while True:
        message = ask(messages)
        messages.append(message)
        calls += calls_of(message)
        if not message.tool_calls:
            return outcome(message) | {"calls": calls}
        for number, call in enumerate(message.tool_calls, start=1):
            messages.append(ToolMessage(result_of(number), tool_call_id=call["id"]))


def schema(task):
    reply = model(task).with_structured_output(Reply).invoke(task["prompt"])
    return {"parsed": reply.model_dump()}


def cancel(task):
    pieces = 0
    chunks = model(task).stream(task["prompt"])
    for chunk in chunks:
        pieces += bool(chunk.text)
        if pieces == task["pieces"]:
            break
    chunks.close()
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
