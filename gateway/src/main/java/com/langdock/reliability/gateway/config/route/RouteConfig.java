package com.langdock.reliability.gateway.config.route;

import com.langdock.reliability.yaml.Item;
import com.langdock.reliability.yaml.Section;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A path below which requests are passed on to a provider as they are.
 *
 * @param path what the paths begin with, without a slash at its end
 * @param provider its name
 * @param to what stands at the provider in place of {@code path}, after the path of its base URL;
 *     without a slash at its end
 * @param methods in upper case
 * @param headers the names of further request headers that are passed on, in lower case
 * @param maxBody bytes of a request's body; 0 for as many as other requests may have
 */
public record RouteConfig(
    String path,
    String provider,
    String to,
    Set<String> methods,
    Set<String> headers,
    long maxBody) {
  private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE");
  private static final String API = "/v1/";

  /** Paths are compared with those of requests as they stand, so they have no escapes. */
  private static final Predicate<String> PATH =
      Pattern.compile("(/(?!\\.{1,2}(/|$))[A-Za-z0-9._~-]+)+").asMatchPredicate();

  private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9-]{1,64}");
  private static final int MAX_PATH = 200;

  /** Stands for a limit that is refused. */
  private static final long USUAL_BODY = 32L << 20;

  /** Credentials, and what each connection or the gateway itself says. */
  private static final Pattern NOT_PASSED =
      Pattern.compile(
          "host|content-length|transfer-encoding|connection|keep-alive|te|trailer|upgrade|expect"
              + "|accept-encoding|content-encoding|forwarded|via|cookie|x-real-ip|x-forwarded-.*"
              + "|proxy-.*|sec-.*|origin|.*authorization.*|.*api-?key.*|.*token.*|.*secret.*");

  /** Keeps immutable copies. */
  public RouteConfig {
    methods = Set.copyOf(methods);
    headers = Set.copyOf(headers);
  }

  /** Reads the section {@code routes}: a section for each path. */
  public static List<RouteConfig> all(Section section, Set<String> providers) {
    List<RouteConfig> routes = new ArrayList<>();
    for (String path : section.keys()) {
      RouteConfig route = section.section(path, one -> from(one, path, providers));
      String fault = fault(path, routes);
      if (!fault.isEmpty()) {
        section.place(path).reject(fault);
      }
      routes.add(route);
    }
    return List.copyOf(routes);
  }

  private static String fault(String path, List<RouteConfig> before) {
    if (path.length() > MAX_PATH || !PATH.test(path)) {
      return "must be a path of letters, digits, dots, dashes and underscores, such as /v1/files";
    }
    if (OwnPaths.clashWith(path)) {
      return "is a path of the gateway's own, or above one";
    }
    boolean isDoubled =
        before.stream()
            .anyMatch(
                other -> other.isAbove(path) || path.equals(other.path) || isAbove(path, other));
    return isDoubled ? "is the path of another route, or above or below it" : "";
  }

  private static boolean isAbove(String path, RouteConfig other) {
    return other.path.startsWith(path + "/");
  }

  private boolean isAbove(String other) {
    return other.startsWith(path + "/");
  }

  private static RouteConfig from(Section section, String path, Set<String> providers) {
    if (!section.has("provider")) {
      section.place("provider").reject("is required");
    }
    String provider = section.value("provider").oneOf(providers).orElse("");
    return new RouteConfig(
        path,
        provider,
        to(section, path),
        methods(section),
        headers(section),
        section.has("max_body") ? section.value("max_body").size(USUAL_BODY) : 0);
  }

  /** Providers have the version of their API in the path of their base URL. */
  private static String to(Section section, String path) {
    String usual = path.startsWith(API) ? path.substring(API.length() - 1) : path;
    String to = section.value("to").text().orElse(usual);
    String plain = to.equals("/") ? "" : to;
    if (section.has("to") && !plain.isEmpty() && !PATH.test(plain)) {
      section.place("to").reject("must be a path such as /files, or / for that of the base URL");
    }
    return plain;
  }

  private static Set<String> methods(Section section) {
    Set<String> methods = new LinkedHashSet<>();
    for (Item method : section.texts("methods")) {
      method.oneOf(METHODS).ifPresent(methods::add);
    }
    return methods.isEmpty() ? new LinkedHashSet<>(METHODS) : methods;
  }

  private static Set<String> headers(Section section) {
    Set<String> headers = new LinkedHashSet<>();
    for (Item header : section.texts("headers")) {
      String name = header.value().toLowerCase(Locale.ROOT);
      if (!HEADER.matcher(name).matches()) {
        header.place().reject("is not a header's name");
      } else if (NOT_PASSED.matcher(name).matches()) {
        header.place().reject("is a header that is never passed on");
      } else {
        headers.add(name);
      }
    }
    return headers;
  }
}
