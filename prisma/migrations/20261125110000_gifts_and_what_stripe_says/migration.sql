-- CreateEnum
CREATE TYPE "gift_state" AS ENUM ('started', 'promised', 'processing', 'received', 'failed', 'expired');

-- CreateEnum
CREATE TYPE "checkout_state" AS ENUM ('asked', 'open', 'refused', 'closed');

-- CreateEnum
CREATE TYPE "stripe_event_state" AS ENUM ('waiting', 'done', 'parked', 'noted');

-- AlterTable
ALTER TABLE "charity" ADD COLUMN     "bank_details" TEXT[];

-- CreateTable
CREATE TABLE "gift" (
    "id" UUID NOT NULL,
    "token_hash" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "state" "gift_state" NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "name" TEXT,
    "email" TEXT,
    "message" TEXT,
    "updates_wording" TEXT,
    "declines" INTEGER NOT NULL DEFAULT 0,
    "received_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "state_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "gift_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "gift_part" (
    "gift_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "partner_id" UUID,
    "amount_minor" BIGINT NOT NULL,

    CONSTRAINT "gift_part_pkey" PRIMARY KEY ("gift_id","position")
);

-- CreateTable
CREATE TABLE "gift_move" (
    "id" UUID NOT NULL,
    "gift_id" UUID NOT NULL,
    "from" "gift_state",
    "to" "gift_state" NOT NULL,
    "actor" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "gift_move_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "checkout_attempt" (
    "id" UUID NOT NULL,
    "gift_id" UUID NOT NULL,
    "state" "checkout_state" NOT NULL,
    "params" JSONB,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "session_id" TEXT,
    "url" TEXT,
    "payment_id" TEXT,
    "problem" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "checkout_attempt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "gift_mail" (
    "gift_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "message_id" UUID NOT NULL,
    "queued_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "gift_mail_pkey" PRIMARY KEY ("gift_id","kind")
);

