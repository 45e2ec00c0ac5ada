/** How long the tests go on that feed random inputs. */
@NullMarked
package com.langdock.reliability.fuzz;

import org.jspecify.annotations.NullMarked;
