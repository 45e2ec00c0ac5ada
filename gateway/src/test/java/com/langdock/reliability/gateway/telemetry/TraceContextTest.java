package com.langdock.reliability.gateway.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String LATER = "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  private static final String PARENT = "00-" + TRACE + "-00f067aa0ba902b7-01";

  private static TraceContext valid(String traceparent, List<String> tracestates) {
    return Objects.requireNonNull(TraceContext.parse(List.of(traceparent), tracestates));
  }

  @Nested
  class Traceparent {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
          "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00",
          "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-ff",
          "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
          "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-",
          "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-what-the-future-will-bring",
        })
    void isKeptAsReceived(String header) {
      TraceContext context = valid(header, List.of());

      assertThat(context).isEqualTo(new TraceContext(header, null));
      assertThat(context.traceId()).isEqualTo(TRACE);
      assertThat(context.headers()).isEqualTo(Map.of("traceparent", header));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "00",
          "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
          "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-1",
          "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-",
          "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
          "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01.more",
          "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
          ".0-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
          "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
          "00-4bf92f3577b34da6a3ce929d0e0e473g-00f067aa0ba902b7-01",
          "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
          "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
          "00-4bf92f3577b34da6a3ce929d0e0e4736-00F067AA0BA902B7-01",
          "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0g",
          "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-.1",
          "00_4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
          "00-4bf92f3577b34da6a3ce929d0e0e4736_00f067aa0ba902b7-01",
          "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7_01",
        })
    void isIgnoredWhenItIsNotValid(String header) {
      assertThat(TraceContext.parse(List.of(header), List.of("a=1"))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\t", " ", "\u00e4"})
    void isIgnoredWhenItsTailIsNotPrintable(String tail) {
      assertThat(TraceContext.parse(List.of(LATER + "-a" + tail + "b"), List.of())).isNull();
    }

    @Test
    void isIgnoredWhenItIsLong() {
      String longest = LATER + "-" + "x".repeat(512 - LATER.length() - 1);
      assertThat(TraceContext.parse(List.of(longest), List.of())).isNotNull();
      assertThat(TraceContext.parse(List.of(longest + "x"), List.of())).isNull();
    }

    @Test
    void isIgnoredWhenThereAreTwo() {
      assertThat(TraceContext.parse(List.of(PARENT, PARENT), List.of())).isNull();
    }

    @Test
    void isAbsentWhenOnlyATracestateCame() {
      assertThat(TraceContext.parse(List.of(), List.of("a=1"))).isNull();
    }
  }

  @Nested
  class Tracestate {
    private static @Nullable String read(String... headers) {
      TraceContext context = valid(PARENT, List.of(headers));
      assertThat(context.traceparent()).isEqualTo(PARENT);
      return context.tracestate();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "foo=1",
          "foo=1,bar=2",
          "foo=1 \t , \t bar=2",
          "foo=1,,bar=2,",
          "0foo=1",
          "t-e_n/a*nt@sys-tem=1",
          "foo= !\"#$%&'()*+-./0123456789:;<>?@AZ[\\]^_`az{|}~",
        })
    void isKeptAsReceived(String header) {
      assertThat(read(header)).isEqualTo(header);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "foo",
          "foo=",
          "=1",
          "FOO=1",
          "foo.bar=1",
          "foo =1",
          "foo=bar=baz",
          "@foo=1",
          "foo@=1",
          "foo@@bar=1",
          "foo@bar@baz=1",
          "foo=\u00e9",
          "foo=1,bar",
          "foo=1;bar=2",
        })
    void isIgnoredAloneWhenItIsNotValid(String header) {
      assertThat(read(header)).isNull();
    }

    @Test
    void isOneListInSeveralHeaders() {
      assertThat(read("foo=1", "bar=2")).isEqualTo("foo=1,bar=2");
    }

    @Test
    void mayBeEmpty() {
      assertThat(read("")).isNull();
      assertThat(read("", " ")).isNull();
      assertThat(read("foo=1", "")).isEqualTo("foo=1,");
    }

    @Test
    void hasAtMost32Members() {
      String members = "a=1,".repeat(31) + "a=1";
      assertThat(read(members)).isEqualTo(members);
      assertThat(read(members + ",a=1")).isNull();
    }

    @Test
    void hasKeysAndValuesOfLimitedLength() {
      assertThat(read("a".repeat(256) + "=" + "1".repeat(256))).isNotNull();
      assertThat(read("a".repeat(257) + "=1")).isNull();
      assertThat(read("a=" + "1".repeat(257))).isNull();
      assertThat(read("a".repeat(241) + "@" + "b".repeat(14) + "=1")).isNotNull();
      assertThat(read("a".repeat(242) + "@b=1")).isNull();
      assertThat(read("a@" + "b".repeat(15) + "=1")).isNull();
    }

    @Test
    void isIgnoredWhenItIsTooLongForProviders() {
      String member = "a=" + "1".repeat(250);
      assertThat(read((member + ",").repeat(15) + member)).isNotNull();
      assertThat(read((member + ",").repeat(16) + member)).isNull();
    }

    @Test
    void isPassedOnWithTheTraceparent() {
      TraceContext context = valid(PARENT, List.of("foo=1"));
      assertThat(context.headers()).isEqualTo(Map.of("traceparent", PARENT, "tracestate", "foo=1"));
    }
  }
}
