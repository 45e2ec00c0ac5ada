"""OpenAI's Agents SDK, which calls the tool by itself: the first argument says over which API."""

import asyncio
import sys

from agents import (
    Agent,
    ModelSettings,
    OpenAIChatCompletionsModel,
    OpenAIResponsesModel,
    Runner,
    function_tool,
    set_tracing_disabled,
)
from openai import AsyncOpenAI
from pydantic import BaseModel
from tasks import TOOL, TOOL_DESCRIPTION, image_url, result_of, serve

MODELS = {"chat": OpenAIChatCompletionsModel, "responses": OpenAIResponsesModel}


class Reply(BaseModel):
    reply: str
    count: int


def agent(task, **more):
    gateway = AsyncOpenAI(base_url=task["url"] + "/v1", api_key="any")
    model = MODELS[sys.argv[1]](model=task["model"], openai_client=gateway)
    settings = ModelSettings(include_usage=True)
    return Agent(name="agent", model=model, model_settings=settings, **more)


def search():
    """The tool, which counts its calls."""
    calls = 0

    @function_tool(name_override=TOOL, description_override=TOOL_DESCRIPTION)
    async def find(query: str) -> str:
        nonlocal calls
        calls += 1
        return result_of(calls)

    return find


def outcome(result):
    usage = result.context_wrapper.usage
    return {
        "text": result.final_output,
        "finish": "completed",
        "calls": [
            {"name": item.raw_item.name, "arguments": item.raw_item.arguments}
            for item in result.new_items
            if item.type == "tool_call_item"
        ],
        "usage": {"input": usage.input_tokens, "output": usage.output_tokens},
    }


async def run(task, message=None, **more):
    return await Runner.run(agent(task, **more), message or task["prompt"])


async def answer(task):
    return outcome(await run(task))


async def image(task):
    parts = [
        {"type": "input_text", "text": task["prompt"]},
        {"type": "input_image", "image_url": image_url(task), "detail": "auto"},
    ]
    return outcome(await run(task, [{"role": "user", "content": parts}]))


async def stream(task, **more):
    result, pieces = Runner.run_streamed(agent(task, **more), task["prompt"]), 0
    async for event in result.stream_events():
        pieces += is_text(event)
    return outcome(result) | {"pieces": pieces}


def is_text(event):
    return event.type == "raw_response_event" and event.data.type == "response.output_text.delta"


async def tools(task):
    return outcome(await run(task, tools=[search()]))


async def stream_tools(task):
    return await stream(task, tools=[search()])


async def schema(task):
    result = await run(task, output_type=Reply)
    return {"parsed": result.final_output.model_dump()}


async def cancel(task):
    result, pieces = Runner.run_streamed(agent(task), task["prompt"]), 0
    async for event in result.stream_events():
        pieces += is_text(event)
        if pieces == task["pieces"]:
            result.cancel()
            break
    return {"pieces": pieces}


def at_once(action):
    """The action without asyncio."""
    return lambda task: asyncio.run(action(task))


set_tracing_disabled(True)
serve(
    {
        "answer": at_once(answer),
        "image": at_once(image),
        "stream": at_once(stream),
        "tools": at_once(tools),
        "stream tools": at_once(stream_tools),
        "schema": at_once(schema),
        "cancel": at_once(cancel),
    }
)
