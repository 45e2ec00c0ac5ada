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

  @Test
  void isBase64ForClientsThatTakeNothingElse() {
    Signature signature = new Signature(WireFormat.MESSAGES, "a+/=.é??>>");

    String envelope = SignatureEnvelope.wrapBase64(signature);

    assertThat(envelope).matches("[A-Za-z0-9+/]+=*");
    String otherAlphabet = envelope.replace('+', '-').replace('/', '_');
    assertThat(SignatureEnvelope.unwrapBase64(otherAlphabet, WireFormat.GEMINI))
        .isEqualTo(signature);
    assertThat(SignatureEnvelope.unwrapBase64("EqQB", WireFormat.GEMINI))
        .isEqualTo(new Signature(WireFormat.GEMINI, "EqQB"));
    assertThat(SignatureEnvelope.unwrapBase64("no.base64", WireFormat.GEMINI).value())
        .isEqualTo("no.base64");
  }
}
