package com.langdock.reliability.gateway;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.ModelCatalog;
import com.langdock.reliability.core.domain.ModelFacts;
import com.langdock.reliability.core.domain.ProviderReply;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.provider.ErrorAnswer;
import com.langdock.reliability.gateway.provider.ListedModels;
import com.langdock.reliability.json.JsonBody;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a provider that was asked for its models turned out to be.
 *
 * @param isFine whether it was reached, accepted the credential, and knows all configured models
 * @param text the finding for people, without secrets
 */
record Finding(boolean isFine, String text) {
  private static final int MOST = 300;

  /** The region before a model's name at Bedrock. */
  private static final Pattern REGION = Pattern.compile("^[a-z]+(-[a-z]+)?\\.(?=[a-z]+\\.)");

  /** An address or a path, without a user and a query, which may be secret. */
  private static final Pattern ADDRESS =
      Pattern.compile("(https?://[^/?#@]+)?(/[^?#]*)?(?:[?#].*)?");

  /** It gave no answer. */
  static Finding of(Failure failure) {
    return switch (failure) {
      case Failure.Unreachable unreachable ->
          problem("not reachable: " + unreachable.reason().text());
      case Failure.Silent silent -> problem("reached, but it does not answer in time");
      default -> problem("reached, but its answer broke off");
    };
  }

  /** It was not asked: the login that the credential is from failed, as the log says. */
  static Finding noCredential() {
    return problem("not asked: its login gives no credential");
  }

  /** The list is longer than any may be. */
  static Finding tooLong(int bytes) {
    return problem("reachable, but its list is larger than " + (bytes >> 20) + " MiB");
  }

  /**
   * It answered.
   *
   * @param configured the provider's names of the configured models
   * @param hasServedNames whether its list has the names that requests use
   */
  static Finding of(
      ReplyHead head, byte[] body, Collection<String> configured, boolean hasServedNames) {
    if (head.isSuccess()) {
      Optional<Set<String>> listed = ListedModels.read(body);
      if (listed.isEmpty()) {
        return problem("reachable, but what it answers is no list of models; see base_url");
      }
      return hasServedNames
          ? listed(listed.get(), configured)
          : new Finding(true, "reachable, authorised; its list does not name what requests use");
    }
    if (head.status() >= 300 && head.status() < 400) {
      return redirected(head);
    }
    return refused(head, body);
  }

  private static Finding listed(Set<String> listed, Collection<String> configured) {
    List<String> unknown = configured.stream().filter(model -> !isIn(listed, model)).toList();
    String known = (configured.size() - unknown.size()) + " of " + configured.size();
    return unknown.isEmpty()
        ? new Finding(true, "reachable, authorised, knows " + known + " models")
        : problem(
            "reachable, authorised, knows "
                + known
                + " models, but not "
                + String.join(", ", unknown));
  }

  /** A provider may list only versions of a name, or the name without the region of a request. */
  private static boolean isIn(Set<String> listed, String model) {
    if (listed.contains(model) || listed.contains(REGION.matcher(model).replaceFirst(""))) {
      return true;
    }
    ModelCatalog versions = new ModelCatalog(Map.of(model, ModelFacts.UNKNOWN));
    return listed.stream().anyMatch(name -> name.startsWith(model) && versions.knows(name));
  }

  private static Finding redirected(ReplyHead head) {
    Matcher to = ADDRESS.matcher(Objects.requireNonNullElse(head.headers().value("location"), ""));
    String where =
        to.matches()
            ? " to " + text(to.group(1)) + head.redactor().clean(text(to.group(2)), MOST)
            : "";
    return problem(
        "reachable, but redirects%s (%d); set base_url to where it is"
            .formatted(where, head.status()));
  }

  private static String text(@Nullable String group) {
    return group == null ? "" : group;
  }

  private static Finding refused(ReplyHead head, byte[] body) {
    Failure failure = ErrorAnswer.failure(head, JsonBody.json(body));
    int status = head.status();
    if (failure instanceof Failure.CredentialRejected || status == 401 || status == 403) {
      // The message may quote the key or what was signed.
      String code = failure instanceof Failure.Answered answered ? code(answered.reply()) : "";
      return problem("reachable, not authorised: " + status + code);
    }
    if (status == 404 || status == 405) {
      return problem(
          "reachable, but has no list of models ("
              + status
              + "): base_url may be wrong, and whether the key and the models are right is"
              + " unknown");
    }
    String said = failure instanceof Failure.Answered answered ? said(answered.reply()) : "";
    return problem("reachable, but fails: " + status + said);
  }

  private static String code(ProviderReply reply) {
    @Nullable String code = reply.code() == null ? reply.type() : reply.code();
    return code == null ? "" : " " + code;
  }

  private static String said(ProviderReply reply) {
    String message = reply.message();
    return message.isBlank() ? "" : " " + message.strip().lines().findFirst().orElse("");
  }

  private static Finding problem(String text) {
    String line = text.replaceAll("\\p{Cntrl}+", " ");
    return new Finding(false, line.length() > MOST ? line.substring(0, MOST) + "…" : line);
  }
}
