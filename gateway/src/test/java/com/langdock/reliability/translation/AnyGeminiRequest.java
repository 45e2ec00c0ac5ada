package com.langdock.reliability.translation;

import static com.langdock.reliability.translation.Dice.object;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A random request of a client of Gemini's API that is valid there. */
final class AnyGeminiRequest {
  private static final List<String> FUNCTIONS =
      List.of("f", "get_weather", "_under", "a.b:c-d", "ns.get", "x".repeat(128));
  private static final String PNG = "iVBORw0KGgo=";

  private final Dice dice;
  private final AnySchema schemas;
  private final AnyCalls calls;
  private final List<Object> contents = new ArrayList<>();
  private final List<String> offered = new ArrayList<>();
  private int ids;

  AnyGeminiRequest(long seed) {
    dice = new Dice(seed);
    schemas = new AnySchema(dice);
    calls = new AnyCalls(dice);
  }

  /** The body. */
  byte[] body() {
    boolean isSnake = dice.chance(15);
    Map<String, Object> request = object("contents", contents);
    List<Object> tools = tools();
    dice.maybe(60, request, "systemInstruction", this::system);
    addContents();
    if (!tools.isEmpty()) {
      request.put("tools", tools);
      dice.maybe(50, request, "toolConfig", () -> object("functionCallingConfig", choice()));
    }
    dice.maybe(70, request, "generationConfig", this::config);
    dice.maybe(20, request, "safetySettings", this::safety);
    dice.maybe(10, request, "labels", () -> object("team", "a"));
    dice.maybe(5, request, "cachedContent", () -> "cachedContents/1");
    dice.maybe(10, request, "client_id", () -> "me");
    dice.maybe(10, request, "later_field", () -> object("x", 1));
    return Dice.json(isSnake ? snake(request) : request);
  }

  /** The request with the names of its own fields in snake case. */
  private static Map<String, Object> snake(Map<String, Object> request) {
    Map<String, Object> renamed = new LinkedHashMap<>();
    request.forEach((name, value) -> renamed.put(snake(name), value));
    return renamed;
  }

