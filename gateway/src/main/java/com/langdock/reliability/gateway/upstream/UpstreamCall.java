package com.langdock.reliability.gateway.upstream;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Failure.Silent;
import com.langdock.reliability.core.domain.UnreachableReason;
import com.langdock.reliability.gateway.loop.EventLoop;
import com.langdock.reliability.gateway.loop.LoopTimer;
import org.jspecify.annotations.Nullable;

/** One request to a provider, and its reply. */
public final class UpstreamCall {
  private final UpstreamPool pool;
  private final EventLoop loop;
  private final UpstreamRequest request;
  private final ReplyListener listener;
  private final LoopTimer alarm;

  private Connector.@Nullable Pending connecting;
  private @Nullable UpstreamConnection connection;
  private long silence;
  private boolean carried;
  private boolean paused;
  private boolean answered;
  private int status;
  private boolean ended;
  private boolean awaitsEnd;
  private int allowed;
  private long lastHeard;

  UpstreamCall(UpstreamPool pool, EventLoop loop, UpstreamRequest request, ReplyListener listener) {
    this.pool = pool;
    this.loop = loop;
    this.request = request;
    this.listener = listener;
    this.alarm = loop.timer();
    this.silence = request.limits().headers();
    this.lastHeard = loop.ticker().nanos();
  }

  /** Closes the connection; the listener receives nothing more. */
  public void cancel() {
    if (!ended) {
      finish();
      closeConnection();
    }
  }

  /** Sets the most nanoseconds between two reads from now on. */
  public void limitSilence(long nanos) {
    silence = nanos;
    if (!ended) {
      alarm.set(nanos, this::checkTime);
    }
  }

  /**
   * Awaits the end of the reply after a complete answer, so that the connection can be reused. The
   * listener receives nothing more; the connection is closed if the end takes too long.
   *
   * @param bytes the most bytes that may follow
   */
  public void awaitEnd(long nanos, int bytes) {
    if (!ended) {
      awaitsEnd = true;
      allowed = bytes;
      alarm.set(nanos, this::cancel);
      resume();
    }
  }

  /** Pauses reading; the silence limit is suspended. */
  public void pause() {
    if (awaitsEnd) {
      return;
    }
    paused = true;
    read(false);
  }

  /** Reads on. */
  public void resume() {
    paused = false;
    lastHeard = loop.ticker().nanos();
    read(true);
  }

  private void read(boolean on) {
    if (connection != null && !ended) {
      connection.read(on);
    }
  }

  /** Waits for a pending connection. */
  void await(Connector.Pending pending) {
    if (connection == null && !ended) {
      connecting = pending;
      alarm.set(request.limits().connect(), this::checkTime);
    }
  }

  void notConnected(@Nullable Throwable problem) {
    connecting = null;
    fail(new Failure.Unreachable(Reachability.reason(problem)));
  }

  /** Sends the request over {@code free}. */
  void send(UpstreamConnection free) {
    connecting = null;
    if (ended) {
      free.release();
      return;
    }
    connection = free;
    lastHeard = loop.ticker().nanos();
    alarm.set(silence, this::checkTime);
    carried = true;
    free.carry(this, pool.head(request), request);
  }

  void head(int status, ReplyHeaders headers) {
    answered = true;
    silence = request.limits().body();
    this.status = status;
    lastHeard = loop.ticker().nanos();
    listener.head(status, headers);
  }

  void received(byte[] bytes) {
    if (awaitsEnd) {
      allowed -= bytes.length;
      if (allowed < 0) {
        cancel();
      }
      return;
    }
    lastHeard = loop.ticker().nanos();
    listener.chunk(bytes);
  }

  /** The reply is complete; the connection no longer belongs to this call. */
  void completed() {
    finish();
    if (!awaitsEnd) {
      listener.end();
    }
  }

  /** The reply's content cannot be decoded, and the connection is closed. */
  void unreadable() {
    fail(new Failure.Unreadable(Failure.Unreadable.Why.NOT_JSON, status));
  }

  /**
   * The connection is closed.
   *
   * @param used whether it has carried another call before
   * @param why where that is known
   */
  void lost(boolean used, UnreachableReason why) {
    if (answered) {
      fail(new Failure.Broken());
    } else if (used) {
      fail(new Failure.StaleConnection());
    } else {
      fail(new Failure.Unreachable(why));
    }
  }

  private void fail(Failure failure) {
    if (!ended) {
      finish();
      if (!awaitsEnd) {
        listener.failed(failure);
      }
    }
  }

  /**
   * One timer serves the connection and all reads: it checks the time when it fires, instead of
   * being set for every read.
   */
  private void checkTime() {
    long limit = connection == null ? request.limits().connect() : silence;
    long left = paused && connection != null ? limit : limit - (loop.ticker().nanos() - lastHeard);
    if (left > 0) {
      alarm.set(left, this::checkTime);
      return;
    }
    fail(tooLate());
    closeConnection();
  }

  private Failure tooLate() {
    if (connecting != null) {
      return new Failure.Unreachable(connecting.waitsFor());
    }
    return new Failure.Silent(answered ? Silent.Phase.BODY : Silent.Phase.HEADERS);
  }

  private void finish() {
    ended = true;
    alarm.cancel();
    if (!carried) {
      request.body().release();
    }
  }

  /** Releases the connection, or cancels the pending one. */
  private void closeConnection() {
    if (connecting != null) {
      connecting.cancel();
      connecting = null;
    }
    if (connection != null) {
      connection.close();
    }
  }
}
