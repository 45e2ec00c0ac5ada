package com.langdock.reliability.gateway.keys;

import com.langdock.reliability.core.access.ClientKey;
import com.langdock.reliability.core.access.KeyHash;
import com.langdock.reliability.core.access.KeyText;
import com.langdock.reliability.gateway.config.access.SubjectReader;
import com.langdock.reliability.gateway.keys.Governance.Made;
import com.langdock.reliability.gateway.keys.Outcome.Reason;
import com.langdock.reliability.gateway.keys.store.AuditRow;
import com.langdock.reliability.gateway.keys.store.GovernanceChange;
import com.langdock.reliability.gateway.keys.store.KeyRow;
import com.langdock.reliability.json.JsonValue;
import com.langdock.reliability.json.JsonWriter;
import com.langdock.reliability.yaml.Problems;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Creates, changes, rotates and revokes keys. Thread-safe; blocks. */
public final class KeyChanges {
  private static final Duration LONGEST_OVERLAP = Duration.ofDays(90);

  private final Governance governance;
  private final RandomGenerator random;

  /** Changes; {@code random} is fit for secrets. */
  public KeyChanges(Governance governance, RandomGenerator random) {
    this.governance = governance;
    this.random = random;
  }

  /**
   * Which key is meant.
   *
   * @param id as it stands in the path
   * @param version that it must have
   */
  public record Which(String id, OptionalLong version) {
    /** Without what stands before an id. */
    String bare() {
      return id.startsWith(StoredKey.PREFIX) ? id.substring(StoredKey.PREFIX.length()) : id;
    }

    /** Whether another version is meant than {@code present}. */
    boolean isStale(long present) {
      return version.isPresent() && version.getAsLong() != present;
    }
  }

  /** Creates a key; makes a new secret unless a hash is brought. */
  public Outcome create(AuditRow.By by, JsonValue body) throws SQLException {
    Problems problems = new Problems();
    SubjectReader reader = governance.reader();
    long now = governance.now();
    KeyDraft draft =
        RulesReader.read(
            JsonNodes.of(body),
            problems,
            section -> KeyDraft.read(section, reader, governance.zone(), now, true));
    if (!problems.errors().isEmpty()) {
      return new Outcome.Invalid(problems.errors());
    }
    return governance.change(
        by,
        "create_key",
        change -> {
          String id = KeyText.id(random);
          Made refused = refusal(StoredKey.PREFIX + id, draft, id, change);
          if (refused != null) {
            return refused;
          }
          String secret = draft.hash().isPresent() ? null : KeyText.CLIENT_KEY.next(id, random);
          StoredKey key =
              key(
                  draft,
                  id,
                  new KeyRow.Secrets(draft.hash().orElseGet(() -> hash(secret)), null, 0),
                  new KeyRow.Life(now, draft.expiresAt(), false, 0, false),
                  change.version());
          return put(null, key, secret, change);
        });
  }

  private static KeyHash hash(@Nullable String secret) {
    return KeyHash.of(secret == null ? "" : secret);
  }

  private static StoredKey key(
      KeyDraft draft, String id, KeyRow.Secrets secrets, KeyRow.Life life, long version) {
    return new StoredKey(id, draft.name(), draft.holder(), draft.rules(), secrets, life, version);
  }

  /** Why a key cannot be as {@code draft} says; null if it can. */
  @Nullable Made refusal(String object, KeyDraft draft, String id, GovernanceChange change)
      throws SQLException {
    KeyDirectory keys = governance.keys();
    if (keys.fileKey(draft.name()).isPresent() || change.isNameTaken(draft.name(), id)) {
      return Made.refused(object, Reason.NAME_TAKEN, "Another key is named " + draft.name() + ".");
    }
    String team = draft.holder().team();
    boolean isTeam =
        team == null
            || keys.file().teams().stream().anyMatch(one -> one.name().equals(team))
            || change.team(team).filter(row -> !row.isRemoved()).isPresent();
    if (!isTeam) {
      return new Made(
          Outcome.Invalid.of("team", "there is no such team"), object, AuditRow.Change.NONE);
    }
    Optional<KeyHash> hash = draft.hash();
    boolean isTaken =
        hash.isPresent()
            && (change.isHashTaken(hash.get())
                || keys.file().keys().stream()
                    .anyMatch(key -> key.secret().hash().equals(hash.get())));
    return isTaken
        ? Made.refused(object, Reason.HASH_TAKEN, "Another key has this hash, or had it.")
        : null;
  }

  /** Changes what {@code body} has; a field that is null is removed. */
  public Outcome change(AuditRow.By by, Which which, JsonValue body) throws SQLException {
    return onKey(
        by,
        "change_key",
        which,
        (before, change) -> {
          Problems problems = new Problems();
          SubjectReader reader = governance.reader();
          long now = governance.now();
          KeyDraft draft =
              RulesReader.read(
                  JsonNodes.merged(own(before, body), body),
                  problems,
                  section -> KeyDraft.read(section, reader, governance.zone(), now, false));
          if (!problems.errors().isEmpty()) {
            return new Made(
                new Outcome.Invalid(problems.errors()), before.keyId(), AuditRow.Change.NONE);
          }
          Made refused = refusal(before.keyId(), draft, before.id(), change);
          if (refused != null) {
            return refused;
          }
          KeyRow.Life life =
              new KeyRow.Life(before.life().createdAt(), draft.expiresAt(), draft.off(), 0, false);
          StoredKey key = key(draft, before.id(), before.secrets(), life, change.version());
          return put(before, key, null, change);
        });
  }

