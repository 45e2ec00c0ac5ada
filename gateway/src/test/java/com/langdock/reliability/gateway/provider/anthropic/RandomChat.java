package com.langdock.reliability.gateway.provider.anthropic;

import com.langdock.reliability.json.JsonText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Generates random chat requests that OpenAI accepts, with features that other APIs reject.
 *
 * <p>Every text contains a unique marker, so that a test can check that it arrived.
 */
final class RandomChat {
  private static final List<String> FOREIGN_IDS =
      List.of("", "call_1", "functions.bash:0", "functions_bash_0", "ü", "a b", "call_1_2");
  private static final List<String> ARGUMENTS =
      List.of("", " ", "{}", "{\"x\":1.50}", "{\"x\":", "[1]", "\"text\"", "{\"s\":\"\\ud83d\"}");
  private static final List<String> FORMATS =
      List.of(
          "{\"type\":\"json_object\"}",
          "{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"f\",\"schema\":"
              + "{\"anyOf\":[{\"properties\":{\"x\":{\"minimum\":1}}}]}}}",
          "{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"f\",\"schema\":"
              + "{\"type\":\"array\"}}}");
  private static final List<String> SPACES = List.of("", " ", "\n", "\u00a0\t");

  private final Random random;
  private final List<String> messages = new ArrayList<>();
  private final List<String> markers = new ArrayList<>();

  RandomChat(long seed) {
    random = new Random(seed);
  }

  /** The markers of the texts that must arrive. */
  List<String> markers() {
    return markers;
  }

  /** The request. */
  String json() {
    int count = 1 + random.nextInt(8);
    for (int i = 0; i < count; i++) {
      switch (random.nextInt(6)) {
        case 0 -> add(random.nextBoolean() ? "system" : "developer", content());
        case 1, 2 -> add("user", content());
        case 3 -> add("assistant", content());
        default -> toolRound();
      }
    }
    return "{\"model\":\"m\",\"messages\":[" + String.join(",", messages) + "]" + options() + "}";
  }

  private void toolRound() {
    List<String> calls = new ArrayList<>();
    List<String> results = new ArrayList<>();
    int count = 1 + random.nextInt(3);
    List<String> ids = new ArrayList<>(FOREIGN_IDS);
    Collections.shuffle(ids, random);
    if (random.nextInt(4) == 0) {
      Collections.fill(ids, pick(FOREIGN_IDS)); // some providers use the same id for all calls
    }
    for (String id : ids.subList(0, count)) {
      calls.add(
          "{\"id\":%s,\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":%s}}"
              .formatted(JsonText.quote(id), JsonText.quote(pick(ARGUMENTS))));
      results.add(
          "{\"role\":\"tool\",\"tool_call_id\":%s,\"content\":%s}"
              .formatted(JsonText.quote(id), content()));
    }
    Collections.shuffle(results, random);
    String content = random.nextBoolean() ? "null" : content();
    messages.add(
        "{\"role\":\"assistant\",\"content\":%s,\"tool_calls\":[%s]}"
            .formatted(content, String.join(",", calls)));
    messages.addAll(results);
  }

  private void add(String role, String content) {
    String name = random.nextInt(4) == 0 ? ",\"name\":\"Ann\"" : "";
    messages.add("{\"role\":\"%s\",\"content\":%s%s}".formatted(role, content, name));
  }

  private String content() {
    if (random.nextInt(3) > 0) {
      return text();
    }
    List<String> parts = new ArrayList<>();
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      parts.add("{\"type\":\"text\",\"text\":" + text() + "}");
    }
    return "[" + String.join(",", parts) + "]";
  }

  private String text() {
    if (random.nextInt(4) == 0) {
      return JsonText.quote(pick(SPACES));
    }
    String marker = "<" + markers.size() + ">";
    markers.add(marker);
    String half = random.nextInt(8) == 0 ? "\\ude00" : "";
    return "\"" + marker + half + (random.nextBoolean() ? " \"" : "\"");
  }

  private String options() {
    StringBuilder options = new StringBuilder();
    option(options, "\"temperature\":" + random.nextInt(3) + "." + random.nextInt(10));
    option(options, "\"top_p\":0.50");
    option(options, "\"max_tokens\":" + (1 + random.nextInt(4_000)));
    option(options, "\"stop\":[\"END\",\" \",\"\\n\"]");
    option(
        options,
        "\"reasoning_effort\":\""
            + pick(List.of("none", "minimal", "high", "xhigh", "max"))
            + "\"");
    option(options, "\"response_format\":" + pick(FORMATS));
    option(options, "\"seed\":1,\"logit_bias\":{\"5\":1}");
    if (random.nextBoolean()) {
      options.append(
          ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{}}}]");
      option(options, "\"tool_choice\":\"" + pick(List.of("none", "auto", "required")) + "\"");
      option(options, "\"parallel_tool_calls\":false");
    }
    return options.toString();
  }

  private void option(StringBuilder to, String field) {
    if (random.nextInt(3) == 0) {
      to.append(',').append(field);
    }
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
