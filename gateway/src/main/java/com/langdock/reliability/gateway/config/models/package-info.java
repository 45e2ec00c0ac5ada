/** The facts of models: the table that ships with the gateway, and what a file says differently. */
@NullMarked
package com.langdock.reliability.gateway.config.models;

import org.jspecify.annotations.NullMarked;
