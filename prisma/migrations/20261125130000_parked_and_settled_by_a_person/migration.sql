-- AlterTable
ALTER TABLE "stripe_event" ADD COLUMN     "settlement" TEXT;

-- ── What Prisma cannot say ────────────────────────────────────────────────────

-- Why it was parked stays beside what was found.
ALTER TABLE "stripe_event"
  DROP CONSTRAINT "stripe_event_reason",
  ADD CONSTRAINT "stripe_event_reason" CHECK ((reason IS NOT NULL) = (state = 'parked' OR settlement IS NOT NULL)),
  ADD CONSTRAINT "stripe_event_settlement" CHECK (settlement IS NULL OR state = 'done');
