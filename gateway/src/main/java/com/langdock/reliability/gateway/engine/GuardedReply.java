package com.langdock.reliability.gateway.engine;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.gateway.loop.EventLoop;
import com.langdock.reliability.gateway.upstream.ReplyHeaders;
import com.langdock.reliability.gateway.upstream.ReplyListener;

/**
 * Passes a reply on to an attempt. What the attempt throws ends its request, which has a guard, and
 * not only the connection on which the reply came.
 *
 * @param events the loop as the request sees it
 */
record GuardedReply(ReplyListener attempt, EventLoop events) implements ReplyListener {
  @Override
  public void head(int status, ReplyHeaders headers) {
    try {
      attempt.head(status, headers);
    } catch (Throwable bug) {
      events.caught(bug);
    }
  }

  @Override
  public void chunk(byte[] bytes) {
    try {
      attempt.chunk(bytes);
    } catch (Throwable bug) {
      events.caught(bug);
    }
  }

  @Override
  public void end() {
    try {
      attempt.end();
    } catch (Throwable bug) {
      events.caught(bug);
    }
  }

  @Override
  public void failed(Failure failure) {
    try {
      attempt.failed(failure);
    } catch (Throwable bug) {
      events.caught(bug);
    }
  }
}
