package com.langdock.reliability.gateway.exchange;

import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;

/**
 * Takes the data of server-sent events out of a stream of bytes, however the bytes are cut.
 *
 * <p>After the WHATWG's rules: lines end in LF, CR LF or CR; an empty line ends an event; lines of
 * data are joined by LF; comments and other fields are skipped; one mark of byte order may begin
 * the stream. Bytes are kept as they are, so a character may be cut anywhere. An event's name is
 * not read: every provider says in the data what it is.
 *
 * <p>One thing is taken more kindly: data at the end of the stream counts without the empty line
 * after it, since some servers leave it out.
 */
public final class SseReader implements FrameReader {
  /** The data of one event may have this many bytes, those of its line breaks included. */
  public static final int MAX_EVENT = 16 * 1024 * 1024;

  /** A stream may have this many bytes in all: more than any answer, less than an endless one. */
  public static final long MAX_STREAM = 512L * 1024 * 1024;

  /** A buffer that has held more than this, in bytes, is not kept. */
  private static final int MAX_KEPT = 64 * 1024;

  private static final byte[] DATA = {'d', 'a', 't', 'a'};
  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  /** What a line may have beside a value: the mark, {@code data}, a colon and a space. */
  private static final int BESIDE_VALUE = MARK.length + DATA.length + 2;

  private final int maxEvent;
  private final long maxStream;
  private final Consumer<byte[]> events;
  private ByteArrayOutputStream line = new ByteArrayOutputStream(256);
  private ByteArrayOutputStream data = new ByteArrayOutputStream(256);
  private long total;
  private boolean hasData;
  private boolean firstLine = true;
  private boolean endedInCr;
  private boolean tooLarge;

  /** A reader that gives the data of each event that has any to {@code events}. */
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
    keep(bytes, Math.min(start, bytes.length));
    return !tooLarge;
  }

  @Override
  public void end() {
    if (line.size() > 0) {
      line(new byte[0], 0, 0);
    }
    dispatch();
  }

  private void keep(byte[] bytes, int from) {
    if (mayGrow(bytes.length - from)) {
      line.write(bytes, from, bytes.length - from);
    }
  }

  /** Whether the line may have so many more bytes: the same however the bytes are cut. */
  private boolean mayGrow(int more) {
    tooLarge |= line.size() + more > maxEvent + BESIDE_VALUE;
    return !tooLarge;
  }

  /** A line that ends before {@code to}, and began there or in what was kept. */
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
    int from = firstLine && startsWith(bytes, start, to, MARK) ? start + MARK.length : start;
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
    int lineBreak = hasData ? 1 : 0;
    tooLarge |= data.size() + lineBreak + to - from > maxEvent;
    if (tooLarge) {
      return;
    }
    if (hasData) {
      data.write('\n');
    }
    hasData = true;
    data.write(bytes, from, to - from);
  }

  private void dispatch() {
    if (hasData && data.size() > 0 && !tooLarge) {
      events.accept(data.toByteArray());
    }
    hasData = false;
    data = emptied(data);
  }

  /** A buffer for what follows; one that a large event has made large is let go. */
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
