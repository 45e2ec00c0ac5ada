/**
 * Takes requests in and delivers answers, in the shape of a front. Only here are HTTP statuses
 * chosen.
 */
@NullMarked
package com.langdock.reliability.gateway.front;

import org.jspecify.annotations.NullMarked;
