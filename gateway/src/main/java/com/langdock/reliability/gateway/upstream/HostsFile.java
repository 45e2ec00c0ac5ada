package com.langdock.reliability.gateway.upstream;

import io.netty.resolver.HostsFileEntriesProvider;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The addresses in a hosts file, read again when the file has changed. Thread-safe. */
final class HostsFile {
  static final Path SYSTEM = Path.of("/etc/hosts");

  private final Path file;
  private FileTime readAt = FileTime.fromMillis(-1);
  private long readSize = -1;
  private volatile @Nullable HostsFileEntriesProvider entries;

  HostsFile(Path file) {
    this.file = file;
  }

  /**
   * The addresses of {@code host}, IPv4 first, as the file was read last; empty where it had none.
   * {@code localhost} has the loopback address without an entry too (RFC 6761).
   */
  List<InetAddress> addresses(String host) {
    HostsFileEntriesProvider known = entries;
    String name = host.toLowerCase(Locale.ROOT);
    List<InetAddress> found = new ArrayList<>();
    if (known != null) {
      found.addAll(known.ipv4Entries().getOrDefault(name, List.of()));
      found.addAll(known.ipv6Entries().getOrDefault(name, List.of()));
    }
    if (found.isEmpty() && name.equals("localhost")) {
      found.add(NetUtil.LOCALHOST4);
      found.add(NetUtil.LOCALHOST6);
    }
    return found;
  }

  /** Reads the file if it has changed. */
  synchronized void refresh() {
    try {
      FileTime changed = Files.getLastModifiedTime(file);
      long size = Files.size(file);
      if (!changed.equals(readAt) || size != readSize) {
        entries = HostsFileEntriesProvider.parser().parse(file.toFile());
        readAt = changed;
        readSize = size;
      }
    } catch (IOException unreadable) {
      // A machine may have no such file; DNS alone is then used.
    }
  }
}
