package com.langdock.reliability.gateway.front.forward;

import com.langdock.reliability.core.session.AnswerTraits;
import com.langdock.reliability.gateway.front.Rule;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import java.util.List;

/** Validates a request for completions. */
final class CompletionsRules {
  static final String PROMPT = "prompt";

  /** The largest number of choices, OpenAI's for one prompt. */
  private static final int MAX_CHOICES = 128;

  /** OpenAI's limit of prompts in one request; further ones are not tracked. */
  private static final int MAX_PROMPTS = 2_048;

  static final List<Rule> ALL =
      List.of(
          Rule.optional(PROMPT, Inputs.EXPECTATION, Inputs::isInput),
          Rule.integer("max_tokens", 0, Long.MAX_VALUE),
          Rule.integer("n", 1, MAX_CHOICES),
          Rule.integer("best_of", 0, Long.MAX_VALUE),
          Rule.integer("logprobs", 0, Long.MAX_VALUE),
          Rule.flag("echo"),
          Rule.flag("stream"),
          Rule.object("stream_options"),
          Rule.string("suffix"),
          Rule.number("temperature", 0, 2),
          Rule.number("top_p", 0, 1),
          Rule.string("user"));

  /** What Mistral takes besides is for it to judge. */
  static final List<Rule> FIM =
      List.of(
          Rule.required(PROMPT, "expected a text", Rule.is(JsonValue.Kind.STRING)),
          Rule.integer("max_tokens", 0, Long.MAX_VALUE),
          Rule.flag("stream"),
          Rule.string("suffix"));

  private CompletionsRules() {}

  /** The traits of a text between two others, which no other target can continue. */
  static AnswerTraits fimTraits(JsonValue request) {
    return new AnswerTraits(1, false, true, false, false);
  }

  /**
   * The traits of the answer, which has {@code n} choices for each prompt. It can be continued only
   * from the text of one prompt; an echo, a suffix and tokens rule that out like a structure does.
   */
  static AnswerTraits traits(JsonValue request) {
    JsonValue prompt = JsonFields.value(request, PROMPT);
    int prompts = prompt == null ? 1 : Math.min(Inputs.count(prompt), MAX_PROMPTS);
    int choices = (int) Math.max(1, JsonFields.count(request, "n"));
    boolean isBound =
        JsonFields.isTrue(request, "echo")
            || JsonFields.text(request, "suffix") != null
            || (prompt != null && prompt.kind() != JsonValue.Kind.STRING);
    boolean logprobs = JsonFields.number(request, "logprobs") != null;
    return new AnswerTraits(prompts * choices, logprobs, isBound, false, false);
  }
}
