package com.langdock.reliability.gateway.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.gateway.exchange.Redactor;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * Recorded provider traffic, in {@code ../shared/captures} next to the repository.
 *
 * <p>It is not part of the repository: tests that need it are skipped if it is missing. The system
 * property {@code shared.dir} or the environment variable {@code SHARED_DIR} sets another location.
 */
public final class Recorded {
  private static final Optional<Path> CAPTURES = find();

  private Recorded() {}

  /** A recorded HTTP response. */
  public record Answer(ReplyHead head, byte[] body) {}

  /** The bytes of the recording {@code name}; skips the test if there are no recordings. */
  public static byte[] bytes(String name) {
    try {
      return Files.readAllBytes(directory().resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The names of the recordings in {@code folder} that end in {@code ending}, sorted. */
  public static List<String> names(String folder, String ending) {
    try (Stream<Path> files = Files.list(directory().resolve(folder))) {
      return files
          .map(file -> folder + "/" + file.getFileName())
          .filter(name -> name.endsWith(ending))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A recorded body as a response with status 200. */
  public static Answer success(String name) {
    return new Answer(Replies.head(200), bytes(name));
  }

  /** A recorded {@code .http} file: head, blank line, body. */
  public static Answer http(String name) {
    byte[] all = bytes(name);
    String text = new String(all, UTF_8);
    int blank = text.indexOf("\r\n\r\n");
    String separator = blank < 0 ? "\n" : "\r\n";
    blank = text.indexOf(separator + separator);
    String[] lines = text.substring(0, blank).split(separator, -1);
    Map<String, @Nullable String> headers = new HashMap<>();
    for (String line : List.of(lines).subList(1, lines.length)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    int status = Integer.parseInt(lines[0].split(" ", -1)[1]);
    ReplyHead.Headers lookUp = header -> headers.get(header.toLowerCase(Locale.ROOT));
    byte[] body = text.substring(blank + 2 * separator.length()).getBytes(UTF_8);
    return new Answer(
        new ReplyHead(status, lookUp, Instant.EPOCH, Redactor.NONE, Set.of(), () -> false), body);
  }

  private static Path directory() {
    Assumptions.assumeTrue(CAPTURES.isPresent(), "no recorded traffic beside the repository");
    return CAPTURES.orElseThrow();
  }

  private static Optional<Path> find() {
    String location = System.getProperty("shared.dir", System.getenv("SHARED_DIR"));
    if (location != null) {
      return Optional.of(Path.of(location, "captures")).filter(Files::isDirectory);
    }
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null) {
      Path captures = folder.resolveSibling("shared").resolve("captures");
      if (Files.isDirectory(captures)) {
        return Optional.of(captures);
      }
      folder = folder.getParent();
    }
    return Optional.empty();
  }
}
