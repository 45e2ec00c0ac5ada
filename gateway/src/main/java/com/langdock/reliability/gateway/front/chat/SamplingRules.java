package com.langdock.reliability.gateway.front.chat;

import com.langdock.reliability.gateway.front.Problem;
import com.langdock.reliability.gateway.front.Rule;
import com.langdock.reliability.json.JsonValue;
import com.langdock.reliability.json.JsonValue.Kind;
import com.langdock.reliability.json.JsonValue.Member;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Validates sampling and output options with OpenAI's ranges. */
final class SamplingRules {
  private static final int MAX_STOPS = 4;
  private static final int MAX_METADATA = 16;
  private static final int MAX_METADATA_NAME = 64;
  private static final int MAX_METADATA_VALUE = 512;
  private static final int MAX_BIAS = 100;

  static final List<Rule> ALL =
      List.of(
          Rule.number("temperature", 0, 2),
          Rule.number("top_p", 0, 1),
          Rule.integer("n", 1, 128),
          Rule.number("presence_penalty", -2, 2),
          Rule.number("frequency_penalty", -2, 2),
          Rule.integer("max_tokens", 1, Long.MAX_VALUE),
          Rule.integer("max_completion_tokens", 1, Long.MAX_VALUE),
          Rule.integer("seed", Long.MIN_VALUE + 1, Long.MAX_VALUE),
          Rule.optional("stop", "expected a string or 1 to 4 strings", SamplingRules::isStop),
          Rule.flag("stream"),
          Rule.object("stream_options"),
          SamplingRules::streamOptions,
          Rule.flag("logprobs"),
          Rule.integer("top_logprobs", 0, 20),
          SamplingRules::topLogprobs,
          Rule.optional(
              "logit_bias",
              "expected numbers between -100 and 100 by token",
              SamplingRules::isBias),
          Rule.string("user"),
          Rule.string("reasoning_effort"),
          Rule.string("verbosity"),
          Rule.string("service_tier"),
          Rule.flag("store"),
          Rule.flag("parallel_tool_calls"),
          Rule.optional(
              "metadata",
              "expected at most 16 strings of 512 characters, by names of 64",
              SamplingRules::isMetadata),
          Rule.array("modalities"),
          Rule.object("audio"),
          Rule.object("prediction"),
          Rule.name("preferred_provider"),
          Rule.name("client_id"));

  private SamplingRules() {}

  private static boolean isStop(JsonValue value) {
    int stops = value.size();
    return value.kind() == Kind.STRING
        || (stops >= 1
            && stops <= MAX_STOPS
            && value.elements().stream().allMatch(Rule.is(Kind.STRING)));
  }

  private static boolean isBias(JsonValue value) {
    return value.kind() == Kind.OBJECT
        && value.members().stream()
            .allMatch(member -> Math.abs(member.value().number()) <= MAX_BIAS);
  }

  private static boolean isMetadata(JsonValue value) {
    return value.kind() == Kind.OBJECT
        && value.fieldCount() <= MAX_METADATA
        && value.members().stream().allMatch(SamplingRules::isMetadata);
  }

  private static boolean isMetadata(Member member) {
    return member.name().length() <= MAX_METADATA_NAME
        && member.value().kind() == Kind.STRING
        && member.value().text().length() <= MAX_METADATA_VALUE;
  }

  private static @Nullable Problem streamOptions(JsonValue request, String path) {
    JsonValue options = request.field("stream_options");
    JsonValue stream = request.field("stream");
    if (options == null || options.isNull()) {
      return null;
    }
    if (stream == null || !stream.isTrue()) {
      return Problem.invalid("stream_options", "it is allowed only when 'stream' is true");
    }
    return Rule.flag("include_usage").check(options, "stream_options.");
  }

  private static @Nullable Problem topLogprobs(JsonValue request, String path) {
    JsonValue top = request.field("top_logprobs");
    JsonValue logprobs = request.field("logprobs");
    boolean isSet = top != null && !top.isNull();
    return isSet && (logprobs == null || !logprobs.isTrue())
        ? Problem.invalid("top_logprobs", "it is allowed only when 'logprobs' is true")
        : null;
  }
}