-- CreateTable
CREATE TABLE "stripe_event" (
    "id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "object_id" TEXT NOT NULL,
    "state" "stripe_event_state" NOT NULL DEFAULT 'waiting',
    "gift_id" UUID,
    "reason" TEXT,
    "heard_by" TEXT NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "stripe_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sweep_mark" (
    "name" TEXT NOT NULL,
    "through" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sweep_mark_pkey" PRIMARY KEY ("name")
);

-- CreateIndex
CREATE UNIQUE INDEX "gift_token_hash_key" ON "gift"("token_hash");

-- CreateIndex
CREATE UNIQUE INDEX "gift_reference_key" ON "gift"("reference");

-- CreateIndex
CREATE INDEX "gift_state_state_at_idx" ON "gift"("state", "state_at");

-- CreateIndex
CREATE UNIQUE INDEX "gift_part_gift_id_partner_id_key" ON "gift_part"("gift_id", "partner_id");

-- CreateIndex
CREATE INDEX "gift_part_partner_id_idx" ON "gift_part"("partner_id");

-- CreateIndex
CREATE INDEX "gift_move_gift_id_idx" ON "gift_move"("gift_id");

-- CreateIndex
CREATE UNIQUE INDEX "checkout_attempt_session_id_key" ON "checkout_attempt"("session_id");

-- CreateIndex
CREATE UNIQUE INDEX "checkout_attempt_payment_id_key" ON "checkout_attempt"("payment_id");

-- CreateIndex
CREATE INDEX "checkout_attempt_gift_id_idx" ON "checkout_attempt"("gift_id");

-- CreateIndex
CREATE UNIQUE INDEX "gift_mail_message_id_key" ON "gift_mail"("message_id");

-- CreateIndex
CREATE INDEX "stripe_event_state_received_at_idx" ON "stripe_event"("state", "received_at");

-- CreateIndex
CREATE INDEX "stripe_event_gift_id_idx" ON "stripe_event"("gift_id");

-- CreateIndex
CREATE INDEX "stripe_event_object_id_idx" ON "stripe_event"("object_id");

-- AddForeignKey
ALTER TABLE "gift_part" ADD CONSTRAINT "gift_part_gift_id_fkey" FOREIGN KEY ("gift_id") REFERENCES "gift"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "gift_part" ADD CONSTRAINT "gift_part_partner_id_fkey" FOREIGN KEY ("partner_id") REFERENCES "partner"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "gift_move" ADD CONSTRAINT "gift_move_gift_id_fkey" FOREIGN KEY ("gift_id") REFERENCES "gift"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "checkout_attempt" ADD CONSTRAINT "checkout_attempt_gift_id_fkey" FOREIGN KEY ("gift_id") REFERENCES "gift"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "gift_mail" ADD CONSTRAINT "gift_mail_gift_id_fkey" FOREIGN KEY ("gift_id") REFERENCES "gift"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "stripe_event" ADD CONSTRAINT "stripe_event_gift_id_fkey" FOREIGN KEY ("gift_id") REFERENCES "gift"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "movement" ADD CONSTRAINT "movement_gift_id_fkey" FOREIGN KEY ("gift_id") REFERENCES "gift"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- ── What Prisma cannot say ────────────────────────────────────────────────────

ALTER TABLE "gift"
  ADD CONSTRAINT "gift_amount" CHECK (amount_minor > 0),
  ADD CONSTRAINT "gift_currency" CHECK (currency ~ '^[A-Z]{3}$'),
  ADD CONSTRAINT "gift_reference" CHECK (reference ~ '^G-[0-9A-HJKMNP-TV-Z]{8}$'),
  -- Whom a gift came from is forgotten only of one that was not made.
  ADD CONSTRAINT "gift_donor" CHECK (
    (name IS NULL) = (email IS NULL)
    AND (email IS NOT NULL OR state IN ('started', 'promised', 'failed', 'expired')));

ALTER TABLE "gift_part" ADD CONSTRAINT "gift_part_amount" CHECK (amount_minor > 0);
CREATE UNIQUE INDEX "gift_part_most_needed" ON "gift_part" ("gift_id") WHERE partner_id IS NULL;

-- One gift is never payable twice: its last page is closed before another is asked for.
CREATE UNIQUE INDEX "checkout_attempt_payable" ON "checkout_attempt" ("gift_id") WHERE state IN ('asked', 'open');
ALTER TABLE "checkout_attempt"
  ADD CONSTRAINT "checkout_attempt_params" CHECK (state NOT IN ('asked') OR params IS NOT NULL),
  ADD CONSTRAINT "checkout_attempt_open" CHECK (state <> 'open' OR (session_id IS NOT NULL AND url IS NOT NULL)),
  ADD CONSTRAINT "checkout_attempt_problem" CHECK ((problem IS NOT NULL) = (state = 'refused'));

ALTER TABLE "stripe_event"
  ADD CONSTRAINT "stripe_event_reason" CHECK ((reason IS NOT NULL) = (state = 'parked')),
  ADD CONSTRAINT "stripe_event_settled" CHECK ((settled_at IS NULL) = (state = 'waiting')),
  ADD CONSTRAINT "stripe_event_heard_by" CHECK (heard_by IN ('webhook', 'sweep'));

ALTER TABLE "gift_move" ADD CONSTRAINT "gift_move_actor" CHECK (actor IN ('donor', 'stripe', 'staff', 'clock'));
CREATE TRIGGER "gift_move_stays" BEFORE UPDATE ON "gift_move"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();

-- The parts of a gift are the gift. Looked at when the transaction commits. Argument: the column that names the gift.
CREATE FUNCTION "require_whole_gift"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  which uuid := to_jsonb(NEW) ->> TG_ARGV[0];
BEGIN
  IF EXISTS (
    SELECT FROM "gift" WHERE id = which
      AND amount_minor <> (SELECT coalesce(sum(amount_minor), 0) FROM "gift_part" WHERE gift_id = which)
  ) THEN
    RAISE EXCEPTION 'the parts of gift % are not the gift', which USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER "gift_is_whole" AFTER INSERT OR UPDATE ON "gift"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "require_whole_gift"('id');
CREATE CONSTRAINT TRIGGER "gift_part_is_whole" AFTER INSERT OR UPDATE ON "gift_part"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "require_whole_gift"('gift_id');
