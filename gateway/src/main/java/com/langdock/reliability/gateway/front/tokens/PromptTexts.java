package com.langdock.reliability.gateway.front.tokens;

import com.langdock.reliability.json.JsonValue;
import com.langdock.reliability.json.JsonValue.Kind;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parts of a request that count as tokens. */
public final class PromptTexts {
  private final List<JsonValue> values = new ArrayList<>();

  /** Adds a string; anything else is ignored. */
  public void addText(@Nullable JsonValue value) {
    if (value != null && value.kind() == Kind.STRING) {
      values.add(value);
    }
  }

  /** Adds JSON that the model reads, such as tools; null is ignored. */
  public void addJson(@Nullable JsonValue value) {
    if (value != null) {
      values.add(value);
    }
  }

  /** Their encoded length in bytes: at least the number of their tokens. */
  public long bytes() {
    long bytes = 0;
    for (JsonValue value : values) {
      bytes += value.end() - value.start();
    }
    return bytes;
  }

  /** The decoded texts. Each is decoded when the iterator reaches it. */
  Iterator<String> decoded() {
    return values.stream()
        .map(value -> value.kind() == Kind.STRING ? value.text() : value.raw())
        .iterator();
  }
}
