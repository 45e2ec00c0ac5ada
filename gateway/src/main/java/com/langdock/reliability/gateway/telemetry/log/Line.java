package com.langdock.reliability.gateway.telemetry.log;

import ch.qos.logback.classic.spi.LoggingEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * A frequent line: a Logback event that is cheap to create and to write.
 *
 * <p>Used by the thread that makes it until it is logged, and never changed afterwards.
 */
public final class Line extends LoggingEvent {
  private static final int ROOM = 20;

  private final String event;

  /** Names and values in turn. */
  private Object[] fields = new Object[ROOM];

  private int used;

  /** A line about {@code event}, which happened at {@code unixMillis}. */
  Line(String event, long unixMillis) {
    this.event = event;
    setTimeStamp(unixMillis);
  }

  /**
   * Adds a field, unless its value is null; its name is a constant and needs no escapes.
   *
   * @return this line
   */
  public Line with(String name, @Nullable Object value) {
    if (value != null) {
      if (used == fields.length) {
        fields = Arrays.copyOf(fields, 2 * used);
      }
      fields[used++] = name;
      fields[used++] = value;
    }
    return this;
  }

  /** The name of the event. */
  String event() {
    return event;
  }

  /** Accepts the name and the value of a field. */
  interface FieldReader {
    void read(String name, Object value);
  }

  /** Passes on the fields in order. */
  void forEachField(FieldReader reader) {
    for (int i = 0; i < used; i += 2) {
      reader.read((String) fields[i], fields[i + 1]);
    }
  }

  /** The same fields, for users of Logback's interface. */
  @Override
  public List<KeyValuePair> getKeyValuePairs() {
    List<KeyValuePair> pairs = new ArrayList<>();
    pairs.add(new KeyValuePair("event", event));
    forEachField((name, value) -> pairs.add(new KeyValuePair(name, value)));
    return pairs;
  }
}
