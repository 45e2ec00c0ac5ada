"""OpenAI's client for Python with the APIs that are forwarded."""

import base64

from openai import OpenAI
from tasks import image_of, serve


def client(task):
    return OpenAI(base_url=task["url"] + "/v1", api_key="any")


def embed(task):
    answer = client(task).embeddings.create(model=task["model"], input=task["inputs"])
    return {
        "vectors": [item.embedding for item in answer.data],
        "usage": {"input": answer.usage.prompt_tokens},
    }


def moderate(task):
    answer = client(task).moderations.create(model=task["model"], input=task["prompt"])
    return {"flagged": answer.results[0].flagged}


def draw(task):
    images = client(task).images
    return pictures(images.generate(model=task["model"], prompt=task["prompt"], n=2))


def stream_drawing(task):
    images = client(task).images
    parts, done = 0, []
    for event in images.generate(model=task["model"], prompt=task["prompt"], stream=True):
        if event.type == "image_generation.completed":
            done.append(event.b64_json)
        else:
            parts += 1
    return {"images": done, "pieces": parts}


def edit(task):
    images = client(task).images
    file = ("pixel.png", image_of(task), "image/png")
    return pictures(images.edit(model=task["model"], prompt=task["prompt"], image=file))


def pictures(answer):
    return {"images": [image.b64_json for image in answer.data]}


def speak(task):
    speech = client(task).audio.speech
    with speech.with_streaming_response.create(
        model=task["model"], voice="alloy", input=task["prompt"]
    ) as answer:
        return {"audio": base64.b64encode(answer.read()).decode()}


def transcribe(task):
    file = ("speech.wav", image_of(task))
    answer = client(task).audio.transcriptions.create(model=task["model"], file=file)
    return {"text": answer.text}


def stream_transcription(task):
    file = ("speech.wav", image_of(task))
    pieces, text = 0, None
    for event in client(task).audio.transcriptions.create(
        model=task["model"], file=file, stream=True
    ):
        if event.type == "transcript.text.done":
            text = event.text
        else:
            pieces += 1
    return {"text": text, "pieces": pieces}


serve(
    {
        "answer": embed,
        "moderate": moderate,
        "draw": draw,
        "stream drawing": stream_drawing,
        "edit": edit,
        "speak": speak,
        "transcribe": transcribe,
        "stream transcription": stream_transcription,
    }
)
