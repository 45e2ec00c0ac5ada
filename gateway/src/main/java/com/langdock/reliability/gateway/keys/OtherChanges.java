package com.langdock.reliability.gateway.keys;

import com.langdock.reliability.core.access.ClientKey;
import com.langdock.reliability.core.access.KeyText;
import com.langdock.reliability.core.quota.Period;
import com.langdock.reliability.core.quota.Subject;
import com.langdock.reliability.gateway.config.access.AccessConfig;
import com.langdock.reliability.gateway.config.access.KeyConfig;
import com.langdock.reliability.gateway.config.access.KeyRules;
import com.langdock.reliability.gateway.config.access.SubjectReader;
import com.langdock.reliability.gateway.config.access.TeamConfig;
import com.langdock.reliability.gateway.keys.Governance.Made;
import com.langdock.reliability.gateway.keys.store.AuditRow;
import com.langdock.reliability.gateway.keys.store.CreditRow;
import com.langdock.reliability.gateway.keys.store.GovernanceChange;
import com.langdock.reliability.gateway.keys.store.KeyRow;
import com.langdock.reliability.gateway.keys.store.TeamRow;
import com.langdock.reliability.json.JsonValue;
import com.langdock.reliability.json.JsonWriter;
import com.langdock.reliability.yaml.ConfigProblem;
import com.langdock.reliability.yaml.Problems;
import com.langdock.reliability.yaml.Section;
import com.langdock.reliability.yaml.YamlNode;
import com.langdock.reliability.yaml.YamlReader;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Adds to budgets, and takes over many keys and teams at once. Thread-safe; blocks. */
public final class OtherChanges {
  private static final int MAX_REASON = 256;
  private static final String IMPORT = "import";

  private final Governance governance;
  private final RandomGenerator random;

  /** Changes; {@code random} chooses ids. */
  public OtherChanges(Governance governance, RandomGenerator random) {
    this.governance = governance;
    this.random = random;
  }

  /** A credit as somebody asks for it. */
  private record Draft(String subject, Period period, long nanodollars, String reason) {
    static Draft read(Section section) {
      for (String field : List.of("subject", "period", "amount", "reason")) {
        if (!section.has(field)) {
          section.place(field).reject("is required");
        }
      }
      long amount = SubjectReader.dollars(section, "amount");
      if (amount == 0 && section.has("amount")) {
        section.place("amount").reject("must be more than 0 dollars");
      }
      String reason = section.value("reason").text().orElse("");
      if (reason.length() > MAX_REASON) {
        section.place("reason").reject("is longer than 256 characters");
      }
      return new Draft(
          section.value("subject").text().orElse(""),
          section.value("period").choice(Period.class).orElse(Period.TOTAL),
          amount,
          reason);
    }
  }

  /** Adds to the budget of a subject in the current period. */
  public Outcome credit(AuditRow.By by, JsonValue body) throws SQLException {
    Problems problems = new Problems();
    Draft draft = RulesReader.read(JsonNodes.of(body), problems, Draft::read);
    if (!problems.errors().isEmpty()) {
      return new Outcome.Invalid(problems.errors());
    }
    KeyDirectory keys = governance.keys();
    Subject subject = Subject.parse(draft.subject);
    if (subject == null || !keys.hasBudget(subject, draft.period)) {
      return Outcome.Invalid.of(
          "subject", "must be all, key:ID, team:NAME or model:NAME with a budget of that period");
    }
    String period = keys.today(draft.period);
    return governance.change(
        by,
        "add_credit",
        change -> {
          CreditRow credit = new CreditRow(subject.toString(), period, draft.nanodollars);
          AuditRow made =
              new AuditRow(0, governance.now(), by, "add_credit", "", AuditRow.Change.NONE, "done");
          change.credit(KeyText.id(random), credit, draft.reason, made);
          return new Made(
              new Outcome.Credited(credit.subject(), period, draft.nanodollars, change.version()),
              credit.subject(),
              new AuditRow.Change(null, json(credit, draft.reason)));
        });
  }

  private static String json(CreditRow credit, String reason) {
    return JsonWriter.value(json -> {
      json.writeStartObject();
      json.writeStringProperty("period", credit.period());
      json.writeNumberProperty("nanodollars", credit.nanodollars());
      json.writeStringProperty("reason", reason);
      json.writeEndObject();
    });
  }

  /** Takes over the keys and teams of a text that is like a file's: all of them or none. */
  public Outcome take(AuditRow.By by, String yaml) throws SQLException {
    Problems problems = new Problems();
    SubjectReader reader = governance.reader();
    Optional<YamlNode> tree = YamlReader.document(yaml, problems);
    KeyDirectory keys = governance.keys();
    Set<String> teams = new HashSet<>();
    keys.file().teams().forEach(team -> teams.add(team.name()));
    keys.teams().forEach(team -> teams.add(team.rules().name()));
    AccessConfig read =
        tree.isEmpty()
            ? null
            : RulesReader.read(
                tree.get(), problems, section -> reader.all(section, teams, keys.file().limits()));
    if (read == null || !problems.errors().isEmpty()) {
      return new Outcome.Invalid(problems.errors());
    }
    return governance.change(by, "import_keys", change -> take(read, change));
  }

  private Made take(AccessConfig read, GovernanceChange change) throws SQLException {
    List<ConfigProblem> problems = new ArrayList<>();
    List<TeamRow> teams = new ArrayList<>();
    for (TeamConfig team : read.teams()) {
      if (change.team(team.name()).filter(row -> !row.isRemoved()).isPresent()) {
        problems.add(new ConfigProblem(0, team.name(), "another team has that name"));
      }
      teams.add(new StoredTeam(team, governance.now(), change.version()).row());
    }
    List<KeyRow> keys = new ArrayList<>();
    for (KeyConfig key : read.keys()) {
      String problem = problem(key, change);
      if (problem != null) {
        problems.add(new ConfigProblem(0, key.name(), problem));
      }
      keys.add(row(key, change.version()));
    }
    if (!problems.isEmpty()) {
      return new Made(new Outcome.Invalid(problems), IMPORT, AuditRow.Change.NONE);
    }
    change.putTeams(teams);
    change.putKeys(keys);
    return new Made(
        new Outcome.Imported(keys.size(), teams.size(), change.version()),
        IMPORT,
        new AuditRow.Change(null, "{\"keys\":" + keys.size() + ",\"teams\":" + teams.size() + "}"));
  }

  private @Nullable String problem(KeyConfig key, GovernanceChange change) throws SQLException {
    KeyDirectory keys = governance.keys();
    if (keys.fileKey(key.name()).isPresent() || change.isNameTaken(key.name(), "")) {
      return "another key has that name";
    }
    boolean isTaken =
        change.isHashTaken(key.secret().hash())
            || keys.file().keys().stream()
                .anyMatch(of -> of.secret().hash().equals(key.secret().hash()));
    return isTaken ? "another key has its hash, or had it" : null;
  }

  private KeyRow row(KeyConfig key, long version) {
    Instant expires = key.secret().expires();
    return new StoredKey(
            KeyText.id(random),
            key.name(),
            new KeyRow.Holder(key.team(), null),
            new KeyRules(key.rights(), key.priority(), key.limits(), key.metadata()),
            new KeyRow.Secrets(key.secret().hash(), null, 0),
            new KeyRow.Life(
                governance.now(),
                expires == null ? ClientKey.NEVER : expires.toEpochMilli(),
                false,
                0,
                false),
            version)
        .row();
  }
}
