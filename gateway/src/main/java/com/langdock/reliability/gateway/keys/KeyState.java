package com.langdock.reliability.gateway.keys;

/** Whether a key works. */
public enum KeyState {
  /** It does. */
  ACTIVE,
  /** It is switched off, and can be switched on again. */
  OFF,
  /** It has expired. */
  EXPIRED,
  /** It is refused for ever. */
  REVOKED
}
