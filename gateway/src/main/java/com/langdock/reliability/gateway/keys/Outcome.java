package com.langdock.reliability.gateway.keys;

import com.langdock.reliability.core.domain.Labels;
import com.langdock.reliability.yaml.ConfigProblem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of a change that an operator asked for. */
public sealed interface Outcome {
  /**
   * A key is as it was to be.
   *
   * @param secret the key itself, which is shown this once; null where there is no new one
   */
  record Key(StoredKey key, @Nullable String secret) implements Outcome {
    /** Leaves out the secret. */
    @Override
    public String toString() {
      return "Key[" + key.keyId() + "]";
    }
  }

  /** A team is as it was to be. */
  record Team(StoredTeam team) implements Outcome {}

  /** A team was removed by the change of that version. */
  record Removed(String team, long version) implements Outcome {}

  /**
   * A budget was added to.
   *
   * @param period its key, such as {@code 2027-01}
   */
  record Credited(String subject, String period, long nanodollars, long version)
      implements Outcome {}

  /** So many keys and teams were taken over. */
  record Imported(int keys, int teams, long version) implements Outcome {}

  /** What was sent is wrong; nothing has changed. */
  record Invalid(List<ConfigProblem> problems) implements Outcome {
    /** Keeps an immutable copy. */
    public Invalid {
      problems = List.copyOf(problems);
    }

    static Invalid of(String path, String message) {
      return new Invalid(List.of(new ConfigProblem(0, path, message)));
    }
  }

  /** It is not possible as things are; nothing has changed. */
  record Refused(Reason reason, String message) implements Outcome {}

  /** Why a change is not possible. */
  enum Reason {
    /** There is no such key or team. */
    NOT_FOUND,
    /** It is of the configuration, where it can be changed. */
    SOURCE_FILE,
    /** Another key or team has that name. */
    NAME_TAKEN,
    /** Another key has that hash. */
    HASH_TAKEN,
    /** The key is revoked. */
    KEY_REVOKED,
    /** Keys belong to the team. */
    TEAM_IN_USE,
    /** It was changed since it was read. */
    STALE_VERSION;

    /** The code of the error. */
    public String code() {
      return Labels.of(this);
    }
  }
}
