package com.langdock.reliability.gateway.exchange;

import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonValue;
import java.util.Objects;

/**
 * The body of a client's request in the client's own format: the original bytes and an index of
 * their JSON. A target of the same format is sent these bytes.
 */
public final class Payload {
  private final WireFormat format;
  private final byte[] bytes;
  private final JsonValue root;

  /**
   * A payload.
   *
   * @param root the JSON in {@code bytes}
   */
  public Payload(WireFormat format, byte[] bytes, JsonValue root) {
    this.format = format;
    this.bytes = bytes;
    this.root = root;
  }

  /** The format of the bytes. */
  public WireFormat format() {
    return format;
  }

  /** The bytes, which must not be changed. */
  public byte[] bytes() {
    return bytes;
  }

  /** The JSON in the bytes. */
  public JsonValue root() {
    return root;
  }

  /** The length of the bytes. */
  public int length() {
    return bytes.length;
  }

  /** A payload of the same format with another body, which must be valid JSON. */
  Payload with(byte[] body) {
    return new Payload(format, body, Objects.requireNonNull(JsonBody.json(body)));
  }
}
