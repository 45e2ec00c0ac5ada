package com.langdock.reliability.gateway.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.gateway.exchange.ContentBlock.Signature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureEnvelopeTest {
  @Test
  void keepsIssuerAndValue() {
    Signature signature = new Signature(WireFormat.GEMINI, "a+/=.é");

    String envelope = SignatureEnvelope.wrap(signature);

    assertThat(envelope).startsWith("gw1.gemini.").matches("[\\w.-]+");
    assertThat(SignatureEnvelope.unwrap(envelope, WireFormat.MESSAGES)).isEqualTo(signature);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "EqQB", "gw1.", "gw1.gemini", "gw1.gemini.***", "gw2.gemini.YQ"})
  void takesAnyOtherValueAsTheFormatsOwn(String value) {
    assertThat(SignatureEnvelope.unwrap(value, WireFormat.MESSAGES))
        .isEqualTo(new Signature(WireFormat.MESSAGES, value));
  }
}
