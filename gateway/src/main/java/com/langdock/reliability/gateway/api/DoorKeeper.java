package com.langdock.reliability.gateway.api;

import com.langdock.reliability.gateway.api.response.ApiError;
import java.net.InetAddress;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Lets only this machine's own clients in while no client keys are configured, so that a gateway
 * that was started in a hurry does not lend its credentials to the network.
 */
public final class DoorKeeper {
  /** What others are told. */
  static final ApiError REFUSAL =
      new ApiError(
          403,
          "permission_error",
          "protected_mode",
          "The gateway has no client keys and so answers clients on its own machine only."
              + " Set server.allow_anonymous: true to let others in without a key.",
          null,
          List.of(),
          OptionalLong.empty());

  private final boolean allowAnonymous;

  /** Lets everybody in when {@code allowAnonymous}. */
  public DoorKeeper(boolean allowAnonymous) {
    this.allowAnonymous = allowAnonymous;
  }

  /** Whether a client at {@code address} may come in. */
  boolean admits(@Nullable InetAddress address) {
    return allowAnonymous || (address != null && address.isLoopbackAddress());
  }
}
