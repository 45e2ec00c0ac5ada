package com.langdock.reliability.gateway.provider.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.session.Continuation;
import com.langdock.reliability.gateway.exchange.Continued;
import com.langdock.reliability.gateway.exchange.RequestChanges;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.Written;
import com.langdock.reliability.gateway.provider.Exchanges;
import com.langdock.reliability.gateway.provider.Foreign;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RequestRepairsTest {
  private static final Set<Feature> USUAL =
      EnumSet.of(Feature.STREAM_OPTIONS, Feature.JSON_SCHEMA, Feature.USER, Feature.LONG_CALL_IDS);

  private static Written write(TargetRequest request, Deviation... deviations) {
    return new OpenAiFormat(USUAL, Set.of(deviations), true).write(request);
  }

  private static TargetRequest request(String fields) {
    return Exchanges.of("{\"model\":\"m\"," + fields + "}", "m", Exchanges.OLD);
  }

  private static String sent(Written written) {
    String body = new String(((Written.Request) written).outgoing().body(), UTF_8);
    return body.replace("{\"model\":\"m\",", "").replaceFirst("}$", "");
  }

  private static RequestChanges changes(Written written) {
    return ((Written.Request) written).changes();
  }

  static Stream<Deviation> droppedFields() {
    return EnumSet.range(Deviation.USER, Deviation.PARALLEL_TOOL_CALLS).stream();
  }

  @ParameterizedTest
  @MethodSource("droppedFields")
  void dropAFieldAndSayWhich(Deviation deviation) {
    for (String field : deviation.fields()) {
      Written written = write(request("\"top_p\":1,\"" + field + "\":{\"a\":1}"), deviation);
      assertThat(sent(written)).isEqualTo("\"top_p\":1");
      assertThat(changes(written).dropped()).containsExactly(field);
    }
    assertThat(deviation.fields()).first().asString().startsWith(name(deviation).substring(0, 3));
  }

  private static String name(Deviation deviation) {
    return deviation.name().toLowerCase(Locale.ROOT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          SEED                | "seed":null
          FREQUENCY_PENALTY   | "frequency_penalty":0.0
          PARALLEL_TOOL_CALLS | "parallel_tool_calls":true
          STORE               | "store":false
          N                   | "n":1
          LOGPROBS            | "logprobs":false,"top_logprobs":0
          """)
  void dropAFieldWithTheDefaultInSilence(Deviation deviation, String fields) {
    Written written = write(request("\"top_p\":1," + fields), deviation);
    assertThat(sent(written)).isEqualTo("\"top_p\":1");
    assertThat(changes(written)).isEqualTo(RequestChanges.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          N           | "n":2                                        | n
          LOGPROBS    | "logprobs":true                              | logprobs
          AUDIO       | "modalities":["text","audio"]                | modalities
          WEB_SEARCH  | "web_search_options":{}                      | web_search_options
          JSON_SCHEMA | "response_format":{"type":"json_schema"}     | response_format
          TOOLS       | "tools":[{}]                                 | tools
          FORCED_TOOL | "tool_choice":"required"                     | tool_choice
          FORCED_TOOL | "tool_choice":{"type":"function"}            | tool_choice
          """)
  void rejectWhatTheProviderCannotGive(Deviation deviation, String fields, String path) {
    Written written = write(request(fields), deviation);
    assertThat(written).isInstanceOf(Written.Untranslatable.class);
    assertThat(((Written.Untranslatable) written).failure().field()).isEqualTo(path);
    assertThat(sent(write(request(fields)))).isEqualTo(fields);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          MAX_COMPLETION_TOKENS | "max_completion_tokens":9,"a":1 | "a":1,"max_tokens":9
          MAX_COMPLETION_TOKENS | "max_completion_tokens":9,"max_tokens":8 | "max_tokens":8
          RANDOM_SEED | "seed":12345678901234567890,"a":1 | "a":1,"random_seed":12345678901234567890
          FORCED_TOOL | "tool_choice":"auto" | "tool_choice":"auto"
          JSON_SCHEMA | "response_format":{"type":"json_object"} \
          | "response_format":{"type":"json_object"}
          """)
  void renameInSilence(Deviation deviation, String fields, String expected) {
    Written written = write(request(fields), deviation);
    assertThat(sent(written)).isEqualTo(expected);
    assertThat(changes(written)).isEqualTo(RequestChanges.NONE);
  }

  @Test
  void dropStrictOfTools() {
    String tools =
        "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"strict\":%s}}]";
    Written written = write(request(tools.formatted("true")), Deviation.STRICT_TOOLS);
    assertThat(sent(written)).isEqualTo(tools.replace(",\"strict\":%s", ""));
    assertThat(changes(written).dropped()).containsExactly("tools[0].function.strict");
    assertThat(changes(write(request(tools.formatted("false")), Deviation.STRICT_TOOLS)))
        .isEqualTo(RequestChanges.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "none",
      textBlock =
          """
          DEVELOPER_ROLE | {"role":"developer","content":"a"},{"role":"user","content":"develop"} \
          | {"role":"system","content":"a"},{"role":"user","content":"develop"} | none
          MESSAGE_NAMES | {"role":"user","name":"ann","content":"a"},{"role":"tool","name":"f"} \
          | {"role":"user","content":"a"},{"role":"tool","name":"f"} | messages[0].name
          FOREIGN_FIELDS | {"role":"assistant","content":"a","reasoning":"b","refusal":null} \
          | {"role":"assistant","content":"a"} | messages[0].reasoning
          FOREIGN_FIELDS | {"role":"assistant","content":null,"refusal":"no","annotations":[]} \
          | {"role":"assistant","content":"no"} | none
          FOREIGN_FIELDS | {"role":"user","content":"a","mine":1} \
          | {"role":"user","content":"a","mine":1} | none
          PREFIX | {"role":"user","content":"a"},{"role":"assistant","content":"b"} \
          | {"role":"user","content":"a"},{"role":"assistant","content":"b","prefix":true} | none
          PREFIX | {"role":"assistant","content":"b"},{"role":"user","content":"a"} \
          | {"role":"assistant","content":"b"},{"role":"user","content":"a"} | none
          """)
  void repairMessages(Deviation deviation, String messages, String expected, String dropped) {
    Written written = write(request("\"messages\":[" + messages + "]"), deviation);
    assertThat(sent(written)).isEqualTo("\"messages\":[" + expected + "]");
    assertThat(changes(written).dropped())
        .isEqualTo(dropped == null ? List.of() : List.of(dropped));
  }

  @Test
  void putAnAnswerBetweenToolsAndTheUser() {
    String before = "{\"role\":\"tool\",\"content\":\"1\"}";
    String user = "{\"role\":\"user\",\"name\":\"ann\",\"content\":\"a\"}";
    Written written =
        write(
            request("\"messages\":[" + before + ", " + user + "]"),
            Deviation.USER_AFTER_TOOL,
            Deviation.MESSAGE_NAMES);
    assertThat(sent(written))
        .isEqualTo(
            "\"messages\":["
                + before
                + ", {\"role\":\"assistant\",\"content\":\"OK.\"},"
                + user.replace(",\"name\":\"ann\"", "")
                + "]");
    assertThat(changes(written).adjusted()).containsExactly("messages[1]");
  }

  @Test
  void giveCallsAndTheirResultsIdsOfNineCharacters() {
    Written written =
        write(
            request(
                "\"messages\":[{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"abcdef123\"},"
                    + "{\"id\":\"call_of_another\"}]},{\"tool_call_id\":\"call_of_another\"},"
                    + "{\"tool_call_id\":\"abcdef123\"}]"),
            Deviation.LONG_CALL_IDS);
    assertThat(sent(written))
        .matches(
            ".*\"id\":\"abcdef123\".*\"id\":\"([0-9a-f]{9})\""
                + ".*_id\":\"\\1\".*_id\":\"abcdef123\".*");
  }

  @Test
  void reachRequestsOfClientsOfOtherApis() {
    Written written =
        write(
            Foreign.of(
                "{\"messages\":[{\"role\":\"user\",\"content\":\"a\"}],\"stop\":[\"x\"]}",
                "m",
                Exchanges.OLD),
            Deviation.STOP);
    assertThat(sent(written)).isEqualTo("\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]");
    assertThat(changes(written).dropped()).containsExactly("stop");
  }

  @Test
  void markTheDeliveredPartOfAnAnswerThatIsContinued() {
    TargetRequest rest =
        request("\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]")
            .continuing(new Continued("Once", Continuation.PREFILL));
    assertThat(sent(write(rest, Deviation.PREFIX)))
        .endsWith("{\"role\":\"assistant\",\"content\":\"Once\",\"prefix\":true}]");
  }

  @Test
  void leaveARequestThatNeedsNoneAsItIs() {
    String fields = "\"messages\" : [ {\"role\":\"user\", \"content\":\"a\"} ]";
    assertThat(sent(write(request(fields), Deviation.values()))).isEqualTo(fields);
  }

  @Test
  void areNoneWithoutDeviations() {
    String fields =
        Stream.of(Deviation.values())
            .flatMap(deviation -> deviation.fields().stream())
            .map(field -> "\"" + field + "\":7")
            .collect(Collectors.joining(","));
    assertThat(sent(write(request(fields)))).isEqualTo(fields);
  }
}
