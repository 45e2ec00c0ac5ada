package com.langdock.reliability.gateway.upstream;

import com.langdock.reliability.core.domain.Failure.Unreachable.Cause;
import com.langdock.reliability.core.domain.UnreachableReason;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.unix.Errors.NativeIoException;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.netty.resolver.dns.DnsErrorCauseException;
import io.netty.resolver.dns.DnsNameResolverTimeoutException;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Maps connection exceptions to the reason of a failure. */
final class Reachability {
  private static final int MAX_CAUSES = 8;
  private static final String ALERT = "Received fatal alert: ";

  private static final String CLOSED = "Connection closed while";

  private static final int ENFILE = -23;
  private static final int EMFILE = -24;

  /** The reasons for TLS alerts (RFC 8446, 6.2), which the JDK reports in messages only. */
  private static final Map<String, UnreachableReason> ALERTS =
      Map.of(
          "access_denied", UnreachableReason.OUR_CERTIFICATE_REFUSED,
          "bad_certificate", UnreachableReason.OUR_CERTIFICATE_REFUSED,
          "certificate_expired", UnreachableReason.OUR_CERTIFICATE_REFUSED,
          "certificate_required", UnreachableReason.OUR_CERTIFICATE_REFUSED,
          "certificate_unknown", UnreachableReason.OUR_CERTIFICATE_REFUSED,
          "unknown_ca", UnreachableReason.OUR_CERTIFICATE_REFUSED,
          "insufficient_security", UnreachableReason.NO_COMMON_TLS,
          "protocol_version", UnreachableReason.NO_COMMON_TLS);

  private Reachability() {}

  /** The reason for {@code problem}: that of the deepest cause that is known. */
  static UnreachableReason reason(@Nullable Throwable problem) {
    UnreachableReason found = UnreachableReason.CONNECT_FAILED;
    Throwable cause = problem;
    for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
      UnreachableReason here = here(cause);
      found = here == null ? found : here;
      cause = cause.getCause();
    }
    return found;
  }

  /** The reason for the loss of an established connection. */
  static UnreachableReason lost(Throwable problem) {
    UnreachableReason reason = reason(problem);
    if (reason.cause() == Cause.TLS) {
      return reason;
    }
    return problem instanceof IOException && !(problem instanceof ClosedChannelException)
        ? UnreachableReason.CONNECTION_RESET
        : UnreachableReason.CONNECTION_CLOSED;
  }

  private static @Nullable UnreachableReason here(Throwable problem) {
    return switch (problem) {
      case ConnectionFailure failure -> failure.reason();
      case UnknownHostException name -> UnreachableReason.NAME_NOT_FOUND;
      case DnsNameResolverTimeoutException silent -> UnreachableReason.NAME_SERVER_SILENT;
      case DnsErrorCauseException error -> nameServer(error);
      case NotSslRecordException plain -> UnreachableReason.NOT_TLS;
      case SslHandshakeTimeoutException late -> UnreachableReason.TLS_TIMED_OUT;
      case SSLException tls -> alert(tls);
      case CertificateException certificate -> certificate(certificate);
      case CertPathBuilderException path -> UnreachableReason.UNKNOWN_AUTHORITY;
      case CertPathValidatorException path -> path(path);
      case ConnectTimeoutException late -> UnreachableReason.CONNECT_TIMED_OUT;
      case NoRouteToHostException route -> UnreachableReason.NO_ROUTE;
      case BindException local -> UnreachableReason.LOCAL_LIMIT;
      case ConnectException refused -> connect(refused);
      case NativeIoException io when io.expectedErr() == EMFILE || io.expectedErr() == ENFILE ->
          UnreachableReason.LOCAL_LIMIT;
      case ClosedChannelException closed -> UnreachableReason.CONNECTION_CLOSED;
      default -> null;
    };
  }

  private static UnreachableReason nameServer(DnsErrorCauseException error) {
    return error.getCode().equals(DnsResponseCode.NXDOMAIN)
        ? UnreachableReason.NAME_NOT_FOUND
        : UnreachableReason.NAME_SERVER_FAILED;
  }

  private static UnreachableReason alert(SSLException problem) {
    String message = String.valueOf(problem.getMessage());
    if (message.startsWith(CLOSED)) {
      return UnreachableReason.TLS_CLOSED;
    }
    int at = message.indexOf(ALERT);
    String alert = at < 0 ? "" : message.substring(at + ALERT.length());
    return ALERTS.getOrDefault(alert, UnreachableReason.TLS_FAILED);
  }

  /** The JDK's host name check throws the plain class; all other checks throw subclasses. */
  private static UnreachableReason certificate(CertificateException problem) {
    return switch (problem) {
      case CertificateExpiredException expired -> UnreachableReason.CERTIFICATE_EXPIRED;
      case CertificateNotYetValidException early -> UnreachableReason.CERTIFICATE_NOT_YET_VALID;
      default ->
          problem.getClass() == CertificateException.class
              ? UnreachableReason.HOST_MISMATCH
              : UnreachableReason.BAD_CERTIFICATE;
    };
  }

  private static UnreachableReason path(CertPathValidatorException problem) {
    if (problem.getReason() == BasicReason.REVOKED) {
      return UnreachableReason.CERTIFICATE_REVOKED;
    }
    return UnreachableReason.BAD_CERTIFICATE;
  }

  /** The epoll transport uses one class for all errors, Java's transport several. */
  private static UnreachableReason connect(ConnectException problem) {
    String message = String.valueOf(problem.getMessage());
    if (message.contains("unreachable") || message.contains("No route")) {
      return UnreachableReason.NO_ROUTE;
    }
    if (message.contains("timed out")) {
      return UnreachableReason.CONNECT_TIMED_OUT;
    }
    return message.contains("refused")
        ? UnreachableReason.CONNECTION_REFUSED
        : UnreachableReason.CONNECT_FAILED;
  }
}
