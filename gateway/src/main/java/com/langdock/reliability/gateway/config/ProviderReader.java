package com.langdock.reliability.gateway.config;

import com.langdock.reliability.gateway.config.cloud.Cloud;
import com.langdock.reliability.gateway.config.cloud.Credential;
import com.langdock.reliability.yaml.Item;
import com.langdock.reliability.yaml.Section;
import com.langdock.reliability.yaml.SourceLocation;
import java.net.URI;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Reads the providers of one file. */
final class ProviderReader {
  private static final URI NO_URL = URI.create("http://localhost/v1");
  private static final String TYPE_REQUIRED =
      "is required: openai for any compatible API, or one of " + String.join(", ", Presets.names());
  private static final String UNKNOWN_TYPE = "openai";
  private static final int MAX_PRIORITY = 1_000_000;

  /** Names appear in headers, metrics and paths. */
  private static final Predicate<String> NAME =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}").asMatchPredicate();

  private static final Predicate<String> MODEL =
      Pattern.compile("[\\x21-\\x7e&&[^\",]]{1,200}").asMatchPredicate();

  private static final Predicate<String> HEADER_NAME =
      Pattern.compile("[\\w!#$%&'*+.^`|~-]+").asMatchPredicate();

  private static final Predicate<String> HEADER_VALUE =
      Pattern.compile("[\\t\\x20-\\x7e\\x80-\\xff]*").asMatchPredicate();

  private static final Predicate<String> API_KEY =
      Pattern.compile("[\\x21-\\x7e]+").asMatchPredicate();

  private static final Pattern KEY_HEADER =
      Pattern.compile("auth|key|token|secret|cookie|credential", Pattern.CASE_INSENSITIVE);

  /** Hop-by-hop headers (RFC 9110, 7.6.1), and those that the gateway itself must set. */
  private static final Set<String> OWN_HEADERS =
      Set.of(
          "accept-encoding",
          "connection",
          "content-length",
          "content-type",
          "expect",
          "host",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private final TimeoutConfig timeout;
  private final ModelTable models;
  private final UpstreamReader upstream;
  private final Set<String> names = new HashSet<>();

  /** A reader with the timeouts for all providers; it warns of models without facts. */
  ProviderReader(TimeoutConfig timeout, ModelTable models, UpstreamReader upstream) {
    this.timeout = timeout;
    this.models = models;
    this.upstream = upstream;
  }

  ProviderConfig read(Section section) {
    String name = name(section);
    Preset named = preset(section, name);
    Optional<Cloud> read = Cloud.read(section, named.cloud(), named.address());
    Preset preset = read.map(cloud -> named.at(cloud.address(named.address()))).orElse(named);
    URI baseUrl = baseUrl(section, preset);
    boolean hasKeys = read.isPresent() && read.get().hasKeys();
    Optional<Credential> apiKey = hasKeys ? Optional.empty() : apiKey(section, preset, baseUrl);
    Map<String, String> headers = section.section("headers", ProviderReader::headers);
    boolean hasKey =
        apiKey.isPresent() || headers.keySet().stream().anyMatch(ProviderReader::mayHoldKey);
    Optional<Cloud> cloud =
        hasKey ? read : read.map(one -> one.loggedIn(section, baseUrl.getHost()));
    if (hasKey) {
      read.ifPresent(one -> one.rejectLogin(section));
    }
    if (hasKey || cloud.isEmpty()) {
      checkKeys(section, preset, baseUrl, apiKey, headers.keySet());
    }
    return new ProviderConfig(
        name,
        ProviderApi.from(section, preset, baseUrl.getHost()),
        baseUrl,
        apiKey.orElse(null),
        cloud.orElse(null),
        models(section, Presets.at(preset.name(), baseUrl.getHost()).name()),
        section.value("priority").integer(1, 0, MAX_PRIORITY),
        headers,
        section.section("timeout", changes -> TimeoutConfig.from(changes, timeout)),
        upstream.read(section, baseUrl));
  }

  private String name(Section section) {
    SourceLocation place = section.place("name");
    Optional<String> name = section.value("name").text();
    if (!section.has("name")) {
      place.reject("is required");
    } else if (name.isPresent() && !NAME.test(name.get())) {
      place.reject("must be up to 64 letters, digits, dots, dashes and underscores");
    } else if (name.isPresent() && !names.add(name.get())) {
      place.reject("is the name of another provider too");
    }
    return name.orElse("");
  }

  /** The preset of the type, which may be the provider's name. */
  private static Preset preset(Section section, String name) {
    boolean isType = Presets.names().contains(name);
    Optional<String> type = section.value("type").oneOf(Presets.names());
    if (!section.has("type") && !isType && !name.isEmpty()) {
      section.place("type").reject(TYPE_REQUIRED);
    }
    return Presets.named(type.orElse(isType ? name : UNKNOWN_TYPE));
  }

  /** The base URL with the usual path if it has none, without a slash at the end. */
  private static URI baseUrl(Section section, Preset preset) {
    boolean isUsual = !section.has("base_url") && preset.hasAddress();
    if (!section.has("base_url") && !isUsual) {
      section.place("base_url").reject("is required");
    }
    URI url =
        isUsual ? URI.create(preset.address()) : section.value("base_url").url().orElse(NO_URL);
    String path = url.getRawPath().replaceFirst("/+$", "");
    String base = url.getScheme().toLowerCase(Locale.ROOT) + "://" + url.getRawAuthority();
    String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    return URI.create(base + (path.isEmpty() ? preset.path() : path) + query);
  }

  private static void checkKeys(
      Section section, Preset preset, URI url, Optional<Credential> apiKey, Set<String> headers) {
    boolean plain = url.getScheme().equals("http");
    boolean local = LocalHost.is(url.getHost());
    boolean keyHeader = headers.stream().anyMatch(ProviderReader::mayHoldKey);
    if (plain && !local && apiKey.isPresent()) {
      section.place("base_url").warn("sends api_key over plain http to another machine");
    }
    if (plain && !local && keyHeader) {
      section.place("headers").warn("sends a key over plain http to another machine");
    }
    if (apiKey.isPresent() || keyHeader) {
      return;
    }
    if (preset.owns(url.getHost()) && !preset.keys().isEmpty()) {
      String variables = String.join(" or ", preset.keys());
      section.place("api_key").reject("is missing, and so is " + variables + " in the environment");
    } else if (!plain && !local) {
      section.place("api_key").warn("is absent or empty: the provider is asked without a key");
    }
  }

  /** Whether a header of this name usually carries a key. */
  private static boolean mayHoldKey(String name) {
    return KEY_HEADER.matcher(name).find();
  }

  /** The configured key, else that of the environment, which is for the provider's own hosts. */
  private static Optional<Credential> apiKey(Section section, Preset preset, URI baseUrl) {
    Optional<String> key = section.value("api_key").secret();
    SourceLocation place = section.place("api_key");
    boolean mayBeOfEnvironment = !section.has("api_key") && preset.owns(baseUrl.getHost());
    Iterator<String> variables = preset.keys().iterator();
    while (mayBeOfEnvironment && key.isEmpty() && variables.hasNext()) {
      Optional<Item> variable = section.environment(variables.next());
      key = variable.map(Item::value);
      place = variable.map(Item::place).orElse(place);
    }
    if (key.isPresent() && !API_KEY.test(key.get())) {
      place.reject("has a space, line break or other sign that no key has");
    }
    return key.map(Credential::new);
  }

  private Map<String, String> models(Section section, String type) {
    Map<String, String> models = new LinkedHashMap<>();
    for (Item model : section.pairs("models")) {
      if (!MODEL.test(model.name()) || !MODEL.test(model.value())) {
        model.place().reject("must be model names of up to 200 visible ASCII letters");
      } else if (models.putIfAbsent(model.name(), model.value()) != null) {
        model.place().reject("is in this list already");
      } else if (!this.models.knows(model.name()) && !this.models.knows(type, model.value())) {
        model.place().warn("is no model that the gateway has facts of; see models");
      }
    }
    if (models.isEmpty()) {
      section.place("models").reject("needs at least one model");
    }
    return models;
  }

  private static Map<String, String> headers(Section section) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String name : section.keys()) {
      String value = section.value(name).text().orElse("");
      if (!HEADER_NAME.test(name)) {
        section.place(name).reject("is not a header's name");
      } else if (OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
        section.place(name).reject("is a header that the gateway sets itself");
      } else if (!HEADER_VALUE.test(value)) {
        section.place(name).reject("has a line break or another sign that no header may have");
      } else {
        headers.put(name, value);
      }
    }
    return headers;
  }
}
