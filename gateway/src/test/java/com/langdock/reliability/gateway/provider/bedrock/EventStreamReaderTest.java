package com.langdock.reliability.gateway.provider.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.gateway.exchange.EventStreams.Shape;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.provider.AwsFrames;
import com.langdock.reliability.gateway.provider.Exchanges;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EventStreamReaderTest {
  private static final int MAX = 200;

  private final List<byte[]> frames = new ArrayList<>();
  private final EventStreamReader reader = new EventStreamReader(MAX, frames::add);

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private List<String> payloads() {
    return frames.stream()
        .map(frame -> new String(Objects.requireNonNull(EventMessage.of(frame)).payload(), UTF_8))
        .toList();
  }

  @Test
  void framesMayBeSplitAtAnyByte() {
    byte[] stream =
        joined(AwsFrames.event("a", "{}"), AwsFrames.event("b", ""), AwsFrames.event("c", "[1]"));
    for (int split = 0; split <= stream.length; split++) {
      frames.clear();
      EventStreamReader split2 = new EventStreamReader(MAX, frames::add);
      assertThat(split2.read(Arrays.copyOf(stream, split))).isTrue();
      assertThat(split2.read(Arrays.copyOfRange(stream, split, stream.length))).isTrue();
      assertThat(payloads()).as("split at %d", split).containsExactly("{}", "", "[1]");
    }
  }

  @Test
  void framesMayArriveByteByByte() {
    byte[] stream = joined(AwsFrames.event("a", "{}"), AwsFrames.event("b", "{\"x\":1}"));
    for (byte octet : stream) {
      reader.read(new byte[] {octet});
    }
    assertThat(payloads()).containsExactly("{}", "{\"x\":1}");
  }

  @Test
  void headersAreRead() {
    reader.read(AwsFrames.frame(Map.of(":event-type", "é", "b", ""), "x"));
    EventMessage message = Objects.requireNonNull(EventMessage.of(frames.getFirst()));
    assertThat(message.header(":event-type")).isEqualTo("é");
    assertThat(message.header("b")).isEmpty();
    assertThat(message.header("none")).isEmpty();
  }

  @Test
  void aDamagedFrameIsNoMessageAndTheNextIsRead() {
    byte[] damaged = AwsFrames.event("a", "{\"x\":1}");
    damaged[damaged.length - 6] ^= 1;
    reader.read(joined(damaged, AwsFrames.event("b", "{}")));
    assertThat(frames).hasSize(2);
    assertThat(EventMessage.of(frames.getFirst())).isNull();
    assertThat(EventMessage.of(frames.getLast())).isNotNull();
  }

  @Test
  void aDamagedPreludeEndsTheStream() {
    byte[] damaged = AwsFrames.event("a", "{}");
    damaged[3] ^= 1;
    assertThat(reader.read(joined(damaged, AwsFrames.event("b", "{}")))).isTrue();
    assertThat(reader.read(AwsFrames.event("c", "{}"))).isTrue();
    assertThat(frames).hasSize(1);
    assertThat(EventMessage.of(frames.getFirst())).isNull();
  }

  @Test
  void aFrameThatIsTooLargeIsRefusedAtItsPrelude() {
    byte[] large = AwsFrames.event("a", "x".repeat(MAX));
    assertThat(reader.read(Arrays.copyOf(large, EventMessage.PRELUDE))).isFalse();
    assertThat(frames).isEmpty();
  }

  @Test
  void aFrameThatIsCutOffIsNotRead() {
    byte[] frame = AwsFrames.event("a", "{}");
    reader.read(Arrays.copyOf(frame, frame.length - 1));
    reader.end();
    assertThat(frames).isEmpty();
  }

  @Test
  void anyBytesAreHarmless() {
    Random random = new Random(7);
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = AwsFrames.event("type", "{\"text\":\"some\"}");
      for (int i = random.nextInt(4); i > 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      frames.clear();
      new EventStreamReader(MAX, frames::add).read(bytes);
      assertThat(frames).hasSizeLessThan(2);
      frames.forEach(EventMessage::of);
    }
  }

  @Test
  void aStreamBeginsWithAZero() {
    ConverseFormat format = new ConverseFormat();
    TargetRequest any = Exchanges.of("{}", "m", Exchanges.OLD);
    assertThat(format.shape(any, AwsFrames.event("a", "{}"))).isEqualTo(Shape.EVENTS);
    assertThat(format.shape(any, new byte[] {0})).isEqualTo(Shape.EVENTS);
    assertThat(format.shape(any, "{}".getBytes(UTF_8))).isEqualTo(Shape.WHOLE);
  }
}
