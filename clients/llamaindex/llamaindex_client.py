"""LlamaIndex with its class for gateways that speak OpenAI's format."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "python"))

import httpx  # noqa: E402
from llama_index.core.base.llms.types import ChatMessage, ImageBlock, TextBlock  # noqa: E402
from llama_index.core.prompts import PromptTemplate  # noqa: E402
from llama_index.core.tools import FunctionTool  # noqa: E402
from llama_index.llms.openai_like import OpenAILike  # noqa: E402
from pydantic import BaseModel  # noqa: E402
from tasks import TOOL, TOOL_DESCRIPTION, image_of, result_of, serve  # noqa: E402


class Reply(BaseModel):
    """A reply."""

    reply: str
    count: int


def search(query: str) -> str:
    return query


TOOLS = [FunctionTool.from_defaults(search, name=TOOL, description=TOOL_DESCRIPTION)]


def model(task, **more):
    return OpenAILike(
        model=task["model"],
        api_base=task["url"] + "/v1",
        api_key="any",
        is_chat_model=True,
        is_function_calling_model=True,
        should_use_structured_outputs=True,
        max_retries=0,
        **more,
    )


def question(task):
    return [ChatMessage(role="user", content=task["prompt"])]


def outcome(response):
    raw = response.raw
    usage = raw.usage
    return {
        "text": response.message.content,
        "finish": finish_of(response),
        "usage": {"input": usage.prompt_tokens, "output": usage.completion_tokens},
    }


def finish_of(response):
    choices = response.raw.choices
    return choices[0].finish_reason if choices else "stop"


def answer(task):
    return outcome(model(task).chat(question(task)))


def image(task):
    blocks = [TextBlock(text=task["prompt"]), ImageBlock(image=image_of(task))]
    return outcome(model(task).chat([ChatMessage(role="user", blocks=blocks)]))


def streamed(responses):
    last, pieces = None, 0
    for response in responses:
        pieces += bool(response.delta)
        last = response
    return last, pieces


def stream(task):
    usage = {"stream_options": {"include_usage": True}}
    last, pieces = streamed(model(task).stream_chat(question(task), **usage))
    return outcome(last) | {"pieces": pieces}


def tools(task):
    chat = model(task)
    return rounds(
        task, chat, lambda turns: chat.chat_with_tools(TOOLS, chat_history=turns, **PARALLEL)
    )


def stream_tools(task):
    chat = model(task)
    usage = {"stream_options": {"include_usage": True}}

    def ask(turns):
        return streamed(
            chat.stream_chat_with_tools(TOOLS, chat_history=turns, **PARALLEL, **usage)
        )[0]

    return rounds(task, chat, ask)


PARALLEL = {"allow_parallel_tool_calls": True}


def rounds(task, chat, ask):
    turns, calls = question(task), []
    while True:
        response = ask(turns)
        turns.append(response.message)
        made = chat.get_tool_calls_from_response(response, error_on_no_tool_call=False)
        calls += [{"name": call.tool_name, "arguments": call.tool_kwargs} for call in made]
        if not made:
            return outcome(response) | {"calls": calls}
        for number, call in enumerate(made, start=1):
            turns.append(
                ChatMessage(
                    role="tool",
                    content=result_of(number),
                    additional_kwargs={"tool_call_id": call.tool_id},
                )
            )


def schema(task):
    reply = model(task).structured_predict(
        Reply, PromptTemplate("{question}"), question=task["prompt"]
    )
    return {"parsed": reply.model_dump()}


def cancel(task):
    pieces = 0
    # LlamaIndex does not pass on that its stream is closed: only its connections can be.
    with httpx.Client() as connections:
        for response in model(task, http_client=connections).stream_chat(question(task)):
            pieces += bool(response.delta)
            if pieces == task["pieces"]:
                break
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
