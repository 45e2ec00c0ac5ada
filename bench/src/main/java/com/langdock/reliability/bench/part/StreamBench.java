package com.langdock.reliability.bench.part;

import com.langdock.reliability.gateway.exchange.ClientWriter;
import com.langdock.reliability.gateway.exchange.PieceReader;
import com.langdock.reliability.gateway.exchange.SseReader;
import com.langdock.reliability.gateway.front.chat.ChatWriter;
import com.langdock.reliability.gateway.provider.openai.OpenAiFormat;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One chunk of a stream. A stream ends with its iteration, as what it delivered is kept. */
@State(Scope.Thread)
public class StreamBench {
  private final byte[] event = Samples.event();
  private final SseReader plain = new SseReader(data -> {});
  private final SseReader frames = new SseReader(this::pass);
  private PieceReader reader = reader();
  private ClientWriter writer = writer();

  /** A new stream. */
  @Setup(Level.Iteration)
  public void open() {
    reader = reader();
    writer = writer();
  }

  private static PieceReader reader() {
    return new OpenAiFormat(true).readStream(Samples.exchange(), Samples.OK);
  }

  private static ClientWriter writer() {
    return new ChatWriter(Samples.exchange().exchange().payload());
  }

  private void pass(byte[] data) {
    reader.read(data, writer::write);
  }

  /** The event found in the bytes. */
  @Benchmark
  public boolean read() {
    return plain.read(event);
  }

  /** Found, read, and made ready for the client. */
  @Benchmark
  public byte[] relay() {
    frames.read(event);
    return writer.drain();
  }
}
