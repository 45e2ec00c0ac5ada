package com.langdock.reliability.gateway.exchange;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Extracts the data of server-sent events from a stream of bytes. Events may be split between reads
 * at any byte.
 *
 * <p>Follows the WHATWG specification: lines end in LF, CR LF or CR; an empty line ends an event;
 * data lines are joined by LF; comments and other fields are ignored; the stream may begin with a
 * byte order mark. Bytes are not decoded, so a character may be split between reads. The event name
 * is ignored, because every provider repeats it in the data.
 *
 * <p>One deviation: data at the end of the stream is an event even without an empty line after it,
 * because some servers omit it.
 */
public final class SseReader implements FrameReader {
  /** Maximum size of an event's data in bytes, including line breaks. */
  public static final int MAX_EVENT = 16 * 1024 * 1024;

  /** Maximum size of a stream in bytes: larger than any real answer. */
  public static final long MAX_STREAM = 512L * 1024 * 1024;

  /** A buffer larger than this, in bytes, is not reused. */
  private static final int MAX_KEPT = 64 * 1024;

  private static final byte[] DATA = {'d', 'a', 't', 'a'};
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  /** Bytes of a line besides its value: the byte order mark, {@code data}, a colon and a space. */
  private static final int LINE_OVERHEAD = BYTE_ORDER_MARK.length + DATA.length + 2;

  private final int maxEvent;
  private final long maxStream;
  private final Consumer<byte[]> events;
  private ByteArrayOutputStream line = new ByteArrayOutputStream(256);

  /** The event's data while it has one line, as most events have. */
  private byte @Nullable [] single;

  /** The event's data of several lines. */
  private ByteArrayOutputStream joined = new ByteArrayOutputStream(0);

  private long total;
  private boolean hasData;
  private boolean firstLine = true;
  private boolean endedInCr;
  private boolean tooLarge;

  /**
   * A reader that passes the data of each event to {@code events}. Events without data are skipped.
   */
  public SseReader(Consumer<byte[]> events) {
    this(MAX_EVENT, MAX_STREAM, events);
  }

  SseReader(int maxEvent, long maxStream, Consumer<byte[]> events) {
    this.maxEvent = maxEvent;
    this.maxStream = maxStream;
    this.events = events;
  }

  @Override
  public boolean read(byte[] bytes) {
    total += bytes.length;
    tooLarge |= total > maxStream;
    int start = endedInCr && bytes.length > 0 && bytes[0] == '\n' ? 1 : 0;
    endedInCr = endedInCr && bytes.length == 0;
    int at = start;
    while (at < bytes.length && !tooLarge) {
      byte octet = bytes[at++];
      if (octet == '\n' || octet == '\r') {
        line(bytes, start, at - 1);
        endedInCr = octet == '\r' && at == bytes.length;
        at += octet == '\r' && at < bytes.length && bytes[at] == '\n' ? 1 : 0;
        start = at;
      }
    }
    append(bytes, Math.min(start, bytes.length));
    return !tooLarge;
  }

  @Override
  public void end() {
    if (line.size() > 0) {
      line(new byte[0], 0, 0);
    }
    dispatch();
  }

  private void append(byte[] bytes, int from) {
    if (from < bytes.length && mayGrow(bytes.length - from)) {
      line.write(bytes, from, bytes.length - from);
    }
  }

  /**
   * Whether the line may grow by {@code more} bytes. The limit does not depend on how reads are
   * split.
   */
  private boolean mayGrow(int more) {
    tooLarge |= line.size() + more > maxEvent + LINE_OVERHEAD;
    return !tooLarge;
  }

  /** Reads a line that ends before {@code to}. Its beginning may be in the buffer. */
  private void line(byte[] bytes, int from, int to) {
    if (!mayGrow(to - from)) {
      return;
    }
    if (line.size() == 0) {
      field(bytes, from, to);
      return;
    }
    line.write(bytes, from, to - from);
    byte[] whole = line.toByteArray();
    line = emptied(line);
    field(whole, 0, whole.length);
  }

  private void field(byte[] bytes, int start, int to) {
    int from =
        firstLine && startsWith(bytes, start, to, BYTE_ORDER_MARK)
            ? start + BYTE_ORDER_MARK.length
            : start;
    firstLine = false;
    if (from == to) {
      dispatch();
    } else if (startsWith(bytes, from, to, DATA)) {
      int name = from + DATA.length;
      if (name == to || bytes[name] == ':') {
        int value = Math.min(to, name + 1);
        data(bytes, value < to && bytes[value] == ' ' ? value + 1 : value, to);
      }
    }
  }

  private void data(byte[] bytes, int from, int to) {
    int before = single == null ? joined.size() : single.length;
    int lineBreak = hasData ? 1 : 0;
    tooLarge |= before + lineBreak + to - from > maxEvent;
    if (tooLarge) {
      return;
    }
    if (!hasData) {
      hasData = true;
      single = Arrays.copyOfRange(bytes, from, to);
      return;
    }
    if (single != null) {
      joined.writeBytes(single);
      single = null;
    }
    joined.write('\n');
    joined.write(bytes, from, to - from);
  }

  private void dispatch() {
    if (!hasData) {
      return;
    }
    byte[] data = single == null ? joined.toByteArray() : single;
    if (data.length > 0 && !tooLarge) {
      events.accept(data);
    }
    hasData = false;
    single = null;
    joined = emptied(joined);
  }

  /** An empty buffer. A large one is replaced so that its memory can be freed. */
  private static ByteArrayOutputStream emptied(ByteArrayOutputStream buffer) {
    if (buffer.size() > MAX_KEPT) {
      return new ByteArrayOutputStream(256);
    }
    buffer.reset();
    return buffer;
  }

  private static boolean startsWith(byte[] bytes, int from, int to, byte[] prefix) {
    boolean starts = to - from >= prefix.length;
    for (int i = 0; starts && i < prefix.length; i++) {
      starts = bytes[from + i] == prefix[i];
    }
    return starts;
  }
}
