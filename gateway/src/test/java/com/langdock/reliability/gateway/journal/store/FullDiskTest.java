package com.langdock.reliability.gateway.journal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.langdock.reliability.gateway.journal.Scene;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SQLite on a disk that is full for a while: a small file system in memory. */
@Tag("e2e")
final class FullDiskTest {
  private static final int BATCH = 200;
  private static final int MAX_BATCHES = 200;

  @TempDir Path folder;
  private Path disk = Path.of("");

  @BeforeEach
  void mount() throws Exception {
    disk = folder.resolve("disk");
    java.nio.file.Files.createDirectory(disk);
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=640k", "tmpfs", disk.toString()),
        "needs the right to mount");
  }

  @AfterEach
  void unmount() throws Exception {
    boolean _ = run("umount", "-l", disk.toString());
  }

  private static boolean run(String... command) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException noSuchCommand) {
      return false;
    }
  }

  private static JournalBatch batch(int number) {
    List<JournalEntry> entries =
        IntStream.range(number * BATCH, (number + 1) * BATCH)
            .mapToObj(each -> Scene.ended(each, RequestOutcome.FAILED))
            .toList();
    return new JournalBatch(entries, List.of(), List.of());
  }

  private long rows() throws SQLException {
    String url = "jdbc:sqlite:" + disk.resolve("journal.db");
    try (Connection connection = DriverManager.getConnection(url);
        ResultSet count =
            connection.createStatement().executeQuery("select count(*) from requests")) {
      return count.getLong(1);
    }
  }

  @Test
  void recoversWithoutPartialTransactions() throws Exception {
    try (JournalStore store =
        JournalStores.sqlite(disk.resolve("journal.db"), true, Databases.TICKER)) {
      int written = fill(store);
      assertThat(written).isBetween(1, MAX_BATCHES - 1);
      assertThat(rows()).isEqualTo((long) written * BATCH);

      int next = written;
      for (int attempt = 0; attempt < 5; attempt++) {
        assertThatThrownBy(() -> store.write(batch(next)))
            .isInstanceOf(SQLException.class)
            .isNotInstanceOf(RefusedBatchException.class)
            .hasMessageContaining("full");
      }
      assertThat(rows()).isEqualTo((long) written * BATCH);

      assertThat(run("mount", "-o", "remount,size=64m", disk.toString())).isTrue();
      store.write(batch(next));
      store.write(batch(next)); // Nobody knew whether it had been written.
      store.write(batch(next + 1));
      assertThat(rows()).isEqualTo((written + 2L) * BATCH);
    }
  }

  /** Writes until the disk is full; how many batches it took. */
  private static int fill(JournalStore store) {
    for (int number = 0; number < MAX_BATCHES; number++) {
      try {
        store.write(batch(number));
      } catch (SQLException full) {
        return number;
      }
    }
    return MAX_BATCHES;
  }
}
