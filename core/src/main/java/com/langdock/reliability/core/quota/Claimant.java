package com.langdock.reliability.core.quota;

import com.langdock.reliability.core.access.Priority;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who a request counts for.
 *
 * @param subjects whose limits it counts under, each once; at most {@link #MAX_SUBJECTS}
 */
public record Claimant(List<Subject> subjects, Priority priority) {
  /** The most subjects that one request counts under. */
  public static final int MAX_SUBJECTS = 8;

  /** Keeps an immutable copy. */
  public Claimant {
    subjects = List.copyOf(subjects);
    if (subjects.size() > MAX_SUBJECTS || subjects.stream().distinct().count() < subjects.size()) {
      throw new IllegalArgumentException("too many subjects, or one twice: " + subjects);
    }
  }

  /** The key, or who has none; null where nobody is known. */
  @Nullable Subject key() {
    for (Subject subject : subjects) {
      if (subject.kind() == Subject.Kind.KEY || subject.kind() == Subject.Kind.ANONYMOUS) {
        return subject;
      }
    }
    return null;
  }
}
