package com.langdock.reliability.gateway.provider.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.ModelFacts;
import com.langdock.reliability.gateway.exchange.RequestChanges;
import com.langdock.reliability.gateway.exchange.Written;
import com.langdock.reliability.gateway.provider.Exchanges;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Dropped and adjusted fields are reported, and no others. */
class DroppedFieldsTest {
  private static final String HELLO = "\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          logit_bias             | "logit_bias":{"50256":-100}
          seed                   | "seed":0
          presence_penalty       | "presence_penalty":0.5
          frequency_penalty      | "frequency_penalty":-1
          verbosity              | "verbosity":"low"
          service_tier           | "service_tier":"flex"
          store                  | "store":true
          metadata               | "metadata":{"a":"b"}
          prediction             | "prediction":{"type":"content","content":"x"}
          prompt_cache_key       | "prompt_cache_key":"k"
          prompt_cache_retention | "prompt_cache_retention":"24h"
          min_p                  | "min_p":0.1
          stop                   | "stop":["END"," "]
          tools[0].function.strict | "tools":[{"type":"function",\
          "function":{"name":"f","strict":true}}]
          tools[1].type          | "tools":[{"type":"function","function":{"name":"f"}},\
          {"type":"custom","custom":{"name":"g"}}]
          """)
  void reportsFieldsWithoutACounterpart(String field, String json) {
    assertThat(changes(json + "," + HELLO).dropped()).containsExactly(field);
    assertThat(changes(json + "," + HELLO).adjusted()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          messages[0].name              | {"role":"system","name":"Ann","content":"x"}
          messages[0].name              | {"role":"assistant","name":"Ann","content":"x"}
          messages[0].reasoning_content | {"role":"assistant","reasoning_content":"hm",\
          "content":"x"}
          messages[0].content[0].image_url.detail | {"role":"user","content":[{"type":"image_url",\
          "image_url":{"url":"https://e.org/a.png","detail":"low"}}]}
          """)
  void reportsDroppedFieldsOfMessagesByPath(String field, String message) {
    String user = ",{\"role\":\"user\",\"content\":\"x\"}";
    assertThat(changes("\"messages\":[" + message + user + "]").dropped()).containsExactly(field);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          temperature         | "temperature":1.5
          max_tokens          | "max_tokens":9999
          response_format     | "response_format":{"type":"json_object"}
          tools[0].parameters | "tools":[{"type":"function","function":{"name":"f",\
          "parameters":{"anyOf":[{"properties":{"x":{}}}]}}}]
          """)
  void reportsAdjustedFields(String field, String json) {
    assertThat(changes(json + "," + HELLO).adjusted()).containsExactly(field);
    assertThat(changes(json + "," + HELLO).dropped()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"logit_bias\":{},\"seed\":null,\"store\":false,\"metadata\":{},\"verbosity\":\"medium\"",
        "\"presence_penalty\":0,\"frequency_penalty\":0.0,\"service_tier\":\"auto\"",
        "\"n\":1,\"logprobs\":false,\"modalities\":[\"text\"],\"temperature\":1,\"top_p\":1.0",
        "\"stream\":true,\"stream_options\":{\"include_usage\":true},\"client_id\":\"c\"",
        "\"user\":\"u\",\"safety_identifier\":\"s\",\"preferred_provider\":\"p\",\"top_k\":3",
        "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"strict\":false}}]",
        "\"tool_choice\":\"auto\",\"parallel_tool_calls\":true,\"max_tokens\":5,\"stop\":\"x\"",
      })
  void doesNotReportTranslatedFieldsOrDefaults(String json) {
    assertThat(changes(json + "," + HELLO)).isSameAs(RequestChanges.NONE);
  }

  @Test
  void dropsTheFirstCacheBreakpointsIfThereAreTooMany() {
    String mark = "\"cache_control\":{\"type\":\"ephemeral\"}";
    String tool = "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}," + mark + "}],";
    String system = "{\"role\":\"system\",\"content\":\"s\"," + mark + "}";
    String user = ",{\"role\":\"user\",\"content\":\"%d\"," + mark + "}";
    String two = tool + "\"messages\":[" + system + user.formatted(1) + user.formatted(2);

    assertThat(changes(two + "]")).isSameAs(RequestChanges.NONE);
    assertThat(changes(two + user.formatted(3) + "]").dropped()).containsExactly("cache_control");
    assertThat(body(two + user.formatted(3) + "]"))
        .contains("{\"type\":\"text\",\"text\":\"1\"},")
        .contains("\"text\":\"3\"," + mark);
  }

  @Test
  void reportsEachDroppedHint() {
    String both = "\"seed\":7,\"logit_bias\":{\"1\":1},";
    assertThat(changes(both + HELLO).dropped()).containsExactly("seed", "logit_bias");
  }

  private static RequestChanges changes(String fields) {
    return encoded(fields).changes();
  }

  private static String body(String fields) {
    return new String(encoded(fields).outgoing().body(), UTF_8);
  }

  private static Written.Request encoded(String fields) {
    String json = "{\"model\":\"m\"," + fields + "}";
    ModelFacts old = Exchanges.OLD;
    Written encoded = MessageRequest.write(Exchanges.of(json, "claude", old));
    assertThat(encoded).isInstanceOf(Written.Request.class);
    return (Written.Request) encoded;
  }
}
