package com.langdock.reliability.gateway.front.forward;

import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.gateway.exchange.ClientWriter;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.TokenReport;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/** Writes the bytes of a file as they come: nothing stands before, between or after them. */
final class FileWriter implements ClientWriter {
  private static final byte[] NOTHING = {};

  private ByteArrayOutputStream bytes = new ByteArrayOutputStream(0);

  /** The type of a file of which the provider does not tell it. */
  @Override
  public String contentType() {
    return "application/octet-stream";
  }

  @Override
  public void startOver() {
    bytes = new ByteArrayOutputStream(0);
  }

  @Override
  public void write(Piece piece) {
    if (piece instanceof Piece.Raw raw) {
      bytes.writeBytes(raw.bytes());
    }
  }

  /** Another attempt's file is another file. */
  @Override
  public void resume(Piece piece, @Nullable String text) {
    throw new IllegalStateException("a file cannot be continued");
  }

  @Override
  public void comment(String text) {}

  @Override
  public byte[] keepAlive() {
    return NOTHING;
  }

  @Override
  public void end(Usage usage, @Nullable TokenReport only) {}

  @Override
  public int pending() {
    return bytes.size();
  }

  @Override
  public byte[] drain() {
    byte[] drained = bytes.toByteArray();
    bytes = new ByteArrayOutputStream(0);
    return drained;
  }
}
