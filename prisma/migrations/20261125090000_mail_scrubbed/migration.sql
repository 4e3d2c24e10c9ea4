-- AlterEnum
ALTER TYPE "message_state" ADD VALUE 'failed' BEFORE 'bounced';

-- AlterTable
ALTER TABLE "mail_call" ADD COLUMN     "half_of_id" UUID;

-- CreateIndex
CREATE INDEX "mail_call_half_of_id_idx" ON "mail_call"("half_of_id");

-- CreateIndex
CREATE INDEX "mail_event_message_id_idx" ON "mail_event"("message_id");

-- CreateIndex
CREATE INDEX "mail_event_received_at_idx" ON "mail_event"("received_at");

-- CreateIndex
CREATE INDEX "mail_attempt_at_idx" ON "mail_attempt"("at");

-- AddForeignKey
ALTER TABLE "mail_call" ADD CONSTRAINT "mail_call_half_of_id_fkey" FOREIGN KEY ("half_of_id") REFERENCES "mail_call"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- What Prisma cannot say.
-- Personal text goes when nothing is left to ask: no row keeps it that says it is done.
UPDATE "message" SET "address" = NULL WHERE "state" NOT IN ('queued', 'sending', 'uncertain');
ALTER TABLE "message" ADD CONSTRAINT "message_done_is_scrubbed"
  CHECK ("address" IS NULL OR "state" IN ('queued', 'sending', 'uncertain'));
UPDATE "mail_call" SET "body" = NULL WHERE "state" NOT IN ('waiting', 'in_flight', 'uncertain');
ALTER TABLE "mail_call" ADD CONSTRAINT "mail_call_done_is_scrubbed"
  CHECK ("body" IS NULL OR "state" IN ('waiting', 'in_flight', 'uncertain'));
-- Few among many, and looked for each hour.
CREATE INDEX "message_uncertain_idx" ON "message"("created_at") WHERE "state" = 'uncertain';
CREATE INDEX "mail_call_in_flight_idx" ON "mail_call"("id") WHERE "state" = 'in_flight';
