package com.langdock.reliability.gateway.journal.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sqlite.SQLiteJDBCLoader;

/**
 * Loads SQLite's native library so that nothing of it is left on the disk.
 *
 * <p>The driver copies the library into a folder for temporary files and removes the copy when the
 * JVM ends in order, which it does not do after a signal. Here the copy goes to a folder of its
 * own, and is removed as soon as it is loaded: the system keeps what is in use.
 */
final class SqliteLibrary {
  private static final String FOLDER = "org.sqlite.tmpdir";
  private static boolean loaded;

  private SqliteLibrary() {}

  /** Loads it once, by way of the folder for temporary files, or of {@code journal}'s own. */
  static synchronized void load(Path journal) {
    if (loaded || System.getProperty(FOLDER) != null) {
      return; // A configured folder is used as it is.
    }
    try {
      Path folder = folder(journal);
      System.setProperty(FOLDER, folder.toString());
      try {
        loaded = SQLiteJDBCLoader.initialize();
      } finally {
        System.clearProperty(FOLDER);
        remove(folder);
      }
    } catch (Exception again) {
      // The driver tries again itself and reports the error.
    }
  }

  private static Path folder(Path journal) throws IOException {
    try {
      return Files.createTempDirectory("gateway-sqlite-");
    } catch (IOException readOnly) {
      Path beside = journal.toAbsolutePath().getParent();
      if (beside == null) {
        throw readOnly;
      }
      return Files.createTempDirectory(beside, "gateway-sqlite-");
    }
  }

  private static void remove(Path folder) throws IOException {
    try (DirectoryStream<Path> copies = Files.newDirectoryStream(folder)) {
      for (Path copy : copies) {
        Files.deleteIfExists(copy);
      }
    }
    Files.deleteIfExists(folder);
  }
}
