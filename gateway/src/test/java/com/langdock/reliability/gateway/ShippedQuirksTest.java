package com.langdock.reliability.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.gateway.config.Configs;
import com.langdock.reliability.gateway.config.GatewayConfig;
import com.langdock.reliability.gateway.config.Quirk;
import com.langdock.reliability.gateway.exchange.AnswerOptions;
import com.langdock.reliability.gateway.exchange.AnswerOptions.Sampling;
import com.langdock.reliability.gateway.exchange.Conversation;
import com.langdock.reliability.gateway.exchange.Field;
import com.langdock.reliability.gateway.exchange.ProviderFormat;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.Written;
import com.langdock.reliability.gateway.provider.Exchanges;
import com.langdock.reliability.gateway.provider.Foreign;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each line of {@code quirks.txt}, by what a provider of that type is sent: a part of the format
 * that it accepts, and that it does not if it does not.
 */
class ShippedQuirksTest {
  private static final String OWN = "https://p.example/v1";
  private static final String USER = "{\"role\":\"user\",\"content\":\"a\"}";
  private static final String MARKED =
      "{\"type\":\"text\",\"text\":\"a\",\"cache_control\":{\"type\":\"ephemeral\"}}";
  private static final String TOOL = "{\"type\":\"function\",\"function\":{\"name\":\"f\"}}";

  /**
   * A request that uses a part of the format.
   *
   * @param sent what the provider is sent where it accepts that part, and only there
   */
  private record Sample(TargetRequest request, String sent) {
    /** A chat request with more fields. */
    static Sample of(String fields, String sent) {
      return messages("[" + USER + "]," + fields, sent);
    }

    static Sample messages(String messages, String sent) {
      return new Sample(
          Exchanges.of("{\"model\":\"m\",\"messages\":" + messages + "}", "m", Exchanges.OLD),
          sent);
    }

    /** The same of a client of another API. */
    static Sample foreign(String messages, String sent) {
      return new Sample(
          Foreign.of("{\"model\":\"m\",\"messages\":" + messages + "}", "m", Exchanges.OLD), sent);
    }
  }

  static List<String> lines() throws IOException {
    try (InputStream table = GatewayConfig.class.getResourceAsStream("quirks.txt")) {
      String text = new String(Objects.requireNonNull(table).readAllBytes(), UTF_8);
      return text.lines().filter(line -> !line.isEmpty() && !line.startsWith("#")).toList();
    }
  }

  @ParameterizedTest
  @MethodSource("lines")
  void providersOfTheTypeAreSentWhatTheyAccept(String line) {
    List<String> cells = List.of(line.split("\\s+", -1));
    Quirk quirk = Quirk.valueOf(cells.get(1).toUpperCase(Locale.ROOT));
    Sample sample = sample(quirk);

    String type = cells.getFirst();
    // An address of one's own does not tell OpenAI from what is compatible with it.
    String address = type.equals("openai") ? "https://api.openai.com/v1" : OWN;
    boolean isSent = isSent(sample, format(address, "type: " + type));

    assertThat(isSent).isEqualTo(Boolean.parseBoolean(cells.get(2)));
    assertThat(isSent).isNotEqualTo(isSent(sample, format(OWN, "type: openai")));
  }

  @ParameterizedTest
  @EnumSource(Quirk.class)
  void aConfigurationSaysOtherwise(Quirk quirk) {
    String key = quirk.name().toLowerCase(Locale.ROOT);
    for (boolean value : List.of(true, false)) {
      String quirks = "quirks: {" + key + ": " + value + "}";
      ProviderFormat format = format(OWN, "type: openai, " + quirks);
      assertThat(isSent(sample(quirk), format)).isEqualTo(value);
    }
  }

  private static ProviderFormat format(String address, String settings) {
    return ProviderFormats.of(
        Configs.loaded(
                "providers: [{name: p, base_url: '%s', api_key: k, models: [m], %s}]"
                    .formatted(address, settings))
            .providers()
            .getFirst());
  }

  private static boolean isSent(Sample sample, ProviderFormat format) {
    return format.write(sample.request()) instanceof Written.Request written
        && new String(written.outgoing().body(), UTF_8).contains(sample.sent());
  }

