package com.langdock.reliability.gateway.credentials.aws;

import org.jspecify.annotations.Nullable;

/**
 * A role to assume.
 *
 * @param session its name in AWS's logs
 * @param externalId that the role's owner asks for; null for none
 * @param seconds how long it is assumed, in digits; null for the usual time
 */
record Role(String arn, String session, @Nullable String externalId, @Nullable String seconds) {
  static final String USUAL_SESSION = "llm-gateway";
}
