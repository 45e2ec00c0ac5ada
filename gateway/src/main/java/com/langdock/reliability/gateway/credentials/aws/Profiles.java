package com.langdock.reliability.gateway.credentials.aws;

import com.langdock.reliability.gateway.credentials.CredentialFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The profiles in AWS's shared files. The file {@code credentials} comes before {@code config},
 * whose sections are named {@code profile NAME}.
 */
final class Profiles {
  static final String USUAL = "default";

  /** Profiles whose roles lead to each other. */
  private static final int MAX_ROLES = 8;

  private static final String PREFIX = "profile ";
  private static final String SESSION = "sso-session ";

  /** Ways to keys that are not built, by the setting that asks for them. */
  private static final List<String> NOT_BUILT = List.of("login_session", "mfa_serial");

  /** Where a profile's keys come from. */
  sealed interface Source {
    /** The profile has them. */
    record Fixed(@Nullable String id, @Nullable String secret, @Nullable String token)
        implements Source {
      /** Omits secrets. */
      @Override
      public String toString() {
        return "Fixed";
      }
    }

    /** A role that is assumed with a token in a file. */
    record WebIdentity(Role role, String tokenFile) implements Source {}

    /** A program that prints them. */
    record Program(String command) implements Source {
      /** Omits the command, which may have secrets. */
      @Override
      public String toString() {
        return "Program";
      }
    }

    /** The login of a person at IAM Identity Center. */
    record Login(SingleSignOn login) implements Source {}

    /** Another step of the search. */
    enum Named implements Source {
      ENVIRONMENT,
      CONTAINER,
      MACHINE
    }
  }

  /**
   * Where a profile's keys come from.
   *
   * @param roles that are assumed one after the other with them
   */
  record Origin(Source source, List<Role> roles) {}

  private final Map<String, Map<String, String>> profiles;
  private final String files;

  private Profiles(Map<String, Map<String, String>> profiles, String files) {
    this.profiles = profiles;
    this.files = files;
  }

  /** The profiles of both files, those that exist. */
  static Profiles read(AwsSearch search) throws IOException {
    Path credentials = search.file("AWS_SHARED_CREDENTIALS_FILE", "credentials");
    Path config = search.file("AWS_CONFIG_FILE", "config");
    Map<String, Map<String, String>> profiles = new HashMap<>();
    if (Files.exists(config)) {
      parse(CredentialFile.read(config), true, profiles);
    }
    if (Files.exists(credentials)) {
      parse(CredentialFile.read(credentials), false, profiles);
    }
    return new Profiles(profiles, config + " and " + credentials);
  }

  /** Adds the settings of a file; nested ones, which are indented, are left out. */
  static void parse(String text, boolean isConfig, Map<String, Map<String, String>> profiles) {
    Map<String, String> section = new HashMap<>();
    for (String line : text.lines().toList()) {
      String content = line.strip();
      if (content.startsWith("[")) {
        String name = name(content, isConfig);
        section =
            name == null ? new HashMap<>() : profiles.computeIfAbsent(name, _ -> new HashMap<>());
      } else if (!line.startsWith(" ") && !line.startsWith("\t") && content.indexOf('=') > 0) {
        int equals = content.indexOf('=');
        String value = content.substring(equals + 1).replaceFirst("\\s[#;].*$", "").strip();
        section.put(content.substring(0, equals).strip(), value);
      }
    }
  }

  /** Null for a section that is no profile. */
  private static @Nullable String name(String header, boolean isConfig) {
    int end = header.indexOf(']');
    String name = header.substring(1, end < 0 ? header.length() : end).strip();
    if (!isConfig || name.equals(USUAL)) {
      return name;
    }
    if (name.startsWith(SESSION)) {
      return SESSION + name.substring(SESSION.length()).strip();
    }
    return name.startsWith(PREFIX) ? name.substring(PREFIX.length()).strip() : null;
  }

