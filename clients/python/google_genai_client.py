"""Google's client for Python."""

from google import genai
from google.genai import types
from google.genai.errors import APIError
from pydantic import BaseModel
from tasks import TOOL, TOOL_DESCRIPTION, TOOL_SCHEMA, error_of, image_of, result_of, serve

SEARCH = types.Tool(
    function_declarations=[
        types.FunctionDeclaration(
            name=TOOL, description=TOOL_DESCRIPTION, parameters_json_schema=TOOL_SCHEMA
        )
    ]
)


class Reply(BaseModel):
    reply: str
    count: int


def client(task):
    return genai.Client(api_key="any", http_options=types.HttpOptions(base_url=task["url"]))


def question(task):
    return [types.UserContent(task["prompt"])]


def generate(task, contents, **config):
    with client(task) as gateway:
        return gateway.models.generate_content(
            model=task["model"], contents=contents, config=config
        )


def outcome(response):
    candidate = response.candidates[0]
    usage = response.usage_metadata
    return {
        "text": "".join(part.text or "" for part in candidate.content.parts),
        "finish": candidate.finish_reason.name,
        "calls": calls_of(response),
        "usage": {"input": usage.prompt_token_count, "output": usage.candidates_token_count},
    }


def calls_of(response):
    return [{"name": call.name, "arguments": call.args} for call in response.function_calls or []]


def answer(task):
    return outcome(generate(task, question(task)))


def image(task):
    picture = types.Part.from_bytes(data=image_of(task), mime_type="image/png")
    return outcome(generate(task, [types.UserContent([task["prompt"], picture])]))


def streamed(task, contents, **config):
    """The responses of a stream joined to one: the client leaves that to its caller."""
    ids, pieces, parts = set(), 0, []
    with client(task) as gateway:
        for response in gateway.models.generate_content_stream(
            model=task["model"], contents=contents, config=config
        ):
            ids.add(response.response_id)
            content = response.candidates[0].content
            found = (content and content.parts) or []
            pieces += any(part.text for part in found)
            parts += found
    response.candidates[0].content = types.ModelContent(parts)
    return response, {"ids": sorted(ids), "pieces": pieces}


def stream(task):
    response, seen = streamed(task, question(task))
    return outcome(response) | seen


def tools(task):
    return rounds(task, lambda contents: generate(task, contents, tools=[SEARCH]))


def stream_tools(task):
    return rounds(task, lambda contents: streamed(task, contents, tools=[SEARCH])[0])


def rounds(task, ask):
    contents, calls = question(task), []
    while True:
        response = ask(contents)
        calls += calls_of(response)
        if not response.function_calls:
            return outcome(response) | {"calls": calls}
        contents.append(response.candidates[0].content)
        contents.append(types.UserContent(results(response.function_calls)))


def results(calls):
    return [
        types.Part(
            function_response=types.FunctionResponse(
                id=call.id, name=call.name, response={"output": result_of(number)}
            )
        )
        for number, call in enumerate(calls, start=1)
    ]


def schema(task):
    response = generate(
        task, question(task), response_mime_type="application/json", response_schema=Reply
    )
    return {"parsed": response.parsed.model_dump()}


def cancel(task):
    pieces = 0
    with client(task) as gateway:
        responses = gateway.models.generate_content_stream(
            model=task["model"], contents=question(task)
        )
        for response in responses:
            pieces += bool(response.text)
            if pieces == task["pieces"]:
                break
        responses.close()
    return {"pieces": pieces}


def count(task):
    with client(task) as gateway:
        counted = gateway.models.count_tokens(model=task["model"], contents=question(task))
    return {"tokens": counted.total_tokens}


def error(problem):
    told = error_of(problem)
    if isinstance(problem, APIError):
        told |= {"status": problem.code, "code": problem.status}
    return told


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
    },
    error,
)
