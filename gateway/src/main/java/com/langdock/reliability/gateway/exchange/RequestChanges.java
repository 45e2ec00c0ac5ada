package com.langdock.reliability.gateway.exchange;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the meaning of a provider's request differs from the client's. Fields are named by their path
 * in the client's request, such as {@code tools[0].parameters}.
 *
 * @param dropped fields that the provider's format or the model does not support
 * @param adjusted fields that were changed so that the provider accepts them
 */
public record RequestChanges(List<String> dropped, List<String> adjusted) {
  /** The request has the same meaning. */
  public static final RequestChanges NONE = new RequestChanges(List.of(), List.of());

  /** Collects the changes of one request, at most {@value #MAX_FIELDS} of each kind. */
  public static final class Builder {
    private static final int MAX_FIELDS = 32;
    private static final int MAX_LENGTH = 64;

    private @Nullable List<String> dropped;
    private @Nullable List<String> adjusted;

    /** Records a dropped field. Duplicates are ignored. */
    public void dropped(String field) {
      dropped = add(dropped, field);
    }

    /** Records an adjusted field. Duplicates are ignored. */
    public void adjusted(String field) {
      adjusted = add(adjusted, field);
    }

    /** The recorded changes. */
    public RequestChanges build() {
      return dropped == null && adjusted == null
          ? NONE
          : new RequestChanges(listOf(dropped), listOf(adjusted));
    }

    private static List<String> listOf(@Nullable List<String> fields) {
      return fields == null ? List.of() : List.copyOf(fields);
    }

    private static List<String> add(@Nullable List<String> fields, String field) {
      List<String> all = fields == null ? new ArrayList<>() : fields;
      String name = headerSafe(field);
      if (all.size() < MAX_FIELDS && !all.contains(name)) {
        all.add(name);
      }
      return all;
    }

    /** Paths come from clients and are sent in a header: only visible ASCII without a comma. */
    private static String headerSafe(String field) {
      String safe = field.length() <= MAX_LENGTH ? field : field.substring(0, MAX_LENGTH);
      return safe.chars().allMatch(c -> c > ' ' && c <= '~' && c != ',')
          ? safe
          : safe.replaceAll("[^!-~]|,", "?");
    }
  }
}
