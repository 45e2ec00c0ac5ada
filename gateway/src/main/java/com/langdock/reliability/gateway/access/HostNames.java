package com.langdock.reliability.gateway.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** The names by which this machine knows itself. */
public final class HostNames {
  /** The kernel's own; asking a resolver could take seconds. */
  private static final Path KERNEL = Path.of("/proc/sys/kernel/hostname");

  private HostNames() {}

  /** The machine's host name; none where the system does not tell it in a file. */
  public static Set<String> own() {
    try {
      String name = Files.readString(KERNEL).strip();
      return name.isEmpty() ? Set.of() : Set.of(name);
    } catch (IOException notLinux) {
      return Set.of();
    }
  }
}
