package com.langdock.reliability.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Says in one sentence why a transport is not available. */
final class MissingTransport {
  private static final int MAX_CAUSES = 8;
  private static final Path DISABLED = Path.of("/proc/sys/kernel/io_uring_disabled");

  private MissingTransport() {}

  /** The sentence for what Netty threw; its own words where they are not known. */
  static String reason(Throwable problem) {
    return reason(problem, DISABLED);
  }

  /**
   * The sentence, without a full stop.
   *
   * @param disabled the file of the kernel's setting kernel.io_uring_disabled
   */
  static String reason(Throwable problem, Path disabled) {
    Throwable cause = problem;
    String message = "";
    for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
      String here = here(cause, disabled);
      if (here != null) {
        return here;
      }
      message = String.valueOf(cause.getMessage());
      cause = cause.getCause();
    }
    return message.replaceAll("\\s+", " ");
  }

  /** Netty tells errors of the kernel in messages only, in the C library's words. */
  private static @Nullable String here(Throwable problem, Path disabled) {
    String message = String.valueOf(problem.getMessage());
    if (message.contains("Only supported on Linux")) {
      return "only Linux has it";
    }
    if (message.contains("Operation not permitted") || message.contains("Permission denied")) {
      return forbidden(disabled);
    }
    if (message.contains("memlock")) {
      return "too little memory may be locked; raise the limit (ulimit -l)";
    }
    if (message.contains("Function not implemented")) {
      return "the kernel (" + System.getProperty("os.version") + ") does not have it";
    }
    if (isOfAnOldKernel(problem, message)) {
      return "the kernel is too old (" + System.getProperty("os.version") + ")";
    }
    return problem instanceof UnsatisfiedLinkError && problem.getCause() == null
        ? "its library for %s on %s is missing or cannot be loaded"
            .formatted(System.getProperty("os.name"), System.getProperty("os.arch"))
        : null;
  }

  /** The probes of Netty end so where the kernel lacks an operation. */
  private static boolean isOfAnOldKernel(Throwable problem, String message) {
    return problem instanceof UnsupportedOperationException
        && (message.contains("kernel") || message.contains("not supported"));
  }

  private static String forbidden(Path disabled) {
    String value = "";
    try {
      value = Files.readString(disabled).strip();
    } catch (IOException notThere) {
      // Kernels before 6.6 do not have this setting.
    }
    return value.isEmpty() || value.equals("0")
        ? "this process may not use it (a seccomp profile, as containers have)"
        : "kernel.io_uring_disabled is " + value;
  }
}
