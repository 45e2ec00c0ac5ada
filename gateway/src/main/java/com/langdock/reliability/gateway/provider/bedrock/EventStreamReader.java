package com.langdock.reliability.gateway.provider.bedrock;

import com.langdock.reliability.gateway.exchange.FrameReader;
import com.langdock.reliability.gateway.exchange.SseReader;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Cuts an AWS event stream into the frames of its messages, which may be split between reads at any
 * byte.
 *
 * <p>After a damaged prelude no frame can be found any more: it is passed on as a frame, which then
 * is no {@link EventMessage}, and all further bytes are ignored. A frame that is cut off by the end
 * of the stream is not passed on.
 */
final class EventStreamReader implements FrameReader {
  private final int maxFrame;
  private final Consumer<byte[]> frames;
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream(1024);

  /** Bytes that make the pending frame, or its prelude, whole. */
  private int needed = EventMessage.PRELUDE;

  private long total;
  private boolean lost;
  private boolean tooLarge;

  /** A reader that passes each frame to {@code frames}. */
  EventStreamReader(Consumer<byte[]> frames) {
    this(SseReader.MAX_EVENT, frames);
  }

  EventStreamReader(int maxFrame, Consumer<byte[]> frames) {
    this.maxFrame = maxFrame;
    this.frames = frames;
  }

  @Override
  public boolean read(byte[] bytes) {
    total += bytes.length;
    tooLarge |= total > SseReader.MAX_STREAM;
    if (!lost && !tooLarge) {
      pending.write(bytes, 0, bytes.length);
      if (pending.size() >= needed) {
        cut(pending.toByteArray());
      }
    }
    return !tooLarge;
  }

  /** Passes on the whole frames in {@code bytes} and keeps the rest. */
  private void cut(byte[] bytes) {
    int at = 0;
    needed = EventMessage.PRELUDE;
    while (!lost && !tooLarge && bytes.length - at >= needed) {
      int length = EventMessage.length(bytes, at);
      lost = length < 0;
      tooLarge = length > maxFrame;
      if (lost) {
        frames.accept(Arrays.copyOfRange(bytes, at, at + EventMessage.PRELUDE));
      } else if (bytes.length - at < length) {
        needed = length;
      } else {
        frames.accept(Arrays.copyOfRange(bytes, at, at + length));
        at += length;
      }
    }
    pending.reset();
    if (!lost && !tooLarge) {
      pending.write(bytes, at, bytes.length - at);
    }
  }

  @Override
  public void end() {}
}
