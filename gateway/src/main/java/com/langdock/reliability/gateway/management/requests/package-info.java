/** The management API's view of requests: lists, and the story of one. */
@NullMarked
package com.langdock.reliability.gateway.management.requests;

import org.jspecify.annotations.NullMarked;
