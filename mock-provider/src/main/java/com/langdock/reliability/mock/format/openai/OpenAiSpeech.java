package com.langdock.reliability.mock.format.openai;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

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
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** OpenAI's speech: a file that arrives in parts, or events with these parts. */
final class OpenAiSpeech implements SideFormat.Api {
  private static final int PART = 1_500;

  @Override
  public boolean isPath(String path) {
    return path.endsWith("/audio/speech");
  }

  @Override
  public Example example() {
    return new Example("/v1/audio/speech", Json.object("input", "Hello", "voice", "alloy"));
  }

  @Override
  public ChatRequest read(RawRequest request) {
    JsonNode root = OpenAiRequests.object(request.body());
    String input = root.path("input").stringValue("");
    if (input.isEmpty()) {
      throw new InvalidRequest(
          "Missing required parameter: 'input'.", "input", "missing_required_parameter");
    }
    boolean events = root.path("stream_format").stringValue("audio").equals("sse");
    return new ChatRequest(
        OpenAiRequests.model(root),
        events ? Delivery.EVENTS : Delivery.AUDIO,
        List.of(new Turn(Turn.Role.USER, input)),
        Tools.NONE,
        new Output(Integer.MAX_VALUE, 1, Output.Thinking.NONE, null),
        0,
        root);
  }

  /** It is always streamed. */
  @Override
  public String answer(ChatRequest request, Answer answer, Stamp stamp) {
    throw new IllegalStateException("speech is streamed");
  }

  @Override
  public Events stream(ChatRequest request, Answer answer, Stamp stamp) {
    boolean isFile = request.delivery() == Delivery.AUDIO;
    List<String> content = new ArrayList<>();
    for (Answer.Part part : answer.parts()) {
      for (String word : part.pieces()) {
        String sound = sound(word);
        content.add(isFile ? sound : delta(sound));
      }
    }
    Object usage =
        Json.object("input_tokens", request.inputTokens(), "output_tokens", answer.outputTokens());
    String done = event(Json.object("type", "speech.audio.done", "usage", usage));
    return new Events(List.of(), content, isFile ? List.of() : List.of(done), List.of());
  }

  /** The sound of a word: the word, and bytes of every value. */
  private static String sound(String word) {
    byte[] noise = new byte[PART];
    new Random(word.hashCode()).nextBytes(noise);
    return new String(word.getBytes(UTF_8), ISO_8859_1) + new String(noise, ISO_8859_1);
  }

  private static String delta(String sound) {
    String audio = Base64.getEncoder().encodeToString(sound.getBytes(ISO_8859_1));
    return event(Json.object("type", "speech.audio.delta", "audio", audio));
  }

  private static String event(Map<String, @Nullable Object> json) {
    return "data: " + Json.text(json) + "\n\n";
  }
}
