package com.langdock.reliability.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;

/** Says in one line why a port cannot be listened on, and which setting to change. */
final class ListenFailure {
  private static final int FIRST_FREE_FOR_ALL = 1_024;

  private ListenFailure() {}

  /**
   * The line for a port.
   *
   * @param hostSetting the path of the setting that names the host
   * @param portSetting the path of the setting that names the port
   * @param cause what was thrown
   */
  static String describe(
      String hostSetting, String portSetting, String host, int port, Throwable cause) {
    String failed = "cannot listen on " + host + ":" + port + ": ";
    return switch (kind(host)) {
      case UNKNOWN ->
          hostSetting
              + ": "
              + failed
              + "the host is not known; use 0.0.0.0 or an address of this machine";
      case ELSEWHERE ->
          hostSetting
              + ": "
              + failed
              + "this is no address of this machine; use one of its own, or 0.0.0.0";
      case HERE -> portSetting + ": " + failed + reason(cause) + advice(port);
    };
  }

  private enum Kind {
    UNKNOWN,
    ELSEWHERE,
    HERE
  }

  private static Kind kind(String host) {
    try {
      InetAddress address = InetAddress.getByName(host);
      boolean own =
          address.isAnyLocalAddress()
              || address.isLoopbackAddress()
              || NetworkInterface.getByInetAddress(address) != null;
      return own ? Kind.HERE : Kind.ELSEWHERE;
    } catch (UnknownHostException unknown) {
      return Kind.UNKNOWN;
    } catch (IOException notSaid) {
      return Kind.HERE;
    }
  }

  private static String reason(Throwable cause) {
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message.replaceAll("\\s+", " ");
  }

  private static String advice(int port) {
    String other = "; stop what listens there, or set another port";
    return port > 0 && port < FIRST_FREE_FOR_ALL
        ? other + " (ports below 1024 need a privilege)"
        : other;
  }
}
