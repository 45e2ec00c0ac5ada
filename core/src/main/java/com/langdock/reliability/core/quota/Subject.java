package com.langdock.reliability.core.quota;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whose limits and usage: a request counts under up to four of them.
 *
 * @param name empty where there is only one of its kind
 */
public record Subject(Kind kind, String name) {
  /** Every request of the gateway. */
  public static final Subject ALL = new Subject(Kind.ALL, "");

  /** The requests that bring no key. */
  public static final Subject ANONYMOUS = new Subject(Kind.ANONYMOUS, "");

  /** What a subject is. */
  public enum Kind {
    /** A client key. */
    KEY,
    /** The keys of a team together. */
    TEAM,
    /** The model asked for, whoever asks. */
    MODEL,
    /** Everybody. */
    ALL,
    /** Whoever brings no key. */
    ANONYMOUS
  }

  /** The client key of this name. */
  public static Subject key(String name) {
    return new Subject(Kind.KEY, name);
  }

  /** The team of this name. */
  public static Subject team(String name) {
    return new Subject(Kind.TEAM, name);
  }

  /** The model that clients ask for by this name. */
  public static Subject model(String name) {
    return new Subject(Kind.MODEL, name);
  }

  /** The subject whose {@link #toString} is {@code text}; null when there is none. */
  public static @Nullable Subject parse(String text) {
    int colon = text.indexOf(':');
    String name = text.substring(colon + 1);
    return switch (colon < 0 ? text : text.substring(0, colon)) {
      case "all" -> colon < 0 ? ALL : null;
      case "anonymous" -> colon < 0 ? ANONYMOUS : null;
      case "key" -> colon < 0 || name.isEmpty() ? null : key(name);
      case "team" -> colon < 0 || name.isEmpty() ? null : team(name);
      case "model" -> colon < 0 || name.isEmpty() ? null : model(name);
      default -> null;
    };
  }

  /** The kind in lower case. */
  public String of() {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /** Whether several callers share its limits. */
  public boolean isShared() {
    return kind == Kind.TEAM || kind == Kind.MODEL || kind == Kind.ALL;
  }

  @Override
  public String toString() {
    return name.isEmpty() ? of() : of() + ":" + name;
  }
}