  /** The key as it could be sent; without its end where {@code patch} sends another. */
  private static String own(StoredKey key, JsonValue patch) {
    return JsonWriter.value(json -> {
      json.writeStartObject();
      json.writeStringProperty("name", key.name());
      json.writeStringProperty("team", key.holder().team());
      json.writeStringProperty("owner", key.holder().owner());
      json.writeBooleanProperty("off", key.life().off());
      if (key.life().expiresAt() != ClientKey.NEVER && patch.field("expires_in") == null) {
        json.writeStringProperty(
            "expires", Instant.ofEpochMilli(key.life().expiresAt()).toString());
      }
      RulesJson.key(key.rules(), json);
      json.writeEndObject();
    });
  }

  /** Gives a key another secret; the old one works for {@code overlap}. */
  public Outcome rotate(AuditRow.By by, Which which, JsonValue body) throws SQLException {
    Problems problems = new Problems();
    Duration overlap =
        RulesReader.read(
            JsonNodes.of(body),
            problems,
            section ->
                section.has("overlap") && !section.value("overlap").isWord("0s")
                    ? section.value("overlap").duration(Duration.ZERO, LONGEST_OVERLAP)
                    : Duration.ZERO);
    if (!problems.errors().isEmpty()) {
      return new Outcome.Invalid(problems.errors());
    }
    return onKey(
        by,
        "rotate_key",
        which,
        (before, change) -> {
          String secret = KeyText.CLIENT_KEY.next(before.id(), random);
          boolean overlaps = overlap.isPositive();
          KeyRow.Secrets secrets =
              new KeyRow.Secrets(
                  KeyHash.of(secret),
                  overlaps ? before.secrets().hash() : null,
                  overlaps ? governance.now() + overlap.toMillis() : 0);
          StoredKey key =
              new StoredKey(
                  before.id(),
                  before.name(),
                  before.holder(),
                  before.rules(),
                  secrets,
                  before.life(),
                  change.version());
          return put(before, key, secret, change);
        });
  }

  /**
   * Revokes a key for ever.
   *
   * @param cuts whether its running requests end too
   */
  public Outcome revoke(AuditRow.By by, Which which, boolean cuts) throws SQLException {
    return governance.change(
        by,
        "revoke_key",
        change -> {
          StoredKey before = find(which, change);
          if (before == null) {
            return missing(which);
          }
          if (which.isStale(before.version())) {
            return stale(before);
          }
          KeyRow.Life life = before.life();
          boolean isDone = life.isRevoked() && (life.cut() || !cuts);
          KeyRow.Life ended =
              new KeyRow.Life(
                  life.createdAt(),
                  life.expiresAt(),
                  life.off(),
                  life.isRevoked() ? life.revokedAt() : governance.now(),
                  cuts);
          StoredKey key =
              new StoredKey(
                  before.id(),
                  before.name(),
                  before.holder(),
                  before.rules(),
                  before.secrets(),
                  isDone ? life : ended,
                  isDone ? before.version() : change.version());
          return isDone
              ? new Made(new Outcome.Key(before, null), before.keyId(), AuditRow.Change.NONE)
              : put(before, key, null, change);
        });
  }

  /** A change of a key that there is and that is not revoked. */
  private interface OfKey {
    Made make(StoredKey before, GovernanceChange change) throws SQLException;
  }

  private Outcome onKey(AuditRow.By by, String action, Which which, OfKey then)
      throws SQLException {
    return governance.change(
        by,
        action,
        change -> {
          StoredKey before = find(which, change);
          if (before == null) {
            return missing(which);
          }
          if (before.life().isRevoked()) {
            return Made.refused(before.keyId(), Reason.KEY_REVOKED, "The key is revoked for ever.");
          }
          return which.isStale(before.version()) ? stale(before) : then.make(before, change);
        });
  }

  private @Nullable StoredKey find(Which which, GovernanceChange change) throws SQLException {
    Optional<KeyRow> row = change.key(which.bare());
    return row.isEmpty()
        ? null
        : StoredKey.of(row.get(), new RulesReader().key(row.get().id(), row.get().rules()));
  }

  private Made missing(Which which) {
    String object = StoredKey.PREFIX + which.bare();
    return governance.keys().fileKey(which.bare()).isPresent()
        ? Made.refused(
            object, Reason.SOURCE_FILE, "This key is in the configuration file: change it there.")
        : Made.refused(object, Reason.NOT_FOUND, "There is no key of that id.");
  }

  private static Made stale(StoredKey before) {
    return Made.refused(
        before.keyId(),
        Reason.STALE_VERSION,
        "The key has version " + before.version() + " by now: read it again.");
  }

  private Made put(
      @Nullable StoredKey before, StoredKey after, @Nullable String secret, GovernanceChange change)
      throws SQLException {
    change.putKeys(List.of(after.row()));
    long now = governance.now();
    return new Made(
        new Outcome.Key(after, secret),
        after.keyId(),
        new AuditRow.Change(
            before == null ? null : KeyJson.of(before, now), KeyJson.of(after, now)));
  }
}
