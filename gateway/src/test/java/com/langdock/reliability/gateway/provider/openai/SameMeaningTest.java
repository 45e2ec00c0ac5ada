package com.langdock.reliability.gateway.provider.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.ModelFacts;
import com.langdock.reliability.core.domain.ModelTraits;
import com.langdock.reliability.core.domain.ModelTraits.Sampling;
import com.langdock.reliability.core.domain.ModelTraits.Thinking;
import com.langdock.reliability.gateway.exchange.AnswerOptions;
import com.langdock.reliability.gateway.exchange.AnswerShape;
import com.langdock.reliability.gateway.exchange.Conversation;
import com.langdock.reliability.gateway.exchange.Field;
import com.langdock.reliability.gateway.exchange.Tool;
import com.langdock.reliability.gateway.exchange.Written;
import com.langdock.reliability.gateway.front.chat.ConversationReader;
import com.langdock.reliability.gateway.provider.Exchanges;
import com.langdock.reliability.gateway.provider.Foreign;
import com.langdock.reliability.gateway.provider.Golden;
import com.langdock.reliability.gateway.provider.Recorded;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A chat request that is read as a conversation and written again means the same. */
class SameMeaningTest {
  /** Cases with ids, arguments, documents, results or empty messages that are repaired. */
  private static final Set<String> REPAIRED =
      Set.of(
          "anthropic/request/tools-and-foreign-ids",
          "anthropic/request/images-and-files",
          "anthropic/request/late-system-keeps-its-place",
          "anthropic/request/tool-results-with-images-and-marks");

  /** The same as no parameters. */
  private static final String NO_PARAMETERS = "{\"type\":\"object\",\"properties\":{}}";

  private static final Pattern PATH = Pattern.compile("path=[^,\\]]*");

  private static final ModelFacts MODEL =
      new ModelFacts(
          OptionalLong.empty(),
          OptionalLong.empty(),
          false,
          new ModelTraits(true, true, Sampling.ANY, Thinking.NONE, true),
          null,
          null);

  static List<String> requests() {
    return Golden.cases("anthropic/request");
  }

  @ParameterizedTest
  @MethodSource("requests")
  void aRequestKeepsItsMeaning(String name) {
    JsonValue in = Exchanges.json(new String(Golden.input(name), UTF_8));
    String request = Objects.requireNonNull(JsonFields.object(in, "request")).raw();
    String once = rewritten(request);

    if (!REPAIRED.contains(name)) {
      assertThat(meaning(once)).isEqualTo(meaning(request));
    }
    assertThat(rewritten(once)).isEqualTo(once);
  }

  @Test
  void recordedRequestsKeepTheirMeaning() {
    for (String name : Recorded.names("requests/openai-chat", ".json")) {
      String request = new String(Recorded.bytes(name), UTF_8);
      Written written = written(request);

      if (written instanceof Written.Request sent) {
        String once = new String(sent.outgoing().body(), UTF_8);
        assertThat(rewritten(once)).as(name).isEqualTo(once);
      }
    }
  }

  private static String rewritten(String request) {
    Written written = written(request);
    assertThat(written).as(request).isInstanceOf(Written.Request.class);
    return new String(((Written.Request) written).outgoing().body(), UTF_8);
  }

  private static Written written(String request) {
    return new OpenAiFormat(EnumSet.allOf(Feature.class))
        .write(Foreign.of(request, "gpt-5.6", MODEL));
  }

  /**
   * The conversation as text, without the paths of the client's fields and without what only chat
   * clients can send.
   */
  private static String meaning(String request) {
    Conversation read = ConversationReader.read(Exchanges.json(request));
    StringBuilder text = new StringBuilder();
    read.messages().forEach(message -> text.append(message).append('\n'));
    read.tools().forEach(tool -> text.append(meaning(tool)).append('\n'));
    text.append(read.toolChoice()).append('\n').append(meaning(read.options())).append('\n');
    text.append(meaning(read.shape())).append('\n').append(read.endUser());
    return PATH.matcher(text).replaceAll("");
  }

  private static String meaning(Tool tool) {
    return tool instanceof Tool.Function function
        ? new Tool.Function(
                function.name(),
                function.description(),
                null,
                function.strict(),
                function.cacheMark())
            + (function.parameters() == null ? NO_PARAMETERS : raw(function.parameters()))
        : tool.toString();
  }

  private static String meaning(AnswerOptions options) {
    AnswerOptions.Sampling sampling = options.sampling();
    return "%s %s %s %s %s %s"
        .formatted(
            options.limit(),
            options.effort(),
            sampling.stop(),
            raw(sampling.temperature()),
            raw(sampling.topP()),
            raw(sampling.topK()));
  }

  private static String meaning(AnswerShape shape) {
    return shape instanceof AnswerShape.JsonSchema schema
        ? schema.name() + schema.description() + schema.schema().value().raw()
        : shape.toString();
  }

  private static String raw(@Nullable Field<JsonValue> field) {
    return field == null ? "-" : field.value().raw();
  }

  @Test
  void theSameRequestGivesTheSameBytes() {
    for (String name : requests()) {
      JsonValue in = Exchanges.json(new String(Golden.input(name), UTF_8));
      String request = Objects.requireNonNull(JsonFields.object(in, "request")).raw();

      assertThat(rewritten(request)).isEqualTo(rewritten(request));
    }
  }
}
