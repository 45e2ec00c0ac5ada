"""The scenarios of the APIs that are forwarded: embeddings, moderations, images and audio."""

import base64

from scenarios import IMAGE, TEXT, Scenario, Wrong, expect, good

# The provider's sound of a word is the word with so many bytes behind it.
NOISE = 1500


def answer_to(prompt, run):
    return (
        f"This is a mock answer to “{prompt}”. Each word of it is a chunk of its own, so a lost or"
        f" doubled word shows. Finished by {run.last.label}."
    )


def embedded(outcome, run):
    good(outcome)
    first, other, again = outcome["vectors"]
    expect("the vector of the same text", again, first)
    if first == other:
        raise Wrong("another text has the same vector")
    if len(first) != 8 or not all(-1 <= number <= 1 and number for number in first):
        raise Wrong(f"a vector is {first}")
    if not outcome["usage"]["input"]:
        raise Wrong(f"the usage is {outcome['usage']}")


def moderated(outcome, run):
    good(outcome)
    expect("the verdict", outcome["flagged"], False)


def drawn(count):
    """A check of so many pictures; the provider's picture is the answer's text and a number."""

    def check(outcome, run):
        good(outcome)
        pictures = [base64.b64decode(image).decode() for image in outcome["images"]]
        expect("the pictures", pictures, [f"{answer_to(run.prompt, run)}{n}" for n in range(count)])
        if not outcome.get("pieces", 1):
            raise Wrong("the stream had no partial image")

    return check


def spoken(outcome, run):
    good(outcome)
    audio, position = base64.b64decode(outcome["audio"]), 0
    first, *others = answer_to(run.prompt, run).split(" ")
    for word in [first, *(" " + other for other in others)]:
        sound = word.encode()
        expect(f"the sound at byte {position}", audio[position : position + len(sound)], sound)
        position += len(sound) + NOISE
    expect("the length of the sound", len(audio), position)


def transcribed(outcome, run):
    good(outcome)
    length = len(base64.b64decode(IMAGE))
    expect("the text", outcome["text"], answer_to(f"{length} bytes", run))
    if outcome.get("pieces", 5) < 5:
        raise Wrong(f"the text came in {outcome['pieces']} pieces")


def broken(outcome, run):
    if "error" not in outcome:
        raise Wrong("broken sound looks whole")
    if outcome["error"].get("status"):
        good(outcome)


DOWN = {"script": ["server_error", "server_error"]}


def scenario(name, over, action, check, settings=None):
    return Scenario(
        name, over, action, TEXT, check, settings or {}, over == "targets", api="forwarded"
    )


FORWARDED = [
    scenario("embeddings", "targets", "answer", embedded),
    scenario("moderation", "targets", "moderate", moderated),
    scenario("images", "targets", "draw", drawn(2)),
    scenario("streamed image", "targets", "stream drawing", drawn(1)),
    scenario("edited image", "targets", "edit", drawn(1)),
    scenario("speech", "targets", "speak", spoken),
    scenario("transcription", "targets", "transcribe", transcribed),
    scenario("streamed transcription", "targets", "stream transcription", transcribed),
    scenario("broken speech", "targets", "speak", broken, {"stream_cut_probability": 1}),
    scenario("embeddings by another", "chains", "answer", embedded, DOWN),
    scenario("image by another", "chains", "edit", drawn(1), DOWN),
    scenario("speech by another", "chains", "speak", spoken, DOWN),
    scenario("transcription by another", "chains", "transcribe", transcribed, DOWN),
]
