package com.langdock.reliability.gateway.journal.store;

import com.langdock.reliability.core.quota.CeilingGrant;
import com.langdock.reliability.core.quota.CeilingWant;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Draws ceilings of shared limits from PostgreSQL, on a connection of its own with short times.
 *
 * <p>A draw is one transaction that first takes an advisory lock of each subject, in order: draws
 * of one subject come one after the other, each sees the rows of the one before, and a draw whose
 * answer was lost has ended before the next begins. The server ends a transaction that its client
 * leaves open. Prepared statements and settings do not outlive the transaction, so that a pooler
 * may give each one to another connection.
 *
 * <p>Used by one thread.
 */
public final class CeilingTable implements AutoCloseable {
  private static final String BEGIN =
      """
      set local statement_timeout = 1500; set local lock_timeout = 1000;
      set local idle_in_transaction_session_timeout = 2000;
      select pg_advisory_xact_lock(key) from unnest(cast(? as bigint[])) key
      """;
  private static final String NOW = "select (extract(epoch from clock_timestamp()) * 1000)::bigint";

  /** All processes use this order for rows. */
  private static final Comparator<CeilingWant> ORDER =
      Comparator.comparing((CeilingWant want) -> want.subject().toString())
          .thenComparing(CeilingWant::key);

  private final Connecting connecting;
  private final String replica;
  private final long leaseMillis;
  private @Nullable Connection connection;
  private long now;

  /** Opens a connection. */
  interface Connecting {
    Connection open() throws SQLException;
  }

  /**
   * Ceilings of one process.
   *
   * @param leaseNanos how long they are promised
   */
  CeilingTable(Connecting connecting, String replica, long leaseNanos) {
    this.connecting = connecting;
    this.replica = replica;
    this.leaseMillis = TimeUnit.NANOSECONDS.toMillis(leaseNanos);
  }

  /** The database's clock when it was asked last, in milliseconds since 1970. */
  public long now() {
    return now;
  }

  /** Draws what is wanted, or a part of it; asks only for the clock where nothing is. */
  public List<CeilingGrant> draw(List<CeilingWant> wants) throws SQLException {
    try {
      Connection opened = open();
      return wants.isEmpty() ? clock(opened) : draw(wants, opened);
    } catch (SQLException | RuntimeException failed) {
      close();
      throw failed;
    }
  }

  /**
   * Says that this process lives, and what it is.
   *
   * @return how many processes live
   */
  public int say(ReplicaRow.About process) throws SQLException {
    try {
      Connection opened = open();
      opened.setAutoCommit(true);
      return ReplicaQueries.say(replica, process, opened);
    } catch (SQLException | RuntimeException failed) {
      close();
      throw failed;
    }
  }

  /** Says that this process has ended, and gives back what it was promised. */
  public void end() throws SQLException {
    Connection opened = open();
    opened.setAutoCommit(true);
    ReplicaQueries.end(replica, opened);
  }

  private Connection open() throws SQLException {
    Connection opened = connection;
    if (opened == null) {
      opened = connecting.open();
      connection = opened;
    }
    return opened;
  }

  private List<CeilingGrant> clock(Connection opened) throws SQLException {
    opened.setAutoCommit(true);
    try (Statement statement = opened.createStatement();
        ResultSet row = statement.executeQuery(NOW)) {
      row.next();
      now = row.getLong(1);
    }
    return List.of();
  }

  private List<CeilingGrant> draw(List<CeilingWant> wants, Connection opened) throws SQLException {
    List<CeilingWant> ordered = wants.stream().sorted(ORDER).toList();
    opened.setAutoCommit(false);
    try (PreparedStatement locks = opened.prepareStatement(BEGIN)) {
      locks.setArray(1, opened.createArrayOf("bigint", locks(ordered)));
      boolean _ = locks.execute();
    }
    CeilingQuery.Answer answer = new CeilingQuery(opened).draw(replica, ordered, leaseMillis);
    opened.commit();
    now = answer.now();
    return answer.grants();
  }

  /** One number for each subject, each once and in order, so that two never wait in a circle. */
  private static Object[] locks(List<CeilingWant> wants) {
    List<Long> keys = new ArrayList<>(wants.size());
    for (CeilingWant want : wants) {
      keys.add(key(want.subject().toString()));
    }
    return keys.stream().sorted().distinct().toArray();
  }

  private static long key(String subject) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(("gateway limits " + subject).getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(digest).getLong();
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException(missing);
    }
  }

  /** Closes the connection; the next draw opens another. */
  @Override
  public void close() {
    Connection opened = connection;
    connection = null;
    if (opened != null) {
      try {
        opened.abort(Runnable::run); // Without a farewell, which a frozen server would not read.
      } catch (SQLException | RuntimeException gone) {
        // It is closed in any case.
      }
    }
  }
}
