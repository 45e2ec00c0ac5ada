package com.langdock.reliability.gateway.server;

import java.net.InetAddress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The response to one request: complete, or in pieces. It goes out as HTTP or as the messages of a
 * WebSocket.
 */
public abstract sealed class ClientResponse permits HttpClientResponse, TurnResponse {
  /** Answers of more bytes than this count as used memory until they are sent. */
  static final int LARGE = 64 * 1024;

  /** Receives a body in parts. */
  public interface Output {
    /** Adds {@code length} bytes of {@code source} from {@code offset} on. */
    void write(byte[] source, int offset, int length);
  }

  private @Nullable Runnable whenDrained;
  private @Nullable ResponseListener listener;
  private boolean begun;
  private boolean ended;

  /**
   * Puts a header.
   *
   * @throws IllegalArgumentException if {@code value} contains a line break
   */
  public abstract ClientResponse header(String name, String value);

  /** Closes the connection after this response, which must not have begun. */
  public abstract ClientResponse closeAfter();

  /** The client's address; null once it has left. */
  public abstract @Nullable InetAddress remoteAddress();

  /** Whether the response can still be sent. */
  public abstract boolean isOpen();

  /** Sends the complete response, unless it has ended. */
  public void send(int status, byte[] body) {
    send(status, body.length, out -> out.write(body, 0, body.length));
  }

  /**
   * As above, without an array for the body.
   *
   * @param length of the body
   * @param body writes it, if it is sent
   */
  public abstract void send(int status, int length, Consumer<Output> body);

  /** Begins with a status and the headers, which are sent with the first bytes. Not for a HEAD. */
  public abstract void begin(int status);

  /** Sends the next bytes of a response that has begun. */
  public abstract void write(byte[] bytes);

  /** Sends the last bytes of a response that has begun and not ended. */
  public abstract void end(byte[] bytes);

  /** Whether the client reads more slowly than it is sent data. */
  public abstract boolean isFull();

  /** Closes the connection: the response cannot be ended otherwise. */
  public abstract void abort();

  /** Clears the headers of a response that will not be sent. */
  public abstract void startOver();

  /** Runs {@code action} once, when it is no longer full. */
  public final void whenDrained(Runnable action) {
    whenDrained = action;
  }

  /** Notifies {@code whoAnswers} of events that end the response early. */
  public final void listener(ResponseListener whoAnswers) {
    listener = whoAnswers;
  }

  /** Whether its beginning has been sent. */
  public final boolean isBegun() {
    return begun;
  }

  final boolean isEnded() {
    return ended;
  }

  final void markBegun() {
    begun = true;
  }

  final void markEnded() {
    ended = true;
  }

  final void drained() {
    Runnable action = whenDrained;
    whenDrained = null;
    if (action != null) {
      action.run();
    }
  }

  /** Notifies the listener; false if there is none. */
  final boolean crashed(Throwable thrown) {
    if (listener == null) {
      return false;
    }
    listener.crashed(thrown);
    return true;
  }

  final void closed() {
    if (!ended && listener != null) {
      listener.clientLeft();
    }
  }

  /** Asks the listener to end the response now; false if there is none. */
  final boolean stopped() {
    if (ended || listener == null) {
      return false;
    }
    listener.stopped();
    return true;
  }

  /** Has the listener end the response if its request may not go on. */
  final void review() {
    if (!ended && listener != null) {
      listener.review();
    }
  }
}
