package com.langdock.reliability.gateway.reload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last texts of the configuration, in a folder that only this user can read. Where the folder
 * cannot be written they are kept until the process ends. Guarded by its owner.
 */
final class Editions {
  /** The most texts. */
  static final int MOST = 20;

  private static final Logger LOG = LoggerFactory.getLogger(Editions.class);
  private static final Pattern NAME =
      Pattern.compile("(\\d{1,9})_(\\d{1,15})_([\\w.-]{1,64})\\.yaml");
  private static final String FOLDER = "rwx------";
  private static final String FILE = "rw-------";

  private final Path folder;
  private final List<Edition> kept = new ArrayList<>();

  /** The texts in {@code folder}, which need not exist. */
  Editions(Path folder) {
    this.folder = folder;
    try (Stream<Path> files = Files.isDirectory(folder) ? Files.list(folder) : Stream.empty()) {
      files.forEach(file -> read(file).ifPresent(kept::add));
    } catch (IOException unreadable) {
      notKept(unreadable);
    }
    kept.sort(Comparator.comparingInt(Edition::version));
    prune();
  }

  private static Optional<Edition> read(Path file) {
    Matcher name = NAME.matcher(file.getFileName().toString());
    if (!name.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Edition(
              Integer.parseInt(name.group(1)),
              Long.parseLong(name.group(2)),
              name.group(3),
              Files.readString(file)));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  /** All that are kept, the oldest first. */
  List<Edition> all() {
    return List.copyOf(kept);
  }

  /** The text of that version; empty when it is not kept. */
  Optional<Edition> version(int version) {
    return kept.stream().filter(edition -> edition.version() == version).findFirst();
  }

  /** The edition of {@code text}: the last one if that has it, else a new one, which is kept. */
  Edition of(String text, long now, String by) {
    if (!kept.isEmpty() && kept.getLast().text().equals(text)) {
      return kept.getLast();
    }
    int version = kept.isEmpty() ? 1 : kept.getLast().version() + 1;
    Edition edition = new Edition(version, now, by, text);
    kept.add(edition);
    try {
      write(edition);
    } catch (IOException | UnsupportedOperationException impossible) {
      notKept(impossible);
    }
    prune();
    return edition;
  }

  private void write(Edition edition) throws IOException {
    Set<PosixFilePermission> ownerOnly = PosixFilePermissions.fromString(FOLDER);
    Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(ownerOnly));
    Files.setPosixFilePermissions(folder, ownerOnly);
    AtomicFile.write(path(edition), edition.text(), PosixFilePermissions.fromString(FILE));
  }

  private Path path(Edition edition) {
    return folder.resolve(
        "%d_%d_%s.yaml".formatted(edition.version(), edition.sinceMillis(), edition.by()));
  }

  private void prune() {
    while (kept.size() > MOST) {
      try {
        Files.deleteIfExists(path(kept.removeFirst()));
      } catch (IOException impossible) {
        notKept(impossible);
      }
    }
  }

  private void notKept(Exception why) {
    LOG.atWarn()
        .addKeyValue("event", "config_not_kept")
        .addKeyValue("folder", folder.toString())
        .log("the texts of the configuration are not kept in {}: {}", folder, why.toString());
  }
}
