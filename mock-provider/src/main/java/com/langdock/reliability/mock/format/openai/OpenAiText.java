package com.langdock.reliability.mock.format.openai;

import com.langdock.reliability.mock.format.Answer;
import com.langdock.reliability.mock.format.ChatRequest;
import com.langdock.reliability.mock.format.Delivery;
import com.langdock.reliability.mock.format.Events;
import com.langdock.reliability.mock.format.Example;
import com.langdock.reliability.mock.format.InvalidRequest;
import com.langdock.reliability.mock.format.Json;
import com.langdock.reliability.mock.format.Output;
import com.langdock.reliability.mock.format.RawRequest;
import com.langdock.reliability.mock.format.SideFormat;
import com.langdock.reliability.mock.format.Stamp;
import com.langdock.reliability.mock.format.Tools;
import com.langdock.reliability.mock.format.Turn;
import com.langdock.reliability.mock.format.Vectors;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** OpenAI's APIs about a text instead of a chat. */
final class OpenAiText implements SideFormat.Api {
  /** Which of them. */
  enum Topic {
    /** Vectors. */
    EMBEDDINGS("/embeddings", "input"),
    /** What stands between a text and a suffix, as Mistral answers it. */
    FIM("/fim/completions", "prompt"),
    /** How a text goes on. */
    COMPLETIONS("/completions", "prompt"),
    /** Whether a text is harmful. */
    MODERATIONS("/moderations", "input"),
    /** Which documents are about a query. */
    RERANK("/rerank", "documents");

    private final String path;
    private final String input;

    Topic(String path, String input) {
      this.path = path;
      this.input = input;
    }
  }

  /** How every usual answer begins; see {@link com.langdock.reliability.mock.format.Answers}. */
  private static final String ANSWER = "This is a mock answer";

  private final Topic api;

  OpenAiText(Topic api) {
    this.api = api;
  }

  @Override
  public boolean isPath(String path) {
    return path.endsWith(api.path);
  }

  @Override
  public Example example() {
    return new Example("/v1" + api.path, Json.object(api.input, "Hello"));
  }

  @Override
  public ChatRequest read(RawRequest request) {
    JsonNode root = OpenAiRequests.object(request.body());
    JsonNode input = root.path(api.input);
    List<Turn> turns = new ArrayList<>();
    if (input.isArray() && !input.path(0).isNumber()) {
      input.forEach(element -> turns.add(user(element)));
    } else if (!input.isMissingNode()) {
      turns.addAll(begun(user(input)));
    }
    if (turns.isEmpty()) {
      String message = "Missing required parameter: '" + api.input + "'.";
      throw new InvalidRequest(message, api.input, "missing_required_parameter");
    }
    return new ChatRequest(
        OpenAiRequests.model(root),
        OpenAiRequests.delivery(root),
        turns,
        Tools.NONE,
        new Output(
            OpenAiRequests.maxTokens(root),
            OpenAiRequests.choices(root.path("n")),
            Output.Thinking.NONE,
            null),
        0,
        root);
  }

  private static Turn user(JsonNode text) {
    return new Turn(Turn.Role.USER, text.isString() ? text.stringValue() : text.toString());
  }

  /** A prompt that ends in the beginning of the usual answer is to be continued. */
  private List<Turn> begun(Turn prompt) {
    int answer = prompt.text().indexOf(ANSWER);
    return api != Topic.COMPLETIONS || answer < 1
        ? List.of(prompt)
        : List.of(
            new Turn(Turn.Role.USER, prompt.text().substring(0, answer)),
            new Turn(Turn.Role.ASSISTANT, prompt.text().substring(answer)));
  }

  @Override
  public String answer(ChatRequest request, Answer answer, Stamp stamp) {
    return Json.text(
        switch (api) {
          case EMBEDDINGS -> embeddings(request);
          case COMPLETIONS -> {
            String finish = OpenAiFormat.finishReason(answer.finish());
            yield completion(
                request, stamp, choices(request, answer.text(), finish), usage(request, answer));
          }
          case FIM -> {
            Object message = Json.object("role", "assistant", "content", answer.text());
            yield fim(request, stamp, "message", message, answer);
          }
          case MODERATIONS -> moderation(request, stamp);
          case RERANK -> ranking(request, stamp);
        });
  }

  @Override
  public Events stream(ChatRequest request, Answer answer, Stamp stamp) {
    List<String> content = new ArrayList<>();
    for (Answer.Part part : answer.parts()) {
      part.pieces().forEach(piece -> content.add(chunk(request, stamp, piece)));
    }
    List<String> closing = new ArrayList<>();
    closing.add(lastChunk(request, stamp, answer));
    if (request.delivery() == Delivery.EVENTS_WITH_USAGE) {
      closing.add(event(completion(request, stamp, List.of(), usage(request, answer))));
    }
    return new Events(List.of(), content, closing, List.of("data: [DONE]\n\n"));
  }

