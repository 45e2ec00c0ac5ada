package com.langdock.reliability.gateway.limits;

import com.langdock.reliability.core.quota.CeilingGrant;
import com.langdock.reliability.core.quota.CeilingWant;
import java.util.List;

/** A store that grants ceilings of limits which other processes count under too. */
public interface CeilingStore {
  /**
   * Grants what is wanted, or a part of it; asks for nothing but the clock where nothing is wanted.
   * May block for some seconds.
   *
   * @throws Exception when it is not known what was granted
   */
  Answer draw(List<CeilingWant> wants) throws Exception;

  /**
   * Says that this process lives; how many do.
   *
   * @throws Exception when the store does not answer
   */
  int say() throws Exception;

  /**
   * Gives back what this process was promised, since it has written all that it used.
   *
   * @throws Exception when the store does not answer
   */
  void end() throws Exception;

  /** Closes its connection. */
  void close();

  /**
   * What the store answered.
   *
   * @param unixMillis its clock
   */
  record Answer(List<CeilingGrant> grants, long unixMillis) {}
}
