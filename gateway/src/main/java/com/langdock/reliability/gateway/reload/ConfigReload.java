package com.langdock.reliability.gateway.reload;

import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.gateway.config.ConfigLoader;
import com.langdock.reliability.gateway.config.GatewayConfig;
import com.langdock.reliability.gateway.config.LoadedConfig;
import com.langdock.reliability.yaml.ConfigProblem;
import com.langdock.reliability.yaml.Problems;
import com.langdock.reliability.yaml.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The configuration file of a gateway that runs. The file is the only truth: another text is first
 * read whole, then written, then used, and anything that is wrong with it leaves all as it was.
 *
 * <p>Thread-safe: one change follows the other. Changes block; not for event loops.
 */
public final class ConfigReload {
  private static final Logger LOG = LoggerFactory.getLogger(ConfigReload.class);

  /**
   * What is changed by a new configuration.
   *
   * @param problem of using one without a restart, such as {@code needs a restart: server.port};
   *     empty if there is none
   * @param use uses one that has no problem from now on
   */
  public record Gateway(
      Function<GatewayConfig, Optional<String>> problem, Consumer<GatewayConfig> use) {}

  /**
   * Where a configuration comes from.
   *
   * @param settings in place of what the file says
   * @param history the folder of earlier texts
   */
  public record Source(Path file, List<String> settings, ConfigLoader loader, Path history) {
    /** Keeps an immutable copy. */
    public Source {
      settings = List.copyOf(settings);
    }
  }

  private final Source source;
  private final Gateway gateway;
  private final Ticker ticker;
  private final Consumer<ConfigReload> changed;
  private final Editions editions;
  private volatile Edition current;
  private volatile @Nullable Rejection rejection;

  /**
   * The file of {@code source}, whose {@code text} is in use.
   *
   * @param changed told after each change and rejection
   */
  public ConfigReload(
      Source source, String text, Gateway gateway, Ticker ticker, Consumer<ConfigReload> changed) {
    this.source = source;
    this.gateway = gateway;
    this.ticker = ticker;
    this.changed = changed;
    this.editions = new Editions(source.history());
    this.current = editions.of(text, ticker.unixMillis(), "start");
  }

  /** What is in use. */
  public Edition current() {
    return current;
  }

  /** The last configuration that was not taken, null after one that was. */
  public @Nullable Rejection rejection() {
    return rejection;
  }

  /** The last texts, the oldest first. */
  public synchronized List<Edition> history() {
    return editions.all();
  }

  /** The text of {@code edition} with its secrets masked. */
  public static String shown(Edition edition) {
    return SecretTexts.masked(edition.text());
  }

  /** The problems that {@code text} would have here; none if it can be used. */
  public List<ConfigProblem> check(String text) {
    return switch (read(text)) {
      case LoadedConfig.Loaded loaded -> needsRestart(loaded.config());
      case LoadedConfig.Rejected rejected -> rejected.problems();
    };
  }

  /** Reads the file again and uses it. */
  public synchronized Change reload(String by) {
    Problems problems = new Problems();
    Optional<String> text = SourceFile.read(source.file(), problems);
    return text.isEmpty() ? rejected(by, problems.errors()) : use(text.get(), by, false);
  }

  /** Whether the file has another text than the one in use, or cannot be read. */
  boolean isFileChanged() {
    return !SourceFile.read(source.file(), new Problems())
        .filter(current.text()::equals)
        .isPresent();
  }

  /** The text of the file as it is now, empty when it cannot be read. */
  Optional<String> fileText() {
    return SourceFile.read(source.file(), new Problems());
  }

  /** Writes {@code text}, made from {@code version}, into the file and uses it. */
  public synchronized Change put(String text, int version, String by) {
    if (version != current.version()) {
      return new Change.Stale(current.version());
    }
    List<ConfigProblem> secrets = SecretTexts.problems(text);
    return secrets.isEmpty() ? use(text, by, true) : rejected(by, secrets);
  }

  /** Writes the text of an earlier version into the file again and uses it. */
  public synchronized Change rollback(int version, String by) {
    return editions
        .version(version)
        .map(edition -> use(edition.text(), by, true))
        .orElseGet(Change.Unknown::new);
  }

  private LoadedConfig read(String text) {
    return source.loader().parse(text, source.settings());
  }

  private List<ConfigProblem> needsRestart(GatewayConfig config) {
    return gateway
        .problem()
        .apply(config)
        .map(problem -> new ConfigProblem(0, "", problem))
        .stream()
        .toList();
  }

  private Change use(String text, String by, boolean writes) {
    LoadedConfig read = read(text);
    if (read instanceof LoadedConfig.Rejected wrong) {
      return rejected(by, wrong.problems());
    }
    GatewayConfig config = ((LoadedConfig.Loaded) read).config();
    List<ConfigProblem> problems = needsRestart(config);
    if (!problems.isEmpty()) {
      return rejected(by, problems);
    }
    if (writes && !write(text)) {
      return new Change.ReadOnly();
    }
    gateway.use().accept(config);
    return applied(text, by);
  }

  private boolean write(String text) {
    Path file = source.file();
    try {
      Path real = file.toRealPath();
      if (!Files.isWritable(real)) {
        return false;
      }
      AtomicFile.write(real, text, Files.getPosixFilePermissions(real));
      return true;
    } catch (IOException | UnsupportedOperationException impossible) {
      LOG.atWarn()
          .addKeyValue("event", "config_not_written")
          .log("{} cannot be written: {}", file, impossible.toString());
      return false;
    }
  }

  private Change applied(String text, String by) {
    List<String> paths = ChangedPaths.between(current.text(), text);
    current = editions.of(text, ticker.unixMillis(), by);
    rejection = null;
    LOG.atInfo()
        .addKeyValue("event", "config_changed")
        .addKeyValue("version", current.version())
        .addKeyValue("sha256", current.sha256())
        .addKeyValue("by", by)
        .addKeyValue("paths", String.join(", ", paths))
        .log("configuration {} is in use", current.version());
    changed.accept(this);
    return new Change.Applied(current);
  }

  private Change rejected(String by, List<ConfigProblem> problems) {
    rejection = new Rejection(ticker.unixMillis(), by, problems);
    LOG.atError()
        .addKeyValue("event", "config_rejected")
        .addKeyValue("by", by)
        .addKeyValue("problems", problems.size())
        .log(
            "the configuration is rejected, and the one before stays in use: {}",
            problems.getFirst().in(source.file().toString()));
    changed.accept(this);
    return new Change.Rejected(problems);
  }
}
