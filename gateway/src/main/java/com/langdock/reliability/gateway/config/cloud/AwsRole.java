package com.langdock.reliability.gateway.config.cloud;

import org.jspecify.annotations.Nullable;

/**
 * A role of AWS that is assumed.
 *
 * @param externalId that the role's owner asks for; null for none
 */
public record AwsRole(String arn, @Nullable String externalId) {}
