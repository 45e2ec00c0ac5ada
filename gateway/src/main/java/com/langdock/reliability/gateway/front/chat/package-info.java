/** Step 2 of a request: is it valid, and if not, which field is wrong? Pure, and without HTTP. */
@NullMarked
package com.langdock.reliability.gateway.front.chat;

import org.jspecify.annotations.NullMarked;
