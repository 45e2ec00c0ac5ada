package com.langdock.reliability.mock.reply;

import com.langdock.reliability.mock.fault.Damage;
import com.langdock.reliability.mock.format.Delivery;
import com.langdock.reliability.mock.format.Events;
import com.langdock.reliability.mock.format.ProviderFormat;
import com.langdock.reliability.mock.reply.Step.Close;
import com.langdock.reliability.mock.reply.Step.End;
import com.langdock.reliability.mock.reply.Step.Head;
import com.langdock.reliability.mock.reply.Step.Reset;
import com.langdock.reliability.mock.reply.Step.SendHead;
import com.langdock.reliability.mock.reply.Step.Silence;
import com.langdock.reliability.mock.reply.Step.Wait;
import com.langdock.reliability.mock.settings.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Plans the reply to a request that asked for a stream; damage comes after the number of contents
 * that the settings say, or after the last one if there are fewer.
 */
final class StreamReply {
  private final Settings settings;
  private final Delivery delivery;
  private final EventWriter writer;
  private final List<Step> steps = new ArrayList<>();

  StreamReply(Settings settings, Delivery delivery, Map<String, String> headers) {
    this.settings = settings;
    this.delivery = delivery;
    this.writer = new EventWriter(settings.shape(), delivery);
    steps.add(new Head(200, headers, -1));
  }

  List<Step> steps(Damage damage, Events events, ProviderFormat format) {
    int faultAt = Math.min(settings.breaks().afterChunks(), events.content().size());
    List<String> before = events.content().subList(0, faultAt);
    if (events.opening().isEmpty()) {
      steps.add(new SendHead());
    }
    say(events.opening());
    switch (damage) {
      case NONE -> {
        sayInPace(events.content());
        finish(events);
      }
      case MALFORMED -> {
        sayInPace(withOneBroken(events.content(), faultAt));
        finish(events);
      }
      case MISSING_DONE -> {
        sayInPace(events.content());
        say(events.closing());
        steps.add(settings.breaks().staysOpen() ? new Silence() : new End());
      }
      case ERROR_IN_STREAM -> {
        sayInPace(before);
        say(List.of(format.overloadedEvent(delivery)));
        steps.add(new End());
      }
      case STREAM_CUT -> breakOff(before, new Reset());
      case STREAM_STALL -> breakOff(before, new Silence());
      case STREAM_FIN -> breakOff(before, new Close());
      case STREAM_END -> breakOff(before, new End());
    }
    return steps;
  }

  private void breakOff(List<String> before, Step end) {
    sayInPace(before);
    steps.add(end);
  }

  private void finish(Events events) {
    say(events.closing());
    say(events.terminator());
    steps.add(new End());
  }

  private void say(List<String> events) {
    events.forEach(event -> steps.addAll(writer.write(event)));
  }

  private void sayInPace(List<String> contents) {
    Duration wait = settings.pace().beforeFirstToken();
    for (String content : contents) {
      pause(wait);
      steps.addAll(writer.write(content));
      wait = settings.pace().betweenTokens();
    }
  }

  private void pause(Duration wait) {
    if (!wait.isZero()) {
      steps.add(new Wait(wait));
    }
  }

  private static List<String> withOneBroken(List<String> contents, int index) {
    List<String> damaged = new ArrayList<>(contents);
    if (!damaged.isEmpty()) {
      int place = Math.min(index, damaged.size() - 1);
      damaged.set(place, broken(damaged.get(place)));
    }
    return damaged;
  }

  /** The text with the JSON of its last event torn off inside. */
  private static String broken(String content) {
    int json = Math.max(0, content.lastIndexOf("data: {"));
    return content.substring(0, (json + content.length()) / 2).stripTrailing() + "\n\n";
  }
}
