package com.langdock.reliability.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MissingTransportTest {
  private static final String SECCOMP =
      "this process may not use it (a seccomp profile, as containers have)";

  @TempDir private Path folder;

  @Test
  void whereTheSystemForbidsIt() throws IOException {
    assertThat(forbidden("2\n")).isEqualTo("kernel.io_uring_disabled is 2");
  }

  @Test
  void whereOnlyTheProcessIsForbiddenIt() throws IOException {
    assertThat(forbidden("0\n")).isEqualTo(SECCOMP);
  }

  @Test
  void whereTheKernelDoesNotKnowTheSetting() {
    assertThat(MissingTransport.reason(notPermitted(), folder.resolve("none"))).isEqualTo(SECCOMP);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "you need at least kernel version 5.9, current kernel version: 5.4.0",
        "IORING_FEAT_SUBMIT_STABLE not supported!"
      })
  void whereTheKernelIsTooOld(String message) {
    assertThat(reason(new UnsupportedOperationException(message)))
        .isEqualTo("the kernel is too old (" + System.getProperty("os.version") + ")");
  }

  @Test
  void whereTheKernelWasBuiltWithoutIt() {
    assertThat(reason(new RuntimeException("failed to create ring: Function not implemented")))
        .isEqualTo("the kernel (" + System.getProperty("os.version") + ") does not have it");
  }

  @Test
  void whereTheLibraryIsMissing() {
    Throwable missing = new UnsatisfiedLinkError("could not load a native library");
    assertThat(reason(new UnsatisfiedLinkError("failed to load").initCause(missing)))
        .startsWith("its library for " + System.getProperty("os.name"))
        .endsWith("is missing or cannot be loaded");
  }

  @Test
  void otherwiseWhatWasThrown() {
    Throwable thrown = new IllegalStateException("no\n ring");
    assertThat(reason(new IllegalStateException(thrown))).isEqualTo("no ring");
  }

  private String forbidden(String setting) throws IOException {
    return MissingTransport.reason(
        notPermitted(), Files.writeString(folder.resolve("disabled"), setting));
  }

  private String reason(Throwable problem) {
    return MissingTransport.reason(problem, folder.resolve("none"));
  }

  private static Throwable notPermitted() {
    return new IllegalStateException(
        new RuntimeException("failed to create io_uring ring fd: Operation not permitted"));
  }
}
