package com.langdock.reliability.gateway.upstream;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Failure.Silent;
import com.langdock.reliability.core.domain.Ticker;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One request on its way to a provider and the reply on its way back. */
public final class UpstreamCall {
  private static final long NO_TIMER = -1;

  private final UpstreamPool pool;
  private final Vertx vertx;
  private final Ticker ticker;
  private final UpstreamRequest request;
  private final ReplyListener listener;

  private @Nullable HttpClientRequest sent;
  private @Nullable HttpClientResponse reply;
  private long silence;
  private boolean paused;
  private boolean reused;
  private boolean answered;
  private boolean ended;
  private long timer = NO_TIMER;
  private long lastHeard;

  UpstreamCall(
      UpstreamPool pool,
      Vertx vertx,
      Ticker ticker,
      UpstreamRequest request,
      ReplyListener listener) {
    this.pool = pool;
    this.vertx = vertx;
    this.ticker = ticker;
    this.request = request;
    this.listener = listener;
    this.silence = request.limits().silence();
  }

  /** Closes the connection; the listener hears nothing more. */
  public void cancel() {
    if (!ended) {
      finish();
      closeConnection();
    }
  }

  /** From now on at most this many nanoseconds may pass between two reads. */
  public void limitSilence(long nanos) {
    silence = nanos;
    if (!ended) {
      vertx.cancelTimer(timer);
      watch(nanos);
    }
  }

  /** Reads nothing more for now; the provider's silence no longer counts. */
  public void pause() {
    paused = true;
    if (reply != null) {
      reply.pause();
    }
  }

  /** Reads on. */
  public void resume() {
    paused = false;
    lastHeard = ticker.nanos();
    if (reply != null) {
      reply.resume();
    }
  }

  void connect(HttpClient client, RequestOptions options) {
    lastHeard = ticker.nanos();
    watch(Math.min(request.limits().connect(), request.limits().silence()));
    client.request(options).onComplete(this::connected);
  }

  private void connected(@Nullable HttpClientRequest connection, @Nullable Throwable problem) {
    if (connection == null) {
      fail(new Failure.Unreachable(Reachability.cause(problem)));
      return;
    }
    sent = connection;
    if (ended) {
      closeConnection();
      return;
    }
    reused = pool.wasUsed(connection.connection());
    lastHeard = ticker.nanos();
    request.headers().forEach(connection::putHeader);
    connection.send(request.body()).onComplete(this::replied);
  }

  private void replied(@Nullable HttpClientResponse response, @Nullable Throwable problem) {
    if (response == null) {
      fail(
          reused
              ? new Failure.StaleConnection()
              : new Failure.Unreachable(Failure.Unreachable.Cause.RESET));
    } else if (!ended) {
      answered = true;
      reply = response;
      lastHeard = ticker.nanos();
      response.handler(this::heard);
      response.endHandler(nothing -> whole());
      response.exceptionHandler(broken -> fail(new Failure.Broken()));
      listener.head(response.statusCode(), response.headers());
    }
  }

  private void heard(Buffer bytes) {
    if (!ended) {
      lastHeard = ticker.nanos();
      listener.chunk(bytes);
    }
  }

  private void whole() {
    if (!ended) {
      finish();
      listener.end();
    }
  }

  private void fail(Failure failure) {
    if (!ended) {
      finish();
      listener.failed(failure);
    }
  }

  private void watch(long nanos) {
    long millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos));
    timer = vertx.setTimer(millis, fired -> look());
  }

  /** One timer for the connection and all reads: it looks when it fires, and is not set anew. */
  private void look() {
    long limit = sent == null ? request.limits().connect() : silence;
    long left = paused ? limit : limit - (ticker.nanos() - lastHeard);
    if (left > 0) {
      watch(left);
      return;
    }
    fail(tooLate());
    closeConnection();
  }

  private Failure tooLate() {
    if (sent == null) {
      return new Failure.Unreachable(Failure.Unreachable.Cause.CONNECT);
    }
    return new Failure.Silent(answered ? Silent.Phase.BODY : Silent.Phase.HEADERS);
  }

  private void finish() {
    ended = true;
    if (timer != NO_TIMER) {
      vertx.cancelTimer(timer);
    }
  }

  private void closeConnection() {
    if (sent != null) {
      sent.reset();
    }
  }
}
