-- CreateEnum
CREATE TYPE "channel_kind" AS ENUM ('email', 'webform', 'post', 'phone');

-- CreateEnum
CREATE TYPE "letter_state" AS ENUM ('awaiting', 'confirmed', 'held', 'sending', 'sent', 'delivered', 'undeliverable', 'expired', 'withdrawn', 'disowned');

-- CreateTable
CREATE TABLE "division" (
    "id" TEXT NOT NULL,
    "country" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "parent_id" TEXT,

    CONSTRAINT "division_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "postal_division" (
    "country" TEXT NOT NULL,
    "postal" TEXT NOT NULL,
    "division_id" TEXT NOT NULL,
    "source" TEXT NOT NULL,

    CONSTRAINT "postal_division_pkey" PRIMARY KEY ("country","postal","division_id")
);

-- CreateTable
CREATE TABLE "seat" (
    "id" UUID NOT NULL,
    "division_id" TEXT NOT NULL,
    "chamber" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "role" TEXT NOT NULL,

    CONSTRAINT "seat_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "holder" (
    "id" UUID NOT NULL,
    "seat_id" UUID NOT NULL,
    "source" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "salutation" TEXT NOT NULL,
    "party" TEXT,
    "preferred" "channel_kind",
    "source_url" TEXT NOT NULL,
    "licence" TEXT,
    "retrieved_on" DATE NOT NULL,
    "starts_on" DATE,
    "ends_on" DATE,

    CONSTRAINT "holder_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "channel" (
    "holder_id" UUID NOT NULL,
    "kind" "channel_kind" NOT NULL,
    "value" TEXT NOT NULL,

    CONSTRAINT "channel_pkey" PRIMARY KEY ("holder_id","kind")
);

-- CreateTable
CREATE TABLE "register_import" (
    "id" UUID NOT NULL,
    "source" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "file_hash" TEXT NOT NULL,
    "rows" INTEGER NOT NULL,
    "added" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "gone" INTEGER NOT NULL,
    "retrieved_on" DATE,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "register_import_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "campaign" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "goal" TEXT NOT NULL,
    "about" TEXT NOT NULL,
    "asks" TEXT[],
    "country" TEXT NOT NULL,
    "chamber" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "salutation" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "is_sample" BOOLEAN NOT NULL,
    "opens_at" TIMESTAMPTZ(3),
    "closes_at" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "campaign_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "campaign_citation" (
    "campaign_id" UUID NOT NULL,
    "finding_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "campaign_citation_pkey" PRIMARY KEY ("campaign_id","finding_id")
);

