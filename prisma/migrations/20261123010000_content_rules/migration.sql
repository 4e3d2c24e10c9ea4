-- What Prisma cannot say of the charity, the reports and the partners. The same rules are checked in words when
-- content is set; here they hold whatever writes.

-- Colours are #rrggbb: the style sheet prints them as they are.
ALTER TABLE "charity" ADD CONSTRAINT "charity_accent_light" CHECK (accent_light ~ '^#[0-9a-f]{6}$');
ALTER TABLE "charity" ADD CONSTRAINT "charity_accent_dark" CHECK (accent_dark ~ '^#[0-9a-f]{6}$');

-- Links go to the web, and run nothing.
ALTER TABLE "charity" ADD CONSTRAINT "charity_website" CHECK (website ~ '^https?://');
ALTER TABLE "source" ADD CONSTRAINT "source_url" CHECK (url ~ '^https?://');

-- Permanent addresses and anchors: lower-case letters, digits, hyphens between.
ALTER TABLE "source" ADD CONSTRAINT "source_slug" CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$');
ALTER TABLE "report" ADD CONSTRAINT "report_slug" CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$');
ALTER TABLE "finding" ADD CONSTRAINT "finding_slug" CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$');
ALTER TABLE "partner" ADD CONSTRAINT "partner_slug" CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$');
ALTER TABLE "claim" ADD CONSTRAINT "claim_anchor" CHECK (anchor ~ '^[a-z0-9]+(-[a-z0-9]+)*$');
ALTER TABLE "change" ADD CONSTRAINT "change_anchor" CHECK (anchor ~ '^[a-z0-9]+(-[a-z0-9]+)*$');
ALTER TABLE "ask" ADD CONSTRAINT "ask_anchor" CHECK (anchor ~ '^[a-z0-9]+(-[a-z0-9]+)*$');

-- The caveat stands beside every list of findings, so a report without one cannot be.
ALTER TABLE "report" ADD CONSTRAINT "report_caveat" CHECK (caveat <> '');

-- One report in front; in a report one number and one conclusion.
CREATE UNIQUE INDEX "report_one_front" ON "report" (is_front) WHERE is_front;
CREATE UNIQUE INDEX "finding_one_figure" ON "finding" (report_id) WHERE figure IS NOT NULL;
CREATE UNIQUE INDEX "finding_one_conclusion" ON "finding" (report_id) WHERE kind = 'conclusion';

-- A number never stands without what it counts.
ALTER TABLE "finding" ADD CONSTRAINT "finding_figure_has_caption"
  CHECK ((figure IS NULL) = (figure_caption IS NULL));
ALTER TABLE "partner_fact" ADD CONSTRAINT "partner_fact_figure" CHECK ((kind = 'figure') = (figure IS NOT NULL));

-- Nothing is said without a source. Looked at when the transaction commits: a row comes before its links.
-- Arguments: the table whose rows need a source, the table of their links.
CREATE FUNCTION "require_source"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  owner uuid := CASE WHEN TG_RELID = TG_ARGV[0]::regclass THEN (to_jsonb(NEW) ->> 'id')
                     ELSE (to_jsonb(OLD) ->> 'A') END;
  unsourced boolean;
BEGIN
  EXECUTE format(
    'SELECT EXISTS (SELECT FROM %1$I WHERE id = $1) AND NOT EXISTS (SELECT FROM %2$I WHERE "A" = $1)',
    TG_ARGV[0], TG_ARGV[1]
  ) INTO unsourced USING owner;
  IF unsourced THEN
    RAISE EXCEPTION '% % has no source', TG_ARGV[0], owner USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER "claim_has_source" AFTER INSERT ON "claim"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "require_source"('claim', '_ClaimToSource');
CREATE CONSTRAINT TRIGGER "claim_keeps_source" AFTER UPDATE OR DELETE ON "_ClaimToSource"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "require_source"('claim', '_ClaimToSource');

CREATE CONSTRAINT TRIGGER "change_has_source" AFTER INSERT ON "change"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "require_source"('change', '_ChangeToSource');
CREATE CONSTRAINT TRIGGER "change_keeps_source" AFTER UPDATE OR DELETE ON "_ChangeToSource"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "require_source"('change', '_ChangeToSource');

CREATE CONSTRAINT TRIGGER "ask_has_source" AFTER INSERT ON "ask"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "require_source"('ask', '_AskToSource');
CREATE CONSTRAINT TRIGGER "ask_keeps_source" AFTER UPDATE OR DELETE ON "_AskToSource"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "require_source"('ask', '_AskToSource');

CREATE CONSTRAINT TRIGGER "partner_fact_has_source" AFTER INSERT ON "partner_fact"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "require_source"('partner_fact', '_PartnerFactToSource');
CREATE CONSTRAINT TRIGGER "partner_fact_keeps_source" AFTER UPDATE OR DELETE ON "_PartnerFactToSource"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "require_source"('partner_fact', '_PartnerFactToSource');
