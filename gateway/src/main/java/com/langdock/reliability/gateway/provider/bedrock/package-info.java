/** The provider format of AWS Bedrock's Converse API. Translates requests and answers. */
@NullMarked
package com.langdock.reliability.gateway.provider.bedrock;

import org.jspecify.annotations.NullMarked;
