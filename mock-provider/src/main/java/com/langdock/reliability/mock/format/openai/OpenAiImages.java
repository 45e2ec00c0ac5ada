package com.langdock.reliability.mock.format.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.mock.format.Answer;
import com.langdock.reliability.mock.format.ChatRequest;
import com.langdock.reliability.mock.format.Delivery;
import com.langdock.reliability.mock.format.Events;
import com.langdock.reliability.mock.format.Example;
import com.langdock.reliability.mock.format.FormData;
import com.langdock.reliability.mock.format.InvalidRequest;
import com.langdock.reliability.mock.format.Json;
import com.langdock.reliability.mock.format.Output;
import com.langdock.reliability.mock.format.RawRequest;
import com.langdock.reliability.mock.format.SideFormat;
import com.langdock.reliability.mock.format.Stamp;
import com.langdock.reliability.mock.format.Tools;
import com.langdock.reliability.mock.format.Turn;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** OpenAI's images: generations, edits and variations, whole or with partial images. */
final class OpenAiImages implements SideFormat.Api {
  private static final int PARTIAL_IMAGES = 3;

  @Override
  public boolean isPath(String path) {
    return path.endsWith("/images/generations")
        || path.endsWith("/images/edits")
        || path.endsWith("/images/variations");
  }

  @Override
  public Example example() {
    return new Example("/v1/images/generations", Json.object("prompt", "A cat"));
  }

  @Override
  public ChatRequest read(RawRequest request) {
    boolean isForm = request.headers().getOrDefault("content-type", "").startsWith("multipart/");
    JsonNode root = isForm ? FormData.fields(request) : OpenAiRequests.object(request.body());
    String prompt = root.path("prompt").asString("");
    boolean isVariation = request.path().endsWith("/variations");
    if (prompt.isEmpty() && !isVariation) {
      throw new InvalidRequest(
          "Missing required parameter: 'prompt'.", "prompt", "missing_required_parameter");
    }
    boolean streamed = root.path("stream").asString("false").equals("true");
    int images = Math.max(1, Integer.parseInt(root.path("n").asString("1")));
    return new ChatRequest(
        OpenAiRequests.model(root),
        streamed ? Delivery.EVENTS : Delivery.WHOLE,
        List.of(new Turn(Turn.Role.USER, isVariation ? request.path() : prompt)),
        Tools.NONE,
        new Output(Integer.MAX_VALUE, images, Output.Thinking.NONE, null),
        0,
        root);
  }

  @Override
  public String answer(ChatRequest request, Answer answer, Stamp stamp) {
    List<Object> images = new ArrayList<>();
    for (int image = 0; image < request.output().choices(); image++) {
      images.add(Json.object("b64_json", picture(answer.text() + image)));
    }
    return Json.text(
        Json.object(
            "created",
            stamp.time().getEpochSecond(),
            "data",
            images,
            "usage",
            usage(request, answer)));
  }

  @Override
  public Events stream(ChatRequest request, Answer answer, Stamp stamp) {
    List<String> content = new ArrayList<>();
    List<String> closing = new ArrayList<>();
    for (int image = 0; image < request.output().choices(); image++) {
      for (int part = 0; part < PARTIAL_IMAGES; part++) {
        content.add(
            event(
                "image_generation.partial_image",
                Json.object("b64_json", picture("part" + part), "partial_image_index", part)));
      }
      closing.add(
          event(
              "image_generation.completed",
              Json.object(
                  "b64_json", picture(answer.text() + image), "usage", usage(request, answer))));
    }
    return new Events(List.of(), content, closing, List.of());
  }

  private static String event(String type, Map<String, @Nullable Object> fields) {
    Map<String, @Nullable Object> event = Json.object("type", type);
    event.putAll(fields);
    return "event: " + type + "\ndata: " + Json.text(event) + "\n\n";
  }

  private static String picture(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private static Map<String, @Nullable Object> usage(ChatRequest request, Answer answer) {
    int input = request.inputTokens();
    int output = answer.outputTokens() * request.output().choices();
    return Json.object(
        "input_tokens", input, "output_tokens", output, "total_tokens", input + output);
  }
}