  private static String snake(String name) {
    return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  private Object system() {
    List<Object> parts = new ArrayList<>();
    int count = 1 + dice.below(3);
    for (int i = 0; i < count; i++) {
      parts.add(object("text", dice.text()));
    }
    return object("parts", parts);
  }

  private List<Object> tools() {
    List<Object> tools = new ArrayList<>();
    List<Object> functions = new ArrayList<>();
    int count = dice.chance(50) ? 0 : 1 + dice.below(3);
    for (String name : dice.shuffled(FUNCTIONS).subList(0, count)) {
      Map<String, Object> function = object("name", name);
      dice.maybe(70, function, "description", dice::anyText);
      switch (dice.below(3)) {
        case 0 -> function.put("parametersJsonSchema", schemas.ofObject());
        case 1 -> function.put("parameters", ownSchema());
        default -> {}
      }
      dice.maybe(10, function, "behavior", () -> "BLOCKING");
      functions.add(function);
      offered.add(name);
    }
    if (!functions.isEmpty()) {
      tools.add(object("functionDeclarations", functions));
    }
    if (dice.chance(10)) {
      tools.add(object("googleSearch", object()));
    }
    return tools;
  }

  private Map<String, Object> ownSchema() {
    return object(
        "type",
        "OBJECT",
        "properties",
        object(
            "city",
            object("type", "STRING", "nullable", dice.chance(50), "minLength", "1"),
            "days",
            object("type", "INTEGER", "format", "int32"),
            "tags",
            object("type", "ARRAY", "items", object("type", "STRING", "enum", List.of("a", "b")))),
        "required",
        List.of("city"),
        "propertyOrdering",
        List.of("city", "days", "tags"));
  }

  private Object choice() {
    String mode = dice.pick(List.of("AUTO", "ANY", "NONE", "VALIDATED"));
    Map<String, Object> choice = object("mode", mode);
    boolean mayLimit = mode.equals("ANY") || mode.equals("VALIDATED");
    if (mayLimit && !offered.isEmpty()) {
      dice.maybe(
          50,
          choice,
          "allowedFunctionNames",
          () -> offered.subList(0, 1 + dice.below(offered.size())));
    }
    return choice;
  }

  private void addContents() {
    addUser();
    int count = dice.below(6);
    for (int i = 0; i < count; i++) {
      switch (dice.below(4)) {
        case 0 -> addUser();
        case 1 -> addModel();
        default -> addCalls();
      }
    }
  }

  private void addUser() {
    List<Object> parts = new ArrayList<>();
    parts.add(object("text", dice.text()));
    dice.maybeAdd(25, parts, this::media);
    Map<String, Object> content = object("parts", parts);
    dice.maybe(90, content, "role", () -> "user");
    contents.add(content);
  }

  private Object media() {
    return switch (dice.below(6)) {
      case 0 -> inline("image/png", PNG);
      case 1 -> inline("application/pdf", "JVBERi0xLjQK");
      case 2 -> inline("audio/wav", "UklGRg");
      case 3 -> inline("video/mp4", "AAAA");
      case 4 -> file("image/png", "https://example.org/a.png");
      default ->
          file("application/pdf", "https://generativelanguage.googleapis.com/v1beta/files/1");
    };
  }

  private static Object inline(String type, String data) {
    return object("inlineData", object("mimeType", type, "data", data));
  }

  private static Object file(String type, String uri) {
    return object("fileData", object("mimeType", type, "fileUri", uri));
  }

  /** A stream comes back as many turns of the model, a thought in many parts. */
  private void addModel() {
    List<Object> parts = new ArrayList<>();
    if (dice.chance(40)) {
      parts.add(object("text", dice.text(), "thought", true));
      contents.add(object("role", "model", "parts", List.copyOf(parts)));
      parts.clear();
      parts.add(signed(object("text", dice.text(), "thought", true)));
    }
    Map<String, Object> text = object("text", dice.text());
    parts.add(dice.chance(20) ? signed(text) : text);
    dice.maybeAdd(
        10,
        parts,
        () -> object("executableCode", object("language", "PYTHON", "code", "print(1)")));
    contents.add(object("role", "model", "parts", parts));
  }

  private Map<String, Object> signed(Map<String, Object> part) {
    dice.maybe(
        70,
        part,
        "thoughtSignature",
        () ->
            dice.chance(30)
                ? "c2lnbmF0dXJl"
                : Base64.getEncoder().encodeToString(calls.envelope().getBytes(UTF_8)));
    return part;
  }

  private void addCalls() {
    List<Object> made = new ArrayList<>();
    List<Object> results = new ArrayList<>();
    int count = 1 + dice.below(3);
    boolean haveIds = dice.chance(50);
    for (int i = 0; i < count; i++) {
      String name = offered.isEmpty() ? "f" : dice.pick(offered);
      Map<String, Object> call = object("name", name);
      Map<String, Object> result = object("name", name, "response", response());
      dice.maybe(80, call, "args", () -> object("x", dice.text()));
      if (haveIds) {
        call.put("id", "fc-" + ids);
        result.put("id", "fc-" + ids++);
      }
      made.add(signed(object("functionCall", call)));
      results.add(object("functionResponse", result));
    }
    contents.add(object("role", "model", "parts", made));
    contents.add(
        object("role", dice.pick(List.of("user", "function")), "parts", dice.shuffled(results)));
  }

  private Object response() {
    return switch (dice.below(5)) {
      case 0 -> object("output", dice.text());
      case 1 -> object("error", "no such town");
      case 2 -> object("result", object("deep", List.of(1, 2)));
      case 3 -> object();
      default -> object("status", "success", "report", dice.text());
    };
  }

  private Object config() {
    Map<String, Object> config = object();
    dice.maybe(50, config, "maxOutputTokens", () -> dice.pick(List.of(1, 1_024, 65_536)));
    dice.maybe(40, config, "temperature", () -> dice.pick(List.of(0, 0.5, 1, 1.7, 2)));
    dice.maybe(30, config, "topP", () -> dice.pick(List.of(0.1, 1)));
    dice.maybe(30, config, "topK", () -> dice.pick(List.of(1, 40)));
    dice.maybe(20, config, "stopSequences", () -> List.of("END", "\n\n"));
    dice.maybe(10, config, "candidateCount", () -> dice.pick(List.of(1, 2)));
    dice.maybe(10, config, "seed", () -> 7);
    dice.maybe(10, config, "presencePenalty", () -> 0.5);
    dice.maybe(5, config, "responseLogprobs", () -> true);
    dice.maybe(
        10,
        config,
        "responseModalities",
        () -> dice.pick(List.of(List.of("TEXT"), List.of("IMAGE"))));
    dice.maybe(30, config, "thinkingConfig", this::thinking);
    if (dice.chance(25)) {
      config.put("responseMimeType", "application/json");
      switch (dice.below(3)) {
        case 0 -> config.put("responseSchema", ownSchema());
        case 1 -> config.put("responseJsonSchema", schemas.ofObject());
        default -> {}
      }
    }
    return config;
  }

  private Object thinking() {
    Map<String, Object> thinking = object();
    dice.maybe(60, thinking, "includeThoughts", () -> true);
    switch (dice.below(3)) {
      case 0 -> thinking.put("thinkingLevel", dice.pick(List.of("MINIMAL", "LOW", "HIGH")));
      case 1 -> thinking.put("thinkingBudget", dice.pick(List.of(-1, 0, 512, 8_192, 24_576)));
      default -> {}
    }
    return thinking;
  }

  private Object safety() {
    return List.of(object("category", "HARM_CATEGORY_HARASSMENT", "threshold", "BLOCK_ONLY_HIGH"));
  }
}
