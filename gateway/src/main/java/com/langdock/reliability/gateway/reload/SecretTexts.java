package com.langdock.reliability.gateway.reload;

import com.langdock.reliability.yaml.ConfigProblem;
import com.langdock.reliability.yaml.Problems;
import com.langdock.reliability.yaml.YamlNode;
import com.langdock.reliability.yaml.YamlNode.Mapping;
import com.langdock.reliability.yaml.YamlNode.Scalar;
import com.langdock.reliability.yaml.YamlNode.Sequence;
import com.langdock.reliability.yaml.YamlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds what is secret in the text of a configuration. */
final class SecretTexts {
  private static final String HIDDEN = "***";
  private static final String WHOLE = "# not shown: it has a secret that cannot be masked\n";
  private static final String MESSAGE =
      "must be ${NAME}, from the environment: what is put here is kept as it is";

  /** A hash is no secret that must not be in the file, but nobody needs to see it. */
  private static final String HASH = "hash";

  /** Its query may have a key, and mostly has a version. */
  private static final String BASE_URL = "base_url";

  private static final Set<String> KEYS =
      Set.of(
          "api_key",
          "admin_token",
          "client_secret",
          "access_key_id",
          "secret_access_key",
          "session_token",
          "password",
          HASH);

  private static final Pattern HEADER =
      Pattern.compile("auth|key|token|secret|cookie|credential", Pattern.CASE_INSENSITIVE);

  /** A reference without a default. */
  private static final Pattern REFERENCE = Pattern.compile("(\\$\\{\\w+(:-)?})*");

  private static final Pattern LOGIN = Pattern.compile("^(?:[a-z][a-z0-9+.-]*://)?[^/@]+:([^@]+)@");
  private static final Pattern QUERY = Pattern.compile("^https?://[^?]*\\?(.+)$");

  /** Keys in comments. */
  private static final Pattern LIKE_A_KEY =
      Pattern.compile("\\b((sk|pk|rk|at|gsk|xai|pplx)-[\\w-]{8,}|(AKIA|AIza)[\\w-]{12,})");

  private record Secret(String path, String key, String value, int line, boolean mayBeWritten) {}

  private final String text;
  private final List<Secret> found = new ArrayList<>();

  private SecretTexts(String text) {
    this.text = text;
    YamlReader.document(text, new Problems()).ifPresent(tree -> visit(tree, "", "", false));
  }

  /** The text with its secrets masked. */
  static String masked(String text) {
    return new SecretTexts(text).masked();
  }

  /** The secrets that are written out, each as a problem. */
  static List<ConfigProblem> problems(String text) {
    return new SecretTexts(text)
        .found.stream()
            .filter(secret -> !secret.mayBeWritten())
            .map(secret -> new ConfigProblem(secret.line(), secret.path(), MESSAGE))
            .toList();
  }

  private void visit(YamlNode node, String path, String key, boolean isHeader) {
    switch (node) {
      case Mapping mapping ->
          mapping
              .entries()
              .forEach((name, entry) ->
                  visit(
                      entry.value(),
                      path.isEmpty() ? name : path + "." + name,
                      name,
                      key.equals("headers")));
      case Sequence list -> {
        for (int i = 0; i < list.items().size(); i++) {
          visit(list.items().get(i), path + "[" + i + "]", key, isHeader);
        }
      }
      case Scalar scalar -> visit(scalar, path, key, isHeader);
    }
  }

  private void visit(Scalar scalar, String path, String key, boolean isHeader) {
    if (KEYS.contains(key) || (isHeader && HEADER.matcher(key).find())) {
      add(scalar, path, key, scalar.text());
      return;
    }
    for (Pattern part : List.of(LOGIN, QUERY)) {
      Matcher secret = part.matcher(scalar.text());
      if (secret.find()) {
        add(scalar, path, key, secret.group(1));
      }
    }
  }

  private void add(Scalar scalar, String path, String key, String value) {
    if (!value.isEmpty() && !REFERENCE.matcher(value).matches()) {
      boolean mayBeWritten = key.equals(HASH) || key.equals(BASE_URL);
      found.add(new Secret(path, key, value, scalar.line(), mayBeWritten));
    }
  }

  /** Where the value stands in {@code line}: after its key, if that is there too. */
  private static int placeOf(Secret secret, String line) {
    int key = line.indexOf(secret.key());
    return line.indexOf(secret.value(), key < 0 ? 0 : key + secret.key().length());
  }

  private String masked() {
    String[] lines = text.split("(?<=\n)", -1);
    for (Secret secret : found) {
      int line = secret.line() - 1;
      int at = line < 0 || line >= lines.length ? -1 : placeOf(secret, lines[line]);
      if (at < 0) {
        return WHOLE;
      }
      lines[line] =
          lines[line].substring(0, at)
              + HIDDEN
              + lines[line].substring(at + secret.value().length());
    }
    return LIKE_A_KEY.matcher(String.join("", lines)).replaceAll(HIDDEN);
  }
}
