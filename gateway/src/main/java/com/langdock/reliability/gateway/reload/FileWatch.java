package com.langdock.reliability.gateway.reload;

import java.time.Duration;
import java.util.Optional;

/**
 * Reloads the configuration when its file has another text. The content is compared, by the file's
 * name each time, so that links of mounted folders are followed; a text is tried once.
 */
public final class FileWatch implements AutoCloseable {
  /** How often the file is read. */
  public static final Duration EVERY = Duration.ofSeconds(2);

  private final ConfigReload reload;
  private final Thread thread;
  private Optional<String> tried;

  private FileWatch(ConfigReload reload, Duration every) {
    this.reload = reload;
    this.tried = Optional.of(reload.current().text());
    this.thread = Thread.ofVirtual().name("config-watch").unstarted(() -> run(every));
  }

  /** Begins to watch the file of {@code reload}. */
  public static FileWatch start(ConfigReload reload, Duration every) {
    FileWatch watch = new FileWatch(reload, every);
    watch.thread.start();
    return watch;
  }

  private void run(Duration every) {
    try {
      while (!Thread.interrupted()) {
        Thread.sleep(every);
        look();
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    Optional<String> text = reload.fileText();
    if (!text.equals(tried)) {
      tried = text;
      if (reload.isFileChanged()) {
        reload.reload("file");
      }
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
