-- CreateEnum
CREATE TYPE "mail_lane" AS ENUM ('prompt', 'letters', 'updates');

-- CreateEnum
CREATE TYPE "message_state" AS ENUM ('queued', 'sending', 'accepted', 'delayed', 'delivered', 'bounced', 'complained', 'suppressed', 'refused', 'uncertain', 'cancelled');

-- CreateEnum
CREATE TYPE "mail_scope" AS ENUM ('all', 'marketing');

-- CreateEnum
CREATE TYPE "mail_call_state" AS ENUM ('waiting', 'in_flight', 'accepted', 'refused', 'uncertain', 'cancelled');

-- CreateTable
CREATE TABLE "message" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "lane" "mail_lane" NOT NULL,
    "scope" "mail_scope" NOT NULL,
    "about" TEXT NOT NULL,
    "address_hash" TEXT NOT NULL,
    "address" TEXT,
    "state" "message_state" NOT NULL DEFAULT 'queued',
    "reason" TEXT,
    "call_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "provider_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "state_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "message_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mail_call" (
    "id" UUID NOT NULL,
    "endpoint" TEXT NOT NULL,
    "lane" "mail_lane" NOT NULL,
    "idempotency_key" TEXT NOT NULL,
    "body" BYTEA,
    "state" "mail_call_state" NOT NULL DEFAULT 'waiting',
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "first_attempt_at" TIMESTAMPTZ(3),
    "sender" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "mail_call_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mail_attempt" (
    "id" UUID NOT NULL,
    "call_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "answered" TIMESTAMPTZ(3),
    "status" INTEGER,
    "verdict" TEXT,

    CONSTRAINT "mail_attempt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mail_event" (
    "id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "provider_id" TEXT,
    "message_id" TEXT,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "detail" TEXT,
    "folded" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "mail_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "suppression" (
    "address_hash" TEXT NOT NULL,
    "scope" "mail_scope" NOT NULL,
    "reason" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "suppression_pkey" PRIMARY KEY ("address_hash","scope")
);

-- CreateTable
CREATE TABLE "mail_budget" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "per_second" DOUBLE PRECISION NOT NULL,
    "next_at" TIMESTAMPTZ(3) NOT NULL,
    "paused_until" TIMESTAMPTZ(3),
    "stopped" TEXT,

    CONSTRAINT "mail_budget_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "message_provider_id_key" ON "message"("provider_id");

-- CreateIndex
CREATE INDEX "message_about_idx" ON "message"("about");

-- CreateIndex
CREATE INDEX "message_address_hash_idx" ON "message"("address_hash");

-- CreateIndex
CREATE UNIQUE INDEX "message_call_id_position_key" ON "message"("call_id", "position");

-- CreateIndex
CREATE UNIQUE INDEX "mail_call_idempotency_key_key" ON "mail_call"("idempotency_key");

-- CreateIndex
CREATE INDEX "mail_call_state_lane_due_at_idx" ON "mail_call"("state", "lane", "due_at");

-- CreateIndex
CREATE INDEX "mail_attempt_call_id_idx" ON "mail_attempt"("call_id");

-- CreateIndex
CREATE INDEX "mail_event_provider_id_idx" ON "mail_event"("provider_id");

-- AddForeignKey
ALTER TABLE "message" ADD CONSTRAINT "message_call_id_fkey" FOREIGN KEY ("call_id") REFERENCES "mail_call"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mail_attempt" ADD CONSTRAINT "mail_attempt_call_id_fkey" FOREIGN KEY ("call_id") REFERENCES "mail_call"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma cannot say.
ALTER TABLE "mail_budget" ADD CONSTRAINT "mail_budget_one_row" CHECK (id = 1);
ALTER TABLE "mail_budget" ADD CONSTRAINT "mail_budget_some_rate" CHECK (per_second > 0);
-- A call in flight has a sender and the time of its first attempt: without them it could be asked again blindly.
ALTER TABLE "mail_call" ADD CONSTRAINT "mail_call_in_flight_is_dated"
  CHECK (state <> 'in_flight' OR (sender IS NOT NULL AND first_attempt_at IS NOT NULL));
ALTER TABLE "mail_call" ADD CONSTRAINT "mail_call_endpoint" CHECK (endpoint IN ('/emails', '/emails/batch'));
