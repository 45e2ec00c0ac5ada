package com.langdock.reliability.core.domain;

import com.langdock.reliability.core.domain.Failure.Unreachable.Cause;

/** Why a provider could not be reached, for operators. Names no address and no host. */
public enum UnreachableReason {
  /** Nothing listens on the address. */
  CONNECTION_REFUSED(Cause.CONNECT, "connection refused"),
  /** There is no route to the address. */
  NO_ROUTE(Cause.CONNECT, "no route to host"),
  /** No address answered in time. */
  CONNECT_TIMED_OUT(Cause.CONNECT, "timed out while connecting"),
  /** The proxy answered, but did not connect. */
  PROXY_REFUSED(Cause.CONNECT, "the proxy did not connect to the provider"),
  /** The proxy answered 407. */
  PROXY_CREDENTIALS(Cause.CONNECT, "the proxy does not accept the credentials"),
  /** The proxy did not answer in time. */
  PROXY_TIMED_OUT(Cause.CONNECT, "the proxy did not answer in time"),
  /** This machine has no free port or file descriptor. */
  LOCAL_LIMIT(Cause.CONNECT, "this machine has no free port or file descriptor"),
  /** Any other failure to connect. */
  CONNECT_FAILED(Cause.CONNECT, "no connection"),

  /** The connection was reset before the answer. */
  CONNECTION_RESET(Cause.RESET, "connection reset before the answer"),
  /** The connection was closed before the answer. */
  CONNECTION_CLOSED(Cause.RESET, "connection closed before the answer"),
  /** What came instead of an answer is not HTTP, or its head is too large. */
  NOT_HTTP(Cause.RESET, "the answer is not HTTP, or its head is too large"),

  /** The provider's certificate has expired. */
  CERTIFICATE_EXPIRED(Cause.TLS, "certificate expired"),
  /** The provider's certificate is valid later. */
  CERTIFICATE_NOT_YET_VALID(Cause.TLS, "certificate not yet valid"),
  /** The provider's certificate was revoked. */
  CERTIFICATE_REVOKED(Cause.TLS, "certificate revoked"),
  /** No trusted authority has signed the provider's certificate. */
  UNKNOWN_AUTHORITY(Cause.TLS, "unknown certificate authority"),
  /** The provider's certificate is for another name. */
  HOST_MISMATCH(Cause.TLS, "host name does not match the certificate"),
  /** The provider's certificate cannot be used for another reason. */
  BAD_CERTIFICATE(Cause.TLS, "certificate not usable"),
  /** The provider wants a certificate of ours, or another one. */
  OUR_CERTIFICATE_REFUSED(Cause.TLS, "the provider does not accept our certificate"),
  /** The provider and we have no version or cipher of TLS in common. */
  NO_COMMON_TLS(Cause.TLS, "no TLS version or cipher in common"),
  /** What answers on the port does not speak TLS. */
  NOT_TLS(Cause.TLS, "the provider does not speak TLS"),
  /** The TLS handshake did not end in time. */
  TLS_TIMED_OUT(Cause.CONNECT, "timed out during the TLS handshake"),
  /** The connection was closed during the TLS handshake. */
  TLS_CLOSED(Cause.TLS, "connection closed during the TLS handshake"),
  /** Any other failure of TLS. */
  TLS_FAILED(Cause.TLS, "TLS handshake failed"),

  /** The name servers say that there is no such name. */
  NAME_NOT_FOUND(Cause.DNS, "name not found"),
  /** No name server answered in time. */
  NAME_SERVER_SILENT(Cause.DNS, "name server did not answer"),
  /** A name server answered that it cannot tell. */
  NAME_SERVER_FAILED(Cause.DNS, "name server failed");

  private final Cause cause;
  private final String text;

  UnreachableReason(Cause cause, String text) {
    this.cause = cause;
    this.text = text;
  }

  /** Where reaching the provider ended. */
  public Cause cause() {
    return cause;
  }

  /** The reason in a few plain words. */
  public String text() {
    return text;
  }

  /** The reason where no more than the cause is known. */
  static UnreachableReason of(Cause cause) {
    return switch (cause) {
      case CONNECT -> CONNECT_FAILED;
      case RESET -> CONNECTION_RESET;
      case TLS -> TLS_FAILED;
      case DNS -> NAME_NOT_FOUND;
    };
  }
}
