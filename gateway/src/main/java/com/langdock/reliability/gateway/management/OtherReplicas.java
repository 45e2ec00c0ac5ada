package com.langdock.reliability.gateway.management;

import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.gateway.keys.Governance;
import com.langdock.reliability.gateway.keys.store.GovernanceStore.Lagging;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JsonGenerator;

/** Waits until other processes on the same store have seen a change. */
final class OtherReplicas {
  private static final Logger LOG = LoggerFactory.getLogger(OtherReplicas.class);
  private static final Pattern TIME = Pattern.compile("(\\d{1,5})(ms|s)");
  private static final long MOST_MILLIS = 60_000;
  private static final long EVERY_MILLIS = 50;

  private final Vertx vertx;
  private final Workers workers;
  private final Ticker ticker;

  OtherReplicas(Vertx vertx, Workers workers, Ticker ticker) {
    this.vertx = vertx;
    this.workers = workers;
    this.ticker = ticker;
  }

  /** How long {@code request} wants to wait; zero for not at all, negative for no time. */
  static long waitMillis(HttpServerRequest request) {
    String wait = request.getParam("wait");
    if (wait == null) {
      return 0;
    }
    Matcher time = TIME.matcher(wait);
    if (!time.matches()) {
      return -1;
    }
    long number = Long.parseLong(time.group(1));
    long millis = time.group(2).equals("s") ? TimeUnit.SECONDS.toMillis(number) : number;
    return millis > MOST_MILLIS ? -1 : millis;
  }

  /** Tells {@code then} who has not seen {@code version}, as soon as all have or time is over. */
  void await(Governance governance, long version, long millis, Consumer<List<Lagging>> then) {
    look(
        governance,
        version,
        ticker.nanos() + TimeUnit.MILLISECONDS.toNanos(millis),
        then,
        List.of());
  }

  private void look(
      Governance governance,
      long version,
      long until,
      Consumer<List<Lagging>> then,
      List<Lagging> before) {
    workers
        .call(() -> governance.lagging(version))
        .onComplete((found, failed) -> {
          if (failed != null) {
            LOG.debug("nobody knows who has seen a change", failed);
          }
          List<Lagging> lagging = found == null ? unknown(before) : found;
          if (lagging.isEmpty() || ticker.nanos() - until >= 0) {
            then.accept(lagging);
          } else {
            vertx.setTimer(EVERY_MILLIS, timer -> look(governance, version, until, then, lagging));
          }
        });
  }

  /** While the store cannot be asked: those that it named last, or that nobody knows. */
  private static List<Lagging> unknown(List<Lagging> before) {
    return before.isEmpty() ? List.of(new Lagging("unknown", "unknown", 0)) : before;
  }

  /** The processes that lag. */
  static void write(List<Lagging> lagging, JsonGenerator json) {
    json.writeArrayPropertyStart("lagging");
    for (Lagging one : lagging) {
      json.writeStartObject();
      json.writeStringProperty("replica", one.replica());
      json.writeStringProperty("host", one.host());
      json.writeNumberProperty("seen_version", one.seenVersion());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
