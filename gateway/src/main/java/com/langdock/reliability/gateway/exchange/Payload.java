package com.langdock.reliability.gateway.exchange;

import com.langdock.reliability.json.JsonValue;
import java.lang.ref.SoftReference;
import java.util.function.Function;

/**
 * The body of a client's request in the client's own format: the original bytes and an index of
 * their JSON. A target of the same format is sent these bytes. For any other target the request is
 * read as a {@link Conversation}, when the first such target is asked.
 */
public final class Payload {
  private final WireFormat format;
  private final byte[] bytes;
  private final JsonValue root;
  private final Function<JsonValue, Conversation> reader;

  /**
   * Repeats what the bytes say, so the collector may take it when memory is short: it is built
   * again then. Threads that race for it may build it once each, to no harm.
   */
  private SoftReference<Conversation> conversation = new SoftReference<>(null);

  /**
   * A payload.
   *
   * @param root the JSON in {@code bytes}
   * @param reader reads the conversation from {@code root}; not called before it is needed
   */
  public Payload(
      WireFormat format, byte[] bytes, JsonValue root, Function<JsonValue, Conversation> reader) {
    this.format = format;
    this.bytes = bytes;
    this.root = root;
    this.reader = reader;
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

  /** What the request asks, for a target of another format; built at the first call. */
  public Conversation conversation() {
    Conversation read = conversation.get();
    if (read == null) {
      read = reader.apply(root);
      conversation = new SoftReference<>(read);
    }
    return read;
  }
}
