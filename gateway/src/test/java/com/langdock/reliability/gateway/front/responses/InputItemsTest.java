package com.langdock.reliability.gateway.front.responses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonValue;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputItemsTest {
  private static JsonValue json(String text) {
    return Objects.requireNonNull(JsonBody.json(text.replace('\'', '"').getBytes(UTF_8)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'input':'Hi'} | {'type':'message','role':'user','content':'Hi'}",
        "{'input':[ {'a':1}, {'b':2} ]} | {'a':1}, {'b':2}",
        "{'input':[]} | ``",
        "{} | ``",
      })
  void areThoseOfARequest(String request, String items) {
    assertThat(InputItems.of(json(request))).isEqualTo(items.replace('\'', '"'));
  }

  @Test
  void areJoinedByOneComma() {
    assertThat(InputItems.joined("{}", "[]")).isEqualTo("{},[]");
    assertThat(InputItems.joined("", "[]")).isEqualTo("[]");
    assertThat(InputItems.joined("{}", "")).isEqualTo("{}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'id':'msg_1','type':'message'} | true | {'id':'msg_1','type':'message'}",
        "{'id':'msg_1','type':'message'} | false | {'type':'message'}",
        "{'id':'rs_1','type':'reasoning','summary':[]} | true"
            + " | {'id':'rs_1','type':'reasoning','summary':[]}",
        "{'id':'rs_1','type':'reasoning','summary':[]} | false | ``",
        "{'id':'rs_1','type':'reasoning','encrypted_content':'e'} | false"
            + " | {'type':'reasoning','encrypted_content':'e'}",
      })
  void areSentBackWithAnIdOnlyIfItIsStored(String item, boolean isStored, String sent) {
    assertThat(InputItems.sentBack(json(item), isStored)).isEqualTo(sent.replace('\'', '"'));
  }
}
