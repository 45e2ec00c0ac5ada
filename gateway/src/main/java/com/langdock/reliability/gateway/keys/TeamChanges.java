package com.langdock.reliability.gateway.keys;

import com.langdock.reliability.gateway.config.access.SubjectReader;
import com.langdock.reliability.gateway.config.access.TeamConfig;
import com.langdock.reliability.gateway.keys.Governance.Made;
import com.langdock.reliability.gateway.keys.KeyChanges.Which;
import com.langdock.reliability.gateway.keys.Outcome.Reason;
import com.langdock.reliability.gateway.keys.store.AuditRow;
import com.langdock.reliability.gateway.keys.store.GovernanceChange;
import com.langdock.reliability.gateway.keys.store.TeamRow;
import com.langdock.reliability.json.JsonValue;
import com.langdock.reliability.yaml.Problems;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Creates, changes and removes teams. Thread-safe; blocks. */
public final class TeamChanges {
  private static final String PREFIX = "team:";

  private final Governance governance;

  /** Changes of teams. */
  public TeamChanges(Governance governance) {
    this.governance = governance;
  }

  /** Creates a team. */
  public Outcome create(AuditRow.By by, JsonValue body) throws SQLException {
    Problems problems = new Problems();
    SubjectReader reader = governance.reader();
    TeamConfig rules =
        RulesReader.read(
            JsonNodes.of(body),
            problems,
            section -> reader.team(SubjectReader.name(section), section));
    if (!problems.errors().isEmpty()) {
      return new Outcome.Invalid(problems.errors());
    }
    return governance.change(
        by,
        "create_team",
        change -> {
          String object = PREFIX + rules.name();
          return isTaken(rules.name(), change)
              ? Made.refused(object, Reason.NAME_TAKEN, "Another team has that name.")
              : put(null, new StoredTeam(rules, governance.now(), change.version()), change);
        });
  }

  /** Whether a team of that name is in the file or the store. */
  boolean isTaken(String name, GovernanceChange change) throws SQLException {
    return isOfFile(name) || change.team(name).filter(row -> !row.isRemoved()).isPresent();
  }

  private boolean isOfFile(String name) {
    return governance.keys().file().teams().stream().anyMatch(team -> team.name().equals(name));
  }

  /** Changes what {@code body} has; a field that is null is removed. */
  public Outcome change(AuditRow.By by, Which which, JsonValue body) throws SQLException {
    return onTeam(
        by,
        "change_team",
        which,
        (before, change) -> {
          Problems problems = new Problems();
          SubjectReader reader = governance.reader();
          TeamConfig rules =
              RulesReader.read(
                  JsonNodes.merged(RulesJson.of(before.rules()), body),
                  problems,
                  section -> reader.team(before.rules().name(), section));
          return problems.errors().isEmpty()
              ? put(before, new StoredTeam(rules, before.createdAt(), change.version()), change)
              : new Made(
                  new Outcome.Invalid(problems.errors()), object(before), AuditRow.Change.NONE);
        });
  }

  /** Removes a team that no key belongs to. */
  public Outcome remove(AuditRow.By by, Which which) throws SQLException {
    return onTeam(
        by,
        "remove_team",
        which,
        (before, change) -> {
          String name = before.rules().name();
          long keys = change.keysOf(name);
          if (keys > 0) {
            return Made.refused(
                object(before),
                Reason.TEAM_IN_USE,
                keys + " keys belong to the team: move or revoke them first.");
          }
          TeamRow row = before.row();
          change.putTeams(
              List.of(
                  new TeamRow(
                      name, row.rules(), row.createdAt(), governance.now(), change.version())));
          return new Made(
              new Outcome.Removed(name, change.version()),
              object(before),
              new AuditRow.Change(KeyJson.of(before), null));
        });
  }

  /** A change of a team that there is. */
  private interface OfTeam {
    Made make(StoredTeam before, GovernanceChange change) throws SQLException;
  }

  private Outcome onTeam(AuditRow.By by, String action, Which which, OfTeam then)
      throws SQLException {
    String name =
        which.id().startsWith(PREFIX) ? which.id().substring(PREFIX.length()) : which.id();
    return governance.change(
        by,
        action,
        change -> {
          if (isOfFile(name)) {
            return Made.refused(
                PREFIX + name,
                Reason.SOURCE_FILE,
                "This team is in the configuration file: change it there.");
          }
          Optional<TeamRow> row = change.team(name).filter(team -> !team.isRemoved());
          if (row.isEmpty()) {
            return Made.refused(PREFIX + name, Reason.NOT_FOUND, "There is no team of that name.");
          }
          StoredTeam before =
              StoredTeam.of(row.get(), new RulesReader().team(name, row.get().rules()));
          return which.isStale(before.version())
              ? Made.refused(
                  PREFIX + name,
                  Reason.STALE_VERSION,
                  "The team has version " + before.version() + " by now: read it again.")
              : then.make(before, change);
        });
  }

  private static String object(StoredTeam team) {
    return PREFIX + team.rules().name();
  }

  private static Made put(@Nullable StoredTeam before, StoredTeam after, GovernanceChange change)
      throws SQLException {
    change.putTeams(List.of(after.row()));
    return new Made(
        new Outcome.Team(after),
        object(after),
        new AuditRow.Change(before == null ? null : KeyJson.of(before), KeyJson.of(after)));
  }
}
