package com.langdock.reliability.gateway.front;

import com.langdock.reliability.core.access.EndpointName;
import com.langdock.reliability.gateway.access.Access;
import com.langdock.reliability.gateway.access.Grant;
import com.langdock.reliability.gateway.server.ClientRequest;
import com.langdock.reliability.gateway.server.HeaderNames;
import org.jspecify.annotations.Nullable;

/** Lets requests in, or refuses and answers them. */
final class Entrance {
  private Entrance() {}

  /** The admitted request; null when it was refused and answered. */
  static @Nullable RequestContext admit(LoopSetup setup, ClientRequest request, Front front) {
    return admit(setup, request, front, setup.access().admit(request));
  }

  /** As above, for what {@code admission} says of it. */
  static @Nullable RequestContext admit(
      LoopSetup setup, ClientRequest request, Front front, Access.Admission admission) {
    return admit(setup, request, front, admission, identity(setup.services(), request));
  }

  /** As above, under {@code identity}. */
  static @Nullable RequestContext admit(
      LoopSetup setup,
      ClientRequest request,
      Front front,
      Access.Admission admission,
      RequestIdentity identity) {
    return switch (admission) {
      case Grant grant -> new RequestContext(setup, front, request, identity, grant);
      case Access.Refusal refusal -> {
        request.response().closeAfter();
        new RequestContext(setup, front, request, identity, Grant.ANONYMOUS)
            .refuse(AccessErrors.of(refusal));
        yield null;
      }
    };
  }

  /** Whether the caller may use {@code endpoint}; if not, the request was refused and answered. */
  static boolean allows(RequestContext context, EndpointName endpoint) {
    boolean allowed = context.grant().caller().rights().allows(endpoint);
    if (!allowed) {
      context.charge();
      context.refuse(AccessErrors.notAllowed(endpoint));
    }
    return allowed;
  }

  /** A request with {@code grant}. */
  static RequestContext context(LoopSetup setup, ClientRequest request, Front front, Grant grant) {
    return new RequestContext(setup, front, request, identity(setup.services(), request), grant);
  }

  /** New names of {@code request}. */
  static RequestIdentity identity(RequestServices services, ClientRequest request) {
    long now = services.events().ticker().unixMillis();
    return RequestIdentity.of(
        RequestIds.next(now, services.random()), request.header(HeaderNames.REQUEST_ID));
  }
}
