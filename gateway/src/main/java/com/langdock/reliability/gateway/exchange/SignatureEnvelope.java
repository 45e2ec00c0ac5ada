package com.langdock.reliability.gateway.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.gateway.exchange.ContentBlock.Signature;
import java.util.Base64;

/**
 * Carries a signature of one format in a field of another: {@code gw1.<issuer>.<base64url of the
 * value>}. Clients keep the text as it is and send it back.
 */
public final class SignatureEnvelope {
  private static final String PREFIX = "gw1.";

  private SignatureEnvelope() {}

  /** The envelope of {@code signature}. */
  public static String wrap(Signature signature) {
    return PREFIX
        + signature.issuer().name()
        + "."
        + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.value().getBytes(UTF_8));
  }

  /** The envelope in base64, for formats whose clients take a signature only so. */
  public static String wrapBase64(Signature signature) {
    return Base64.getEncoder().encodeToString(wrap(signature).getBytes(UTF_8));
  }

  /** The reverse of {@link #wrapBase64}; clients may have chosen the other alphabet. */
  public static Signature unwrapBase64(String value, WireFormat ownFormat) {
    if (value.startsWith(PREFIX)) {
      return unwrap(value, ownFormat);
    }
    try {
      String standard = value.replace('-', '+').replace('_', '/');
      String content = new String(Base64.getDecoder().decode(standard), UTF_8);
      return content.startsWith(PREFIX)
          ? unwrap(content, ownFormat)
          : new Signature(ownFormat, value);
    } catch (IllegalArgumentException notAnEnvelope) {
      return new Signature(ownFormat, value);
    }
  }

  /**
   * The signature in {@code value}, which a client sent back.
   *
   * @param ownFormat the issuer of a value that is not an envelope
   */
  public static Signature unwrap(String value, WireFormat ownFormat) {
    int dot = value.indexOf('.', PREFIX.length());
    if (!value.startsWith(PREFIX) || dot < 0) {
      return new Signature(ownFormat, value);
    }
    try {
      byte[] content = Base64.getUrlDecoder().decode(value.substring(dot + 1));
      String issuer = value.substring(PREFIX.length(), dot);
      return new Signature(new WireFormat(issuer), new String(content, UTF_8));
    } catch (IllegalArgumentException notAnEnvelope) {
      return new Signature(ownFormat, value);
    }
  }
}