-- CreateTable
CREATE TABLE "draft" (
    "id" UUID NOT NULL,
    "token_hash" TEXT NOT NULL,
    "campaign_id" UUID NOT NULL,
    "seat_id" UUID NOT NULL,
    "postal" TEXT NOT NULL,
    "body" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "touched_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "draft_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "letter" (
    "id" UUID NOT NULL,
    "reference" TEXT NOT NULL,
    "campaign_id" UUID NOT NULL,
    "seat_id" UUID NOT NULL,
    "holder_id" UUID,
    "state" "letter_state" NOT NULL,
    "held_because" TEXT,
    "address_hash" TEXT NOT NULL,
    "supporter_id" UUID,
    "name" TEXT,
    "postal_address" TEXT,
    "postal" TEXT,
    "body" TEXT,
    "consent_id" UUID,
    "updates_wording" TEXT,
    "code_hash" TEXT,
    "code_tries" INTEGER NOT NULL DEFAULT 0,
    "draft_id" UUID,
    "confirmed_at" TIMESTAMPTZ(3),
    "message_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "state_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "letter_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "letter_move" (
    "id" UUID NOT NULL,
    "letter_id" UUID NOT NULL,
    "from" "letter_state",
    "to" "letter_state" NOT NULL,
    "actor" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "letter_move_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "letter_mail" (
    "letter_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "message_id" UUID NOT NULL,
    "queued_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "letter_mail_pkey" PRIMARY KEY ("letter_id","kind")
);

-- CreateIndex
CREATE INDEX "division_parent_id_idx" ON "division"("parent_id");

-- CreateIndex
CREATE INDEX "postal_division_division_id_idx" ON "postal_division"("division_id");

-- CreateIndex
CREATE UNIQUE INDEX "seat_division_id_chamber_position_key" ON "seat"("division_id", "chamber", "position");

-- CreateIndex
CREATE INDEX "holder_seat_id_idx" ON "holder"("seat_id");

-- CreateIndex
CREATE INDEX "holder_source_external_id_idx" ON "holder"("source", "external_id");

-- CreateIndex
CREATE INDEX "register_import_source_kind_at_idx" ON "register_import"("source", "kind", "at");

-- CreateIndex
CREATE UNIQUE INDEX "campaign_slug_key" ON "campaign"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "campaign_reference_key" ON "campaign"("reference");

-- CreateIndex
CREATE INDEX "campaign_citation_finding_id_idx" ON "campaign_citation"("finding_id");

-- CreateIndex
CREATE UNIQUE INDEX "draft_token_hash_key" ON "draft"("token_hash");

-- CreateIndex
CREATE INDEX "draft_touched_at_idx" ON "draft"("touched_at");

-- CreateIndex
CREATE INDEX "draft_campaign_id_idx" ON "draft"("campaign_id");

-- CreateIndex
CREATE INDEX "draft_seat_id_idx" ON "draft"("seat_id");

-- CreateIndex
CREATE UNIQUE INDEX "letter_reference_key" ON "letter"("reference");

-- CreateIndex
CREATE UNIQUE INDEX "letter_message_id_key" ON "letter"("message_id");

-- CreateIndex
CREATE INDEX "letter_state_state_at_idx" ON "letter"("state", "state_at");

-- CreateIndex
CREATE INDEX "letter_supporter_id_idx" ON "letter"("supporter_id");

-- CreateIndex
CREATE INDEX "letter_seat_id_idx" ON "letter"("seat_id");

-- CreateIndex
CREATE INDEX "letter_draft_id_idx" ON "letter"("draft_id");

-- CreateIndex
CREATE INDEX "letter_consent_id_idx" ON "letter"("consent_id");

-- CreateIndex
CREATE INDEX "letter_holder_id_idx" ON "letter"("holder_id");

-- CreateIndex
CREATE INDEX "letter_move_letter_id_idx" ON "letter_move"("letter_id");

-- CreateIndex
CREATE UNIQUE INDEX "letter_mail_message_id_key" ON "letter_mail"("message_id");

-- AddForeignKey
ALTER TABLE "division" ADD CONSTRAINT "division_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "division"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "postal_division" ADD CONSTRAINT "postal_division_division_id_fkey" FOREIGN KEY ("division_id") REFERENCES "division"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "seat" ADD CONSTRAINT "seat_division_id_fkey" FOREIGN KEY ("division_id") REFERENCES "division"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "holder" ADD CONSTRAINT "holder_seat_id_fkey" FOREIGN KEY ("seat_id") REFERENCES "seat"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "channel" ADD CONSTRAINT "channel_holder_id_fkey" FOREIGN KEY ("holder_id") REFERENCES "holder"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign_citation" ADD CONSTRAINT "campaign_citation_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaign"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign_citation" ADD CONSTRAINT "campaign_citation_finding_id_fkey" FOREIGN KEY ("finding_id") REFERENCES "finding"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "draft" ADD CONSTRAINT "draft_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaign"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "draft" ADD CONSTRAINT "draft_seat_id_fkey" FOREIGN KEY ("seat_id") REFERENCES "seat"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "letter" ADD CONSTRAINT "letter_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaign"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "letter" ADD CONSTRAINT "letter_seat_id_fkey" FOREIGN KEY ("seat_id") REFERENCES "seat"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "letter" ADD CONSTRAINT "letter_holder_id_fkey" FOREIGN KEY ("holder_id") REFERENCES "holder"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "letter" ADD CONSTRAINT "letter_supporter_id_fkey" FOREIGN KEY ("supporter_id") REFERENCES "supporter"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "letter" ADD CONSTRAINT "letter_consent_id_fkey" FOREIGN KEY ("consent_id") REFERENCES "consent"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "letter" ADD CONSTRAINT "letter_draft_id_fkey" FOREIGN KEY ("draft_id") REFERENCES "draft"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "letter_move" ADD CONSTRAINT "letter_move_letter_id_fkey" FOREIGN KEY ("letter_id") REFERENCES "letter"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "letter_mail" ADD CONSTRAINT "letter_mail_letter_id_fkey" FOREIGN KEY ("letter_id") REFERENCES "letter"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- ── What Prisma cannot say ────────────────────────────────────────────────────

ALTER TABLE "division" ADD CONSTRAINT "division_country" CHECK (country ~ '^[A-Z]{2}$');
ALTER TABLE "postal_division"
  ADD CONSTRAINT "postal_division_postal" CHECK (postal ~ '^[A-Z0-9]+$'),
  ADD CONSTRAINT "postal_division_country" CHECK (country ~ '^[A-Z]{2}$');
ALTER TABLE "seat" ADD CONSTRAINT "seat_position" CHECK (position >= 1);
ALTER TABLE "holder" ADD CONSTRAINT "holder_term" CHECK (starts_on IS NULL OR ends_on IS NULL OR starts_on <= ends_on);

-- A seat is held by one at most.
CREATE UNIQUE INDEX "holder_open_term" ON "holder" ("seat_id") WHERE ends_on IS NULL;

ALTER TABLE "register_import"
  ADD CONSTRAINT "register_import_kind" CHECK (kind IN ('representatives', 'divisions', 'postal'));

ALTER TABLE "campaign"
  ADD CONSTRAINT "campaign_country" CHECK (country ~ '^[A-Z]{2}$'),
  ADD CONSTRAINT "campaign_reference" CHECK (reference ~ '^[A-Z0-9]{2,8}$'),
  ADD CONSTRAINT "campaign_asks" CHECK (cardinality(asks) BETWEEN 1 AND 3);

-- Of a campaign, an address writes to a seat once. What ended unsent does not count.
CREATE UNIQUE INDEX "letter_once" ON "letter" ("campaign_id", "address_hash", "seat_id")
  WHERE state NOT IN ('expired', 'withdrawn', 'disowned');
-- Of one draft, one letter waits for its signer: whoever mistyped their address signs again.
CREATE UNIQUE INDEX "letter_of_draft" ON "letter" ("draft_id") WHERE state = 'awaiting';

ALTER TABLE "letter"
  ADD CONSTRAINT "letter_reference" CHECK (reference ~ '^L-[0-9A-HJKMNP-TV-Z]{8}$'),
  -- Nothing leaves unconfirmed.
  ADD CONSTRAINT "letter_confirmed" CHECK (
    confirmed_at IS NOT NULL OR state IN ('awaiting', 'expired', 'withdrawn', 'disowned')),
  ADD CONSTRAINT "letter_message" CHECK (
    message_id IS NOT NULL OR state NOT IN ('sending', 'sent', 'delivered', 'undeliverable')),
  ADD CONSTRAINT "letter_held" CHECK ((held_because IS NOT NULL) = (state = 'held')),
  ADD CONSTRAINT "letter_code" CHECK (code_hash IS NULL OR state = 'awaiting'),
  -- What is still to be sent is whole; what ended unsent is forgotten.
  ADD CONSTRAINT "letter_whole" CHECK (
    (name IS NOT NULL AND postal_address IS NOT NULL AND postal IS NOT NULL AND body IS NOT NULL
      AND supporter_id IS NOT NULL)
    OR state NOT IN ('awaiting', 'confirmed', 'held', 'sending')),
  ADD CONSTRAINT "letter_forgotten" CHECK (
    (name IS NULL AND postal_address IS NULL AND postal IS NULL AND body IS NULL)
    OR state NOT IN ('expired', 'withdrawn', 'disowned'));

ALTER TABLE "letter_move"
  ADD CONSTRAINT "letter_move_actor" CHECK (actor IN ('signer', 'dispatch', 'mail', 'staff', 'clock'));
CREATE TRIGGER "letter_move_stays" BEFORE UPDATE ON "letter_move"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
