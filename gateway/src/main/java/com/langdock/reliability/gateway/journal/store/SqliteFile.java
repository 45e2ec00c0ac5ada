package com.langdock.reliability.gateway.journal.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The file of a journal: readable by its owner only, and identified by its inode.
 *
 * <p>SQLite writes on into a file that was deleted or moved. SQLite gives its other two files, of
 * the same name with an ending, the permissions of this one.
 */
final class SqliteFile implements Database.Presence {
  private final Path file;
  private final @Nullable Object key;

  private SqliteFile(Path file, @Nullable Object key) {
    this.file = file;
    this.key = key;
  }

  /**
   * Makes the file and its folders where they are missing.
   *
   * @throws UncheckedIOException when that is not possible
   */
  static SqliteFile create(Path file) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null && !Files.isDirectory(folder)) {
        Files.createDirectories(folder, ownerMay("rwx------"));
      }
      try {
        Files.createFile(file, ownerMay("rw-------"));
      } catch (FileAlreadyExistsException itDoes) {
        // Its permissions are those of whoever created it.
      }
      return new SqliteFile(file, keyOf(file));
    } catch (IOException problem) {
      throw new UncheckedIOException("cannot create the journal " + file, problem);
    }
  }

  @Override
  public void check() throws StoreGoneException {
    try {
      if (Objects.equals(key, keyOf(file))) {
        return;
      }
    } catch (NoSuchFileException gone) {
      throw new StoreGoneException("the file " + file + " was deleted or moved away");
    } catch (IOException unknown) {
      return; // SQLite reports the error.
    }
    throw new StoreGoneException("the file " + file + " was replaced by another one");
  }

  /** Its device and number; null where the file system has none. */
  private static @Nullable Object keyOf(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  private static FileAttribute<?>[] ownerMay(String permissions) {
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    if (!posix) {
      return new FileAttribute<?>[0];
    }
    Set<PosixFilePermission> owner = PosixFilePermissions.fromString(permissions);
    return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(owner)};
  }
}