  boolean has(String name) {
    return profiles.containsKey(name);
  }

  /**
   * Where the keys of the profile {@code name} come from.
   *
   * @throws IOException with the setting that is missing, or that is not built
   */
  Origin origin(String name) throws IOException {
    List<Role> roles = new ArrayList<>();
    Set<String> seen = new LinkedHashSet<>();
    String at = name;
    while (true) {
      Map<String, String> profile = profile(at);
      boolean isAgain = !seen.add(at);
      boolean hasKeys = profile.containsKey("aws_access_key_id");
      String next = profile.get("source_profile");
      String source = profile.get("credential_source");
      if (!profile.containsKey("role_arn") || (isAgain && hasKeys)) {
        return new Origin(own(at, profile), roles);
      }
      if (isAgain || roles.size() == MAX_ROLES) {
        throw new IOException("profile " + name + " leads in a circle: " + seen);
      }
      if (profile.containsKey("web_identity_token_file")) {
        return new Origin(
            new Source.WebIdentity(role(profile), profile.get("web_identity_token_file")), roles);
      }
      refuse(at, profile, "mfa_serial");
      roles.addFirst(role(profile));
      if (source != null) {
        return new Origin(named(at, source), roles);
      }
      if (next == null) {
        throw new IOException(
            "profile " + at + " has role_arn without source_profile or credential_source");
      }
      at = next;
    }
  }

  private Map<String, String> profile(String name) throws IOException {
    Map<String, String> profile = profiles.get(name);
    if (profile == null) {
      throw new IOException("there is no profile " + name + " in " + files);
    }
    return profile;
  }

  /** The keys of a profile without a role. */
  private Source own(String name, Map<String, String> profile) throws IOException {
    if (!profile.containsKey("aws_access_key_id")) {
      if (profile.containsKey("sso_session") || profile.containsKey("sso_start_url")) {
        return new Source.Login(login(name, profile));
      }
      if (profile.containsKey("credential_process")) {
        return new Source.Program(profile.getOrDefault("credential_process", ""));
      }
      for (String setting : NOT_BUILT) {
        refuse(name, profile, setting);
      }
    }
    return new Source.Fixed(
        profile.get("aws_access_key_id"),
        profile.get("aws_secret_access_key"),
        profile.get("aws_session_token"));
  }

  private SingleSignOn login(String name, Map<String, String> profile) throws IOException {
    String named = profile.get("sso_session");
    Map<String, String> session = named == null ? profile : profile(SESSION + named);
    return new SingleSignOn(
        name,
        named == null ? required(name, profile, "sso_start_url") : named,
        required(name, session, "sso_region"),
        required(name, profile, "sso_account_id"),
        required(name, profile, "sso_role_name"));
  }

  private static String required(String name, Map<String, String> settings, String setting)
      throws IOException {
    String value = settings.get(setting);
    if (value == null || value.isBlank()) {
      throw new IOException("profile " + name + " has a single sign-on without " + setting);
    }
    return value;
  }

  private static void refuse(String name, Map<String, String> profile, String setting)
      throws IOException {
    if (profile.containsKey(setting)) {
      throw new IOException(
          "profile " + name + " has " + setting + ", which the gateway does not support");
    }
  }

  private static Role role(Map<String, String> profile) {
    return new Role(
        profile.getOrDefault("role_arn", ""),
        profile.getOrDefault("role_session_name", Role.USUAL_SESSION),
        profile.get("external_id"),
        profile.get("duration_seconds"));
  }

  private static Source named(String profile, String source) throws IOException {
    return switch (source) {
      case "Environment" -> Source.Named.ENVIRONMENT;
      case "EcsContainer" -> Source.Named.CONTAINER;
      case "Ec2InstanceMetadata" -> Source.Named.MACHINE;
      default ->
          throw new IOException(
              "profile " + profile + " has an unknown credential_source: " + source);
    };
  }
}
