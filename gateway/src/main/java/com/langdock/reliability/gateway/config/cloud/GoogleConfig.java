package com.langdock.reliability.gateway.config.cloud;

import com.langdock.reliability.yaml.Item;
import com.langdock.reliability.yaml.Section;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What only providers at Google's cloud have.
 *
 * @param project the id of the project that is asked
 * @param location a region, {@code us} or {@code eu} for several, or {@code global}
 * @param login null where the provider has a key
 */
public record GoogleConfig(String project, String location, @Nullable GoogleLogin login)
    implements Cloud {
  private static final String GLOBAL = "global";

  /** Locations of several regions have hosts of their own. */
  private static final Set<String> SEVERAL = Set.of("us", "eu");

  private static final Predicate<String> PROJECT =
      Pattern.compile("[a-z0-9][a-z0-9.:-]{3,80}").asMatchPredicate();

  private static final Predicate<String> LOCATION =
      Pattern.compile("[a-z]{2,}(-[a-z0-9]+){0,3}").asMatchPredicate();

  private static final String NONE = "none";

  /** Reads {@code project}, {@code location} and {@code credentials_file}. */
  static GoogleConfig read(Section section) {
    Optional<String> project =
        section
            .value("project")
            .text()
            .or(() -> variable(section, "GOOGLE_CLOUD_PROJECT"))
            .or(() -> variable(section, "ANTHROPIC_VERTEX_PROJECT_ID"));
    if (project.isEmpty() || !PROJECT.test(project.get())) {
      section
          .place("project")
          .reject(
              project.isEmpty()
                  ? "is required, here or in GOOGLE_CLOUD_PROJECT"
                  : "is no id of a project, such as my-project-123");
    }
    String location =
        section
            .value("location")
            .text()
            .or(() -> variable(section, "GOOGLE_CLOUD_LOCATION"))
            .or(() -> variable(section, "CLOUD_ML_REGION"))
            .orElse(GLOBAL);
    if (!LOCATION.test(location)) {
      section.place("location").reject("is no location, such as europe-west1, eu or global");
    }
    GoogleLogin file =
        section
            .value("credentials_file")
            .text()
            .map(path -> new GoogleLogin(Path.of(path), null, ""))
            .orElse(null);
    return new GoogleConfig(
        project.filter(PROJECT).orElse(NONE), LOCATION.test(location) ? location : GLOBAL, file);
  }

  private static Optional<String> variable(Section section, String name) {
    return section.environment(name).map(Item::value).filter(value -> !value.isEmpty());
  }

  @Override
  public String address(String usual) {
    String host = "aiplatform.googleapis.com";
    if (SEVERAL.contains(location)) {
      host = "aiplatform." + location + ".rep.googleapis.com";
    } else if (!location.equals(GLOBAL)) {
      host = location + "-" + host;
    }
    return "https://" + host + "/v1/projects/" + project + "/locations/" + location;
  }

  @Override
  public GoogleConfig loggedIn(Section section, String host) {
    Path configured = login == null ? null : login.file();
    Path folder =
        variable(section, "CLOUDSDK_CONFIG")
            .map(Path::of)
            .or(() -> variable(section, "APPDATA").map(data -> Path.of(data, "gcloud")))
            .orElseGet(() ->
                Path.of(
                    variable(section, "HOME").orElse(System.getProperty("user.home", "")),
                    ".config",
                    "gcloud"));
    return new GoogleConfig(
        project,
        location,
        new GoogleLogin(
            configured != null
                ? configured
                : variable(section, "GOOGLE_APPLICATION_CREDENTIALS").map(Path::of).orElse(null),
            folder.resolve("application_default_credentials.json"),
            variable(section, "GCE_METADATA_HOST").orElse("metadata.google.internal")));
  }

  @Override
  public void rejectLogin(Section section) {
    if (section.has("credentials_file")) {
      section.place("credentials_file").reject("is set beside a key");
    }
  }
}
