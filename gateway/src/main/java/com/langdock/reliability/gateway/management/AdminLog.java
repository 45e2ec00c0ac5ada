package com.langdock.reliability.gateway.management;

import io.vertx.core.http.HttpServerRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs the changes that operators make. Shows neither tokens nor bodies. */
final class AdminLog {
  private static final Logger LOG = LoggerFactory.getLogger("com.langdock.reliability.admin");

  private AdminLog() {}

  /**
   * Logs a change that was made.
   *
   * @param action such as {@code reset_circuit}
   * @param object what it was done to, such as a provider's name
   */
  static void changed(HttpServerRequest request, String action, String object) {
    LOG.atInfo()
        .addKeyValue("event", "admin_action")
        .addKeyValue("action", action)
        .addKeyValue("object", object)
        .addKeyValue("token", Operators.of(request))
        .addKeyValue("address", Operators.address(request))
        .log("admin action {}: {}", action, object);
  }

  /**
   * Logs a change that was made or tried.
   *
   * @param result {@code done}, or why it was not made
   */
  static void tried(HttpServerRequest request, String action, String object, String result) {
    LOG.atInfo()
        .addKeyValue("event", "admin_action")
        .addKeyValue("action", action)
        .addKeyValue("object", object)
        .addKeyValue("result", result)
        .addKeyValue("token", Operators.of(request))
        .addKeyValue("address", Operators.address(request))
        .log("admin action {}: {}: {}", action, object, result);
  }

  /** Logs how many requests were refused since the last such line. */
  static void refused(HttpServerRequest request, String code, long count) {
    LOG.atWarn()
        .addKeyValue("event", "admin_refused")
        .addKeyValue("code", code)
        .addKeyValue("address", Operators.address(request))
        .addKeyValue("count", count)
        .log("refused on the management port: {}", code);
  }
}
