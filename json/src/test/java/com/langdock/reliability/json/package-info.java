/** Tests of JSON scanning and editing. */
@NullMarked
package com.langdock.reliability.json;

import org.jspecify.annotations.NullMarked;
