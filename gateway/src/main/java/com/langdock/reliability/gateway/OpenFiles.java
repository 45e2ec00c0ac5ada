package com.langdock.reliability.gateway;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How many files this process may open. */
final class OpenFiles {
  /** What is assumed where the system does not say. */
  private static final long UNKNOWN = 8_192;

  private OpenFiles() {}

  /** The limit of file descriptors. */
  static long max() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getMaxFileDescriptorCount()
        : UNKNOWN;
  }
}
