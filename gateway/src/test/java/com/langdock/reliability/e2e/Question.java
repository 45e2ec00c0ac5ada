package com.langdock.reliability.e2e;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What a client asks, in the terms of no API.
 *
 * @param turns after the first one
 */
public record Question(
    String model, boolean stream, String text, Set<Trait> traits, List<JsonNode> turns) {
  /** What a question may have or ask for. */
  public enum Trait {
    /** {@link #SYSTEM_PROMPT} before the text. */
    SYSTEM,
    /** The tool {@link #TOOL}. */
    TOOLS,
    /** An answer after {@link #SCHEMA}. */
    SCHEMA,
    /** {@link #PICTURE} beside the text. */
    IMAGE,
    /** A model that thinks. */
    THINKING,
    /** {@link #DOCUMENT} beside the text. */
    FILE,
    /** The API's own hint that parts of the prompt come again. */
    CACHE
  }

  public static final String SYSTEM_PROMPT = "Answer like a pirate.";
  public static final String TOOL = "weather";
  public static final String SCHEMA =
      "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}},"
          + "\"required\":[\"city\"],\"additionalProperties\":false}";

  /** A PNG in base64. */
  public static final String PICTURE =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJg"
          + "gg==";

  /** A PDF in base64: its first line. */
  public static final String DOCUMENT = "JVBERi0xLjQK";

  /** A question without traits. */
  public static Question of(String model, boolean stream, String text, Trait... traits) {
    Set<Trait> all = EnumSet.noneOf(Trait.class);
    all.addAll(List.of(traits));
    return new Question(model, stream, text, all, List.of());
  }

  boolean has(Trait trait) {
    return traits.contains(trait);
  }

  /** The same question to another model. */
  Question at(String other) {
    return new Question(other, stream, text, traits, turns);
  }

  /** The same question after the answer and what the client says to it. */
  Question after(Answer answer, List<JsonNode> more) {
    List<JsonNode> all = new ArrayList<>(turns);
    all.add(answer.message());
    all.addAll(more);
    return new Question(model, stream, text, traits, all);
  }
}
