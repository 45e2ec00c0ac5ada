package com.langdock.reliability.gateway.front.responses;

/** Hears of the items of an output in order: each is opened, grows and is closed. */
interface ItemListener {
  /** Hears nothing. */
  ItemListener NONE =
      new ItemListener() {
        @Override
        public void opened(OutputItem item) {}

        @Override
        public void added(OutputItem item, String literal) {}

        @Override
        public void closed(OutputItem item, String json) {}
      };

  /** An item begins, without content. */
  void opened(OutputItem item);

  /** Content comes to an item, which does not have it yet. {@code literal} is a JSON string. */
  void added(OutputItem item, String literal);

  /** An item is complete. */
  void closed(OutputItem item, String json);
}
