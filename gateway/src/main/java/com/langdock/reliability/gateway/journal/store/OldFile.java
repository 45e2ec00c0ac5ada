package com.langdock.reliability.gateway.journal.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Renames the file of versions that kept only the journal in it. */
final class OldFile {
  private static final String NAME = "gateway.db";
  private static final String OLD_NAME = "journal.db";

  private OldFile() {}

  /** Takes {@code journal.db} beside {@code file} if that is a new {@code gateway.db}. */
  static void rename(Path file) {
    Path old = file.resolveSibling(OLD_NAME);
    if (!file.endsWith(NAME) || Files.exists(file) || !Files.exists(old)) {
      return;
    }
    try {
      for (String part : List.of("-wal", "-shm", "")) {
        Path from = file.resolveSibling(OLD_NAME + part);
        if (Files.exists(from)) {
          Files.move(from, file.resolveSibling(NAME + part));
        }
      }
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot rename " + old + " to " + file, failed);
    }
  }
}
