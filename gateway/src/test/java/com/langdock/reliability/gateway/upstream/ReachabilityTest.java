package com.langdock.reliability.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.UnreachableReason;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.ssl.NotSslRecordException;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ReachabilityTest {
  static Stream<Arguments> problems() {
    return Stream.of(
        of(new ConnectException("Connection refused"), UnreachableReason.CONNECTION_REFUSED),
        of(new ConnectException("Connection timed out"), UnreachableReason.CONNECT_TIMED_OUT),
        of(new ConnectException("Network is unreachable"), UnreachableReason.NO_ROUTE),
        of(new ConnectTimeoutException("late"), UnreachableReason.CONNECT_TIMED_OUT),
        of(new NoRouteToHostException("No route to host"), UnreachableReason.NO_ROUTE),
        of(new BindException("no port"), UnreachableReason.LOCAL_LIMIT),
        of(new UnknownHostException("h"), UnreachableReason.NAME_NOT_FOUND),
        of(new NotSslRecordException("h"), UnreachableReason.NOT_TLS),
        of(new SSLException("x"), UnreachableReason.TLS_FAILED),
        of(
            new SSLHandshakeException("Received fatal alert: protocol_version"),
            UnreachableReason.NO_COMMON_TLS),
        of(
            new SSLHandshakeException(
                "(certificate_required) Received fatal alert: certificate_required"),
            UnreachableReason.OUR_CERTIFICATE_REFUSED),
        of(
            new SSLHandshakeException("Connection closed while SSL/TLS handshake was in progress"),
            UnreachableReason.TLS_CLOSED),
        of(tls(new CertificateExpiredException()), UnreachableReason.CERTIFICATE_EXPIRED),
        of(
            tls(
                new CertPathValidatorException(
                    "x", new CertificateExpiredException(), null, -1, BasicReason.EXPIRED)),
            UnreachableReason.CERTIFICATE_EXPIRED),
        of(tls(new CertificateNotYetValidException()), UnreachableReason.CERTIFICATE_NOT_YET_VALID),
        of(
            tls(new CertPathValidatorException("x", null, null, -1, BasicReason.REVOKED)),
            UnreachableReason.CERTIFICATE_REVOKED),
        of(tls(new CertPathBuilderException("x")), UnreachableReason.UNKNOWN_AUTHORITY),
        of(tls(new CertificateException("No name")), UnreachableReason.HOST_MISMATCH),
        of(tls(new CertificateEncodingException("x")), UnreachableReason.BAD_CERTIFICATE),
        of(new ConnectionFailure(UnreachableReason.PROXY_REFUSED), UnreachableReason.PROXY_REFUSED),
        of(new IllegalStateException("what?"), UnreachableReason.CONNECT_FAILED));
  }

  private static Arguments of(Throwable problem, UnreachableReason reason) {
    return Arguments.of(problem, reason);
  }

  private static Throwable tls(Throwable cause) {
    SSLHandshakeException problem = new SSLHandshakeException("x");
    problem.initCause(cause);
    return problem;
  }

  @ParameterizedTest
  @MethodSource("problems")
  void findsTheReasonAtAnyDepth(Throwable problem, UnreachableReason reason) {
    assertThat(Reachability.reason(problem)).isEqualTo(reason);
    assertThat(Reachability.reason(new RuntimeException(problem))).isEqualTo(reason);
  }

  @Test
  void fallsBackToConnectFailed() {
    assertThat(Reachability.reason(null)).isEqualTo(UnreachableReason.CONNECT_FAILED);
  }

  @Test
  void distinguishesHowAConnectionWasLost() {
    assertThat(Reachability.lost(new IOException("Connection reset by peer")))
        .isEqualTo(UnreachableReason.CONNECTION_RESET);
    assertThat(Reachability.lost(new ClosedChannelException()))
        .isEqualTo(UnreachableReason.CONNECTION_CLOSED);
    assertThat(
            Reachability.lost(
                new SSLHandshakeException("Received fatal alert: certificate_required")))
        .isEqualTo(UnreachableReason.OUR_CERTIFICATE_REFUSED);
  }

  @Test
  void noReasonContainsAnAddress() {
    assertThat(UnreachableReason.values())
        .allSatisfy(reason -> assertThat(reason.text()).matches("[A-Za-z ,]{8,60}"));
  }
}
