/** AWS Bedrock's Converse format. */
@NullMarked
package com.langdock.reliability.mock.format.bedrock;

import org.jspecify.annotations.NullMarked;
