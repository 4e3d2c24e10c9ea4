-- AlterTable
ALTER TABLE "checkout_attempt" ADD COLUMN     "declines" INTEGER NOT NULL DEFAULT 0;

-- ── What Prisma cannot say ────────────────────────────────────────────────────

-- Of a gift with one page, all were declined on that page. Of others nobody knows until Stripe is read again.
UPDATE "checkout_attempt" SET "declines" = "gift"."declines"
  FROM "gift"
  WHERE "gift"."id" = "checkout_attempt"."gift_id" AND "checkout_attempt"."session_id" IS NOT NULL
    AND NOT EXISTS (
      SELECT FROM "checkout_attempt" "other"
      WHERE "other"."gift_id" = "gift"."id" AND "other"."id" <> "checkout_attempt"."id"
    );

ALTER TABLE "checkout_attempt" ADD CONSTRAINT "checkout_attempt_declines" CHECK (declines >= 0);
