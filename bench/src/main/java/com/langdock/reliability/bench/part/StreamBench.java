package com.langdock.reliability.bench.part;

import com.langdock.reliability.gateway.engine.Relay;
import com.langdock.reliability.gateway.engine.SseReader;
import com.langdock.reliability.gateway.exchange.StreamDecoder;
import com.langdock.reliability.gateway.exchange.StreamPart;
import com.langdock.reliability.gateway.provider.openai.OpenAiCodec;
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
  private final SseReader reader = new SseReader(this::relay);
  private StreamDecoder decoder = decoder();
  private Relay relay = new Relay(Samples.exchange().request());

  /** A new stream. */
  @Setup(Level.Iteration)
  public void open() {
    decoder = decoder();
    relay = new Relay(Samples.exchange().request());
    relay.attempt(Samples.GPT, false);
  }

  private static StreamDecoder decoder() {
    return new OpenAiCodec(true).stream(Samples.exchange(), Samples.OK);
  }

  private void relay(byte[] data) {
    if (decoder.read(data) instanceof StreamPart.Chunk chunk) {
      relay.add(chunk);
    }
  }

  /** The event found in the bytes. */
  @Benchmark
  public boolean read() {
    return plain.read(event);
  }

  /** Found, decoded, and made ready for the client. */
  @Benchmark
  public byte[] relay() {
    reader.read(event);
    return relay.take();
  }
}
