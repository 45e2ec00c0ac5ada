package com.langdock.reliability.gateway.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.compression.Decompressor;
import io.netty.handler.codec.compression.JdkZlibDecompressor;
import io.netty.handler.codec.compression.ZlibWrapper;
import io.netty.handler.codec.compression.ZstdDecompressor;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the content of one reply piece by piece, so that the consumer can stop a decompression
 * bomb early.
 */
final class ContentDecoding implements AutoCloseable {
  /** The most bytes of a piece. */
  static final int MAX_PIECE = 64 * 1024;

  private final Decompressor decompressor;

  /** Input that waits for the decompressor: at most one read. */
  private final Queue<ByteBuf> waiting = new ArrayDeque<>();

  private boolean ended;

  private ContentDecoding(Decompressor decompressor) {
    this.decompressor = decompressor;
  }

  /** Whether {@code encoding} leaves the content as it is. */
  static boolean isIdentity(@Nullable String encoding) {
    return encoding == null || encoding.isBlank() || encoding.trim().equalsIgnoreCase("identity");
  }

  /** A decoder of {@code encoding} (RFC 9110, 8.4.1), empty if it is unknown. */
  static Optional<ContentDecoding> of(String encoding, ByteBufAllocator allocator) {
    Decompressor.AbstractDecompressorBuilder builder =
        switch (encoding.trim().toLowerCase(Locale.ROOT)) {
          case "gzip", "x-gzip" -> zlib(ZlibWrapper.GZIP);
          case "deflate" -> zlib(ZlibWrapper.ZLIB_OR_NONE);
          case "zstd" -> ZstdDecompressor.builder();
          default -> null;
        };
    return builder == null
        ? Optional.empty()
        : Optional.of(new ContentDecoding(builder.build(allocator)));
  }

  private static Decompressor.AbstractDecompressorBuilder zlib(ZlibWrapper wrapper) {
    return JdkZlibDecompressor.builder().wrapper(wrapper).maxAllocation(MAX_PIECE);
  }

  /** Adds the next bytes of the content; retains {@code encoded}. */
  void add(ByteBuf encoded) {
    if (encoded.isReadable()) {
      waiting.add(encoded.retain());
    }
  }

  /** Records the end of the input. */
  void end() {
    ended = true;
  }

  /** Whether the input has ended. */
  boolean isEnded() {
    return ended;
  }

  /** The next decoded bytes, null if there are none for now; throws on invalid input. */
  byte @Nullable [] next() {
    while (true) {
      switch (decompressor.status()) {
        case NEED_OUTPUT -> {
          byte[] piece = piece(decompressor.takeOutput());
          if (piece.length > 0) {
            return piece;
          }
        }
        case NEED_INPUT -> {
          ByteBuf encoded = waiting.poll();
          if (encoded == null) {
            return null;
          }
          decompressor.addInput(encoded);
        }
        case COMPLETE -> {
          release();
          return null;
        }
      }
    }
  }

  private static byte[] piece(ByteBuf decoded) {
    try {
      return ByteBufUtil.getBytes(decoded);
    } finally {
      decoded.release();
    }
  }

  @Override
  public void close() {
    release();
    decompressor.close();
  }

  /** Bytes after the end of the content are ignored. */
  private void release() {
    for (ByteBuf next = waiting.poll(); next != null; next = waiting.poll()) {
      next.release();
    }
  }
}