  private String chunk(ChatRequest request, Stamp stamp, String text) {
    return event(
        api == Topic.FIM
            ? fim(request, stamp, "delta", Json.object("content", text), null)
            : completion(request, stamp, choices(request, text, null), null));
  }

  private String lastChunk(ChatRequest request, Stamp stamp, Answer answer) {
    String finish = OpenAiFormat.finishReason(answer.finish());
    return event(
        api == Topic.FIM
            ? fim(request, stamp, "delta", Json.object("content", ""), answer)
            : completion(request, stamp, choices(request, "", finish), null));
  }

  /** An answer or a chunk, the last of which has the end and the usage. */
  private static Map<String, @Nullable Object> fim(
      ChatRequest request, Stamp stamp, String name, Object text, @Nullable Answer answer) {
    String finish = answer == null ? null : OpenAiFormat.finishReason(answer.finish());
    Object choice = Json.object("index", 0, name, text, "finish_reason", finish);
    return Json.object(
        "id",
        stamp.unique(),
        "object",
        name.equals("delta") ? "chat.completion.chunk" : "chat.completion",
        "created",
        stamp.time().getEpochSecond(),
        "model",
        request.model(),
        "choices",
        List.of(choice),
        "usage",
        answer == null ? null : usage(request, answer));
  }

  private static String event(Object json) {
    return "data: " + Json.text(json) + "\n\n";
  }

  private static Map<String, @Nullable Object> completion(
      ChatRequest request, Stamp stamp, List<Object> choices, @Nullable Object usage) {
    return Json.object(
        "id",
        "cmpl-" + stamp.unique(),
        "object",
        "text_completion",
        "created",
        stamp.time().getEpochSecond(),
        "model",
        request.model(),
        "choices",
        choices,
        "usage",
        usage);
  }

  private static List<Object> choices(ChatRequest request, String text, @Nullable String finish) {
    List<Object> choices = new ArrayList<>();
    for (int index = 0; index < request.output().choices(); index++) {
      choices.add(
          Json.object("text", text, "index", index, "logprobs", null, "finish_reason", finish));
    }
    return choices;
  }

  private static Map<String, @Nullable Object> usage(ChatRequest request, Answer answer) {
    int input = request.inputTokens();
    int output = answer.outputTokens() * request.output().choices();
    return Json.object(
        "prompt_tokens", input, "completion_tokens", output, "total_tokens", input + output);
  }

  private static Map<String, @Nullable Object> embeddings(ChatRequest request) {
    int dimensions = request.fields().path("dimensions").asInt(0);
    boolean base64 = request.fields().path("encoding_format").stringValue("").equals("base64");
    List<Object> data = new ArrayList<>();
    for (Turn turn : request.turns()) {
      float[] vector = Vectors.of(request.model(), turn.text(), dimensions);
      Object embedding = base64 ? base64(vector) : vector;
      data.add(Json.object("object", "embedding", "index", data.size(), "embedding", embedding));
    }
    int tokens = request.inputTokens();
    Object usage = Json.object("prompt_tokens", tokens, "total_tokens", tokens);
    return Json.object("object", "list", "data", data, "model", request.model(), "usage", usage);
  }

  private static String base64(float[] vector) {
    ByteBuffer bytes =
        ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float number : vector) {
      bytes.putFloat(number);
    }
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  private static Map<String, @Nullable Object> moderation(ChatRequest request, Stamp stamp) {
    List<Object> results = new ArrayList<>();
    for (Turn turn : request.turns()) {
      boolean flagged = turn.text().contains("harm");
      results.add(
          Json.object(
              "flagged",
              flagged,
              "categories",
              Json.object("violence", flagged),
              "category_scores",
              Json.object("violence", flagged ? 0.9 : 0.01)));
    }
    return Json.object(
        "id", "modr-" + stamp.unique(), "model", request.model(), "results", results);
  }

  /** The documents in their order, each less relevant than the one before. */
  private static Map<String, @Nullable Object> ranking(ChatRequest request, Stamp stamp) {
    List<Object> results = new ArrayList<>();
    for (int index = 0; index < request.turns().size(); index++) {
      results.add(Json.object("index", index, "relevance_score", 1.0 / (index + 1)));
    }
    Object usage = Json.object("total_tokens", request.inputTokens());
    return Json.object(
        "id", "rr-" + stamp.unique(), "model", request.model(), "results", results, "usage", usage);
  }
}
