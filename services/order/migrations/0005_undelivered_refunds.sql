-- Refunds that came back from the shopper's bank, for whoever has to find another way.
CREATE INDEX refunds_failed ON refunds (failed_at) WHERE failed_at IS NOT NULL;
