package com.langdock.reliability.gateway.front;

/** What happens to an answer beside its delivery. */
public interface ResponseHook {
  /** Keeps nothing, and holds nothing back. */
  ResponseHook NONE =
      new ResponseHook() {
        @Override
        public boolean keepsContents() {
          return false;
        }

        @Override
        public void said(String requestId, byte[] request, byte[] answer) {}

        @Override
        public void whenKept(Runnable then) {
          then.run();
        }
      };

  /** Whether it wants to know what was said. */
  boolean keepsContents();

  /** A request and its answer, or as much of the answer as the client got. */
  void said(String requestId, byte[] request, byte[] answer);

  /** Runs {@code then} on this event loop when the last byte of an answer may go out. */
  void whenKept(Runnable then);
}