  private static Sample sample(Quirk quirk) {
    String named = "\"" + quirk.name().toLowerCase(Locale.ROOT) + "\":";
    return switch (quirk) {
      case STREAM_OPTIONS -> Sample.foreign("[" + USER + "],\"stream\":true", named);
      case TOP_K -> new Sample(topK(), named + "7");
      case USER -> Sample.of("\"user\":\"ann\"", "\"user\":\"ann\"");
      case STOP, METADATA, PREDICTION, LOGIT_BIAS -> Sample.of(named + "{\"a\":\"b\"}", named);
      case SEED, FREQUENCY_PENALTY, PRESENCE_PENALTY, N, MAX_COMPLETION_TOKENS ->
          Sample.of(named + "2", named + "2");
      case SERVICE_TIER, VERBOSITY, PROMPT_CACHE_KEY, SAFETY_IDENTIFIER ->
          Sample.of(named + "\"low\"", named);
      case PROMPT_CACHE_OPTIONS -> Sample.of(named + "{\"mode\":\"explicit\"}", named);
      case STORE, LOGPROBS -> Sample.of(named + "true", named);
      case PARALLEL_TOOL_CALLS -> Sample.of(named + "false", named);
      case RANDOM_SEED -> Sample.of("\"seed\":7", named + "7");
      case AUDIO -> Sample.of("\"modalities\":[\"text\",\"audio\"]", "\"modalities\"");
      case WEB_SEARCH -> Sample.of("\"web_search_options\":{}", "\"web_search_options\"");
      case JSON_SCHEMA ->
          Sample.of(
              "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"s\"}}",
              "\"json_schema\"");
      case ALLOWED_TOOLS, STRICT_TOOLS, TOOLS, FORCED_TOOL -> ofTools(quirk);
      case REASONING_CONTENT,
          CACHE_CONTROL,
          THOUGHT_SIGNATURE,
          DEVELOPER_ROLE,
          MESSAGE_NAMES,
          FOREIGN_FIELDS,
          LONG_CALL_IDS,
          USER_AFTER_TOOL,
          PREFIX ->
          ofMessages(quirk);
    };
  }

  private static Sample ofTools(Quirk quirk) {
    String tools = "\"tools\":[" + TOOL + "]";
    return switch (quirk) {
      case TOOLS -> Sample.of(tools, "\"tools\"");
      case FORCED_TOOL -> Sample.of(tools + ",\"tool_choice\":\"required\"", "\"required\"");
      case STRICT_TOOLS ->
          Sample.of(tools.replace("\"f\"", "\"f\",\"strict\":true"), "\"strict\":true");
      default ->
          Sample.foreign(
              "[%s],%s,\"tool_choice\":{\"type\":\"allowed_tools\",\"allowed_tools\":{%s,%s}}"
                  .formatted(USER, tools, "\"mode\":\"auto\"", tools),
              "\"allowed_tools\"");
    };
  }

  private static Sample ofMessages(Quirk quirk) {
    String answer = "[" + USER + ",{\"role\":\"assistant\",\"content\":\"b\"%s}%s]";
    return switch (quirk) {
      case REASONING_CONTENT ->
          Sample.foreign(
              answer.formatted(",\"reasoning_content\":\"c\"", "," + USER),
              "\"reasoning_content\":\"c\"");
      case FOREIGN_FIELDS ->
          Sample.messages(
              answer.formatted(",\"reasoning\":\"c\"", "," + USER), "\"reasoning\":\"c\"");
      case PREFIX -> Sample.messages(answer.formatted("", ""), "\"prefix\":true");
      case DEVELOPER_ROLE ->
          Sample.messages("[" + USER.replace("user", "developer") + "]", "\"developer\"");
      case MESSAGE_NAMES ->
          Sample.messages("[" + with("\"name\":\"ann\"") + "]", "\"name\":\"ann\"");
      case CACHE_CONTROL ->
          Sample.foreign(
              "[" + USER.replace("\"a\"", "[" + MARKED + "]") + "]", "\"cache_control\":");
      case LONG_CALL_IDS -> Sample.messages(called("call_of_another", ""), "call_of_another");
      case USER_AFTER_TOOL ->
          Sample.messages(
              called("abcdef123", "").replaceFirst("]$", "," + USER + "]"),
              "\"content\":\"1\"}," + USER);
      default ->
          Sample.foreign(
              called("i", ",\"extra_content\":{\"google\":{\"thought_signature\":\"c2ln\"}}"),
              "\"thought_signature\":\"c2ln\"");
    };
  }

  private static String with(String field) {
    return USER.replace("{", "{" + field + ",");
  }

  private static String called(String id, String more) {
    return """
    [%s,{"role":"assistant","content":null,"tool_calls":[{"id":"%s","type":"function",\
    "function":{"name":"f","arguments":"{}"}%s}]},\
    {"role":"tool","tool_call_id":"%s","content":"1"}]\
    """
        .formatted(USER, id, more, id);
  }

  private static TargetRequest topK() {
    Conversation plain =
        Foreign.of("{\"messages\":[" + USER + "]}", "m", Exchanges.OLD).conversation();
    AnswerOptions options =
        new AnswerOptions(
            null,
            new Sampling(null, null, new Field<>("top_k", Exchanges.json("7")), null),
            null,
            null,
            null);
    return Foreign.of(
        new Conversation(
            plain.messages(),
            plain.tools(),
            plain.toolChoice(),
            options,
            plain.shape(),
            plain.endUser(),
            List.of()),
        false,
        "m",
        Exchanges.OLD);
  }
}
