package com.langdock.reliability.gateway.access;

import com.langdock.reliability.core.access.ClientKey;
import com.langdock.reliability.core.access.KeyRing;

/**
 * All client keys.
 *
 * @param file those of the configuration
 * @param stored those of the store
 */
public record ClientKeyRings(KeyRing<ClientKey> file, StoredKeys stored) {}
