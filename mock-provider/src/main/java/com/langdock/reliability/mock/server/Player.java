package com.langdock.reliability.mock.server;

import com.langdock.reliability.mock.log.Entry;
import com.langdock.reliability.mock.reply.Step;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Iterator;
import java.util.List;

/**
 * Plays the steps of one reply, one after the other, on the event loop of its connection. It stops
 * when the client leaves, and waits while the client does not read.
 */
final class Player {
  private final Vertx vertx;
  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final Entry entry;
  private final Iterator<Step> steps;
  private Future<Void> lastWrite = Future.succeededFuture();
  private boolean over;

  Player(Vertx vertx, HttpServerRequest request, Entry entry, List<Step> steps) {
    this.vertx = vertx;
    this.request = request;
    this.response = request.response();
    this.entry = entry;
    this.steps = steps.iterator();
  }

  void play() {
    response.exceptionHandler(ignored -> clientLeft());
    response.closeHandler(ignored -> clientLeft());
    proceed();
  }

  private void proceed() {
    boolean atOnce = true;
    while (atOnce && !over && steps.hasNext()) {
      atOnce = play(steps.next());
    }
  }

  /** Whether the next step may follow at once; otherwise {@link #proceed} is called later. */
  private boolean play(Step step) {
    return switch (step) {
      case Step.Wait wait -> {
        vertx.setTimer(Math.max(1, wait.length().toMillis()), ignored -> proceed());
        yield false;
      }
      case Step.Whole whole -> {
        head(new Step.Head(whole.status(), whole.headers(), whole.body().length()));
        entry.wrote(whole.body().length());
        end();
        response.end(whole.body());
        yield false;
      }
      case Step.Head head -> {
        head(head);
        yield true;
      }
      case Step.SendHead ignored -> {
        lastWrite = response.writeHead();
        yield true;
      }
      case Step.Part part -> write(part);
      case Step.End ignored -> {
        end();
        response.end();
        yield false;
      }
      case Step.Close ignored -> {
        end();
        lastWrite.onComplete(written -> Wire.close(request.connection()));
        yield false;
      }
      case Step.Reset ignored -> {
        end();
        lastWrite.onComplete(written -> Wire.reset(request.connection()));
        yield false;
      }
      case Step.Silence ignored -> false;
    };
  }

  private void head(Step.Head head) {
    entry.answered(head.status());
    response.setStatusCode(head.status());
    head.headers().forEach(response::putHeader);
    if (head.length() >= 0) {
      response.putHeader("content-length", String.valueOf(head.length()));
    } else {
      response.setChunked(true);
    }
  }

  private boolean write(Step.Part part) {
    entry.wrote(part.bytes().length());
    lastWrite = response.write(part.bytes());
    if (response.writeQueueFull()) {
      response.drainHandler(ignored -> proceed());
      return false;
    }
    return true;
  }

  private void end() {
    over = true;
    entry.ended(Clock.monotonicMillis());
  }

  private void clientLeft() {
    if (!over) {
      over = true;
      entry.clientGone(Clock.monotonicMillis());
    }
  }
}
