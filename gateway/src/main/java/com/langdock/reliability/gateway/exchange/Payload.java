package com.langdock.reliability.gateway.exchange;

import com.langdock.reliability.core.domain.Body;
import com.langdock.reliability.json.JsonSplice;
import com.langdock.reliability.json.JsonValue;
import java.lang.ref.SoftReference;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The body of a client's request in the client's own format: the original bytes and an index of
 * their JSON. A target of the same format receives these bytes. For the first target of another
 * format the request is read as a {@link Conversation}.
 */
public final class Payload {
  private final WireFormat format;
  private final Body body;
  private final JsonValue root;
  private final Map<String, String> headers;
  private final Function<JsonValue, Conversation> reader;
  private final boolean isForm;
  private final @Nullable Forwarding forwarding;
  private @Nullable String pinnedTo;

  /**
   * Soft, because it can be built again from the bytes: the garbage collector may free it when
   * memory is low. Concurrent threads may each build their own, which is harmless.
   */
  private SoftReference<Conversation> conversation = new SoftReference<>(null);

  /** A payload whose format has no headers of its own. */
  public Payload(
      WireFormat format, Body body, JsonValue root, Function<JsonValue, Conversation> reader) {
    this(format, body, root, Map.of(), reader);
  }

  /**
   * A payload.
   *
   * @param root the JSON in {@code body}
   * @param headers the client's headers that belong to the format, with names in lower case
   * @param reader reads the conversation from {@code root}; called lazily
   */
  public Payload(
      WireFormat format,
      Body body,
      JsonValue root,
      Map<String, String> headers,
      Function<JsonValue, Conversation> reader) {
    this.format = format;
    this.body = body;
    this.root = root;
    this.headers = Map.copyOf(headers);
    this.reader = reader;
    this.isForm = false;
    this.forwarding = null;
  }

  private Payload(
      WireFormat format, Body body, JsonValue root, boolean isForm, Forwarding forwarding) {
    this.format = format;
    this.body = body;
    this.root = root;
    this.headers = Map.of();
    this.reader = Payload::refuseToTranslate;
    this.isForm = isForm;
    this.forwarding = forwarding;
  }

  /**
   * The payload of a request that only a target of its format can answer.
   *
   * @param root the JSON in {@code body}
   */
  public static Payload forwarded(
      WireFormat format, Body body, JsonValue root, Forwarding forwarding) {
    return new Payload(format, body, root, false, forwarding);
  }

  /**
   * The payload of a form that only a target of its format can answer.
   *
   * @param fields those whose values are read, as JSON
   */
  public static Payload form(
      WireFormat format, Body body, JsonValue fields, Forwarding forwarding) {
    return new Payload(format, body, fields, true, forwarding);
  }

  private static Conversation refuseToTranslate(JsonValue root) {
    throw new IllegalStateException("a request that is only forwarded has no neutral form");
  }

  /** Pins the request to the provider of this name, which alone has its state; called once. */
  public Payload pinTo(String provider) {
    pinnedTo = provider;
    return this;
  }

  /** The only provider that has the state which the request refers to; null if any may answer. */
  public @Nullable String pinnedTo() {
    return pinnedTo;
  }

  /** The format of the bytes. */
  public WireFormat format() {
    return format;
  }

  /** The body. */
  public Body body() {
    return body;
  }

  /** A POST of this body as {@code splice} has edited it. */
  public Outgoing post(String path, JsonSplice splice) {
    return post(path, Map.of(), splice);
  }

  /** As above, with additional headers. */
  public Outgoing post(String path, Map<String, String> headers, JsonSplice splice) {
    return new Outgoing("POST", path, headers, body.hold(), true).edited(splice);
  }

  /** What of the request is text: the bytes if they are JSON, else the fields of a form. */
  public byte[] text() {
    return isForm ? root.raw().getBytes(StandardCharsets.UTF_8) : body.bytes();
  }

  /** The JSON in the bytes; the fields of a form whose values are read. */
  public JsonValue root() {
    return root;
  }

  /**
   * The client's headers that belong to the format, such as {@code anthropic-beta}. A target of the
   * same format receives them.
   */
  public Map<String, String> headers() {
    return headers;
  }

  /**
   * How the request is forwarded.
   *
   * @throws IllegalStateException if it is none of {@link Exchange.Task#FORWARD}
   */
  public Forwarding forwarding() {
    if (forwarding == null) {
      throw new IllegalStateException("a request that is not only forwarded");
    }
    return forwarding;
  }

  /** The request in neutral form, for a target of another format. Built at the first call. */
  public Conversation conversation() {
    Conversation read = conversation.get();
    if (read == null) {
      read = reader.apply(root);
      conversation = new SoftReference<>(read);
    }
    return read;
  }
}
