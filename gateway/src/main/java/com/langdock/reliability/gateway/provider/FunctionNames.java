package com.langdock.reliability.gateway.provider;

import com.langdock.reliability.gateway.exchange.Tool;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Function names that most APIs accept: 1 to 64 letters, digits, {@code _} and {@code -}.
 *
 * <p>Other names, which some clients may use, are sent with the other characters replaced and a
 * hash of the original added. Within one request each function has a name of its own, which is the
 * same for the request and its answer. Not thread-safe.
 */
public final class FunctionNames {
  private static final Pattern LEGAL = Pattern.compile("[a-zA-Z0-9_-]{1,64}");
  private static final int MAX_LENGTH = 64;
  private static final int HASH_LENGTH = "_00000000".length();

  private final Supplier<List<Tool>> tools;
  private final Map<String, String> sent = new HashMap<>();
  private final Map<String, String> originals = new HashMap<>();
  private boolean isRead;

  /** The names of {@code tools}, which are asked for with the first name. */
  public FunctionNames(Supplier<List<Tool>> tools) {
    this.tools = tools;
  }

  /** Legal names stay, so they are taken first. */
  private void read() {
    if (isRead) {
      return;
    }
    isRead = true;
    List<String> names = new ArrayList<>();
    for (Tool tool : tools.get()) {
      if (tool instanceof Tool.Function function) {
        names.add(function.name());
      }
    }
    names.stream().filter(FunctionNames::isLegal).forEach(name -> put(name, name));
    names.stream().filter(name -> !isLegal(name)).forEach(name -> put(name, free(name)));
  }

  private static boolean isLegal(String name) {
    return LEGAL.matcher(name).matches();
  }

  private void put(String name, String nameSent) {
    sent.put(name, nameSent);
    originals.put(nameSent, name);
  }

  /** A name for {@code name} that no other function has. */
  private String free(String name) {
    String known = sent.get(name);
    if (known != null) {
      return known;
    }
    String candidate = hashed(name, name);
    for (int number = 2; originals.containsKey(candidate); number++) { // once for each function
      candidate = hashed(name, name + number);
    }
    return candidate;
  }

  private static String hashed(String name, String seed) {
    String plain = ToolIds.plain(name);
    return plain.substring(0, Math.min(plain.length(), MAX_LENGTH - HASH_LENGTH))
        + "_%08x".formatted(seed.hashCode());
  }

  /** The name to send for the client's {@code name}, which may be one of no function. */
  public String sent(String name) {
    read();
    String known = sent.get(name);
    if (known != null) {
      return known;
    }
    return isLegal(name) ? name : hashed(name, name);
  }

  /** The client's name for the function that the model calls {@code nameSent}. */
  public String original(String nameSent) {
    read();
    return originals.getOrDefault(nameSent, nameSent);
  }
}
