package com.langdock.reliability.core.session;

import java.util.Set;

/**
 * How the request of an attempt differs from the client's.
 *
 * @param continuation how it continues the delivered text
 * @param omittedFields fields that the gateway must not add for this target, usually none
 * @param withoutSignatures whether the history is sent without signatures and the thinking that
 *     they sign, because the target rejected them
 */
public record RequestForm(
    Continuation continuation, Set<String> omittedFields, boolean withoutSignatures) {}
