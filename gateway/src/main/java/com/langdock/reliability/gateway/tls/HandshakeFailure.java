package com.langdock.reliability.gateway.tls;

/** Why a handshake did not come to its end. */
public enum HandshakeFailure {
  /** The client closed the connection. */
  CLOSED,
  /** There were too many others. */
  CROWDED,
  /** One side refused the other: no TLS, another version, a certificate. */
  FAILED,
  /** It took too long. */
  TIMEOUT
}
